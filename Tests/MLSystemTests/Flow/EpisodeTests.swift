import DiscreteEvents
import MLSystem
import Quantities
import Randomness
import Statistics
import Testing

/// Episodes of flow runs: where they are, and what a run with them is.
@Suite struct EpisodeTests {
  /// Three servers of 10 a second each, with an overload of 3 % for 300 s if there is a surge.
  private func system(
    rate: Double = 21, horizon: Double = 4000, surges: [Surge] = [], retries: RetryPolicy = .none
  ) -> SystemModel {
    var stream = Fixture.stream(rate: rate)
    stream.rate.surges = surges
    stream.segments = [Share(name: "new", share: 0.25), Share(name: "old", share: 0.75)]
    var model = Fixture.system(
      [stream],
      [
        Fixture.lookup(latency: .exponential(mean: 0.02)),
        Fixture.service(
          time: .random(.exponential(mean: 0.1)), replicas: 3, balancer: .random,
          queue: QueuePolicy()),
      ],
      routes: [Route(name: "route", steps: [0, 1], retries: retries)], horizon: horizon,
      warmUp: horizon / 10)
    model.objectives = [
      Objective(name: "fast", route: 0, good: .latencyBelow(.seconds(0.5)), target: 0.9)
    ]
    return model
  }

  private func flow(_ model: SystemModel, _ episodes: [Episode]) throws -> RunRecord {
    try model.simulateFlow(seed: 3, replication: 0, episodes: episodes) { _, timeFactor, _ in
      ExactCurve.make(rate: 10 / timeFactor)
    }
  }

  private func episode(_ start: Double, _ end: Double) -> Episode {
    Episode(start: .start + .seconds(start), end: .start + .seconds(end))
  }

  // MARK: Where

  /// The warm-up ends at 400 s: what is over then counts for nothing.
  @Test func doubtsAreJoinedWithTheBacklogsThatTheyTouch() {
    let model = system()
    let doubts = [
      FlowStretch(from: 900, until: 1000), FlowStretch(from: 300, until: 420),
      FlowStretch(from: 0, until: 20),
      FlowStretch(from: 990, until: 1100), FlowStretch(from: 3900, until: .infinity),
      FlowStretch(from: 2000, until: 2010),
    ]
    let clear = [FlowStretch(from: 1050, until: 1300), FlowStretch(from: 1500, until: 1600)]
    #expect(
      model.episodes(doubts: doubts, clear: clear) == [
        episode(300, 420), episode(900, 1300), episode(2000, 2010), episode(3900, 4000),
      ])
  }

  /// 84,000 requests: more than two fifths of them in doubt are simulated with all others.
  @Test func aRunInDoubtIsSimulatedByRequestIfItIsShort() {
    let doubt = [FlowStretch(from: 1000, until: 2700)]
    #expect(system().episodes(doubts: doubt, clear: []) == [episode(0, 4000)])
    // 40 million.
    #expect(system(rate: 10_000).episodes(doubts: doubt, clear: []).isEmpty)
  }

  /// At 10,000 a second 1,000 s are 10 million requests: two of three are within the 20 million.
  @Test func episodesThatComeFirstTakeTheRequestsThatThereAre() {
    let doubts = [100.0, 2000, 4000].map { FlowStretch(from: $0, until: $0 + 1000) }
    #expect(
      system(rate: 10_000, horizon: 10_000).episodes(doubts: doubts, clear: []) == [
        episode(100, 1100), episode(2000, 3000),
      ])
  }

  /// κ = 0.33 from 500 to 510 s with τ = 50 s: five τ before and after, by ticks of a second.
  @Test func aRampIsKeptWithItsSurroundings() throws {
    var diary = FlowDiary()
    for second in 0..<2000 {
      let risen = min(max(Double(second) - 500, 0), 10)
      diary.note(
        FlowTrustTests.entry(
          Double(second), load: 0.68 + 0.002 * risen, number: 3, tau: 50, rate: 140))
    }
    let ramp = try #require(diary.ramps.first)
    #expect(diary.ramps.count == 1)
    #expect(abs(ramp.from - 251) <= 1 && abs(ramp.until - 761) <= 1)
  }

  // MARK: What

  /// An episode of the whole run is the run by request, to the last count.
  @Test func anEpisodeMayBeTheWholeRun() throws {
    let model = system()
    let requests = try model.simulate(seed: 3, replication: 0)
    let zoomed = try flow(model, [episode(0, 4000)])
    #expect(zoomed.counts == requests.counts)
    for name in ["route.latency", "route[segment=new].latency", "server.wait"] {
      #expect(zoomed.histogram(name) == requests.histogram(name))
    }
    for name in ["server.busy", "server.queue", "server.calls", "fast.attainment"] {
      #expect(zoomed.figure(name) == requests.figure(name))
    }
  }

  @Test(arguments: [[(1000.0, 1100.0)], [(50, 500), (500, 700), (3000, 3900)], [(3500, 4000)]])
  func everyRequestEndsOnce(_ spans: [(Double, Double)]) throws {
    let model = system(retries: RetryPolicy(maximum: 2, backoff: .seconds(1), budget: 0.1))
    let record = try flow(model, spans.map { episode($0.0, $0.1) })
    let counts = record.counts
    #expect(counts.arrived == counts.served + counts.shed + counts.failed + counts.inFlight)
    let segments = ["new", "old"].compactMap { record.histogram("route[segment=\($0)].latency") }
    #expect(segments.reduce(0) { $0 + $1.count } == counts.served)
    // 3,600 s of 21 a second, Poisson: a deviation of 275.
    #expect(abs(Double(counts.arrived) - 75_600) < 4 * 275)
    let trust = try #require(record.trust.first)
    let length = spans.reduce(0) { $0 + $1.1 - $1.0 }
    #expect(abs(trust.zoomed / trust.requests - length / 4000) < 0.02)
    // A server is busy 0.7 of the time, and one run knows that to a percent.
    #expect(abs((record.figure("server.busy") ?? 0) - 0.7) < 0.025)
    #expect(abs((record.figure("server.calls") ?? 0) * 3600 / Double(counts.arrived) - 1) < 0.01)
  }

  /// 1,230 requests a minute on a capacity of 1,800 but for 300 s of 1,854: a backlog within its
  /// own noise, from which one run differs as much from the next as from nothing.
  @Test func aNarrowBacklogIsTakenOver() throws {
    let surge = Surge(
      at: .start + .seconds(4000), ramp: .zero, last: .seconds(300), factor: 1.03 / 0.6)
    let model = system(rate: 18, horizon: 12_000, surges: [surge])
    let fluid = try flow(model, [])
    let found = try #require(fluid.doubtful.first)
    #expect(fluid.doubtful.count == 1)
    #expect(found.start < .start + .seconds(3970) && found.end > .start + .seconds(4300))
    #expect(try #require(fluid.trust.first).narrow > 0.02)
    let zoomed = try flow(model, fluid.doubtful)
    let trust = try #require(zoomed.trust.first)
    #expect(trust.narrow == 0 && trust.zoomed > 0)
    let counts = zoomed.counts
    #expect(counts.arrived == counts.served + counts.shed + counts.failed + counts.inFlight)
  }

  /// 600 of 3,600 s without any server: who comes then gives up after 2 s, as by request.
  @Test func anOutageBehindASharedLineIsTakenOver() throws {
    var model = Fixture.system(
      [Fixture.stream(rate: 50)],
      [Fixture.service(time: .random(.exponential(mean: 0.05)), replicas: 6)],
      routes: [Route(name: "route", steps: [0], timeout: .seconds(2))], horizon: 3600)
    model.systemIncidents = [
      SystemIncident(
        name: "outage", at: .start + .seconds(1200), last: .seconds(600),
        kind: .outage(.service(0)))
    ]
    let record = try model.simulate(
      seed: 3, replication: 0, fidelity: .flow, surfaces: SurfaceStore(effort: 0.02))
    // Of 180,000 requests; who waits when the servers are back is answered.
    #expect(abs((record.figure("route.availability") ?? 0) - 5.0 / 6) < 0.005)
    #expect(try #require(record.trust.first).zoomed > 50 * 600)
  }

  /// An LLM server with 40 sequences at a time is never idle; that it was busy in an episode in
  /// which it never began or ended to be was lost once.
  @Test func aServerThatIsNeverIdleIsBusyInEpisodes() throws {
    var stream = Fixture.stream(rate: 50)
    stream.size = RequestSize(prompt: .constant(32), output: .constant(20))
    let server = Service(
      name: "server",
      kind: .llm(
        LLMServerPlan(
          rules: SchedulerRules(tokenBudget: 512, maximumSequences: 64, blocks: 4000),
          time: .linear(
            base: 20e6, perToken: 0, perSequence: 500e3, perPair: 0, perContext: 0, tokens: 512))),
      replicas: ReplicaPolicy(initial: 1, minimum: 1, maximum: 1))
    let model = Fixture.system([stream], [server], horizon: 400, warmUp: 100)
    let record = try model.simulateFlow(
      seed: 3, replication: 0, episodes: [episode(200, 300)]
    ) { _, _, _ in
      let law = CallLaw(latency: Spectrum(constant: 0.8))
      return FluidCurve(
        capacity: 61, serving: 64, dispersion: 0.5, topLoad: 0.98,
        FluidCurve.Response(number: { 48 * $0 + $0 / (1 - $0) }, busy: { _ in 1 }),
        law: { _, _ in law }, saturated: { _ in law })
    }
    #expect(try #require(record.trust.first).zoomed > 4500)
    #expect(abs((record.figure("server.busy") ?? 0) - 1) < 1e-3)
  }

  /// An episode whose end comes in a backlog goes on until it is gone.
  @Test func anEpisodeEndsInCalm() throws {
    let surge = Surge(at: .start + .seconds(2000), ramp: .zero, last: .seconds(300), factor: 2)
    let model = system(rate: 20, surges: [surge])
    // 3,000 requests too many take 300 s to go: the episode lasts until 2,600 s or so.
    let zoomed = try flow(model, [episode(1900, 2200)])
    let trust = try #require(zoomed.trust.first)
    let before = 20.0 * 100 + 40 * 300
    #expect(trust.zoomed > before + 20 * 200 && trust.zoomed < before + 20 * 600)
  }
}
