import MLSystem
import Quantities
import Statistics
import Syntax

/// A comparison as JSON: arms with their summaries, rows with paired differences, and what follows
/// from them.
package enum ComparisonJSON {
  /// 2: with the best of each metric, standings, bridges, the simplest arm and crossovers; 3: with
  /// margins and what is equal in practice.
  package static let schemaVersion = 3

  package static func json(_ comparison: Comparison) -> JSONValue {
    .object([
      JSONMember("schemaVersion", .integer(schemaVersion)),
      JSONMember("baseline", .string(name(comparison.baseline, comparison))),
      JSONMember("level", .number(comparison.level)),
      JSONMember(
        "arms",
        .array(
          comparison.arms.indices.map { index in
            let arm = comparison.arms[index]
            return .object([
              JSONMember("name", .string(arm.name)),
              JSONMember("declared", arm.declared.map { .integer($0) } ?? .null),
              JSONMember("overloaded", .bool(arm.isOverloaded)),
              JSONMember("standing", standing(comparison.standings[index], comparison)),
              JSONMember("summary", SummaryJSON.json(arm.results)),
            ])
          })),
      JSONMember("rows", .array(comparison.rows.map { row($0, comparison) })),
      JSONMember("chosen", .array(comparison.chosen.map { .string($0) })),
      JSONMember("narrowing", ResultsWriting.number(comparison.narrowing)),
      JSONMember("best", .array(comparison.best.map { best($0, comparison) })),
      JSONMember("bridges", .array(comparison.bridges.map { bridge($0, comparison) })),
      JSONMember("simplest", comparison.simplest.map { simplest($0, comparison) } ?? .null),
      JSONMember("crossover", comparison.crossover.map { crossover($0, comparison) } ?? .null),
      JSONMember("unpaired", .array(comparison.unpaired.map { .string($0) })),
    ])
  }

  private static func name(_ arm: Int, _ comparison: Comparison) -> String {
    comparison.arms[arm].name
  }

  private static func ends(_ interval: ConfidenceInterval?) -> [JSONMember] {
    [
      JSONMember("low", ResultsWriting.number(interval?.low)),
      JSONMember("high", ResultsWriting.number(interval?.high)),
    ]
  }

  private static func row(_ row: Comparison.Row, _ comparison: Comparison) -> JSONValue {
    .object([
      JSONMember("metric", .string(row.name)), JSONMember("unit", .string(row.unit.rawValue)),
      JSONMember(
        "arms",
        .array(
          comparison.arms.indices.map { index in
            let difference = row.differences[index]
            return .object(
              [
                JSONMember("name", .string(comparison.arms[index].name)),
                JSONMember("value", ResultsWriting.number(row.figures[index]?.estimate)),
                JSONMember("difference", ResultsWriting.number(difference?.estimate)),
              ] + ends(difference?.interval) + [
                JSONMember("margin", ResultsWriting.number(difference?.margin)),
                JSONMember("shown", .bool(difference?.isShown ?? false)),
                JSONMember("equal", .bool(difference?.isEqualInPractice ?? false)),
                JSONMember("narrowing", ResultsWriting.number(difference?.narrowing)),
              ])
          })),
    ])
  }

  private static func standing(_ standing: Standing, _ comparison: Comparison) -> JSONValue {
    switch standing {
    case .notDominated: .object([JSONMember("is", .string("not dominated"))])
    case .possiblyDominated(let arm):
      .object([
        JSONMember("is", .string("possibly dominated")),
        JSONMember("by", .string(name(arm, comparison))),
      ])
    case .dominated(let arm):
      .object([
        JSONMember("is", .string("dominated")), JSONMember("by", .string(name(arm, comparison))),
      ])
    case .notJudged: .object([JSONMember("is", .string("not judged"))])
    }
  }

  private static func best(_ subset: BestSubset, _ comparison: Comparison) -> JSONValue {
    .object([
      JSONMember("metric", .string(subset.metric)),
      JSONMember("leader", .string(name(subset.leader, comparison))),
      JSONMember(
        "possible", .array(subset.possible.map { .string(name($0, comparison)) })),
    ])
  }

  private static func bridge(_ bridge: LineBridge, _ comparison: Comparison) -> JSONValue {
    func line(_ line: LineBridge.Line) -> JSONValue {
      .object(
        [
          JSONMember("line", .string(line.path.joined(separator: "/"))),
          JSONMember("kind", .string(line.kind.rawValue)),
          JSONMember("before", .number(line.expectedBefore.dollars)),
          JSONMember("after", .number(line.expectedAfter.dollars)),
        ] + ends(line.interval) + [JSONMember("exact", .bool(line.isExact))])
    }
    return .object([
      JSONMember("to", .string(name(bridge.arm, comparison))),
      JSONMember("lines", .array(bridge.lines.map(line))), JSONMember("total", line(bridge.total)),
    ])
  }

  private static func simplest(_ choice: SimplestChoice, _ comparison: Comparison) -> JSONValue {
    .object([
      JSONMember("metric", .string(choice.metric)),
      JSONMember("gain", .number(choice.wish.gain)),
      JSONMember("cost", ResultsWriting.number(choice.wish.cost)),
      JSONMember("best", .string(name(choice.best, comparison))),
      JSONMember("reference", .string(name(choice.reference, comparison))),
      JSONMember(
        "chosen", choice.chosen.map { .string(name($0.arm, comparison)) } ?? .null),
      JSONMember(
        "candidates",
        .array(
          choice.candidates.map { candidate in
            .object([
              JSONMember("name", .string(name(candidate.arm, comparison))),
              JSONMember("declared", .integer(candidate.declared)),
              JSONMember(
                "gain",
                .object(
                  [JSONMember("share", .number(candidate.gain.estimate))] + ends(candidate.gain))),
              JSONMember(
                "cost",
                candidate.cost.map {
                  .object([JSONMember("share", .number($0.estimate))] + ends($0))
                } ?? .null),
            ])
          })),
    ])
  }

  private static func crossover(_ crossover: Crossover, _ comparison: Comparison) -> JSONValue {
    .object([
      JSONMember("streams", .array(crossover.streams.map { .string($0) })),
      JSONMember("rate", ResultsWriting.number(crossover.rate)),
      JSONMember(
        "findings",
        .array(
          crossover.findings.map { finding in
            let (word, crossing) = finding.verdict.words
            return .object([
              JSONMember("arm", .string(name(finding.arm, comparison))),
              JSONMember("is", .string(word)),
              JSONMember("multiple", ResultsWriting.number(crossing?.multiple)),
              JSONMember("low", ResultsWriting.number(crossing?.low)),
              JSONMember("high", ResultsWriting.number(crossing?.high)),
            ])
          })),
      JSONMember(
        "points",
        .array(
          crossover.points.map { point in
            .object([
              JSONMember("multiple", .number(point.multiple)),
              JSONMember(
                "arms",
                .array(
                  point.outcomes.indices.compactMap { arm in
                    point.outcomes[arm].map { outcome in
                      .object([
                        JSONMember("name", .string(name(arm, comparison))),
                        JSONMember("perMonth", ResultsWriting.number(outcome.cost.estimate)),
                        JSONMember("overloaded", .bool(outcome.isOverloaded)),
                      ])
                    }
                  })),
            ])
          })),
    ])
  }
}

extension Crossover.Verdict {
  /// The verdict in a word or two, with the crossing where there is one.
  fileprivate var words: (String, Crossover.Crossing?) {
    switch self {
    case .cheaperAbove(let crossing): ("cheaper above", crossing)
    case .cheaperBelow(let crossing): ("cheaper below", crossing)
    case .cheaper: ("cheaper", nil)
    case .dearer: ("dearer", nil)
    case .neverDearer: ("never dearer", nil)
    case .neverCheaper: ("never cheaper", nil)
    case .equal: ("equal", nil)
    case .several: ("several crossings", nil)
    case .open: ("open", nil)
    case .overloaded: ("overloaded", nil)
    }
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
