import Quantities

/// What of a table of text is judged.
package enum SeriesChoice: Hashable, Sendable {
  /// The only column of numbers.
  case only
  /// The columns of these names.
  case columns([String])
  /// 1 where a prediction is wrong and 0 where it is right; predictions from `cut` on count as 1
  /// where there is one.
  case errors(predictions: String, truth: String, cut: Double?)
}

/// Reads the values of a delimited text, or of one number a line, row by row.
///
/// It holds one chunk, whatever the length of the text. A first record of numbers alone is no
/// header: its columns are called by their numbers from 1, and a single one `value`.
package struct SeriesReader {
  /// A choice that does not fit the table.
  package enum Mismatch: Error, Hashable {
    /// The table has no such column.
    case noColumn(String, known: [String])
    /// There is not exactly one column of numbers.
    case severalColumns([String])
  }

  /// The names of the values of a row.
  package private(set) var names: [String] = []
  /// The number of the latest row of values, from 1.
  package private(set) var row = 0
  /// The line of the latest row in the text, from 1.
  package var line: Int { reader.line }

  private var reader = DelimitedTextReader()
  private let next: () throws -> [UInt8]?
  private let choice: SeriesChoice
  private var isFinished = false
  private var columns: [String] = []
  private var places: [Int] = []
  private var holdsRow = false

  /// A reader of the chunks that `next` gives until it gives nil.
  ///
  /// - Throws: `DelimitedTextError` for a text without rows, `Mismatch`, and what `next` throws.
  package init(_ choice: SeriesChoice, next: @escaping () throws -> [UInt8]?) throws {
    self.choice = choice
    self.next = next
    try readHeader()
  }

  /// The number of rows of a text, which is read to its end.
  package static func rowCount(next: @escaping () throws -> [UInt8]?) throws -> Int {
    var reader = try SeriesReader(.columns([]), next: next)
    var count = reader.holdsRow ? 1 : 0
    while try reader.advance() { count += 1 }
    return count
  }

  private mutating func readHeader() throws {
    guard try advance() else {
      throw DelimitedTextError(line: 1, column: 1, reason: .emptyText)
    }
    var texts: [String] = []
    for field in 0..<reader.fieldCount { texts.append(try reader.text(field)) }
    if texts.allSatisfy({ Double($0) != nil }) {
      columns = texts.count == 1 ? ["value"] : texts.indices.map { "\($0 + 1)" }
      holdsRow = true
    } else {
      for (field, name) in texts.enumerated() {
        if texts[..<field].contains(name) { throw reader.error(field, .duplicateColumn(name)) }
      }
      columns = texts
      guard try advance() else {
        throw DelimitedTextError(line: 2, column: 1, reason: .emptyText)
      }
      holdsRow = true
      try reader.expectFieldCount(columns.count)
    }
    try choose()
  }

  /// Finds the columns that are asked for; the first row tells which hold numbers.
  private mutating func choose() throws {
    func place(_ name: String) throws -> Int {
      guard let place = columns.firstIndex(of: name) else {
        throw Mismatch.noColumn(name, known: columns)
      }
      return place
    }
    switch choice {
    case .only:
      var numeric: [Int] = []
      for field in columns.indices where value(of: try reader.text(field)) != nil {
        numeric.append(field)
      }
      guard numeric.count == 1 else {
        throw Mismatch.severalColumns(numeric.map { columns[$0] })
      }
      places = numeric
      names = numeric.map { columns[$0] }
    case .columns(let wanted):
      places = try wanted.map(place)
      names = wanted
    case .errors(let predictions, let truth, _):
      places = [try place(predictions), try place(truth)]
      names = ["error"]
    }
  }

  /// Moves to the next row and puts its values into `values`; false at the end.
  ///
  /// - Throws: `DelimitedTextError` with the place of what cannot be read.
  package mutating func next(into values: inout [Double]) throws -> Bool {
    if holdsRow {
      holdsRow = false
    } else {
      guard try advance() else { return false }
    }
    row += 1
    try reader.expectFieldCount(columns.count)
    values.removeAll(keepingCapacity: true)
    if case .errors(_, _, let cut) = choice {
      values.append(try isError(cut: cut) ? 1 : 0)
    } else {
      for place in places { values.append(try number(place)) }
    }
    return true
  }

  /// Refuses the latest row at the field of value number `index`.
  package func refused(_ index: Int, _ value: Double, expected: String) -> DelimitedTextError {
    let place = places[min(index, places.count - 1)]
    let text = (try? reader.text(place)) ?? ""
    return reader.error(
      place, .malformed(column: columns[place], text: text, expected: expected))
  }

  private mutating func advance() throws -> Bool {
    while true {
      if try reader.advance() { return true }
      if isFinished { return false }
      if let bytes = try next() {
        reader.append(bytes)
      } else {
        reader.finish()
        isFinished = true
      }
    }
  }

  private func number(_ field: Int) throws -> Double {
    do {
      return try reader.number(field, column: columns[field])
    } catch let error {
      guard case .notANumber = error.reason, let flag = Self.flag(try reader.text(field))
      else { throw error }
      return flag
    }
  }

  private func isError(cut: Double?) throws -> Bool {
    let prediction = try reader.requiredText(places[0], column: columns[places[0]])
    let truth = try reader.requiredText(places[1], column: columns[places[1]])
    if let cut {
      let score = try reader.number(places[0], column: columns[places[0]])
      return (score >= cut ? 1 : 0) != (try number(places[1]))
    }
    guard prediction != truth else { return false }
    guard let first = value(of: prediction), let second = value(of: truth) else { return true }
    return first != second
  }

  private func value(of text: String) -> Double? { Double(text) ?? Self.flag(text) }

  /// `true` and `false` in any case, as programs write them.
  private static func flag(_ text: String) -> Double? {
    switch text {
    case "true", "True", "TRUE": 1
    case "false", "False", "FALSE": 0
    default: nil
    }
  }
}
