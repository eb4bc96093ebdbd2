import Pricing
import Quantities
import Statistics

/// What the system costs: lines that add up, unit costs, and what has no price.
package struct CostSummary: Sendable {
  package var currency: String
  /// How a month was made of the run: `calendar months` or `scaled from 1 h to a month of 31 d`.
  package var basis: String
  /// Leaves of the cost tree, per calendar month; their expected values add to `perMonth`.
  package var lines: [CostLine]
  package var total: MoneyFigure
  package var perMonth: MoneyFigure
  /// Dollars for a thousand answered requests, and for a million output tokens; nil where none
  /// were.
  package var perThousand: MoneyFigure?
  package var perMillionTokens: MoneyFigure?
  /// Calendar months of the horizon in order; a month that the run covers in part says so.
  package var months: [CostMonth]
  /// What was used and has no price: line and reason.
  ///
  /// Such money is in no figure above.
  package var unknown: [UnknownCost]
  /// Price rows that the figures stand on, with source and date.
  package var prices: [PriceUsed]
  /// Every charge of every replication: all figures above follow from them.
  package var charges: [Charge]
  /// What was asked of each pool that is paid for; none in files of before it was kept.
  package var demands: [MachineDemand]

  package init(
    currency: String = "USD", basis: String, lines: [CostLine], total: MoneyFigure,
    perMonth: MoneyFigure, perThousand: MoneyFigure? = nil, perMillionTokens: MoneyFigure? = nil,
    months: [CostMonth], unknown: [UnknownCost] = [], prices: [PriceUsed] = [],
    charges: [Charge] = [], demands: [MachineDemand] = []
  ) {
    self.currency = currency
    self.basis = basis
    self.lines = lines
    self.total = total
    self.perMonth = perMonth
    self.perThousand = perThousand
    self.perMillionTokens = perMillionTokens
    self.months = months
    self.unknown = unknown
    self.prices = prices
    self.charges = charges
    self.demands = demands
  }
}

/// How many machines of a pool were asked for over the time of all replications.
package struct MachineDemand: Sendable, Hashable {
  package var pool: String
  /// Hours by number of machines, from none on.
  package var hours: [Double]

  package init(pool: String, hours: [Double]) {
    self.pool = pool
    self.hours = hours
  }
}

/// Money over the replications, in dollars.
package struct MoneyFigure: Sendable {
  /// The mean of the replications, exact to the nano-dollar.
  package var expected: Money
  package var interval: ConfidenceInterval?
  package var range: OutcomeRange?
  /// Of each replication.
  package var values: [Money]

  package init(
    expected: Money, interval: ConfidenceInterval?, range: OutcomeRange?, values: [Money]
  ) {
    self.expected = expected
    self.interval = interval
    self.range = range
    self.values = values
  }

  /// True when every replication cost the same.
  package var isExact: Bool {
    guard let first = values.first, values.count > 1 else { return false }
    return values.allSatisfy { $0 == first }
  }
}

/// A leaf of the cost tree.
package struct CostLine: Sendable {
  /// From the trunk: `["serving", "ranker", "on demand"]`.
  package var path: [String]
  package var figure: MoneyFigure
  /// What was used a month, with its unit, such as 2,976 instance-hours; the mean over
  /// replications.
  package var quantity: Double
  package var unit: String

  package init(path: [String], figure: MoneyFigure, quantity: Double, unit: String) {
    self.path = path
    self.figure = figure
    self.quantity = quantity
    self.unit = unit
  }
}

/// One calendar month of the horizon.
package struct CostMonth: Sendable {
  /// `2027-01`.
  package var label: String
  /// Share of the month that the run covers, 0...1.
  package var covered: Double
  package var figure: MoneyFigure

  package init(label: String, covered: Double, figure: MoneyFigure) {
    self.label = label
    self.covered = covered
    self.figure = figure
  }
}

/// A use without a price.
package struct UnknownCost: Sendable, Hashable {
  package var path: [String]
  package var reason: String

  package init(path: [String], reason: String) {
    self.path = path
    self.reason = reason
  }
}

/// A price row that the figures stand on.
package struct PriceUsed: Sendable, Hashable {
  package var item: String
  package var price: String
  package var date: String
  package var source: String

  package init(item: String, price: String, date: String, source: String) {
    self.item = item
    self.price = price
    self.date = date
    self.source = source
  }
}

/// A row of the ledger of a replication, in words and exact money.
package struct Charge: Sendable, Hashable {
  package var replication: Int
  /// The first day of the calendar month that it belongs to.
  package var month: String
  package var resource: String
  package var category: String
  /// `usage`, `committed, unused`, `fixed` and so on, as in `LedgerRow.Kind`.
  package var kind: String
  package var option: String
  package var quantity: Double
  package var unit: String
  /// The price of one unit; nil where it is unknown.
  package var unitPrice: Money?
  /// Quantity times price, rounded once; nil where the price is unknown.
  package var amount: Money?
  package var priceRow: String
  package var priceDate: String

  package init(
    replication: Int, month: String, resource: String, category: String, kind: String,
    option: String, quantity: Double, unit: String, unitPrice: Money?, amount: Money?,
    priceRow: String, priceDate: String
  ) {
    self.replication = replication
    self.month = month
    self.resource = resource
    self.category = category
    self.kind = kind
    self.option = option
    self.quantity = quantity
    self.unit = unit
    self.unitPrice = unitPrice
    self.amount = amount
    self.priceRow = priceRow
    self.priceDate = priceDate
  }
}
