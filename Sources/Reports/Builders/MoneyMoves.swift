import Experiments
import Quantities
import Statistics

/// Where the money goes between the baseline and each other arm, line by line.
enum MoneyMoves {
  /// A line of cost in both arms; absent where an arm does not have it.
  private struct Move {
    var label: String
    var before: CostLine?
    var after: CostLine?
  }

  /// Arms whose moves a terminal shows; a page shows all.
  private static let terminalArms = 2

  static func sections(_ comparison: Comparison) -> [Section] {
    let base = comparison.arms[comparison.baseline]
    var sections: [Section] = []
    for (index, arm) in comparison.arms.enumerated() where index != comparison.baseline {
      guard moves(base, arm).contains(where: { !mark($0).isEmpty }) else { continue }
      let id = "money-\(HTMLText.identifier(arm.name))"
      let table = table(base, arm, id: id)
      let isShort = sections.count >= terminalArms
      sections.append(
        Section(
          id: id, heading: "Where the money goes, \(base.name) -> \(arm.name), a month",
          blocks: [isShort ? .only(.page, .table(table)) : .table(table)]
            + [chart(base, arm, id: id)].compactMap { $0 }))
    }
    return sections
  }

  private static func moves(_ base: Comparison.Arm, _ arm: Comparison.Arm) -> [Move] {
    var moves = base.results.cost.lines.map { line in
      Move(
        label: line.label, before: line,
        after: arm.results.cost.lines.first { $0.path == line.path })
    }
    for line in arm.results.cost.lines
    where !base.results.cost.lines.contains(where: { $0.path == line.path }) {
      moves.append(Move(label: line.label, before: nil, after: line))
    }
    return moves
  }

  private static func table(
    _ base: Comparison.Arm, _ arm: Comparison.Arm, id: String
  ) -> Table {
    let moves = moves(base, arm)
    let before = SharedMoney.cents(moves.map { $0.before?.figure.expected ?? .zero })
    let after = SharedMoney.cents(moves.map { $0.after?.figure.expected ?? .zero })
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
      let change = change(
        before.parts[index], after.parts[index],
        values(move.before?.figure, like: move.after), values(move.after?.figure, like: move.before)
      )
      return Row([
        .text(mark(move)), .text(move.label),
        move.before == nil ? "" : .reading(exact(before.parts[index], shownBefore[index])),
        move.after == nil ? "" : .reading(exact(after.parts[index], shownAfter[index])),
        .reading(showing(change, shownAfter[index] - shownBefore[index], unit)),
      ])
    }
    let total = change(
      before.total, after.total, base.results.cost.perMonth.values,
      arm.results.cost.perMonth.values)
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
    _ moves: [Move], _ change: [Money], _ before: [Money], _ unit: Money
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
  private static func mark(_ move: Move) -> String {
    guard let before = move.before else { return "+" }
    guard let after = move.after else { return "-" }
    return before.figure.values == after.figure.values ? "" : "~"
  }

  private static func showing(_ change: Reading, _ shown: Money, _ unit: Money) -> Reading {
    unit == .dollar ? change.showing(shown.dollars, decimals: 0) : change
  }

  private static func values(_ figure: MoneyFigure?, like other: CostLine?) -> [Money] {
    figure?.values ?? (other?.figure.values ?? []).map { _ in .zero }
  }

  /// The change of a line with its paired interval.
  private static func change(
    _ before: Money, _ after: Money, _ first: [Money], _ second: [Money]
  ) -> Reading {
    let estimate = (after - before).dollars
    var reading = Reading.simulated(estimate, nil, .dollars(""))
    let pairs = Array(zip(first, second))
    if pairs.count > 1, first.count == second.count {
      let paired = PairedComparison(
        baseline: pairs.map(\.0.dollars), alternative: pairs.map(\.1.dollars))
      let differences = pairs.map { $0.1 - $0.0 }
      reading =
        differences.allSatisfy { $0 == differences[0] }
        ? .exact(estimate, .dollars(""))
        : .simulated(estimate, .init(paired.difference), .dollars(""))
    }
    return reading.asDifference.withDecimals(2)
  }

  private static func chart(
    _ base: Comparison.Arm, _ arm: Comparison.Arm, id: String
  ) -> Block? {
    let moves = moves(base, arm)
    let before = SharedMoney.cents(moves.map { $0.before?.figure.expected ?? .zero })
    let after = SharedMoney.cents(moves.map { $0.after?.figure.expected ?? .zero })
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
