import Quantities
import Randomness

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
  /// Whether `window` is only the longest one, and the best by the closed form is taken.
  package var takesBestWindow = false
  /// Share of a full training's steps that a warm start takes.
  package var warmEffort = 0.3
  /// Memory of an incremental training; nil for half the window.
  package var memory: Duration?
  /// Versions whose directions are averaged into the one that serves.
  package var ensemble = 1
  package var distillation: Distillation?
  /// What is held out of the window; nil where all of it is learnt from.
  package var split: TrainingSplit?
  /// Work between two checkpoints; nil where nothing is kept of a run that loses its machines.
  package var checkpointEvery: Duration?

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

  /// In how many seconds an incremental training forgets by e.
  var memorySeconds: Double { memory?.seconds ?? window.seconds / 2 }
}

/// A small student that serves in place of what was trained.
package struct Distillation: Sendable, Hashable {
  /// Area under the ROC curve that it loses to its teacher.
  package var loss: Double
  /// How much faster its batches are.
  package var speedUp: Double
  /// Time of its own training as a share of the teacher's.
  package var takes: Double

  package init(loss: Double, speedUp: Double, takes: Double) {
    self.loss = loss
    self.speedUp = speedUp
    self.takes = takes
  }
}
