import MLSystem
import Quantities

/// Models from their settings.
enum ModelAssembly {
  /// A model with what watches and renews it; tasks and pools by their names' indices.
  static func model(
    _ entry: SettingObject.Member, _ root: Setting, tasks: [String: Int], pools: [String: Int]
  ) -> ModelPlan {
    let value = entry.value
    let task = root["tasks"][value["task"].text ?? ""]
    return ModelPlan(
      name: entry.key, task: value["task"].text.flatMap { tasks[$0] },
      fixedAUC: TaskAssembly.auc(value["quality"], of: task),
      features: value["features"].whole ?? 1,
      learningCurve: value["learningCurve"].elements.compactMap { point($0, task) },
      training: TrainingAssembly.training(value, pools: pools),
      pipeline: PipelineAssembly.pipeline(value["pipeline"]),
      monitors: MonitorAssembly.monitors(value["monitors"]),
      diagnosis: DiagnosisAssembly.diagnosis(value["diagnosis"]),
      retraining: TrainingAssembly.retraining(value["retraining"]),
      rollout: RolloutAssembly.rollout(value["rollout"]),
      badVersions: RolloutAssembly.badVersions(value["badVersions"]))
  }

  private static func point(_ value: Setting, _ task: Setting) -> LearningPoint? {
    guard value.elements.count == 2, let rows = value.elements[0].number,
      let auc = TaskAssembly.auc(value.elements[1], of: task)
    else { return nil }
    return LearningPoint(rows: rows, auc: auc)
  }
}
