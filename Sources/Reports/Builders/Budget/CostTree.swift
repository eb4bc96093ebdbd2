import Experiments
import Quantities
import Statistics

/// The cost tree of a month: trunk, branches, leaves, each sum the sum of what is beneath it.
enum CostTree {
  /// A node of the tree; leaves hold one line.
  private struct Node {
    var name: String
    var depth: Int
    var lines: [Int]
    var isLeaf: Bool
  }

  static func section(_ cost: CostSummary) -> Section? {
    guard !cost.lines.isEmpty else { return nil }
    let cents = SharedMoney.cents(cost.lines.map(\.figure.expected))
    let unit = SharedMoney.unit(for: cents.total)
    let shown = MoneyRounding.largestRemainder(cents.parts, total: cents.total, to: unit)
    var nodes: [Node] = []
    grow(Array(cost.lines.indices), depth: 0, cost.lines, into: &nodes)
    func reading(_ lines: [Int], _ figure: MoneyFigure) -> Reading {
      let value = lines.map { cents.parts[$0] }.total()
      let reading = Reading(figure, shown: value)
      guard unit == .dollar else { return reading }
      return reading.showing(lines.map { shown[$0] }.total().dollars, decimals: 0)
    }
    func share(_ lines: [Int]) -> Cell {
      guard cents.total > .zero else { return "" }
      let part = lines.map { cents.parts[$0] }.total() / cents.total
      return .text(NumberText.fixed(part * 100, decimals: 0) + " %")
    }
    var rows = nodes.map { node in
      Row(
        [
          .text(node.name + mark(node, cost.lines)),
          .text(node.isLeaf ? quantity(cost.lines[node.lines[0]]) : ""),
          .reading(reading(node.lines, sum(node.lines.map { cost.lines[$0].figure }))),
          share(node.lines),
        ], depth: node.depth)
    }
    let all = Array(cost.lines.indices)
    rows.append(
      Row(
        [
          .text(cost.unknown.isEmpty ? "total" : "total of what is priced"), "",
          .reading(reading(all, cost.perMonth)), share(all),
        ], .total))
    let columns = [
      Column("", .label), Column("quantity", .note), Column("expected", .reading(.interval)),
      Column("share", .text),
    ]
    return Section(
      id: "tree", heading: "Cost tree, per month",
      blocks: [
        .table(Table(id: "tree", columns: columns, rows: rows)),
        .notes(["* follows use; the rest is owed as it stands. Intervals do not add up."]),
      ])
  }

  /// A star for a leaf whose cost follows use.
  private static func mark(_ node: Node, _ lines: [CostLine]) -> String {
    node.isLeaf && CostBasis(lines[node.lines[0]]) == .usage ? " *" : ""
  }

  /// Adds the nodes of the lines that share their first `depth` names; a branch with one line is
  /// written on that line.
  private static func grow(
    _ lines: [Int], depth: Int, _ all: [CostLine], into nodes: inout [Node]
  ) {
    var names: [String] = []
    for line in lines {
      let name = depth < all[line].path.count ? all[line].path[depth] : ""
      if !names.contains(name) { names.append(name) }
    }
    for name in names {
      let members = lines.filter {
        (depth < all[$0].path.count ? all[$0].path[depth] : "") == name
      }
      if members.count == 1 || name.isEmpty {
        for member in members {
          let label = PathText.label(Array(all[member].path.dropFirst(depth)))
          nodes.append(Node(name: label, depth: depth, lines: [member], isLeaf: true))
        }
      } else {
        nodes.append(Node(name: name, depth: depth, lines: members, isLeaf: false))
        grow(members, depth: depth + 1, all, into: &nodes)
      }
    }
  }

  private static func quantity(_ line: CostLine) -> String {
    guard !line.unit.isEmpty else { return "" }
    let quantity = QuantityFormatter.count(line.quantity) + " " + line.unit
    guard line.quantity > 0, line.quantity != 1 else { return quantity }
    let price = line.figure.expected.scaled(by: 1 / line.quantity)
    return "\(quantity) at \(UnitPriceText.of(price))"
  }

  /// The sum of lines, replication by replication, with the interval of the sum.
  private static func sum(_ figures: [MoneyFigure]) -> MoneyFigure {
    guard let first = figures.first, figures.count > 1 else { return figures[0] }
    let count = figures.reduce(first.values.count) { min($0, $1.values.count) }
    let values = (0..<count).map { index in figures.map { $0.values[index] }.total() }
    let dollars = values.map(\.dollars)
    return MoneyFigure(
      expected: figures.map(\.expected).total(),
      interval: count > 1 ? .ofMean(dollars, level: 0.95) : nil, range: nil, values: values)
  }
}

/// Prices of one unit, which may be far below a cent.
enum UnitPriceText {
  /// The price with at least two digits after the point and four that tell.
  static func of(_ price: Money) -> String {
    let decimals = min(max(2, 3 - NumberText.leadingPlace(of: price.dollars)), 9)
    return QuantityFormatter.money(price, decimals: price >= .dollars(100) ? 2 : decimals)
  }
}
