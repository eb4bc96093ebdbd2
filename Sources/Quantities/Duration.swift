/// A length of simulated time in whole nanoseconds.
@frozen
public struct Duration: Hashable, Comparable, Sendable, BitwiseCopyable {
  /// The length in nanoseconds.
  public var nanoseconds: Int64

  /// A length of `nanoseconds`.
  @inlinable
  public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  /// No time at all.
  @inlinable public static var zero: Duration { Duration(nanoseconds: 0) }

  /// `value` seconds, rounded to the nearest nanosecond.
  @inlinable
  public static func seconds(_ value: Double) -> Duration {
    Duration(nanoseconds: Int64((value * 1e9).rounded()))
  }

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
  /// `count` times the length.
  @inlinable
  public static func * (a: Duration, count: Int64) -> Duration {
    Duration(nanoseconds: a.nanoseconds * count)
  }
  /// The length in seconds.
  @inlinable public var seconds: Double { Double(nanoseconds) * 1e-9 }
}
