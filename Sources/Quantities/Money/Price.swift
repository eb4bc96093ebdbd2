/// A price as it is written: an amount for a number of units of something.
public struct Price: Hashable, Sendable {
  /// The amount of money.
  public var amount: Money
  /// How many units the amount is for: 1,000,000 in "$3/1M tokens".
  public var count: Int64
  /// What the unit is: "month", "h", "click", "tokens".
  public var unit: String

  /// `amount` for `count` of `unit`.
  public init(amount: Money, count: Int64 = 1, unit: String) {
    precondition(count > 0, "a price is for a positive number of units")
    self.amount = amount
    self.count = count
    self.unit = unit
  }

  /// The unit as one of time, if it is one.
  public var calendarUnit: CalendarUnit? { CalendarUnit(text: unit) }

  /// The price of one unit, to the pico-dollar.
  public var unitPrice: UnitPrice { UnitPrice(amount, per: count) }
}
