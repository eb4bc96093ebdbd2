/// A mistake in a delimited text, with the place where it stands.
public struct DelimitedTextError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong.
  public enum Reason: Hashable, Sendable {
    /// A quoted field is not closed before the text ends.
    case unclosedQuote
    /// Something other than a delimiter follows the closing quote of a field.
    case textAfterQuote
    /// A quote stands inside a field that does not begin with one.
    case quoteInsideField
    /// A zero byte: the file is not text.
    case zeroByte
    /// The bytes of a field are not UTF-8.
    case invalidEncoding
    /// The text is longer than the limit, in bytes.
    case textTooLong(limit: Int)
    /// A record is longer than the limit, in bytes.
    case recordTooLong(limit: Int)
    /// A record has more fields than the limit.
    case tooManyFields(limit: Int)
    /// A record has not as many fields as the header.
    case fieldCount(expected: Int, found: Int)
    /// The text has no header.
    case emptyText
    /// The header is of no known kind of table; the columns that would tell are listed.
    case unknownTable(tellingColumns: [String])
    /// The header lacks a column.
    case missingColumn(String)
    /// The header names a column twice.
    case duplicateColumn(String)
    /// The header names a column that means nothing here; the known ones are listed.
    case unknownColumn(String, known: [String])
    /// A field must not be empty.
    case emptyField(column: String)
    /// A field is not a number.
    case notANumber(column: String, text: String)
    /// A number is NaN or infinite.
    case notFinite(column: String, text: String)
    /// A number lies outside its range, whose bounds are given as text.
    case outOfRange(column: String, text: String, range: String)
    /// A field does not have the form that its column asks for.
    case malformed(column: String, text: String, expected: String)
  }

  /// The line, counted from 1.
  public var line: Int
  /// The column, counted in bytes from 1.
  public var column: Int
  /// What is wrong.
  public var reason: Reason

  /// A mistake at a place.
  public init(line: Int, column: Int, reason: Reason) {
    self.line = line
    self.column = column
    self.reason = reason
  }

  /// The mistake in words: lower case, without a full stop, with no place.
  public var message: String {
    switch reason {
    case .unclosedQuote: "the quote that opens here is never closed"
    case .textAfterQuote: "text follows the closing quote of a field"
    case .quoteInsideField: "a quote stands inside a field that does not begin with one"
    case .zeroByte: "a zero byte: this is not a text file"
    case .invalidEncoding: "these bytes are not UTF-8 text"
    case .textTooLong(let limit): "the table is longer than \(limit) bytes"
    case .recordTooLong(let limit): "the record is longer than \(limit) bytes"
    case .tooManyFields(let limit): "the record has more than \(limit) fields"
    case .fieldCount(let expected, let found):
      "the record has \(found) field\(found == 1 ? "" : "s"), the header has \(expected)"
    case .emptyText: "the table is empty, not even a header"
    case .unknownTable(let columns):
      "the header tells no known kind of table: it has none of the columns "
        + columns.map { "`\($0)`" }.joined(separator: ", ")
    case .missingColumn(let name): "the header has no column `\(name)`"
    case .duplicateColumn(let name): "the header names the column `\(name)` twice"
    case .unknownColumn(let name, _): "unknown column `\(name)`"
    case .emptyField(let column): "`\(column)` must not be empty"
    case .notANumber(let column, let text): "`\(column)` is not a number: `\(Self.excerpt(text))`"
    case .notFinite(let column, let text): "`\(column)` is not finite: `\(Self.excerpt(text))`"
    case .outOfRange(let column, let text, let range):
      "`\(column)` must be \(range), not `\(Self.excerpt(text))`"
    case .malformed(let column, let text, let expected):
      "`\(column)` must be \(expected), not `\(Self.excerpt(text))`"
    }
  }

  /// Place and mistake, as in `line 3, column 14: …`.
  public var description: String { "line \(line), column \(column): \(message)" }

  /// A field shortened so that a hostile one does not fill the terminal.
  private static func excerpt(_ text: String) -> String {
    let scalars = text.unicodeScalars.prefix(40).map { $0.value < 0x20 ? "\u{FFFD}" : $0 }
    var short = String(String.UnicodeScalarView(scalars))
    if text.unicodeScalars.count > 40 { short += "…" }
    return short
  }
}
