/// The readers of single quantities: each takes its text from a scanner or throws the plain
/// mistake.
enum Reader {
  /// A number, with its place in the text.
  struct Number {
    var decimal: DecimalNumber
    var range: Range<Int>
    /// The digits as they were written, for suggestions.
    var text: String
  }

  /// A number, or the mistake that none stands here.
  static func number(_ scanner: inout TextScanner) throws(QuantityError) -> Number {
    let start = scanner.position
    guard let decimal = scanner.number() else {
      let end = scanner.bytes.count
      let rest = scanner.text(start..<end)
      throw QuantityError(.malformed, at: start..<end, noNumberReason(rest))
    }
    let range = start..<scanner.position
    // "1,000" would otherwise be read as 1 with an unknown unit.
    if scanner.next == UInt8(ascii: ",") {
      let end = scanner.bytes.count
      throw QuantityError(
        .malformed, at: start..<end, "thousands are not separated",
        suggestion: "write \"\(scanner.text(start..<end).filter { $0 != "," })\"")
    }
    return Number(decimal: decimal, range: range, text: scanner.text(range))
  }

  private static func noNumberReason(_ rest: String) -> String {
    let bare = rest.lowercased().drop { $0 == "-" || $0 == "+" }
    if bare.hasPrefix("nan") || bare.hasPrefix("inf") { return "is not a finite number" }
    return "a number is expected here"
  }

  /// The mistake of a number below 0.
  static func negative(_ number: Number, _ dimension: QuantityDimension) -> QuantityError {
    QuantityError(
      .outOfRange, at: number.range, "\(dimension.name) cannot be negative")
  }

  /// The power of ten of a decimal prefix that is glued to a number.
  static func prefix(_ scanner: inout TextScanner) -> Int {
    if scanner.take("k") || scanner.take("K") { return 3 }
    if scanner.take("M") { return 6 }
    if scanner.take("G") || scanner.take("B") { return 9 }
    if scanner.take("T") { return 12 }
    return 0
  }

  /// A number with a decimal prefix, glued to it, as a Double; finite.
  static func prefixedNumber(
    _ scanner: inout TextScanner
  ) throws(QuantityError) -> (value: Double, number: Number, decimal: DecimalNumber) {
    var number = try number(&scanner)
    let power = prefix(&scanner)
    number.range = number.range.lowerBound..<scanner.position
    number.text = scanner.text(number.range)
    let decimal = DecimalNumber(
      mantissa: number.decimal.mantissa, exponent: number.decimal.exponent + power)
    let value = decimal.value
    try checkFinite(value, decimal, number.range)
    return (value, number, decimal)
  }

  /// A finite Double that has not silently become 0.
  static func checkFinite(
    _ value: Double, _ decimal: DecimalNumber, _ range: Range<Int>
  ) throws(QuantityError) {
    if !value.isFinite { throw QuantityError(.outOfRange, at: range, "is too large") }
    if value == 0 && !decimal.isZero {
      throw QuantityError(.outOfRange, at: range, "is too small to be told from 0")
    }
  }

  /// The mistake of a unit that is none of the dimension's, or of no unit at all.
  static func wrongUnit(
    _ unit: String, at start: Int, after number: Number, in scanner: TextScanner,
    _ dimension: QuantityDimension, meant: String? = nil
  ) -> QuantityError {
    if unit.isEmpty, scanner.isAtEnd {
      return QuantityError(
        .missingUnit, at: number.range, "needs a unit",
        suggestion: dimension.suggestion(for: number.text))
    }
    let end = max(start + unit.utf8.count, min(start + 1, scanner.bytes.count))
    let name = scanner.text(start..<end)
    return QuantityError(
      .unknownUnit, at: start..<end, "unknown unit `\(name)`",
      suggestion: meant.map { "write \"\(number.text) \($0)\"" }
        ?? dimension.suggestion(for: number.text))
  }
}
