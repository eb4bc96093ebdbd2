import Quantities

/// One charge: what was used, at which price, for whom.
public struct LedgerRow: Hashable, Sendable {
  /// What kind of charge it is.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Something was used and is paid for.
    case usage
    /// Committed machines that were used.
    case committedUsed = "committed, used"
    /// Committed machines that stood idle.
    case committedUnused = "committed, unused"
    /// A share of a monthly price.
    case fixed
    /// A cost that arises once.
    case oneOff = "one-off"
  }

  /// Where the charged time begins; rows do not cross a month.
  public var from: CalendarInstant
  /// Where it ends, exclusive.
  public var to: CalendarInstant
  /// What was bought: a pool, a service, a data set.
  public var resource: String
  /// What it was for: a path such as `serving/ranker`.
  public var category: String
  /// What kind of charge it is.
  public var kind: Kind
  /// How it was bought.
  public var option: PurchaseOption
  /// How much, exactly.
  public var quantity: LedgerQuantity
  /// The unit of the quantity, such as `instance-hour`.
  public var unit: String
  /// The price of one unit, or nil: unknown.
  public var unitPrice: UnitPrice?
  /// The row of a price table that the price came from.
  public var priceRow: String
  /// The day of the price, or empty.
  public var priceDate: String
  /// Owners, in the order given.
  public var tags: [LedgerTag]
  /// Quantity times price, rounded once to the nano-dollar, ties to even; nil where the price is
  /// unknown.
  public let amount: Money?

  /// A charge whose amount follows from its quantity and price.
  public init(
    from: CalendarInstant, to: CalendarInstant, resource: String, category: String, kind: Kind,
    option: PurchaseOption, quantity: LedgerQuantity, unit: String, quote: PriceQuote,
    tags: [LedgerTag] = []
  ) {
    self.from = from
    self.to = to
    self.resource = resource
    self.category = category
    self.kind = kind
    self.option = option
    self.quantity = quantity
    self.unit = unit
    unitPrice = quote.price
    priceRow = quote.row
    priceDate = quote.date
    self.tags = tags
    amount = quote.price.map { $0.perUnit.times(quantity.numerator, over: quantity.denominator) }
  }

  /// Midnight of the first day of the month that the charge belongs to.
  public var month: CalendarInstant { from.startOfMonth }
}

/// A quantity as an exact fraction, such as nanoseconds over the nanoseconds of an hour.
public struct LedgerQuantity: Hashable, Sendable {
  /// The counted whole number.
  public var numerator: Int128
  /// How many of it make one unit; positive.
  public var denominator: Int128

  /// `numerator / denominator` units.
  public init(_ numerator: Int128, per denominator: Int128 = 1) {
    precondition(denominator > 0, "a unit consists of something")
    self.numerator = numerator
    self.denominator = denominator
  }

  /// Nanoseconds of machine time as hours.
  public static func hours(nanoseconds: Int128) -> LedgerQuantity {
    LedgerQuantity(nanoseconds, per: 3_600_000_000_000)
  }

  /// The quantity to the nearest `Double`, for reports.
  public var value: Double {
    let (whole, rest) = numerator.quotientAndRemainder(dividingBy: denominator)
    return Double(whole) + Double(rest) / Double(denominator)
  }
}

/// An owner tag of a charge.
public struct LedgerTag: Hashable, Sendable {
  /// What the tag says, such as `owner`.
  public var key: String
  /// Its value, such as `search-ranking`.
  public var value: String

  /// A tag.
  public init(_ key: String, _ value: String) {
    self.key = key
    self.value = value
  }
}
