import MLSystem
import Quantities
import Randomness
import Statistics
import Testing

/// The rules by which batches are formed and requests are sent to replicas.
@Suite struct BatchingTests {
  private func run(
    _ seconds: [Double], items: [Int]? = nil, _ service: Service, horizon: Double = 100
  ) throws -> RunRecord {
    try Fixture.system(
      [Fixture.stream(arrivals: Fixture.arrivals(seconds, items: items))], [service],
      horizon: horizon
    ).simulate(seed: 1, replication: 0)
  }

  private func server(
    requests: Int = 8, items: Int = .max, delay: Double = 0, replicas: Int = 1,
    balancer: Balancer = .sharedQueue
  ) -> Service {
    Fixture.service(
      time: .affine(fixed: .seconds(1), perItem: .seconds(0.1)), replicas: replicas,
      balancer: balancer, requests: requests, items: items, delay: .seconds(delay))
  }

  @Test func withoutDelayAnIdleReplicaTakesWhatIsThere() throws {
    // 0: alone until 1.1. The three that came meanwhile: 1.1 to 2.4.
    let record = try run([0, 0.2, 0.4, 0.6], server())
    #expect(record.figure("server.batch") == 2)
    #expect(record.histogram("route.latency")?.maximum == 2_200_000_000)
    #expect(record.histogram("route.latency")?.minimum == 1_100_000_000)
  }

  @Test func aDelayLetsABatchForm() throws {
    // The first waits until 0.5 for company and gets it at 0.3; both are done at 1.7.
    let record = try run([0, 0.3], server(delay: 0.5))
    #expect(record.figure("server.batch") == 2)
    #expect(record.histogram("route.latency")?.maximum == 1_700_000_000)
    #expect(record.histogram("server.wait")?.maximum == 500_000_000)
  }

  @Test func aFullBatchDoesNotWait() throws {
    let record = try run([0, 0.3], server(requests: 2, delay: 5))
    // Started at 0.3 with both.
    #expect(record.histogram("server.wait")?.maximum == 300_000_000)
    #expect(record.histogram("route.latency")?.maximum == 1_500_000_000)
  }

  @Test func itemsLimitABatch() throws {
    // Items 6, 3, 4 with at most 8: the third starts a batch of its own.
    let record = try run([0, 0, 0], items: [6, 3, 4], server(items: 8, delay: 0.5))
    // Nine items are enough to start at once, but only the first fits: 0 to 1.6, then 1.6 to 3.3.
    #expect(record.figure("server.batch") == 1.5)
    #expect(record.histogram("route.latency")?.maximum == 3_300_000_000)
  }

  @Test func whatIsLargerThanABatchGoesAlone() throws {
    let record = try run([0], items: [50], server(items: 8))
    #expect(record.counts.served == 1)
    #expect(record.histogram("route.latency")?.maximum == 6_000_000_000)
  }

  @Test func overdueRequestsGoAsSoonAsAReplicaIsFree() throws {
    // 0 starts at 0.5 and ends at 1.6; the one of 0.6 is overdue at 1.1 and goes at 1.6.
    let record = try run([0, 0.6], server(delay: 0.5))
    #expect(record.histogram("server.wait")?.maximum == 1_000_000_000)
  }

  @Test(arguments: [Balancer.roundRobin, .leastOutstanding, .powerOfTwo, .sharedQueue])
  func idleReplicasAreUsed(_ balancer: Balancer) throws {
    // Two at once on two replicas: none waits, whatever the balancer (two choices see both).
    let record = try run([0, 0.01], server(replicas: 2, balancer: balancer))
    #expect(record.histogram("server.wait")?.maximum == 0)
  }

  @Test func roundRobinGoesRound() throws {
    // Third and fourth wait behind first and second, though the second replica is idle at 1.2.
    let record = try run(
      [0, 0.1, 1.15], server(requests: 1, replicas: 2, balancer: .roundRobin))
    #expect(record.histogram("server.wait")?.maximum == 0)
    let again = try run(
      [0, 0.1, 0.2, 0.3], server(requests: 1, replicas: 2, balancer: .roundRobin))
    #expect(again.histogram("server.wait")?.maximum == 900_000_000)
    #expect(again.histogram("server.wait")?.minimum == 0)
  }

  @Test func randomSpreadsEvenly() throws {
    let service = Fixture.service(
      time: .affine(fixed: .seconds(0.001), perItem: .zero), replicas: 4, balancer: .random)
    let record = try Fixture.system([Fixture.stream(rate: 1000)], [service], horizon: 20)
      .simulate(seed: 1, replication: 0)
    // Four M/D/1 queues at ρ = 0.25: wait = ρ / (2 (1 - ρ)) · 1 ms = 0.1667 ms; 20,000 requests of
    // deviation below 0.4 ms, correlated little: five standard errors are below 0.02 ms.
    let wait = try #require(record.figure("server.wait"))
    #expect(abs(wait - 0.000_166_7) < 0.000_02)
  }

  @Test func priorityGoesFirstAndInterruptsNobody() throws {
    var low = Fixture.stream("low", arrivals: Fixture.arrivals([0, 0.1]))
    low.priorities = [5]
    var high = Fixture.stream("high", arrivals: Fixture.arrivals([0.2]))
    high.priorities = [1]
    let service = Fixture.service(
      time: .affine(fixed: .seconds(1), perItem: .zero), queue: QueuePolicy(order: .priority))
    let model = Fixture.system(
      [low, high], [service],
      routes: [Route(name: "low", steps: [0]), Route(name: "high", steps: [0])], horizon: 10)
    var routed = model
    routed.traffic[1].route = 1
    let record = try routed.simulate(seed: 1, replication: 0)
    // Low 0 to 1, high 1 to 2, low 2 to 3.
    #expect(record.histogram("high.latency")?.maximum == 1_800_000_000)
    #expect(record.histogram("low.latency")?.maximum == 2_900_000_000)
  }
}
