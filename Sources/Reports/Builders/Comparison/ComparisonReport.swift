import Experiments
import MLSystem
import Quantities
import Statistics

/// The comparison of architectures: the answer in sentences, paired differences, where the money
/// goes, and what to do next.
package enum ComparisonReport {
  /// The report of a comparison; a pure function of it.
  package static func report(_ comparison: Comparison) -> Report {
    let base = comparison.arms[comparison.baseline].results
    var sections = [
      Section(
        id: "answer", heading: "",
        blocks: ComparisonAnswer.sentences(comparison).map { .paragraph($0) })
    ]
    sections.append(differences(comparison))
    sections += ComparisonStanding.sections(comparison)
    if let crossover = ComparisonCrossover.section(comparison) { sections.append(crossover) }
    sections += MoneyMoves.sections(comparison)
    sections.append(next(comparison))
    if let prices = AssumptionSections.prices(allCosts(comparison)) { sections.append(prices) }
    if let defaults = AssumptionSections.assumptions(base) { sections.append(defaults) }
    sections.append(AssumptionSections.reproduction(base.identity, command: command(comparison)))
    return Report(
      title: base.identity.title,
      banner: Banner(
        verdict: nil, sentence: ComparisonAnswer.headline(comparison),
        basis: ComparisonBasis.lines(comparison)),
      sections: sections)
  }

  private static func differences(_ comparison: Comparison) -> Section {
    let arms = comparison.arms
    var rows = [Row([""] + arms.map { .text(VerdictCount($0.results).text) })]
    rows[0].cells[0] = .text("ok / FAIL / ?")
    for row in comparison.rows {
      var cells: [Cell] = [.text(row.name)]
      for arm in arms.indices { cells.append(cell(row, arm, comparison)) }
      rows.append(Row(cells))
    }
    let table = Table(
      id: "differences",
      columns: [Column("", .label)] + arms.map { Column($0.name, .reading(.stacked)) }, rows: rows)
    let overloaded = arms.flatMap { arm in
      arm.results.saturations.map { saturation in
        "\(arm.name) is overloaded: \(saturation.service) from \(saturation.since.text), "
          + "\(saturation.consequence)."
      }
    }
    return Section(
      id: "differences", heading: "Differences",
      blocks: [.table(table), .notes(overloaded)] + charts(comparison))
  }

  private static func cell(_ row: Comparison.Row, _ arm: Int, _ comparison: Comparison) -> Cell {
    if arm == comparison.baseline {
      return row.figures[arm].map { figure in
        var reading = Reading(figure)
        // Outcomes are for budgets; other rows keep to their precision.
        if figure.unit != .dollars { reading.range = nil }
        return .reading(reading)
      } ?? ""
    }
    if let difference = row.differences[arm] { return .reading(Reading(difference, row.unit)) }
    // One replication has no paired interval: the figure stands for itself.
    return row.figures[arm].map { .reading(Reading($0)) } ?? ""
  }

  private static func charts(_ comparison: Comparison) -> [Block] {
    var charts: [Chart] = []
    for name in comparison.chosen {
      guard let row = comparison.rows.first(where: { $0.name == name }) else { continue }
      let dots = comparison.arms.indices.compactMap { arm -> IntervalChart.Dot? in
        guard let difference = row.differences[arm] else { return nil }
        return IntervalChart.Dot(
          comparison.arms[arm].name, difference.estimate, .init(difference.interval),
          isShown: difference.isShown)
      }
      let differs = row.differences.contains { $0.map { !$0.isEqualInPractice } ?? false }
      guard differs else { continue }
      let shown = dots.filter(\.isShown).map(\.label)
      let base = comparison.arms[comparison.baseline].name
      let title =
        shown.isEmpty
        ? "\(name): no difference from \(base) is shown"
        : "\(name): \(ComparisonAnswer.list(shown)) \(shown.count == 1 ? "differs" : "differ") "
          + "from \(base)"
      charts.append(
        Chart(
          id: "difference-\(HTMLText.identifier(name))", title: title,
          subtitle: "Difference of \(name) with paired joint intervals; hollow: none that matters "
            + "is shown",
          content: .intervals(
            IntervalChart(unit: unit(row), dots: dots, zeroLabel: base))))
    }
    if let curves = latencyCurves(comparison) { charts.append(curves) }
    return charts.map { .chart($0) }
  }

  private static func unit(_ row: Comparison.Row) -> Unit {
    row.unit == .share ? .points : Unit(row.unit)
  }

  /// Latency of the first route in every arm.
  private static func latencyCurves(_ comparison: Comparison) -> Chart? {
    var curves: [PercentileChart.Curve] = []
    var route = ""
    for arm in comparison.arms.prefix(Palette.count) {
      guard case .percentiles(let chart)? = CapacitySection.latencyCurves(arm.results)?.content,
        var curve = chart.curves.first, route.isEmpty || curve.name == route
      else { continue }
      route = curve.name
      curve.name = arm.name
      curves.append(curve)
    }
    guard curves.count > 1 else { return nil }
    return Chart(
      id: "latency", title: "Latency of \(route), arm by arm",
      subtitle: "Latency by share of requests, log axis, all runs together",
      content: .percentiles(
        PercentileChart(
          shares: PercentileChart.usualShares, unit: .seconds, curves: curves)))
  }

  private static func allCosts(_ comparison: Comparison) -> CostSummary {
    var cost = comparison.arms[comparison.baseline].results.cost
    for arm in comparison.arms {
      for price in arm.results.cost.prices where !cost.prices.contains(price) {
        cost.prices.append(price)
      }
      for unknown in arm.results.cost.unknown where !cost.unknown.contains(unknown) {
        cost.unknown.append(unknown)
      }
    }
    return cost
  }

  /// The command that compared.
  private static func command(_ comparison: Comparison) -> String {
    let settings = comparison.arms[comparison.baseline].results.identity.settings
    return "towtank compare " + comparison.words.map(ShellText.quoted).joined(separator: " ")
      + NextSection.options(variant: "base", settings: settings)
  }

  private static func next(_ comparison: Comparison) -> Section {
    let base = command(comparison)
    let identity = comparison.arms[comparison.baseline].results.identity
    let isOpen = comparison.rows.contains { row in
      row.differences.contains {
        $0.map { !$0.isShown && !$0.isEqualInPractice && !$0.isExact } ?? false
      }
    }
    var commands: [Command] = []
    if identity.replications < 2 {
      commands.append(Command("For intervals:", "\(base) --replications 10"))
    } else if isOpen {
      commands.append(
        Command(
          "To decide more, with intervals half as wide:",
          "\(base) --replications \(identity.replications * 4)"))
    }
    let streams = identity.subjects.filter { $0.kind == .stream }.map(\.name)
    if comparison.crossover == nil, identity.replications > 1, let stream = streams.first {
      commands.append(
        Command(
          "To see at which traffic they change places:",
          "\(base) --crossover \(ShellText.quoted(stream))"))
    }
    commands.append(
      Command("The page with the pictures:", "\(base) --out reports/\(NextSection.name(identity))"))
    return Section(
      id: "next", heading: "Next", layout: .hanging,
      blocks: [.commands(commands)]
        + AssumptionSections.summary(comparison.arms[comparison.baseline].results).map {
          .only(.terminal, .paragraph($0))
        })
  }
}

/// How many thresholds of an arm came out how.
struct VerdictCount {
  var met: Int
  var breached: Int
  var undecided: Int

  init(_ results: Results) {
    met = results.verdicts.count { $0.outcome == .met }
    breached = results.verdicts.count { $0.outcome == .breached }
    undecided = results.verdicts.count { $0.outcome == .undecided }
  }

  var text: String { "\(met)/\(breached)/\(undecided)" }
}
