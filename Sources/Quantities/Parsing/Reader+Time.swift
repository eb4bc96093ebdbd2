extension Reader {
  /// Nanoseconds of a unit of time.
  static func nanoseconds(ofUnit unit: String) -> Int128? {
    switch unit {
    case "ns": 1
    // The micro sign and the Greek letter.
    case "us", "\u{B5}s", "\u{3BC}s": 1000
    case "ms": 1_000_000
    case "s", "second", "seconds": 1_000_000_000
    case "min", "minute", "minutes": 60_000_000_000
    case "h", "hour", "hours": 3_600_000_000_000
    case "d", "day", "days": 86_400_000_000_000
    case "week", "weeks": 604_800_000_000_000
    case "year", "years": 31_536_000_000_000_000
    default: nil
    }
  }

  /// What was surely meant by a unit that is none.
  static func meantUnit(_ unit: String) -> String? {
    switch unit.lowercased() {
    case "nsec", "nsecs", "nanosecond", "nanoseconds": "ns"
    case "usec", "usecs", "micros", "microsecond", "microseconds": "us"
    case "msec", "msecs", "millis", "millisecond", "milliseconds": "ms"
    case "sec", "secs", "s", "second", "seconds": "s"
    case "m", "mins", "min", "minute", "minutes": "min"
    case "hr", "hrs", "h", "hour", "hours": "h"
    case "d", "day", "days": "d"
    case "w", "wk", "wks", "week", "weeks": "week"
    case "y", "yr", "yrs", "year", "years": "year"
    default: nil
    }
  }

  static func duration(_ scanner: inout TextScanner) throws(QuantityError) -> Duration {
    let start = scanner.position
    var total: Int128 = 0
    var lastUnit = Int128.max
    while true {
      let (length, unit, range) = try durationPart(&scanner)
      if unit >= lastUnit {
        throw QuantityError(.malformed, at: range, "the parts of a duration go from large to small")
      }
      lastUnit = unit
      total += length
      let end = scanner.position
      scanner.skipSpaces()
      guard scanner.startsPlainNumber() else {
        scanner.position = end
        break
      }
    }
    guard let nanoseconds = Int64(exactly: total) else {
      throw QuantityError(
        .outOfRange, at: start..<scanner.position, "is longer than 292 years, the longest duration")
    }
    return Duration(nanoseconds: nanoseconds)
  }

  private static func durationPart(
    _ scanner: inout TextScanner
  ) throws(QuantityError) -> (length: Int128, unit: Int128, range: Range<Int>) {
    let number = try number(&scanner)
    scanner.skipSpaces()
    let start = scanner.position
    let word = scanner.word()
    let range = number.range.lowerBound..<scanner.position
    guard let unit = nanoseconds(ofUnit: word) else {
      if word == "month" || word == "months" {
        throw QuantityError(
          .unknownUnit, at: start..<scanner.position, "a month has no fixed length",
          suggestion: "write it in days: \"30d\"")
      }
      throw wrongUnit(
        word, at: start, after: number, in: scanner, .duration, meant: meantUnit(word))
    }
    if number.decimal.isNegative { throw negative(number, .duration) }
    guard let length = number.decimal.scaled(by: unit, rounding: true), length <= Int64.max else {
      throw QuantityError(.outOfRange, at: range, "is longer than 292 years, the longest duration")
    }
    if length == 0, !number.decimal.isZero {
      throw QuantityError(
        .outOfRange, at: range, "is shorter than a nanosecond, the grain of simulated time")
    }
    return (length, unit, range)
  }

  static func offset(_ scanner: inout TextScanner) throws(QuantityError) -> Duration {
    if let time = try clockTime(&scanner) { return time }
    let days = try duration(&scanner)
    let end = scanner.position
    scanner.skipSpaces()
    let start = scanner.position
    guard let time = try clockTime(&scanner) else {
      scanner.position = end
      return days
    }
    guard days.nanoseconds % 86_400_000_000_000 == 0 else {
      throw QuantityError(
        .malformed, at: start..<scanner.position, "a time of day follows whole days",
        suggestion: "write \"9d 20:00\"")
    }
    let sum = days.nanoseconds.addingReportingOverflow(time.nanoseconds)
    guard !sum.overflow else {
      throw QuantityError(
        .outOfRange, at: 0..<scanner.position, "is longer than 292 years, the longest duration")
    }
    return Duration(nanoseconds: sum.partialValue)
  }

  static func timeOfDay(_ scanner: inout TextScanner) throws(QuantityError) -> Duration {
    if let time = try clockTime(&scanner) { return time }
    throw QuantityError(
      .malformed, at: scanner.position..<scanner.bytes.count, "a time of day is expected",
      suggestion: "write \"09:00\"")
  }

  /// "hh:mm" or "hh:mm:ss"; nil, and nothing is passed over, if something else comes next.
  static func clockTime(_ scanner: inout TextScanner) throws(QuantityError) -> Duration? {
    let start = scanner.position
    guard let hour = scanner.digits(exactly: 2), scanner.take(":"),
      let minute = scanner.digits(exactly: 2)
    else {
      scanner.position = start
      return nil
    }
    var second = 0
    if scanner.take(":") {
      guard let value = scanner.digits(exactly: 2) else {
        throw QuantityError(
          .malformed, at: start..<scanner.position, "two digits of seconds are expected")
      }
      second = value
    }
    guard hour < 24, minute < 60, second < 60 else {
      throw QuantityError(
        .outOfRange, at: start..<scanner.position, "there is no such time of day")
    }
    return Duration(nanoseconds: Int64(hour * 3600 + minute * 60 + second) * 1_000_000_000)
  }

  static func rate(
    _ scanner: inout TextScanner, _ nouns: [String]
  ) throws(QuantityError) -> Rate {
    let noun = try counted(&scanner)
    if !noun.word.isEmpty, !nouns.contains(noun.word) {
      throw wrongUnit(noun.word, at: noun.start, after: noun.number, in: scanner, .rate)
    }
    return try perTime(noun, &scanner)
  }

  /// A rate of anything, to tell what a text is.
  static func anyRate(_ scanner: inout TextScanner) throws(QuantityError) -> Rate {
    try perTime(try counted(&scanner), &scanner)
  }

  /// A number with prefix and the word after it.
  struct Counted {
    var value: Double
    var number: Number
    var decimal: DecimalNumber
    var word: String
    var start: Int
  }

  static func counted(_ scanner: inout TextScanner) throws(QuantityError) -> Counted {
    let (value, number, decimal) = try prefixedNumber(&scanner)
    scanner.skipSpaces()
    let start = scanner.position
    let word = scanner.word()
    scanner.skipSpaces()
    return Counted(value: value, number: number, decimal: decimal, word: word, start: start)
  }

  private static func perTime(
    _ counted: Counted, _ scanner: inout TextScanner
  ) throws(QuantityError) -> Rate {
    guard scanner.take("/") else {
      let word = counted.word
      throw wrongUnit(word, at: counted.start, after: counted.number, in: scanner, .rate)
    }
    scanner.skipSpaces()
    let start = scanner.position
    let word = scanner.word()
    guard let unit = CalendarUnit(text: word), let span = unit.duration else {
      if CalendarUnit(text: word) != nil {
        throw QuantityError(
          .unknownUnit, at: start..<scanner.position, "a \(word) has no fixed length",
          suggestion: "write the rate per day: \"\(counted.number.text)/day\"")
      }
      throw QuantityError(
        .unknownUnit, at: start..<max(scanner.position, start), "unknown unit of time `\(word)`",
        suggestion: QuantityDimension.rate.suggestion(for: counted.number.text))
    }
    if counted.value < 0 { throw negative(counted.number, .rate) }
    return Rate(perSecond: counted.value / span.seconds)
  }
}
