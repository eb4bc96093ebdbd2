import DiscreteEvents
import MLSystem
import Pricing
import Quantities
import Randomness

/// The systems on which flow runs are held against runs by request: one kind each, with a load and
/// a number of replicas.
enum FlowKind: String, CaseIterable, Sendable {
  case steady, diurnal
  case flashCrowd = "flash crowd"
  case autoscaled, canary
  case loss = "replica loss"
  case quietChat = "LLM chat, quiet"
  case chat = "LLM chat"
  case busyChat = "LLM chat, busy"
  case series = "two in series"

  /// Peak load and replicas of the case itself; generated points lie around it.
  var centre: (load: Double, replicas: Int) {
    switch self {
    case .steady: (0.75, 4)
    case .diurnal: (0.85, 4)
    case .flashCrowd: (0.5, 4)
    case .autoscaled: (0.6, 8)
    case .canary: (0.6, 4)
    case .loss: (0.6, 8)
    case .quietChat: (0.4, 4)
    case .chat: (0.65, 4)
    case .busyChat: (0.85, 4)
    case .series: (0.7, 4)
    }
  }

  /// Seconds below which an answer is good.
  var limit: Double {
    switch self {
    case .steady, .diurnal, .flashCrowd, .canary, .loss: 0.5
    case .autoscaled: 0.3
    case .quietChat, .chat, .busyChat: 12
    case .series: 0.8
    }
  }

  /// The system at a load and with so many replicas.
  func system(load: Double, replicas: Int) -> SystemModel {
    switch self {
    case .steady:
      return Self.system([Self.batcher(replicas)], RateProfile(base: 80 * load * Double(replicas)))
    case .diurnal:
      return Self.system(
        [Self.batcher(replicas)], Self.days(peak: 80 * load * Double(replicas)))
    case .flashCrowd:
      var rate = RateProfile(base: 80 * load * Double(replicas))
      rate.surges = [
        Surge(
          at: .start + .seconds(1500), ramp: .seconds(30), last: .seconds(300), factor: 1.5 / load)
      ]
      return Self.system([Self.batcher(replicas)], rate)
    case .autoscaled:
      return Self.system([Self.scaledPool(replicas)], Self.days(peak: 20 * load * Double(replicas)))
    case .canary: return canary(load, replicas)
    case .loss:
      var service = Self.batcher(replicas)
      service.failures = FailureLaw(
        timeToFailure: .exponential(mean: 4000), timeToRepair: .constant(60))
      return Self.system([service], RateProfile(base: 80 * load * Double(replicas)))
    case .quietChat, .chat, .busyChat:
      return Self.chat(replicas, RateProfile(base: 10.3 * load * Double(replicas)))
    case .series:
      return Self.system(
        [
          Service(
            name: "features", kind: .lookup(LookupPlan(latency: .lognormal(p50: 0.02, p99: 0.1))),
            replicas: ReplicaPolicy(initial: 0, minimum: 0, maximum: 0)),
          Self.batcher(replicas), Self.pool(4 * replicas, name: "ranker"),
        ], Self.days(peak: 80 * load * Double(replicas)))
    }
  }

  // MARK: Parts

  static func system(
    _ services: [Service], _ rate: RateProfile, horizon: Double = 3600
  ) -> SystemModel {
    SystemModel(
      start: CalendarInstant(year: 2026, month: 3, day: 2), horizon: .seconds(horizon),
      warmUp: .seconds(120),
      traffic: [
        TrafficStream(
          name: "users", route: 0, arrivals: .poisson, rate: rate, size: RequestSize())
      ],
      routes: [Route(name: "route", steps: Array(services.indices))], services: services,
      pools: [machines], limits: RunLimits())
  }

  /// Machines at a dollar a second, so that cost is replica-seconds.
  static var machines: HardwarePool {
    let offers = UnitPrice.dollars("3600").map {
      [PurchaseOffer(.onDemand, quote: PriceQuote($0, row: "test"))]
    }
    return HardwarePool(
      name: "machines", instance: "test/one", region: "here", accelerators: 0,
      provisioning: .constant(30), offers: offers ?? [])
  }

  /// Full batches of 16 take 0.2 s: 80 a second.
  static func batcher(_ replicas: Int) -> Service {
    Service(
      name: "server",
      kind: .model(
        ModelServerPlan(
          time: .affine(fixed: .milliseconds(40), perItem: .milliseconds(10)),
          maximumRequests: 16)),
      pool: 0,
      replicas: ReplicaPolicy(
        initial: replicas, minimum: replicas, maximum: replicas, ready: .constant(20)))
  }

  /// One line for servers of 20 a second each.
  private static func pool(_ replicas: Int, name: String = "server") -> Service {
    Service(
      name: name, kind: .model(ModelServerPlan(time: .random(.exponential(mean: 0.05)))), pool: 0,
      replicas: ReplicaPolicy(
        initial: replicas, minimum: replicas, maximum: replicas, ready: .constant(20)),
      balancer: .sharedQueue)
  }

  private static func scaledPool(_ replicas: Int) -> Service {
    var service = pool(replicas)
    service.replicas.minimum = 2
    service.replicas.maximum = 4 * replicas
    service.autoscaler = AutoscalerPlan(metric: .busy, target: 60)
    return service
  }

  /// Conversations: 10.3 requests a second keep a replica of them busy.
  static func chat(_ replicas: Int, _ rate: RateProfile, horizon: Double = 3600) -> SystemModel {
    var system = Self.system([Self.chatServer(replicas)], rate, horizon: horizon)
    system.traffic[0].size = RequestSize(
      prompt: .lognormal(mean: 500, cv: 0.9), output: .lognormal(mean: 200, cv: 0.8))
    return system
  }

  /// Sixty-four sequences a replica: some 10 answers a second.
  private static func chatServer(_ replicas: Int) -> Service {
    let time = IterationTime.linear(
      base: 18e6, perToken: 20e3, perSequence: 60e3, perPair: 2, perContext: 40, tokens: 2048)
    return Service(
      name: "server",
      kind: .llm(
        LLMServerPlan(
          rules: SchedulerRules(tokenBudget: 2048, maximumSequences: 64, blocks: 20_000),
          time: time)),
      pool: 0,
      replicas: ReplicaPolicy(
        initial: replicas, minimum: replicas, maximum: replicas, ready: .constant(60)))
  }

  /// A version every 1,000 s, which takes a quarter of the requests for 400 s, then all.
  private func canary(_ load: Double, _ replicas: Int) -> SystemModel {
    var system = Self.system(
      [Self.batcher(replicas)], RateProfile(base: 80 * load * Double(replicas)))
    system.tasks = [
      PredictionTask(
        name: "click", positives: 0.1, bestAUC: 0.85, labels: LabelPlan(delay: .constant(1)),
        drifts: [])
    ]
    system.models = [
      ModelPlan(
        name: "clicks", task: 0, features: 4,
        training: TrainingPlan(
          rows: 5000, window: .seconds(400), pool: 0, speed: 100, labelRate: 50),
        retraining: RetrainingPlan(every: .seconds(1000), onAlarm: false, cooldown: .zero),
        rollout: RolloutPlan(
          steps: [
            RolloutPlan.Step(share: 0.25, hold: .seconds(400)),
            RolloutPlan.Step(share: 1, hold: .zero),
          ], rollbackIf: [.errorsAbove(0.2)], every: .seconds(20), minimumRequests: 50))
    ]
    system.services[0].model = 0
    return system
  }

  /// Two days in an hour, in steps of 15 s, between a quarter of the peak and the peak.
  private static func days(peak: Double) -> RateProfile {
    var rate = RateProfile(base: peak)
    rate.steps = (0..<240).map { step in
      let wave = PortableMath.cos(2 * .pi * Double(step) / 120)
      return RateStep(
        at: .start + .seconds(Double(step) * 15), factor: 0.625 - 0.375 * wave)
    }
    return rate
  }
}
