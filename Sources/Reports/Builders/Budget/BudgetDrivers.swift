import Experiments
import Quantities
import Statistics

/// Where the money moves, and what moves it.
enum BudgetDrivers {
  /// The bridge from a baseline, or from the first whole month to the last.
  static func bridge(_ forecast: BudgetForecast) -> Section? {
    guard let bridge = forecast.bridge, bridge.before != bridge.after else { return nil }
    let cells = BudgetMonthSections.moneyCells(
      bridge.effects.map(\.amount), unit: SharedMoney.unit(for: bridge.after))
    let shown = bridge.effects.indices.filter { bridge.effects[$0].amount.magnitude >= .cent }
    var rows = shown.map { index in
      Row([
        .text(bridge.effects[index].driver.text), difference(cells[index]),
        .text(bridge.effects[index].largest.map { "most in \($0)" } ?? ""),
      ])
    }
    rows.append(Row(["change", difference(cells[bridge.effects.count]), ""], .total))
    let columns = [
      Column("", .label), Column("a month", .reading(.value)), Column("", .note),
    ]
    var notes = [
      "Logarithmic mean Divisia index of the expected values: the effects add to the change."
    ]
    if !bridge.knowsVolume {
      notes.append("Requests were not counted by month, so that volume is part of the intensity.")
    }
    let steps = shown.map {
      WaterfallChart.Step(
        bridge.effects[$0].driver.rawValue, bridge.effects[$0].amount.roundedToCents.dollars)
    }
    let direction = bridge.after > bridge.before ? "dearer" : "cheaper"
    let largest = shown.max {
      bridge.effects[$0].amount.magnitude < bridge.effects[$1].amount.magnitude
    }
    let cause = largest.map { bridge.effects[$0].driver.rawValue } ?? "nothing"
    return Section(
      id: "bridge", heading: "From \(bridge.from) to \(bridge.to)",
      blocks: [
        .table(Table(id: "bridge", columns: columns, rows: rows)), .notes(notes),
        .chart(
          Chart(
            id: "bridge-chart",
            title: "\(bridge.to) is \(direction) than \(bridge.from), most by \(cause)",
            subtitle: "Dollars a month, expected values",
            content: .waterfall(
              WaterfallChart(
                unit: .dollars(""), startLabel: bridge.from,
                start: bridge.before.roundedToCents.dollars, steps: steps,
                endLabel: bridge.to)))),
      ])
  }

  /// Which beliefs make the range, from the runs that there are.
  static func beliefs(_ forecast: BudgetForecast) -> Section? {
    let drivers = BeliefDriver.all(forecast.results)
    guard !drivers.isEmpty else { return nil }
    let rows = drivers.prefix(12).map { driver in
      Row([
        .text(driver.belief.path), .text("\(driver.belief.p10) to \(driver.belief.p90)"),
        .reading(
          .simulated(driver.correlation, .init(driver.interval), .number("")).withDecimals(2)),
        difference(.reading(.observed(driver.swing.roundedToCents.dollars, .dollars("")))),
      ])
    }
    let columns = [
      Column("belief", .label), Column("P10 to P90", .note),
      Column("rank correlation", .reading(.interval)), Column("moves a month by", .reading(.value)),
    ]
    return Section(
      id: "beliefs", heading: "What makes the range",
      blocks: [
        .table(Table(id: "beliefs", columns: columns, rows: rows)),
        .notes([
          "From these runs alone: how the month's cost goes with what each belief was in a run. An "
            + "interval that holds 0 shows no effect; --drivers simulates each."
        ]),
      ])
  }

  /// Inputs moved down and up, the widest first.
  static func simulated(_ forecast: BudgetForecast) -> Section? {
    guard let drivers = forecast.drivers, !drivers.isEmpty else { return nil }
    let shown = drivers.filter { $0.low != nil && $0.high != nil && $0.size >= 0.01 }.prefix(15)
    let unit = SharedMoney.unit(for: forecast.results.cost.perMonth.expected)
    let rows = shown.map { driver in
      Row([
        .text(driver.input.path), .text("\(driver.input.low) to \(driver.input.high)"),
        SignedMoney.cell(driver.low, unit: unit), SignedMoney.cell(driver.high, unit: unit),
      ])
    }
    let columns = [
      Column("input", .label), Column("from, to", .note), Column("low", .reading(.stacked)),
      Column("high", .reading(.stacked)),
    ]
    let none = drivers.count - shown.count
    return Section(
      id: "drivers", heading: "What moves a month",
      blocks: tornado(Array(shown), forecast) + [
        .table(Table(id: "drivers", columns: columns, rows: Array(rows))),
        .notes(
          [
            "Each input simulated at both ends, the rest as it is: beliefs at P10 and P90, fixed "
              + "fleets by one replica, others 10 % down and up; same random world, paired 95 % "
              + "intervals."
          ] + (none > 0 ? ["\(none) more move less than a cent or take no such value."] : [])),
      ])
  }

  private static func tornado(
    _ drivers: [SimulatedDriver], _ forecast: BudgetForecast
  ) -> [Block] {
    let middle = forecast.results.cost.perMonth.expected.roundedToCents.dollars
    func end(_ setting: String, _ change: ConfidenceInterval?) -> TornadoChart.End? {
      change.map {
        .init(setting, middle + $0.estimate, .init(middle + $0.low, middle + $0.high))
      }
    }
    let inputs = drivers.compactMap { driver -> TornadoChart.Input? in
      guard let low = end(driver.input.low, driver.low),
        let high = end(driver.input.high, driver.high)
      else { return nil }
      return .init(driver.input.path, low: low, high: high)
    }
    let chart = TornadoChart(
      unit: .dollars(""), middle: middle, inputs: inputs,
      limit: forecast.limit?.perMonth.dollars)
    guard let first = chart.inputs.first else { return [] }
    return [
      .chart(
        Chart(
          id: "drivers-chart", title: "\(first.label) moves the month most",
          subtitle: "Expected dollars a month with each input at its low and its high end",
          content: .tornado(chart)))
    ]
  }

  private static func difference(_ cell: Cell) -> Cell {
    guard case .reading(let reading) = cell else { return cell }
    return .reading(reading.asDifference)
  }
}

/// Changes of money with their sign.
enum SignedMoney {
  /// A change with its interval, in dollars where amounts are many.
  static func cell(_ interval: ConfidenceInterval?, unit: Money) -> Cell {
    guard let interval else { return "" }
    let reading =
      interval.low == interval.high
      ? Reading.exact(interval.estimate, .dollars(""))
      : Reading.simulated(interval.estimate, .init(interval), .dollars(""))
    return .reading(reading.asDifference.withDecimals(unit == .dollar ? 0 : 2))
  }
}
