import Quantities
import Statistics
import Syntax

/// A budget forecast as JSON.
package enum BudgetJSON {
  package static func json(_ forecast: BudgetForecast) -> JSONValue {
    .object([
      JSONMember("schemaVersion", .integer(Results.schemaVersion)),
      JSONMember("currency", .string(forecast.results.cost.currency)),
      JSONMember("limitPerMonth", forecast.limit.map { money($0.perMonth) } ?? .null),
      JSONMember("verdict", forecast.verdict.map { .string($0.rawValue) } ?? .null),
      JSONMember(
        "probabilityOver",
        forecast.probabilityOver.map {
          .object([
            JSONMember("value", .number($0.estimate)), JSONMember("low", .number($0.low)),
            JSONMember("high", .number($0.high)),
          ])
        } ?? .null),
      JSONMember(
        "months",
        .array(
          forecast.months.map { month in
            .object([
              JSONMember("month", .string(month.label)),
              JSONMember("covered", .number(month.covered)),
              JSONMember("expected", money(month.expected)), JSONMember("p10", money(month.p10)),
              JSONMember("p50", money(month.p50)), JSONMember("p90", money(month.p90)),
              JSONMember("cumulative", money(month.cumulative)),
            ])
          })),
      JSONMember("summary", SummaryJSON.json(forecast.results)),
    ])
  }

  private static func money(_ money: Money) -> JSONValue { .number(money.dollars) }
}
