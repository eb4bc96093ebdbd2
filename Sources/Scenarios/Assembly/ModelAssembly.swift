import MLSystem
import Quantities

/// Models from their settings.
enum ModelAssembly {
  /// A model with what watches and renews it; tasks and pools by their names' indices.
  static func model(
    _ entry: SettingObject.Member, tasks: [String: Int], pools: [String: Int],
    models: [String: Int]
  ) -> ModelPlan {
    let value = entry.value
    let people = PeopleAssembly.people(value["people"])
    var plan = ModelPlan(
      name: entry.key, task: value["task"].text.flatMap { tasks[$0] },
      fixedAUC: value["quality"]["auc"].number ?? people?.accuracy,
      features: value["features"].whole ?? 1,
      learningCurve: value["learningCurve"].elements.compactMap(point),
      training: TrainingAssembly.training(value, pools: pools),
      pipeline: PipelineAssembly.pipeline(value["pipeline"]),
      monitors: MonitorAssembly.monitors(value["monitors"]),
      diagnosis: DiagnosisAssembly.diagnosis(value["diagnosis"]),
      retraining: TrainingAssembly.retraining(value["retraining"]),
      rollout: RolloutAssembly.rollout(value["rollout"]),
      badVersions: RolloutAssembly.badVersions(value["badVersions"]),
      changes: value["changes"].elements.compactMap(RolloutAssembly.change))
    plan.people = people
    plan.review = PeopleAssembly.review(value["review"], models)
    plan.challenger = PeopleAssembly.challenger(value["challenger"])
    return plan
  }

  private static func point(_ value: Setting) -> LearningPoint? {
    guard value.elements.count == 2, let rows = value.elements[0].number,
      let auc = value.elements[1]["auc"].number
    else { return nil }
    return LearningPoint(rows: rows, auc: auc)
  }
}
