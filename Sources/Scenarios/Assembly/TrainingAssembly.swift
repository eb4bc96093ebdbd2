import MLSystem
import Quantities

/// Trainings and what starts them from their settings.
enum TrainingAssembly {
  /// A training run; one that is never repeated needs neither pool nor speed, for it was done
  /// before the start.
  static func training(_ value: Setting, pools: [String: Int]) -> TrainingPlan? {
    guard value.kind == "training" else { return nil }
    return TrainingPlan(
      rows: value["rows"].number ?? 0, window: value["window"].duration ?? .zero,
      pool: value["on"].text.flatMap { pools[$0] } ?? 0, instances: value["machines"].whole ?? 1,
      speed: value["speed"].number ?? .infinity)
  }

  static func retraining(_ value: Setting) -> RetrainingPlan {
    guard value.kind == "retraining" else { return .never }
    return RetrainingPlan(
      every: value["every"].duration, onAlarm: value["onAlarm"].flag,
      cooldown: value["cooldown"].duration ?? .zero)
  }
}
