import MLSystem
import Quantities
import Randomness
import Statistics
import Testing

/// LLM services within the simulated system.
@Suite struct TokenTests {
  /// Ten milliseconds an iteration, whatever is in it.
  private func service(
    replicas: Int = 1, sequences: Int = 8, frontEnd: Duration = .zero
  ) -> Service {
    let rules = SchedulerRules(
      tokenBudget: 512, maximumSequences: sequences, blocks: 1000, blockSize: 16)
    let time = IterationTime(byTokens: [10_000_000 << 20], decode: .line(0))
    return Service(
      name: "llm", kind: .llm(LLMServerPlan(rules: rules, time: time, frontEnd: frontEnd)),
      replicas: ReplicaPolicy(initial: replicas, minimum: replicas, maximum: replicas))
  }

  private func stream(_ seconds: [Double], prompt: Double, output: Double) -> TrafficStream {
    TrafficStream(
      name: "users", route: 0, arrivals: Fixture.tokens(seconds, Int(prompt), Int(output)),
      rate: RateProfile(base: 1),
      size: RequestSize(prompt: .constant(prompt), output: .constant(output)))
  }

  @Test func aRequestTakesItsIterations() throws {
    // 100 prompt tokens are one iteration, which emits the first of 5 tokens; four more follow.
    let model = Fixture.system([stream([1], prompt: 100, output: 5)], [service()], horizon: 3)
    let record = try model.simulate(seed: 1, replication: 0)
    #expect(record.counts.served == 1)
    #expect(record.histogram("route.latency")?.maximum == 50_000_000)
    #expect(record.histogram("route.ttft")?.maximum == 10_000_000)
    #expect(record.histogram("route.tpot")?.maximum == 10_000_000)
    #expect(record.histogram("llm.wait")?.maximum == 0)
    #expect(record.figure("llm.busy") == 0.05 / 3)
    let tokens = try #require(record.figure("llm.tokens"))
    #expect(abs(tokens - 5.0 / 3) < 1e-12)
  }

  @Test func levelsHoldWhereNothingElseHappens() throws {
    // Late in a long run queues are read seldom: a request comes and goes between two readings.
    let model = Fixture.system(
      [stream([9000, 9001, 9001, 9002], prompt: 100, output: 5)], [service(sequences: 1)],
      horizon: 10_000)
    let record = try model.simulate(seed: 1, replication: 0)
    #expect(record.counts.served == 4)
    #expect(record.figure("llm.busy") == 0.2 / 10_000)
    // Of the two at 9001 s one waits for the 50 ms of the other.
    #expect(record.histogram("llm.wait")?.maximum == 50_000_000)
    let queue = try #require(record.figure("llm.queue"))
    #expect(abs(queue - 0.05 / 10_000) < 1e-12)
    #expect(record.histogram("route.latency")?.minimum == 50_000_000)
    #expect(record.histogram("route.latency")?.maximum == 100_000_000)
  }

  @Test func theFrontEndComesBeforeTheEngine() throws {
    let model = Fixture.system(
      [stream([1], prompt: 100, output: 5)], [service(frontEnd: .seconds(0.007))], horizon: 3)
    let record = try model.simulate(seed: 1, replication: 0)
    #expect(record.histogram("route.ttft")?.maximum == 17_000_000)
    #expect(record.histogram("route.latency")?.maximum == 57_000_000)
  }

  @Test func timeOutsAbortOnTheReplica() throws {
    // At its deadline of 35 ms the request is given up; its iteration ends at 40 ms with nobody.
    let model = Fixture.system(
      [stream([1], prompt: 100, output: 50)], [service()],
      routes: [Route(name: "route", steps: [0], timeout: .seconds(0.035))], horizon: 3)
    let record = try model.simulate(seed: 1, replication: 0)
    #expect(record.counts.failed == 1)
    #expect(record.figure("route.timeouts") == 1)
    #expect(record.figure("llm.busy") == 0.04 / 3)
  }

  @Test func crashesLoseWhatRuns() throws {
    var server = service()
    server.failures = FailureLaw(timeToFailure: .constant(1.025), timeToRepair: .constant(0.5))
    let model = Fixture.system(
      [stream([1], prompt: 100, output: 5)], [server],
      routes: [
        Route(
          name: "route", steps: [0],
          retries: RetryPolicy(maximum: 1, backoff: .seconds(1), budget: 1))
      ], horizon: 2.5)
    let record = try model.simulate(seed: 1, replication: 0)
    // Lost at 1.025 s, again from 2.025 s on, done at 2.075 s.
    #expect(record.counts.served == 1)
    #expect(record.histogram("route.latency")?.maximum == 1_075_000_000)
    #expect(record.timeline.map(\.kind) == [.crash, .recovery])
  }

  @Test func countsAreConservedUnderLoad() throws {
    var users = stream([], prompt: 0, output: 0)
    users.arrivals = .poisson
    users.rate = RateProfile(base: 40)
    users.size = RequestSize(
      prompt: .lognormal(p50: 300, sigma: 1), output: .lognormal(p50: 30, sigma: 0.8))
    var server = service(replicas: 2, sequences: 4)
    server.queue = QueuePolicy(limit: 10)
    let model = Fixture.system(
      [users], [server], routes: [Route(name: "route", steps: [0], timeout: .seconds(1.5))],
      horizon: 100, warmUp: 10)
    let record = try model.simulate(seed: 1, replication: 0)
    let counts = record.counts
    #expect(counts.arrived == counts.served + counts.shed + counts.failed + counts.inFlight)
    #expect(counts.served > 0 && counts.shed > 0 && counts.failed > 0)
    let queue = try #require(record.figure("llm.queue"))
    #expect(queue > 0 && queue <= 20)
    let busy = try #require(record.figure("llm.busy"))
    #expect(busy > 0.9 && busy <= 1)
  }
}
