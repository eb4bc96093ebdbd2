extension Reader {
  static func money(_ scanner: inout TextScanner) throws(QuantityError) -> Money {
    try amount(&scanner, .money).money
  }

  static func price(_ scanner: inout TextScanner) throws(QuantityError) -> Price {
    let (amount, number) = try amount(&scanner, .price)
    scanner.skipSpaces()
    guard scanner.take("/") else {
      throw QuantityError(
        .missingUnit, at: number.range.lowerBound..<scanner.position,
        "needs what the price is for",
        suggestion: QuantityDimension.price.suggestion(for: number.text))
    }
    scanner.skipSpaces()
    var count: Int64 = 1
    let start = scanner.position
    if let decimal = scanner.number() {
      let power = prefix(&scanner)
      let whole = decimal.scaled(byPowerOfTen: power).flatMap { Int64(exactly: $0) }
      guard let whole, whole > 0 else {
        throw QuantityError(
          .outOfRange, at: start..<scanner.position, "a price is for a whole number of units")
      }
      count = whole
      scanner.skipSpaces()
    }
    let unitStart = scanner.position
    scanner.position = scanner.bytes.count
    while scanner.position > unitStart, scanner.bytes[scanner.position - 1] == UInt8(ascii: " ") {
      scanner.position -= 1
    }
    let unit = scanner.text(unitStart..<scanner.position)
    guard let first = unit.utf8.first, isLetter(first),
      unit.utf8.allSatisfy({
        isLetter($0) || $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "-")
          || ($0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9"))
      })
    else {
      throw QuantityError(
        .malformed, at: unitStart..<scanner.bytes.count, "what the price is for is expected here",
        suggestion: QuantityDimension.price.suggestion(for: number.text))
    }
    return Price(amount: amount, count: count, unit: unit)
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "z")
  }

  private static func amount(
    _ scanner: inout TextScanner, _ dimension: QuantityDimension
  ) throws(QuantityError) -> (money: Money, number: Number) {
    let start = scanner.position
    let isNegative = scanner.take("-")
    if !isNegative { _ = scanner.take("+") }
    guard scanner.take("$") else {
      scanner.position = start
      let number = try number(&scanner)
      _ = prefix(&scanner)
      let end = scanner.position
      let digits = scanner.text(number.range.lowerBound..<end)
      throw QuantityError(
        scanner.isAtEnd ? .missingUnit : .unknownUnit, at: start..<scanner.bytes.count,
        scanner.isAtEnd ? "needs a unit" : "amounts of money are in dollars and begin with `$`",
        suggestion: dimension.suggestion(for: digits))
    }
    var number = try number(&scanner)
    number.range = start..<scanner.position
    let power = prefix(&scanner)
    guard let picodollars = number.decimal.scaled(by: 1, powerOfTen: power + 12, rounding: true),
      picodollars.magnitude <= 1_000_000_000_000_000_000_000_000_000_000
    else { throw QuantityError(.outOfRange, at: number.range, "is too large") }
    if picodollars == 0, !number.decimal.isZero {
      throw QuantityError(.outOfRange, at: number.range, "is less than a pico-dollar")
    }
    return (Money(picodollars: isNegative ? -picodollars : picodollars), number)
  }
}
