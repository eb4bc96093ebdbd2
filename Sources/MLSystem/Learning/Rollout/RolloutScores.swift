import Quantities
import Randomness

/// What the rollouts of a model are scored by, after the warm-up.
struct RolloutScores: Sendable {
  /// Rollouts begun, and those of them that were rolled back after users had met them.
  var begun = 0
  var shadowed = 0
  /// Bad versions that were stopped before or after their promotion, and sound ones.
  var caught = 0
  /// Seconds from the begin to the promotion.
  var toFull = 0.0
  var promoted = 0
  /// Bad changes that were promoted and then undone.
  var reverted = 0
  /// Stretches in which users met a faulty version: their number and seconds.
  var restores = 0
  var restoring = 0.0
  /// Verdicts of outcome tests.
  var ships = 0
  var iterates = 0
  var kills = 0
  var falseShips = 0
  /// Changes that nobody announced.
  var vendorChanges = 0
  /// Outcomes of holdouts: sums over those who had the new version and the former one.
  var holdout = ArmOutcomes()
}

/// Outcomes of two versions.
package struct ArmOutcomes: Sendable, Hashable {
  package var new = Arm()
  package var old = Arm()

  package init() {}

  /// Outcomes of one version.
  package struct Arm: Sendable, Hashable {
    package var trials: Int64 = 0
    package var successes: Int64 = 0
    /// Successes that were to be expected.
    package var expected = 0.0

    package init(trials: Int64 = 0, successes: Int64 = 0, expected: Double = 0) {
      self.trials = trials
      self.successes = successes
      self.expected = expected
    }

    var rate: Double { trials > 0 ? Double(successes) / Double(trials) : 0 }
    var trueRate: Double { trials > 0 ? expected / Double(trials) : 0 }
    var variance: Double { trials > 0 ? rate * (1 - rate) / Double(trials) : 0 }

    /// Adds other outcomes.
    mutating func add(_ other: Arm) {
      trials += other.trials
      successes += other.successes
      expected += other.expected
    }

    /// Adds trials that succeed with a chance, drawn.
    mutating func add(_ count: Int64, rate: Double, _ draws: inout CounterDraws) {
      if count <= 0 { return }
      let chance = min(max(rate, 0), 1)
      trials += count
      expected += Double(count) * chance
      successes += CountSampling.binomial(count: count, share: chance, &draws)
    }
  }
}
