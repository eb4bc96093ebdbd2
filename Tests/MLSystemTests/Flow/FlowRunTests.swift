import DiscreteEvents
import MLSystem
import Quantities
import Randomness
import Statistics
import Testing

/// Runs as fluid against the same runs request by request, with exponential servers whose response
/// is known in closed form.
@Suite struct FlowRunTests {
  private func system(
    rate: Double, replicas: Int = 3, horizon: Double = 4000, timeout: Duration? = nil,
    queue: QueuePolicy = QueuePolicy(), retries: RetryPolicy = .none,
    surges: [Surge] = [], store: Bool = true
  ) -> SystemModel {
    var stream = Fixture.stream(rate: rate)
    stream.rate.surges = surges
    stream.segments = [Share(name: "new", share: 0.25), Share(name: "old", share: 0.75)]
    let server = Fixture.service(
      time: .random(.exponential(mean: 0.1)), replicas: replicas, balancer: .random, queue: queue)
    let lookup = Fixture.lookup(latency: .exponential(mean: 0.02))
    let services = store ? [lookup, server] : [server]
    var model = Fixture.system(
      [stream], services,
      routes: [
        Route(
          name: "route", steps: Array(services.indices), timeout: timeout, retries: retries)
      ], horizon: horizon, warmUp: horizon / 10)
    model.objectives = [
      Objective(name: "fast", route: 0, good: .latencyBelow(.seconds(0.5)), target: 0.9)
    ]
    model.windows = [WindowRequest(metric: "route.latency", window: .seconds(400))]
    return model
  }

  private func flow(_ model: SystemModel, seed: UInt64 = 3) throws -> RunRecord {
    try model.simulateFlow(seed: seed, replication: 0) { _, timeFactor, _ in
      ExactCurve.make(rate: 10 / timeFactor)
    }
  }

  private func quantile(_ record: RunRecord, _ level: Double, _ name: String = "route.latency")
    -> Double
  {
    (record.histogram(name)?.quantile(level) ?? 0) * 1e-9
  }

  @Test func steadyLoadAsRequestByRequest() throws {
    let model = system(rate: 21)
    let requests = try model.simulate(seed: 3, replication: 0)
    let fluid = try flow(model)
    // One run of 76,000 requests knows its p99 to about 3 %.
    #expect(abs(quantile(fluid, 0.5) / quantile(requests, 0.5) - 1) < 0.04)
    #expect(abs(quantile(fluid, 0.99) / quantile(requests, 0.99) - 1) < 0.12)
    for name in ["server.busy", "server.queue", "server.calls", "fast.attainment"] {
      let (a, b) = (fluid.figure(name) ?? 0, requests.figure(name) ?? 1)
      #expect(abs(a / b - 1) < 0.06, "\(name): \(a) against \(b)")
    }
    #expect(fluid.measures.map(\.name) == requests.measures.map(\.name))
    #expect(fluid.windows.map(\.values.count) == requests.windows.map(\.values.count))
  }

  @Test func everyRequestEndsOnce() throws {
    for (rate, timeout) in [(21.0, nil), (40, Duration.seconds(2)), (40, nil)] {
      let record = try flow(system(rate: rate, horizon: 1000, timeout: timeout))
      let counts = record.counts
      #expect(counts.arrived > 0)
      #expect(counts.arrived == counts.served + counts.shed + counts.failed + counts.inFlight)
      let segments = ["new", "old"].compactMap { record.histogram("route[segment=\($0)].latency") }
      #expect(segments.reduce(0) { $0 + $1.count } == counts.served)
    }
  }

  @Test func aQueueLimitShedsInOverload() throws {
    let model = system(rate: 40, horizon: 2000, queue: QueuePolicy(limit: 50), store: false)
    let fluid = try flow(model)
    // Three servers of 10 a second leave a quarter out.
    #expect(abs((fluid.figure("route.shed") ?? 0) - 0.25) < 0.01)
    #expect(abs((fluid.figure("server.busy") ?? 0) - 1) < 0.01)
    // Who is let in waits behind 50 others, 5 s, with a spread of √50 / 10.
    #expect(abs(quantile(fluid, 0.5) - 5.1) < 0.3)
  }

  @Test func aTimeOutIsTheLongestWait() throws {
    let model = system(rate: 40, horizon: 2000, timeout: .seconds(3), store: false)
    let fluid = try flow(model)
    let requests = try model.simulate(seed: 3, replication: 0)
    // A third of the work is for those who have not left when it is done.
    let (a, b) = (fluid.figure("route.timeouts") ?? 0, requests.figure("route.timeouts") ?? 1)
    #expect(abs(a - b) < 0.05, "\(a) against \(b)")
    #expect(quantile(fluid, 1) <= 3.01)
  }

  @Test func aFlashCrowdLeavesTheBacklogThatItShould() throws {
    let surge = Surge(at: .start + .seconds(1000), ramp: .zero, last: .seconds(300), factor: 2)
    let model = system(rate: 20, horizon: 4000, surges: [surge], store: false)
    let requests = try model.simulate(seed: 5, replication: 0)
    let fluid = try flow(model, seed: 5)
    // 300 s of 10 a second too many on three servers: 3,000 requests, 100 s at most. The backlog of
    // one run moves by some √(2 · 40 · 300) = 155 requests, 5 s.
    #expect(abs(quantile(fluid, 0.99) - quantile(requests, 0.99)) < 12)
    #expect(abs((fluid.figure("server.busy") ?? 0) - (requests.figure("server.busy") ?? 0)) < 0.02)
    #expect(quantile(fluid, 1) > 80)
  }

  @Test func overloadWithoutEndIsNamed() throws {
    let fluid = try flow(system(rate: 40, horizon: 20_000, store: false))
    #expect(fluid.saturations.map(\.service) == ["server"])
    #expect(fluid.counts.inFlight > 0)
  }

  @Test func theSameSeedGivesTheSameRun() throws {
    let model = system(rate: 21, horizon: 1000)
    let (a, b) = (try flow(model), try flow(model))
    #expect(a.counts == b.counts)
    #expect(a.histogram("route.latency") == b.histogram("route.latency"))
  }
}
