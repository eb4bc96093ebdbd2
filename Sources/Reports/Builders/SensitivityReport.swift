import Experiments
import Quantities
import Statistics

/// The report of a sensitivity study: which inputs matter, and what must be true of them.
package enum SensitivityReport {
  /// The report; a pure function of the study.
  package static func report(_ study: SensitivityStudy) -> Report {
    var sections: [Section] = []
    if !study.turns.isEmpty { sections.append(turns(study)) }
    let moved = study.metrics.indices.filter { metric in
      study.swings.contains { $0.difference(of: metric).map { !$0.isNothing } ?? false }
    }
    sections += moved.compactMap { tornado(study, $0) }
    let still = study.metrics.indices.filter { !moved.contains($0) }
    if !still.isEmpty {
      let names = ComparisonAnswer.list(still.map { study.metrics[$0].name })
      sections.append(
        Section(
          id: "unmoved", heading: "What no input moves",
          blocks: [.paragraph("\(names): the same at both ends of every input, in every run.")]))
    }
    if let morris = study.morris { sections.append(self.morris(study, morris)) }
    if let sobol = study.sobol { sections.append(self.sobol(study, sobol)) }
    sections.append(next(study))
    sections += AssumptionSections.study(study.defaults, study.assumptions)
    sections.append(reproduction(study))
    return Report(
      title: study.title,
      banner: Banner(verdict: nil, sentence: sentence(study), basis: basis(study)),
      sections: sections)
  }

  private static func basis(_ study: SensitivityStudy) -> [String] {
    let names = AxisNames(study.inputs.map(\.path)).short
    let beliefs = study.inputs.indices.filter { study.inputs[$0].isBelief }
    let fidelity = StudyBasis.fidelity(
      study.fidelity, of: "points", flow: study.assumptions.flow)
    var lines = [
      "\(study.replications) x \(study.horizon) at each point, seed \(study.seed); the same "
        + "arrivals, sizes, drift and failures at all of them; [a, b]: 95 % intervals, paired"
    ]
    if !beliefs.isEmpty {
      lines.append(
        "Beliefs go from P10 to P90 with the others at their medians: "
          + ComparisonAnswer.list(beliefs.map { names[$0] }))
    }
    if beliefs.count < study.inputs.count {
      let others = study.inputs.indices.filter { !study.inputs[$0].isBelief }
      lines.append(
        "Named inputs go between their ends with the others as the scenario has them: "
          + ComparisonAnswer.list(others.map { names[$0] }))
    }
    return lines + fidelity
  }

  /// The inputs by the size of their swing; those that saw nothing come last.
  private static func order(_ study: SensitivityStudy, _ metric: Int) -> [Int] {
    study.swings.indices.sorted { a, b in
      let (x, y) = (
        study.swings[a].difference(of: metric)?.estimate.magnitude ?? -1,
        study.swings[b].difference(of: metric)?.estimate.magnitude ?? -1
      )
      return x == y ? a < b : x > y
    }
  }

  private static func sentence(_ study: SensitivityStudy) -> String {
    let names = AxisNames(study.inputs.map(\.path)).short
    var parts: [String] = []
    for metric in study.metrics.indices.prefix(2) {
      guard let first = order(study, metric).first,
        let swing = study.swings[first].difference(of: metric), swing.estimate != 0,
        swing.low > 0 || swing.high < 0 || swing.halfWidth == 0
      else { continue }
      let reading = Reading(swing, Unit(study.metrics[metric].unit))
      let input = study.inputs[study.swings[first].input]
      parts.append(
        "\(study.metrics[metric].name) hangs most on \(names[study.swings[first].input]): "
          + "\(reading.text.value) from \(input.value(at: input.ends.low)) to "
          + input.value(at: input.ends.high))
    }
    let firsts =
      parts.isEmpty
      ? "No input moves the first figures at this precision"
      : parts
        .joined(separator: "; ")
    let turning = study.turns.filter { if case .turns = $0.finding { true } else { false } }
    let promises = Set(turning.map(\.threshold)).count
    let rest =
      promises > 0
      ? " \(promises) of \(study.thresholds.count) thresholds turn within these inputs."
      : study.thresholds.isEmpty ? "" : " No threshold turns within these inputs."
    return firsts + "." + rest
  }

  private static func tornado(_ study: SensitivityStudy, _ metric: Int) -> Section? {
    let unit = Unit(study.metrics[metric].unit)
    guard let middle = study.middle.cells[metric] else { return nil }
    let names = AxisNames(study.inputs.map(\.path)).short
    let rows = order(study, metric).map { place -> Row in
      let swing = study.swings[place]
      let input = study.inputs[swing.input]
      func value(_ cell: SweepCell?) -> Cell {
        .reading(cell.map { Reading.observed($0.estimate, unit) } ?? Reading.unknown(unit))
      }
      let difference = swing.difference(of: metric).map { Reading($0, unit).asDifference }
      return Row([
        .text(names[swing.input]), .text(input.value(at: input.ends.low)),
        value(swing.low.cells[metric]), .text(input.value(at: input.ends.high)),
        value(swing.high.cells[metric]), .reading(difference ?? Reading.unknown(unit)),
      ])
    }
    let shown = Reading(middle, unit)
    return Section(
      id: "tornado-\(metric + 1)", heading: "What moves \(study.metrics[metric].name)",
      blocks: [
        .table(
          Table(
            id: "tornado-\(metric + 1)",
            columns: [
              Column("input", .label), Column("low", .text),
              Column("there", .reading(.value), unit: unit), Column("high", .text),
              Column("there", .reading(.value), unit: unit),
              Column("swing", .reading(.interval), unit: unit),
            ], rows: rows)),
        .notes(["With every input at its middle: \(shown.text.value) \(shown.text.interval)."]),
      ] + [chart(study, metric, middle.estimate)].compactMap { $0.map { .chart($0) } })
  }

  private static func chart(
    _ study: SensitivityStudy, _ metric: Int, _ middle: Double
  ) -> Chart? {
    let unit = Unit(study.metrics[metric].unit)
    let names = AxisNames(study.inputs.map(\.path)).short
    let inputs = study.swings.compactMap { swing -> TornadoChart.Input? in
      guard let low = swing.low.cells[metric], let high = swing.high.cells[metric] else {
        return nil
      }
      let input = study.inputs[swing.input]
      return TornadoChart.Input(
        names[swing.input],
        low: .init(input.value(at: input.ends.low), low.estimate),
        high: .init(input.value(at: input.ends.high), high.estimate))
    }
    let chart = TornadoChart(unit: unit, middle: middle, inputs: inputs)
    guard let first = chart.inputs.first, first.swing > 0 else { return nil }
    let name = study.metrics[metric].name
    let swing = Reading.observed(first.swing, unit).text.value
    return Chart(
      id: "tornado-picture-\(metric + 1)",
      title: "\(first.label) moves \(name) most, by \(swing)",
      subtitle: "\(name) at the ends of each input, the others at their middle",
      content: .tornado(chart))
  }

  private static func command(_ study: SensitivityStudy) -> String {
    var words = [
      "towtank sensitivity",
      ShellText.quoted(study.file)
        + NextSection.options(variant: study.variant, settings: study.settings),
    ]
    for input in study.inputs where !input.isBelief {
      guard case .range(let range, _) = input.law else { continue }
      let axis = SettingAxis(path: input.path, levels: .continuous(range))
      words.append("--input \(ShellText.quoted(axis.text))")
    }
    return words.joined(separator: " ")
  }

  private static func next(_ study: SensitivityStudy) -> Section {
    var commands: [Command] = []
    if study.sobol == nil, study.inputs.count > 1 {
      commands.append(
        Command(
          "How much of the variance each input explains, with interactions:",
          "\(command(study)) --method sobol --points 64"))
    }
    if study.replications < 2 {
      commands.append(Command("For intervals:", "\(command(study)) --replications 10"))
    }
    if let first = study.inputs.first {
      let range =
        "\(first.path)=\(first.value(at: first.ends.low))..\(first.value(at: first.ends.high))"
      commands.append(
        Command(
          "One input in more steps:",
          "towtank sweep \(ShellText.quoted(study.file))"
            + NextSection.options(variant: study.variant, settings: study.settings)
            + " --vary \(ShellText.quoted(range + ":lin9"))"
        ))
    }
    return NextSection.section(
      commands, AssumptionSections.summary(study.defaults, study.assumptions.prices))
  }

  private static func reproduction(_ study: SensitivityStudy) -> Section {
    var line =
      command(study)
      + " --metrics \(ShellText.quoted(study.metrics.map(\.name).joined(separator: ",")))"
      + " --seed \(study.seed) --replications \(study.replications)"
    if let morris = study.morris { line += " --method morris --points \(morris.trajectories)" }
    if let sobol = study.sobol { line += " --method sobol --points \(sobol.rows)" }
    return AssumptionSections.reproduction(
      line, [("version", study.toolVersion), ("scenario and data", study.digest)])
  }
}
