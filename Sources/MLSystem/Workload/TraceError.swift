/// A mistake in a recorded trace, at its place in the file.
package struct TraceError: Error, Hashable, Sendable, CustomStringConvertible {
  package var file: String
  /// From 1; counts rows of the file, the header included.
  package var line: Int
  /// Byte column from 1; 1 where the whole row is meant.
  package var column: Int
  package var cause: Cause

  package enum Cause: Hashable, Sendable {
    /// The file has no row of requests.
    case empty
    /// The header lacks a column.
    case missingColumn(String)
    /// The first row is not the header of the format.
    case unexpectedHeader(expected: String)
    /// The row has fewer fields than needed.
    case truncatedRow(fields: Int, needed: Int)
    /// A row is longer than any row of a trace.
    case rowTooLong(limit: Int)
    /// A byte that no text has.
    case binary(byte: UInt8)
    /// Not a number, or not a time.
    case malformed(column: String, text: String)
    case negative(column: String, text: String)
    case notFinite(column: String, text: String)
    /// Beyond what a request or a run can have.
    case tooLarge(column: String, text: String)
    /// Earlier than the row before.
    case timeGoesBack
    /// The file could not be read any further.
    case unreadable(String)
  }

  package init(file: String, line: Int, column: Int, cause: Cause) {
    self.file = file
    self.line = line
    self.column = column
    self.cause = cause
  }

  package var description: String { "\(file):\(line):\(column): \(message)" }

  /// The cause as a sentence without the place.
  package var message: String {
    switch cause {
    case .empty: "the trace has no requests"
    case .missingColumn(let name): "the header has no column `\(name)`"
    case .unexpectedHeader(let expected): "the header is not `\(expected)`"
    case .truncatedRow(let fields, let needed):
      "the row has \(fields) of the \(needed) fields that are needed"
    case .rowTooLong(let limit): "the row is longer than \(limit) bytes"
    case .binary(let byte): "byte \(byte) is not text; is this a CSV file?"
    case .malformed(let column, let text): "`\(text)` is not a value of `\(column)`"
    case .negative(let column, let text): "`\(column)` is negative: \(text)"
    case .notFinite(let column, let text): "`\(column)` is not a finite number: \(text)"
    case .tooLarge(let column, let text): "`\(column)` is too large: \(text)"
    case .timeGoesBack: "the time is earlier than that of the row before"
    case .unreadable(let reason): "the trace could not be read: \(reason)"
    }
  }
}
