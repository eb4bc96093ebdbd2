import Pricing
import Quantities
import Testing

private let start = CalendarInstant(year: 2024, month: 1, day: 1)

private func quote(_ text: String?) -> PriceQuote {
  PriceQuote(text.flatMap { UnitPrice.dollars($0) }, row: "test")
}

private func hours(_ count: Int) -> Duration {
  Duration(nanoseconds: Int64(count) * 3_600_000_000_000)
}

private func charge(
  _ category: String, _ price: String?, resource: String = "cpu", tags: [LedgerTag] = []
) -> UsageBook.Charge {
  UsageBook.Charge(
    resource: resource, category: category, option: .onDemand, unit: "instance-hour",
    quote: quote(price), tags: tags)
}

@Suite struct LedgerTests {
  /// 40 days from January 20: 12 days, the 29 days of a leap February, 1 day of March less 2.
  @Test func monthsOfARun() {
    let calendar = BillingCalendar(
      start: CalendarInstant(year: 2024, month: 1, day: 20, hour: 6), horizon: hours(40 * 24))
    #expect(calendar.months.map(\.first.monthText) == ["2024-01", "2024-02"])
    #expect(calendar.months.map(\.span) == [hours(11 * 24 + 18), hours(28 * 24 + 6)])
    #expect(calendar.months.map(\.length) == [hours(31 * 24), hours(29 * 24)])
    #expect(calendar.month(at: .start) == 0)
    #expect(calendar.month(at: .start + hours(11 * 24 + 18)) == 1)
    #expect(calendar.month(at: .start + hours(40 * 24)) == 1)
    #expect(calendar.civil(.start + hours(1)).description == "2024-01-20T07:00Z")
  }

  @Test func timeIsSharedOutOverMonths() throws {
    let calendar = BillingCalendar(start: start, horizon: hours(60 * 24))
    var book = UsageBook(calendar)
    let line = book.openTime(charge("serving/ranker", "0.4032"))
    // From noon of January 31 to noon of February 2, three machines; what is past the end is not
    // counted.
    book.addTime(
      of: 3, to: line, from: .start + hours(30 * 24 + 12), until: .start + hours(32 * 24 + 12))
    book.addTime(
      of: 1, to: line, from: .start + hours(60 * 24 - 1), until: .start + hours(61 * 24))
    var ledger = Ledger()
    book.write(into: &ledger)
    #expect(ledger.rows.map(\.quantity.value) == [36, 109])
    #expect(ledger.rows.map(\.month.monthText) == ["2024-01", "2024-02"])
    #expect(ledger.rows.map(\.amount) == [Money.dollars("14.5152"), Money.dollars("43.9488")])
    #expect(ledger.total.known == Money.dollars("58.464"))
    #expect(ledger.closes)
  }

  @Test func unknownIsCountedAndNeverZero() throws {
    let calendar = BillingCalendar(start: start, horizon: hours(24))
    var book = UsageBook(calendar)
    let known = book.openTime(charge("serving/ranker", "2"))
    let unknown = book.openTime(charge("training", nil))
    let unused = book.openTime(charge("rollout", nil))
    book.addTime(of: 1, to: known, from: .start, until: .start + hours(10))
    book.addTime(of: 1, to: unknown, from: .start, until: .start + hours(5))
    book.addTime(of: 0, to: unused, from: .start, until: .start + hours(5))
    var ledger = Ledger()
    book.write(into: &ledger)
    #expect(ledger.total.known == Money.dollars(20))
    #expect(ledger.total.unknownRows == 1 && !ledger.total.isComplete)
    #expect(ledger.unknownRows.map(\.category) == ["training"])
    #expect(ledger.total(of: "serving").isComplete)
    #expect(ledger.closes)
  }

  @Test func groupsAddToTheTotal() throws {
    let calendar = BillingCalendar(start: start, horizon: hours(60 * 24))
    var book = UsageBook(calendar)
    // A price that does not divide evenly, so that every row rounds.
    let lines = ["serving/ranker", "serving/features", "servings", "training/full"].map {
      book.openTime(
        charge($0, "0.333333333333", resource: $0, tags: [LedgerTag("owner", $0)]))
    }
    for (index, line) in lines.enumerated() {
      book.addTime(
        of: index + 1, to: line, from: Instant(nanoseconds: Int64(index) * 7_777_777),
        until: .start + hours(31 * 24 + index))
    }
    let tokens = book.openCount(
      UsageBook.Charge(
        resource: "api", category: "api", option: .perUnit, unit: "token",
        quote: quote("0.0000025")))
    book.add(1_234_567, to: tokens, at: .start)
    book.add(1, to: tokens, at: .start + hours(59 * 24))
    book.addOneOff(
      charge("set-up", nil), amount: Money.dollars("99.99"), at: .start + hours(60 * 24))
    var ledger = Ledger()
    book.write(into: &ledger)
    book.writeFixed(charge("store", "480"), into: &ledger)
    #expect(ledger.closes)
    let total = ledger.total.known
    #expect(ledger.rows.compactMap(\.amount).reduce(.zero, +) == total)
    #expect(
      ledger.totals(byCategoryTo: 1).map(\.key)
        == ["api", "serving", "servings", "set-up", "store", "training"])
    #expect(
      ledger.total(of: "serving").known
        == ledger.totals(byCategoryTo: 1).first { $0.key == "serving" }?.total.known)
    #expect(ledger.totalsByMonth().map(\.key.monthText) == ["2024-01", "2024-02"])
    #expect(ledger.total(of: "api").known == Money.dollars("3.08642"))
    #expect(ledger.total.oneOff == Money.dollars("99.99"))
    // 480 $ in January, and 29 of 29 days of February.
    #expect(ledger.total(of: "store").known == Money.dollars(960))
    #expect(ledger.totals(byTag: "owner").map(\.key).first == "")
  }

  /// Three kinds of tokens at a provider: 2.50 $ a million in, half of it for those that are
  /// cached, 10 $ out; two tenants.
  @Test func tokensAreBilledAtTheirOwnPricesAndAddUp() throws {
    let calendar = BillingCalendar(start: start, horizon: hours(24))
    var book = UsageBook(calendar)
    let prices = [("input", "0.0000025"), ("cached", "0.00000125"), ("output", "0.00001")]
    let counts: [[Int64]] = [[1_000_003, 499_999, 200_001], [7, 0, 3]]
    for (place, tenant) in ["sales", "support"].enumerated() {
      for (kind, item) in prices.enumerated() {
        let line = book.openCount(
          UsageBook.Charge(
            resource: "api", category: "api/\(item.0)", option: .perUnit, unit: "token",
            quote: quote(item.1), tags: [LedgerTag("tenant", tenant)]))
        book.add(counts[place][kind], to: line, at: .start)
      }
    }
    var ledger = Ledger()
    book.write(into: &ledger)
    #expect(ledger.closes)
    #expect(ledger.total(of: "api/input").known == Money.dollars("2.500025"))
    #expect(ledger.total(of: "api/cached").known == Money.dollars("0.624998750"))
    #expect(ledger.total(of: "api/output").known == Money.dollars("2.000040"))
    #expect(ledger.total(of: "api").known == Money.dollars("5.125063750"))
    #expect(
      ledger.totals(byTag: "tenant").map(\.total.known).reduce(.zero, +)
        == ledger.total(of: "api").known)
  }

  @Test func aRowRoundsOnce() throws {
    // A third of an hour at 1 $: 0.333333333 $, to the nano-dollar.
    let row = LedgerRow(
      from: start, to: start, resource: "cpu", category: "x", kind: .usage, option: .onDemand,
      quantity: .hours(nanoseconds: 1_200_000_000_000), unit: "instance-hour", quote: quote("1"))
    #expect(row.amount == Money.dollars("0.333333333"))
    #expect(row.quantity.value == 1.0 / 3)
  }
}

@Suite struct MonthlyCostTests {
  private func total(_ recurring: String, oneOff: String) throws -> LedgerTotal {
    var total = LedgerTotal()
    total.oneOff = try #require(Money.dollars(oneOff))
    total.known = try #require(Money.dollars(recurring)) + total.oneOff
    return total
  }

  @Test func anHourIsExtendedToItsMonth() throws {
    let calendar = BillingCalendar(
      start: CalendarInstant(year: 2024, month: 2, day: 1), horizon: hours(1))
    let cost = MonthlyCost(try total("2", oneOff: "500"), over: calendar)
    #expect(cost.recurring == Money.dollars(2 * 29 * 24))
    #expect(cost.oneOff == Money.dollars(500))
    #expect(cost.total == Money.dollars(2 * 29 * 24 + 500))
    #expect(cost.isExtended && cost.basis.contains("29 days"))
  }

  @Test func aWholeMonthIsItself() throws {
    let calendar = BillingCalendar(start: start, horizon: hours(31 * 24))
    let cost = MonthlyCost(try total("123.456789", oneOff: "10"), over: calendar)
    #expect(cost.recurring == Money.dollars("123.456789"))
    #expect(cost.total == Money.dollars("133.456789"))
    #expect(!cost.isExtended)
  }

  /// From 4 January to 3 February: 28 of 31 and 2 of 29 days of 480 $ a month.
  @Test func aPriceByTheMonthIsItselfAcrossItsTurn() throws {
    let calendar = BillingCalendar(
      start: CalendarInstant(year: 2024, month: 1, day: 4), horizon: hours(30 * 24))
    let book = UsageBook(calendar)
    var ledger = Ledger()
    book.writeFixed(charge("store", "480"), into: &ledger)
    let cost = MonthlyCost(ledger.total, over: calendar, isByTheMonth: true)
    let off = (cost.recurring - .dollars(480)).magnitude
    #expect(off <= .nanodollar + .nanodollar)
    #expect(!cost.isExtended)
  }

  @Test func severalMonthsAreAveraged() throws {
    // January, February and half of March 2024.
    let calendar = BillingCalendar(start: start, horizon: hours((31 + 29) * 24 + 31 * 12))
    let cost = MonthlyCost(try total("250", oneOff: "5"), over: calendar)
    #expect(cost.recurring == Money.dollars(100))
    #expect(cost.oneOff == Money.dollars(2))
    #expect(!cost.isExtended)
  }
}
