import DiscreteEvents
import MLSystem
import Quantities
import Randomness
import Statistics

/// Small systems for the tests of the simulation.
enum Fixture {
  static let start = CalendarInstant(year: 2024, month: 1, day: 1, hour: 0, minute: 0, second: 0)

  static func stream(
    _ name: String = "users", route: Int = 0, arrivals: ArrivalProcess = .poisson,
    rate: Double = 1, items: Distribution = .constant(1)
  ) -> TrafficStream {
    TrafficStream(
      name: name, route: route, arrivals: arrivals, rate: RateProfile(base: rate),
      size: RequestSize(items: items))
  }

  static func service(
    _ name: String = "server", time: BatchTime, replicas: Int = 1,
    balancer: Balancer = .sharedQueue, requests: Int = 1, items: Int = .max,
    delay: Duration = .zero, queue: QueuePolicy = QueuePolicy()
  ) -> Service {
    Service(
      name: name,
      kind: .model(
        ModelServerPlan(
          time: time, maximumRequests: requests, maximumItems: items, delay: delay)),
      replicas: ReplicaPolicy(initial: replicas, minimum: replicas, maximum: replicas),
      balancer: balancer, queue: queue)
  }

  static func lookup(
    _ name: String = "store", latency: Distribution, limit: Double? = nil
  ) -> Service {
    Service(
      name: name, kind: .lookup(LookupPlan(latency: latency, limit: limit)),
      replicas: ReplicaPolicy(initial: 0, minimum: 0, maximum: 0))
  }

  static func system(
    _ traffic: [TrafficStream], _ services: [Service], routes: [Route]? = nil, horizon: Double,
    warmUp: Double = 0, limits: RunLimits = .none
  ) -> SystemModel {
    SystemModel(
      start: start, horizon: .seconds(horizon), warmUp: .seconds(warmUp), traffic: traffic,
      routes: routes ?? [Route(name: "route", steps: Array(services.indices))],
      services: services, limits: limits)
  }

  /// Arrivals at the given seconds, each with the same tokens.
  static func tokens(_ seconds: [Double], _ prompt: Int, _ output: Int) -> ArrivalProcess {
    var text = "gap,prompt,output\n"
    var last = 0.0
    for time in seconds {
      text += "\(time - last),\(prompt),\(output)\n"
      last = time
    }
    let columns = TraceColumns(time: "gap", timeIsGap: true, prompt: "prompt", output: "output")
    return .trace(
      TraceReplay(
        open: { [text] in MemoryBytes(text) }, format: .csv(columns), file: "tokens.csv"))
  }

  /// Arrivals at the given seconds, each with a number of items.
  static func arrivals(_ seconds: [Double], items: [Int]? = nil) -> ArrivalProcess {
    // Gaps, because times of a trace count from its first row.
    var text = "gap,items\n"
    var last = Instant.start
    for (index, time) in seconds.enumerated() {
      let at = Instant.start + .seconds(time)
      text += "\((at - last).seconds),\(items?[index] ?? 1)\n"
      last = at
    }
    return .trace(
      TraceReplay(
        open: { [text] in MemoryBytes(text) },
        format: .csv(TraceColumns(time: "gap", timeIsGap: true, items: "items")),
        file: "arrivals.csv"))
  }
}

/// A trace in memory, given out in small chunks so that rows straddle them.
final class MemoryBytes: TraceBytes {
  private let bytes: [UInt8]
  private var place = 0
  private let chunk: Int

  init(_ text: String, chunk: Int = 7) {
    bytes = Array(text.utf8)
    self.chunk = chunk
  }

  init(bytes: [UInt8], chunk: Int = 7) {
    self.bytes = bytes
    self.chunk = chunk
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let count = min(chunk, buffer.count, bytes.count - place)
    for i in 0..<count { buffer[i] = bytes[place + i] }
    place += count
    return count
  }
}

extension RunRecord {
  /// The measure called `name`, as it stands in a threshold without its statistic.
  func value(_ name: String) -> Measure.Value? {
    measures.first { $0.name.description == name }?.value
  }

  /// The mean in seconds of a distribution, or the value of a ratio or figure.
  func figure(_ name: String) -> Double? {
    switch value(name) {
    case .distribution(let histogram): histogram.mean.map { $0 * 1e-9 }
    case .ratio(let part, let whole): part / whole
    case .scalar(let value): value
    case .missing, nil: nil
    }
  }

  /// The values of a distribution in milliseconds, lowest first; exact below 256 ns only.
  func histogram(_ name: String) -> LogHistogram? {
    if case .distribution(let histogram) = value(name) { histogram } else { nil }
  }
}
