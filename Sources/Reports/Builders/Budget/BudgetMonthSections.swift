import Experiments
import Quantities
import Statistics

/// The months of a budget: what they cost, and of what.
enum BudgetMonthSections {
  /// Month by month: expected, percentiles, the sum so far.
  static func months(_ forecast: BudgetForecast) -> Section? {
    let months = forecast.months
    guard !months.isEmpty else { return nil }
    let figures = forecast.results.cost.months
    let cents = SharedMoney.cents(months.map(\.accrual.expected))
    let unit = SharedMoney.unit(for: cents.total)
    let shown = MoneyRounding.largestRemainder(cents.parts, total: cents.total, to: unit)
    let decimals = unit == .dollar ? 0 : 2
    func observed(_ money: Money, _ shown: Money? = nil) -> Cell {
      let value = money.roundedToCents
      let reading = Reading.observed(value.dollars, .dollars("")).withDecimals(2)
      guard unit == .dollar else { return .reading(reading) }
      return .reading(reading.showing((shown ?? value).dollars, decimals: 0))
    }
    var sum = Money.zero
    var shownSum = Money.zero
    var rows = months.indices.map { index in
      let month = months[index]
      sum = sum + cents.parts[index]
      shownSum = shownSum + shown[index]
      let covered = NumberText.fixed(month.covered * 100, decimals: month.covered < 0.1 ? 1 : 0)
      let figure = index < figures.count ? figures[index].figure : nil
      var expected = Reading.observed(cents.parts[index].dollars, .dollars(""))
      if let figure { expected = Reading(figure, shown: cents.parts[index]) }
      expected = expected.showing(shown[index].dollars, decimals: decimals)
      return Row([
        .text(month.label), .text(covered + " %"), .reading(expected), observed(month.p10),
        observed(month.p50), observed(month.p90), observed(sum, shownSum),
      ])
    }
    let total = Reading(forecast.results.cost.total, shown: cents.total)
      .showing(shown.total().dollars, decimals: decimals)
    rows.append(
      Row(["all", "", .reading(total), "", "", "", observed(cents.total, shown.total())], .total))
    let columns = [
      Column("", .label), Column("covered", .text), Column("expected", .reading(.interval)),
      Column("P10", .reading(.value)), Column("P50", .reading(.value)),
      Column("P90", .reading(.value)), Column("so far", .reading(.value)),
    ]
    return Section(
      id: "months", heading: "Months",
      blocks: [
        .table(Table(id: "months", columns: columns, rows: rows)),
        .notes([
          "Expected values add up over months; P10, P50 and P90 do not.",
          "A month that the run covers in part is charged for that part.",
        ]), .chart(chart(forecast, cents.parts)),
      ])
  }

  private static func chart(_ forecast: BudgetForecast, _ cents: [Money]) -> Chart {
    let months = forecast.months
    let highest = months.indices.max { cents[$0] < cents[$1] }.map { months[$0].label } ?? ""
    return Chart(
      id: "months-chart",
      title: months.count > 1
        ? "The dearest month is \(highest)" : "What the run spends in \(highest)",
      subtitle: "Dollars by calendar month, expected value and P10-P90",
      content: .bars(
        BarChart(
          unit: .dollars(""), parts: ["expected"],
          bars: months.indices.map { index in
            let month = months[index]
            let label = month.covered < 1 ? "\(month.label) (part)" : month.label
            return BarChart.Bar(
              label, [max(cents[index].dollars, 0)],
              range: .init(month.p10.dollars, month.p90.dollars))
          }, limit: forecast.limit?.perMonth.dollars)))
  }

  /// What the months are made of: owed, used, once; and what is paid when.
  static func parts(_ forecast: BudgetForecast) -> Section? {
    let months = forecast.months
    guard !months.isEmpty else { return nil }
    let unit = SharedMoney.unit(for: forecast.results.cost.total.expected)
    let cells = partCells(months, unit: unit)
    let hasChance = forecast.limit != nil
    var rows = months.indices.map { index -> Row in
      var row: [Cell] = [.text(months[index].label)] + cells.map { $0[index] }
      if hasChance { row.append(chance(months[index].probabilityOver)) }
      return Row(row)
    }
    var sum: [Cell] = ["all"] + cells.map { $0[months.count] }
    if hasChance { sum.append(chance(forecast.probabilityAnyOver)) }
    rows.append(Row(sum, .total))
    let names = ["committed", "variable", "once", "accrual", "cash"]
    var heads = [Column("", .label)] + names.map { Column($0, .reading(.value)) }
    if hasChance { heads.append(Column("chance over", .text)) }
    return Section(
      id: "parts", heading: "Parts of the months",
      blocks: [
        .table(Table(id: "parts", columns: heads, rows: rows)),
        .notes(
          [
            "Expected values. Accrual spreads upfront payments over their term; cash has them when "
              + "they are paid."
          ] + (hasChance ? ["Chance over: of that month, and in the last row of any month."] : [])),
        .chart(partsChart(forecast)),
      ])
  }

  /// The columns of the parts, each with its sum; months add to their accrual and columns to their
  /// sums, for each month is shared out among its parts and the sums are of what is shown.
  private static func partCells(_ months: [BudgetMonth], unit: Money) -> [[Cell]] {
    let accrual = SharedMoney.cents(months.map(\.accrual.expected))
    let whole = MoneyRounding.largestRemainder(accrual.parts, total: accrual.total, to: unit)
    let cents = months.indices.map { index in
      let month = months[index]
      return SharedMoney.shares(
        of: [month.committed, month.variable, month.oneOff], addingTo: accrual.parts[index],
        unit: .cent)
    }
    let shown = months.indices.map { index in
      SharedMoney.shares(of: cents[index], addingTo: whole[index], unit: unit)
    }
    let parts = (0..<3).map { part in
      moneyCells(cents: cents.map { $0[part] }, shown: shown.map { $0[part] }, unit: unit)
    }
    return parts + [
      moneyCells(cents: accrual.parts, shown: whole, unit: unit),
      moneyCells(months.map(\.cash.expected), unit: unit),
    ]
  }

  private static func partsChart(_ forecast: BudgetForecast) -> Chart {
    let months = forecast.months
    let all = months.map(\.accrual.expected).total()
    let parts = [
      (months.map(\.committed).total(), "is owed whatever is used"),
      (months.map(\.variable).total(), "follows use"),
      (months.map(\.oneOff).total(), "arises once"),
    ]
    let largest = parts.max { $0.0 < $1.0 } ?? parts[0]
    let share = all > .zero ? largest.0 / all : 0
    func dollars(_ money: Money) -> Double { max(money.roundedToCents.dollars, 0) }
    return Chart(
      id: "parts-chart",
      title: "\(NumberText.fixed(share * 100, decimals: 0)) % \(largest.1)",
      subtitle: "Expected dollars by calendar month",
      content: .columns(
        BarChart(
          unit: .dollars(""), parts: ["committed", "variable", "once"],
          bars: months.map {
            BarChart.Bar(
              $0.label, [dollars($0.committed), dollars($0.variable), dollars($0.oneOff)])
          }, limit: forecast.limit?.perMonth.dollars)))
  }

  /// Amounts that add to their sum, which stands last.
  static func moneyCells(_ values: [Money], unit: Money) -> [Cell] {
    let cents = SharedMoney.cents(values)
    let shown = MoneyRounding.largestRemainder(cents.parts, total: cents.total, to: unit)
    return moneyCells(cents: cents.parts, shown: shown, unit: unit)
  }

  /// The same of amounts in whole cents that are shown as others.
  private static func moneyCells(cents: [Money], shown: [Money], unit: Money) -> [Cell] {
    func cell(_ cents: Money, _ shown: Money) -> Cell {
      let reading = Reading.observed(cents.dollars, .dollars("")).withDecimals(2)
      return .reading(unit == .dollar ? reading.showing(shown.dollars, decimals: 0) : reading)
    }
    return zip(cents, shown).map(cell) + [cell(cents.total(), shown.total())]
  }

  private static func chance(_ interval: ConfidenceInterval?) -> Cell {
    guard let interval else { return "" }
    func percent(_ share: Double) -> String { NumberText.fixed(share * 100, decimals: 0) }
    return .text(
      "\(percent(interval.estimate)) % [\(percent(interval.low)), \(percent(interval.high))]")
  }
}
