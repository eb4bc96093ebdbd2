/// A share of a whole, 0...1, written in percent.
@frozen
public struct Ratio: Hashable, Comparable, Sendable, BitwiseCopyable {
  /// The share, 0...1.
  public let value: Double

  /// The share `value`; nil outside 0...1 and for NaN.
  @inlinable
  public init?(_ value: Double) {
    guard value >= 0, value <= 1 else { return nil }
    self.value = value
  }

  @inlinable
  init(unchecked value: Double) { self.value = value }

  /// Nothing of it.
  @inlinable public static var none: Ratio { Ratio(unchecked: 0) }
  /// All of it.
  @inlinable public static var all: Ratio { Ratio(unchecked: 1) }

  /// The share of what is left.
  @inlinable public var complement: Ratio { Ratio(unchecked: 1 - value) }

  /// The share in percent.
  @inlinable public var percent: Double { value * 100 }

  /// Order by size.
  @inlinable
  public static func < (a: Ratio, b: Ratio) -> Bool { a.value < b.value }
}
