import Pricing
import Quantities
import Testing

private let hour: Int64 = 3_600_000_000_000

private func at(_ hours: Double) -> Instant { Instant(nanoseconds: Int64(hours * Double(hour))) }

private func offer(
  _ option: PurchaseOption, _ limit: Int? = nil, _ price: String?
) -> PurchaseOffer {
  PurchaseOffer(
    option, limit: limit,
    quote: PriceQuote(price.flatMap { UnitPrice.dollars($0) }, row: "test"))
}

private func book(_ hours: Int64) -> UsageBook {
  UsageBook(
    BillingCalendar(
      start: CalendarInstant(year: 2024), horizon: Duration(nanoseconds: hours * hour)))
}

private func ledger(_ book: UsageBook) -> Ledger {
  var ledger = Ledger()
  book.write(into: &ledger)
  return ledger
}

@Suite struct PurchaseMeterTests {
  @Test func theFirstOfferThatHasRoomPays() {
    let waterfall = PurchaseWaterfall([
      offer(.committed(.oneYear), 3, "1"), offer(.spot, 4, "0.5"), offer(.onDemand, nil, "2"),
    ])
    #expect(waterfall.split(demand: 0).machines == [0, 0, 0])
    #expect(waterfall.split(demand: 2).machines == [2, 0, 0])
    #expect(waterfall.split(demand: 9).machines == [3, 4, 2])
    #expect(waterfall.capacity == nil)
    let small = PurchaseWaterfall([offer(.spot, 4, "0.5")])
    #expect(small.capacity == 4 && small.split(demand: 6) == ([4], 2))
  }

  /// Golden `focus-identity-0`: 8 committed at 2.5 $/h for 24 h; 10 h use 8 and 14 h use 5.
  @Test func committedHoursArePaidUsedOrNot() {
    var book = book(24)
    var meter = PurchaseMeter(
      pool: "gpu", waterfall: PurchaseWaterfall([offer(.committed(.oneYear), 8, "2.5")]),
      uses: [.init(category: "serving")], rule: .exact, unusedCategory: "idle", in: &book)
    meter.setDemand(8, of: 0, at: .start, in: &book)
    meter.setDemand(5, of: 0, at: at(10), in: &book)
    meter.settle(at: at(24), in: &book)
    let ledger = ledger(book)
    #expect(ledger.total { $0.kind == .committedUsed }.known == Money.dollars(375))
    #expect(ledger.total { $0.kind == .committedUnused }.known == Money.dollars(105))
    #expect(ledger.total(of: "idle").known == Money.dollars(105))
    #expect(ledger.total.known == Money.dollars(480))
    #expect(ledger.closes)
  }

  @Test func overflowGoesToTheNextOffer() {
    var book = book(10)
    var meter = PurchaseMeter(
      pool: "cpu",
      waterfall: PurchaseWaterfall([
        offer(.committed(.oneYear), 3, "0.25"), offer(.onDemand, nil, "0.4"),
      ]),
      uses: [.init(category: "serving"), .init(category: "canary")], rule: .exact, in: &book)
    meter.setDemand(2, of: 0, at: .start, in: &book)
    meter.setDemand(5, of: 0, at: at(2), in: &book)  // two on demand
    meter.setDemand(1, of: 1, at: at(4), in: &book)  // the canary is the marginal machine
    meter.setDemand(0, of: 1, at: at(6), in: &book)
    meter.setDemand(3, of: 0, at: at(8), in: &book)
    meter.settle(at: at(10), in: &book)
    let ledger = ledger(book)
    // Committed: 30 machine-hours, 2 of them unused; on demand: 2 × 6 h and the canary's 2 h.
    #expect(ledger.total { $0.kind == .committedUsed }.known == Money.dollars(7))
    #expect(ledger.total { $0.kind == .committedUnused }.known == Money.dollars("0.5"))
    #expect(ledger.total(of: "canary").known == Money.dollars("0.8"))
    #expect(ledger.total { $0.option == .onDemand }.known == Money.dollars("5.6"))
    #expect(ledger.closes)
  }

  @Test func aDrySpotMarketFallsThrough() {
    var book = book(4)
    var meter = PurchaseMeter(
      pool: "gpu",
      waterfall: PurchaseWaterfall([offer(.spot, nil, "1"), offer(.onDemand, nil, "3")]),
      uses: [.init(category: "training")], rule: .exact, in: &book)
    meter.setDemand(2, of: 0, at: .start, in: &book)
    meter.setLimit(0, of: 0, at: at(1), in: &book)
    #expect(meter.machines(of: 1) == 2 && meter.unserved == 0)
    meter.setLimit(nil, of: 0, at: at(3), in: &book)
    meter.settle(at: at(4), in: &book)
    let ledger = ledger(book)
    #expect(ledger.total { $0.option == .spot }.known == Money.dollars(4))
    #expect(ledger.total { $0.option == .onDemand }.known == Money.dollars(12))
  }

  @Test func shortUseIsRoundedUp() {
    let rule = BillingRule(increment: .seconds(1), minimum: .seconds(60))
    #expect(rule.billed(.seconds(10)) == .seconds(60))
    #expect(rule.billed(.seconds(60.2)) == .seconds(61))
    #expect(rule.billed(.seconds(61)) == .seconds(61))
    #expect(BillingRule.exact.billed(.seconds(0.5)) == .seconds(0.5))
    var book = book(1)
    var meter = PurchaseMeter(
      pool: "cpu",
      waterfall: PurchaseWaterfall([
        offer(.committed(.oneYear), 1, "36"), offer(.onDemand, nil, "36"),
      ]),
      uses: [.init(category: "serving")], rule: rule, in: &book)
    meter.setDemand(2, of: 0, at: .start, in: &book)
    let stop = Instant.start + .seconds(10)
    meter.addRoundingUp(of: 0, started: .start, stopped: stop, in: &book)
    meter.setDemand(1, of: 0, at: stop, in: &book)
    // A committed machine that stops adds nothing: its hours are paid anyway.
    meter.addRoundingUp(
      of: 0, started: stop, stopped: stop + .seconds(10), in: &book)
    meter.settle(at: at(1), in: &book)
    let ledger = ledger(book)
    #expect(ledger.total { $0.option == .onDemand }.known == Money.dollars("0.6"))
    #expect(ledger.total.known == Money.dollars("36.6"))
  }

  /// Every machine-hour is paid by exactly one offer, whatever the demand does.
  @Test func machineTimeIsConserved() {
    var book = book(2000)
    var meter = PurchaseMeter(
      pool: "cpu",
      waterfall: PurchaseWaterfall([
        offer(.committed(.threeYears), 7, "1"), offer(.spot, 5, "1"), offer(.onDemand, nil, "1"),
      ]),
      uses: [.init(category: "a"), .init(category: "b"), .init(category: "c")], rule: .exact,
      in: &book)
    var state: UInt64 = 1
    func next(_ bound: UInt64) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % bound)
    }
    var demand = [0, 0, 0]
    var used: Int128 = 0
    var idle: Int128 = 0
    var last: Int64 = 0
    let end = 2000 * hour
    while last < end {
      let now = min(end, last + Int64(next(20_000)) * 1_000_000_007)
      used += Int128(now - last) * Int128(demand.reduce(0, +))
      idle += Int128(now - last) * Int128(max(0, 7 - demand.reduce(0, +)))
      last = now
      let use = next(3)
      demand[use] = next(9)
      meter.setDemand(demand[use], of: use, at: Instant(nanoseconds: now), in: &book)
    }
    meter.settle(at: Instant(nanoseconds: end), in: &book)
    let ledger = ledger(book)
    let time: (LedgerRow.Kind?) -> Int128 = { kind in
      ledger.rows.filter { ($0.kind == .committedUnused) == (kind == .committedUnused) }
        .reduce(0) { $0 + $1.quantity.numerator }
    }
    #expect(time(nil) == used)
    #expect(time(.committedUnused) == idle)
    #expect(ledger.closes)
    // Three months, at most 3 offers of 3 uses and the unused line each.
    #expect(ledger.rows.count <= 3 * 10)
  }
}
