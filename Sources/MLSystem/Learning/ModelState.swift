import Quantities
import Randomness

/// A model while the run goes on.
struct ModelState: Sendable {
  var plan: ModelPlan
  var dimension: EffectiveDimension
  var stable: ModelVersion
  var candidate: ModelVersion?
  /// Trained while a rollout was under way; takes its turn afterwards.
  var waiting: ModelVersion?
  var rollout: RolloutState?
  var trainings: TrainingState
  /// When the stable version began to take every request.
  var promoted = Instant.start
  var monitors: [MonitorState]

  /// Labels that the predictions of each closed segment of the world will get, in all and of the
  /// stable version alone, and the AUC of the stable version there.
  var labels: [Double] = []
  var stableLabels: [Double] = []
  var qualities: [Double] = []
  /// Labels of the run's predictions in segments that are forgotten.
  var arrivedBefore = 0.0

  var data = ModelData()
  var seen: CounterSnapshot
  var settled = Instant.start
  var scores = ModelScores()
  var drifts: [DriftScore]
  var draws: CounterStream
}

/// The totals of a model when they were last read.
struct CounterSnapshot: Sendable {
  var stable = Totals()
  var candidate = Totals()

  struct Totals: Sendable {
    var answered: Int64 = 0
    var errors: Int64 = 0

    var requests: Int64 { answered + errors }

    static func - (a: Totals, b: Totals) -> Totals {
      Totals(answered: a.answered - b.answered, errors: a.errors - b.errors)
    }
  }

  init() {}

  init(_ counters: VersionCounters, model: Int) {
    func totals(_ arm: VersionArm) -> Totals {
      let index = VersionCounters.index(of: model, arm)
      return Totals(answered: counters.answered[index], errors: counters.errors[index])
    }
    stable = totals(.stable)
    candidate = totals(.candidate)
  }

  func totals(of arm: VersionArm) -> Totals { arm == .stable ? stable : candidate }
}

extension ModelState {
  init(plan: ModelPlan, task: PredictionTask?, streams: StreamFamily) {
    self.plan = plan
    dimension = EffectiveDimension(scale: Double(plan.features))
    if let task, !plan.learningCurve.isEmpty {
      let best = BinormalQuality(auc: task.bestAUC, positives: task.positives)
        .seen(throughFlips: task.labels.flipped)
      dimension = EffectiveDimension.fitted(to: plan.learningCurve, best: best) ?? dimension
    }
    stable = ModelVersion(number: 0)
    let drifts = task?.drifts.sortedByTime ?? []
    let epochs = 1 + drifts.count { if case .covariate = $0 { true } else { false } }
    self.drifts = drifts.compactMap { drift in
      switch drift {
      case .wandering: nil
      case .sudden(let at, _): DriftScore(at: at, isCovariate: false)
      case .covariate(let at, _, _): DriftScore(at: at, isCovariate: true)
      }
    }
    monitors = plan.monitors.enumerated().map { number, monitor in
      MonitorState(
        plan: monitor, pending: Array(repeating: 0, count: epochs),
        draws: streams.counter("monitor \(plan.name) \(number)"), rest: monitor.rest)
    }
    trainings = TrainingState(plan: plan)
    seen = CounterSnapshot()
    draws = streams.counter("training \(plan.name)")
  }
}
