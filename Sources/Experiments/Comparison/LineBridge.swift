import Pricing
import Quantities
import Statistics

/// The way from the bill of the baseline to that of another arm, line by line.
package struct LineBridge: Sendable {
  /// A line of the bills of both arms; its money is zero where an arm does not have it.
  package struct Line: Sendable {
    package var before: CostLine?
    package var after: CostLine?
    /// The expected change; nil where the runs do not pair.
    package var interval: ConfidenceInterval?
    /// Whether every replication changed by the same amount.
    package var isExact: Bool

    /// How the line changed.
    package enum Kind: String, Sendable {
      case same, changed, added, removed
    }

    package var kind: Kind {
      guard let before else { return .added }
      guard let after else { return .removed }
      return before.figure.values == after.figure.values ? .same : .changed
    }

    package var expectedBefore: Money { before?.figure.expected ?? .zero }
    package var expectedAfter: Money { after?.figure.expected ?? .zero }
    package var path: [String] { before?.path ?? after?.path ?? [] }
  }

  /// Index of the arm that it leads to.
  package var arm: Int
  /// Lines of the baseline in its order, then those that only the arm has.
  package var lines: [Line]
  /// The change of the whole bill.
  package var total: Line

  /// Whether any line changes.
  package var isEmpty: Bool { lines.allSatisfy { $0.kind == .same } }

  /// The bridge between two arms; the intervals of its changing lines hold together at `level`.
  static func between(
    _ base: Comparison.Arm, _ other: Comparison.Arm, index: Int, level: Double
  ) -> LineBridge {
    let before = base.results.cost
    let after = other.results.cost
    var pairs: [(CostLine?, CostLine?)] = before.lines.map { line in
      (line, after.lines.first { $0.path == line.path })
    }
    for line in after.lines where !before.lines.contains(where: { $0.path == line.path }) {
      pairs.append((nil, line))
    }
    let bare = pairs.map { Line(before: $0.0, after: $0.1, interval: nil, isExact: false) }
    let changing = max(1, bare.count { $0.kind != .same })
    func whole(_ figure: MoneyFigure) -> CostLine {
      CostLine(path: ["total"], figure: figure, quantity: 0, unit: "")
    }
    return LineBridge(
      arm: index, lines: pairs.map { line($0.0, $0.1, level: level, changing: changing) },
      total: line(whole(before.perMonth), whole(after.perMonth), level: level, changing: 1))
  }

  private static func line(
    _ before: CostLine?, _ after: CostLine?, level: Double, changing: Int
  ) -> Line {
    let count = before?.figure.values.count ?? after?.figure.values.count ?? 0
    let none = [Money](repeating: .zero, count: count)
    let first = before?.figure.values ?? none
    let second = after?.figure.values ?? none
    var line = Line(before: before, after: after, interval: nil, isExact: false)
    guard first.count > 1, first.count == second.count else { return line }
    let changes = zip(first, second).map { $1 - $0 }
    line.isExact = changes.allSatisfy { $0 == changes[0] }
    line.interval =
      PairedComparison(
        baseline: first.map(\.dollars), alternative: second.map(\.dollars), level: level,
        comparisons: changing
      ).difference
    return line
  }
}
