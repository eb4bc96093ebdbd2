import Experiments
import Quantities

/// What a month costs, line by line, and what a unit of work costs.
package enum CostSection {
  /// The section of a run; it says so where nothing is bought.
  package static func section(_ results: Results) -> Section {
    let cost = results.cost
    guard !cost.lines.isEmpty || !cost.unknown.isEmpty else {
      return Section(
        id: "cost", heading: "Cost",
        blocks: [.paragraph("Nothing in this scenario is bought: no cost is declared.")])
    }
    return Section(
      id: "cost", heading: "Cost, per month",
      blocks: [.table(table(cost, budget: results.identity.budget))] + unitCosts(cost)
        + [.notes(notes(cost))] + charts(cost, limit: results.identity.budget))
  }

  private static func table(_ cost: CostSummary, budget: BudgetLimit?) -> Table {
    let readings = SharedMoney.readings(cost.lines.map(\.figure), total: cost.perMonth)
    let whole = budget?.perMonth ?? cost.perMonth.expected
    func share(_ money: Money) -> Cell {
      guard whole > .zero else { return "" }
      return .text(NumberText.fixed(money / whole * 100, decimals: 0) + " %")
    }
    var rows = zip(cost.lines, readings.parts).map { line, reading in
      Row([.text(line.label), .reading(reading), share(line.figure.expected)])
    }
    rows += cost.unknown.map {
      Row([.text(PathText.label($0.path)), .reading(.unknown(.dollars(""))), ""])
    }
    let total = cost.unknown.isEmpty ? "total" : "total of what is priced"
    rows.append(
      Row([.text(total), .reading(readings.total), share(cost.perMonth.expected)], .total))
    return Table(
      id: "cost",
      columns: [
        Column("", .label), Column("expected", .reading(.intervalAndRange)),
        Column(budget == nil ? "of total" : "of budget", .text),
      ], rows: rows)
  }

  /// What a unit of work costs, where any was done.
  static func unitCosts(_ cost: CostSummary) -> [Block] {
    var rows: [Row] = []
    if let figure = cost.perThousand {
      rows.append(Row(["per 1k answered requests", .reading(Reading(figure))]))
    }
    if let figure = cost.perMillionTokens {
      rows.append(Row(["per 1M output tokens", .reading(Reading(figure))]))
    }
    guard !rows.isEmpty else { return [] }
    let columns = [
      Column("", .label), Column("unit cost", .reading(.intervalAndRange)),
    ]
    var table = Table(id: "unit-costs", columns: columns, rows: rows)
    table.hasHeader = false
    return [.table(table)]
  }

  private static func notes(_ cost: CostSummary) -> [String] {
    var notes = ["\(cost.currency), \(cost.basis). Expected values add up; ranges do not."]
    if !cost.unknown.isEmpty {
      notes += cost.unknown.map { "\(PathText.label($0.path)): \($0.reason)." }
      notes.append("What has no price is in no sum: the bill is at least the total above.")
    }
    return notes
  }

  private static func charts(_ cost: CostSummary, limit: BudgetLimit?) -> [Block] {
    let lines = cost.lines.filter { $0.figure.expected > .zero }
      .sorted { $0.figure.expected > $1.figure.expected }
    guard let first = lines.first, lines.count > 1, cost.perMonth.expected > .zero else {
      return []
    }
    let share = first.figure.expected / cost.perMonth.expected * 100
    let bars = BarChart(
      unit: .dollars(""), parts: ["a month"],
      bars: lines.map { line in
        BarChart.Bar(
          line.label, [line.figure.expected.roundedToCents.dollars],
          range: line.figure.isExact ? nil : line.figure.range.map { .init($0) })
      })
    return [
      .chart(
        Chart(
          id: "cost-lines",
          title: "\(first.label) is \(NumberText.fixed(share, decimals: 0)) % of the bill",
          subtitle: "Dollars a month by line, expected value and P10-P90",
          content: .bars(bars)))
    ]
  }
}
