import DiscreteEvents
import MLSystem
import Quantities
import Randomness
import Statistics

/// Checks of the learning plane against closed forms and sampling laws.
///
/// A row says whether its 99 % interval holds the expected value; the last row of a list judges how
/// many do not: more than the binomial bound has a chance of one in a thousand where all is right.
enum LearningChecks {
  @Sendable static func run() async -> [Check] {
    windows() + cadences() + bestWindows() + bestCadences() + falseAlarms()
  }

  /// A world that wanders, one model of 20 features on 1,000 labels a day, AUC* 0.85.
  static func system(
    memory: Double, window: Double, delay: Double, labels: Double = 1000, every: Duration? = nil,
    days: Double = 1, monitors: [MonitorPlan] = []
  ) -> SystemModel {
    let day = 86_400.0
    let task = PredictionTask(
      name: "task", positives: 0.3, bestAUC: 0.85,
      labels: LabelPlan(delay: .constant(delay * day)),
      drifts: memory.isFinite ? [.wandering(memory: .seconds(memory * day))] : [])
    let training = TrainingPlan(
      rows: 1e9, window: .seconds(window * day), pool: 0, speed: 1e12, labelRate: labels / day)
    let model = ModelPlan(
      name: "model", task: 0, features: 20, training: training, monitors: monitors,
      retraining: RetrainingPlan(every: every, onAlarm: false, cooldown: .zero))
    return SystemModel(
      start: CalendarInstant(year: 2024, month: 1, day: 1), horizon: .seconds(days * day),
      traffic: [], routes: [], services: [], tasks: [task], models: [model], limits: RunLimits())
  }

  private static func closedForm(
    memory: Double, window: Double, age: Double, labels: Double = 1000
  ) -> Double {
    WindowTraining(
      memory: memory, window: window, age: age, labelsPerDay: labels, features: 20,
      best: BinormalQuality(auc: 0.85, positives: 0.3)
    ).auc
  }

  // MARK: Drift, window, delay

  /// Mean AUC over 200 paths of 54 combinations of drift, window, delay and rate of labels.
  private static func windows() -> [Check] {
    var rows: [Check] = []
    for memory in [30.0, 90, .infinity] {
      for window in [5.0, 20, 60] {
        for delay in [0.0, 7, 21] {
          for labels in [100.0, 1000] {
            rows.append(combination(memory, window, delay, labels, number: rows.count))
          }
        }
      }
    }
    return rows + [verdict("AUC of drift, window and delay", rows)]
  }

  private static func combination(
    _ memory: Double, _ window: Double, _ delay: Double, _ labels: Double, number: Int
  ) -> Check {
    let model = system(memory: memory, window: window, delay: delay, labels: labels)
    let values = (0..<200).map { replication in
      let streams = StreamFamily(seed: UInt64(number + 1), replication: replication)
      return LearningPlane(model: model, streams: streams).version(of: 0, .stable).auc
    }
    let days = memory.isFinite ? "\(short(memory)) d" : "for ever"
    return row(
      "AUC, memory \(days), window \(short(window)) d, delay \(short(delay)) d, "
        + "\(short(labels)) labels a day",
      closedForm(memory: memory, window: window, age: delay, labels: labels), values)
  }

  /// Mean AUC in service under retraining every 1, 7 and 30 days: labels after 3 days, window 30.
  private static func cadences() -> [Check] {
    var rows: [Check] = []
    for every in [1.0, 7, 30] {
      let model = system(
        memory: 180, window: 30, delay: 3, every: .seconds(every * 86_400), days: 360)
      let values = (0..<40).map { meanAUC(model, replication: $0) }
      // The age runs evenly through one period, but for the tick that resolves it.
      let steps = 400
      let ages = (0..<steps).map { 3 + every * (Double($0) + 0.5) / Double(steps) }
      let expected =
        ages.reduce(0) { $0 + closedForm(memory: 180, window: 30, age: $1) } / Double(steps)
      rows.append(row("AUC in service, retrained every \(short(every)) d", expected, values))
    }
    return rows + [verdict("AUC of cadences", rows)]
  }

  /// Runs the plane alone under an even flow of requests.
  static func meanAUC(_ model: SystemModel, replication: Int) -> Double {
    let run = flow(model, StreamFamily(seed: 77, replication: replication))
    return figure("auc", run) ?? 0
  }

  private static func flow(_ model: SystemModel, _ streams: StreamFamily) -> [Measure] {
    var plane = LearningPlane(model: model, streams: streams)
    var counters = VersionCounters(models: 1, routes: 0)
    var actions: [LifecycleAction] = []
    let end = Instant.start + model.horizon
    func count(until now: Instant) { counters.answered[0] = Int64(now.seconds) }
    while plane.due <= end {
      let now = plane.due
      count(until: now)
      plane.advance(at: now, counters: &counters, actions: &actions)
      actions.removeAll()
    }
    count(until: end)
    plane.finish(at: end, counters: &counters)
    return plane.measures()
  }

  private static func figure(_ metric: String, _ measures: [Measure]) -> Double? {
    for measure in measures where measure.name.metric == metric {
      if case .ratio(let sum, let over) = measure.value { return sum / over }
    }
    return nil
  }

  // MARK: False alarms

  /// A feature that stands still, 10,000 checks each: alarms against the chi-square law.
  private static func falseAlarms() -> [Check] {
    let cases: [(rows: Int, bins: Int, threshold: Double)] = [
      (500, 5, 0.019), (500, 5, 0.0266), (600, 6, 0.0185), (600, 5, 0.0158), (400, 4, 0.0195),
      (300, 3, 0.02),
    ]
    var checks: [Check] = []
    for (number, test) in cases.enumerated() {
      let monitor = MonitorPlan.psi(
        threshold: test.threshold, top: 1, bins: test.bins, every: .seconds(600), rows: test.rows)
      let count = 10_000
      let model = system(
        memory: .infinity, window: 10_000, delay: 0, days: Double(count) / 144, monitors: [monitor])
      let measures = flow(model, StreamFamily(seed: 3, replication: number))
      let fired = Int64(((figure("firing", measures) ?? 0) * Double(count)).rounded())
      // The reference is the training window: 10,000 days of 1,000 labels.
      let law = StabilityIndexLaw(bins: test.bins, reference: 1e7, current: Double(test.rows))
      let chance = law.pValue(of: test.threshold)
      let interval = ConfidenceInterval.ofProportion(
        successes: fired, trials: Int64(count), level: 0.99)
      checks.append(
        Check(
          name: "PSI > \(test.threshold), \(test.rows) rows, \(test.bins) bins, no drift",
          expected: QuantityFormatter.percent(chance, decimals: 2),
          observed: "\(QuantityFormatter.percent(Double(fired) / Double(count), decimals: 2)) of "
            + "\(count) checks",
          bound: interval.low <= chance && chance <= interval.high ? inside : outside,
          outcome: .passed))
    }
    return checks + [verdict("PSI false alarms", checks)]
  }

  // MARK: Rows

  /// The mean of `values` against its closed form, at 99 %.
  private static func row(_ name: String, _ expected: Double, _ values: [Double]) -> Check {
    let interval = ConfidenceInterval.ofMean(values, level: 0.99)
    let holds = interval.low <= expected && expected <= interval.high
    return Check(
      name: name, expected: QuantityFormatter.fixed(expected, decimals: 4),
      observed: "\(QuantityFormatter.fixed(interval.estimate, decimals: 4)) "
        + "[\(QuantityFormatter.fixed(interval.low, decimals: 4)), "
        + "\(QuantityFormatter.fixed(interval.high, decimals: 4))]",
      bound: holds ? inside : outside, outcome: .passed)
  }

  private static let inside = "inside the 99 % interval"
  private static let outside = "OUTSIDE the 99 % interval"

  private static func verdict(_ name: String, _ rows: [Check]) -> Check {
    let misses = rows.count { $0.bound == outside }
    let allowed = Int(Binomial.quantile(0.999, trials: Int64(rows.count), p: 0.01))
    return Check(
      name: "\(name): intervals that miss",
      expected:
        "\(QuantityFormatter.fixed(Double(rows.count) * 0.01, decimals: 2)) of \(rows.count)",
      observed: "\(misses)", bound: "at most \(allowed) (false alarm below 0.001)",
      outcome: misses <= allowed ? .passed : .failed)
  }

  static func short(_ value: Double) -> String { QuantityFormatter.compact(value) }
}
