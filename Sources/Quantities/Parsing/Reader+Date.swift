extension Reader {
  static func calendarInstant(
    _ scanner: inout TextScanner
  ) throws(QuantityError) -> CalendarInstant {
    let start = scanner.position
    guard let year = scanner.digits(exactly: 4), scanner.take("-"),
      let month = scanner.digits(exactly: 2), scanner.take("-"),
      let day = scanner.digits(exactly: 2)
    else {
      throw QuantityError(
        .malformed, at: start..<scanner.bytes.count, "a date is expected",
        suggestion: QuantityDimension.date.suggestion(for: ""))
    }
    guard year >= 1, (1...12).contains(month),
      (1...CalendarInstant.days(inMonth: month, of: year)).contains(day)
    else {
      throw QuantityError(.outOfRange, at: start..<scanner.position, "there is no such date")
    }
    let midnight = CalendarInstant(year: year, month: month, day: day)
    let end = scanner.position
    let separated = scanner.take("T") || scanner.take("t") || scanner.take(" ")
    guard separated, let time = try clockTime(&scanner) else {
      // A space may also end the text; anything else is for the caller to refuse.
      scanner.position = end
      return midnight
    }
    let nanosecond = try fraction(&scanner)
    let zone = try zone(&scanner)
    let seconds =
      midnight.secondsSinceEpoch + time.nanoseconds / 1_000_000_000 - Int64(zone)
    guard CalendarInstant.range.contains(seconds) else {
      throw QuantityError(
        .outOfRange, at: start..<scanner.position, "the year lies outside 1 to 9999")
    }
    return CalendarInstant(secondsSinceEpoch: seconds, nanosecond: nanosecond)
  }

  /// The digits after a point, as nanoseconds; digits beyond the ninth are dropped.
  private static func fraction(_ scanner: inout TextScanner) throws(QuantityError) -> Int32 {
    guard scanner.take(".") else { return 0 }
    let start = scanner.position
    var value: Int32 = 0
    var weight: Int32 = 100_000_000
    while let digit = scanner.digits(exactly: 1) {
      value += Int32(digit) * weight
      weight /= 10
    }
    if scanner.position == start {
      throw QuantityError(.malformed, at: start - 1..<start, "digits are expected after the point")
    }
    return value
  }

  /// The offset from UTC in seconds: none, "Z", "+02:00", "+0200" or "+02".
  private static func zone(_ scanner: inout TextScanner) throws(QuantityError) -> Int {
    if scanner.take("Z") || scanner.take("z") { return 0 }
    let start = scanner.position
    let isWest = scanner.take("-")
    guard isWest || scanner.take("+") else { return 0 }
    guard let hours = scanner.digits(exactly: 2) else {
      throw QuantityError(
        .malformed, at: start..<scanner.bytes.count, "a zone is written like `+02:00`")
    }
    _ = scanner.take(":")
    let minutes = scanner.digits(exactly: 2) ?? 0
    guard hours <= 18, minutes < 60 else {
      throw QuantityError(.outOfRange, at: start..<scanner.position, "there is no such zone")
    }
    let offset = hours * 3600 + minutes * 60
    return isWest ? -offset : offset
  }
}
