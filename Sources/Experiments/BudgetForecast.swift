import Quantities
import Statistics

/// The money of a horizon month by month against a limit.
package struct BudgetForecast: Sendable {
  package var results: Results
  package var limit: BudgetLimit?
  package var months: [Month]
  /// Probability that a full month goes over the limit, over replications and months; nil without a
  /// limit.
  package var probabilityOver: ConfidenceInterval?
  package var verdict: Verdict.Outcome?

  /// A calendar month: expected values add over months, P10 to P90 do not.
  package struct Month: Sendable {
    package var label: String
    package var covered: Double
    package var expected: Money
    package var p10: Money
    package var p50: Money
    package var p90: Money
    /// Expected value of this and all earlier months.
    package var cumulative: Money

    package init(
      label: String, covered: Double, expected: Money, p10: Money, p50: Money, p90: Money,
      cumulative: Money
    ) {
      self.label = label
      self.covered = covered
      self.expected = expected
      self.p10 = p10
      self.p50 = p50
      self.p90 = p90
      self.cumulative = cumulative
    }
  }

  package init(
    results: Results, limit: BudgetLimit?, months: [Month], probabilityOver: ConfidenceInterval?,
    verdict: Verdict.Outcome?
  ) {
    self.results = results
    self.limit = limit
    self.months = months
    self.probabilityOver = probabilityOver
    self.verdict = verdict
  }
}
