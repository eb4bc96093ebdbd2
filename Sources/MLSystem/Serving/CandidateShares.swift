import Randomness

/// Which version of a model answers a request.
struct CandidateShares {
  /// By model: the share of its requests that the candidate answers.
  private(set) var shares: [Double]
  /// By model: whether candidate replicas are on their way.
  var isPreparing: [Bool]
  /// By model and stream.
  private let draws: [CounterStream]
  private let streamCount: Int

  /// Every request goes to the stable versions.
  init(_ model: SystemModel, streams: StreamFamily) {
    shares = model.models.map { _ in 0 }
    isPreparing = model.models.map { _ in false }
    streamCount = model.traffic.count
    draws = model.models.flatMap { plan in
      model.traffic.map { streams.counter("version \(plan.name) of \($0.name)") }
    }
  }

  /// From now on the candidate of a model answers this share of its requests.
  mutating func set(_ share: Double, of model: Int) { shares[model] = share }

  /// Whether the candidate answers a request: a function of the request alone, not of time, so that
  /// a growing share keeps whom it had, and a retry meets the same version.
  @inline(__always)
  func takesCandidate(_ slot: RequestSlot, of model: Int) -> Bool {
    if shares[model] == 0 { return false }
    var draws = draws[model &* streamCount &+ Int(slot.stream)].draws(of: slot.number)
    return draws.uniform() < shares[model]
  }
}
