import Experiments
import Quantities
import Statistics

/// What to do when it happens: one entry per failure mode, from what was simulated.
enum ReviewRunbook {
  static func section(_ review: Review) -> Section? {
    guard !review.findings.isEmpty else { return nil }
    let rows = review.ranked.map { finding in
      Row([
        .text(finding.stress.title), .text(sign(finding)), .text(first(finding)),
        .text(undo(finding.stress)), .text(proof(finding)),
      ])
    }
    return Section(
      id: "runbook", heading: "Runbook",
      blocks: [
        .only(
          .page,
          .table(
            Table(
              id: "runbook",
              columns: [
                Column("when", .note), Column("sign", .note), Column("first", .note),
                Column("undo", .note), Column("over when", .note),
              ], rows: rows))),
        .only(
          .terminal,
          .paragraph(
            "A runbook for each of the \(rows.count) failure modes is on the page (--out).")
        ),
      ])
  }

  private static func sign(_ finding: Review.Finding) -> String {
    guard let seconds = finding.noticed.seconds?.estimate else {
      return "no alert of the scenario tells of it: add one"
    }
    let after = QuantityFormatter.time(seconds, digits: 2)
    let runs =
      finding.noticed.runs < finding.noticed.of
      ? " in \(finding.noticed.runs) of \(finding.noticed.of) runs only" : ""
    return "an alert after \(after)\(runs)"
  }

  private static func first(_ finding: Review.Finding) -> String {
    let subject = finding.stress.subject
    switch finding.stress.kind {
    case .traffic: return "see which service does not keep up; shed load before it"
    case .sourceOutage: return "see how old the copy of \(subject) is; hold trainings back"
    case .skew: return "compare logged with recomputed features of \(subject); hold trainings back"
    case .feedback: return "compare quality on randomly shown items with that on all"
    case .serviceOutage: return "see whether \(subject) or what it stands on is gone"
    case .poolOutage: return "see the provider's status of the machines of \(subject)"
    case .badVersion: return "stop the rollout of \(subject)"
    case .priceShock: return "see which purchases of \(subject) are on demand or spot"
    }
  }

  private static func undo(_ stress: Stress) -> String {
    switch stress.kind {
    case .traffic: "add replicas, or turn lesser traffic away until it is over"
    case .sourceOutage: "repair the source, backfill, then validate before the next training"
    case .skew: "repair the features, train again, roll out"
    case .feedback: "give a share of the traffic to random choice, train on that"
    case .serviceOutage: "restart \(stress.subject), or switch to the fallback"
    case .poolOutage: "move what runs on \(stress.subject) to another pool, zone or region"
    case .badVersion: "roll \(stress.subject) back to the version before"
    case .priceShock: "commit to what always runs, or move to another instance"
    }
  }

  private static func proof(_ finding: Review.Finding) -> String {
    let broken = finding.broken.first.map { "`\($0)` holds again" }
    return broken ?? "its measures are as before"
  }
}
