import Quantities
import Scenarios
import Statistics

/// How a threshold came out.
package struct Verdict: Sendable {
  package enum Outcome: String, Sendable, Hashable, CaseIterable {
    case met, breached, undecided
  }

  /// As written in the scenario; a saturated service is judged under `SERVICE keeps up`.
  package var threshold: String
  package var outcome: Outcome
  /// What was observed; nil when nothing was.
  package var observed: Figure?
  /// Runs in which it held, of all, where the threshold asks for a share of runs.
  package var runs: RunShare?
  /// How far over or under, where and when, or why it is undecided; one line.
  package var detail: String?

  package struct RunShare: Sendable, Hashable {
    package var held: Int
    package var of: Int
    package var low: Double
    package var high: Double

    package init(held: Int, of: Int, low: Double, high: Double) {
      self.held = held
      self.of = of
      self.low = low
      self.high = high
    }
  }

  package init(
    threshold: String, outcome: Outcome, observed: Figure? = nil, runs: RunShare? = nil,
    detail: String? = nil
  ) {
    self.threshold = threshold
    self.outcome = outcome
    self.observed = observed
    self.runs = runs
    self.detail = detail
  }
}
