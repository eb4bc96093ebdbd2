import MLSystem
import Quantities
import Statistics
import Syntax

/// What `--json` prints: a stated, stable subset of the results.
package enum SummaryJSON {
  package static func json(_ results: Results) -> JSONValue {
    .object([
      JSONMember("schemaVersion", .integer(Results.schemaVersion)),
      JSONMember("scenario", .string(results.identity.file)),
      JSONMember("variant", .string(results.identity.variant)),
      JSONMember("version", .string(results.identity.toolVersion)),
      JSONMember("seed", .integer(Int(truncatingIfNeeded: results.identity.seed))),
      JSONMember("replications", .integer(results.identity.replications)),
      JSONMember("verdicts", .array(results.verdicts.map(verdict))),
      JSONMember("metrics", metrics(results.figures)),
      JSONMember("counts", counts(results.counts)),
      JSONMember("cost", cost(results.cost)),
    ])
  }

  private static func verdict(_ verdict: Verdict) -> JSONValue {
    .object([
      JSONMember("threshold", .string(verdict.threshold)),
      JSONMember("verdict", .string(verdict.outcome.rawValue)),
    ])
  }

  private static func metrics(_ figures: [Figure]) -> JSONValue {
    .object(
      figures.map { figure in
        JSONMember(
          figure.name,
          .object([
            JSONMember("value", ResultsWriting.number(figure.estimate)),
            JSONMember("low", ResultsWriting.number(figure.interval?.low)),
            JSONMember("high", ResultsWriting.number(figure.interval?.high)),
            JSONMember("unit", .string(figure.unit.rawValue)),
          ]))
      })
  }

  /// Sums over the replications.
  private static func counts(_ counts: [RequestCounts]) -> JSONValue {
    func sum(_ key: String, _ of: (RequestCounts) -> Int64) -> JSONMember {
      JSONMember(key, .integer(Int(counts.map(of).reduce(0, +))))
    }
    return .object([
      sum("arrived", \.arrived), sum("served", \.served), sum("shed", \.shed),
      sum("failed", \.failed), sum("inFlight", \.inFlight),
    ])
  }

  /// Dollars as numbers, for scripts; the results file has them exactly.
  private static func cost(_ cost: CostSummary) -> JSONValue {
    .object([
      JSONMember("total", .number(cost.total.expected.dollars)),
      JSONMember("perMonth", .number(cost.perMonth.expected.dollars)),
      JSONMember("currency", .string(cost.currency)),
      JSONMember(
        "lines",
        .array(
          cost.lines.map { line in
            .object([
              JSONMember("line", .string(line.path.joined(separator: "/"))),
              JSONMember("perMonth", .number(line.figure.expected.dollars)),
              JSONMember("quantity", .number(line.quantity)),
              JSONMember("unit", .string(line.unit)),
            ])
          })),
      JSONMember(
        "unknown",
        .array(cost.unknown.map { .string($0.path.joined(separator: "/")) })),
    ])
  }
}
