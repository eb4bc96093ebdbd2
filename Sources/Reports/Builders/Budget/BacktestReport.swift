import Experiments
import Quantities
import Statistics

/// A past period: what was forecast, what came, and what would explain the difference.
package enum BacktestReport {
  /// The report of a back-test; a pure function of it.
  package static func report(_ test: Backtest) -> Report {
    let sections: [Section?] = [
      lines(test), metrics(test), left(test), explanations(test), next(test),
      AssumptionSections.prices(test.results.cost),
      AssumptionSections.reproduction(test.results.identity, command: command(test)),
    ]
    return Report(
      title: "Back-test of \(test.results.identity.file)",
      banner: Banner(verdict: nil, sentence: sentence(test), basis: basis(test)),
      sections: sections.compactMap { $0 })
  }

  private static func command(_ test: Backtest) -> String {
    let identity = test.results.identity
    return "towtank backtest \(ShellText.quoted(identity.file))" + NextSection.options(identity)
      + test.options.map { " " + ShellText.quoted($0) }.joined()
  }

  private static func sentence(_ test: Backtest) -> String {
    let totals = test.totals
    guard !test.lines.isEmpty else {
      return test.metrics.isEmpty
        ? "Nothing that was observed is simulated." : "Only metrics were observed."
    }
    let unit = SharedMoney.unit(for: totals.observed)
    func text(_ money: Money) -> String {
      QuantityFormatter.money(money.rounded(to: unit), decimals: unit == .dollar ? 0 : 2)
    }
    var sentence = "\(text(totals.observed)) was billed where \(text(totals.expected)) is expected"
    if totals.observed != .zero {
      let share = (totals.expected - totals.observed) / totals.observed * 100
      let sign = share > 0 ? "+" : ""
      sentence += " (\(sign)\(NumberText.fixed(share, decimals: 1)) % of the bill)"
    }
    if let coverage = test.coverage {
      func percent(_ share: Double) -> String { NumberText.fixed(share * 100, decimals: 0) }
      sentence +=
        "; \(percent(coverage.estimate)) % [\(percent(coverage.low)), \(percent(coverage.high))] of "
        + "what was observed lies in P10-P90, where 80 % should"
    }
    return sentence + "."
  }

  private static func basis(_ test: Backtest) -> [String] {
    var lines = Array(RunReport.basis(test.results).prefix(1))
    if let error = test.meanAbsolutePercentageError {
      lines.append(
        "Mean absolute percentage error of the lines against P50: "
          + "\(NumberText.fixed(error * 100, decimals: 1)) %")
    }
    return lines
  }

  private static func lines(_ test: Backtest) -> Section? {
    guard !test.lines.isEmpty else { return nil }
    let unit = SharedMoney.unit(for: test.totals.observed)
    let observed = BudgetMonthSections.moneyCells(test.lines.map(\.observed), unit: unit)
    let expected = BudgetMonthSections.moneyCells(test.lines.map(\.expected), unit: unit)
    var rows = test.lines.indices.map { index -> Row in
      let line = test.lines[index]
      return Row([
        .text("\(line.month) \(line.line)"), observed[index], expected[index],
        .text(share(line.error, line.observed)), .text(range(line.score, unit: unit)),
        .text(place(line.score)),
      ])
    }
    let totals = test.totals
    let all = test.lines.count
    rows.append(
      Row(
        [
          "all", observed[all], expected[all],
          .text(share(totals.observed - totals.expected, totals.observed)), "", "",
        ], .total))
    var notes = ["The percentage is what was expected above what was billed. Ranges do not add up."]
    if test.extendsMonths {
      notes.append("A month that the run covers in part is extended to the whole month.")
    }
    return Section(
      id: "lines", heading: "The bill by line",
      blocks: [
        .table(
          Table(
            id: "lines",
            columns: [
              Column("", .label), Column("billed", .reading(.value)),
              Column("expected", .reading(.value)), Column("off by", .text),
              Column("P10-P90", .text), Column("", .text),
            ], rows: rows)), .notes(notes),
      ])
  }

  private static func range(_ score: ForecastScore?, unit: Money) -> String {
    guard let score else { return "" }
    let decimals = unit == .dollar ? 0 : 2
    return "\(NumberText.fixed(score.p10, decimals: decimals))-"
      + NumberText.fixed(score.p90, decimals: decimals)
  }

  private static func place(_ score: ForecastScore?) -> String {
    guard let score else { return "" }
    return score.isInside ? "within" : score.actual < score.p10 ? "below" : "above"
  }

  /// How much more was expected than billed, as a share of the bill.
  private static func share(_ error: Money, _ observed: Money) -> String {
    guard observed != .zero else { return "" }
    let percent = (error.negated / observed.magnitude) * 100
    return (percent > 0 ? "+" : "") + NumberText.fixed(percent, decimals: 1) + " %"
  }

  private static func metrics(_ test: Backtest) -> Section? {
    guard !test.metrics.isEmpty else { return nil }
    let rows = test.metrics.map { metric -> Row in
      let unit = Unit(metric.figure.unit)
      return Row([
        .text(metric.name), .reading(.observed(metric.observed, unit)),
        .reading(Reading(metric.figure)), .text(place(metric.score)),
      ])
    }
    return Section(
      id: "metrics", heading: "Metrics",
      blocks: [
        .table(
          Table(
            id: "metrics",
            columns: [
              Column("", .label), Column("observed", .reading(.value)),
              Column("simulated", .reading(.intervalAndRange)), Column("", .text),
            ], rows: rows))
      ])
  }

  private static func left(_ test: Backtest) -> Section? {
    guard !test.notSimulated.isEmpty || !test.notBilled.isEmpty else { return nil }
    let bill = test.notSimulated.map { charge in
      Row([
        .text("\(charge.month) \(charge.line)"),
        .reading(
          .observed(charge.amount.roundedToCents.dollars, .dollars("")).withDecimals(2)),
        "billed, and nothing simulated is called so",
      ])
    }
    let simulated = test.notBilled.map { item in
      Row([
        .text(item.line),
        .reading(
          .observed(item.expected.roundedToCents.dollars, .dollars("")).withDecimals(2)),
        "simulated, and not on the bill",
      ])
    }
    return Section(
      id: "unmatched", heading: "On one side only",
      blocks: [
        .table(
          Table(
            id: "unmatched",
            columns: [Column("", .label), Column("cost", .reading(.value)), Column("", .note)],
            rows: bill + simulated)),
        .notes([
          "A line of a bill is named by the cost tree, such as serving/ranker, or by a pool or "
            + "service. None of this is in the errors above."
        ]),
      ])
  }

  private static func explanations(_ test: Backtest) -> Section? {
    guard let explanations = test.explanations else { return nil }
    guard !explanations.isEmpty else {
      return Section(
        id: "explanations", heading: "What would explain it",
        blocks: [.paragraph("No single input explains a part of the error.")])
    }
    let rows = explanations.prefix(10).map { item in
      Row([
        .text(item.path), .text(item.value),
        .text(NumberText.fixed(item.explained * 100, decimals: 0) + " %"),
      ])
    }
    return Section(
      id: "explanations", heading: "What would explain it",
      blocks: [
        .table(
          Table(
            id: "explanations",
            columns: [
              Column("input", .label), Column("would have to be", .note),
              Column("explains", .text),
            ], rows: Array(rows))),
        .notes([
          "Each input alone, where the squared errors of the lines are least; the share that then "
            + "goes away was simulated. Several that explain the same are rivals, not causes."
        ]),
      ])
  }

  private static func next(_ test: Backtest) -> Section? {
    let identity = test.results.identity
    var commands: [Command] = []
    if let best = test.explanations?.first, best.explained > 0.2 {
      commands.append(
        Command(
          "The forecast with what explains most:",
          "towtank budget \(ShellText.quoted(identity.file)) --set "
            + ShellText.quoted("\(best.path)=\(best.value)")))
    }
    if identity.replications < 10 {
      commands.append(
        Command("For P10 to P90, more runs:", "\(command(test)) --replications 40"))
    }
    guard !commands.isEmpty else { return nil }
    return Section(
      id: "next", heading: "Next", layout: .hanging, blocks: [.commands(commands)])
  }
}
