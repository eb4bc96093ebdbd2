import Experiments
import MLSystem
import Quantities
import Syntax

/// The model card: what a model is for, what it learns from, how good it is for whom, and where it
/// fails.
///
/// The headings follow M. Mitchell et al., "Model Cards for Model Reporting", FAT* 2019,
/// doi 10.1145/3287560.3287596.
package enum ModelCard {
  /// The card of a model; nil where the results have no such model.
  package static func report(_ results: Results, model: String) -> Report? {
    guard results.identity.subjects.contains(where: { $0.kind == .model && $0.name == model })
    else { return nil }
    let facts = ModelFacts(results, model: model)
    let sections: [Section?] = [
      use(facts), data(facts), EvaluationReport.overall(facts), EvaluationReport.segments(facts),
      EvaluationReport.baselines(facts), care(facts), versions(facts), limits(facts),
      AssumptionSections.reproduction(results.identity),
    ]
    return Report(
      title: "Model card of \(model)",
      banner: Banner(
        verdict: nil, sentence: sentence(facts),
        basis: [
          "simulated: \(RunReport.title(results.identity))",
          RunReport.basis(results).first ?? "",
        ]),
      sections: sections.compactMap { $0 })
  }

  private static func sentence(_ facts: ModelFacts) -> String {
    let kind = facts.plan["rule"] == .bool(true) ? "A rule" : "A learned model"
    guard let task = facts.task else { return "\(kind) of which only the serving is simulated." }
    return "\(kind) that predicts `\(task.name)`."
  }

  private static func use(_ facts: ModelFacts) -> Section? {
    guard let task = facts.task else { return nil }
    var rows: [(String, String)] = [("task", task.name)]
    if let kind = task.plan["kind"]?.string { rows.append(("kind", kind)) }
    if let positives = task.plan["positives"] { rows.append(("positives", written(positives))) }
    if let base = facts.plan["base"]?.string { rows.append(("architecture", base)) }
    if let features = facts.plan["features"] { rows.append(("features", written(features))) }
    if !facts.servers.isEmpty {
      rows.append(("served by", facts.servers.joined(separator: ", ")))
    }
    return table("use", "Use", rows)
  }

  private static func data(_ facts: ModelFacts) -> Section? {
    let rows: [(String, String)] = [
      ("labels", facts.task?.plan["labels"]), ("training", facts.plan["training"]),
    ].compactMap { label, value in
      guard let value, value != .null else { return nil }
      return (label, written(value))
    }
    return rows.isEmpty ? nil : table("data", "Data and training", rows)
  }

  private static func care(_ facts: ModelFacts) -> Section? {
    var rows: [(String, String)] = []
    let monitors = facts.plan["monitors"]?.elements ?? []
    if !monitors.isEmpty {
      let names = monitors.map { $0.string ?? $0["name"]?.string ?? written($0) }
      rows.append(("monitors", names.joined(separator: ", ")))
    }
    for key in ["diagnosis", "retraining", "pipeline", "rollout"] {
      guard let value = facts.plan[key], value != .null, value["when"]?.string != "never" else {
        continue
      }
      rows.append((key, written(value)))
    }
    return rows.isEmpty ? nil : table("care", "How it is kept", rows)
  }

  private static func versions(_ facts: ModelFacts) -> Section? {
    let versions = facts.versions(in: 0)
    if versions.isEmpty { return nil }
    let rows = versions.suffix(12).map { version in
      Row([
        .text("\(version.number)"), .text(version.trainedAt.text),
        .text(QuantityFormatter.count(version.rows)),
        version.offlineAUC.map { .reading(.observed($0, .number(""))) } ?? .text(""),
        version.promotedAUC.map { .reading(.observed($0, .number(""))) } ?? .text(""),
        .text(version.status.rawValue),
      ])
    }
    return Section(
      id: "versions", heading: "Versions of run 1",
      blocks: [
        .table(
          Table(
            id: "versions",
            columns: [
              Column("", .label), Column("ready at", .text), Column("rows", .text),
              Column("holdout AUC", .reading(.value)),
              Column("AUC when promoted", .reading(.value)),
              Column("status", .text),
            ], rows: Array(rows)))
      ])
  }

  /// What may go wrong: drift that is declared, faults of new versions, and what was not simulated.
  private static func limits(_ facts: ModelFacts) -> Section {
    var notes: [String] = []
    for drift in facts.task?.plan["drift"]?.elements ?? [] {
      notes.append("drift: \(written(drift))")
    }
    if let bad = facts.plan["badVersions"], bad != .null {
      notes.append("new versions may be bad: \(written(bad))")
    }
    if facts.segments.isEmpty {
      notes.append("no segments are declared, so nothing is known of whom it serves worse")
    }
    notes.append("quality is derived from a simulated world, not measured on real data")
    return Section(id: "limits", heading: "Limits", blocks: [.notes(notes)])
  }

  private static func table(_ id: String, _ heading: String, _ rows: [(String, String)]) -> Section
  {
    Section(
      id: id, heading: heading,
      blocks: [
        .table(
          Table(
            id: id, columns: [Column("", .label), Column("", .note)],
            rows: rows.map { Row([.text($0.0), .text($0.1)]) }))
      ])
  }

  private static func written(_ json: JSONValue) -> String { QuotedScenario.written(json) }
}
