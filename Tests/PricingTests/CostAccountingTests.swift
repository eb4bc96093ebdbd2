import Pricing
import Quantities
import Testing

private func price(_ text: String) throws -> UnitPrice { try #require(UnitPrice.dollars(text)) }

private func isClose(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= 1e-9 * max(abs(b), 1e-12) }

/// Expected values: golden file `cost-finance-dev.json`, from exact formulas.
@Suite struct CostAccountingTests {
  @Test func savingsPlanThatRunsOut() throws {
    let hour = SavingsPlanHour(
      commitment: .dollars(20),
      uses: [
        .init(name: "h100", hours: 4, planRate: try price("5"), onDemand: try price("10")),
        .init(name: "a100", hours: 6, planRate: try price("2.2"), onDemand: try price("4")),
        .init(name: "l4", hours: 10, planRate: try price("0.5"), onDemand: try price("0.8")),
      ])
    #expect(hour.order == ["h100", "a100", "l4"])
    #expect(hour.coveredHours == [4, 0, 0])
    #expect(hour.onDemandCost == .dollars(32) && hour.unused == .zero && hour.total == .dollars(52))
    #expect(hour.utilisation == 1)
    #expect(isClose(hour.coverage, 0.5555555555555556))
    #expect(isClose(hour.effectiveSavingsRate, 0.2777777777777778))
  }

  @Test func savingsPlanThatIsNotUsed() throws {
    let hour = SavingsPlanHour(
      commitment: .dollars(10),
      uses: [
        .init(name: "h100", hours: 1, planRate: try price("5"), onDemand: try price("10")),
        .init(name: "l4", hours: 2, planRate: try price("0.5"), onDemand: try price("0.8")),
      ])
    #expect(hour.coveredHours == [1, 2])
    #expect(hour.onDemandCost == .zero && hour.unused == .dollars(4) && hour.total == .dollars(10))
    #expect(isClose(hour.utilisation, 0.6) && isClose(hour.coverage, 1))
    #expect(isClose(hour.effectiveSavingsRate, 0.13793103448275856))
  }

  /// A commitment that ends within a use pays a part of its hours.
  @Test func savingsPlanWithinAUse() throws {
    let hour = SavingsPlanHour(
      commitment: .dollars(3),
      uses: [.init(name: "a", hours: 4, planRate: try price("1"), onDemand: try price("2"))])
    #expect(hour.coveredHours == [3])
    #expect(hour.onDemandCost == .dollars(2) && hour.total == .dollars(5))
  }

  @Test(arguments: [
    (IdleSharing.weighted, ["37.5", "62.5", "0"]),
    (.even, ["36.666666667", "56.666666667", "6.666666667"]), (.separate, ["30", "50", "0"]),
  ])
  func idleOfThree(_ method: IdleSharing, expected: [String]) throws {
    let costs = [Money.dollars(30), .dollars(50), .zero]
    let shares = method.shares(of: .dollars(20), among: costs)
    for (place, text) in expected.enumerated() {
      let expected = try #require(Money.dollars(text))
      #expect((costs[place] + shares[place] - expected).magnitude <= .nanodollar)
    }
    #expect(shares.total() == (method == .separate ? .zero : .dollars(20)))
  }

  @Test func idleOfTwo() throws {
    let costs = [try #require(Money.dollars("12.5")), try #require(Money.dollars("37.5"))]
    let weighted = IdleSharing.weighted.shares(of: .dollars(30), among: costs)
    #expect(zip(costs, weighted).map { $0 + $1 } == [.dollars(20), .dollars(60)])
    let even = IdleSharing.even.shares(of: .dollars(30), among: costs)
    #expect(
      zip(costs, even).map { $0 + $1 } == [Money.dollars("27.5"), Money.dollars("52.5")])
    // Nobody bears anything yet: what is weighted is even then.
    #expect(
      IdleSharing.weighted.shares(of: .dollars(9), among: [.zero, .zero, .zero])
        == [.dollars(3), .dollars(3), .dollars(3)])
  }

  @Test func volumeAndRate() throws {
    let variance = PriceVariance(
      quantity: 1000, price: try price("2"), to: 1300, price: try price("1.9"))
    #expect(variance.volume == .dollars(600))
    #expect(variance.rate == .dollars(-130))
    #expect(variance.total == .dollars(470))
  }

  /// The golden demands of `commit-level-0` and `-1`, as time by number of machines.
  @Test func levelOfADemandOverTime() throws {
    func hours(_ demand: [Int]) -> [Double] {
      (0...(demand.max() ?? 0)).map { level in Double(demand.count { $0 == level }) }
    }
    let day = hours([4, 4, 5, 6, 8, 12, 16, 20, 22, 20, 16, 10])
    let (onDemand, committed) = (try price("4"), try price("2.4"))
    #expect(CommitmentLevel.level(hours: day, onDemand: onDemand, committed: committed) == 8)
    func cost(_ level: Int) -> Money {
      CommitmentLevel.cost(at: level, hours: day, onDemand: onDemand, committed: committed)
    }
    #expect(cost(8) == Money.dollars("470.4"))
    #expect(cost(0) == .dollars(572))
    #expect(cost(22) == Money.dollars("633.6"))
    let peak = hours(Array(repeating: 10, count: 20) + Array(repeating: 30, count: 4))
    #expect(
      CommitmentLevel.level(
        hours: peak, onDemand: try price("3"), committed: try price("1.8")) == 10)
    // A commitment that costs more than the hours on demand is never bought, one that is nearly
    // free for every machine that is ever asked for.
    #expect(CommitmentLevel.level(hours: day, onDemand: committed, committed: onDemand) == 0)
    #expect(
      CommitmentLevel.level(hours: day, onDemand: onDemand, committed: try price("0.01")) == 22)
  }

  /// Upfront payments and their use: what is billed and what is charged are equal over the term
  /// (`focus-identity-0` and `-1`).
  @Test(arguments: [(8, 14, 5), (8, 0, 8)])
  func billedEqualsEffectiveOverTheTerm(full: Int, _ partHours: Int, part: Int) throws {
    let rate = try price("2.5")
    let used = Array(repeating: 8, count: 24 - partHours) + Array(repeating: part, count: partHours)
    let hours = (0...8).map { level in Double(used.count { $0 == level }) }
    let billed = CommitmentLevel.cost(at: 8, hours: hours, onDemand: rate, committed: rate)
    #expect(billed == .dollars(480))
    let usedCost = rate.perUnit.times(Int64(used.reduce(0, +)))
    let unused = rate.perUnit.times(Int64(used.reduce(0) { $0 + 8 - $1 }))
    #expect(usedCost + unused == billed)
    if partHours == 14 { #expect(usedCost == .dollars(375) && unused == .dollars(105)) }
  }

  /// A price that grows by 2 % at each turn of the month, over 60 days of 2024.
  @Test func pricesGrowByMonth() throws {
    let calendar = BillingCalendar(
      start: CalendarInstant(year: 2024, month: 1, day: 1), horizon: .days(60))
    var book = UsageBook(calendar)
    func charge(_ resource: String, _ unit: String) throws -> UsageBook.Charge {
      UsageBook.Charge(
        resource: resource, category: resource, option: .onDemand, unit: unit,
        quote: PriceQuote(try price("1"), row: "own"), growth: 0.02)
    }
    let line = book.openTime(try charge("cpu", "instance-hour"))
    book.addTime(of: 1, to: line, from: .start, until: .start + .days(60))
    var ledger = Ledger()
    book.write(into: &ledger)
    book.writeFixed(try charge("seat", "month"), into: &ledger)
    #expect(ledger.rows.map(\.amount).prefix(2) == [.dollars(744), Money.dollars("709.92")])
    #expect(ledger.rows.map(\.unitPrice?.dollars) == [1, 1.02, 1, 1.02])
    #expect(ledger.closes)
  }

  /// Two machines for a quarter of the run, one for a half, none for the rest.
  @Test func demandByNumberOfMachines() throws {
    let calendar = BillingCalendar(
      start: CalendarInstant(year: 2024, month: 1, day: 1), horizon: .days(4))
    var book = UsageBook(calendar)
    var meter = PurchaseMeter(
      pool: "cpu",
      waterfall: PurchaseWaterfall([
        PurchaseOffer(.onDemand, quote: PriceQuote(try price("1"), row: "own"))
      ]), uses: [.init(category: "a"), .init(category: "b")], rule: .exact, in: &book)
    meter.setDemand(1, of: 0, at: .start, in: &book)
    meter.setDemand(1, of: 1, at: .start + .days(1), in: &book)
    meter.setDemand(0, of: 0, at: .start + .days(2), in: &book)
    meter.setDemand(0, of: 1, at: .start + .days(3), in: &book)
    meter.settle(at: .start + .days(4), in: &book)
    let day: Int64 = 86_400_000_000_000
    #expect(meter.demandTimes == [day, 2 * day, day])
  }
}
