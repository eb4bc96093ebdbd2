import MLSystem
import Pricing
import Quantities
import Randomness
import Statistics
import Testing

/// What incidents do to services, and how they are seen and undone.
@Suite struct IncidentTests {
  private func incident(
    _ kind: SystemIncident.Kind, at: Double, last: Double?, repair: Double? = nil
  ) -> SystemIncident {
    SystemIncident(
      name: "trouble", at: .start + .seconds(at), last: last.map { .seconds($0) },
      repair: repair.map { .constant($0) }, kind: kind)
  }

  private func server(
    _ seconds: Double, replicas: Int = 1, ready: Double = 0, pool: Int? = nil,
    balancer: Balancer = .leastOutstanding
  ) -> Service {
    Service(
      name: "server",
      kind: .model(ModelServerPlan(time: .affine(fixed: .seconds(seconds), perItem: .zero))),
      pool: pool,
      replicas: ReplicaPolicy(
        initial: replicas, minimum: replicas, maximum: replicas, ready: .constant(ready)),
      balancer: balancer)
  }

  @Test func anOutageFailsWhatIsInWorkAndEveryCallUntilReplicasHaveStarted() throws {
    // Out from 10 to 15 s, 2 s to start: the request of 8 s is lost in work, that of 16 s finds
    // nobody, those of 2 and 18 s are served.
    var model = Fixture.system(
      [Fixture.stream(arrivals: Fixture.arrivals([2, 8, 16, 18]))], [server(4, ready: 2)],
      horizon: 25)
    model.systemIncidents = [incident(.outage(.service(0)), at: 10, last: 5)]
    let record = try model.simulate(seed: 1, replication: 0)
    #expect(record.counts.served == 2)
    #expect(record.counts.failed == 2)
    #expect(record.figure("server.availability") == 0.72)
    #expect(record.timeline.map(\.kind) == [.incident, .recovery])
    #expect(record.timeline.map(\.at.seconds) == [10, 15])
    #expect(record.incidents.map(\.ended?.seconds) == [15])
    #expect(record.incidents.first?.noticed == nil)
  }

  @Test func aLookupThatIsOutRefusesEveryCall() throws {
    var model = Fixture.system(
      [Fixture.stream(arrivals: Fixture.arrivals([8, 12, 18]))],
      [Fixture.lookup(latency: .constant(0.01))], horizon: 25)
    model.systemIncidents = [incident(.outage(.service(0)), at: 10, last: 5)]
    let record = try model.simulate(seed: 1, replication: 0)
    #expect(record.counts.served == 2)
    #expect(record.counts.failed == 1)
  }

  @Test func aSlowServiceTakesSoManyTimesAsLong() throws {
    // Batches of 1 s, three times as long between 10 and 20 s; one that began before ends in time.
    var model = Fixture.system(
      [Fixture.stream(arrivals: Fixture.arrivals([9.5, 12, 21]))], [server(1)], horizon: 25)
    model.systemIncidents = [
      incident(.slowDown(.service(0), factor: 3), at: 10, last: 10)
    ]
    let record = try model.simulate(seed: 1, replication: 0)
    let histogram = try #require(record.histogram("route.latency"))
    #expect(histogram.count == 3)
    #expect(histogram.maximum == 3_000_000_000)
    #expect(record.figure("route.latency") == 5.0 / 3)
    // A lookup is slowed alike.
    var lookup = Fixture.system(
      [Fixture.stream(arrivals: Fixture.arrivals([9, 12]))],
      [Fixture.lookup(latency: .constant(0.5))], horizon: 25)
    lookup.systemIncidents = model.systemIncidents
    let slowed = try lookup.simulate(seed: 1, replication: 0)
    #expect(slowed.histogram("route.latency")?.maximum == 1_500_000_000)
  }

  @Test func aShareOfTheAnswersIsInError() throws {
    // 4,000 calls, of which 1,000 come while 30 % fail: outside 250...350 with a chance of 5e-4.
    var model = Fixture.system(
      [Fixture.stream(arrivals: Fixture.arrivals((0..<4_000).map { Double($0) / 100 }))],
      [Fixture.lookup(latency: .constant(0.001))], horizon: 41)
    model.systemIncidents = [incident(.errors(.service(0), share: 0.3), at: 10, last: 10)]
    let record = try model.simulate(seed: 1, replication: 0)
    #expect((250...350).contains(record.counts.failed))
    #expect(record.counts.served == 4_000 - record.counts.failed)
  }

  @Test func halfOfTheCapacityIsHalfOfTheReplicas() throws {
    var model = Fixture.system(
      [Fixture.stream(arrivals: Fixture.arrivals([1]))], [server(1, replicas: 5)], horizon: 100)
    model.systemIncidents = [incident(.capacityLoss(.service(0), share: 0.4), at: 20, last: 50)]
    let record = try model.simulate(seed: 1, replication: 0)
    // Two of five for half of the time.
    let availability = try #require(record.figure("server.availability"))
    #expect(abs(availability - 0.8) < 1e-12)
    #expect(record.counts.served == 1)
  }

  @Test func machinesThatAreGoneAreNotPaidAndComeAnew() throws {
    let price = try #require(UnitPrice.dollars("3600"))
    var pool = HardwarePool(
      name: "cpu", instance: "test/one", region: "here", accelerators: 0,
      provisioning: .constant(30),
      offers: [PurchaseOffer(.onDemand, quote: PriceQuote(price, row: "test"))])
    pool.zones = [0, 1]
    var model = Fixture.system(
      [Fixture.stream(arrivals: Fixture.arrivals([1]))],
      [server(1, replicas: 4, ready: 10, pool: 0)], horizon: 200)
    model.pools = [pool]
    model.zones = ["a", "b"]
    model.systemIncidents = [incident(.outage(.zone(1)), at: 50, last: 60)]
    let record = try model.simulate(seed: 1, replication: 0)
    // Two of four in zone b are away from 50 to 110 s, then 30 s on the way and 10 s starting.
    #expect(record.figure("server.availability") == 0.75)
    // At a dollar a second, paid until 50 and from the arrival of the machine at 140 s.
    #expect(record.ledger.total.known.dollars == 620)
  }

  @Test func anAlertOnTheErrorBudgetCallsSomebodyWhoUndoesIt() throws {
    // 600 requests a minute, all in error from the first hour on, against 99 %: the budget burns
    // 100 times too fast, which an hour's window sees above 14.4 after 518 s (the ninth minute).
    var model = Fixture.system(
      [Fixture.stream(arrivals: .poisson, rate: 10)],
      [Fixture.lookup(latency: .constant(0.001))], horizon: 9_000)
    model.objectives = [Objective(name: "up", route: 0, good: .answered, target: 0.99)]
    model.onCall = OnCallPlan(responds: .constant(600))
    model.systemIncidents = [
      incident(.errors(.service(0), share: 1), at: 3_600, last: nil, repair: 120)
    ]
    let record = try model.simulate(seed: 1, replication: 0)
    let trouble = try #require(record.incidents.first)
    #expect(trouble.noticed?.seconds == 4_140)
    #expect(trouble.noticedBy == "up")
    #expect(trouble.answered?.seconds == 4_740)
    #expect(trouble.ended?.seconds == 4_860)
    #expect(trouble.recovered?.seconds == 4_920)
    #expect(trouble.hurt == Double(record.counts.failed))
    #expect(record.figure("trouble.hurt") == trouble.hurt)
    #expect(record.figure("trouble.time-to-notice") == 540)
  }

  @Test func whatWasUsualIsWhatCalmMinutesShow() throws {
    // Every answer of ten minutes is an error, twice: the first time does not make the second
    // usual. Of 6,000 expected requests fewer than 5,600 come with a chance of 1e-7.
    var model = Fixture.system(
      [Fixture.stream(arrivals: .poisson, rate: 10)],
      [Fixture.lookup(latency: .constant(0.001))], horizon: 6_000)
    var second = incident(.errors(.service(0), share: 1), at: 3_600, last: 600)
    second.name = "again"
    model.systemIncidents = [incident(.errors(.service(0), share: 1), at: 600, last: 600), second]
    let record = try model.simulate(seed: 1, replication: 0)
    let again = try #require(record.incidents.last)
    #expect(again.hurt > 5_600)
    #expect(record.incidents.map(\.hurt).reduce(0, +) == Double(record.counts.failed))
  }

  @Test func nothingIsSaidOfAnIncidentThatNeverBegan() throws {
    var model = Fixture.system(
      [Fixture.stream(arrivals: Fixture.arrivals([1]))], [server(1)], horizon: 25)
    model.systemIncidents = [incident(.outage(.service(0)), at: 30, last: 5)]
    let record = try model.simulate(seed: 1, replication: 0)
    #expect(record.incidents.isEmpty)
    #expect(record.figure("trouble.hurt") == nil)
  }
}

/// Alerts on the error budget, minute by minute.
@Suite struct BurnRateWatchTests {
  @Test func theFirstFailuresOfARunDoNotFillAWindowOfDays() {
    // One bad request in a hundred a minute against 99.9 %: a burn of 10, which pages over six
    // hours at 6 when 216 minutes have passed, not at once.
    var watch = BurnRateWatch(objective: 0.999)
    var first: Int?
    for minute in 1...300 {
      let fired = watch.endMinute(ended: Int64(100 * minute), bad: Int64(minute))
      if first == nil, fired.contains(where: { $0.severity == .page }) { first = minute }
    }
    #expect(first == 217)
    #expect(watch.isPaging)
  }

  @Test func anAlertEndsWhenItsShortWindowIsQuiet() {
    var watch = BurnRateWatch(objective: 0.99)
    for minute in 1...20 {
      _ = watch.endMinute(ended: Int64(100 * minute), bad: Int64(100 * minute))
    }
    #expect(watch.isPaging)
    for minute in 21...60 { _ = watch.endMinute(ended: Int64(100 * minute), bad: 2_000) }
    #expect(!watch.isPaging)
  }
}

/// Prices that rise for a time.
@Suite struct PriceSpikeTests {
  @Test func whatIsBoughtMeanwhileIsChargedOnceMoreAndCommitmentsAreNot() throws {
    // Three machines at 3.60 $/h, one of them committed, ten hours; four times the price for two
    // of them: 2 machines x 2 h x 3 x 3.60 $ above the usual 108 $.
    let price = try #require(UnitPrice.dollars("3.6"))
    let quote = PriceQuote(price, row: "test")
    let pool = HardwarePool(
      name: "gpu", instance: "test/one", region: "here", accelerators: 0,
      provisioning: .constant(0),
      offers: [
        PurchaseOffer(.committed(.oneYear), limit: 1, quote: quote),
        PurchaseOffer(.onDemand, quote: quote),
      ])
    var model = Fixture.system(
      [Fixture.stream(arrivals: Fixture.arrivals([1]))],
      [
        Service(
          name: "server",
          kind: .model(ModelServerPlan(time: .affine(fixed: .seconds(1), perItem: .zero))), pool: 0,
          replicas: ReplicaPolicy(initial: 3, minimum: 3, maximum: 3))
      ], horizon: 36_000)
    model.pools = [pool]
    model.systemIncidents = [
      SystemIncident(
        name: "rush", at: .start + .seconds(7_200), last: .seconds(7_200),
        kind: .priceSpike(.pool(0), factor: 4))
    ]
    let record = try model.simulate(seed: 1, replication: 0)
    #expect(record.ledger.total.known.dollars == 108 + 43.2)
    #expect(record.ledger.total(of: "incidents/rush").known.dollars == 43.2)
    #expect(record.figure("rush.lost") == 43.2)
    #expect(record.figure("rush.hurt") == nil)
  }

  @Test func callsThatAreMadeMeanwhileAreDearer() throws {
    let price = try #require(UnitPrice.dollars("0.5"))
    var lookup = Fixture.lookup(latency: .constant(0.01))
    lookup.prices = [ServicePrice(basis: .perCall, quote: PriceQuote(price, row: "test"))]
    var model = Fixture.system(
      [Fixture.stream(arrivals: Fixture.arrivals([1, 11, 12, 13, 21]))], [lookup], horizon: 25)
    model.systemIncidents = [
      SystemIncident(
        name: "rush", at: .start + .seconds(10), last: .seconds(10),
        kind: .priceSpike(.service(0), factor: 3))
    ]
    let record = try model.simulate(seed: 1, replication: 0)
    #expect(record.ledger.total.known.dollars == 5 * 0.5 + 3 * 1)
    #expect(record.figure("rush.lost") == 3)
  }
}
