import Experiments
import Quantities
import Statistics

/// The report of a sweep: which points meet the thresholds, what each costs, how the metrics answer
/// to each axis.
package enum SweepReport {
  /// Points that a terminal shows.
  private static let shownPoints = 24

  /// The report; a pure function of the sweep.
  package static func report(_ sweep: SweepResults) -> Report {
    let names = AxisNames(sweep.plan.axes.map(\.path))
    var sections: [Section] = []
    if let choices = choices(sweep, names) { sections.append(choices) }
    sections.append(points(sweep, names))
    sections += responses(sweep, names)
    if let surface = surface(sweep, names) { sections.append(surface) }
    if let pictures = SweepCharts.section(sweep, names) { sections.append(pictures) }
    let assumptions = sweep.assumptions
    sections.append(next(sweep, assumptions))
    sections += AssumptionSections.study(sweep.plan.defaults, assumptions)
    sections.append(reproduction(sweep))
    return Report(
      title: sweep.plan.title,
      banner: Banner(
        verdict: sweep.outcome, sentence: SweepAnswer.sentence(sweep, names),
        basis: basis(sweep, assumptions)),
      sections: sections)
  }

  private static func basis(_ sweep: SweepResults, _ assumptions: Assumptions) -> [String] {
    let plan = sweep.plan
    let design =
      switch plan.design {
      case .grid: "a grid"
      case .random: "random points"
      case .sobol: "a shifted Sobol' sequence (direction numbers of Joe and Kuo 2008)"
      }
    var lines = [
      "\(plan.replications) x \(QuantityFormatter.exact(plan.horizon)) at each point, seed "
        + "\(plan.seed); the same arrivals, sizes, drift and failures at all of them",
      "\(plan.pointCount) points, \(design), over \(list(plan.axes.map(\.path))); "
        + "[a, b]: 95 % intervals, point by point",
    ]
    lines += StudyBasis.fidelity(plan.fidelity, of: "points", flow: assumptions.flow)
    if let precision = plan.precision {
      let counts = sweep.results.compactMap { $0.cells.compactMap { $0?.values.count }.max() }
      let share = Reading.observed(precision, .ratio).text.value
      lines.append(
        "Replications were added until every half-width was within \(share) of its estimate, or "
          + "16-fold: \(counts.min() ?? 0) to \(counts.max() ?? 0) at a point.")
    }
    let invalid = sweep.results.count { $0.problem != nil }
    if invalid > 0 {
      lines.append("\(invalid) of the points make no valid scenario and were left out.")
    }
    return lines
  }

  private static func list(_ names: [String]) -> String {
    guard let last = names.last, names.count > 1 else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + " and " + last
  }

  private static func points(_ sweep: SweepResults, _ names: AxisNames) -> Section {
    let few = sweep.results.count <= shownPoints
    let table = table(sweep, names, Array(sweep.results))
    guard !few else {
      return Section(id: "points", heading: "Points", blocks: [.table(table)])
    }
    let short = self.table(sweep, names, SweepAnswer.best(sweep, shownPoints))
    let order =
      sweep.plan.metrics.contains { $0.name == "cost.perMonth" } ? ", cheapest first" : ""
    return Section(
      id: "points", heading: "Points",
      blocks: [
        .only(.page, .table(table)), .only(.terminal, .table(short)),
        .only(
          .terminal,
          .notes([
            "\(short.rows.count) of \(sweep.results.count) points, those that meet most"
              + "\(order); --out writes all of them."
          ])),
      ])
  }

  private static func table(
    _ sweep: SweepResults, _ names: AxisNames, _ results: [SweepResult]
  ) -> Table {
    let plan = sweep.plan
    let judged = sweep.results.contains { !$0.verdicts.isEmpty }
    var columns = names.short.enumerated().map {
      Column($0.element, $0.offset == 0 ? .label : .text)
    }
    if judged { columns.append(Column("", .text)) }
    columns += plan.metrics.map { Column($0.name, .reading(.stacked), unit: Unit($0.unit)) }
    let rows = results.map { result -> Row in
      var cells = result.point.values.map { Cell.text($0) }
      if judged { cells.append(result.outcome.map { .verdict($0) } ?? "invalid") }
      cells += zip(plan.metrics, result.cells).map { metric, cell in
        .reading(reading(cell, Unit(metric.unit)))
      }
      return Row(cells, result.outcome == nil ? .faint : .plain)
    }
    return Table(id: "points", columns: columns, rows: rows)
  }

  private static func reading(_ cell: SweepCell?, _ unit: Unit) -> Reading {
    cell.map { Reading($0, unit) } ?? Reading.unknown(unit).saying("-")
  }

  /// What to choose for each traffic of a grid.
  private static func choices(_ sweep: SweepResults, _ names: AxisNames) -> Section? {
    let choices = SweepAnswer.choices(sweep)
    guard !choices.isEmpty,
      let cost = sweep.plan.metrics.firstIndex(where: { $0.name == "cost.perMonth" })
    else { return nil }
    let axes = sweep.plan.axes
    let worlds = axes.indices.filter { SweepAnswer.isWorld(axes[$0]) }
    let chosen = axes.indices.filter { !SweepAnswer.isWorld(axes[$0]) }
    var columns = (worlds + chosen).enumerated().map {
      Column(names.short[$0.element], $0.offset == 0 ? .label : .text)
    }
    columns.append(Column("cost.perMonth", .reading(.interval), unit: .dollars("")))
    let rows = choices.map { choice -> Row in
      var cells = choice.world.map { Cell.text($0) }
      cells += chosen.map { Cell.text(choice.best?.point.values[$0] ?? "none meets") }
      let price: SweepCell? = choice.best?.cells[cost]
      cells.append(.reading(reading(price, .dollars(""))))
      return Row(cells)
    }
    return Section(
      id: "choices", heading: "The cheapest that meets every threshold",
      blocks: [.table(Table(id: "choices", columns: columns, rows: rows))])
  }

  /// One table per axis; with a single axis the points say it all.
  private static func responses(_ sweep: SweepResults, _ names: AxisNames) -> [Section] {
    guard sweep.plan.axes.count > 1 || sweep.plan.design != .grid else { return [] }
    return sweep.plan.axes.indices.compactMap { place in
      let response = SweepResponse(of: sweep, to: place)
      guard response.levels.count > 1 else { return nil }
      let isWhole = sweep.plan.design == .grid
      let columns =
        [Column(names.short[place], .label), Column("points", .text)]
        + sweep.plan.metrics.map {
          Column($0.name, .reading(.stacked), unit: Unit($0.unit))
        }
      let rows = response.levels.map { level -> Row in
        let means = zip(level.means, sweep.plan.metrics).map { mean, metric -> Cell in
          let unit = Unit(metric.unit)
          guard let mean else { return .reading(Reading.unknown(unit).saying("-")) }
          return .reading(Reading(mean, unit))
        }
        return Row([.text(level.label), .text("\(level.points)")] + means)
      }
      let note =
        isWhole
        ? "Means over all values of the other axes; intervals know only the replications."
        : "Means over the points drawn there; intervals know only the replications."
      return Section(
        id: "response-\(place + 1)", heading: "Response to \(names.short[place])",
        blocks: [
          .table(Table(id: "response-\(place + 1)", columns: columns, rows: rows)), .notes([note]),
        ])
    }
  }

  /// Terms of a surface that are shown for each metric.
  private static let shownTerms = 5

  /// What a quadratic surface through drawn points says of each metric.
  private static func surface(_ sweep: SweepResults, _ names: AxisNames) -> Section? {
    guard sweep.plan.design != .grid else { return nil }
    var rows: [Row] = []
    for (number, metric) in sweep.plan.metrics.enumerated() {
      guard let surface = SweepSurface(of: sweep, metric: number) else { continue }
      let share = Reading.observed(max(surface.predicted, 0), .ratio).withDecimals(0).text.value
      for effect in surface.effects.prefix(shownTerms) {
        let words =
          switch effect.term {
          case .move(let axis): "\(names.short[axis]), low to high"
          case .bend(let axis): "\(names.short[axis]), ends against the middle"
          case .joint(let a, let b): "\(names.short[a]) with \(names.short[b])"
          }
        rows.append(
          Row([
            .text(metric.name), .text(share), .text(words),
            .reading(Reading.observed(effect.size, Unit(metric.unit)).asDifference),
          ]))
      }
    }
    guard !rows.isEmpty else { return nil }
    return Section(
      id: "surface", heading: "Response surface",
      blocks: [
        .table(
          Table(
            id: "surface",
            columns: [
              Column("metric", .label, mergesRepeats: true),
              Column("predicted", .text, mergesRepeats: true), Column("term", .note),
              Column("effect", .reading(.value)),
            ], rows: rows)),
        .notes([
          "A quadratic through all points; predicted is the share of the variation that it foresees "
            + "at a point left out. Where that is little, the terms say little."
        ]),
      ])
  }

  private static func command(_ plan: SweepPlan) -> String {
    var words = [
      "towtank sweep",
      ShellText.quoted(plan.file)
        + NextSection.options(variant: plan.variant, settings: plan.settings),
    ]
    for axis in plan.axes { words.append("--vary \(ShellText.quoted(axis.text))") }
    switch plan.design {
    case .grid: break
    case .random(let points): words.append("--design random --points \(points)")
    case .sobol(let points): words.append("--design sobol --points \(points)")
    }
    if let precision = plan.precision {
      words.append("--precision \(NumberText.exact(precision * 100))%")
    }
    return words.joined(separator: " ")
  }

  private static func next(_ sweep: SweepResults, _ assumptions: Assumptions) -> Section {
    let plan = sweep.plan
    var commands: [Command] = []
    let file = ShellText.quoted(plan.file)
    let options = NextSection.options(variant: plan.variant, settings: plan.settings)
    if let best = SweepAnswer.best(sweep, 1).first, best.outcome != nil {
      let settings = plan.settings(of: best.point).map { " --set \(ShellText.quoted($0))" }
      commands.append(
        Command(
          "The first of the points in full:", "towtank run \(file)\(options)\(settings.joined())")
      )
    }
    if sweep.results.contains(where: { $0.outcome == .undecided }) {
      commands.append(
        Command(
          "To decide more, with intervals half as wide:",
          "\(command(plan)) --replications \(plan.replications * 4)"))
    }
    commands.append(
      Command(
        "All points as CSV and JSON Lines, and the page:",
        "\(command(plan)) --out reports/\(name(plan))"))
    return NextSection.section(
      commands, AssumptionSections.summary(plan.defaults, assumptions.prices))
  }

  private static func name(_ plan: SweepPlan) -> String {
    let file = plan.file.split(separator: "/").last.map(String.init) ?? "sweep"
    return HTMLText.identifier(file.split(separator: ".").first.map(String.init) ?? "sweep")
      + "-sweep"
  }

  private static func reproduction(_ sweep: SweepResults) -> Section {
    let plan = sweep.plan
    let line =
      command(plan)
      + " --metrics \(ShellText.quoted(plan.metrics.map(\.name).joined(separator: ",")))"
      + " --seed \(plan.seed) --replications \(plan.replications)"
    return AssumptionSections.reproduction(
      line, [("version", plan.toolVersion), ("scenario and data", plan.digest)])
  }
}
