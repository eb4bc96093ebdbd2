import DiscreteEvents
import Quantities
import Randomness
import Statistics

/// B4: one queue and four servers that take batches of up to eight; a batch leaves when eight wait,
/// or when the oldest has waited 5 ms, and a server is free; finds the mean latency.
struct BatchServers: SimulationModel, ~Copyable {
  enum Event: BitwiseCopyable {
    case arrival
    case done(server: UInt32)
    /// The oldest has waited long enough, unless a batch has left since: then it is stale.
    case due(generation: UInt32)
  }

  static let limit = Duration(nanoseconds: 5_000_000)
  static let batch = 8

  let requests: Int
  var source = RandomStream(seed: 1)
  var waiting = Ring()
  var latencies = LogHistogram()
  var arrived = 0
  var generation: UInt32 = 0
  var idle = 4
  var free: InlineArray<4, UInt32> = [0, 1, 2, 3]
  var sizes = InlineArray<4, Int>(repeating: 0)
  var members = InlineArray<32, Instant>(repeating: .start)

  init(requests: Int) { self.requests = requests }

  @inline(__always)
  mutating func handle(
    _ event: Event, at now: Instant, calendar: inout EventCalendar<Event>
  ) {
    switch event {
    case .arrival:
      arrived += 1
      waiting.append(now)
      if waiting.count == 1 {
        generation &+= 1
        calendar.schedule(.due(generation: generation), at: now + Self.limit)
      }
      if arrived < requests {
        let gap = Int64(Ziggurat.exponential(&source) * (1e9 / 1400))
        calendar.schedule(.arrival, at: now + Duration(nanoseconds: gap))
      }
      if waiting.count >= Self.batch { dispatch(isDue: false, now, &calendar) }
    case .done(let server):
      let first = Int(server) * Self.batch
      for i in 0..<sizes[Int(server)] { latencies.add((now - members[first + i]).nanoseconds) }
      free[idle] = server
      idle += 1
      dispatch(isDue: false, now, &calendar)
    case .due(let stamp):
      if stamp == generation { dispatch(isDue: true, now, &calendar) }
    }
  }

  /// Sends batches to idle servers as far as the rule lets them leave.
  mutating func dispatch(
    isDue: Bool, _ now: Instant, _ calendar: inout EventCalendar<Event>
  ) {
    var isDue = isDue
    var hasLeft = false
    while idle > 0, waiting.count > 0,
      isDue || waiting.count >= Self.batch || now >= waiting.front + Self.limit
    {
      isDue = false
      hasLeft = true
      idle -= 1
      let server = free[idle]
      let size = min(waiting.count, Self.batch)
      for i in 0..<size { members[Int(server) * Self.batch + i] = waiting.removeFirst() }
      sizes[Int(server)] = size
      let service = Duration(nanoseconds: 10_000_000 + 1_000_000 * Int64(size))
      calendar.schedule(.done(server: server), at: now + service)
    }
    if !hasLeft { return }
    generation &+= 1
    if waiting.count > 0, waiting.front + Self.limit > now {
      calendar.schedule(.due(generation: generation), at: waiting.front + Self.limit)
    }
  }

  static func measure(requests: Int) -> (rate: Double, found: Double) {
    let start = cpuSeconds()
    var simulation = Simulation(BatchServers(requests: requests))
    simulation.calendar.schedule(.arrival, at: .start)
    _ = simulation.run()
    let rate = Double(requests) / (cpuSeconds() - start)
    return (rate, (simulation.model.latencies.mean ?? 0) * 1e-9)
  }
}
