import Randomness

/// The measured response of a service with so many replicas, at every load.
///
/// Load is the offered one, ρ = λ / (n X), never busy time. Figures in system and busy are per
/// replica.
package final class ResponseSurface: Sendable {
  /// The number of replicas that it speaks for.
  package let replicas: Int
  /// X: requests a second that a replica gets done while others wait for it.
  package let capacity: Double
  /// L_s: requests in service on a saturated replica.
  package let serving: Double
  /// c_D²: the variance of what a saturated replica gets done, per request.
  package let dispersion: Double
  /// ρ of the last node.
  package let topLoad: Double
  /// Whether parts of a node disagree about its median for good.
  package let isMultimodal: Bool
  /// The laws of a request that starts at once on a saturated replica: S_s.
  package let saturated: ResponseLaws
  /// Relative standard error of the capacity.
  package let capacityError: Double

  let nodes: [SurfaceNode]
  /// L(1 - ρ)/ρ at every node, which is nearly straight between two.
  private let heights: [Double]

  /// A surface of nodes that were measured.
  package convenience init(
    replicas: Int, saturation: SaturatedService, measured nodes: [SurfaceNode]
  ) {
    self.init(replicas: replicas, saturation: saturation, rising: Self.forcedToRise(nodes))
  }

  /// A surface of nodes in order of load, whose number in system never falls.
  init(replicas: Int, saturation: SaturatedService, rising nodes: [SurfaceNode]) {
    precondition(!nodes.isEmpty, "a surface has nodes")
    self.replicas = replicas
    capacity = saturation.capacity
    serving = saturation.serving
    dispersion = saturation.dispersion
    saturated = saturation.laws
    capacityError = saturation.error
    topLoad = nodes[nodes.count - 1].load
    isMultimodal = nodes.contains(where: \.isMultimodal)
    self.nodes = nodes
    heights = nodes.map { $0.number * (1 - $0.load) / $0.load }
  }

  // MARK: The mean number in system

  /// L(ρ): the mean number in system per replica.
  package func number(at load: Double) -> Double {
    let (first, last) = (nodes[0], nodes[nodes.count - 1])
    if load <= first.load { return first.number * max(0, load) / first.load }
    if load >= last.load {
      return last.number * (1 - last.load) / max(1 - load, 1e-9)
    }
    let (place, share) = segment(of: load)
    let height = heights[place] + (heights[place + 1] - heights[place]) * share
    return height * load / (1 - load)
  }

  /// ρ(L): the load at which so many are in system.
  package func load(ofNumber number: Double) -> Double {
    let (first, last) = (nodes[0], nodes[nodes.count - 1])
    if number <= first.number { return max(0, number) / first.number * first.load }
    if number >= last.number { return 1 - last.number * (1 - last.load) / number }
    var place = 0
    while nodes[place + 1].number < number { place += 1 }
    // With heights a + b ρ the number solves b ρ² + (a + L) ρ - L = 0.
    let (low, high) = (nodes[place].load, nodes[place + 1].load)
    let b = (heights[place + 1] - heights[place]) / (high - low)
    let sum = heights[place] - b * low + number
    let root = (max(0, sum * sum + 4 * b * number)).squareRoot()
    return min(max(2 * number / (sum + root), low), high)
  }

  /// dρ/dL at so many in system: X times it is how fast the state returns, 1/τ.
  package func loadSlope(ofNumber number: Double) -> Double {
    let (first, last) = (nodes[0], nodes[nodes.count - 1])
    if number <= first.number { return first.load / first.number }
    if number >= last.number { return last.number * (1 - last.load) / (number * number) }
    let step = max(1e-9, number * 1e-3)
    return (load(ofNumber: number + step) - load(ofNumber: number)) / step
  }

  /// τ(ρ) = L′(ρ) / X: seconds in which the state of a replica relaxes.
  package func relaxation(at load: Double) -> Double {
    1 / max(loadSlope(ofNumber: number(at: load)) * capacity, 1e-12)
  }

  // MARK: Shares and noise

  /// u(ρ): the share of replicas that are busy.
  package func busy(at load: Double) -> Double {
    min(1, interpolate(load, atZero: 0, atOne: 1) { $0.busy })
  }

  /// The mean number of waiting requests per replica.
  package func waiting(at load: Double) -> Double {
    let last = nodes[nodes.count - 1]
    if load > last.load { return max(0, number(at: load) - serving) }
    return interpolate(load, atZero: 0, atOne: last.waiting) { $0.waiting }
  }

  /// The share of requests that are turned away or give up.
  package func dropped(at load: Double) -> Double {
    interpolate(load, atZero: 0, atOne: nodes[nodes.count - 1].dropped) { $0.dropped }
  }

  /// The mean number of requests in a batch of a model server.
  package func batch(at load: Double) -> Double {
    max(1, interpolate(load, atZero: 1, atOne: serving) { $0.batch })
  }

  /// The deviation of what the autoscaler reads, per replica over 15 s, around its mean, and its
  /// correlation from one reading to the next.
  package func noise(at load: Double) -> (deviation: Double, correlation: Double) {
    let last = nodes[nodes.count - 1]
    let scale = 1 / Double(replicas).squareRoot()
    return (
      scale * interpolate(load, atZero: 0, atOne: last.noise) { $0.noise },
      interpolate(load, atZero: 0, atOne: last.correlation) { $0.correlation }
    )
  }

  /// Relative standard errors of the median and of the 99th percentile there.
  package func nodeError(at load: Double) -> (p50: Double, p99: Double) {
    let (first, last) = (nodes[0], nodes[nodes.count - 1])
    return (
      interpolate(load, atZero: first.error50, atOne: last.error50) { $0.error50 },
      interpolate(load, atZero: first.error99, atOne: last.error99) { $0.error99 }
    )
  }

  // MARK: Laws

  /// The law of a time of the requests of all members, or of one, at a load up to `topLoad`.
  package func law(
    at load: Double, _ quantity: LawQuantity = .latency, member: Int? = nil
  ) -> LatencyLaw? {
    let last = nodes.count - 1
    if load <= nodes[0].load { return nodes[0].laws.law(quantity, member) }
    if load >= nodes[last].load { return nodes[last].laws.law(quantity, member) }
    let place = segment(of: load).place
    guard let low = nodes[place].laws.law(quantity, member),
      let high = nodes[place + 1].laws.law(quantity, member)
    else { return nil }
    func depth(_ load: Double) -> Double { -PortableMath.log1p(-load) }
    let from = depth(nodes[place].load)
    let share = (depth(load) - from) / (depth(nodes[place + 1].load) - from)
    return low.moved(toward: high, by: share)
  }

  // MARK: Interpolation

  /// The node below a load within the grid, and how far it is to the next.
  private func segment(of load: Double) -> (place: Int, share: Double) {
    var place = 0
    while place < nodes.count - 2, nodes[place + 1].load <= load { place += 1 }
    let (low, high) = (nodes[place].load, nodes[place + 1].load)
    return (place, (load - low) / (high - low))
  }

  private func interpolate(
    _ load: Double, atZero: Double, atOne: Double, _ value: (SurfaceNode) -> Double
  ) -> Double {
    let (first, last) = (nodes[0], nodes[nodes.count - 1])
    if load <= first.load {
      return atZero + (value(first) - atZero) * max(0, load) / first.load
    }
    if load >= last.load {
      let share = min(1, (load - last.load) / max(1 - last.load, 1e-9))
      return value(last) + (atOne - value(last)) * share
    }
    let (place, share) = segment(of: load)
    let low = value(nodes[place])
    return low + (value(nodes[place + 1]) - low) * share
  }
}

/// What is asked of a latency law.
package enum LawQuantity: Int, Sendable, Hashable, CaseIterable {
  /// From the call to the answer.
  case latency
  /// From the call to the start of work on it.
  case wait
  /// From the call to the first token.
  case firstToken
  /// Mean time of the tokens after the first.
  case perToken
}

/// The laws of the times of a request, over all members and for each.
package struct ResponseLaws: Sendable {
  /// By `LawQuantity`; nil where it does not exist.
  fileprivate(set) var all: [LatencyLaw?]
  /// By member, then by `LawQuantity`; empty where there is one member.
  fileprivate(set) var members: [[LatencyLaw?]]

  /// Laws by `LawQuantity`, of all members and of each.
  package init(all: [LatencyLaw?], members: [[LatencyLaw?]] = []) {
    self.all = all
    self.members = members
  }

  /// The law of a quantity over all members or of one.
  package func law(_ quantity: LawQuantity, _ member: Int? = nil) -> LatencyLaw? {
    guard let member, member < members.count else { return all[quantity.rawValue] }
    return members[member][quantity.rawValue]
  }

  /// Laws made from those of several such values, one after the other.
  func combined(
    with others: [ResponseLaws], _ body: ([LatencyLaw]) -> LatencyLaw
  ) -> ResponseLaws {
    func join(_ lists: [[LatencyLaw?]]) -> [LatencyLaw?] {
      lists[0].indices.map { place in
        let laws = lists.compactMap { $0[place] }
        return laws.count == lists.count ? body(laws) : lists[0][place]
      }
    }
    return ResponseLaws(
      all: join([all] + others.map(\.all)),
      members: members.indices.map { member in
        join([members[member]] + others.map { $0.members[member] })
      })
  }
}

/// What was measured at one load.
package struct SurfaceNode: Sendable {
  var load: Double
  /// Mean number in system, per replica.
  package var number: Double
  /// Mean number of them that wait.
  package var waiting: Double
  /// Share of the time in which a replica works.
  package var busy: Double
  /// Share of the requests that are turned away or give up.
  package var dropped: Double
  /// Requests in a batch.
  var batch: Double
  /// Deviation of the autoscaler's metric of one replica over 15 s.
  package var noise: Double
  /// Lag-1 correlation of that metric.
  package var correlation: Double
  var error50: Double
  var error99: Double
  var isMultimodal: Bool
  /// The laws of the times of its requests.
  package var laws: ResponseLaws

  package init(
    load: Double, number: Double, waiting: Double, busy: Double, dropped: Double, batch: Double,
    noise: Double, correlation: Double, error50: Double, error99: Double, isMultimodal: Bool,
    laws: ResponseLaws
  ) {
    self.load = load
    self.number = number
    self.waiting = waiting
    self.busy = busy
    self.dropped = dropped
    self.batch = batch
    self.noise = noise
    self.correlation = correlation
    self.error50 = error50
    self.error99 = error99
    self.isMultimodal = isMultimodal
    self.laws = laws
  }
}
