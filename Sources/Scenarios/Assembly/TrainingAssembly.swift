import MLSystem
import Quantities

/// Trainings and what starts them from their settings.
enum TrainingAssembly {
  /// A training run; one that is never repeated needs neither pool nor speed, for it was done
  /// before the start.
  static func training(_ model: Setting, pools: [String: Int]) -> TrainingPlan? {
    let value = model["training"]
    guard value.kind == "training" else { return nil }
    let window = value["window"]
    var plan = TrainingPlan(
      rows: value["rows"].number ?? 0,
      window: window.duration ?? window["length"].duration ?? .zero,
      pool: value["on"].text.flatMap { pools[$0] } ?? 0, instances: value["machines"].whole ?? 1,
      speed: value["speed"].number ?? .infinity)
    plan.takesBestWindow = window["best"].flag
    plan.warmEffort = value["warmStart"].number ?? plan.warmEffort
    plan.memory = value["memory"].duration
    plan.ensemble = value["ensemble"].whole ?? 1
    plan.checkpointEvery = value["checkpointEvery"].duration
    let isEvaluated =
      model["pipeline"]["evaluate"].kind == "stage" || model["pipeline"]["gates"].kind == "gates"
    plan.split = value["split"].text.flatMap(SplitText.split)
    if isEvaluated && plan.split == nil { plan.split = SplitText.standard }
    let student = value["distillation"]
    if student.kind == "distillation" {
      plan.distillation = Distillation(
        loss: student["loss"].number ?? 0, speedUp: student["speedUp"].number ?? 1,
        takes: student["takes"].number ?? 0)
    }
    return plan
  }

  static func retraining(_ value: Setting) -> RetrainingPlan {
    guard value.kind == "retraining" else { return .never }
    return RetrainingPlan(
      every: value["every"].duration, onAlarm: value["onAlarm"].flag,
      cooldown: value["cooldown"].duration ?? .zero, train: kind(value),
      triggers: value["triggers"].elements.compactMap(trigger),
      needsAll: value["combine"].text == "all")
  }

  private static func kind(_ value: Setting) -> TrainingKind {
    value["train"].text.flatMap(TrainingKind.init(rawValue:)) ?? .full
  }

  private static func trigger(_ value: Setting) -> TrainingTrigger? {
    let lasting = value["lasting"].duration ?? .zero
    let rule: TrainingTrigger.Rule? =
      switch value.kind {
      case "trigger:schedule": value["every"].duration.map { .schedule(every: $0) }
      case "trigger:volume": value["labels"].number.map { .volume(labels: $0) }
      case "trigger:performance": .performance(lasting: lasting)
      case "trigger:drift": .drift(lasting: lasting)
      case "trigger:cost-aware":
        .costAware(
          RegretRule(
            price: value["price"].money?.dollars ?? 0,
            worth: (value["worth"].money?.dollars ?? 0) * 12 / 365.25,
            usesLabels: value["by"].text != "age"))
      case "trigger:manual": .at(value["at"].elements.compactMap(\.instant))
      default: nil
      }
    return rule.map { TrainingTrigger($0, train: kind(value)) }
  }
}
