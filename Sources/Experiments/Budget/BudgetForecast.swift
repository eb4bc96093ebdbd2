import Quantities
import Statistics

/// The money of a horizon month by month against a limit.
package struct BudgetForecast: Sendable {
  package var results: Results
  package var limit: BudgetLimit?
  package var months: [BudgetMonth]
  /// Probability that the mean month of a run goes over the limit; nil without a limit.
  package var probabilityOver: ConfidenceInterval?
  /// Probability that any month of a run goes over the limit; nil without a limit.
  package var probabilityAnyOver: ConfidenceInterval?
  package var verdict: Verdict.Outcome?
  /// What the results are held against, where something is.
  package var bridge: CostBridge?
  /// What was found by running the scenario with other settings, where that was asked for.
  package var drivers: [SimulatedDriver]?
  package var levers: [LeverOutcome]?
  /// The options that were given besides those that the results hold, word by word.
  package var options: [String] = []
  /// What machines are asked for at other traffic; empty where that was not simulated.
  package var stressed: [StressedDemand] = []

  /// What is committed of each pool and what should be.
  package var commitments: [CommitmentAnalysis] {
    CommitmentAnalysis.all(results, stressed: stressed)
  }

  package init(
    results: Results, limit: BudgetLimit?, months: [BudgetMonth],
    probabilityOver: ConfidenceInterval?, probabilityAnyOver: ConfidenceInterval?,
    verdict: Verdict.Outcome?, bridge: CostBridge? = nil
  ) {
    self.results = results
    self.limit = limit
    self.months = months
    self.probabilityOver = probabilityOver
    self.probabilityAnyOver = probabilityAnyOver
    self.verdict = verdict
    self.bridge = bridge
  }
}
