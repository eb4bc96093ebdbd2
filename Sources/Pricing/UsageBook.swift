import Quantities

/// Counts what is used, per line and calendar month, and writes it into a ledger at the end.
///
/// A run of any length keeps one whole number per line and month and writes few rows. Time is
/// counted in nanoseconds, so nothing is rounded before the one rounding of a row.
public struct UsageBook: Sendable {
  /// Names one line of the book.
  public struct Line: Hashable, Sendable, BitwiseCopyable {
    let index: Int
  }

  /// What a line charges.
  public struct Charge: Hashable, Sendable {
    /// What is bought: a pool, a service, a data set.
    public var resource: String
    /// What it is for: a path such as `serving/ranker`.
    public var category: String
    /// What kind of charge it is.
    public var kind: LedgerRow.Kind
    /// How it is bought.
    public var option: PurchaseOption
    /// The unit of its quantity, such as `instance-hour`.
    public var unit: String
    /// Its price.
    public var quote: PriceQuote
    /// Growth of the price per month as a ratio, compounded at each turn of the month.
    public var growth: Double
    /// Owners.
    public var tags: [LedgerTag]

    /// A charge per unit.
    public init(
      resource: String, category: String, kind: LedgerRow.Kind = .usage, option: PurchaseOption,
      unit: String, quote: PriceQuote, growth: Double = 0, tags: [LedgerTag] = []
    ) {
      self.resource = resource
      self.category = category
      self.kind = kind
      self.option = option
      self.unit = unit
      self.quote = quote
      self.growth = growth
      self.tags = tags
    }

    /// The price in a month of the run, the first being 0, rounded once to the nano-dollar.
    func quote(inMonth month: Int) -> PriceQuote {
      guard growth != 0, month > 0 else { return quote }
      // Repeated products are the same on any CPU.
      var factor = 1.0
      for _ in 0..<month { factor *= 1 + growth }
      var quote = quote
      quote.price = quote.price?.scaled(by: factor)
      return quote
    }
  }

  /// The months of the run.
  public let calendar: BillingCalendar
  private var charges: [Charge] = []
  private var denominators: [Int128] = []
  // The usage of line l in month m stands at l * months + m.
  private var usage: [Int128] = []
  private var oneOffs: [(charge: Charge, at: Instant, amount: Money?)] = []

  /// An empty book of a run.
  public init(_ calendar: BillingCalendar) { self.calendar = calendar }

  /// Opens a line that counts whole things: tokens, labels, requests.
  public mutating func openCount(_ charge: Charge) -> Line { open(charge, denominator: 1) }

  /// Opens a line that counts time and is priced by the hour.
  public mutating func openTime(_ charge: Charge) -> Line {
    open(charge, denominator: 3_600_000_000_000)
  }

  private mutating func open(_ charge: Charge, denominator: Int128) -> Line {
    charges.append(charge)
    denominators.append(denominator)
    usage.append(contentsOf: repeatElement(0, count: calendar.months.count))
    return Line(index: charges.count - 1)
  }

  /// Counts things that are used at an instant.
  ///
  /// - Complexity: O(log months).
  public mutating func add(_ count: Int64, to line: Line, at instant: Instant) {
    usage[line.index * calendar.months.count + calendar.month(at: instant)] += Int128(count)
  }

  /// Counts time of `machines` machines within a span, shared out over its months.
  ///
  /// What lies outside the run is not counted.
  ///
  /// - Complexity: O(log months + months of the span).
  public mutating func addTime(
    of machines: Int, to line: Line, from: Instant, until: Instant
  ) {
    guard machines > 0, from < until else { return }
    var month = calendar.month(at: from)
    while month < calendar.months.count {
      let part = calendar.months[month]
      let span = min(until, part.to) - max(from, part.from)
      if span > .zero {
        usage[line.index * calendar.months.count + month] +=
          Int128(machines) * Int128(span.nanoseconds)
      }
      if part.to >= until { return }
      month += 1
    }
  }

  /// Charges a cost that arises once, at an instant; nil is an unknown cost.
  public mutating func addOneOff(_ charge: Charge, amount: Money?, at instant: Instant) {
    oneOffs.append((charge, instant, amount))
  }

  /// The usage of a line over all months, in its counted unit (nanoseconds for time).
  public func usage(of line: Line) -> Int128 {
    let months = calendar.months.count
    return usage[line.index * months..<(line.index + 1) * months].reduce(0, +)
  }

  /// Writes everything that was used into a ledger: by month, then by line, then what arose once.
  ///
  /// A line that was not used in a month gets no row there, and neither does a free one.
  public func write(into ledger: inout Ledger) {
    for (month, part) in calendar.months.enumerated() {
      for line in charges.indices {
        let count = usage[line * calendar.months.count + month]
        guard count != 0 else { continue }
        var charge = charges[line]
        charge.quote = charge.quote(inMonth: month)
        ledger.append(
          row(
            charge, LedgerQuantity(count, per: denominators[line]),
            from: calendar.civil(part.from), to: calendar.civil(part.to)))
      }
    }
    for item in oneOffs {
      var charge = item.charge
      charge.kind = .oneOff
      charge.option = .oneOff
      charge.quote.price = item.amount.map { UnitPrice($0) }
      // What arises as the run ends belongs to its last month.
      let end = calendar.months[calendar.months.count - 1].to
      let instant = calendar.civil(
        min(item.at, Instant(nanoseconds: end.nanoseconds - 1)))
      ledger.append(row(charge, LedgerQuantity(1), from: instant, to: instant))
    }
  }

  /// Writes a monthly price, in shares of the calendar months that the run covers.
  ///
  /// - Parameter count: how many of it are paid, such as seats.
  public func writeFixed(
    _ charge: Charge, count: Int64 = 1, into ledger: inout Ledger
  ) {
    for (month, part) in calendar.months.enumerated() {
      var charge = charge
      charge.quote = charge.quote(inMonth: month)
      charge.kind = .fixed
      charge.option = .fixed
      let share = LedgerQuantity(
        Int128(part.span.nanoseconds) * Int128(count), per: Int128(part.length.nanoseconds))
      ledger.append(
        row(charge, share, from: calendar.civil(part.from), to: calendar.civil(part.to)))
    }
  }

  private func row(
    _ charge: Charge, _ quantity: LedgerQuantity, from: CalendarInstant, to: CalendarInstant
  ) -> LedgerRow {
    LedgerRow(
      from: from, to: to, resource: charge.resource, category: charge.category,
      kind: charge.kind, option: charge.option, quantity: quantity, unit: charge.unit,
      quote: charge.quote, tags: charge.tags)
  }
}
