import Quantities
import Randomness

/// What a model has trained, is training, and waits for.
package struct TrainingState: Sendable {
  /// The training under way.
  package var run: TrainingRun?
  /// Runs of the pipeline that were begun, people who were asked, all from the start of the run.
  var runs = 0
  var approvals = 0
  /// When the last training was started.
  var lastStart: Instant?
  /// Versions made so far, the first one included.
  var versions = 1
  /// The stretch of labels that a full training takes.
  var window = Duration.zero
  var triggers: [TriggerState]
  /// Since when each monitor has fired at every verdict.
  var firingSince: [Instant?]
  /// The version that is tried beside the serving one.
  var challenger: ChallengerState?
  /// The newest single directions, of which an ensemble is the mean.
  var members: [EnsembleMember] = []
  var registry = VersionRegistry()

  /// Draws of the pipeline's stages, and of what its holdouts and the golden set show.
  let stageDraws: CounterStream
  let holdoutDraws: CounterStream
  /// The concept of the rows of the golden set.
  var goldenConcept: [Double] = []

  init(plan: ModelPlan, streams: StreamFamily) {
    stageDraws = streams.counter("pipeline \(plan.name)")
    holdoutDraws = streams.counter("holdout \(plan.name)")
    triggers = plan.retraining.allTriggers.map { TriggerState(plan: $0) }
    firingSince = Array(repeating: nil, count: plan.monitors.count)
    window = plan.training?.window ?? .zero
  }
}

/// A run of the pipeline under way.
package struct TrainingRun: Sendable {
  var kind: TrainingKind
  var why: String
  /// When it was asked for.
  var asked: Instant
  /// Number of the run, from 1.
  var number: Int
  var stage = PipelineStage.validating
  /// When the stage is over; events at other instants are of an earlier one.
  var due = Instant.start
  /// Attempts that failed.
  var failures = 0
  /// Whether the stage under way will fail when its time is over.
  var isFailing = false
  /// What there is to learn in all, since when the present machines have been at it, and what of it
  /// a checkpoint keeps.
  var work = Duration.zero
  var learningSince = Instant.start
  var saved = Duration.zero
  /// What is being learnt, once it is.
  package var version: ModelVersion?
  /// Labels that were held out of it.
  var holdout: Holdout?
  /// Since when it has its machines.
  var machinesSince: Instant?
  var machineSeconds = 0.0
  var offlineAUC: Double?
  var decisions: [GateDecision] = []
}

/// What a run of the pipeline is doing.
enum PipelineStage: Sendable {
  case validating
  /// Until its pool has machines.
  case waiting
  case training
  case evaluating
  case approving
  case registering
  /// Between a failure and the next attempt.
  case resting
}

/// Labels that a version did not learn from.
struct Holdout: Sendable {
  /// Nanoseconds before the newest label at which they begin.
  var length: Int64
  /// Whether only a share of the labels there is held out.
  var share: Double
}

/// What the trainings of a model are scored by, after the warm-up.
struct TrainingScores: Sendable {
  var refused = 0
  var failed = 0
  /// From the wish to every request, in seconds, over the versions that got there.
  var leadSeconds = 0.0
  var leads = 0
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
