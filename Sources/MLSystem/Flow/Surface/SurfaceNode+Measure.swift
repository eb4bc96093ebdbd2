import DiscreteEvents
import Quantities
import Randomness
import Statistics

// A node of a surface: runs of the engine at one load.
extension SurfaceNode {
  /// Parts of a node with seeds of their own: their spread is its error.
  private static let parts = 4
  /// How often a node is doubled whose parts disagree.
  private static let doublings = 3

  /// Measures `replicas` at a load; `place` is its place on the grid.
  package static func measured(
    _ run: SurfaceRun, replicas: Int, load: Double, place: Int, saturation: SaturatedService
  ) throws -> SurfaceNode {
    let plan = NodePlan(run, replicas: replicas, load: load, saturation: saturation)
    var parts: [NodePart] = []
    var doubled = 0
    while true {
      for _ in 0..<Self.parts << max(0, doubled - 1) {
        let name = (replicas << 8 | place) << 8 | parts.count
        parts.append(try NodePart(run, plan, name: name))
      }
      if !disagree(parts) || doubled == doublings { break }
      doubled += 1
    }
    return SurfaceNode(plan, parts, run.spec)
  }

  /// Whether the parts have medians of their own: they differ by more than the two halves of each
  /// part do, as those of a service that locks into one of several rhythms.
  ///
  /// F(3, 4) exceeds 10 once in forty by chance.
  private static func disagree(_ parts: [NodePart]) -> Bool {
    let medians = parts.map(\.median)
    let mean = medians.reduce(0, +) / Double(medians.count)
    let between =
      medians.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(medians.count - 1)
    let within =
      parts.reduce(0) { sum, part in
        let step = part.halves.0 - part.halves.1
        return sum + step * step / 4
      } / Double(parts.count)
    return between.squareRoot() > 0.015 * mean && between > 10 * within
  }

  private init(_ plan: NodePlan, _ parts: [NodePart], _ spec: SurfaceSpec) {
    let count = Double(parts.count)
    func mean(_ value: (NodePart) -> Double) -> Double {
      parts.reduce(0) { $0 + value($1) } / count
    }
    func error(_ value: (NodePart) -> Double) -> Double {
      let mean = mean(value)
      let squares = parts.reduce(0) { $0 + (value($1) - mean) * (value($1) - mean) }
      return mean > 0 ? (squares / (count - 1) / count).squareRoot() / mean : 0
    }
    load = plan.load
    number = mean(\.number)
    waiting = mean(\.waiting)
    busy = mean(\.busy)
    dropped = mean(\.dropped)
    batch = mean(\.batch)
    error50 = error(\.median)
    error99 = error(\.tail)
    isMultimodal = Self.disagree(parts)
    let noise = MetricNoise(parts.map(\.readings), plan, spec)
    self.noise = noise.deviation
    correlation = noise.correlation
    var all = CallTimes()
    var members = spec.members.map { _ in CallTimes() }
    for part in parts {
      all.merge(part.times)
      for member in part.members.indices { members[member].merge(part.members[member]) }
    }
    laws = ResponseLaws(
      all: all.laws, members: members.count > 1 ? members.map(\.laws) : [])
  }
}

/// How long a node is run.
struct NodePlan {
  let replicas: Int
  let load: Double
  /// Requests a second of all replicas.
  let rate: Double
  let warmUp: Duration
  let horizon: Duration
  /// What a reading of the autoscaler's metric spans.
  let step: Duration

  /// Readings of a part, where there is no time for as many sync periods.
  private static let readings = 64

  init(_ run: SurfaceRun, replicas: Int, load: Double, saturation: SaturatedService) {
    let spec = run.spec
    self.replicas = replicas
    self.load = load
    rate = load * saturation.capacity * Double(replicas)
    let idle = 1 - min(load, 0.98)
    let pooled = Double(spec.pooledReplicas(replicas))
    let counted = run.effort * Self.requests(spec, idle: idle, pooled: pooled) / 4 / rate
    // Queues forget as a diffusion does, in variance over drift squared; the times of those in
    // service and a collecting delay come on top.
    let service = saturation.serving / saturation.capacity
    let relaxing =
      1.5 * (1 + saturation.dispersion) / (saturation.capacity * pooled * idle * idle)
    var transit = 5 * service
    if case .model(let plan) = spec.kind { transit += 5 * plan.delay.seconds }
    let warming = max(0.05 * counted, relaxing + transit)
    let counting = max(counted, 2 * transit)
    warmUp = .seconds(warming)
    horizon = .seconds(warming + counting)
    let many = counting / spec.syncPeriod.seconds >= Double(Self.readings) / 2
    step = many ? spec.syncPeriod : .seconds(counting / Double(Self.readings))
  }

  /// Requests that tell the 99th percentile to about 3 %.
  private static func requests(_ spec: SurfaceSpec, idle: Double, pooled: Double) -> Double {
    switch spec.kind {
    case .llm: return idle < 0.1 ? 40_000 : 20_000
    case .model, .lookup:
      let slots = min(32, Double(spec.slots) * pooled)
      return max(20_000, min(2_000_000, 6_000 / (idle * idle) / slots))
    }
  }
}

/// Deviation and correlation of what the autoscaler reads, of one replica over a sync period.
private struct MetricNoise {
  var deviation = 0.0
  var correlation = 0.0

  init(_ parts: [[Double]], _ plan: NodePlan, _ spec: SurfaceSpec) {
    let all = parts.joined()
    let count = Double(all.count)
    guard count > 2 else { return }
    let mean = all.reduce(0, +) / count
    var squares = 0.0
    var products = 0.0
    for readings in parts {
      for place in readings.indices {
        squares += (readings[place] - mean) * (readings[place] - mean)
        if place > 0 { products += (readings[place - 1] - mean) * (readings[place] - mean) }
      }
    }
    guard squares > 0 else { return }
    var variance = squares / (count - 1)
    correlation = min(0.99, max(0, products / squares))
    let steps = spec.syncPeriod.seconds / plan.step.seconds
    if steps > 1 {
      // Means over longer spans vary less, as those of an AR(1) process; levels do not.
      switch spec.metric {
      case .busy, .rate: variance *= (1 + correlation) / (1 - correlation) / steps
      case .concurrency, .waiting: break
      }
      correlation = PortableMath.pow(correlation, steps)
    }
    deviation = (variance * Double(plan.replicas)).squareRoot()
  }
}
