import Experiments
import Quantities
import Statistics

/// Where the money goes between the baseline and each other arm, line by line.
package enum MoneyMoves {
  /// Arms whose moves a terminal shows; a page shows all.
  private static let terminalArms = 2

  /// One section for each arm that can be bridged to the baseline.
  package static func sections(_ comparison: Comparison) -> [Section] {
    let base = comparison.arms[comparison.baseline]
    var sections: [Section] = []
    for bridge in comparison.bridges where !bridge.isEmpty {
      let arm = comparison.arms[bridge.arm]
      let id = "money-\(HTMLText.identifier(arm.name))"
      let table = table(bridge, base, arm, id: id)
      let isShort = sections.count >= terminalArms
      sections.append(
        Section(
          id: id, heading: "Where the money goes, \(base.name) -> \(arm.name), a month",
          blocks: [
            isShort ? .only(.page, .table(table)) : .table(table),
            .notes(IdleCommitments.notes(arm, base: base, comparison.margins)),
          ] + [chart(bridge, base, arm, id: id)].compactMap { $0 }))
    }
    return sections
  }

  private static func table(
    _ bridge: LineBridge, _ base: Comparison.Arm, _ arm: Comparison.Arm, id: String
  ) -> Table {
    let moves = bridge.lines
    let before = SharedMoney.cents(moves.map(\.expectedBefore))
    let after = SharedMoney.cents(moves.map(\.expectedAfter))
    let unit = SharedMoney.unit(for: max(before.total.magnitude, after.total.magnitude))
    let shownBefore = MoneyRounding.largestRemainder(before.parts, total: before.total, to: unit)
    let changes = moves.indices.map { after.parts[$0] - before.parts[$0] }
    let shownAfter = afterwards(moves, changes, shownBefore, unit)
    func exact(_ cents: Money, _ shown: Money) -> Reading {
      var reading = Reading.observed(cents.dollars, .dollars("")).withDecimals(2)
      if unit == .dollar { reading = reading.showing(shown.dollars, decimals: 0) }
      return reading
    }
    var rows = moves.indices.map { index in
      let move = moves[index]
      let change = change(move, before.parts[index], after.parts[index])
      return Row([
        .text(mark(move)), .text(move.label),
        move.before == nil ? "" : .reading(exact(before.parts[index], shownBefore[index])),
        move.after == nil ? "" : .reading(exact(after.parts[index], shownAfter[index])),
        .reading(showing(change, shownAfter[index] - shownBefore[index], unit)),
      ])
    }
    let total = change(bridge.total, before.total, after.total)
    rows.append(
      Row(
        [
          "", "total", .reading(exact(before.total, shownBefore.total())),
          .reading(exact(after.total, shownAfter.total())),
          .reading(showing(total, shownAfter.total() - shownBefore.total(), unit)),
        ], .total))
    return Table(
      id: id,
      columns: [
        Column("", .text), Column("", .label), Column(base.name, .reading(.value)),
        Column(arm.name, .reading(.value)), Column("change", .reading(.interval)),
      ], rows: rows)
  }

  /// What the other arm's lines show: what they showed before and their change.
  ///
  /// The changes are rounded, not the sums, so that no change leaves its interval and what is the
  /// same shows the same.
  private static func afterwards(
    _ moves: [LineBridge.Line], _ change: [Money], _ before: [Money], _ unit: Money
  ) -> [Money] {
    let changed = moves.indices.filter { mark(moves[$0]) == "~" || mark(moves[$0]) == "+" }
    var shown = moves.indices.map { moves[$0].after == nil ? Money.zero : before[$0] }
    let removed = moves.indices.filter { moves[$0].after == nil }.map { before[$0] }.total()
    let shares = SharedMoney.shares(
      of: changed.map { change[$0] }, addingTo: change.total().rounded(to: unit) + removed,
      unit: unit)
    for (index, share) in zip(changed, shares) { shown[index] += share }
    return shown
  }

  /// `+` added, `-` removed, `~` changed, blank for the same.
  private static func mark(_ move: LineBridge.Line) -> String {
    switch move.kind {
    case .same: ""
    case .changed: "~"
    case .added: "+"
    case .removed: "-"
    }
  }

  private static func showing(_ change: Reading, _ shown: Money, _ unit: Money) -> Reading {
    unit == .dollar ? change.showing(shown.dollars, decimals: 0) : change
  }

  /// The change of a line with its paired interval.
  private static func change(_ line: LineBridge.Line, _ before: Money, _ after: Money) -> Reading {
    let estimate = (after - before).dollars
    let reading: Reading =
      line.isExact
      ? .exact(estimate, .dollars(""))
      : .simulated(estimate, line.interval.map { .init($0) }, .dollars(""))
    return reading.asDifference.withDecimals(2)
  }

  private static func chart(
    _ bridge: LineBridge, _ base: Comparison.Arm, _ arm: Comparison.Arm, id: String
  ) -> Block? {
    let moves = bridge.lines
    let before = SharedMoney.cents(moves.map(\.expectedBefore))
    let after = SharedMoney.cents(moves.map(\.expectedAfter))
    let steps = moves.indices.compactMap { index -> WaterfallChart.Step? in
      let change = after.parts[index] - before.parts[index]
      return change == .zero ? nil : .init(moves[index].label, change.dollars)
    }
    guard let largest = steps.max(by: { $0.change.magnitude < $1.change.magnitude }) else {
      return nil
    }
    let direction = largest.change > 0 ? "more" : "less"
    return .chart(
      Chart(
        id: "waterfall-\(id)",
        title: "The largest change to \(arm.name) is \(direction) for \(largest.label)",
        subtitle: "Dollars a month, expected values, \(base.name) to \(arm.name)",
        content: .waterfall(
          WaterfallChart(
            unit: .dollars(""), startLabel: base.name, start: before.total.dollars, steps: steps,
            endLabel: arm.name))))
  }
}

extension LineBridge.Line {
  /// What the line is called in reports.
  var label: String { (before ?? after)?.label ?? "" }
}
