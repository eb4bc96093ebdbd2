import Quantities

/// What of a change of `quantity · price` comes from the quantity and what from the price.
///
/// The rule of cost accounting: the volume is judged at the old price, the rate at the new
/// quantity, so both add to the change.
public struct PriceVariance: Hashable, Sendable {
  /// The change of quantity at the old price.
  public var volume: Money
  /// The change of price at the new quantity.
  public var rate: Money

  /// From one quantity and price to another.
  public init(
    quantity before: Double, price old: UnitPrice, to after: Double, price new: UnitPrice
  ) {
    volume = old.cost(of: after) - old.cost(of: before)
    rate = new.cost(of: after) - old.cost(of: after)
  }

  /// Both together: the change of the cost.
  public var total: Money { volume + rate }
}
