import Quantities
import Syntax

/// A back-test as JSON.
package enum BacktestJSON {
  /// The version of the file.
  package static let schemaVersion = 1

  package static func json(_ test: Backtest) -> JSONValue {
    let totals = test.totals
    return .object([
      JSONMember("schemaVersion", .integer(schemaVersion)),
      JSONMember("currency", .string(test.results.cost.currency)),
      JSONMember("observed", BudgetJSON.money(totals.observed)),
      JSONMember("expected", BudgetJSON.money(totals.expected)),
      JSONMember("coverage", BudgetJSON.interval(test.coverage)),
      JSONMember(
        "meanAbsolutePercentageError", BudgetJSON.number(test.meanAbsolutePercentageError)),
      JSONMember("lines", .array(test.lines.map(line))),
      JSONMember("metrics", .array(test.metrics.map(metric))),
      JSONMember("notSimulated", .array(test.notSimulated.map { .string($0.line) })),
      JSONMember("notBilled", .array(test.notBilled.map { .string($0.line) })),
      JSONMember(
        "explanations",
        test.explanations.map {
          .array(
            $0.map {
              .object([
                JSONMember("path", .string($0.path)), JSONMember("value", .string($0.value)),
                JSONMember("explained", BudgetJSON.number($0.explained)),
              ])
            })
        } ?? .null),
    ])
  }

  private static func line(_ line: Backtest.Line) -> JSONValue {
    .object(
      [
        JSONMember("month", .string(line.month)), JSONMember("line", .string(line.line)),
        JSONMember("observed", BudgetJSON.money(line.observed)),
        JSONMember("expected", BudgetJSON.money(line.expected)),
      ] + score(line.score))
  }

  private static func metric(_ metric: Backtest.Metric) -> JSONValue {
    .object(
      [
        JSONMember("metric", .string(metric.name)),
        JSONMember("observed", BudgetJSON.number(metric.observed)),
        JSONMember("expected", BudgetJSON.number(metric.figure.estimate)),
      ] + score(metric.score))
  }

  private static func score(_ score: ForecastScore?) -> [JSONMember] {
    guard let score else { return [] }
    return [
      JSONMember("p10", .number(score.p10)), JSONMember("p50", .number(score.p50)),
      JSONMember("p90", .number(score.p90)), JSONMember("inside", .bool(score.isInside)),
      JSONMember("pinballP50", .number(score.pinball.p50)),
    ]
  }
}
