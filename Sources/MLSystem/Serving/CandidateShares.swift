import Randomness

/// Which version of a model answers a request.
package struct CandidateShares {
  /// By model: the share of its requests that the candidate answers.
  private(set) var shares: [Double]
  /// By model: whether candidate replicas are on their way.
  var isPreparing: [Bool]
  /// By model: a rolling update under way.
  var rolling: [RollingUpdate?]
  /// By model: whether its candidate gets a copy of every request; and how many models do so.
  private(set) var isMirrored: [Bool]
  private(set) var mirrors = 0
  /// By model and stream.
  private let draws: [CounterStream]
  private let streamCount: Int
  /// By model: the people who each keep their version, 0 where requests are on their own.
  private let users: [UInt64]
  /// By stream: who asks.
  private let callers: [CounterStream]

  /// Every request goes to the stable versions.
  package init(_ model: SystemModel, streams: StreamFamily) {
    shares = model.models.map { _ in 0 }
    isPreparing = model.models.map { _ in false }
    isMirrored = isPreparing
    rolling = model.models.map { _ in nil }
    streamCount = model.traffic.count
    draws = model.models.flatMap { plan in
      model.traffic.map { streams.counter("version \(plan.name) of \($0.name)") }
    }
    users = model.models.map { UInt64(clamping: $0.rollout.users ?? 0) }
    callers = model.traffic.map { streams.counter("user of \($0.name)") }
  }

  /// From now on the candidate of a model answers this share of its requests.
  package mutating func set(_ share: Double, of model: Int) { shares[model] = share }

  /// From now on the candidate of a model gets copies of its requests, or no longer.
  mutating func mirror(_ isMirrored: Bool, of model: Int) {
    self.isMirrored[model] = isMirrored
    mirrors = self.isMirrored.count { $0 }
  }

  /// Whether the candidate answers a request: a function of the request, or of who asks, and not of
  /// time, so that a growing share keeps whom it had, and a retry meets the same version.
  @inline(__always)
  package func takesCandidate(_ slot: RequestSlot, of model: Int) -> Bool {
    if shares[model] == 0 { return false }
    var number = slot.number
    if users[model] > 0 {
      var draws = callers[Int(slot.stream)].draws(of: slot.number)
      number = draws.next().multipliedFullWidth(by: users[model]).high
    }
    var draws = draws[model &* streamCount &+ Int(slot.stream)].draws(of: number)
    return draws.uniform() < shares[model]
  }
}

/// Replicas that change hands one after the other.
struct RollingUpdate {
  /// Replicas more than wanted, and fewer ready, as shares of them.
  var surge: Double
  var unavailable: Double
  /// Whether they go back to the version before.
  var isReverse = false
  /// By service that serves the model: replicas that are to be.
  var targets: [Int]
}
