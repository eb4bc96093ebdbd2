import Experiments
import Quantities

/// Writes the tables of a report as CSV (RFC 4180): tidy, a reading per line with its parts in
/// columns of their own and its unit in words.
package struct CSVRenderer: Sendable {
  /// A file of comma-separated values.
  package struct File: Hashable, Sendable {
    /// A name that is safe in any folder and unique in its report, with its ending.
    package var name: String
    package var text: String
  }

  /// Makes a renderer.
  package init() {}

  /// All readings of a report in one table, for a pipe.
  package func render(_ report: Report) -> String {
    var lines = [CSVText.line(["section", "row", "column"] + Self.readingColumns)]
    for section in report.sections {
      for block in section.blocks {
        lines += readings(in: block).map { CSVText.line([section.id] + $0) }
      }
    }
    return lines.joined()
  }

  /// A file for each table and each chart, units in the headers.
  package func files(_ report: Report) -> [File] {
    var files = report.sections.flatMap { section in
      section.blocks.flatMap { self.files(for: $0, in: section) }
    }
    var taken: Set<String> = []
    for index in files.indices {
      let stem = String(HTMLText.identifier(files[index].name).prefix(80))
      var name = stem
      var number = 2
      while !taken.insert(name).inserted {
        name = "\(stem)-\(number)"
        number += 1
      }
      files[index].name = name + ".csv"
    }
    return files
  }

  private static let readingColumns = ["value", "unit", "low", "high", "p10", "p90", "certainty"]

  private func readings(in block: Block) -> [[String]] {
    switch block {
    case .paragraph, .chart, .notes, .commands: return []
    case .only(.terminal, _): return []
    case .only(.page, let inner): return readings(in: inner)
    case .highlights(let rows): return rows.map { [$0.label, ""] + fields($0.reading) }
    case .verdicts(let rows):
      return rows.map { row in
        let promise = [row.promise, row.qualifier].filter { !$0.isEmpty }.joined(separator: " ")
        return [promise, row.verdict.rawValue] + fields(row.reading)
      }
    case .table(let original):
      let table = withPaths(original)
      let labels = table.columns.indices.filter { table.columns[$0].role == .label }
      return table.rows.flatMap { row -> [[String]] in
        let label = labels.compactMap { index -> String? in
          guard case .text(let text) = row.cells[index], !text.isEmpty else { return nil }
          return text
        }.joined(separator: " ")
        return zip(table.columns, row.cells).compactMap { column, cell in
          guard case .reading(let reading) = cell else { return nil }
          return [label, column.title] + fields(reading)
        }
      }
    }
  }

  private func fields(_ reading: Reading) -> [String] {
    let digits = reading.decimals.flatMap { reading.shown == nil ? $0 : nil }
    func number(_ value: Double?) -> String {
      guard let value else { return "" }
      if let digits { return NumberText.fixed(value, decimals: digits, separators: false) }
      return value.isFinite ? QuantityFormatter.shortest(value, significant: 12) : ""
    }
    return [
      number(reading.certainty == .unknown ? nil : reading.value), reading.unit.columnName,
      number(reading.interval?.low), number(reading.interval?.high), number(reading.range?.low),
      number(reading.range?.high), reading.certainty.name,
    ]
  }

  private func files(for block: Block, in section: Section) -> [File] {
    switch block {
    case .paragraph, .notes, .commands, .highlights: return []
    case .only(.terminal, _): return []
    case .only(.page, let inner): return files(for: inner, in: section)
    case .chart(let chart): return [file(chart.table)]
    case .table(let table): return [file(table)]
    case .verdicts(let rows):
      let lines = rows.map { row in
        CSVText.line([row.promise, row.qualifier, row.verdict.rawValue] + fields(row.reading))
      }
      let head = CSVText.line(["threshold", "qualifier", "verdict"] + Self.readingColumns)
      return [File(name: section.id, text: head + lines.joined())]
    }
  }

  /// The table with the names of the rows above, that an indented row stands under, before its own.
  private func withPaths(_ table: Table) -> Table {
    var copy = table
    var above: [String] = []
    for (index, row) in table.rows.enumerated() {
      guard case .text(let name)? = row.cells.first else { continue }
      above = Array(above.prefix(row.depth)) + [name]
      copy.rows[index].cells[0] = .text(above.joined(separator: " / "))
    }
    return copy
  }

  private func file(_ table: Table) -> File {
    var head: [String] = []
    for (index, column) in table.columns.enumerated() {
      let title = column.title.isEmpty ? (index == 0 ? "name" : "name \(index + 1)") : column.title
      switch column.role {
      case .label, .text, .note: head.append(CSVText.header(title))
      case .reading(let spread):
        // A unit that all cells share stands in the header and otherwise in a column of its own.
        let name = CSVText.header(column.unit.map { "\(title) \($0.columnName)" } ?? title)
        head.append(name)
        if column.unit == nil { head.append(name + "_unit") }
        if spread != .value { head += [name + "_low", name + "_high"] }
        if spread == .intervalAndRange || spread == .stacked {
          head += [name + "_p10", name + "_p90"]
        }
        head.append(name + "_certainty")
      }
    }
    let lines = withPaths(table).rows.map { row in
      CSVText.line(zip(table.columns, row.cells).flatMap { fields($1, in: $0) })
    }
    return File(name: table.id, text: CSVText.line(head) + lines.joined())
  }

  private func fields(_ cell: Cell, in column: Column) -> [String] {
    guard case .reading(let spread) = column.role else {
      switch cell {
      case .text(let text): return [text]
      case .verdict(let outcome): return [outcome.rawValue]
      case .reading(let reading): return [fields(reading)[0]]
      }
    }
    var parts = ["", "", "", "", "", "", ""]
    switch cell {
    case .reading(let reading): parts = fields(reading)
    case .text(let text): parts[0] = text
    case .verdict(let outcome): parts[0] = outcome.rawValue
    }
    var chosen = [parts[0]]
    if column.unit == nil { chosen.append(parts[1]) }
    if spread != .value { chosen += parts[2...3] }
    if spread == .intervalAndRange || spread == .stacked { chosen += parts[4...5] }
    return chosen + [parts[6]]
  }
}

/// Text made safe for CSV.
package enum CSVText {
  /// A line of fields, ended as the standard asks.
  static func line(_ fields: [String]) -> String {
    fields.map(field).joined(separator: ",") + "\r\n"
  }

  /// A field, quoted where it must be.
  ///
  /// What a spreadsheet would take for a formula gets an apostrophe; numbers stay numbers.
  package static func field(_ text: String) -> String {
    var text = text
    if let first = text.unicodeScalars.first, "=+-@\t\r\n|".unicodeScalars.contains(first),
      Double(text) == nil
    {
      text = "'" + text
    }
    let scalars = text.unicodeScalars
    guard scalars.contains(where: { $0 == "," || $0 == "\"" || $0.value < 0x20 }) else {
      return text
    }
    var quoted = "\""
    for scalar in scalars {
      if scalar == "\"" { quoted += "\"\"" } else { quoted.unicodeScalars.append(scalar) }
    }
    return quoted + "\""
  }

  /// A name for a column: lower case, words joined by underscores.
  static func header(_ title: String) -> String {
    var name = ""
    for scalar in title.unicodeScalars {
      let isWord = scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
      if isWord {
        name += String(scalar).lowercased()
      } else if !name.isEmpty, !name.hasSuffix("_") {
        name += "_"
      }
    }
    while name.hasSuffix("_") { name.removeLast() }
    return name.isEmpty ? "value" : name
  }
}

extension Unit {
  /// The unit in the words of a column name; values stand in the base of the unit.
  var columnName: String {
    switch self {
    case .seconds: "s"
    case .ratio, .points: "ratio"
    case .dollars(let per): "usd" + per.replacingSlash
    case .number(let name): name.replacingSlash
    }
  }
}

extension Reading.Certainty {
  /// The word that files use.
  var name: String {
    switch self {
    case .simulated: "simulated"
    case .exact: "exact"
    case .observed: "observed"
    case .unknown: "unknown"
    }
  }
}

extension String {
  /// `requests/s` as `requests per s`.
  fileprivate var replacingSlash: String {
    split(separator: "/", omittingEmptySubsequences: false).joined(separator: " per ")
  }
}
