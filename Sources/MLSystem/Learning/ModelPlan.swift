import Quantities
import Randomness

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
  package var pipeline: PipelinePlan
  package var monitors: [MonitorPlan]
  /// What is asked before anything is done about an alarm; nil acts at once.
  package var diagnosis: DiagnosisPlan?
  package var retraining: RetrainingPlan
  package var rollout: RolloutPlan
  package var badVersions: BadVersions?
  /// How a trained version is tried beside the serving one; nil where it takes over at once.
  package var challenger: ChallengerPlan?
  /// People that this model stands for.
  package var people: PeoplePlan?
  /// Which of its predictions people look at.
  package var review: ReviewPlan?
  /// Changes that no training brings.
  package var changes: [ChangePlan]

  package init(
    name: String, task: Int? = nil, fixedAUC: Double? = nil, features: Int = 1,
    learningCurve: [LearningPoint] = [], training: TrainingPlan? = nil,
    pipeline: PipelinePlan = .bare, monitors: [MonitorPlan] = [],
    diagnosis: DiagnosisPlan? = nil,
    retraining: RetrainingPlan = .never, rollout: RolloutPlan = .recreate,
    badVersions: BadVersions? = nil, changes: [ChangePlan] = []
  ) {
    self.name = name
    self.task = task
    self.fixedAUC = fixedAUC
    self.features = features
    self.learningCurve = learningCurve
    self.training = training
    self.pipeline = pipeline
    self.monitors = monitors
    self.diagnosis = diagnosis
    self.retraining = retraining
    self.rollout = rollout
    self.badVersions = badVersions
    self.changes = changes
  }
}
