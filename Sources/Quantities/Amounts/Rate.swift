/// How often something happens: a finite number per second, 0 or more.
@frozen
public struct Rate: Hashable, Comparable, Sendable, BitwiseCopyable {
  /// The number per second.
  public var perSecond: Double

  /// `perSecond` per second, which must be finite and not negative.
  @inlinable
  public init(perSecond: Double) {
    precondition(perSecond >= 0 && perSecond.isFinite, "a rate is finite and not negative")
    self.perSecond = perSecond
  }

  /// `count` every `span`.
  @inlinable
  public init(_ count: Double, per span: Duration) { self.init(perSecond: count / span.seconds) }

  /// Never.
  @inlinable public static var zero: Rate { Rate(perSecond: 0) }

  /// Order by frequency.
  @inlinable
  public static func < (a: Rate, b: Rate) -> Bool { a.perSecond < b.perSecond }
  /// Sum of two rates.
  @inlinable
  public static func + (a: Rate, b: Rate) -> Rate { Rate(perSecond: a.perSecond + b.perSecond) }
  /// `factor` times the rate.
  @inlinable
  public static func * (a: Rate, factor: Double) -> Rate { Rate(perSecond: a.perSecond * factor) }
  /// How many are expected in `span`.
  @inlinable
  public static func * (a: Rate, span: Duration) -> Double { a.perSecond * span.seconds }

  /// The mean time from one to the next; nil where it never happens or not within 292 years.
  public var meanInterval: Duration? {
    perSecond > 0 ? Duration(ifFits: 1 / perSecond) : nil
  }
}
