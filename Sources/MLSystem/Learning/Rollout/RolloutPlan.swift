import Quantities
import Randomness

/// How a new version takes over.
package struct RolloutPlan: Sendable, Hashable {
  /// Shares of the traffic and how long each is held; empty switches at once.
  package var steps: [Step]
  /// Rules that undo the rollout, checked every `every` on the candidate's requests so far in its
  /// step.
  package var rollbackIf: [Rule]
  package var every: Duration
  /// Candidate requests below which no rule is judged.
  package var minimumRequests: Int

  package struct Step: Sendable, Hashable {
    package var share: Double
    package var hold: Duration

    package init(share: Double, hold: Duration) {
      self.share = share
      self.hold = hold
    }
  }

  package enum Rule: Sendable, Hashable {
    /// Error rate of the candidate above a share.
    case errorsAbove(Double)
    /// Error rate of the candidate above a multiple of the stable version's.
    case errorsTimesBaseline(Double)
    /// p99 latency of the candidate above a multiple of the stable version's.
    case latencyTimesBaseline(Double)
  }

  package static let recreate = RolloutPlan(
    steps: [], rollbackIf: [], every: .seconds(60), minimumRequests: 0)

  package init(steps: [Step], rollbackIf: [Rule], every: Duration, minimumRequests: Int) {
    self.steps = steps
    self.rollbackIf = rollbackIf
    self.every = every
    self.minimumRequests = minimumRequests
  }
}

/// What a new version may bring that no offline test showed.
package struct BadVersions: Sendable, Hashable {
  /// Chance that a version is bad.
  package var chance: Double
  /// Added share of requests in error.
  package var errors: Double
  /// Factor on the time of its batches.
  package var latency: Double
  /// Added to the AUC.
  package var auc: Double

  package init(chance: Double, errors: Double = 0, latency: Double = 1, auc: Double = 0) {
    self.chance = chance
    self.errors = errors
    self.latency = latency
    self.auc = auc
  }
}
