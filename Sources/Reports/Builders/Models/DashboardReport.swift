import Experiments
import MLSystem
import Quantities

/// The monitoring dashboard: what a person on call would see at one instant of simulated time.
package enum DashboardReport {
  /// The dashboard of joined results at an instant; a pure function of them.
  ///
  /// - Parameters:
  ///   - at: an instant within the horizon.
  ///   - replication: the run whose alarms, versions and events are shown, from 0.
  package static func report(_ results: Results, at: Instant, replication: Int) -> Report {
    let facts = InstantFacts(results: results, at: at, replication: replication)
    let health = DashboardHealth(facts)
    let runs = results.identity.replications
    let calendar = results.identity.start.adding(at - .start).description
    var basis = [
      "At \(at.text) after the start, \(calendar)",
      runs > 1
        ? "levels: mean of \(runs) runs, P10-P90 between them; alarms and events: run "
          + "\(replication + 1)"
        : "one run",
    ]
    basis += results.earlyStops.map { "Stopped early: \($0)" }
    let sections: [Section?] = [
      healthSection(health), modelSection(facts), routeSection(facts), serviceSection(facts),
      alarmSection(facts), trainingSection(facts), recent(facts),
      AssumptionSections.reproduction(results.identity),
    ]
    return Report(
      title: "Dashboard: \(RunReport.title(results.identity))",
      banner: Banner(
        verdict: health.colour.outcome, sentence: sentence(health),
        remark: "[\(health.colour.word)]", basis: basis),
      sections: sections.compactMap { $0 })
  }

  private static func sentence(_ health: DashboardHealth) -> String {
    guard let worst = health.findings.first else {
      return "GREEN: no rule of the dashboard is broken."
    }
    let more = health.findings.count - 1
    return "\(health.colour.word): \(worst.what)"
      + (more > 0 ? ", and \(more) more \(more == 1 ? "finding" : "findings")." : ".")
  }

  private static func healthSection(_ health: DashboardHealth) -> Section? {
    if health.findings.isEmpty { return nil }
    let rows = health.findings.map { finding in
      Row([
        .text(finding.colour.word), .text(finding.what), .text(finding.rule),
        .text(finding.action),
      ])
    }
    return Section(
      id: "health", heading: "Health and actions",
      blocks: [
        .table(
          Table(
            id: "health",
            columns: [
              Column("", .label), Column("found", .note), Column("rule", .note),
              Column("action", .note),
            ], rows: rows))
      ])
  }

  private static func modelSection(_ facts: InstantFacts) -> Section? {
    let rows = facts.names([.model]).compactMap { model -> Row? in
      guard let now = facts.level(model, "auc") else { return nil }
      let before = facts.baseline(model)
      let change = before.map { before -> Cell in
        .reading(Reading.observed((now.value - before) / before, .ratio).asDifference)
      }
      let version = facts.production(model, in: facts.replication)
      return Row([
        .text(model), .text(version.map { "\($0.number)" } ?? ""), .reading(now.reading),
        before.map { .reading(.observed($0, .number(""))) } ?? .text(""),
        change ?? .text(""),
        facts.level(model, "candidate-share").map { .reading($0.reading) } ?? .text(""),
      ])
    }
    if rows.isEmpty { return nil }
    return Section(
      id: "models", heading: "Models",
      blocks: [
        .table(
          Table(
            id: "models",
            columns: [
              Column("", .label), Column("version", .text),
              Column("AUC", .reading(.stacked)), Column("at promotion", .reading(.value)),
              Column("change", .reading(.value)), Column("candidate", .reading(.value)),
            ], rows: rows))
      ])
  }

  private static func routeSection(_ facts: InstantFacts) -> Section? {
    let rows = facts.names([.route]).compactMap { route -> Row? in
      guard let requests = facts.level(route, "requests") else { return nil }
      return Row(
        [.text(route), .reading(requests.reading)]
          + ["lost", "latency.p50", "latency.p99"].map { cell(facts.level(route, $0)) })
    }
    if rows.isEmpty { return nil }
    return Section(
      id: "routes", heading: "Routes",
      blocks: [
        .table(
          Table(
            id: "routes",
            columns: [Column("", .label)]
              + ["requests", "lost", "latency p50", "latency p99"].map {
                Column($0, .reading(.stacked))
              }, rows: rows))
      ])
  }

  private static func serviceSection(_ facts: InstantFacts) -> Section? {
    let rows = facts.names([.modelServer, .llmServer]).compactMap { service -> Row? in
      guard facts.level(service, "busy") != nil else { return nil }
      return Row(
        [.text(service)] + ["replicas", "busy", "queue"].map { cell(facts.level(service, $0)) })
    }
    if rows.isEmpty { return nil }
    return Section(
      id: "services", heading: "Services",
      blocks: [
        .table(
          Table(
            id: "services",
            columns: [Column("", .label)]
              + ["replicas", "busy", "waiting"].map { Column($0, .reading(.stacked)) },
            rows: rows))
      ])
  }

  private static func cell(_ level: InstantFacts.Level?) -> Cell {
    level.map { .reading($0.reading) } ?? .text("")
  }
}
