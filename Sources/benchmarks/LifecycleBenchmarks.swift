import DiscreteEvents
import MLSystem
import Quantities
import Randomness

/// A year of hourly and daily life-cycle events of many models, without a single request.
enum LifecycleBenchmarks {
  static let models = 50
  static let bar = 2.0

  /// Prints the median CPU time of the rounds against the bar.
  static func run(_ options: BenchmarkOptions) {
    let system = system()
    var seconds: [Double] = []
    var trainings = 0.0
    for round in 0..<options.rounds {
      let start = cpuSeconds()
      trainings = year(system, seed: UInt64(round))
      seconds.append(cpuSeconds() - start)
    }
    printTable(
      ["a year of \(models) models, \(fixed(trainings, 0)) trainings", "CPU", "bar"],
      [["hourly ticks, daily monitors and trainings", fixed(median(seconds), 2) + " s", "2 s"]])
  }

  /// Worlds that wander, windows of 28 days, labels within a day or two.
  private static func system() -> SystemModel {
    let tasks = (0..<models).map { number in
      PredictionTask(
        name: "task \(number)", positives: 0.1, bestAUC: 0.85,
        labels: LabelPlan(delay: .lognormal(p10: 3600, p90: 40_000)),
        drifts: [.wandering(memory: .days(90))])
    }
    let plans = (0..<models).map { number in
      ModelPlan(
        name: "model \(number)", task: number, features: 40,
        training: TrainingPlan(
          rows: 1e7, window: .days(28), pool: 0, speed: 1e5, labelRate: 1),
        retraining: RetrainingPlan(every: .days(1), onAlarm: false, cooldown: .zero))
    }
    return SystemModel(
      start: .defaultStart, horizon: .days(365), traffic: [], routes: [], services: [],
      tasks: tasks, models: plans, limits: RunLimits())
  }

  /// Runs the plane alone under an even flow of answers; returns the count of trainings.
  private static func year(_ system: SystemModel, seed: UInt64) -> Double {
    var plane = LearningPlane(model: system, streams: StreamFamily(seed: seed, replication: 0))
    var counters = VersionCounters(models: models, routes: 0)
    var actions: [LifecycleAction] = []
    let end = Instant.start + system.horizon
    func count(until now: Instant) {
      for model in 0..<models { counters.answered[2 * model] = Int64(now.seconds) }
    }
    while plane.due <= end {
      let now = plane.due
      count(until: now)
      plane.advance(at: now, counters: &counters, actions: &actions)
      actions.removeAll(keepingCapacity: true)
    }
    count(until: end)
    plane.finish(at: end, counters: &counters)
    var trainings = 0.0
    for measure in plane.measures() where measure.name.metric == "retrainings" {
      if case .scalar(let value) = measure.value { trainings += value }
    }
    return trainings
  }
}
