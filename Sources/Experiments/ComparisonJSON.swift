import MLSystem
import Statistics
import Syntax

/// A comparison as JSON: arms with their summaries, rows with paired differences.
package enum ComparisonJSON {
  package static func json(_ comparison: Comparison) -> JSONValue {
    .object([
      JSONMember("schemaVersion", .integer(Results.schemaVersion)),
      JSONMember("baseline", .string(comparison.arms[comparison.baseline].name)),
      JSONMember("level", .number(comparison.level)),
      JSONMember(
        "arms",
        .array(
          comparison.arms.map { arm in
            .object([
              JSONMember("name", .string(arm.name)),
              JSONMember("summary", SummaryJSON.json(arm.results)),
            ])
          })),
      JSONMember("rows", .array(comparison.rows.map { row($0, comparison) })),
      JSONMember("unpaired", .array(comparison.unpaired.map { .string($0) })),
    ])
  }

  private static func row(_ row: Comparison.Row, _ comparison: Comparison) -> JSONValue {
    .object([
      JSONMember("metric", .string(row.name)), JSONMember("unit", .string(row.unit.rawValue)),
      JSONMember(
        "arms",
        .array(
          comparison.arms.indices.map { index in
            .object([
              JSONMember("name", .string(comparison.arms[index].name)),
              JSONMember("value", ResultsWriting.number(row.figures[index]?.estimate)),
              JSONMember(
                "difference", ResultsWriting.number(row.differences[index]?.estimate)),
              JSONMember("low", ResultsWriting.number(row.differences[index]?.interval.low)),
              JSONMember("high", ResultsWriting.number(row.differences[index]?.interval.high)),
              JSONMember("shown", .bool(row.differences[index]?.isShown ?? false)),
            ])
          })),
    ])
  }
}

extension Comparison {
  /// The best outcome among the arms: a comparison succeeds where one arm meets every threshold.
  package var outcome: Verdict.Outcome {
    let outcomes = arms.map(\.results.outcome)
    if outcomes.contains(.met) { return .met }
    return outcomes.contains(.undecided) ? .undecided : .breached
  }
}
