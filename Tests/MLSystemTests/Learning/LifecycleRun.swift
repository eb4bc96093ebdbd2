import DiscreteEvents
import MLSystem
import Quantities
import Randomness
import Statistics

/// Drives a learning plane with an even flow of requests and candidates that are ready at once.
final class LifecycleRun {
  var plane: LearningPlane
  var counters: VersionCounters
  /// What the plane asked for, and when in days.
  var actions: [(days: Double, action: LifecycleAction)] = []

  private let requestsPerSecond: Double
  private let errorRate: Double
  private let fallbackShare: Double
  private let horizon: Duration
  private let models: Int
  private var last = Instant.start
  /// Fractions of requests that wait to become whole, by index of arm.
  private var carried: [Double]
  private var carriedErrors: [Double]
  private var carriedFallbacks = 0.0

  init(
    _ model: SystemModel, seed: UInt64 = 1, replication: Int = 0, requestsPerSecond: Double = 1,
    errorRate: Double = 0, fallbackShare: Double = 0
  ) {
    let streams = StreamFamily(seed: seed, replication: replication)
    plane = LearningPlane(model: model, streams: streams)
    counters = VersionCounters(models: model.models.count, routes: model.routes.count)
    self.requestsPerSecond = requestsPerSecond
    self.errorRate = errorRate
    self.fallbackShare = fallbackShare
    horizon = model.horizon
    models = model.models.count
    carried = Array(repeating: 0, count: 2 * models)
    carriedErrors = carried
  }

  func run() {
    let end = Instant.start + horizon
    while plane.due <= end { advance(to: plane.due) }
    flow(until: end)
    plane.finish(at: end, counters: &counters)
  }

  func run(until end: Instant) {
    while plane.due <= end { advance(to: plane.due) }
  }

  private func advance(to now: Instant) {
    flow(until: now)
    var new: [LifecycleAction] = []
    plane.advance(at: now, counters: &counters, actions: &new)
    while !new.isEmpty {
      let action = new.removeFirst()
      actions.append((now.seconds / 86_400, action))
      if case .prepareCandidate(let model, _) = action {
        plane.candidateIsReady(model: model, at: now, counters: &counters, actions: &new)
      }
      if case .roll(let model, _, _) = action {
        plane.rolled(
          model: model, share: 1, isDone: true, at: now, counters: &counters, actions: &new)
      }
    }
  }

  /// Answers the requests of the time that has passed, whole ones only.
  private func flow(until now: Instant) {
    let requests = (now - last).seconds * requestsPerSecond
    last = now
    if counters.fallbacks.count > 0 {
      carriedFallbacks += requests * fallbackShare
      counters.fallbacks[0] += Int64(carriedFallbacks)
      carriedFallbacks -= carriedFallbacks.rounded(.down)
    }
    for model in 0..<models {
      let share = plane.candidateShare(of: model)
      for arm in VersionArm.allCases {
        let index = VersionCounters.index(of: model, arm)
        let own = requests * (arm == .candidate ? share : 1 - share) * (1 - fallbackShare)
        carried[index] += own
        let whole = carried[index].rounded(.down)
        carried[index] -= whole
        let failing = errorRate + plane.version(of: model, arm).errors
        carriedErrors[index] += whole * failing
        let errors = carriedErrors[index].rounded(.down)
        carriedErrors[index] -= errors
        counters.errors[index] += Int64(errors)
        counters.answered[index] += Int64(whole - errors)
        if counters.isCompared[model] && whole > errors {
          let slow = plane.version(of: model, arm).slowdown
          counters.latencies[index].add(Int64(1e7 * slow), weight: Int64(whole - errors))
        }
      }
    }
  }

  /// A figure of the run; nil where it is missing or absent.
  func value(_ metric: String, of subject: String = "m") -> Double? {
    for measure in plane.measures()
    where measure.name.subject == subject && measure.name.metric == metric {
      switch measure.value {
      case .ratio(let sum, let over): return sum / over
      case .scalar(let value): return value
      case .missing, .distribution: return nil
      }
    }
    return nil
  }

  var timeline: [TimelineEntry] { plane.timeline }

  func version(_ arm: VersionArm = .stable) -> ModelVersion { plane.version(of: 0, arm) }

  func labelsArrived(by now: Instant) -> Double { plane.labelsArrived(task: 0, by: now) }

  func backfill(at now: Instant) -> Bool { plane.backfill(task: 0, at: now) }

  func repairFeatures(at now: Instant) -> Bool {
    plane.repairFeatures(task: 0, at: now, counters)
  }

  func relabel(at now: Instant) -> Double { plane.relabel(task: 0, at: now, counters) }

  func causes(at now: Instant) -> TrueCauses { plane.trueCauses(of: 0, at: now) }

  func isFiring(monitor: Int) -> Bool { plane.models[0].monitors[monitor].isFiring }

  func entries(_ kind: TimelineEntry.Kind) -> [TimelineEntry] {
    plane.timeline.filter { $0.kind == kind }
  }
}

/// Small life cycles to begin from.
enum Lifecycle {
  static func days(_ days: Double) -> Duration { .seconds(days * 86_400) }
  static func day(_ day: Double) -> Instant { .start + days(day) }

  static func system(
    _ tasks: [PredictionTask], _ models: [ModelPlan], days: Double = 30, warmUp: Double = 0
  ) -> SystemModel {
    SystemModel(
      start: CalendarInstant(year: 2024, month: 1, day: 1), horizon: Self.days(days),
      warmUp: Self.days(warmUp), traffic: [], routes: [], services: [], tasks: tasks,
      models: models, limits: RunLimits())
  }

  static func task(
    _ drifts: [Drift] = [], delay: Double = 0, flipped: Double = 0, share: Double = 1,
    positives: Double = 0.3
  ) -> PredictionTask {
    PredictionTask(
      name: "t", positives: positives, bestAUC: 0.85,
      labels: LabelPlan(delay: .constant(delay * 86_400), flipped: flipped, share: share),
      drifts: drifts)
  }

  /// A model of 20 features that learns from `window` days of one label a second.
  static func model(
    window: Double = 7, rows: Double = 1e6, speed: Double = 100, monitors: [MonitorPlan] = [],
    retraining: RetrainingPlan = .never, rollout: RolloutPlan = .recreate,
    badVersions: BadVersions? = nil
  ) -> ModelPlan {
    ModelPlan(
      name: "m", task: 0, features: 20,
      training: TrainingPlan(
        rows: rows, window: days(window), pool: 0, instances: 2, speed: speed, labelRate: 1),
      monitors: monitors, retraining: retraining, rollout: rollout, badVersions: badVersions)
  }

  static let weekly = RetrainingPlan(every: days(7), onAlarm: false, cooldown: .zero)
}
