import Quantities
import Randomness

/// A model while the run goes on.
package struct ModelState: Sendable {
  var plan: ModelPlan
  var dimension: EffectiveDimension
  var stable: ModelVersion
  var candidate: ModelVersion?
  /// Trained while a rollout was under way; takes its turn afterwards.
  var waiting: ModelVersion?
  var rollout: RolloutState?
  var rollouts: RolloutBooks
  /// The training under way, and what earlier ones left.
  package var trainings: TrainingState
  var review: ReviewState?
  /// When the stable version began to take every request.
  var promoted = Instant.start
  /// Its monitors, in the order of the plan.
  package var monitors: [MonitorState]
  /// What its features have been like so far.
  var regimes: [FeatureRegime] = []
  var response: ResponseState
  var diagnosis: DiagnosisState
  /// Quality of the stable version as it was promoted.
  var accepted = (auc: 0.5, accuracy: 0.5, value: 0.0)

  /// Labels that the predictions of each closed segment of the world will get, in all and of the
  /// stable version alone, and the AUC of the stable version there.
  package var labels: [Double] = []
  var stableLabels: [Double] = []
  /// Sums of those labels and of what they say of the concept.
  var signals = SignalSums()
  /// What a learner could reach that retrains at once and for free.
  var oracle = OracleState()
  /// The first version, judged beside those that followed and serving nobody; nil where none
  /// follows.
  var never: ModelVersion?
  /// When it was last judged, nanoseconds.
  var neverJudged = Int64.min
  var qualities: [Double] = []
  /// Share of right decisions of the stable version in each closed segment.
  var accuracies: [Double] = []
  /// True prevalence in each closed segment.
  var prevalences: [Double] = []
  /// Labels of the run's predictions in segments that are forgotten.
  var arrivedBefore = 0.0

  var data = ModelData()
  var seen: CounterSnapshot
  var settled = Instant.start
  var scores = ModelScores()
  /// Declared drifts and faults, and what became of them.
  var causes: [CauseScore]
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
      let whole = BinormalQuality(
        distance: task.kind.distance(ofAUC: task.bestAUC), positives: task.positives)
      let best = task.kind.seen(whole, throughFlips: task.labels.flipped)
      dimension =
        EffectiveDimension.fitted(to: plan.learningCurve, best: best, kind: task.kind) ?? dimension
    }
    stable = ModelVersion(number: 0)
    let drifts = task?.drifts.sortedByTime ?? []
    causes = drifts.compactMap { drift in
      drift.cause.map { CauseScore(at: drift.at, kind: $0, monitors: plan.monitors.count) }
    }
    diagnosis = DiagnosisState(draws: streams.counter("diagnosis \(plan.name)"))
    response = ResponseState(draws: streams.counter("on-call \(plan.name)"))
    monitors = plan.monitors.map {
      MonitorState($0, of: plan.name, streams: streams)
    }
    trainings = TrainingState(plan: plan, streams: streams)
    review = plan.review.map { _ in ReviewState(draws: streams.counter("review \(plan.name)")) }
    rollouts = RolloutBooks(plan: plan, streams: streams)
    seen = CounterSnapshot()
    draws = streams.counter("training \(plan.name)")
  }
}
