extension CalendarInstant: CustomStringConvertible {
  /// ISO 8601: "2027-01-04" at midnight, else "2027-01-04T09:00Z", with seconds where there are
  /// any.
  public var description: String {
    if secondOfDay == 0, nanosecond == 0 { return dateText }
    return dateText + "T" + timeText + "Z"
  }

  /// The date alone: "2027-01-04".
  public var dateText: String {
    let date = civil
    return Self.padded(date.year, 4) + "-" + Self.padded(date.month, 2) + "-"
      + Self.padded(date.day, 2)
  }

  /// The month alone: "2027-01".
  public var monthText: String {
    let date = civil
    return Self.padded(date.year, 4) + "-" + Self.padded(date.month, 2)
  }

  /// The time of day: "09:00", "09:00:30" or "09:00:30.25".
  public var timeText: String {
    var text = Self.padded(hour, 2) + ":" + Self.padded(minute, 2)
    if second != 0 || nanosecond != 0 { text += ":" + Self.padded(second, 2) }
    if nanosecond != 0 {
      var digits = Self.padded(Int(nanosecond), 9)
      while digits.hasSuffix("0") { digits.removeLast() }
      text += "." + digits
    }
    return text
  }

  private static func padded(_ value: Int, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}

extension CalendarInstant {
  /// Reads "2027-01-04", "2027-01-04T09:00", "2027-01-04 09:00:30.5", each with "Z" or a zone such
  /// as "+02:00"; nil for anything else, for dates that do not exist, and for years outside
  /// 1...9999.
  public init?(_ text: String) {
    guard let parsed = try? QuantityParser.calendarInstant(text) else { return nil }
    self = parsed
  }
}
