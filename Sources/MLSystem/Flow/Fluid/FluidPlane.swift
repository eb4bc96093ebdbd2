import Quantities
import Randomness

/// The requests of a run as a fluid: streams, routes, services and the numbers in system of all
/// replicas, advanced from tick to tick.
package struct FluidPlane {
  /// Whether the run's requests are a fluid at all.
  let isOn: Bool
  /// Whether they are one now, in no episode.
  var isFlowing: Bool
  /// Stretches whose requests are simulated one by one, and how many of them have begun.
  let episodes: [Episode]
  var begun = 0
  /// Requests that arrived in episodes that are over, less those before the one under way.
  var zoomed: Int64 = 0
  /// Requests that stood for the fluid at their beginnings.
  var standIns: UInt64 = 0
  var time = Instant.start
  var streams: [FluidStream] = []
  var routes: [FluidRoute] = []
  var services: [FluidService] = []
  /// Services so that who hands on comes before who takes.
  private(set) var order: [Int] = []

  /// By service and version, as in the groups of the simulation.
  var groups: [FluidGroup] = []
  var tallies: [GroupTally] = []
  var diaries: [FlowDiary] = []
  /// By law of a call: masses since laws were folded last, and since a rollout looked last.
  var weights: [LawWeights] = []
  var compared: [LawWeights] = []
  /// By model: whether its rollouts look at latencies.
  private(set) var seesLatency: [Bool] = []
  /// What each replica has in system, by index; kept when it changes its group.
  var numbers: [Double] = []

  /// The response of every number of replicas and pace that was met, and which one holds.
  private(set) var curves: [FluidCurve] = []
  private var known: [CurveKey: Int] = [:]
  var current: [Int] = []
  var calls: CallLaws
  private let source: CurveSource?

  /// Whether nothing but the rate changes, slowly.
  var isCalm = false
  /// By stream: the slices of its route's record that its tenants and segments are.
  var slices: [Slices] = []
  /// When counts were taken and laws folded last.
  var counted = Instant.start
  var folded = Instant.start
  var scratch = FluidScratch()
  /// Draws of counts, by how often they were taken.
  let draws: CounterStream
  var looks: UInt64 = 0
  let noise: [CounterStream]

  /// Slices and the shares of a stream's requests that fall into them.
  struct Slices {
    var tenants: [(slice: Int, share: Double)] = []
    var segments: [(slice: Int, share: Double)] = []
  }

  /// Gives the response of a service's version on so many replicas.
  package typealias CurveSource =
    @Sendable (_ service: Int, _ timeFactor: Double, _ replicas: Int) throws -> FluidCurve

  private struct CurveKey: Hashable {
    var service: Int
    var timeFactor: Double
    var replicas: Int
  }

  /// No fluid.
  init() {
    isOn = false
    isFlowing = false
    episodes = []
    calls = CallLaws(views: 1)
    source = nil
    noise = []
    draws = StreamFamily(seed: 0, replication: 0).counter("no fluid")
  }

  /// The fluid of `model` at the start of a run, without replicas yet.
  init(
    _ model: SystemModel, streams family: StreamFamily, episodes: [Episode] = [],
    curves: @escaping CurveSource
  ) {
    isOn = true
    isFlowing = true
    self.episodes = episodes
    source = curves
    draws = family.counter("flow counts")
    noise = model.services.map { family.counter("metric noise \($0.name)") }
    streams = model.traffic.map { FluidStream($0, of: model, streams: family) }
    routes = model.routes.indices.map { FluidRoute(model.routes[$0], index: $0, of: model) }
    services = model.services.map { FluidService($0) }
    seesLatency = model.models.map(\.rollout.needsLatency)
    calls = CallLaws(views: model.routes.count)
    for (route, plan) in model.routes.enumerated() {
      for (step, service) in plan.steps.enumerated() {
        services[service].uses.append(FluidService.Use(route: route, step: step))
      }
    }
    for (index, service) in model.services.enumerated() {
      let split = FluidSplit(service.balancer, isLLM: service.isLLM)
      groups += [FluidGroup(split: split), FluidGroup(split: split)]
      tallies += [GroupTally(), GroupTally()]
      diaries += [FlowDiary(), FlowDiary()]
      weights += [LawWeights(), LawWeights()]
      compared += [LawWeights(), LawWeights()]
      current += [-1, -1]
      if case .lookup(let plan) = service.kind {
        let law = Spectrum(plan.latency)
        services[index].call = calls.add(CallLaw(latency: law, wait: Spectrum(constant: 0)))
      }
    }
    order = model.services.indices.sorted { a, b in (depth(a), a) < (depth(b), b) }
    setPatience(model)
    setPrefixes()
    setSlices(model)
  }

  /// How late on a route a service is called.
  private func depth(_ service: Int) -> Int { services[service].uses.map(\.step).max() ?? 0 }

  /// A request waits no longer than its route's time-out less what the steps before take at least.
  private mutating func setPatience(_ model: SystemModel) {
    for service in services.indices {
      var least = Double.infinity
      for use in services[service].uses {
        guard let timeout = routes[use.route].timeout else {
          least = .infinity
          break
        }
        let before = routes[use.route].steps[..<use.step].reduce(0.0) { sum, step in
          guard case .lookup(let plan) = model.services[step].kind else { return sum }
          return sum + plan.latency.mean
        }
        least = min(least, max(0, timeout - before))
      }
      services[service].patience = least
    }
  }

  /// The laws of the waits before second and later attempts.
  private mutating func setPrefixes() {
    for route in routes.indices {
      for attempt in 1..<max(1, routes[route].attempts.count) {
        let wait = CallLaw(
          latency: Spectrum(constant: routes[route].backoffs(before: attempt)))
        let call = calls.add(wait)
        routes[route].prefixes.append(routes[route].paths.path(-1, call, wait))
      }
    }
  }

  /// Which tenants and segments the requests of every stream belong to.
  private mutating func setSlices(_ model: SystemModel) {
    slices = model.traffic.map { stream in
      let dimensions = RouteDimensions(route: stream.route, of: model)
      func list(_ shares: [Share], _ names: [String], _ first: Int) -> [(Int, Double)] {
        shares.compactMap { share in
          names.firstIndex(of: share.name).map { (first + $0, share.share) }
        }
      }
      let (tenants, segments) = (dimensions.tenants, dimensions.segments)
      return Slices(
        tenants: list(stream.tenants, tenants, 1),
        segments: list(stream.segments, segments, 1 + tenants.count))
    }
    for route in routes.indices {
      let dimensions = RouteDimensions(route: route, of: model)
      let count = 1 + dimensions.tenants.count + dimensions.segments.count
      routes[route].served = Array(repeating: 0, count: count)
    }
  }

  // MARK: Replicas

  /// Makes `ready` the replicas of a group that take requests; each brings along what it has.
  mutating func setReplicas(
    _ group: Int, _ ready: [UInt32], timeFactor: Double
  ) throws {
    for other in [group & ~1, group | 1] { keepNumbers(of: other) }
    let numbers = numbers
    groups[group].setReplicas(ready) { Int($0) < numbers.count ? numbers[Int($0)] : 0 }
    isCalm = false
    try chooseCurve(group, timeFactor: timeFactor)
  }

  /// Lets the number of replicas and the pace of a group decide on its curve.
  mutating func chooseCurve(_ group: Int, timeFactor: Double) throws {
    let replicas = groups[group].replicas
    if replicas == 0 || services[group / 2].isLookup { return }
    let key = CurveKey(service: group / 2, timeFactor: timeFactor, replicas: replicas)
    if let place = known[key] {
      current[group] = place
      return
    }
    guard let source else { return }
    curves.append(try source(key.service, timeFactor, replicas))
    known[key] = curves.count - 1
    current[group] = curves.count - 1
  }

  /// Notes what every replica of a group has now.
  private mutating func keepNumbers(of group: Int) {
    if groups[group].split == .shared { return }
    for cohort in groups[group].cohorts {
      for replica in cohort.members { setNumber(of: replica, cohort.number) }
    }
  }

  /// A replica has so many in system; one that begins anew has none.
  mutating func setNumber(of replica: UInt32, _ number: Double) {
    while numbers.count <= Int(replica) { numbers.append(0) }
    numbers[Int(replica)] = number
  }

  /// Requests in all systems.
  var total: Double { groups.reduce(0) { $0 + $1.total } }
}

extension Spectrum {
  /// The law of a distribution of seconds, by 400 quantiles.
  package init(_ distribution: Distribution) {
    self.init()
    if case .constant(let value) = distribution {
      add(1, at: value)
      return
    }
    for part in 0..<399 {
      add(1.0 / 400, at: distribution.quantile((Double(part) + 0.5) / 400))
    }
    // The farthest 1/400 in finer parts.
    for part in 0..<20 {
      add(1.0 / 8000, at: distribution.quantile(1 - (Double(part) + 0.5) / 8000))
    }
  }
}
