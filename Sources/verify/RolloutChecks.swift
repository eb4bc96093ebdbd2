import DiscreteEvents
import MLSystem
import Quantities
import Randomness
import Statistics

/// Checks of rollout rules against exact chances: how often a sound version is undone, how often a
/// fault is caught, and whether tests of outcomes keep their word.
///
/// Each row holds a 99 % interval against an exact value; the last row judges how many miss.
enum RolloutChecks {
  @Sendable static func run() async -> [Check] {
    let rows = await commonRule() + wholeSimulation() + controllers() + tests()
    return rows + [verdict(rows)]
  }

  // MARK: Errors above twice the baseline

  /// The rule on exactly 19 times as many requests of the stable version, in the learning plane.
  private static func commonRule() -> [Check] {
    var rows: [Check] = []
    for (requests, trials) in [(Int64(100), 4000), (500, 4000)] {
      for faulty in [0.01, 0.02, 0.03] {
        let undone = undone(requests: requests, faulty: faulty, rollouts: trials)
        let exact = CanaryArithmetic.rollbackChance(
          canary: requests, stable: 19 * requests, base: 0.01, faulty: faulty, factor: 2)
        let what = faulty == 0.01 ? "no fault" : "a fault of \(Int((faulty * 100).rounded()))x"
        rows.append(
          row("errors > 2x baseline, \(requests) requests, \(what): undone", exact, undone, trials))
      }
    }
    return rows
  }

  /// How many of so many rollouts are undone when each sees a draw of exact numbers of requests.
  private static func undone(requests: Int64, faulty: Double, rollouts: Int) -> Int {
    let plan = RolloutPlan(
      steps: [.init(share: 0.05, hold: .seconds(60))], rollbackIf: [.errorsTimesBaseline(2)],
      every: .seconds(60), minimumRequests: 1)
    var source = RandomStream(seed: UInt64(requests) &* 31 &+ UInt64(faulty * 1000))
    return rollBacks(plan, rollouts: rollouts) { counters in
      add(requests, faulty, .candidate, &counters, &source)
      add(19 * requests, 0.01, .stable, &counters, &source)
    }
  }

  /// The rule in the whole system: a lookup of 2 requests/s whose answers come too late for 1 % of
  /// them, a version every 20 minutes, 1,000 s of canary.
  private static func wholeSimulation() async -> [Check] {
    let rollouts = 400
    let runs = 8
    var undone = 0
    for replication in 0..<runs {
      let record = try? wholeSystem(rollouts: rollouts).simulate(seed: 9, replication: replication)
      undone += Int(figure("rollbacks", record?.measures ?? []) ?? 0)
    }
    return [
      row(
        "errors > 2x baseline, about 100 requests, whole simulation: undone",
        poissonChance(canary: 100, stable: 1900), undone, rollouts * runs)
    ]
  }

  private static func wholeSystem(rollouts: Int) -> SystemModel {
    let cycle = 1200.0
    let model = ModelPlan(
      name: "m",
      training: TrainingPlan(rows: 1, window: .seconds(60), pool: 0, speed: 1e9, labelRate: 1),
      retraining: RetrainingPlan(every: .seconds(cycle), onAlarm: false, cooldown: .zero),
      rollout: RolloutPlan(
        steps: [.init(share: 0.05, hold: .seconds(1000))], rollbackIf: [.errorsTimesBaseline(2)],
        every: .seconds(1000), minimumRequests: 1))
    // Exponential latencies of mean 1 exceed ln 100 with a chance of 1 %.
    let lookup = LookupPlan(latency: .exponential(mean: 0.1))
    return SystemModel(
      start: CalendarInstant(year: 2024, month: 1, day: 1),
      horizon: .seconds(cycle * (Double(rollouts) + 0.95)),
      traffic: [
        TrafficStream(
          name: "users", route: 0, arrivals: .poisson, rate: RateProfile(base: 2),
          size: RequestSize())
      ],
      routes: [
        Route(name: "r", steps: [0], timeout: .seconds(0.1 * PortableMath.log(100)))
      ],
      services: [
        Service(
          name: "store", kind: .lookup(lookup),
          replicas: ReplicaPolicy(initial: 0, minimum: 0, maximum: 0), model: 0)
      ],
      pools: [
        HardwarePool(
          name: "trainers", instance: "i", region: "r", accelerators: 0,
          provisioning: .constant(0), offers: [])
      ],
      models: [model], limits: .none)
  }

  /// The exact chance where the numbers of requests are Poisson, on a grid of the larger one.
  private static func poissonChance(canary: Double, stable: Double) -> Double {
    var (chance, weight) = (0.0, 0.0)
    func mass(_ count: Int64, _ mean: Double) -> Double {
      let k = Double(count)
      return PortableMath.exp(k * PortableMath.log(mean) - mean - PortableMath.logGamma(k + 1))
    }
    for few in Int64(60)...145 {
      for many in stride(from: Int64(stable) - 176, through: Int64(stable) + 176, by: 8) {
        let own = mass(few, canary) * mass(many, stable)
        weight += own
        chance +=
          own
          * CanaryArithmetic.rollbackChance(
            canary: few, stable: many, base: 0.01, faulty: 0.01, factor: 2)
      }
    }
    return chance / weight
  }

  // MARK: Controllers

  /// Checks that each fail falsely with a chance of 5 %.
  private static func controllers() -> [Check] {
    let trials = 3000
    func undone(_ controller: RolloutController, _ steps: [RolloutPlan.Step]) -> Int {
      var plan = RolloutPlan(
        steps: steps, rollbackIf: [.errorsAbove(0.5)], every: .seconds(60), minimumRequests: 1)
      plan.controller = controller
      var source = RandomStream(seed: 77)
      return rollBacks(plan, rollouts: trials) { add(1, 0.05, .candidate, &$0, &source) }
    }
    let pass = PortableMath.pow(0.95, 25)
    // A failed check only halts: 25 must pass before the fifth fails, which takes up to 29.
    let five = Binomial.survival(4, trials: 29, p: 0.05)
    var rows: [Check] = []
    for (threshold, exact) in [(1, 1 - pass), (5, five)] {
      let rules = FlaggerCanary.Rules(stepWeight: 2, maxWeight: 50, threshold: threshold)
      rows.append(
        row(
          "Flagger, 25 weights, threshold \(threshold): undone by false failures", exact,
          undone(.flagger(rules), []), trials))
    }
    rows.append(
      row(
        "Argo, count 5, failureLimit 0: undone by false failures", 1 - PortableMath.pow(0.95, 5),
        undone(
          .argo(AnalysisMetricRules(count: 5), pause: .zero),
          [.init(share: 0.5, hold: .seconds(60))]), trials))
    return rows
  }

  // MARK: Tests of outcomes

  private static func tests() -> [Check] {
    let trials = 1500
    let fixed = OutcomeTest(lift: 0.1)
    let mixture = OutcomeTest(method: .mixture, lift: 0.1)
    let groups = OutcomeTest(method: .groups(looks: 5), lift: 0.1)
    let helped = OutcomeTest(lift: 0.1, correlation: 0.6)
    return [
      row("A/B, one look, no difference: shipped", 0.025, ships(fixed, 0, 336, trials), trials),
      // O'Brien and Fleming's bounds spend exactly alpha, half of it on the better side.
      row("A/B, five looks, no difference: shipped", 0.025, ships(groups, 0, 336, trials), trials),
      atMost(
        "A/B, a look every hour (mSPRT), no difference: shipped", 0.025,
        ships(mixture, 0, 336, trials), trials),
      row(
        "A/B, one look, the lift it is made for: shipped", 0.8,
        ships(fixed, 0.1, 336, trials), trials),
      row("A/B with CUPED at 0.6: shipped", 0.8, ships(helped, 0.1, 336, trials), trials),
    ]
  }

  /// Tests that ship: requests come evenly over a week, and each hour is looked at.
  private static func ships(_ plan: OutcomeTest, _ lift: Double, _ hours: Int, _ trials: Int) -> Int
  {
    let base = 0.1
    var source = RandomStream(seed: UInt64(lift * 1000) &+ UInt64(trials))
    var count = 0
    for _ in 0..<trials {
      var test = OutcomeTestState(plan: plan, base: base, at: .start)
      let perHour = Int64((test.needed / 168).rounded(.up))
      for hour in 1...hours {
        for isNew in [true, false] {
          let rate = isNew ? base * (1 + lift) : base
          let successes = Binomial.sample(trials: perHour, p: rate, &source)
          test.add(perHour, successes: successes, rate: rate, isNew: isNew)
        }
        guard let verdict = test.verdict(at: .start + .seconds(Double(hour) * 3600)) else {
          continue
        }
        if verdict == .ship { count += 1 }
        break
      }
    }
    return count
  }

  // MARK: The plane alone

  /// How many of so many rollouts are undone; `traffic` gives both versions their requests between
  /// two events of the plane.
  private static func rollBacks(
    _ plan: RolloutPlan, rollouts: Int, _ traffic: (inout VersionCounters) -> Void
  ) -> Int {
    let model = ModelPlan(
      name: "m",
      training: TrainingPlan(rows: 1, window: .seconds(60), pool: 0, speed: 1e9, labelRate: 1),
      retraining: RetrainingPlan(every: .seconds(7200), onAlarm: false, cooldown: .zero),
      rollout: plan)
    let system = SystemModel(
      start: CalendarInstant(year: 2024, month: 1, day: 1),
      horizon: .seconds(7200 * (Double(rollouts) + 0.95)), traffic: [], routes: [], services: [],
      models: [model], limits: .none)
    var plane = LearningPlane(model: system, streams: StreamFamily(seed: 1, replication: 0))
    var counters = VersionCounters(models: 1, routes: 0)
    let end = Instant.start + system.horizon
    while plane.due <= end {
      let now = plane.due
      // Only between the begin of a step and its looks do requests matter.
      traffic(&counters)
      var actions: [LifecycleAction] = []
      plane.advance(at: now, counters: &counters, actions: &actions)
      while !actions.isEmpty {
        if case .prepareCandidate(let model, _) = actions.removeFirst() {
          plane.candidateIsReady(model: model, at: now, counters: &counters, actions: &actions)
        }
      }
    }
    return Int(figure("rollbacks", plane.measures()) ?? 0)
  }

  private static func add(
    _ requests: Int64, _ errors: Double, _ arm: VersionArm, _ counters: inout VersionCounters,
    _ source: inout RandomStream
  ) {
    let failed = Binomial.sample(trials: requests, p: errors, &source)
    counters.errors[VersionCounters.index(of: 0, arm)] += failed
    counters.answered[VersionCounters.index(of: 0, arm)] += requests - failed
  }

  private static func figure(_ metric: String, _ measures: [Measure]) -> Double? {
    for measure in measures where measure.name.metric == metric {
      if case .scalar(let value) = measure.value { return value }
    }
    return nil
  }

  // MARK: Rows

  private static let inside = "inside the 99 % interval"
  private static let outside = "OUTSIDE the 99 % interval"

  private static func row(_ name: String, _ exact: Double, _ count: Int, _ trials: Int) -> Check {
    let interval = interval(count, trials)
    let holds = interval.low <= exact && exact <= interval.high
    return Check(
      name: name, expected: QuantityFormatter.percent(exact, decimals: 2),
      observed: text(interval), bound: holds ? inside : outside, outcome: .passed)
  }

  private static func atMost(_ name: String, _ most: Double, _ count: Int, _ trials: Int) -> Check {
    let interval = interval(count, trials)
    return Check(
      name: name, expected: "at most \(QuantityFormatter.percent(most, decimals: 2))",
      observed: text(interval), bound: interval.low <= most ? inside : outside, outcome: .passed)
  }

  private static func interval(_ count: Int, _ trials: Int) -> ConfidenceInterval {
    ConfidenceInterval.ofProportion(
      successes: Int64(count), trials: Int64(trials), level: 0.99)
  }

  private static func text(_ interval: ConfidenceInterval) -> String {
    let percent = { QuantityFormatter.percent($0, decimals: 2) }
    return "\(percent(interval.estimate)) [\(percent(interval.low)), \(percent(interval.high))]"
  }

  private static func verdict(_ rows: [Check]) -> Check {
    let misses = rows.count { $0.bound == outside }
    let allowed = Int(Binomial.quantile(0.999, trials: Int64(rows.count), p: 0.01))
    return Check(
      name: "rollouts: intervals that miss",
      expected:
        "\(QuantityFormatter.fixed(Double(rows.count) * 0.01, decimals: 2)) of \(rows.count)",
      observed: "\(misses)", bound: "at most \(allowed) (false alarm below 0.001)",
      outcome: misses <= allowed ? .passed : .failed)
  }
}
