import Experiments
import Quantities
import Statistics

/// The report of a sensitivity study: which inputs matter, and what must be true of them.
package enum SensitivityReport {
  /// The report; a pure function of the study.
  package static func report(_ study: SensitivityStudy) -> Report {
    var sections: [Section] = []
    if !study.turns.isEmpty { sections.append(turns(study)) }
    for metric in study.metrics.indices {
      if let section = tornado(study, metric) { sections.append(section) }
    }
    if let morris = study.morris { sections.append(self.morris(study, morris)) }
    if let sobol = study.sobol { sections.append(self.sobol(study, sobol)) }
    sections.append(next(study))
    sections.append(reproduction(study))
    return Report(
      title: study.title,
      banner: Banner(verdict: nil, sentence: sentence(study), basis: basis(study)),
      sections: sections)
  }

  private static func basis(_ study: SensitivityStudy) -> [String] {
    let names = AxisNames(study.inputs.map(\.path)).short
    let beliefs = study.inputs.indices.filter { study.inputs[$0].isBelief }
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
    return lines
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

  private static func turns(_ study: SensitivityStudy) -> Section {
    let names = AxisNames(study.inputs.map(\.path)).short
    var rows: [Row] = []
    for (number, threshold) in study.thresholds.enumerated() {
      for turn in study.turns where turn.threshold == number {
        rows.append(row(turn, study, threshold, names[turn.input]))
      }
    }
    let table = Table(
      id: "must-be-true",
      columns: [
        Column("for", .label, mergesRepeats: true), Column("input", .text),
        Column("must be", .text),
        Column("95% interval", .text), Column("", .note),
      ], rows: rows)
    return Section(
      id: "must-be-true", heading: "What must be true",
      blocks: [
        .table(table),
        .notes([
          "Each input alone, the others at their middle; bisection to 1/256 of the reach, which is "
            + "P1 to P99 of a belief."
        ]),
      ])
  }

  private static func row(
    _ turn: SensitivityStudy.Turn, _ study: SensitivityStudy, _ threshold: String, _ name: String
  ) -> Row {
    let input = study.inputs[turn.input]
    let reach = "\(input.value(at: input.reach.low)) to \(input.value(at: input.reach.high))"
    switch turn.finding {
    case .holdsThroughout:
      return Row([.text(threshold), .text(name), "anything", "", .text("holds from \(reach)")])
    case .failsThroughout:
      return Row([.text(threshold), .text(name), "-", "", .text("fails from \(reach)")])
    case .unknown:
      return Row([.text(threshold), .text(name), "?", "", "nothing was observed"])
    case .turns(let share, let isBelow):
      let shown = short(share, input)
      var note = "the scenario has \(input.middleText)"
      if input.isBelief {
        let chance = isBelow ? 1 - share.estimate : share.estimate
        note =
          "\(NumberText.fixed(chance * 100, decimals: 0)) % of the belief lies "
          + "\(isBelow ? "above" : "below")"
      }
      return Row([
        .text(threshold), .text(name), .text("\(isBelow ? "below" : "above") \(shown.value)"),
        .text("[\(shown.low), \(shown.high)]"), .text(note),
      ])
    }
  }

  /// A turning point with as many digits as its interval justifies.
  private static func short(
    _ share: ConfidenceInterval, _ input: SensitivityInput
  ) -> (value: String, low: String, high: String) {
    let texts = [share.estimate, share.low, share.high].map { input.value(at: $0) }
    let numbers = texts.compactMap(AxisNumber.init)
    guard numbers.count == 3 else { return (texts[0], texts[1], texts[2]) }
    let half = (numbers[2].value - numbers[1].value).magnitude / 2
    let decimals =
      half > 0
      ? NumberText.decimals(forHalfWidth: half) : NumberText.decimals(forValue: numbers[0].value)
    func text(_ number: AxisNumber, bare: Bool) -> String {
      let digits = NumberText.fixed(number.value.magnitude, decimals: decimals)
      let sign = number.value < 0 ? "-" : ""
      return sign + (bare ? digits : number.prefix + digits + number.suffix)
    }
    return (
      text(numbers[0], bare: false), text(numbers[1], bare: true), text(numbers[2], bare: true)
    )
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

  private static func morris(
    _ study: SensitivityStudy, _ morris: SensitivityStudy.Morris
  ) -> Section {
    let names = AxisNames(study.inputs.map(\.path)).short
    var rows: [Row] = []
    for (metric, effects) in morris.effects.enumerated() {
      guard let effects else { continue }
      let unit = Unit(study.metrics[metric].unit)
      let order = effects.indices.sorted {
        let (x, y) = (effects[$0].importance.estimate, effects[$1].importance.estimate)
        return x == y ? $0 < $1 : x > y
      }
      for input in order {
        rows.append(
          Row([
            .text(study.metrics[metric].name), .text(names[input]),
            .reading(Reading(effects[input].importance, unit)),
            .reading(Reading(effects[input].mean, unit).asDifference),
            .reading(.observed(effects[input].deviation, unit)),
          ]))
      }
    }
    return Section(
      id: "morris", heading: "Elementary effects",
      blocks: [
        .table(
          Table(
            id: "morris",
            columns: [
              Column("metric", .label, mergesRepeats: true), Column("input", .text),
              Column("mean size", .reading(.stacked)), Column("mean", .reading(.stacked)),
              Column("spread", .reading(.value)),
            ], rows: rows)),
        .notes([
          "Effects of going from the low to the high end, along \(morris.trajectories) trajectories "
            + "(Morris 1991; mean size: Campolongo et al. 2007). A spread near the mean size says "
            + "that the effect depends on where the other inputs are."
        ]),
      ])
  }

  private static func sobol(
    _ study: SensitivityStudy, _ sobol: SensitivityStudy.Sobol
  ) -> Section {
    let names = AxisNames(study.inputs.map(\.path)).short
    var rows: [Row] = []
    var notes: [String] = []
    for (metric, indices) in sobol.indices.enumerated() {
      guard let indices else {
        notes.append("\(study.metrics[metric].name) does not vary with these inputs.")
        continue
      }
      let order = indices.indices.sorted {
        let (x, y) = (indices[$0].total.estimate, indices[$1].total.estimate)
        return x == y ? $0 < $1 : x > y
      }
      for input in order {
        rows.append(
          Row([
            .text(study.metrics[metric].name), .text(names[input]),
            .reading(Reading(indices[input].first, .number("")).withDecimals(2)),
            .reading(Reading(indices[input].total, .number("")).withDecimals(2)),
          ]))
      }
    }
    return Section(
      id: "sobol", heading: "Shares of the variance",
      blocks: [
        .table(
          Table(
            id: "sobol",
            columns: [
              Column("metric", .label, mergesRepeats: true), Column("input", .text),
              Column("alone", .reading(.interval)), Column("in all", .reading(.interval)),
            ], rows: rows)),
        .notes(
          notes + [
            "From \(sobol.rows) rows of a Sobol' sequence over the laws of the inputs: alone is "
              + "the first-order index (Saltelli et al. 2010), in all the total index (Jansen 1999); "
              + "intervals are of a bootstrap over rows. What is in all but not alone is interaction."
          ]),
      ])
  }

  private static func command(_ study: SensitivityStudy) -> String {
    var words = ["towtank sensitivity", ShellText.quoted(study.file)]
    if study.variant != "base" { words.append("--variant \(ShellText.quoted(study.variant))") }
    for input in study.inputs where !input.isBelief {
      let range = "\(input.path)=\(input.value(at: 0))..\(input.value(at: 1))"
      words.append("--input \(ShellText.quoted(range))")
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
          "towtank sweep \(ShellText.quoted(study.file)) --vary \(ShellText.quoted(range + ":lin9"))"
        ))
    }
    return Section(id: "next", heading: "Next", layout: .hanging, blocks: [.commands(commands)])
  }

  private static func reproduction(_ study: SensitivityStudy) -> Section {
    var line =
      command(study)
      + " --metrics \(ShellText.quoted(study.metrics.map(\.name).joined(separator: ",")))"
      + " --seed \(study.seed) --replications \(study.replications)"
    if let morris = study.morris { line += " --method morris --points \(morris.trajectories)" }
    if let sobol = study.sobol { line += " --method sobol --points \(sobol.rows)" }
    let facts = [("version", study.toolVersion), ("scenario and data", study.digest)]
    return Section(
      id: "reproduction", heading: "The same bytes again",
      blocks: [
        .only(.page, .commands([Command("", line)])),
        .only(
          .page,
          .table(
            Table(
              id: "reproduction", columns: [Column("", .label), Column("", .note)],
              rows: facts.map { Row([.text($0.0), .text($0.1)]) }))),
      ])
  }
}

extension Reading {
  /// A figure by its interval; one without width is exact.
  init(_ interval: ConfidenceInterval, _ unit: Unit) {
    let isExact = interval.halfWidth <= interval.estimate.magnitude * 1e-12
    self =
      isExact
      ? .exact(interval.estimate, unit)
      : .simulated(interval.estimate, Bounds(interval), unit)
  }

  /// What a sweep or study keeps of a figure.
  init(_ cell: SweepCell, _ unit: Unit) {
    guard let low = cell.low, let high = cell.high else {
      self =
        cell.values.count > 1
        ? .exact(cell.estimate, unit) : .simulated(cell.estimate, nil, unit)
      return
    }
    self =
      low == high
      ? .exact(cell.estimate, unit) : .simulated(cell.estimate, Bounds(low, high), unit)
  }
}
