import Pricing
import Quantities
import Statistics

/// Forecasts the money of a horizon month by month.
package enum BudgetBuilder {
  /// The forecast of joined results against `limit`, or against the budget of the scenario.
  ///
  /// A month that the run covers in part is shown with its share and is judged by its rate: it is
  /// over the limit when its cost is above the limit's share of the month.
  package static func forecast(
    _ results: Results, limit: BudgetLimit?, baseline: Results? = nil
  ) -> BudgetForecast {
    let limit = limit ?? results.identity.budget
    return BudgetForecast(
      results: results, limit: limit,
      months: BudgetMonths.months(results, limit: limit?.perMonth),
      probabilityOver: limit.flatMap { probabilityOver($0.perMonth, results) },
      probabilityAnyOver: limit.flatMap { BudgetMonths.anyOver($0.perMonth, results) },
      verdict: limit.map { verdict($0.perMonth, results) },
      bridge: baseline.map { CostBridge(from: $0, to: results) } ?? .overMonths(results))
  }

  /// The share of replications whose monthly cost is over the limit, with its exact interval.
  private static func probabilityOver(_ limit: Money, _ results: Results) -> ConfidenceInterval? {
    let values = results.cost.perMonth.values
    guard !values.isEmpty else { return nil }
    return .ofProportion(
      successes: Int64(values.count { $0 > limit }), trials: Int64(values.count), level: 0.95)
  }

  /// Whether the expected cost of a month is over the limit; a use without a price leaves it open.
  private static func verdict(_ limit: Money, _ results: Results) -> Verdict.Outcome {
    let figure = results.cost.perMonth
    let isOver: Bool?
    if figure.isExact {
      isOver = figure.expected > limit
    } else if let interval = figure.interval {
      isOver = interval.low > limit.dollars ? true : interval.high <= limit.dollars ? false : nil
    } else {
      isOver = nil
    }
    switch isOver {
    case true?: return .breached
    case false?: return results.cost.unknown.isEmpty ? .met : .undecided
    case nil: return .undecided
    }
  }
}
