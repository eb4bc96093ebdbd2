extension Reader {
  static func count(
    _ scanner: inout TextScanner, _ nouns: [String]
  ) throws(QuantityError) -> Double {
    try countedThings(&scanner, nouns).value
  }

  static func wholeNumber(
    _ scanner: inout TextScanner, _ nouns: [String]
  ) throws(QuantityError) -> Int64 {
    let counted = try countedThings(&scanner, nouns)
    guard let whole = counted.decimal.scaled(byPowerOfTen: 0) else {
      let isFraction = counted.value < 0x1p63
      throw QuantityError(
        .outOfRange, at: counted.number.range,
        isFraction ? "must be a whole number" : "is too large")
    }
    guard let value = Int64(exactly: whole) else {
      throw QuantityError(.outOfRange, at: counted.number.range, "is too large")
    }
    return value
  }

  /// A count of anything, to tell what a text is.
  static func anyCount(_ scanner: inout TextScanner) throws(QuantityError) -> Double {
    try prefixedNumber(&scanner).value
  }

  private static func countedThings(
    _ scanner: inout TextScanner, _ nouns: [String]
  ) throws(QuantityError) -> Counted {
    let counted = try counted(&scanner)
    if !counted.word.isEmpty, !nouns.contains(counted.word) {
      throw wrongUnit(counted.word, at: counted.start, after: counted.number, in: scanner, .count)
    }
    if counted.value < 0 { throw negative(counted.number, .count) }
    return counted
  }

  /// The bytes of a unit, and whether it is a power of 1024.
  static func bytes(ofUnit unit: String) -> (bytes: Int128, isBinary: Bool)? {
    switch unit {
    case "B", "byte", "bytes": (1, false)
    case "kB", "KB": (1000, false)
    case "MB": (1_000_000, false)
    case "GB": (1_000_000_000, false)
    case "TB": (1_000_000_000_000, false)
    case "PB": (1_000_000_000_000_000, false)
    case "KiB": (1 << 10, true)
    case "MiB": (1 << 20, true)
    case "GiB": (1 << 30, true)
    case "TiB": (1 << 40, true)
    case "PiB": (1 << 50, true)
    default: nil
    }
  }

  static func bytes(_ scanner: inout TextScanner) throws(QuantityError) -> ByteCount {
    let (number, unit) = try numberOfBytes(&scanner, .bytes)
    guard let whole = number.decimal.scaled(by: unit.bytes, rounding: true),
      let bytes = Int64(exactly: whole)
    else { throw QuantityError(.outOfRange, at: number.range, "is too large") }
    if bytes == 0, !number.decimal.isZero {
      throw QuantityError(.outOfRange, at: number.range, "is less than a byte")
    }
    return ByteCount(bytes: bytes, isBinary: unit.isBinary)
  }

  static func byteRate(_ scanner: inout TextScanner) throws(QuantityError) -> Rate {
    let (number, unit) = try numberOfBytes(&scanner, .byteRate)
    scanner.skipSpaces()
    guard scanner.take("/") else {
      throw QuantityError(
        .malformed, at: scanner.position..<scanner.bytes.count, "a time is missing",
        suggestion: QuantityDimension.byteRate.suggestion(for: number.text))
    }
    scanner.skipSpaces()
    let start = scanner.position
    let word = scanner.word()
    guard let span = CalendarUnit(text: word)?.duration else {
      throw QuantityError(
        .unknownUnit, at: start..<scanner.position, "unknown unit of time `\(word)`",
        suggestion: QuantityDimension.byteRate.suggestion(for: number.text))
    }
    let value = number.decimal.value * Double(unit.bytes) / span.seconds
    try checkFinite(value, number.decimal, number.range)
    return Rate(perSecond: value)
  }

  private static func numberOfBytes(
    _ scanner: inout TextScanner, _ dimension: QuantityDimension
  ) throws(QuantityError) -> (number: Number, unit: (bytes: Int128, isBinary: Bool)) {
    let number = try number(&scanner)
    scanner.skipSpaces()
    let start = scanner.position
    let word = scanner.word()
    guard let unit = bytes(ofUnit: word) else {
      let meant = ["b": "B", "kb": "KB", "mb": "MB", "gb": "GB", "tb": "TB", "gib": "GiB"]
      throw wrongUnit(
        word, at: start, after: number, in: scanner, dimension, meant: meant[word.lowercased()])
    }
    if number.decimal.isNegative { throw negative(number, dimension) }
    return (number, unit)
  }

  static func percent(_ scanner: inout TextScanner) throws(QuantityError) -> Double {
    try percentage(&scanner).value
  }

  static func ratio(_ scanner: inout TextScanner) throws(QuantityError) -> Ratio {
    let number = try number(&scanner)
    scanner.skipSpaces()
    let start = scanner.position
    var power = -2
    if !scanner.take("%") {
      guard scanner.isAtEnd else {
        throw wrongUnit(scanner.word(), at: start, after: number, in: scanner, .percent)
      }
      power = 0
    }
    let value = scaledDown(number, power)
    guard let ratio = Ratio(value) else {
      let isBare = power == 0 && value > 1
      throw QuantityError(
        .outOfRange, at: number.range.lowerBound..<scanner.position,
        "a share lies between 0 % and 100 %",
        suggestion: isBare ? QuantityDimension.percent.suggestion(for: number.text) : nil)
    }
    return ratio
  }

  private static func percentage(
    _ scanner: inout TextScanner
  ) throws(QuantityError) -> (value: Double, number: Number) {
    let number = try number(&scanner)
    scanner.skipSpaces()
    let start = scanner.position
    guard scanner.take("%") else {
      throw wrongUnit(scanner.word(), at: start, after: number, in: scanner, .percent)
    }
    let value = scaledDown(number, -2)
    try checkFinite(value, number.decimal, number.range)
    return (value, number)
  }

  /// The number over a power of ten, rounded once.
  private static func scaledDown(_ number: Number, _ power: Int) -> Double {
    DecimalNumber(
      mantissa: number.decimal.mantissa, exponent: number.decimal.exponent + power
    ).value
  }

  static func percentPerTime(_ scanner: inout TextScanner) throws(QuantityError) -> RatioPerTime {
    let (value, number) = try percentage(&scanner)
    scanner.skipSpaces()
    guard scanner.take("/") else {
      throw QuantityError(
        .missingUnit, at: number.range.lowerBound..<scanner.position, "needs a time",
        suggestion: QuantityDimension.percentPerTime.suggestion(for: number.text))
    }
    scanner.skipSpaces()
    let start = scanner.position
    let word = scanner.word()
    guard let unit = CalendarUnit(text: word) else {
      throw QuantityError(
        .unknownUnit, at: start..<scanner.position, "unknown unit of time `\(word)`",
        suggestion: QuantityDimension.percentPerTime.suggestion(for: number.text))
    }
    return RatioPerTime(ratio: value, per: unit)
  }

  static func points(_ scanner: inout TextScanner) throws(QuantityError) -> Double {
    let number = try number(&scanner)
    scanner.skipSpaces()
    let start = scanner.position
    let word = scanner.word()
    guard word == "pp" else {
      if word == "%" { throw ambiguousPercent(number, scanner) }
      throw wrongUnit(word, at: start, after: number, in: scanner, .points)
    }
    let value = scaledDown(number, -2)
    try checkFinite(value, number.decimal, number.range)
    return value
  }

  static func factor(_ scanner: inout TextScanner) throws(QuantityError) -> Double {
    let number = try number(&scanner)
    scanner.skipSpaces()
    let start = scanner.position
    let word = scanner.word()
    guard word == "x" || word == "\u{D7}" else {
      if word == "%" { throw ambiguousPercent(number, scanner) }
      throw wrongUnit(word, at: start, after: number, in: scanner, .factor)
    }
    let value = number.decimal.value
    try checkFinite(value, number.decimal, number.range)
    if value <= 0 {
      throw QuantityError(.outOfRange, at: number.range, "a factor must be above 0")
    }
    return value
  }

  private static func ambiguousPercent(_ number: Number, _ scanner: TextScanner) -> QuantityError {
    let digits = number.text.drop { $0 == "+" }
    let sign = number.decimal.isNegative ? "" : "+"
    let factor = 1 + number.decimal.value / 100
    let asFactor =
      factor > 0 ? " or \"\(QuantityFormatter.shortest(factor, significant: 6))x\"" : ""
    return QuantityError(
      .ambiguous, at: number.range.lowerBound..<scanner.position,
      "a change in percent may mean points or a factor",
      suggestion: "write \"\(sign)\(digits) pp\"\(asFactor)")
  }

  static func standardDeviations(_ scanner: inout TextScanner) throws(QuantityError) -> Double {
    let number = try number(&scanner)
    scanner.skipSpaces()
    let start = scanner.position
    let word = scanner.word()
    guard word == "sd" else {
      throw wrongUnit(word, at: start, after: number, in: scanner, .standardDeviations)
    }
    let value = number.decimal.value
    try checkFinite(value, number.decimal, number.range)
    return value
  }
}
