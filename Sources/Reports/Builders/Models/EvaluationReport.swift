import Experiments
import MLSystem
import Quantities
import Statistics

/// The evaluation of one version of a model: overall, by segment, against the baseline, and what to
/// do with it.
package enum EvaluationReport {
  /// The evaluation of a version; nil where no such version is in the results.
  ///
  /// - Parameters:
  ///   - version: its number; nil takes the newest of the run.
  ///   - replication: the run from which the version is taken, from 0.
  package static func report(
    _ results: Results, model: String, version: Int?, replication: Int
  ) -> Report? {
    let facts = ModelFacts(results, model: model)
    let versions = facts.versions(in: replication)
    guard
      let chosen = version.map({ number in versions.first { $0.number == number } })
        ?? versions.last
    else { return nil }
    let advice = Recommendation(chosen, facts)
    let runs = results.identity.replications
    let sections: [Section?] = [
      adviceSection(advice), versionSection(chosen, replication),
      gateSection(chosen), overall(facts), segments(facts), baselines(facts), serving(facts),
      AssumptionSections.reproduction(results.identity),
    ]
    return Report(
      title:
        "Evaluation of \(model), version \(chosen.number): \(RunReport.title(results.identity))",
      banner: Banner(
        verdict: advice.word.outcome,
        sentence:
          "\(advice.word.rawValue.uppercased()): \(advice.reasons.joined(separator: "; ")).",
        remark: nil,
        basis: [
          "version \(chosen.number) of run \(replication + 1) of \(runs); quality in production "
            + "is that of all versions that answered",
          runs > 1
            ? "[a, b]: 95% interval of the figure. P10-P90: range of outcomes between runs"
            : "One run gives no interval: --replications 10 and more do.",
        ]),
      sections: sections.compactMap { $0 })
  }

  private static func adviceSection(_ advice: Recommendation) -> Section? {
    if advice.nextSteps.isEmpty { return nil }
    return Section(
      id: "next-steps", heading: "Next steps", blocks: [.notes(advice.nextSteps)])
  }

  static func versionSection(_ version: VersionRecord, _ replication: Int) -> Section {
    var facts: [(String, String)] = [
      ("training", version.kind.rawValue),
      ("ready at", version.trainedAt.text),
      ("labelled rows", QuantityFormatter.count(version.rows)),
      ("window", QuantityFormatter.exact(version.window)),
    ]
    if let parent = version.parent { facts.append(("compared with", "version \(parent)")) }
    if !version.lineage.isEmpty { facts.append(("data", version.lineage)) }
    if version.machineHours > 0 {
      facts.append(("machine-hours", QuantityFormatter.fixed(version.machineHours, decimals: 2)))
    }
    if let offline = version.offlineAUC {
      facts.append(("AUC on the holdout", QuantityFormatter.fixed(offline, decimals: 4)))
    }
    if let promoted = version.promotedAUC {
      facts.append(("true AUC when promoted", QuantityFormatter.fixed(promoted, decimals: 4)))
    }
    let history = version.history.map { "\($0.at.text) \($0.status.rawValue)" }
    facts.append(("history", history.joined(separator: ", ")))
    return Section(
      id: "version", heading: "The version, run \(replication + 1)",
      blocks: [
        .table(
          Table(
            id: "version", columns: [Column("", .label), Column("", .note)],
            rows: facts.map { Row([.text($0.0), .text($0.1)]) }))
      ])
  }

  private static func gateSection(_ version: VersionRecord) -> Section? {
    if version.gates.isEmpty { return nil }
    let rows = version.gates.map { gate in
      Row([
        .verdict(gate.isPassed ? .met : .breached), .text(gate.gate),
        gate.measured.map { .reading(.observed($0, .number(""))) } ?? .text(""),
        gate.limit.map { .reading(.observed($0, .number(""))) } ?? .text(""),
      ])
    }
    return Section(
      id: "gates", heading: "Gates",
      blocks: [
        .table(
          Table(
            id: "gates",
            columns: [
              Column("", .label), Column("gate", .text), Column("measured", .reading(.value)),
              Column("limit", .reading(.value)),
            ], rows: rows))
      ])
  }
}
