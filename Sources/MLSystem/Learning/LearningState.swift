import Quantities
import Randomness
import Statistics

/// What happens inside the learning plane; ties at one instant go in this order.
enum LearningEvent: BitwiseCopyable, Sendable {
  case tick(task: UInt16)
  case drift(task: UInt16, index: UInt16)
  case warmUpEnds
  case trained(model: UInt16)
  case analysis(model: UInt16, generation: UInt32)
  case scheduledTraining(model: UInt16)
  case check(model: UInt16, monitor: UInt16)

  var priority: UInt8 {
    switch self {
    case .tick: 0
    case .drift: 1
    case .warmUpEnds: 2
    case .trained: 3
    case .analysis: 4
    case .scheduledTraining: 5
    case .check: 6
    }
  }
}

/// A task while the run goes on.
struct TaskState: Sendable {
  var plan: PredictionTask
  var world: World
  var arrivals: LabelArrivals
  /// The best score in the world, and as its labels show it.
  var best: BinormalQuality
  var seen: BinormalQuality
  /// Fisher information of a label about a direction orthogonal to the concept.
  var information: Double
  /// Models that learn this task.
  var models: [Int] = []
  /// Mean shift of each feature from the first, by epoch.
  var shifts: [[Double]] = [[]]
  /// Features whose means move alike: the number of the first after them, and their means by epoch.
  var kinds: [(end: Int, means: [Double])] = []
  /// Nanoseconds of history that trainings and monitors may reach back to.
  var reach: Int64

  /// Mean shifts that hold now.
  var shiftsNow: [Double] { shifts[Int(world.epochs[world.count - 1])] }
}

/// A model while the run goes on.
struct ModelState: Sendable {
  var plan: ModelPlan
  var dimension: EffectiveDimension
  var stable: ModelVersion
  var candidate: ModelVersion?
  /// Trained while a rollout was under way; takes its turn afterwards.
  var waiting: ModelVersion?
  var rollout: RolloutState?
  var training: ModelVersion?
  var lastTraining: Instant?
  /// Versions made so far, the first one included.
  var versions = 1
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

/// A rollout under way.
struct RolloutState: Sendable {
  var step = 0
  /// Whether replicas for `step` are being brought up; until then the step before goes on.
  var isPreparing = true
  /// Share of the requests that the candidate has now.
  var share = 0.0
  var since = Instant.start
  var ends = Instant.never
  /// Totals at the start of the step.
  var base = CounterSnapshot()
  /// Events of an earlier step carry an older number.
  var generation: UInt32 = 0
}

/// A monitor while the run goes on.
struct MonitorState: Sendable {
  var plan: MonitorPlan
  /// Requests since the last verdict, by epoch of the features' means.
  var pending: [Double]
  /// Up to when labels have been judged.
  var judged = Instant.start
  /// What was measured when the stable version was promoted.
  var baseline = 0.5
  var isFiring = false
  var checks: Int64 = 0
  var draws: CounterStream
  /// The central part of a measured stability index.
  var rest: Sampler?
  /// The true indices of the kinds of features where the requests are of one epoch only.
  var indices = StabilityCache()
}

/// True stability indices that were computed last, and for which version and epoch.
struct StabilityCache: Sendable {
  var version = -1
  var epoch = -1
  var values: [Double] = []
}

/// Declared drift and what became of it.
struct DriftScore: Sendable {
  var at: Instant
  /// Whether the features moved; otherwise the concept did.
  var isCovariate: Bool
  var detected: Instant?
}

/// What a model is scored by, after the warm-up.
struct ModelScores: Sendable {
  var answered = 0.0
  var auc = 0.0
  var accuracy = 0.0
  /// Sum and weight of the quality of the day that is under way, and the worst day so far.
  var day: Int64 = -1
  var dayAnswered = 0.0
  var dayAUC = 0.0
  var worstDay: Double?
  var age = 0.0
  var seconds = 0.0
  var exposed: Int64 = 0
  var retrainings = 0
  var promotions = 0
  var escaped = 0
  var rollbacks = 0
  var falseRollbacks = 0
  var alarms = 0
  var falseAlarms = 0
  var checks = 0
  var unjudged = 0
  var firing = 0

  mutating func add(_ count: Double, auc: Double, accuracy: Double, day: Int64) {
    if count <= 0 { return }
    if day != self.day {
      closeDay()
      self.day = day
    }
    answered += count
    self.auc += count * auc
    self.accuracy += count * accuracy
    dayAnswered += count
    dayAUC += count * auc
  }

  mutating func closeDay() {
    if dayAnswered > 0 { worstDay = min(worstDay ?? 1, dayAUC / dayAnswered) }
    dayAnswered = 0
    dayAUC = 0
  }
}
