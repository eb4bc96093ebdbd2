/// An exact amount of US dollars: a whole number of pico-dollars (1e-12 $) in 128 bits.
///
/// Sums and whole multiples are exact. Only a product with a Double or a division rounds, and
/// always by the one rule of `MoneyRounding`: to the nearest nano-dollar, ties to the even one. The
/// range, 1.7e26 dollars, cannot be left by what a scenario adds up; arithmetic traps if it is.
@frozen
public struct Money: Hashable, Comparable, Sendable, BitwiseCopyable {
  /// The amount in pico-dollars.
  public var picodollars: Int128

  /// An amount of `picodollars`.
  @inlinable
  public init(picodollars: Int128) { self.picodollars = picodollars }

  /// Nothing.
  @inlinable public static var zero: Money { Money(picodollars: 0) }
  /// One cent.
  @inlinable public static var cent: Money { Money(picodollars: 10_000_000_000) }
  /// One dollar.
  @inlinable public static var dollar: Money { Money(picodollars: 1_000_000_000_000) }
  /// The unit to which products are rounded, 1e-9 $.
  @inlinable public static var nanodollar: Money { Money(picodollars: 1000) }

  /// `count` dollars.
  public static func dollars(_ count: Int64) -> Money { .dollar.times(count) }

  /// `count` cents.
  public static func cents(_ count: Int64) -> Money { .cent.times(count) }

  /// A decimal number of dollars such as "2.49" or "-0.000125", read exactly; nil if it is none,
  /// has more than twelve decimals, or does not fit.
  public static func dollars(_ decimal: String) -> Money? {
    guard let number = DecimalNumber(decimal), let amount = number.scaled(byPowerOfTen: 12)
    else { return nil }
    return Money(picodollars: amount)
  }

  /// `value` dollars, rounded to the nano-dollar; nil for NaN, infinity and what does not fit.
  public init?(dollars value: Double) {
    guard value.magnitude < 1e20 else { return nil }
    self = Money.dollar.scaled(by: value)
  }

  /// The amount in dollars, rounded to the nearest Double: for statistics, never for sums.
  public var dollars: Double {
    // Split first: the quotient is exact, so that only one rounding of the rest follows.
    let whole = picodollars / 1_000_000_000_000
    let rest = picodollars % 1_000_000_000_000
    return Double(whole) + Double(rest) / 1e12
  }
}

extension Money {
  /// Order by amount.
  @inlinable
  public static func < (a: Money, b: Money) -> Bool { a.picodollars < b.picodollars }
  /// Sum.
  @inlinable
  public static func + (a: Money, b: Money) -> Money {
    Money(picodollars: a.picodollars + b.picodollars)
  }
  /// Difference.
  @inlinable
  public static func - (a: Money, b: Money) -> Money {
    Money(picodollars: a.picodollars - b.picodollars)
  }
  /// Adds `b` to `a`.
  @inlinable
  public static func += (a: inout Money, b: Money) { a.picodollars += b.picodollars }
  /// Takes `b` from `a`.
  @inlinable
  public static func -= (a: inout Money, b: Money) { a.picodollars -= b.picodollars }
  /// The amount owed the other way.
  @inlinable
  public static prefix func - (a: Money) -> Money { Money(picodollars: -a.picodollars) }
  /// The amount owed the other way.
  @inlinable public var negated: Money { Money(picodollars: -picodollars) }
  /// The amount without its sign.
  @inlinable public var magnitude: Money { picodollars < 0 ? negated : self }

  /// `count` times the amount, exactly.
  @inlinable
  public func times(_ count: Int64) -> Money { Money(picodollars: picodollars * Int128(count)) }

  /// `factor` times the amount, rounded to the nano-dollar, ties to even.
  ///
  /// The product with the Double's binary value is exact before it is rounded once. `factor` must
  /// be finite and the result must fit.
  public func scaled(by factor: Double) -> Money {
    Money(picodollars: MoneyRounding.product(picodollars, factor))
  }

  /// The amount to the nearest whole `unit`, ties to the even one.
  public func rounded(to unit: Money) -> Money {
    precondition(unit.picodollars > 0, "a unit of rounding is positive")
    return Money(
      picodollars: MoneyRounding.quotient(picodollars, unit.picodollars) * unit.picodollars)
  }

  /// The amount to the nearest cent, ties to the even one.
  public var roundedToCents: Money { rounded(to: .cent) }

  /// How many times `b` goes into `a`.
  public static func / (a: Money, b: Money) -> Double { a.dollars / b.dollars }
}

extension Sequence where Element == Money {
  /// The exact sum.
  public func total() -> Money { reduce(.zero, +) }
}
