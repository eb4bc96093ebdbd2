/// A metric over two settings: a cell for each pair, its value in it, darker for more.
package struct HeatChart: Hashable, Sendable {
  /// What was found at a pair of settings.
  package struct Cell: Hashable, Sendable {
    /// `nil` where nothing was found.
    package var value: Double?
    package var interval: Reading.Bounds?
    /// A short word beneath the value, such as `FAIL`; empty for none.
    package var note: String

    /// Makes a cell.
    package init(_ value: Double?, _ interval: Reading.Bounds? = nil, note: String = "") {
      self.value = value
      self.interval = interval
      self.note = note
    }
  }

  package var unit: Unit
  /// What the columns and rows set.
  package var columnName: String
  package var rowName: String
  package var columns: [String]
  package var rows: [String]
  /// By row, then by column.
  package var cells: [[Cell]]

  /// Makes a heat map with a cell for every row and column.
  package init(
    unit: Unit, columnName: String, rowName: String, columns: [String], rows: [String],
    cells: [[Cell]]
  ) {
    precondition(
      cells.count == rows.count && cells.allSatisfy { $0.count == columns.count },
      "a cell for every row and column")
    self.unit = unit
    self.columnName = columnName
    self.rowName = rowName
    self.columns = columns
    self.rows = rows
    self.cells = cells
  }

  /// The numbers as a table: a row for each pair.
  func table(id: String) -> Table {
    Table(
      id: id,
      columns: [
        Column(rowName, .label), Column(columnName, .text),
        Column("found", .reading(.interval), unit: unit), Column("", .text),
      ],
      rows: rows.indices.flatMap { row in
        columns.indices.map { column in
          let cell = cells[row][column]
          let reading =
            cell.value.map { value in
              cell.interval.map { Reading.simulated(value, $0, unit) } ?? Chart.drawn(value, unit)
            } ?? Reading.unknown(unit).saying("none")
          return Row([
            .text(rows[row]), .text(columns[column]), .reading(reading), .text(cell.note),
          ])
        }
      })
  }
}

/// Draws heat maps: one hue in eight steps under the numbers, so that neither is needed to read
/// the other.
package enum HeatPlot {
  static let steps = 8
  private static let cellHeight = 34.0

  static func draw(_ chart: HeatChart, into svg: inout SVGWriter) -> Double {
    let values = chart.cells.flatMap { $0 }.compactMap(\.value).filter(\.isFinite)
    let low = values.min() ?? 0
    let high = values.max() ?? 1
    let scale = UnitScale(chart.unit, fitting: max(high.magnitude, low.magnitude))
    let labels = chart.rows.map { SVGWriter.cut($0, to: 24) }
    let left = max(SVGWriter.room(for: labels), 40)
    let top = key(low, high, scale, into: &svg) + 40
    let width = (SVGWriter.width - left - 2) / Double(max(chart.columns.count, 1))
    let digits = digits(low, high, scale)
    svg.text(SVGWriter.cut(chart.rowName, to: 44), 0, top - 24)
    svg.text(SVGWriter.cut(chart.columnName, to: 44), SVGWriter.width - 2, top - 24, .end)
    // Where columns are narrow, every second or third has its name.
    let widest = chart.columns.map { SVGWriter.width(of: $0) }.max() ?? 0
    let every = max(1, Int((min(widest, 120) + 6) / max(width, 1)) + (widest > width ? 1 : 0))
    for (column, name) in chart.columns.enumerated() where column.isMultiple(of: every) {
      let middle = left + (Double(column) + 0.5) * width
      let room = Int((width * Double(every) - 6) / SVGWriter.characterWidth)
      svg.text(SVGWriter.cut(name, to: max(room, 16)), middle, top - 6, .middle)
    }
    for (row, cells) in chart.cells.enumerated() {
      let y = top + Double(row) * cellHeight
      svg.text(labels[row], left - 6, y + cellHeight / 2 + 4, .end)
      for (column, cell) in cells.enumerated() {
        let x = left + Double(column) * width
        let text = cell.value.map { NumberText.fixed($0 * scale.factor, decimals: digits) } ?? "-"
        let tone = cell.value.map { "e h\(step(of: $0, low, high))" } ?? "e none"
        let name = "\(labels[row]), \(chart.columns[column]): \(text) \(cell.note)"
        svg.rectangle(x, y, width: width, height: cellHeight, tone, title: name)
        let fits = SVGWriter.width(of: text) <= width - 2
        let middle = y + cellHeight / 2 + 4
        if fits {
          svg.text(text, x + width / 2, cell.note.isEmpty ? middle : middle - 6, .middle, "t ink")
        }
        let shown = SVGWriter.width(of: cell.note) <= width - 2 ? cell.note : "x"
        if !cell.note.isEmpty {
          svg.text(shown, x + width / 2, fits ? middle + 8 : middle, .middle, "t ink strong")
        }
      }
    }
    return top + Double(chart.rows.count) * cellHeight + 8
  }

  /// The step of colour of a value, 0 for the lowest.
  package static func step(of value: Double, _ low: Double, _ high: Double) -> Int {
    guard value.isFinite else { return steps - 1 }
    guard high > low else { return steps / 2 }
    return min(max(Int((value - low) / (high - low) * Double(steps)), 0), steps - 1)
  }

  /// Digits that tell the steps apart.
  private static func digits(_ low: Double, _ high: Double, _ scale: UnitScale) -> Int {
    let span = (high - low) * scale.factor
    guard span > 0 else { return NumberText.decimals(forValue: high * scale.factor) }
    return min(max(0, 1 - NumberText.leadingPlace(of: span)), 6)
  }

  private static func key(
    _ low: Double, _ high: Double, _ scale: UnitScale, into svg: inout SVGWriter
  ) -> Double {
    let digits = digits(low, high, scale)
    let first = scale.prefix + NumberText.fixed(low * scale.factor, decimals: digits) + scale.suffix
    let last = scale.prefix + NumberText.fixed(high * scale.factor, decimals: digits) + scale.suffix
    svg.text(first, 0, 14)
    var x = SVGWriter.width(of: first) + 8
    for step in 0..<steps {
      svg.rectangle(x, 2, width: 22, height: 14, "e h\(step)")
      x += 22
    }
    svg.text(last, x + 8, 14)
    return 20
  }
}
