import MLSystem
import Pricing
import Quantities
import Scenarios
import Statistics

/// Joins the ledgers of replications into lines, months and unit costs.
enum CostJoining {
  /// What the ledgers are read against.
  struct Setting {
    var calendar: BillingCalendar
    /// Answered requests and output tokens of each replication.
    var served: [Double]
    var outputTokens: [Double]
    /// Sources of price rows, by the row's name.
    var sources: [String: String]
    /// Of the intervals.
    var level = 0.95
  }

  static func summary(of ledgers: [Ledger], in setting: Setting) -> CostSummary {
    let totals = ledgers.map { $0.total }
    let total = figure(totals.map(\.known), level: setting.level)
    let lines = lines(of: ledgers, setting.calendar)
    return CostSummary(
      basis: MonthlyCost(LedgerTotal(), over: setting.calendar).basis, lines: lines,
      total: total, perMonth: sum(of: lines, replications: ledgers.count, level: setting.level),
      perThousand: unitCost(totals, setting.served, per: 1000, level: setting.level),
      perMillionTokens: unitCost(totals, setting.outputTokens, per: 1e6, level: setting.level),
      months: monthly(ledgers, setting.calendar), unknown: unknown(in: ledgers),
      prices: prices(in: ledgers, sources: setting.sources), charges: charges(in: ledgers))
  }

  private static func charges(in ledgers: [Ledger]) -> [Charge] {
    ledgers.enumerated().flatMap { replication, ledger in
      ledger.rows.map { row in
        Charge(
          replication: replication, month: row.month.monthText, resource: row.resource,
          category: row.category, kind: row.kind.rawValue, option: row.option.text,
          quantity: row.quantity.value, unit: row.unit, unitPrice: row.unitPrice?.perUnit,
          amount: row.amount, priceRow: row.priceRow, priceDate: row.priceDate)
      }
    }
  }

  /// The mean over replications, rounded half to even to the nano-dollar, with interval and range.
  static func figure(_ values: [Money], level: Double = 0.95) -> MoneyFigure {
    let dollars = values.map(\.dollars)
    let expected = Money(picodollars: values.total().picodollars / Int128(values.count))
      .rounded(to: .nanodollar)
    return MoneyFigure(
      expected: expected,
      interval: values.count > 1 ? .ofMean(dollars, level: level) : nil,
      range: FigureJoining.range(of: dollars), values: values)
  }

  private static func unitCost(
    _ totals: [LedgerTotal], _ units: [Double], per count: Double, level: Double
  ) -> MoneyFigure? {
    guard units.allSatisfy({ $0 > 0 }) else { return nil }
    return figure(
      zip(totals, units).map { $0.recurring.scaled(by: count / $1) }, level: level)
  }

  /// The sum of lines, whose expected value is the sum of theirs to the nano-dollar.
  private static func sum(
    of lines: [CostLine], replications: Int, level: Double
  ) -> MoneyFigure {
    let values = (0..<replications).map { index in
      lines.map { $0.figure.values[index] }.total()
    }
    var sum = figure(values, level: level)
    sum.expected = lines.map(\.figure.expected).total()
    return sum
  }

  /// The cost tree's leaves by category and purchase option, per month.
  private static func lines(of ledgers: [Ledger], _ calendar: BillingCalendar) -> [CostLine] {
    let months = monthsCovered(calendar)
    // A path is text taken apart: it is made once for every row.
    var places: [[[String]: [LedgerRow]]] = []
    var unknown: Set<[String]> = []
    for ledger in ledgers {
      var place: [[String]: [LedgerRow]] = [:]
      for row in ledger.rows {
        let path = path(row)
        if row.amount == nil { unknown.insert(path) }
        if row.kind != .oneOff { place[path, default: []].append(row) }
      }
      places.append(place)
    }
    let paths = Set(places.flatMap(\.keys)).sorted { $0.lexicographicallyPrecedes($1) }
    let lines = paths.map { path in
      let rows = places.map { $0[path] ?? [] }
      let values = rows.map { rows in
        var total = LedgerTotal()
        for row in rows { total.add(row) }
        let isByTheMonth = rows.allSatisfy { $0.kind == .fixed }
        return MonthlyCost(total, over: calendar, isByTheMonth: isByTheMonth).recurring
      }
      let quantities = rows.map { $0.reduce(0) { $0 + $1.quantity.value } / months }
      return CostLine(
        path: path, figure: figure(values),
        quantity: quantities.reduce(0, +) / Double(quantities.count),
        unit: rows.flatMap { $0 }.first?.unit ?? "")
    }
    return lines.filter { line in
      line.figure.values.contains { $0 != .zero } || !unknown.contains(line.path)
    }
  }

  /// Calendar months that the run covers: the sum of the covered shares of the months it touches.
  static func monthsCovered(_ calendar: BillingCalendar) -> Double {
    calendar.months.reduce(0) { $0 + $1.span.seconds / $1.length.seconds }
  }

  /// `serving/ranker` bought on demand is `["serving", "ranker", "on demand"]`.
  private static func path(_ row: LedgerRow) -> [String] {
    var path = row.category.split(separator: "/").map(String.init)
    switch row.kind {
    case .committedUnused: path.append(row.option.text + ", idle")
    case .usage, .committedUsed, .fixed, .oneOff: path.append(row.option.text)
    }
    return path
  }

  private static func monthly(_ ledgers: [Ledger], _ calendar: BillingCalendar) -> [CostMonth] {
    calendar.months.map { month in
      CostMonth(
        label: month.first.monthText, covered: month.span.seconds / month.length.seconds,
        figure: figure(
          ledgers.map { ledger in ledger.total { $0.month == month.first }.known }))
    }
  }

  private static func unknown(in ledgers: [Ledger]) -> [UnknownCost] {
    var found: [UnknownCost] = []
    for row in ledgers.flatMap(\.unknownRows) {
      let item = UnknownCost(path: path(row), reason: "no price: \(row.priceRow)")
      if !found.contains(item) { found.append(item) }
    }
    return found
  }

  /// Prices by item; one that moves, or that is a belief, is told from its lowest to its highest.
  private static func prices(in ledgers: [Ledger], sources: [String: String]) -> [PriceUsed] {
    struct Item: Hashable {
      var name: String
      var unit: String
      var row: String
      var date: String
    }
    var items: [Item] = []
    var ranges: [Item: (low: Money, high: Money)] = [:]
    for row in ledgers.flatMap(\.rows) {
      guard let price = row.unitPrice?.perUnit else { continue }
      let item = Item(
        name: "\(row.resource), \(row.option.text)", unit: row.unit, row: row.priceRow,
        date: row.priceDate)
      if let known = ranges[item] {
        ranges[item] = (min(known.low, price), max(known.high, price))
      } else {
        items.append(item)
        ranges[item] = (price, price)
      }
    }
    return items.map { item in
      let (low, high) = ranges[item] ?? (.zero, .zero)
      let text = QuantityFormatter.money(low)
      let price = low == high ? text : "\(text) to \(QuantityFormatter.money(high))"
      return PriceUsed(
        item: item.name, price: "\(price) per \(item.unit)", date: item.date,
        source: sources[item.row] ?? item.row)
    }
  }

  /// What was asked of each pool, over the time of all replications.
  static func demands(of records: [RunRecord]) -> [MachineDemand] {
    guard let first = records.first else { return [] }
    return first.demands.indices.map { index in
      let each = records.map { $0.demands[index].nanoseconds }
      let most = each.map(\.count).max() ?? 0
      let hours = (0..<most).map { machines in
        each.reduce(0.0) { $0 + (machines < $1.count ? Double($1[machines]) / 3.6e12 : 0) }
      }
      return MachineDemand(pool: first.demands[index].pool, hours: hours)
    }
  }
}

extension CostSummary {
  /// The figures that thresholds and comparisons name.
  var figures: [Figure] {
    func figure(_ metric: String, _ money: MoneyFigure) -> Figure {
      Figure(
        name: "cost.\(metric)", metric: MetricName("cost", metric), statistic: .value,
        unit: .dollars, estimate: money.expected.dollars, interval: money.interval,
        range: money.range, values: money.values.map(\.dollars))
    }
    return [figure("total", total), figure("perMonth", perMonth)]
      + (perThousand.map { [figure("per1k", $0)] } ?? [])
      + (perMillionTokens.map { [figure("per1MTokens", $0)] } ?? [])
  }
}
