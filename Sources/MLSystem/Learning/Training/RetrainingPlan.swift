import Quantities
import Randomness

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
