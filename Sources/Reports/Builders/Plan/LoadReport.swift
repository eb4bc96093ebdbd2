import Experiments
import MLSystem
import Quantities
import Scenarios
import Statistics

/// How much more traffic a system bears, and what breaks first.
package enum LoadReport {
  /// The report of a search for the breaking load; a pure function of it.
  package static func report(_ load: BreakingLoad) -> Report {
    let file = ShellText.quoted(load.identity.file) + NextSection.options(load.identity)
    let command = "towtank load \(file)"
    var commands: [Command] = []
    if !load.causes.isEmpty {
      commands.append(
        Command("A configuration that holds more:", "towtank plan \(file) --knob PATH=VALUES"))
    }
    commands.append(
      Command(
        "The page with the picture:",
        "\(command) --out reports/\(NextSection.name(load.identity))-load"))
    return Report(
      title: load.identity.title,
      banner: Banner(verdict: load.outcome, sentence: sentence(load), basis: basis(load)),
      sections: [
        causes(load), curveSection(load),
        NextSection.section(
          commands, AssumptionSections.summary(load.identity.defaults, load.assumptions.prices)),
      ].compactMap { $0 }
        + AssumptionSections.study(load.identity.defaults, load.assumptions)
        + [AssumptionSections.reproduction(load.identity, command: command)])
  }

  /// The headroom and what breaks first, in a sentence.
  static func sentence(_ load: BreakingLoad) -> String {
    let first = load.causes.first
    let runs = load.runs.count
    let often = first.map { $0.runs == runs ? "" : " (\($0.runs) of \(runs) runs)" } ?? ""
    let then = first.map { "; then `\($0.name)` breaks first\(often)" } ?? ""
    guard let multiple = load.multiple else {
      if load.runs.allSatisfy({ $0.breaks == nil }) {
        return "It holds at \(times(load.highest)) of today's traffic, the most that was tried."
      }
      if load.runs.allSatisfy({ $0.holds == nil }) {
        return "It does not hold even at \(times(load.lowest)) of today's traffic\(then)."
      }
      let held = load.runs.count { $0.breaks == nil }
      return "It holds at \(times(load.highest)) of today's traffic in \(held) of \(runs) "
        + "runs\(then)."
    }
    let rate = load.rate.map {
      ", \(QuantityFormatter.significant($0 * multiple.estimate, digits: 3)) requests/s on average"
    }
    let word = multiple.estimate >= 1 ? "It holds up to" : "It holds only"
    return "\(word) \(number(multiple.estimate))x [\(number(multiple.low)), "
      + "\(number(multiple.high))] of today's traffic\(rate ?? "")\(then)."
  }

  private static func times(_ value: Double) -> String { number(value) + "x" }

  private static func number(_ value: Double) -> String {
    QuantityFormatter.significant(value, digits: value < 10 ? 2 : 3)
  }

  private static func basis(_ load: BreakingLoad) -> [String] {
    [
      "\(load.runs.count) x \(QuantityFormatter.exact(load.identity.horizon)), seed "
        + "\(load.identity.seed); each run has a breaking load of its own, [a, b]: 95% interval of "
        + "their mean",
      "Rates are multiplied, their shape kept; a run is broken when it breaches a threshold other "
        + "than of money, or a service does not keep up",
    ] + StudyBasis.fidelity(load.fidelity, of: "loads", flow: load.assumptions.flow)
  }

  private static func causes(_ load: BreakingLoad) -> Section? {
    guard !load.causes.isEmpty else { return nil }
    let rows = load.causes.map { cause in
      Row([.text(cause.name), .text("\(cause.runs) of \(load.runs.count)")])
    }
    return Section(
      id: "first", heading: "What breaks first",
      blocks: [
        .table(
          Table(
            id: "first", columns: [Column("", .label), Column("runs", .text)], rows: rows))
      ])
  }

  /// The metric that breaks first, and money, at each load.
  static func curveSection(_ load: BreakingLoad) -> Section? {
    guard !load.curve.isEmpty else { return nil }
    let shown = threshold(load)
    var columns = [
      Column("load", .label), Column("held", .text),
    ]
    if let shown {
      let threshold = load.thresholds[shown.index]
      columns.append(Column(PlanFrontier.name(threshold), .reading(.interval), unit: shown.unit))
    }
    columns.append(Column("a month", .reading(.interval), unit: .dollars("")))
    let rows = load.curve.map { point -> Row in
      var cells: [Cell] = [
        .text(times(point.multiple)), .text("\(point.held) of \(point.runs)"),
      ]
      if let shown { cells.append(cell(point.observed[shown.index], shown.unit)) }
      cells.append(cell(point.cost, .dollars("")))
      return Row(cells)
    }
    return Section(
      id: "load", heading: "Load curve",
      blocks: [.table(Table(id: "load", columns: columns, rows: rows))]
        + (shown.map { [.chart(chart(load, $0))] } ?? []))
  }

  private static func chart(_ load: BreakingLoad, _ shown: (index: Int, unit: Unit)) -> Chart {
    let threshold = load.thresholds[shown.index]
    let points = load.curve.map { point -> LoadChart.Point in
      let seen = point.observed[shown.index]
      return LoadChart.Point(point.multiple, seen?.estimate, seen?.bounds)
    }
    var marks = [LoadChart.Mark("today", at: 1)]
    if let multiple = load.multiple {
      marks.append(LoadChart.Mark("breaks", at: multiple.estimate, .init(multiple)))
    }
    return Chart(
      id: "load-curve", title: sentence(load),
      subtitle: "\(PlanFrontier.name(threshold)) by the multiple of today's traffic, mean over "
        + "runs with its 95% interval",
      content: .load(
        LoadChart(
          loadName: "times today's traffic", unit: shown.unit,
          curves: [LoadChart.Curve(PlanFrontier.name(threshold), points)],
          objective: threshold.limit, marks: marks)))
  }

  /// The threshold that breaks first, or the first that is not of money.
  private static func threshold(_ load: BreakingLoad) -> (index: Int, unit: Unit)? {
    let names = load.causes.map(\.name)
    let places = load.thresholds.indices.filter { load.thresholds[$0].metric.subject != "cost" }
    let broken = names.compactMap { name in places.first { load.thresholds[$0].text == name } }
    guard let index = broken.first ?? places.first else { return nil }
    return load.units[index].map { (index, Unit($0)) }
  }

  private static func cell(_ interval: ConfidenceInterval?, _ unit: Unit) -> Cell {
    interval.map { .reading(Reading($0, unit)) } ?? ""
  }
}
