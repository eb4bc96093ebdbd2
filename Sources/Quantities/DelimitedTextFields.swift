/// Typed access to the fields of the current record; every error names line, column and cause.
extension DelimitedTextReader {
  /// A field as text, without blanks around it.
  public func text(_ field: Int) throws(DelimitedTextError) -> String {
    guard let text = String(validating: content[trimmedRange(field)], as: UTF8.self) else {
      throw error(field, .invalidEncoding)
    }
    return text
  }

  /// A field as text that must not be empty.
  public func requiredText(
    _ field: Int, column: String
  ) throws(DelimitedTextError) -> String {
    let text = try text(field)
    if text.isEmpty { throw error(field, .emptyField(column: column)) }
    return text
  }

  /// A field as a finite number.
  ///
  /// Correctly rounded; short decimals do not pass through a `String`.
  public func number(
    _ field: Int, column: String, in bounds: ClosedRange<Double>? = nil
  ) throws(DelimitedTextError) -> Double {
    let range = trimmedRange(field)
    if range.isEmpty { throw error(field, .emptyField(column: column)) }
    let value: Double
    if let short = shortDecimal(range) {
      value = short
    } else {
      let text = try text(field)
      guard let parsed = Double(text) else {
        throw error(field, .notANumber(column: column, text: text))
      }
      guard parsed.isFinite else {
        throw error(field, .notFinite(column: column, text: text))
      }
      value = parsed
    }
    if let bounds, !bounds.contains(value) {
      throw error(
        field,
        .outOfRange(
          column: column, text: try text(field),
          range: "between \(bounds.lowerBound) and \(bounds.upperBound)"))
    }
    return value
  }

  /// A field as a finite number, or nil where it is empty.
  public func optionalNumber(
    _ field: Int, column: String, in range: ClosedRange<Double>? = nil
  ) throws(DelimitedTextError) -> Double? {
    isEmpty(field) ? nil : try number(field, column: column, in: range)
  }

  /// A field as a whole number.
  public func integer(
    _ field: Int, column: String, in range: ClosedRange<Int64>? = nil
  ) throws(DelimitedTextError) -> Int64 {
    let place = trimmedRange(field)
    if place.isEmpty { throw error(field, .emptyField(column: column)) }
    let bytes = content.span
    let isNegative = bytes[place.lowerBound] == 0x2D
    var magnitude: Int64 = 0
    var index = place.lowerBound + (isNegative ? 1 : 0)
    var isWhole = index < place.upperBound
    while isWhole, index < place.upperBound {
      let digit = bytes[index] &- 0x30
      let (product, overflow) = magnitude.multipliedReportingOverflow(by: 10)
      let (sum, carry) = product.addingReportingOverflow(Int64(digit))
      isWhole = digit < 10 && !overflow && !carry
      magnitude = sum
      index += 1
    }
    guard isWhole else {
      throw error(
        field,
        .malformed(column: column, text: try text(field), expected: "a whole number"))
    }
    let value = isNegative ? -magnitude : magnitude
    if let range, !range.contains(value) {
      throw error(
        field,
        .outOfRange(
          column: column, text: try text(field),
          range: "between \(range.lowerBound) and \(range.upperBound)"))
    }
    return value
  }

  /// An error at the first byte of a field of the current record.
  public func error(_ field: Int, _ reason: DelimitedTextError.Reason) -> DelimitedTextError {
    DelimitedTextError(
      line: line, column: field < fieldCount ? column(field) : 1, reason: reason)
  }

  /// Checks that the current record has as many fields as the header.
  public func expectFieldCount(_ count: Int) throws(DelimitedTextError) {
    guard fieldCount == count else {
      throw DelimitedTextError(
        line: line, column: 1, reason: .fieldCount(expected: count, found: fieldCount))
    }
  }

  /// The value of a plain decimal of at most 15 digits, or nil where the long way is needed.
  ///
  /// Both the digits as an integer and the power of ten are exact as `Double`s then, so the one
  /// division is correctly rounded (Clinger, PLDI 1990, doi 10.1145/93542.93557).
  private func shortDecimal(_ range: Range<Int>) -> Double? {
    guard range.count <= 17 else { return nil }
    let bytes = content.span
    var digits: Int64 = 0
    var digitCount = 0
    var decimals: Int?
    var isNegative = false
    for index in range {
      let byte = bytes[index]
      switch byte {
      case 0x30...0x39:
        digits = digits * 10 + Int64(byte - 0x30)
        digitCount += 1
        if let places = decimals { decimals = places + 1 }
      case 0x2E where decimals == nil: decimals = 0
      case 0x2D where index == range.lowerBound: isNegative = true
      default: return nil
      }
    }
    guard (1...15).contains(digitCount) else { return nil }
    var scale = 1.0
    for _ in 0..<(decimals ?? 0) { scale *= 10 }
    let magnitude = Double(digits) / scale
    return isNegative ? -magnitude : magnitude
  }
}

/// The header of a delimited text: which column stands where.
public struct DelimitedTextHeader: Hashable, Sendable {
  /// The names of the columns in their order.
  public let names: [String]

  /// Reads the header from the first record of a text.
  ///
  /// - Throws: where the text is empty, a name is empty or a name stands twice.
  public init(reading reader: inout DelimitedTextReader) throws(DelimitedTextError) {
    guard try reader.advance() else {
      throw DelimitedTextError(line: 1, column: 1, reason: .emptyText)
    }
    var names: [String] = []
    for field in 0..<reader.fieldCount {
      let name = try reader.text(field)
      if name.isEmpty {
        throw reader.error(
          field, .malformed(column: "header", text: name, expected: "the name of a column"))
      }
      if names.contains(name) { throw reader.error(field, .duplicateColumn(name)) }
      names.append(name)
    }
    self.names = names
  }

  /// The place of a column, or nil where the header does not have it.
  public func index(of name: String) -> Int? { names.firstIndex(of: name) }

  /// The place of a column that must be there.
  public func require(_ name: String) throws(DelimitedTextError) -> Int {
    guard let index = index(of: name) else {
      throw DelimitedTextError(line: 1, column: 1, reason: .missingColumn(name))
    }
    return index
  }
}
