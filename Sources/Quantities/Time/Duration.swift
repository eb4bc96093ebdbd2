/// A length of simulated time in whole nanoseconds.
///
/// Arithmetic traps on overflow, which begins at 292 years: quantities from a user are checked by
/// `QuantityParser` before they get here.
@frozen
public struct Duration: Hashable, Comparable, Sendable, BitwiseCopyable {
  /// The length in nanoseconds.
  public var nanoseconds: Int64

  /// A length of `nanoseconds`.
  @inlinable
  public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  /// `seconds`, rounded to the nearest nanosecond; nil for NaN and for what 64 bits do not hold.
  @inlinable
  public init?(ifFits seconds: Double) {
    let scaled = (seconds * 1e9).rounded()
    guard let nanoseconds = Int64(exactly: scaled) else { return nil }
    self.nanoseconds = nanoseconds
  }

  /// The length in seconds: the quotient is rounded once, so that whole seconds stay whole.
  @inlinable public var seconds: Double { Double(nanoseconds) / 1e9 }
  /// The length in milliseconds.
  @inlinable public var milliseconds: Double { Double(nanoseconds) / 1e6 }
  /// The length in hours.
  @inlinable public var hours: Double { Double(nanoseconds) / 3.6e12 }
  /// The length in days of 24 hours.
  @inlinable public var days: Double { Double(nanoseconds) / 8.64e13 }
}

extension Duration {
  /// No time at all.
  @inlinable public static var zero: Duration { Duration(nanoseconds: 0) }
  /// The longest length that can be told: 292 years.
  @inlinable public static var longest: Duration { Duration(nanoseconds: .max) }

  /// `value` nanoseconds, rounded to the nearest whole one.
  @inlinable
  public static func nanoseconds(_ value: Double) -> Duration {
    Duration(nanoseconds: Int64(value.rounded()))
  }
  /// `value` microseconds, rounded to the nearest nanosecond.
  @inlinable
  public static func microseconds(_ value: Double) -> Duration { .nanoseconds(value * 1e3) }
  /// `value` milliseconds, rounded to the nearest nanosecond.
  @inlinable
  public static func milliseconds(_ value: Double) -> Duration { .nanoseconds(value * 1e6) }
  /// `value` seconds, rounded to the nearest nanosecond.
  @inlinable
  public static func seconds(_ value: Double) -> Duration { .nanoseconds(value * 1e9) }
  /// `value` minutes, rounded to the nearest nanosecond.
  @inlinable
  public static func minutes(_ value: Double) -> Duration { .nanoseconds(value * 6e10) }
  /// `value` hours, rounded to the nearest nanosecond.
  @inlinable
  public static func hours(_ value: Double) -> Duration { .nanoseconds(value * 3.6e12) }
  /// `value` days of 24 hours, rounded to the nearest nanosecond.
  @inlinable
  public static func days(_ value: Double) -> Duration { .nanoseconds(value * 8.64e13) }
}

extension Duration {
  /// Order by length.
  @inlinable
  public static func < (a: Duration, b: Duration) -> Bool { a.nanoseconds < b.nanoseconds }
  /// Sum.
  @inlinable
  public static func + (a: Duration, b: Duration) -> Duration {
    Duration(nanoseconds: a.nanoseconds + b.nanoseconds)
  }
  /// Difference.
  @inlinable
  public static func - (a: Duration, b: Duration) -> Duration {
    Duration(nanoseconds: a.nanoseconds - b.nanoseconds)
  }
  /// The length the other way round.
  @inlinable
  public static prefix func - (a: Duration) -> Duration { Duration(nanoseconds: -a.nanoseconds) }
  /// Adds `b` to `a`.
  @inlinable
  public static func += (a: inout Duration, b: Duration) { a.nanoseconds += b.nanoseconds }
  /// Takes `b` from `a`.
  @inlinable
  public static func -= (a: inout Duration, b: Duration) { a.nanoseconds -= b.nanoseconds }
  /// `count` times the length.
  @inlinable
  public static func * (a: Duration, count: Int64) -> Duration {
    Duration(nanoseconds: a.nanoseconds * count)
  }
  /// `factor` times the length, rounded to the nearest nanosecond.
  ///
  /// Disfavoured, so that a whole literal means the exact product.
  @inlinable
  @_disfavoredOverload
  public static func * (a: Duration, factor: Double) -> Duration {
    .nanoseconds(Double(a.nanoseconds) * factor)
  }
  /// The `count`-th part of the length, rounded towards zero.
  @inlinable
  public static func / (a: Duration, count: Int64) -> Duration {
    Duration(nanoseconds: a.nanoseconds / count)
  }
  /// How many times `b` goes into `a`.
  @inlinable
  public static func / (a: Duration, b: Duration) -> Double {
    Double(a.nanoseconds) / Double(b.nanoseconds)
  }
}
