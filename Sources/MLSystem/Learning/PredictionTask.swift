import Quantities
import Randomness

/// What is predicted: the world that moves, and when the truth about a prediction arrives.
///
/// The world is a unit vector (the concept) that labels depend on; see `World`.
package struct PredictionTask: Sendable {
  package var name: String
  /// Prevalence of the positive class.
  package var positives: Double
  /// AUC that a perfect learner could reach at the start.
  package var bestAUC: Double
  package var labels: LabelPlan
  package var drifts: [Drift]
  /// Money gained by a positive outcome, such as a click; nil where quality has no price.
  package var value: Money?

  package init(
    name: String, positives: Double, bestAUC: Double, labels: LabelPlan, drifts: [Drift],
    value: Money? = nil
  ) {
    self.name = name
    self.positives = positives
    self.bestAUC = bestAUC
    self.labels = labels
    self.drifts = drifts
    self.value = value
  }
}

/// When labels arrive and how good they are.
package struct LabelPlan: Sendable, Hashable {
  /// Seconds from the prediction to its label.
  package var delay: Distribution
  /// Share of labels that are wrong.
  package var flipped: Double
  /// Share of requests that ever get a label.
  package var share: Double
  /// Price of one label; nil for unknown, zero for free.
  package var price: Money?

  package init(delay: Distribution, flipped: Double = 0, share: Double = 1, price: Money? = .zero) {
    self.delay = delay
    self.flipped = flipped
    self.share = share
    self.price = price
  }
}

/// How the world moves.
package enum Drift: Sendable, Hashable {
  /// Brownian motion of the concept on the sphere with the given memory τ: E u(t)·u(s) =
  /// e^(-|t-s|/τ).
  case wandering(memory: Duration)
  /// A jump: the cosine between the concept before and after; 1 is no change.
  case sudden(at: Instant, cosine: Double)
  /// The means of some features move by a number of their standard deviations.
  case covariate(at: Instant, features: Int, shift: Double)
}

/// A learned model or a rule: how good it gets, how it is watched, when and how it is renewed.
package struct ModelPlan: Sendable {
  package var name: String
  /// Index of its task; nil where only its serving matters.
  package var task: Int?
  /// A rule or heuristic has a fixed quality and is never trained.
  package var fixedAUC: Double?
  /// Features, the dimension of the direction that is learnt.
  package var features: Int
  /// Quality that so many rows have reached; the dimension is fitted to it instead of `features`.
  package var learningCurve: [LearningPoint]
  package var training: TrainingPlan?
  package var monitors: [MonitorPlan]
  package var retraining: RetrainingPlan
  package var rollout: RolloutPlan
  package var badVersions: BadVersions?

  package init(
    name: String, task: Int? = nil, fixedAUC: Double? = nil, features: Int = 1,
    learningCurve: [LearningPoint] = [], training: TrainingPlan? = nil,
    monitors: [MonitorPlan] = [],
    retraining: RetrainingPlan = .never, rollout: RolloutPlan = .recreate,
    badVersions: BadVersions? = nil
  ) {
    self.name = name
    self.task = task
    self.fixedAUC = fixedAUC
    self.features = features
    self.learningCurve = learningCurve
    self.training = training
    self.monitors = monitors
    self.retraining = retraining
    self.rollout = rollout
    self.badVersions = badVersions
  }
}

/// A training run as a priced job.
package struct TrainingPlan: Sendable, Hashable {
  /// Labelled rows that a run may use at most.
  package var rows: Double
  /// Rows are taken from this stretch before the newest label.
  package var window: Duration
  /// Index of the hardware pool.
  package var pool: Int
  /// Instances that one run occupies.
  package var instances: Int
  /// Rows per second.
  package var speed: Double
  /// Labelled rows that reach the model per second; nil takes the traffic of its services.
  package var labelRate: Double?

  package init(
    rows: Double, window: Duration, pool: Int, instances: Int = 1, speed: Double,
    labelRate: Double? = nil
  ) {
    self.rows = rows
    self.window = window
    self.pool = pool
    self.instances = instances
    self.speed = speed
    self.labelRate = labelRate
  }
}

/// What is watched.
package enum MonitorPlan: Sendable, Hashable {
  /// PSI of each of the `top` features against the training window, alarm above `threshold`.
  ///
  /// A check compares `rows` rows of the requests since the last verdict; with fewer there is none.
  case psi(threshold: Double, top: Int, bins: Int, every: Duration, rows: Int)
  /// AUC on delayed labels, alarm when it is `drop` below the value at promotion (a share of it).
  ///
  /// A check judges the labels of the serving version that arrived since the last verdict; with
  /// fewer than `rows` there is none.
  case performance(drop: Double, every: Duration, rows: Int)
}

/// When a model is trained anew.
package struct RetrainingPlan: Sendable, Hashable {
  /// Time between scheduled trainings; nil for none.
  package var every: Duration?
  /// Whether an alarm of a monitor starts one.
  package var onAlarm: Bool
  /// No training starts within this time of the last.
  package var cooldown: Duration

  package static let never = RetrainingPlan(every: nil, onAlarm: false, cooldown: .zero)

  package init(every: Duration?, onAlarm: Bool, cooldown: Duration) {
    self.every = every
    self.onAlarm = onAlarm
    self.cooldown = cooldown
  }
}

/// How a new version takes over.
package struct RolloutPlan: Sendable, Hashable {
  /// Shares of the traffic and how long each is held; empty switches at once.
  package var steps: [Step]
  /// Rules that undo the rollout, checked every `every` on the candidate's requests so far in its
  /// step.
  package var rollbackIf: [Rule]
  package var every: Duration
  /// Candidate requests below which no rule is judged.
  package var minimumRequests: Int

  package struct Step: Sendable, Hashable {
    package var share: Double
    package var hold: Duration

    package init(share: Double, hold: Duration) {
      self.share = share
      self.hold = hold
    }
  }

  package enum Rule: Sendable, Hashable {
    /// Error rate of the candidate above a share.
    case errorsAbove(Double)
    /// Error rate of the candidate above a multiple of the stable version's.
    case errorsTimesBaseline(Double)
    /// p99 latency of the candidate above a multiple of the stable version's.
    case latencyTimesBaseline(Double)
  }

  package static let recreate = RolloutPlan(
    steps: [], rollbackIf: [], every: .seconds(60), minimumRequests: 0)

  package init(steps: [Step], rollbackIf: [Rule], every: Duration, minimumRequests: Int) {
    self.steps = steps
    self.rollbackIf = rollbackIf
    self.every = every
    self.minimumRequests = minimumRequests
  }
}

/// What a new version may bring that no offline test showed.
package struct BadVersions: Sendable, Hashable {
  /// Chance that a version is bad.
  package var chance: Double
  /// Added share of requests in error.
  package var errors: Double
  /// Factor on the time of its batches.
  package var latency: Double
  /// Added to the AUC.
  package var auc: Double

  package init(chance: Double, errors: Double = 0, latency: Double = 1, auc: Double = 0) {
    self.chance = chance
    self.errors = errors
    self.latency = latency
    self.auc = auc
  }
}
