import Experiments

/// A table of a report: columns with a meaning, rows of cells.
package struct Table: Hashable, Sendable {
  /// A name that stays the same between versions, unique in its report; CSV files use it.
  package var id: String
  /// What the table shows; empty when the section says it.
  package var caption: String
  /// The columns, labels first.
  package var columns: [Column]
  /// The rows; each has as many cells as there are columns.
  package var rows: [Row]
  /// Whether a terminal heads the columns; a table that continues one above does without.
  package var hasHeader = true

  /// Makes a table.
  ///
  /// Every row must have one cell per column.
  package init(id: String, caption: String = "", columns: [Column], rows: [Row]) {
    precondition(
      rows.allSatisfy { $0.cells.count == columns.count }, "a row has one cell per column")
    self.id = id
    self.caption = caption
    self.columns = columns
    self.rows = rows
  }
}

/// A column of a table.
package struct Column: Hashable, Sendable {
  /// How the column takes part in the sharing of space.
  package enum Role: Hashable, Sendable {
    /// Names the row: stands first, keeps its place, wraps late.
    case label
    /// Short text that is never wrapped by choice.
    case text
    /// Free text that wraps first.
    case note
    /// Figures, spread over the parts that are named.
    case reading(Spread)
  }

  /// The heading; for a reading the heading of its value.
  package var title: String
  /// How the column takes part in the sharing of space.
  package var role: Role
  /// The unit that all figures of the column share and the heading names; `nil` when each figure
  /// carries its own.
  package var unit: Unit?
  /// Whether a cell that repeats the one above stays blank where a reader sees both.
  package var mergesRepeats: Bool

  /// Makes a column.
  package init(
    _ title: String, _ role: Role, unit: Unit? = nil, mergesRepeats: Bool = false
  ) {
    self.title = title
    self.role = role
    self.unit = unit
    self.mergesRepeats = mergesRepeats
  }
}

/// How a column spreads its figures.
package enum Spread: Hashable, Sendable {
  /// The value alone; for figures that are exact or extreme.
  case value
  /// Value and interval side by side.
  case interval
  /// Value, interval and range side by side.
  case intervalAndRange
  /// Interval and range beneath the value, for many figures in a row.
  case stacked
}

/// A row of a table.
package struct Row: Hashable, Sendable {
  /// How a row stands out.
  package enum Emphasis: Hashable, Sendable {
    case plain
    /// A sum of the rows above.
    case total
    /// A row of lesser weight, such as one that is part of another.
    case faint
  }

  /// The cells, one per column.
  package var cells: [Cell]
  /// How the row stands out.
  package var emphasis: Emphasis
  /// How far the label is indented, in steps.
  package var depth: Int

  /// Makes a row.
  package init(_ cells: [Cell], _ emphasis: Emphasis = .plain, depth: Int = 0) {
    self.cells = cells
    self.emphasis = emphasis
    self.depth = depth
  }
}

/// A cell of a table.
package enum Cell: Hashable, Sendable {
  /// Text; empty for nothing.
  case text(String)
  /// A number.
  case reading(Reading)
  /// A verdict.
  case verdict(Outcome)
}

extension Cell: ExpressibleByStringLiteral {
  /// Makes a text cell.
  package init(stringLiteral value: String) {
    self = .text(value)
  }
}
