import Experiments
import MLSystem
import Quantities
import Syntax

/// The system design document: from the use case to the criteria of success.
///
/// What the design is stands as the scenario writes it; what it does stands with the interval that
/// the simulation gives it. Nothing else is in it.
package enum DesignReport {
  /// The document of joined results; a pure function of them.
  package static func report(_ results: Results) -> Report {
    let facts = DesignFacts(results)
    let verdict = RunReport.overall(results.verdicts)
    let sections: [Section?] = [
      DesignSections.useCase(facts), DesignSections.businessMetric(facts),
      DesignSections.constraints(facts), architecture(facts),
      DesignSections.modelSelection(facts), DesignSections.dataPipeline(facts),
      DesignSections.training(facts), DesignSections.inference(facts),
      DesignSections.monitoring(facts), DesignSections.rollout(facts),
      DesignSections.risks(facts), success(facts), DesignSections.money(facts), open(facts),
      AssumptionSections.assumptions(results), AssumptionSections.prices(results.cost),
      AssumptionSections.reproduction(
        results.identity,
        command: "towtank design \(ShellText.quoted(results.identity.file))"
          + NextSection.options(results.identity)),
    ]
    return Report(
      title: "System design: \(RunReport.title(results.identity))",
      banner: Banner(
        verdict: verdict, sentence: sentence(results),
        basis: [
          "\"Declared\" is quoted from the scenario; \"simulated\" is what it did here:"
        ] + RunReport.basis(results)),
      sections: sections.compactMap { $0 })
  }

  /// The architecture of a scenario, for files of its own.
  package static func diagram(_ results: Results) -> DiagramChart {
    DesignDiagram.chart(QuotedScenario(results.identity))
  }

  /// The diagram as an SVG file that stands alone.
  package static func picture(_ results: Results) -> String {
    ChartWriter.standalone(chart(diagram(results)))
  }

  private static func sentence(_ results: Results) -> String {
    switch RunReport.overall(results.verdicts) {
    case nil: "No criteria of success are declared, so the design cannot be judged."
    case .met: "The design meets all of its criteria."
    case .breached:
      "The design does not meet its criteria: "
        + "\(results.verdicts.count { $0.outcome == .breached }) of \(results.verdicts.count) fail."
    case .undecided: "Not decided: the simulation is not long enough for all criteria."
    }
  }

  private static func chart(_ diagram: DiagramChart) -> Chart {
    Chart(
      id: "architecture",
      title: "\(count(diagram, .service, "service")), \(count(diagram, .model, "model"))",
      subtitle: "What serves stands above, what learns below", content: .diagram(diagram))
  }

  private static func count(
    _ diagram: DiagramChart, _ kind: DiagramChart.Kind, _ noun: String
  ) -> String {
    let count = diagram.nodes.count { $0.kind == kind }
    return "\(count) \(noun)\(count == 1 ? "" : "s")"
  }

  private static func architecture(_ facts: DesignFacts) -> Section {
    let diagram = DesignDiagram.chart(facts.quoted)
    let table = Table(
      id: "parts",
      columns: [
        Column("", .label), Column("kind", .text), Column("declared", .note),
        Column("busy", .reading(.value)),
      ],
      rows: diagram.nodes.map { node in
        let busy = facts.results.figure("\(node.name).busy").flatMap { figure in
          figure.estimate == nil ? nil : Cell.reading(Reading(figure))
        }
        return Row([
          .text(node.name), .text(node.kind.rawValue), .text(node.detail), busy ?? "",
        ])
      })
    return Section(
      id: "architecture", heading: "Architecture",
      blocks: [.only(.page, .chart(chart(diagram))), .table(table)])
  }

  private static func success(_ facts: DesignFacts) -> Section {
    guard let found = RunReport.thresholds(facts.results) else {
      return Section(
        id: "success", heading: "Success criteria",
        blocks: [.paragraph("No thresholds are declared.")])
    }
    let reasons = DesignSections.killCriteria(facts)
    return Section(
      id: "success", heading: "Success criteria",
      blocks: reasons.isEmpty ? found.blocks : found.blocks + [Block.notes(reasons)])
  }

  /// What the scenario leaves open, so that the document claims no more than there is.
  private static func open(_ facts: DesignFacts) -> Section? {
    var notes: [String] = []
    func ask(_ isMissing: Bool, _ text: String) { if isMissing { notes.append(text) } }
    let quoted = facts.quoted
    ask(
      quoted.entries("slos").isEmpty,
      "no service level objectives: nobody is called when users are hurt")
    ask(quoted.text("budget") == nil, "no budget and no baseline to hold the models against")
    ask(quoted.text("thresholds") == nil, "no criteria of success")
    ask(quoted.entries("data").isEmpty, "no sources of data: labels and features always come")
    ask(quoted.text("incidents") == nil, "no incidents: nothing was made to fail")
    for (name, model) in facts.learned {
      ask((model["monitors"]?.elements ?? []).isEmpty, "\(name) has no monitors")
      ask(
        model["pipeline"]?["gates"].map { $0 == .null } ?? true,
        "\(name) has no gates before its rollout")
      ask(
        model["rollout"]?["rollbackIf"]?.elements.isEmpty ?? true, "\(name) has no rollback rules")
    }
    for (name, service) in quoted.entries("services") where service["kind"]?.string != "lookup" {
      ask(service["failures"].map { $0 == .null } ?? true, "\(name) never crashes by itself")
    }
    guard !notes.isEmpty else { return nil }
    return Section(id: "open", heading: "Left open", blocks: [.notes(notes)])
  }
}

/// What the results say about the design.
struct DesignFacts {
  let results: Results
  let quoted: QuotedScenario

  init(_ results: Results) {
    self.results = results
    quoted = QuotedScenario(results.identity)
  }

  /// Models that learn, with what the scenario says of them.
  var learned: [(key: String, value: JSONValue)] {
    quoted.entries("models").filter {
      guard let training = $0.value["training"] else { return false }
      return training != .null
    }
  }

  /// Names of the subjects of some kinds.
  func names(_ kinds: Subject.Kind...) -> [String] {
    results.identity.subjects.filter { kinds.contains($0.kind) }.map(\.name)
  }

  /// A table of what the scenario declares; nil where it declares nothing.
  func declared(_ id: String, _ rows: [(String, String?)]) -> Block? {
    let rows = rows.compactMap { label, text in text.map { Row([.text(label), .text($0)]) } }
    guard !rows.isEmpty else { return nil }
    return .table(
      Table(
        id: "\(id)-declared", columns: [Column("", .label), Column("declared", .note)], rows: rows))
  }

  /// A table of what was simulated; nil where nothing of it was seen.
  func simulated(_ id: String, _ figures: [(String, String)]) -> Block? {
    let rows = figures.compactMap { label, name -> Row? in
      guard let figure = results.figure(name), figure.estimate != nil else { return nil }
      return Row([.text(label), .reading(Reading(figure))])
    }
    guard !rows.isEmpty else { return nil }
    return .table(
      Table(
        id: "\(id)-simulated",
        columns: [Column("", .label), Column("simulated", .reading(.interval))], rows: rows))
  }

  func section(_ id: String, _ heading: String, _ blocks: [Block?], missing: String) -> Section {
    let blocks = blocks.compactMap { $0 }
    return Section(
      id: id, heading: heading, blocks: blocks.isEmpty ? [.paragraph(missing)] : blocks)
  }
}
