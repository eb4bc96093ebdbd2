/// A price per unit of something (an hour, a token, a gigabyte), exact to the pico-dollar.
@frozen
public struct UnitPrice: Hashable, Comparable, Sendable, BitwiseCopyable {
  /// The price of one unit.
  public var perUnit: Money

  /// A price of `perUnit` for one unit.
  @inlinable
  public init(_ perUnit: Money) { self.perUnit = perUnit }

  /// `amount` for every `count` units, to the nearest pico-dollar per unit, ties to even.
  public init(_ amount: Money, per count: Int64) {
    precondition(count > 0, "a price is for a positive number of units")
    perUnit = Money(picodollars: MoneyRounding.quotient(amount.picodollars, Int128(count)))
  }

  /// A decimal number of dollars per unit such as "2.49"; nil if it is none.
  public static func dollars(_ decimal: String) -> UnitPrice? {
    Money.dollars(decimal).map(UnitPrice.init)
  }

  /// Free of charge.
  @inlinable public static var zero: UnitPrice { UnitPrice(.zero) }

  /// Order by price.
  @inlinable
  public static func < (a: UnitPrice, b: UnitPrice) -> Bool { a.perUnit < b.perUnit }

  /// The cost of `quantity` units, rounded once to the nano-dollar, ties to even.
  public func cost(of quantity: Double) -> Money { perUnit.scaled(by: quantity) }

  /// The cost of a whole number of units, exactly.
  @inlinable
  public func cost(ofCount count: Int64) -> Money { perUnit.times(count) }

  /// The cost of `time` at a price per hour, rounded once to the nano-dollar, ties to even; unlike
  /// hours as a Double, the time is exact.
  public func cost(ofHours time: Duration) -> Money {
    let product = perUnit.picodollars.multipliedReportingOverflow(by: Int128(time.nanoseconds))
    precondition(!product.overflow, "the cost of the time fits into 128 bits")
    // 3.6e12 ns an hour, 1000 pico-dollars a nano-dollar.
    let nanodollars = MoneyRounding.quotient(product.partialValue, 3_600_000_000_000_000)
    return Money(picodollars: nanodollars * 1000)
  }

  /// The price times `factor` (a discount, an escalation), to the nano-dollar.
  public func scaled(by factor: Double) -> UnitPrice { UnitPrice(perUnit.scaled(by: factor)) }

  /// The price of one unit in dollars.
  public var dollars: Double { perUnit.dollars }
}
