import Experiments

/// A table spread out for a reader: readings become columns of text, each with its alignment.
///
/// Terminal, Markdown and HTML all show a grid; CSV reads the table itself.
struct Grid {
  enum Kind: Hashable {
    case label
    case text
    case note
    case value
    case interval
    case range
  }

  struct Column {
    var title: String
    var kind: Kind

    var isRightAligned: Bool { kind == .value }
  }

  struct Cell {
    /// Lines that belong beneath one another.
    var lines: [String]
    var tone: Tone

    var isEmpty: Bool { lines.allSatisfy(\.isEmpty) }
  }

  struct Row {
    var cells: [Cell]
    var emphasis: Reports.Row.Emphasis
    var depth: Int
  }

  var columns: [Column]
  var rows: [Row]

  init(_ table: Table) {
    columns = []
    rows = table.rows.map { Row(cells: [], emphasis: $0.emphasis, depth: $0.depth) }
    for (index, column) in table.columns.enumerated() {
      let cells = table.rows.map { $0.cells[index] }
      switch column.role {
      case .label: append(column, .label, cells)
      case .text: append(column, .text, cells)
      case .note: append(column, .note, cells)
      case .reading(let spread): append(column, spread, cells)
      }
    }
    dropEmptyRanges()
  }

  private mutating func append(
    _ column: Reports.Column, _ kind: Kind, _ cells: [Reports.Cell]
  ) {
    columns.append(Column(title: column.title, kind: kind))
    for (row, cell) in cells.enumerated() {
      var made = Self.plain(cell)
      if column.mergesRepeats, row > 0, cell == cells[row - 1] { made.lines = [""] }
      rows[row].cells.append(made)
    }
  }

  private mutating func append(
    _ column: Reports.Column, _ spread: Spread, _ cells: [Reports.Cell]
  ) {
    let scale = column.unit.map { UnitScale($0, fitting: Self.typical(cells)) }
    let unit = scale.map { $0.name.isEmpty ? "" : ", " + $0.name } ?? ""
    columns.append(Column(title: column.title + unit, kind: .value))
    if spread == .interval || spread == .intervalAndRange {
      columns.append(Column(title: "95% interval", kind: .interval))
    }
    if spread == .intervalAndRange { columns.append(Column(title: "P10-P90", kind: .range)) }
    for (row, cell) in cells.enumerated() {
      guard case .reading(let reading) = cell else {
        rows[row].cells.append(Self.plain(cell))
        let blanks = spread == .intervalAndRange ? 2 : spread == .interval ? 1 : 0
        for _ in 0..<blanks { rows[row].cells.append(Cell(lines: [""], tone: .plain)) }
        continue
      }
      let text =
        scale.map { reading.text(on: $0, showsUnit: false) } ?? reading.text
      let tone: Tone = reading.certainty == .unknown ? .doubtful : .plain
      switch spread {
      case .value: rows[row].cells.append(Cell(lines: [text.value], tone: tone))
      case .stacked:
        let lines = [text.value, text.interval, text.range]
        rows[row].cells.append(Cell(lines: lines.filter { !$0.isEmpty }, tone: tone))
      case .interval, .intervalAndRange:
        rows[row].cells.append(Cell(lines: [text.value], tone: tone))
        rows[row].cells.append(Cell(lines: [text.interval], tone: .plain))
        if spread == .intervalAndRange {
          rows[row].cells.append(Cell(lines: [text.range], tone: .faint))
        }
      }
    }
  }

  /// Takes out columns of ranges that no row fills.
  private mutating func dropEmptyRanges() {
    for column in columns.indices.reversed() where columns[column].kind == .range {
      guard rows.allSatisfy({ $0.cells[column].isEmpty }) else { continue }
      columns.remove(at: column)
      for row in rows.indices { rows[row].cells.remove(at: column) }
    }
  }

  private static func plain(_ cell: Reports.Cell) -> Cell {
    switch cell {
    case .text(let text): Cell(lines: [text], tone: .plain)
    case .reading(let reading): Cell(lines: [reading.text.value], tone: .plain)
    case .verdict(let outcome): Cell(lines: [outcome.mark], tone: Tone(outcome))
    }
  }

  /// A magnitude that stands for a column, so that its unit suits most of its rows: the median.
  private static func typical(_ cells: [Reports.Cell]) -> Double {
    let values = cells.compactMap { cell -> Double? in
      guard case .reading(let reading) = cell, let value = reading.value, value != 0 else {
        return nil
      }
      return value.magnitude
    }
    return values.isEmpty ? 0 : values.sorted()[values.count / 2]
  }
}
