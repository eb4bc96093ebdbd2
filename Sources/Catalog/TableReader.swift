import Quantities

/// A table being read: a header and one record at a time, whose fields are named by column.
struct TableReader {
  private var reader: DelimitedTextReader
  private let header: DelimitedTextHeader

  /// Opens a table and checks its header.
  ///
  /// - Parameters:
  ///   - known: the columns that mean something; any other is an error, unless `ignoresOthers`.
  ///   - required: the columns that must be there.
  init(
    _ bytes: [UInt8], known: [String], required: [String], ignoresOthers: Bool = false
  ) throws(DelimitedTextError) {
    var reader = DelimitedTextReader()
    reader.append(bytes)
    reader.finish()
    let header = try DelimitedTextHeader(reading: &reader)
    for name in required { _ = try header.require(name) }
    if !ignoresOthers {
      for (field, name) in header.names.enumerated() where !known.contains(name) {
        throw reader.error(field, .unknownColumn(name, known: known))
      }
    }
    self.reader = reader
    self.header = header
  }

  /// Moves to the next record.
  ///
  /// - Throws: where the text is broken; reading cannot go on then.
  mutating func advance() throws(DelimitedTextError) -> Bool { try reader.advance() }

  /// Checks that the current record is not truncated and has no field too many.
  func expectWholeRecord() throws(DelimitedTextError) {
    try reader.expectFieldCount(header.names.count)
  }

  /// The line of the current record.
  var line: Int { reader.line }

  /// Whether the table has a column.
  func has(_ column: String) -> Bool { header.index(of: column) != nil }

  /// A field as text; empty where the table has no such column.
  func text(_ column: String) throws(DelimitedTextError) -> String {
    guard let field = header.index(of: column) else { return "" }
    return try reader.text(field)
  }

  /// A field as text that must not be empty.
  func requiredText(_ column: String) throws(DelimitedTextError) -> String {
    try reader.requiredText(try header.require(column), column: column)
  }

  /// A field as a number within a range, or nil where it is empty or the table has no such column.
  func optionalNumber(
    _ column: String, in range: ClosedRange<Double> = 0...1e15
  ) throws(DelimitedTextError) -> Double? {
    guard let field = header.index(of: column) else { return nil }
    return try reader.optionalNumber(field, column: column, in: range)
  }

  /// A field as a number within a range, or `fallback` where it is empty or there is no column.
  func number(
    _ column: String, in range: ClosedRange<Double> = 0...1e15, or fallback: Double
  ) throws(DelimitedTextError) -> Double {
    try optionalNumber(column, in: range) ?? fallback
  }

  /// A field as a number within a range that must be there.
  func number(
    _ column: String, in range: ClosedRange<Double> = 0...1e15
  ) throws(DelimitedTextError) -> Double {
    try reader.number(try header.require(column), column: column, in: range)
  }

  /// A field as a whole number, or nil where it is empty or the table has no such column.
  func optionalInteger(
    _ column: String, in range: ClosedRange<Int64> = 0...(1 << 60)
  ) throws(DelimitedTextError) -> Int64? {
    guard let field = header.index(of: column), !reader.isEmpty(field) else { return nil }
    return try reader.integer(field, column: column, in: range)
  }

  /// A field that lists words between bars.
  func list(_ column: String) throws(DelimitedTextError) -> [String] {
    let text = try text(column)
    return text.isEmpty
      ? [] : text.utf8.split(separator: UInt8(ascii: "|")).map { String($0) ?? "" }
  }

  /// An error at a field of the current record.
  func error(
    _ column: String, _ reason: DelimitedTextError.Reason
  ) -> DelimitedTextError {
    reader.error(header.index(of: column) ?? 0, reason)
  }
}
