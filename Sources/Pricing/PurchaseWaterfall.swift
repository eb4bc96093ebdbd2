import Quantities

/// One way of buying machines of a pool, with its price and how many it gives.
public struct PurchaseOffer: Hashable, Sendable {
  /// How they are bought: on demand, spot or committed.
  public var option: PurchaseOption
  /// How many machines it gives at most, or nil: as many as are asked for.
  public var limit: Int?
  /// The price of one machine-hour.
  public var quote: PriceQuote
  /// Growth of the price per month as a ratio, compounded at each turn of the month; a committed
  /// price does not move.
  public var growth: Double

  /// An offer; a committed one needs a limit, for that many are paid, used or not.
  public init(
    _ option: PurchaseOption, limit: Int? = nil, quote: PriceQuote, growth: Double = 0
  ) {
    switch option {
    case .committed: precondition(limit != nil, "a commitment is for a number of machines")
    case .onDemand, .spot: break
    case .perUnit, .fixed, .oneOff: preconditionFailure("machines are not bought this way")
    }
    precondition((limit ?? 0) >= 0, "an offer does not give a negative number of machines")
    self.option = option
    self.limit = limit
    self.quote = quote
    self.growth = growth
  }

  /// Whether its machines are paid, used or not.
  public var isCommitted: Bool {
    if case .committed = option { true } else { false }
  }
}

/// The order in which machines are bought: the first offer that has room pays.
public struct PurchaseWaterfall: Hashable, Sendable {
  /// The offers, first choice first.
  public let offers: [PurchaseOffer]

  /// A waterfall of at least one offer.
  public init(_ offers: [PurchaseOffer]) {
    precondition(!offers.isEmpty, "machines are bought in some way")
    self.offers = offers
  }

  /// How many machines can be had, or nil: any number.
  public var capacity: Int? {
    var sum = 0
    for offer in offers {
      guard let limit = offer.limit else { return nil }
      sum += limit
    }
    return sum
  }

  /// How many machines each offer pays at a demand; what no offer has room for is left over.
  public func split(demand: Int) -> (machines: [Int], unserved: Int) {
    precondition(demand >= 0, "a demand is not negative")
    var left = demand
    let machines = offers.map { offer in
      let taken = min(left, offer.limit ?? left)
      left -= taken
      return taken
    }
    return (machines, left)
  }
}
