extension CalendarInstant {
  /// The instant `span` later (or earlier, if negative).
  public func adding(_ span: Duration) -> CalendarInstant {
    let total = Int64(nanosecond) + span.nanoseconds % 1_000_000_000
    var seconds = secondsSinceEpoch + span.nanoseconds / 1_000_000_000 + total / 1_000_000_000
    var rest = total % 1_000_000_000
    if rest < 0 {
      rest += 1_000_000_000
      seconds -= 1
    }
    return CalendarInstant(secondsSinceEpoch: seconds, nanosecond: Int32(rest))
  }

  /// The time from `start` to this instant; nil if it is beyond 292 years.
  public func since(_ start: CalendarInstant) -> Duration? {
    let seconds = Int128(secondsSinceEpoch) - Int128(start.secondsSinceEpoch)
    let total = seconds * 1_000_000_000 + Int128(nanosecond) - Int128(start.nanosecond)
    return Int64(exactly: total).map(Duration.init(nanoseconds:))
  }

  /// The same day and time `count` months later; the last day of the month where it has no such
  /// day.
  public func adding(months count: Int) -> CalendarInstant {
    let date = civil
    let months = date.year * 12 + date.month - 1 + count
    let year = months / 12
    let month = months % 12 + 1
    let day = min(date.day, Self.days(inMonth: month, of: year))
    let midnight = CalendarInstant(year: year, month: month, day: day)
    return CalendarInstant(
      secondsSinceEpoch: midnight.secondsSinceEpoch + Int64(secondOfDay), nanosecond: nanosecond)
  }

  /// Midnight of the same day.
  public var startOfDay: CalendarInstant {
    CalendarInstant(secondsSinceEpoch: Int64(dayNumber) * 86_400)
  }

  /// Midnight of the first day of the same month.
  public var startOfMonth: CalendarInstant {
    let date = civil
    return CalendarInstant(year: date.year, month: date.month)
  }

  /// Midnight of the first day of the next month.
  public var startOfNextMonth: CalendarInstant { startOfMonth.adding(months: 1) }

  /// Midnight of the first day of the same year.
  public var startOfYear: CalendarInstant { CalendarInstant(year: year) }

  /// The length of the month.
  public var lengthOfMonth: Duration { .init(nanoseconds: Int64(daysInMonth) * 86_400_000_000_000) }
}
