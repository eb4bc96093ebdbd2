import DiscreteEvents
import MLSystem
import Quantities
import Randomness
import Statistics
import Testing

/// What happens to single requests whose arrivals and times are known.
@Suite struct RequestTests {
  private func constant(_ seconds: Double) -> BatchTime {
    .affine(fixed: .seconds(seconds), perItem: .zero)
  }

  @Test func countsAreConserved() throws {
    let model = Fixture.system(
      [Fixture.stream(rate: 20)],
      [
        Fixture.lookup(latency: .exponential(mean: 0.05), limit: 19),
        Fixture.service(
          time: .random(.exponential(mean: 0.1)), replicas: 2, balancer: .leastOutstanding,
          queue: QueuePolicy(limit: 5, shedsByDeadline: true)),
      ],
      routes: [
        Route(
          name: "route", steps: [0, 1], timeout: .seconds(0.6),
          retries: RetryPolicy(maximum: 2, backoff: .seconds(0.01), budget: 0.2), fallback: 0)
      ], horizon: 300, warmUp: 20)
    for run in 0..<5 {
      let counts = try model.simulate(seed: 3, replication: run).counts
      #expect(counts.arrived == counts.served + counts.shed + counts.failed + counts.inFlight)
      #expect(counts.served > 0 && counts.shed > 0 && counts.failed > 0)
      #expect(counts.fallback == counts.shed + counts.failed)
    }
  }

  @Test func sameSeedGivesTheSameRun() throws {
    let model = Fixture.system(
      [Fixture.stream(rate: 5)], [Fixture.service(time: .random(.exponential(mean: 0.1)))],
      horizon: 100)
    let first = try model.simulate(seed: 1, replication: 0)
    let second = try model.simulate(seed: 1, replication: 0)
    let other = try model.simulate(seed: 1, replication: 1)
    #expect(first.histogram("route.latency") == second.histogram("route.latency"))
    #expect(first.outcome == second.outcome)
    #expect(first.histogram("route.latency") != other.histogram("route.latency"))
  }

  @Test func oneServerServesInOrder() throws {
    // Arrivals at 0, 1 and 5 s, 2 s each: answers at 2, 4 and 7 s, so latencies 2, 3 and 2 s.
    let model = Fixture.system(
      [Fixture.stream(arrivals: Fixture.arrivals([0, 1, 5]))],
      [Fixture.service(time: constant(2))], horizon: 20)
    let record = try model.simulate(seed: 1, replication: 0)
    #expect(record.counts.served == 3)
    #expect(record.figure("route.latency") == 7.0 / 3)
    #expect(record.figure("server.wait") == 1.0 / 3)
    #expect(record.figure("server.busy") == 6.0 / 20)
  }

  @Test func timeOutsEndARequestAtItsDeadline() throws {
    // The first is answered at 2 s, exactly at its deadline, and counts; the second would be at 4
    // s.
    let model = Fixture.system(
      [Fixture.stream(arrivals: Fixture.arrivals([0, 0.5]))],
      [Fixture.service(time: constant(2))],
      routes: [Route(name: "route", steps: [0], timeout: .seconds(2))], horizon: 20)
    let record = try model.simulate(seed: 1, replication: 0)
    #expect(record.counts.served == 1)
    #expect(record.counts.failed == 1)
    #expect(record.figure("route.timeouts") == 0.5)
    #expect(record.figure("route.availability") == 0.5)
    // The work on the second goes on for nobody: 2 to 4 s.
    #expect(record.figure("server.busy") == 4.0 / 20)
  }

  @Test func aWaitingRequestThatGivesUpIsNotServed() throws {
    let model = Fixture.system(
      [Fixture.stream(arrivals: Fixture.arrivals([0, 0.1, 0.2]))],
      [Fixture.service(time: constant(2))],
      routes: [Route(name: "route", steps: [0], timeout: .seconds(1.75))], horizon: 20)
    let record = try model.simulate(seed: 1, replication: 0)
    // The first times out in its batch, the others while they wait: one batch alone is run.
    #expect(record.counts.failed == 3)
    #expect(record.figure("server.busy") == 2.0 / 20)
  }

  @Test func aFullQueueRefusesAndARetryComesLater() throws {
    // 0: served until 1. 0.1: waits. 0.2: refused; retries at 1.2 (waits behind 0.1), served 2..3.
    let model = Fixture.system(
      [Fixture.stream(arrivals: Fixture.arrivals([0, 0.1, 0.2]))],
      [Fixture.service(time: constant(1), queue: QueuePolicy(limit: 1))],
      routes: [
        Route(
          name: "route", steps: [0],
          retries: RetryPolicy(maximum: 1, backoff: .seconds(1), budget: 1))
      ], horizon: 20)
    let record = try model.simulate(seed: 1, replication: 0)
    #expect(record.counts.served == 3)
    #expect(record.figure("route.retries") == 1.0 / 3)
    #expect(record.histogram("route.latency")?.maximum == 2_800_000_000)
  }

  @Test func theBudgetLimitsRetries() throws {
    // Ten requests at once for one place: eight are refused, and a budget of 10 % lets one retry.
    let model = Fixture.system(
      [Fixture.stream(arrivals: Fixture.arrivals(Array(repeating: 0, count: 10)))],
      [Fixture.service(time: constant(1), queue: QueuePolicy(limit: 1))],
      routes: [
        Route(
          name: "route", steps: [0],
          retries: RetryPolicy(maximum: 1, backoff: .seconds(5), budget: 0.1))
      ], horizon: 20)
    let record = try model.simulate(seed: 1, replication: 0)
    #expect(record.figure("route.retries") == 0.1)
    #expect(record.counts.served == 3)
    #expect(record.counts.shed == 7)
  }

  @Test func deadlineSheddingDropsWhatCannotBeInTime() throws {
    // The second would start at 1 s and be done at 2 s, after its deadline of 1.9 s.
    let model = Fixture.system(
      [Fixture.stream(arrivals: Fixture.arrivals([0, 0.1]))],
      [Fixture.service(time: constant(1), queue: QueuePolicy(shedsByDeadline: true))],
      routes: [Route(name: "route", steps: [0], timeout: .seconds(1.8), fallback: 0)],
      horizon: 20)
    let record = try model.simulate(seed: 1, replication: 0)
    #expect(record.counts.served == 1)
    #expect(record.counts.shed == 1)
    #expect(record.counts.fallback == 1)
    #expect(record.figure("server.busy") == 1.0 / 20)
  }
}

/// What only a stranger's scenario asks for must not trap.
@Suite struct ExtremeRequestTests {
  @Test func longRoutesAndManyTenantsWork() throws {
    var users = Fixture.stream(rate: 50)
    users.tenants = (0..<300).map { Share(name: "t\($0)", share: 1.0 / 300) }
    users.segments = (0..<300).map { Share(name: "s\($0)", share: 1.0 / 300) }
    users.priorities = (0..<300).map { UInt8($0 % 256) }
    let model = Fixture.system(
      [users],
      [
        Fixture.service(
          time: .affine(fixed: .seconds(0.00001), perItem: .zero),
          queue: QueuePolicy(order: .priority))
      ], routes: [Route(name: "route", steps: Array(repeating: 0, count: 300))], horizon: 0.5)
    let record = try model.simulate(seed: 1, replication: 0)
    let counts = record.counts
    #expect(counts.served > 0)
    #expect(counts.arrived == counts.served + counts.shed + counts.failed + counts.inFlight)
    let tenants = record.measures.filter {
      $0.name.selector?.dimension == "tenant" && $0.name.metric == "requests"
    }
    #expect(tenants.count == 300)
  }

  @Test func manyLongRetriesEnd() throws {
    let model = Fixture.system(
      [Fixture.stream(arrivals: Fixture.arrivals([0, 0, 0]))],
      [
        Fixture.service(
          time: .affine(fixed: .seconds(1e6), perItem: .zero), queue: QueuePolicy(limit: 0))
      ],
      routes: [
        Route(
          name: "route", steps: [0],
          retries: RetryPolicy(maximum: 1_000_000, backoff: .seconds(1e-9), budget: 1))
      ], horizon: 1e5)
    let record = try model.simulate(seed: 1, replication: 0)
    #expect(record.counts.inFlight == 3)
    // Doubling from a nanosecond reaches 1e5 s in 46 waits.
    #expect(record.figure("route.retries") == 2.0 * 46 / 3)
  }
}
