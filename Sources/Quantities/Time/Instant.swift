/// A point in simulated time: whole nanoseconds since the start of the run, never negative.
///
/// Int64 nanoseconds reach 292 years, which bounds every horizon that a scenario may ask for.
@frozen
public struct Instant: Hashable, Comparable, Sendable, BitwiseCopyable {
  /// Nanoseconds since the start of the run.
  public var nanoseconds: Int64

  /// The instant `nanoseconds` after the start.
  @inlinable
  public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  /// The start of the run.
  @inlinable public static var start: Instant { Instant(nanoseconds: 0) }
  /// Later than every event: what is due at `never` does not happen.
  @inlinable public static var never: Instant { Instant(nanoseconds: .max) }

  /// Time order.
  @inlinable
  public static func < (a: Instant, b: Instant) -> Bool { a.nanoseconds < b.nanoseconds }
  /// The instant `span` later.
  @inlinable
  public static func + (a: Instant, span: Duration) -> Instant {
    Instant(nanoseconds: a.nanoseconds + span.nanoseconds)
  }
  /// The instant `span` earlier.
  @inlinable
  public static func - (a: Instant, span: Duration) -> Instant {
    Instant(nanoseconds: a.nanoseconds - span.nanoseconds)
  }
  /// Moves the instant `span` later.
  @inlinable
  public static func += (a: inout Instant, span: Duration) { a.nanoseconds += span.nanoseconds }
  /// The time that passes from `b` to `a`.
  @inlinable
  public static func - (a: Instant, b: Instant) -> Duration {
    Duration(nanoseconds: a.nanoseconds - b.nanoseconds)
  }
  /// The instant `span` later, or `never` where 64 bits end: for timers that may lie beyond
  /// everything.
  @inlinable
  public func advanced(bySaturating span: Duration) -> Instant {
    let (sum, overflows) = nanoseconds.addingReportingOverflow(span.nanoseconds)
    return overflows ? .never : Instant(nanoseconds: sum)
  }
  /// Seconds since the start, for reports and formulas.
  @inlinable public var seconds: Double { Double(nanoseconds) / 1e9 }
}
