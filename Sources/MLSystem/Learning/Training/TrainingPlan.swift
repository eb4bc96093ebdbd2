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
