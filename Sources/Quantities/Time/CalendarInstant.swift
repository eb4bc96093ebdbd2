/// A point of civil time, UTC, in the proleptic Gregorian calendar; no leap seconds, years 1 to
/// 9999.
///
/// The conversions between days and dates are those of H. Hinnant, "chrono-Compatible Low-Level
/// Date Algorithms" (2013), `days_from_civil` and `civil_from_days`.
public struct CalendarInstant: Hashable, Comparable, Sendable, BitwiseCopyable {
  /// Seconds since 1970-01-01T00:00:00Z, negative before.
  public let secondsSinceEpoch: Int64
  /// What is beyond the whole second, 0..<1,000,000,000.
  public let nanosecond: Int32

  /// The instant `secondsSinceEpoch` (and a fraction) after 1970, which must lie in years 1 to
  /// 9999.
  public init(secondsSinceEpoch: Int64, nanosecond: Int32 = 0) {
    precondition(Self.range.contains(secondsSinceEpoch), "the year lies in 1...9999")
    precondition((0..<1_000_000_000).contains(nanosecond), "nanoseconds lie below one second")
    self.secondsSinceEpoch = secondsSinceEpoch
    self.nanosecond = nanosecond
  }

  /// A date and time of day, which must exist.
  ///
  /// Text from users goes through `init?(_:)`.
  public init(
    year: Int, month: Int = 1, day: Int = 1, hour: Int = 0, minute: Int = 0, second: Int = 0
  ) {
    precondition((1...9999).contains(year), "the year lies in 1...9999")
    precondition((1...12).contains(month), "the month lies in 1...12")
    precondition((1...Self.days(inMonth: month, of: year)).contains(day), "the day exists")
    precondition(
      (0...23).contains(hour) && (0...59).contains(minute) && (0...59).contains(second),
      "the time of day exists")
    let days = Self.daysSinceEpoch(year: year, month: month, day: day)
    secondsSinceEpoch = Int64(days) * 86_400 + Int64(hour * 3600 + minute * 60 + second)
    nanosecond = 0
  }

  /// Midnight of Monday, 2024-01-01: where a scenario starts that says nothing else.
  public static var defaultStart: CalendarInstant { CalendarInstant(year: 2024) }

  /// The seconds of the years 1 to 9999.
  static let range: Range<Int64> = -62_135_596_800..<253_402_300_800

  /// Time order.
  public static func < (a: CalendarInstant, b: CalendarInstant) -> Bool {
    (a.secondsSinceEpoch, a.nanosecond) < (b.secondsSinceEpoch, b.nanosecond)
  }
}

extension CalendarInstant {
  /// The year.
  public var year: Int { civil.year }
  /// The month, 1...12.
  public var month: Int { civil.month }
  /// The day of the month, from 1.
  public var day: Int { civil.day }
  /// The hour, 0...23.
  public var hour: Int { secondOfDay / 3600 }
  /// The minute, 0...59.
  public var minute: Int { secondOfDay / 60 % 60 }
  /// The second, 0...59.
  public var second: Int { secondOfDay % 60 }
  /// The seconds since midnight, 0..<86,400.
  public var secondOfDay: Int { Int(secondsSinceEpoch - Int64(dayNumber) * 86_400) }
  /// The day of the week, 0 for Monday to 6 for Sunday.
  public var weekday: Int { (dayNumber + 3 + 7 * 200_000) % 7 }
  /// Whole days since 1970-01-01, rounded down.
  public var dayNumber: Int {
    Int(
      secondsSinceEpoch >= 0 ? secondsSinceEpoch / 86_400 : (secondsSinceEpoch - 86_399) / 86_400)
  }
  /// How many days the month has.
  public var daysInMonth: Int {
    let date = civil
    return Self.days(inMonth: date.month, of: date.year)
  }

  /// Whether `year` has 366 days.
  public static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  /// How many days `month` of `year` has.
  public static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Days from 1970-01-01 to a date, by counting 400-year eras that begin in March.
  static func daysSinceEpoch(year: Int, month: Int, day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    // Years of the calendar are positive, so plain division rounds down.
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// The date, from the day number.
  var civil: (year: Int, month: Int, day: Int) {
    let z = dayNumber + 719_468
    let era = z / 146_097
    let dayOfEra = z - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }
}
