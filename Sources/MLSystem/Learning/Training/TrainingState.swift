import Quantities

/// What a model has trained, is training, and waits for.
struct TrainingState: Sendable {
  /// The training under way.
  var run: TrainingRun?
  /// When the last training was started.
  var lastStart: Instant?
  /// Versions made so far, the first one included.
  var versions = 1
  /// The stretch of labels that a full training takes.
  var window = Duration.zero
  var triggers: [TriggerState]
  /// Since when each monitor has fired at every verdict.
  var firingSince: [Instant?]
  /// The newest single directions, of which an ensemble is the mean.
  var members: [EnsembleMember] = []
  /// What served before the stable version, and would again after a rollback.
  var previous: ModelVersion?
  var registry = VersionRegistry()

  init(plan: ModelPlan) {
    triggers = plan.retraining.allTriggers.map { TriggerState(plan: $0) }
    firingSince = Array(repeating: nil, count: plan.monitors.count)
    window = plan.training?.window ?? .zero
  }
}

/// A training under way.
struct TrainingRun: Sendable {
  var kind: TrainingKind
  var why: String
  /// When it was asked for.
  var asked: Instant
  var version: ModelVersion
}

/// A trigger while the run goes on.
struct TriggerState: Sendable {
  var plan: TrainingTrigger
  /// Whether it has fired since the last training began.
  var isRaised = false
  /// Labels that had arrived when the last training began.
  var labelsBefore = 0.0
  /// Dollars lost against a fresh model since the last training began, and up to when.
  var regret = 0.0
  var regretUntil = Instant.start
}

/// One direction of an ensemble: its part in the world's dimensions, and its squared length in the
/// others.
struct EnsembleMember: Sendable {
  var direction: [Double]
  var rest: Double
  var length: Double
}
