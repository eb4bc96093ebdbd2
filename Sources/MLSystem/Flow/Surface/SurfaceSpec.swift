import Quantities
import Randomness

/// One service as the flow sees it: what serves, how fast, and who asks.
///
/// Two services with equal specs have the same surface, whatever their names, so that variants of a
/// scenario and replications share what was measured.
package struct SurfaceSpec: Sendable, Hashable {
  /// The kind of server.
  package var kind: ServiceKind
  /// Factor on the time of a batch or an iteration, of the version that is served.
  package var timeFactor: Double
  package var balancer: Balancer
  package var queue: QueuePolicy
  /// After so long in the service a request gives up; nil where it waits for ever.
  package var timeout: Duration?
  /// Who asks, in the order of the streams of the model.
  package var members: [Member]
  /// What the autoscaler reads, and how long apart.
  package var metric: AutoscalerPlan.Metric
  package var syncPeriod: Duration

  /// The requests of one stream among those that reach the service.
  package struct Member: Sendable, Hashable {
    /// Requests a second in the sum of all, in 4,096ths.
    package var weight: Int
    package var size: RequestSize
    package var gaps: Gaps
    /// Shares of its priorities; one entry where nobody is preferred.
    package var priorities: [PriorityShare]

    package init(
      weight: Int, size: RequestSize, gaps: Gaps = .poisson, priorities: [PriorityShare] = []
    ) {
      self.weight = weight
      self.size = size
      self.gaps = gaps
      self.priorities = priorities
    }
  }

  /// A part of a member's requests that waits in a class of its own.
  package struct PriorityShare: Sendable, Hashable {
    package var priority: UInt8
    package var share: Double

    package init(priority: UInt8, share: Double) {
      self.priority = priority
      self.share = share
    }
  }

  /// How the gaps of a member's requests fall.
  package enum Gaps: Sendable, Hashable {
    case poisson
    case renewal(cv: Double, family: RenewalFamily)
  }

  package init(
    kind: ServiceKind, timeFactor: Double = 1, balancer: Balancer = .leastOutstanding,
    queue: QueuePolicy = QueuePolicy(), timeout: Duration? = nil, members: [Member],
    metric: AutoscalerPlan.Metric = .busy, syncPeriod: Duration = .seconds(15)
  ) {
    self.kind = kind
    self.timeFactor = timeFactor
    self.balancer = balancer
    self.queue = queue
    self.timeout = timeout
    self.members = members
    self.metric = metric
    self.syncPeriod = syncPeriod
  }
}

extension SystemModel {
  /// What the flow has to know of a service whose version needs `timeFactor` of the usual time.
  ///
  /// A time-out belongs to it where the service is the only step of its routes. Streams that replay
  /// a trace count as Poisson streams of their sizes.
  package func surfaceSpec(of service: Int, timeFactor: Double = 1) -> SurfaceSpec {
    let plan = services[service]
    let streams = surfaceStreams(of: service)
    let rates = streams.map { index in
      let stream = traffic[index]
      let visits = routes[stream.route].steps.count { $0 == service }
      return stream.rate.meanAtStart * Double(visits)
    }
    let total = rates.reduce(0, +)
    let prefers = plan.queue.order == .priority
    let members = zip(streams, rates).map { index, rate in
      let share = total > 0 ? rate / total : 1 / Double(streams.count)
      return traffic[index].member(
        weight: max(1, Int((share * 4096).rounded())), prefers: prefers,
        isFirst: routes[traffic[index].route].steps.first == service)
    }
    let asking = Set(streams.map { traffic[$0].route }).sorted()
    let timeouts = asking.map { routes[$0].steps.count == 1 ? routes[$0].timeout : nil }
    let timeout = timeouts.contains(nil) ? nil : timeouts.compactMap(\.self).min()
    return SurfaceSpec(
      kind: plan.kind, timeFactor: timeFactor, balancer: plan.balancer, queue: plan.queue,
      timeout: timeout, members: members, metric: plan.autoscaler?.metric ?? .busy,
      syncPeriod: plan.autoscaler?.sync ?? .seconds(15))
  }

  /// The streams that reach a service, in order: member k of its spec is the k-th of them.
  package func surfaceStreams(of service: Int) -> [Int] {
    traffic.indices.filter { routes[traffic[$0].route].steps.contains(service) }
  }
}

extension TrafficStream {
  fileprivate func member(weight: Int, prefers: Bool, isFirst: Bool) -> SurfaceSpec.Member {
    var gaps = SurfaceSpec.Gaps.poisson
    if isFirst, case .renewal(let cv, let family) = arrivals {
      gaps = .renewal(cv: cv, family: family)
    }
    var shares: [SurfaceSpec.PriorityShare] = []
    if prefers {
      let last = priorities.last ?? 0
      if tenants.isEmpty { shares = [SurfaceSpec.PriorityShare(priority: last, share: 1)] }
      for (place, tenant) in tenants.enumerated() {
        let priority = place < priorities.count ? priorities[place] : last
        shares.append(SurfaceSpec.PriorityShare(priority: priority, share: tenant.share))
      }
    }
    return SurfaceSpec.Member(weight: weight, size: size, gaps: gaps, priorities: shares)
  }
}

extension SurfaceSpec {
  /// The requests that the replicas work on in one queue's name: how far pooling averages.
  ///
  /// Shared lines and balancers that look at queues pool all replicas; the others none.
  func pooledReplicas(_ replicas: Int) -> Int {
    switch balancer {
    case .random, .roundRobin: 1
    case .leastOutstanding, .powerOfTwo, .sharedQueue: replicas
    }
  }

  /// Requests that one replica works on at a time, at most.
  var slots: Int {
    switch kind {
    case .model(let plan): max(1, plan.maximumRequests)
    case .llm(let plan): max(1, plan.rules.maximumSequences)
    case .lookup: 1
    }
  }

  /// The most replicas that are measured as themselves; more behave like so many, as far as the
  /// queue of each goes.
  ///
  /// Random splitting leaves every replica a Poisson stream, so one is exact; a replica that serves
  /// many at a time hardly feels the others. Pools of single servers do: see `pooled(to:)` of
  /// `ResponseSurface`.
  var mostReplicas: Int {
    switch balancer {
    case .random: 1
    case .roundRobin: 16
    case .leastOutstanding, .powerOfTwo, .sharedQueue: slots > 1 && !sharesLine ? 16 : 64
    }
  }

  /// Whether one line feeds all replicas.
  var sharesLine: Bool {
    if balancer != .sharedQueue { return false }
    switch kind {
    case .model: return true
    case .llm, .lookup: return false
    }
  }

  /// The numbers of replicas that are measured.
  static let replicaGrid = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64]

  /// The measured numbers of replicas on both sides of `replicas`, and how far it is from the lower
  /// to the upper one in the logarithm.
  package func bracket(_ replicas: Int) -> (low: Int, high: Int, share: Double) {
    let wanted = min(max(replicas, 1), mostReplicas)
    let low = Self.replicaGrid.last { $0 <= wanted } ?? 1
    if low == wanted { return (low, low, 0) }
    let high = Self.replicaGrid.first { $0 > wanted } ?? low
    let span = PortableMath.log(Double(high)) - PortableMath.log(Double(low))
    return (low, high, (PortableMath.log(Double(wanted)) - PortableMath.log(Double(low))) / span)
  }

  /// A text that differs where the spec does; the seeds of all measurements follow it.
  var seedText: String {
    var text =
      "\(timeFactor) \(balancer.rawValue) \(queue) \(timeout?.nanoseconds ?? -1) \(members)"
    switch kind {
    case .model(let plan): text += " \(plan)"
    case .lookup(let plan): text += " \(plan)"
    case .llm(let plan): text += " \(plan.rules) \(plan.time) \(plan.frontEnd.nanoseconds)"
    }
    return text
  }
}
