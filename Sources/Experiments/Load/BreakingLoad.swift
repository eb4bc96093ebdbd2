import MLSystem
import Scenarios
import Statistics

/// How much more traffic a system bears before the first promise breaks, and which that is.
///
/// Each replication has a breaking load of its own, found on the same random numbers at every load;
/// the interval is of their geometric mean.
package struct BreakingLoad: Sendable {
  package var identity: Identity
  /// Of the scenario, in its order.
  package var thresholds: [Threshold]
  /// The units of what the thresholds look at; nil where nothing was seen.
  package var units: [MetricUnit?]
  /// By replication.
  package var runs: [Run]
  /// The multiple of today's traffic at which a run breaks; nil where some never break or always
  /// do.
  package var multiple: ConfidenceInterval?
  /// What breaks first and in how many runs, the most frequent first.
  package var causes: [Cause]
  /// The largest multiple that was tried.
  package var highest: Double
  /// The smallest multiple that was tried.
  package var lowest: Double
  /// The mean requests per second of today's traffic; nil where nothing was simulated.
  package var rate: Double?
  /// By rising load.
  package var curve: [Point]
  /// Replications simulated.
  package var simulated: Int
  /// How closely all loads were looked at.
  package var fidelity: FidelityChoice
  /// What the runs at all loads stand on.
  package var assumptions: Assumptions

  /// One replication.
  package struct Run: Sendable {
    /// The largest multiple at which everything held; nil where it never did.
    package var holds: Double?
    /// The smallest multiple at which something broke; nil where nothing ever did.
    package var breaks: Double?
    /// What broke there.
    package var causes: [String]

    /// The middle of the two on the scale of ratios.
    package var middle: Double? {
      guard let holds, let breaks else { return nil }
      return (holds * breaks).squareRoot()
    }
  }

  package struct Cause: Sendable, Hashable {
    /// A threshold, or `SERVICE keeps up`.
    package var name: String
    package var runs: Int
  }

  /// What was seen at one load.
  package struct Point: Sendable {
    package var multiple: Double
    /// Runs, and those in which everything held.
    package var runs: Int
    package var held: Int
    /// By threshold in the order of the scenario: mean over the runs with its interval.
    package var observed: [ConfidenceInterval?]
    /// Dollars a month.
    package var cost: ConfidenceInterval?
  }

  /// Whether today's traffic is borne: the interval is above 1, below 1, or holds it.
  package var outcome: Verdict.Outcome {
    guard let multiple else {
      if runs.allSatisfy({ $0.breaks == nil }) { return .met }
      if runs.allSatisfy({ $0.holds == nil }) { return .breached }
      let atToday = runs.count { ($0.holds ?? 0) >= 1 }
      return atToday == runs.count ? .met : atToday == 0 ? .breached : .undecided
    }
    return multiple.low >= 1 ? .met : multiple.high < 1 ? .breached : .undecided
  }
}
