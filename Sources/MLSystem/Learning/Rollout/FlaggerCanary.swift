/// Flagger's canary loop: a weight that grows by a step at every tick whose checks pass.
///
/// As in `pkg/controller/scheduler.go` of fluxcd/flagger 15bd6ad. Failed checks are never forgiven:
/// their count does not go back to 0 on a success.
package struct FlaggerCanary: Sendable, Hashable {
  package struct Rules: Sendable, Hashable {
    /// Percent added at every tick.
    package var stepWeight: Int
    /// Percent from which on it is promoted; the last step may go beyond it.
    package var maxWeight: Int
    /// Failed checks at which it is undone.
    package var threshold: Int

    package init(stepWeight: Int, maxWeight: Int, threshold: Int = 1) {
      precondition(stepWeight > 0 && maxWeight > 0)
      self.stepWeight = stepWeight
      self.maxWeight = maxWeight
      self.threshold = threshold
    }

    /// The weights of a canary whose checks all pass, in percent.
    package var weights: [Int] {
      var weights: [Int] = []
      var weight = 0
      while weight < maxWeight {
        weight = min(weight + stepWeight, 100)
        weights.append(weight)
      }
      return weights
    }
  }

  package enum Decision: Sendable, Hashable {
    /// A check failed: the weight stays.
    case halt
    /// The canary gets this many percent from now on.
    case weight(Int)
    case promote
    case rollBack
  }

  package let rules: Rules
  package private(set) var weight = 0
  package private(set) var failedChecks = 0

  package init(rules: Rules) { self.rules = rules }

  /// One tick; `passes` runs the checks of the metrics, and a metric without a value fails.
  ///
  /// Without traffic on the canary nothing is checked, so that the first tick always gives weight.
  package mutating func tick(passes: () -> Bool) -> Decision {
    if failedChecks >= rules.threshold { return .rollBack }
    if weight > 0 && !passes() {
      failedChecks += 1
      return .halt
    }
    if weight >= rules.maxWeight { return .promote }
    weight = min(weight + rules.stepWeight, 100)
    return .weight(weight)
  }
}
