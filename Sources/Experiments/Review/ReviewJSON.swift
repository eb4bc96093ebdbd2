import Statistics
import Syntax

/// A review as JSON.
package enum ReviewJSON {
  package static func json(_ review: Review) -> JSONValue {
    .object([
      JSONMember("schemaVersion", .integer(Results.schemaVersion)),
      JSONMember("scenario", .string(review.base.identity.file)),
      JSONMember("variant", .string(review.base.identity.variant)),
      JSONMember("version", .string(review.base.identity.toolVersion)),
      JSONMember("outcome", .string(review.base.outcome.rawValue)),
      JSONMember("worthOfARequest", .number(review.worth.dollars)),
      JSONMember("biggestRisk", review.biggest.map { .string($0.stress.id) } ?? .null),
      JSONMember("findings", .array(review.ranked.map(finding))),
      JSONMember("remedies", .array(review.remedies.map(remedy))),
      JSONMember(
        "defaults",
        .array(
          review.probes.map { probe in
            .object([
              JSONMember("path", .string(probe.path)),
              JSONMember("standard", .string(probe.standard)),
              JSONMember("value", .string(probe.value)),
              JSONMember("changes", .array(probe.changed.map { .string($0) })),
            ])
          })),
      JSONMember("system", rubric(review.system)), JSONMember("design", rubric(review.design)),
    ])
  }

  private static func finding(_ finding: Review.Finding) -> JSONValue {
    .object([
      JSONMember("stress", .string(finding.stress.id)),
      JSONMember("title", .string(finding.stress.title)),
      JSONMember("perYear", .number(finding.stress.frequency.perYear)),
      JSONMember("frequencyBasis", .string(finding.stress.frequency.basis)),
      JSONMember("unanswered", interval(finding.unanswered)),
      JSONMember("loss", interval(finding.loss)),
      JSONMember("yearlyLoss", interval(finding.yearly)),
      JSONMember("noticedAfter", ResultsWriting.number(finding.noticed.seconds?.estimate)),
      JSONMember("endedAfter", ResultsWriting.number(finding.undone.seconds?.estimate)),
      JSONMember("recoveredAfter", ResultsWriting.number(finding.recovered.seconds?.estimate)),
      JSONMember("broken", .array(finding.broken.map { .string($0) })),
      JSONMember("severity", .integer(finding.severity)),
      JSONMember("occurrence", .integer(finding.occurrence)),
      JSONMember("detection", .integer(finding.detection)),
      JSONMember("settings", .array(finding.stress.settings.map { .string($0) })),
    ])
  }

  private static func remedy(_ remedy: Review.Remedy) -> JSONValue {
    .object([
      JSONMember("title", .string(remedy.title)), JSONMember("stress", .string(remedy.stress)),
      JSONMember("saved", interval(remedy.saved)), JSONMember("cost", interval(remedy.cost)),
      JSONMember("settings", .array(remedy.settings.map { .string($0) })),
    ])
  }

  private static func rubric(_ rubric: Rubric) -> JSONValue {
    .object([
      JSONMember("total", .number(rubric.total)), JSONMember("band", .string(rubric.band)),
      JSONMember(
        "scores",
        .array(
          rubric.scores.map { score in
            .object([
              JSONMember("criterion", .string(score.criterion)),
              JSONMember("points", .number(score.points)), JSONMember("of", .number(score.most)),
              JSONMember("evidence", .string(score.evidence)),
              JSONMember("raise", .string(score.raise)),
            ])
          })),
    ])
  }

  private static func interval(_ interval: ConfidenceInterval) -> JSONValue {
    .object([
      JSONMember("value", .number(interval.estimate)),
      JSONMember("low", interval.low.isFinite ? .number(interval.low) : .null),
      JSONMember("high", interval.high.isFinite ? .number(interval.high) : .null),
    ])
  }
}
