/// A unit in which times are shown.
public enum TimeUnit: Int, Hashable, Comparable, Sendable, CaseIterable {
  /// 1e-9 s.
  case nanoseconds
  /// 1e-6 s.
  case microseconds
  /// 1e-3 s.
  case milliseconds
  /// Seconds.
  case seconds
  /// 60 s.
  case minutes
  /// 3,600 s.
  case hours
  /// 86,400 s.
  case days

  /// The unit that suits a time of about `seconds`: the largest that it reaches, but minutes, hours
  /// and days only from two of them on.
  public init(for seconds: Double) {
    let size = seconds.magnitude
    let suits: (TimeUnit) -> Bool = { unit in
      size >= unit.seconds * (unit > .seconds ? 2 : 1)
    }
    self = size == 0 ? .seconds : TimeUnit.allCases.last(where: suits) ?? .nanoseconds
  }

  /// The unit's length in seconds.
  public var seconds: Double {
    switch self {
    case .nanoseconds: 1e-9
    case .microseconds: 1e-6
    case .milliseconds: 1e-3
    case .seconds: 1
    case .minutes: 60
    case .hours: 3600
    case .days: 86_400
    }
  }

  /// The unit's length in nanoseconds.
  var nanoseconds: Int64 { Int64(seconds * 1e9) }

  /// The symbol: "ms".
  public var symbol: String {
    switch self {
    case .nanoseconds: "ns"
    case .microseconds: "us"
    case .milliseconds: "ms"
    case .seconds: "s"
    case .minutes: "min"
    case .hours: "h"
    case .days: "d"
    }
  }

  /// Order by length.
  public static func < (a: TimeUnit, b: TimeUnit) -> Bool { a.rawValue < b.rawValue }
}

extension QuantityFormatter {
  /// A time with `digits` significant digits in the unit that suits it: "188 ms", "9.5 h".
  public static func time(_ seconds: Double, digits: Int = 3, unit: TimeUnit? = nil) -> String {
    let unit = unit ?? TimeUnit(for: seconds)
    return significant(seconds / unit.seconds, digits: digits) + " " + unit.symbol
  }

  /// A duration, exactly, as `QuantityParser.duration` reads it: "250 ms", "90 min", "30 d".
  public static func exact(_ duration: Duration) -> String {
    let nanoseconds = duration.nanoseconds
    if nanoseconds == 0 { return "0 s" }
    for unit in [TimeUnit.days, .hours, .minutes] where nanoseconds % unit.nanoseconds == 0 {
      return "\(nanoseconds / unit.nanoseconds) \(unit.symbol)"
    }
    let units: [TimeUnit] = [.seconds, .milliseconds, .microseconds]
    let unit = units.first { nanoseconds.magnitude >= $0.nanoseconds.magnitude } ?? .nanoseconds
    let size = unit.nanoseconds
    var text = "\(nanoseconds / size)"
    if nanoseconds < 0, nanoseconds / size == 0 { text = "-0" }
    let rest = (nanoseconds % size).magnitude
    if rest != 0 {
      // The rest of 10^n has n digits with leading zeros; trailing ones say nothing.
      var digits = String(rest + UInt64(size)).dropFirst()
      while digits.hasSuffix("0") { digits.removeLast() }
      text += "." + digits
    }
    return text + " " + unit.symbol
  }

  /// A time after the start: "9d 20:00", "21d 03:00:30"; below a day "20:00".
  public static func offset(_ instant: Instant) -> String {
    let seconds = instant.nanoseconds / 1_000_000_000
    let days = seconds / 86_400
    func padded(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
    var text = days > 0 ? "\(days)d " : "0d "
    text += padded(seconds % 86_400 / 3600) + ":" + padded(seconds % 3600 / 60)
    if seconds % 60 != 0 { text += ":" + padded(seconds % 60) }
    return text
  }

  /// A rate, as `QuantityParser.rate` reads it: "5000/s".
  public static func exact(_ rate: Rate) -> String { shortest(rate.perSecond) + "/s" }
}
