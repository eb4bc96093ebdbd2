import MLSystem
import Pricing
import Quantities
import Randomness
import Scenarios
import Syntax
import Testing

@Suite struct AssemblyTests {
  private func model(
    _ text: String, files: ScenarioFiles = .none, replication: Int = 0
  ) throws -> SystemModel {
    try load(text, files: files).base.assemble(replication: replication)
  }

  @Test func `names become indices, units become numbers`() throws {
    let model = try model(
      minimal(
        "start: '2027-01-04T09:00', warmUp: '1 min',",
        stream: "items: 4, segments: { new: '20 %', old: '80 %' },",
        service: """
          batching: { max: 16, maxItems: 800, delay: '5 ms' }, balancer: 'power-of-two',
          queue: { limit: 40, shed: 'deadline', order: 'priority' }, ready: '20 s', perMachine: 2,
          failures: { every: '30d', last: '2 min' }, price: { fixed: '$480/month' },
          """,
        route: "timeout: '200 ms', retries: { max: 1, backoff: '20 ms', budget: '10 %' },"))
    #expect(model.start == CalendarInstant("2027-01-04T09:00"))
    #expect(model.horizon == .hours(1))
    #expect(model.warmUp == .minutes(1))
    let stream = try #require(model.traffic.first)
    #expect(stream.rate == RateProfile(base: 10))
    #expect(stream.size.items == .constant(4))
    #expect(
      stream.segments == [Share(name: "new", share: 0.2), Share(name: "old", share: 0.8)])
    #expect(stream.priorities == [0])
    let route = try #require(model.routes.first)
    #expect(route.steps == [0])
    #expect(route.timeout == .milliseconds(200))
    #expect(route.retries == RetryPolicy(maximum: 1, backoff: .milliseconds(20), budget: 0.1))
    let service = try #require(model.services.first)
    #expect(service.pool == 0)
    #expect(service.balancer == .powerOfTwo)
    #expect(service.queue == QueuePolicy(limit: 40, shedsByDeadline: true, order: .priority))
    #expect(
      service.replicas
        == ReplicaPolicy(
          initial: 1, minimum: 1, maximum: 1, perInstance: 2, ready: .constant(20)))
    #expect(
      service.failures
        == FailureLaw(
          timeToFailure: .exponential(mean: 2_592_000), timeToRepair: .constant(120)))
    #expect(service.prices.map(\.quote.price?.perUnit) == [.dollars(480)])
    guard case .model(let plan) = service.kind else {
      Issue.record("not a model server")
      return
    }
    #expect(
      plan
        == ModelServerPlan(
          time: .random(.constant(0.01)), maximumRequests: 16, maximumItems: 800,
          delay: .milliseconds(5)))
  }

  @Test func `without batching every request is alone, with it only what is named bounds a batch`()
    throws
  {
    func plan(_ batching: String) throws -> ModelServerPlan? {
      let service = try model(minimal(service: batching)).services[0]
      if case .model(let plan) = service.kind { return plan }
      return nil
    }
    let alone = try plan("")
    #expect(alone?.maximumRequests == 1)
    let byItems = try plan("batching: { maxItems: 10 },")
    #expect(byItems?.maximumRequests == .max)
    #expect(byItems?.maximumItems == 10)
  }

  @Test func `the waterfall has the prices of the catalogue or the user's own`() throws {
    let pool = try #require(
      try model(
        minimal(
          pool: """
            buy: [{ committed: 2, price: '$0.40/h' }, 'spot', 'on-demand'], quota: 4,
            price: '$0.90/h', provisioning: '90 s',
            """)
      ).pools.first)
    #expect(pool.offers.map(\.option) == [.committed(.oneYear), .spot, .onDemand])
    #expect(pool.offers.map(\.limit) == [2, nil, nil])
    #expect(pool.offers[0].quote.price == UnitPrice.dollars("0.40"))
    #expect(pool.offers[0].quote.row == "hardware.gpu.buy[0].price")
    #expect(pool.offers[1].quote.row == "aws/g6.xlarge@us-east-1")
    #expect(pool.offers[2].quote.price == UnitPrice.dollars("0.90"))
    #expect(pool.accelerators == 1)
    #expect(pool.quota == 4)
    #expect(pool.provisioning == .constant(90))
  }

  @Test func `routes within routes are laid out in order`() throws {
    let text = """
      {
        horizon: "1h",
        traffic: { users: { to: "outer", rate: "1/s" } },
        routes: { outer: ["a", "inner", "a"], inner: ["b", "c"] },
        services: {
          a: { kind: "lookup", latency: "1 ms" }, b: { kind: "lookup", latency: "1 ms" },
          c: { kind: "lookup", latency: "1 ms", limit: "5/s" },
        },
      }
      """
    let model = try model(text)
    let outer = try #require(model.routes.first)
    #expect(outer.steps.map { model.services[$0].name } == ["a", "b", "c", "a"])
    guard case .lookup(let plan) = model.services[2].kind else {
      Issue.record("not a lookup")
      return
    }
    #expect(plan == LookupPlan(latency: .constant(0.001), limit: 5))
  }

  @Test func `a lone service needs no route`() throws {
    let text = """
      {
        horizon: "1h", traffic: { users: { rate: "1/s" } },
        services: { a: { kind: "lookup", latency: "1 ms" } },
        thresholds: ["requests.latency.p99 < 1 s"],
      }
      """
    let model = try model(text)
    #expect(model.routes.map(\.name) == ["requests"])
    #expect(model.traffic[0].route == 0)
  }

  @Test func `rates follow their shape`() throws {
    func profile(_ rate: String) throws -> RateProfile {
      try model(minimal().replacing("\"10/s\"", with: rate)).traffic[0].rate
    }
    let peak = try profile("{ peak: '100/s', shape: 'consumer-day', weekend: 0.5 }")
    #expect(peak.base == 100)
    #expect(peak.hourOfWeek.count == 168)
    #expect(peak.hourOfWeek.max() == 1)
    #expect(abs(peak.hourOfWeek[20 + 120] - 0.5) < 1e-12)
    let mean = try profile("{ mean: '100/s', shape: 'office-day' }")
    #expect(abs(mean.hourOfWeek.reduce(0, +) / 168 - 1) < 1e-12)
    let flat = try profile("{ mean: '100/s' }")
    #expect(flat.hourOfWeek.isEmpty)
    let steps = try profile("{ steps: [['0 s', '10/s'], ['10 min', '5/s'], ['20 min', '0/s']] }")
    #expect(steps.base == 10)
    #expect(steps.steps.map(\.factor) == [1, 0.5, 0])
    #expect(steps.steps[1].at == Instant(nanoseconds: 600_000_000_000))
  }

  @Test func `arrivals are Poisson, renewal or a trace`() throws {
    func arrivals(_ text: String) throws -> ArrivalProcess {
      try model(minimal(stream: text)).traffic[0].arrivals
    }
    guard case .poisson = try arrivals("") else { throw Missing() }
    guard case .renewal(2, .weibull) = try arrivals("arrivals: { law: 'weibull', cv: 2 },") else {
      throw Missing()
    }
    let text = minimal().replacing(
      "rate: \"10/s\"",
      with: "trace: { file: 'x.csv', columns: { gap: 'd', prompt: 'in' }, speed: 2, loop: true }")
    let stream = try model(text, files: files(["x.csv": "d,in\n"])).traffic[0]
    guard case .trace(let replay) = stream.arrivals else { throw Missing() }
    #expect(replay.format == .csv(TraceColumns(time: "d", timeIsGap: true, prompt: "in")))
    #expect(replay.speed == 2)
    #expect(replay.loops)
    #expect(replay.file == "x.csv")
  }

  private struct Missing: Error {}

  @Test func `the life cycle is assembled with its presets`() throws {
    let text = minimal(
      """
      tasks: { click: { positives: '3 %', bestQuality: { auc: 0.88 }, value: '$0.02/click',
        labels: { delay: '15 min', flipped: '2 %', share: '60 %', price: '$0.0002' },
        drift: [{ kind: 'wandering', memory: '150d' },
          { kind: 'sudden', at: '30 min', cosine: 0.8 },
          { kind: 'covariate', at: '20 min', features: 3, shift: '0.5 sd' }] } },
      models: { m: { task: 'click', features: 40, learningCurve: [['1M', { auc: 0.8 }]],
        training: { rows: '100M', window: '28d', on: 'gpu', speed: '60k rows/s' },
        monitors: ['psi-0.2-top10', { preset: 'performance-5pct', drop: '3 %' }],
        retraining: 'weekly',
        rollout: { preset: 'canary-10-50-100', rollbackIf: ['errors > 2x baseline'] },
        badVersions: { chance: '4 %', brings: { errors: '+3 pp', auc: -0.02 } } },
        old: { task: 'click', rule: true, quality: { auc: 0.7 } } },
      """, service: "serves: 'm',", route: "fallback: 'old',")
    let model = try model(text)
    let task = try #require(model.tasks.first)
    #expect(task.value == .perOutcome(0.02))
    #expect(
      task.labels
        == LabelPlan(
          delay: .constant(900), flipped: 0.02, share: 0.6, price: Money.dollars("0.0002")))
    #expect(
      task.drifts == [
        .wandering(memory: .days(150)),
        .sudden(at: Instant(nanoseconds: 1_800_000_000_000), cosine: 0.8),
        .covariate(at: Instant(nanoseconds: 1_200_000_000_000), features: 3, shift: 0.5),
      ])
    let learned = try #require(model.models.first)
    #expect(learned.learningCurve == [LearningPoint(rows: 1e6, auc: 0.8)])
    #expect(
      learned.training
        == TrainingPlan(rows: 1e8, window: .days(28), pool: 0, instances: 1, speed: 60_000))
    #expect(
      learned.monitors == [
        MonitorPlan(
          name: "psi-0.2-top10",
          kind: .features(FeatureTest(statistic: .psi, top: 10, limit: .above(0.2))),
          every: .days(1), rows: 10_000),
        MonitorPlan(
          name: "performance-5pct", kind: .performance(PerformanceTest(limit: .drop(0.03))),
          every: .days(1), rows: 10_000),
      ])
    #expect(learned.retraining == RetrainingPlan(every: .days(7), onAlarm: false, cooldown: .zero))
    #expect(
      learned.rollout.steps == [
        .init(share: 0.1, hold: .hours(4)), .init(share: 0.5, hold: .hours(4)),
      ])
    #expect(learned.rollout.rollbackIf == [.errorsTimesBaseline(2)])
    #expect(learned.badVersions == BadVersions(chance: 0.04, errors: 0.03, latency: 1, auc: -0.02))
    #expect(model.models[1].fixedAUC == 0.7)
    #expect(model.routes[0].fallback == 1)
    #expect(model.services[0].model == 0)
  }

  @Test func `autoscalers and objectives`() throws {
    let text = minimal(
      "slos: { fast: { of: 'search', good: 'latency < 150 ms', target: '99 %' } },",
      service: """
        replicas: { initial: 5, min: 4, max: 24 },
        autoscaling: { preset: 'kubernetes-hpa', target: '70 %' },
        """)
    let model = try model(text)
    let plan = try #require(model.services[0].autoscaler)
    #expect(plan == AutoscalerPlan(metric: .busy, target: 70))
    #expect(
      model.services[0].replicas == ReplicaPolicy(initial: 5, minimum: 4, maximum: 24))
    let objective = try #require(model.objectives.first)
    guard case .latencyBelow(.milliseconds(150)) = objective.good else { throw Missing() }
    #expect(objective.target == 0.99)
  }

  @Test func `an LLM server has the rules of its scheduler and what memory is left`() throws {
    let text = """
      {
        horizon: "1h",
        traffic: { users: { rate: "1/s", prompt: 1000, output: 200, priority: 2 } },
        services: {
          llm: {
            kind: "llm", serves: "big", on: "gpus", parallel: { tensor: 2, pipeline: 2 },
            scheduler: { preset: "sarathi", maxTokens: 1024 }, queue: { order: "priority" },
          },
        },
        models: { big: { base: "meta-llama/Llama-3.1-70B" } },
        hardware: { gpus: { instance: "aws/p5.48xlarge", region: "us-east-1" } },
      }
      """
    let model = try model(text)
    let service = try #require(model.services.first)
    guard case .llm(let plan) = service.kind else { throw Missing() }
    #expect(service.replicas.perInstance == 2)
    #expect(plan.rules.tokenBudget == 1_024)
    #expect(plan.rules.maximumSequences == 128)
    #expect(plan.rules.blockSize == 16)
    #expect(plan.rules.pipelineStages == 2)
    #expect(plan.rules.priorityLevels == 3)
    // Each of four H100 holds 141.10477 / 4 GB of weights; of 0.9 * 80 GiB less 1.5 GB are then
    // left 40.533 GB, and a block of 16 tokens takes 16 * 40 layers * 2 * 4 heads * 128 * 2 bytes.
    let left = 0.9 * 80 * 1_073_741_824 - 1.5e9 - 141_104_775_168 / 4
    #expect(plan.rules.blocks == Int(left / 1_310_720))
    #expect(plan.rules.watermark == plan.rules.blocks / 100)
    #expect(plan.time.byTokens.count == 1_025)
    #expect(model.traffic[0].size.prompt == .constant(1_000))
  }

  @Test func `thresholds by window ask for their windows once`() throws {
    let text = minimal(
      """
      thresholds: ["search.latency.p99 < 1 s in every 5 min",
        "search.latency.p50 < 1 s in every 5 min",
        "search.latency.p50 < 1 s"],
      """)
    #expect(
      try model(text).windows == [WindowRequest(metric: "search.latency", window: .minutes(5))])
  }
}
