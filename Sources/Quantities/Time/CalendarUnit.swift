/// A unit of the calendar: what growth and prices are told per.
public enum CalendarUnit: String, Hashable, Sendable, CaseIterable {
  /// A second.
  case second
  /// 60 seconds.
  case minute
  /// 60 minutes.
  case hour
  /// 24 hours.
  case day
  /// Seven days.
  case week
  /// A calendar month, of 28 to 31 days.
  case month
  /// A calendar year of twelve months.
  case year

  /// The unit that a text names: "s", "min", "h", "hour", "d", "day", "week", "month", "year".
  public init?(text: String) {
    switch text {
    case "s", "second", "sec": self = .second
    case "min", "minute": self = .minute
    case "h", "hour", "hr": self = .hour
    case "d", "day": self = .day
    case "week", "w": self = .week
    case "month", "mo": self = .month
    case "year", "y", "yr": self = .year
    default: return nil
    }
  }

  /// The length, where it is always the same: nil for months and years.
  public var duration: Duration? {
    switch self {
    case .second: .seconds(1)
    case .minute: .minutes(1)
    case .hour: .hours(1)
    case .day: .days(1)
    case .week: .days(7)
    case .month, .year: nil
    }
  }

  /// The short name that is written: "h", "month".
  public var symbol: String {
    switch self {
    case .second: "s"
    case .minute: "min"
    case .hour: "h"
    case .day: "day"
    case .week: "week"
    case .month: "month"
    case .year: "year"
    }
  }
}

/// A change of a ratio per unit of the calendar: growth of 8 % a month.
public struct RatioPerTime: Hashable, Sendable {
  /// The change as a ratio: 0.08.
  public var ratio: Double
  /// The time in which it happens.
  public var per: CalendarUnit

  /// A change of `ratio` in every `per`.
  public init(ratio: Double, per: CalendarUnit) {
    self.ratio = ratio
    self.per = per
  }
}
