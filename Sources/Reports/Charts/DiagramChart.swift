/// Boxes and arrows: what a system is made of and what goes from where to where.
package struct DiagramChart: Hashable, Sendable {
  /// What a box stands for; each has a colour and a word of its own.
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    case stream, service, source, task, model
  }

  package struct Node: Hashable, Sendable {
    package var kind: Kind
    package var name: String
    /// A few words beneath the name.
    package var detail: String

    /// Makes a box.
    package init(_ kind: Kind, _ name: String, detail: String) {
      self.kind = kind
      self.name = name
      self.detail = detail
    }
  }

  package struct Edge: Hashable, Sendable {
    /// Indices of the boxes.
    package var from: Int
    package var to: Int
    package var label: String

    /// Makes an arrow.
    package init(_ from: Int, _ to: Int, _ label: String = "") {
      self.from = from
      self.to = to
      self.label = label
    }
  }

  package var nodes: [Node]
  package var edges: [Edge]

  /// Makes a diagram; arrows name boxes that there are.
  package init(nodes: [Node], edges: [Edge]) {
    precondition(
      edges.allSatisfy { nodes.indices.contains($0.from) && nodes.indices.contains($0.to) },
      "an arrow joins two boxes")
    self.nodes = nodes
    self.edges = edges
  }

  /// The arrows as rows.
  func table(id: String) -> Table {
    Table(
      id: id, columns: [Column("from", .label), Column("to", .text), Column("what", .note)],
      rows: edges.map {
        Row([.text(nodes[$0.from].name), .text(nodes[$0.to].name), .text($0.label)])
      })
  }

  /// The diagram in the language of Mermaid (mermaid.js.org), which GitHub and many wikis draw.
  package var mermaid: String {
    var lines = ["flowchart LR"]
    for (index, node) in nodes.enumerated() {
      let text =
        Self.escaped(node.name) + (node.detail.isEmpty ? "" : "<br/>" + Self.escaped(node.detail))
      let brackets: (open: String, close: String) =
        switch node.kind {
        case .stream: ("([", "])")
        case .service: ("[", "]")
        case .source: ("[(", ")]")
        case .task: ("{{", "}}")
        case .model: ("[[", "]]")
        }
      lines.append("  n\(index)\(brackets.open)\"\(text)\"\(brackets.close)")
    }
    for edge in edges {
      let label = edge.label.isEmpty ? "" : "|\"\(Self.escaped(edge.label))\"|"
      lines.append("  n\(edge.from) -->\(label) n\(edge.to)")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Text between quotes of Mermaid, which knows entities by `#` and a number.
  private static func escaped(_ text: String) -> String {
    var safe = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "#", "<", ">", "&", ";", "`", "\\": safe += "#\(scalar.value);"
      case "\n", "\t", "\r": safe += " "
      default: safe.unicodeScalars.append(TerminalText.isUnsafe(scalar) ? "\u{FFFD}" : scalar)
      }
    }
    return safe
  }
}

/// Draws boxes in columns from left to right: what serves above, what learns below.
enum DiagramPlot {
  private static let boxHeight = 46.0
  private static let rowHeight = 84.0

  /// Where the boxes stand: column and row.
  struct Layout {
    var columns: [Int]
    var rows: [Int]
    var width: Int
    var height: Int

    /// Columns by the longest way to a box among those of its band; bands one above the other.
    init(_ chart: DiagramChart) {
      columns = chart.nodes.map { _ in 0 }
      rows = columns
      func isServing(_ index: Int) -> Bool {
        chart.nodes[index].kind == .stream || chart.nodes[index].kind == .service
      }
      // As many rounds as boxes end any order of arrows, and a circle as well.
      for _ in chart.nodes {
        for edge in chart.edges
        where isServing(edge.from) == isServing(edge.to) && edge.from != edge.to {
          let next = min(columns[edge.from] + 1, chart.nodes.count - 1)
          if columns[edge.to] < next { columns[edge.to] = next }
        }
      }
      var top = 0
      for band in [true, false] {
        var used: [Int: Int] = [:]
        var deepest = 0
        for index in chart.nodes.indices where isServing(index) == band {
          rows[index] = top + used[columns[index], default: 0]
          used[columns[index], default: 0] += 1
          deepest = max(deepest, used[columns[index]] ?? 0)
        }
        top += deepest
      }
      width = (columns.max() ?? 0) + 1
      height = top
    }
  }

  static func draw(_ chart: DiagramChart, into svg: inout SVGWriter) -> Double {
    let layout = Layout(chart)
    let step = SVGWriter.width / Double(max(layout.width, 1))
    let box = min(step - 26, 168)
    func left(_ index: Int) -> Double { Double(layout.columns[index]) * step + (step - box) / 2 }
    func top(_ index: Int) -> Double { Double(layout.rows[index]) * rowHeight + 16 }
    for edge in chart.edges where edge.from != edge.to {
      let forward = layout.columns[edge.to] > layout.columns[edge.from]
      let from: (x: Double, y: Double)
      let to: (x: Double, y: Double)
      if forward {
        from = (left(edge.from) + box, top(edge.from) + boxHeight / 2)
        to = (left(edge.to), top(edge.to) + boxHeight / 2)
      } else {
        let rises = top(edge.to) < top(edge.from)
        from = (left(edge.from) + box / 2, top(edge.from) + (rises ? 0 : boxHeight))
        to = (left(edge.to) + box / 2, top(edge.to) + (rises ? boxHeight : 0))
      }
      arrow(from, to, into: &svg)
      let middle = ((from.x + to.x) / 2, (from.y + to.y) / 2)
      let room = forward ? max(Int((to.x - from.x + 40) / SVGWriter.characterWidth), 6) : 24
      let label = SVGWriter.cut(edge.label, to: room)
      if from.x == to.x {
        svg.text(label, middle.0 + 7, middle.1 + 4, .start, "t halo")
      } else {
        svg.text(label, middle.0, middle.1 - 4, .middle, "t halo")
      }
    }
    for (index, node) in chart.nodes.enumerated() {
      svg.rectangle(
        left(index), top(index), width: box, height: boxHeight, "node n-\(node.kind.rawValue)",
        title: "\(node.kind.rawValue) \(node.name): \(node.detail)")
      let room = max(Int(box / SVGWriter.characterWidth) - 1, 4)
      let x = left(index) + box / 2
      svg.text(SVGWriter.cut(node.name, to: room), x, top(index) + 19, .middle, "t node-name")
      svg.text(SVGWriter.cut(node.detail, to: room), x, top(index) + 36, .middle)
    }
    return Double(layout.height) * rowHeight + 4
  }

  /// A line with a head at its end.
  private static func arrow(
    _ from: (x: Double, y: Double), _ to: (x: Double, y: Double), into svg: inout SVGWriter
  ) {
    svg.line(from.x, from.y, to.x, to.y, "a")
    let (dx, dy) = (to.x - from.x, to.y - from.y)
    let length = (dx * dx + dy * dy).squareRoot()
    guard length > 0 else { return }
    let (ux, uy) = (dx / length, dy / length)
    let base = (x: to.x - 8 * ux, y: to.y - 8 * uy)
    svg.area(
      [
        (to.x, to.y), (base.x - 4 * uy, base.y + 4 * ux), (base.x + 4 * uy, base.y - 4 * ux),
      ], "head")
  }
}
