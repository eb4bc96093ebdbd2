import DiscreteEvents
import MLSystem
import Quantities
import Randomness
import Statistics

/// Monitors of the learning plane in a world that stands still: how often each alarms in vain.
///
/// A row holds the share of 4,000 checks that were alarms against the stated or exact rate, at
/// 99 %, and names the false alarms per month that come of it. The last row judges how many
/// intervals miss: more than the bound has a chance of one in a thousand where all is right.
enum MonitorChecks {
  private static let checks = 4_000

  @Sendable static func run() async -> [Check] {
    var rows = fixedLimits() + limitsByChance() + quality()
    rows.append(verdict(rows))
    return rows
  }

  /// PSI of one feature at fixed limits: two million samples of NumPy each, a reference of very
  /// many rows.
  private static func fixedLimits() -> [Check] {
    let cases: [(rows: Int, bins: Int, limit: Double, chance: Double)] = [
      (100, 10, 0.1, 0.39132), (100, 10, 0.2, 0.0327), (100, 30, 0.2, 0.95291),
      (200, 20, 0.1, 0.45766), (200, 10, 0.1, 0.02366),
    ]
    return cases.map { test in
      let kind = MonitorKind.features(
        FeatureTest(statistic: .psi, top: 1, limit: .above(test.limit), bins: test.bins))
      let limit = QuantityFormatter.shortest(test.limit, significant: 2)
      return row(
        "PSI > \(limit), \(test.rows) rows, \(test.bins) bins, 1 feature", kind, rows: test.rows,
        chance: test.chance)
    }
  }

  /// Ten features at 5 % together: 1 - (1 - 0.005)^10.
  private static func limitsByChance() -> [Check] {
    var all: [Check] = []
    let shared = 1 - PortableMath.pow(1 - 0.005, 10)
    for rows in [100, 1_000, 10_000, 100_000] {
      let kind = MonitorKind.features(
        FeatureTest(statistic: .psi, top: 10, limit: .chance(0.05, shared: true)))
      all.append(row("PSI size-aware, \(rows) rows", kind, rows: rows, chance: shared))
    }
    for statistic in DriftStatistic.allCases where statistic != .psi && statistic != .wasserstein {
      let kind = MonitorKind.features(
        FeatureTest(statistic: statistic, top: 10, limit: .chance(0.05, shared: true)))
      all.append(
        row("\(statistic.rawValue) size-aware, 5,000 rows", kind, rows: 5_000, chance: shared))
    }
    let scores = MonitorKind.predictions(
      FeatureTest(statistic: .kullbackLeibler, top: 1, limit: .chance(0.05, shared: true)))
    all.append(row("KL of predictions size-aware, 5,000 rows", scores, rows: 5_000, chance: 0.05))
    all.append(
      row("chi-square of labels, 1,000 labels", .labels(level: 0.05), rows: 1_000, chance: 0.05))
    return all
  }

  /// Quality one and a half standard errors below what it was: Φ(-1.5); ratings exactly.
  private static func quality() -> [Check] {
    var all: [Check] = []
    let version = LearningPlane(model: system(.labels(level: 0.5), rows: 1_000), streams: family())
      .version(of: 0, .stable)
    let deviation = hanleyMcNeilVariance(
      area: version.auc, positives: 300, negatives: 700
    ).squareRoot()
    all.append(
      row(
        "AUC on 1,000 labels, 1.5 standard errors",
        .performance(PerformanceTest(limit: .points(1.5 * deviation))), rows: 1_000,
        chance: PortableMath.normalCDF(-1.5)))
    let agreement = 0.85
    let accuracy = version.accuracy
    let shown = agreement * accuracy + (1 - agreement) * (1 - accuracy)
    let line = agreement * (accuracy - 0.05) + (1 - agreement) * (1 - accuracy + 0.05)
    let least = Int64((line * 500).rounded(.up)) - 1
    all.append(
      row(
        "500 ratings right in 85 %, 5 points",
        .ratings(
          RatingTest(
            quality: PerformanceTest(metric: .accuracy, limit: .points(0.05)),
            agreement: .share(agreement))), rows: 500,
        chance: Binomial.cumulative(least, trials: 500, p: shown)))
    return all
  }

  // MARK: Rows

  private static func family() -> StreamFamily { StreamFamily(seed: 11, replication: 0) }

  /// One model of 20 features, one request and one label a second, a look whenever the rows are
  /// there.
  private static func system(_ kind: MonitorKind, rows: Int) -> SystemModel {
    let every = Duration.seconds(Double(rows))
    let task = PredictionTask(
      name: "task", positives: 0.3, bestAUC: 0.85, labels: LabelPlan(delay: .constant(0)),
      drifts: [])
    let training = TrainingPlan(
      rows: 1e9, window: .days(400), pool: 0, speed: 1e15, labelRate: 1)
    let model = ModelPlan(
      name: "model", task: 0, features: 20, training: training,
      monitors: [MonitorPlan(name: "monitor", kind: kind, every: every, rows: rows)])
    return SystemModel(
      start: CalendarInstant(year: 2024, month: 1, day: 1), horizon: every * Int64(checks),
      traffic: [], routes: [], services: [], tasks: [task], models: [model], limits: RunLimits())
  }

  private static func row(
    _ name: String, _ kind: MonitorKind, rows: Int, chance: Double
  ) -> Check {
    let model = system(kind, rows: rows)
    var plane = LearningPlane(model: model, streams: family())
    var counters = VersionCounters(models: 1, routes: 0)
    var actions: [LifecycleAction] = []
    let end = Instant.start + model.horizon
    while plane.due <= end {
      let now = plane.due
      counters.answered[0] = Int64(now.seconds)
      plane.advance(at: now, counters: &counters, actions: &actions)
    }
    counters.answered[0] = Int64(end.seconds)
    plane.finish(at: end, counters: &counters)
    var (fired, judged, monthly) = (0.0, 0.0, 0.0)
    for measure in plane.measures() where measure.name.selector == nil {
      if case .ratio(let part, let whole) = measure.value {
        if measure.name.metric == "firing" { (fired, judged) = (part, whole) }
        if measure.name.metric == "false-alarms" { monthly = part / whole }
      }
    }
    let interval = ConfidenceInterval.ofProportion(
      successes: Int64(fired), trials: Int64(judged), level: 0.99)
    let holds = interval.low <= chance && chance <= interval.high
    return Check(
      name: name, expected: QuantityFormatter.percent(chance, decimals: 2),
      observed: "\(QuantityFormatter.percent(fired / judged, decimals: 2)) of "
        + "\(Int(judged)) checks, \(QuantityFormatter.fixed(monthly, decimals: 1)) a month",
      bound: holds ? inside : outside, outcome: .passed)
  }

  private static let inside = "inside the 99 % interval"
  private static let outside = "OUTSIDE the 99 % interval"

  private static func verdict(_ rows: [Check]) -> Check {
    let misses = rows.count { $0.bound == outside }
    let allowed = Int(Binomial.quantile(0.999, trials: Int64(rows.count), p: 0.01))
    return Check(
      name: "false alarms of monitors: intervals that miss",
      expected:
        "\(QuantityFormatter.fixed(Double(rows.count) * 0.01, decimals: 2)) of \(rows.count)",
      observed: "\(misses)", bound: "at most \(allowed) (false alarm below 0.001)",
      outcome: misses <= allowed ? .passed : .failed)
  }
}
