import MLSystem
import Quantities
import Randomness

/// Tasks and models from their settings.
enum LearningAssembly {
  /// What is predicted.
  static func task(_ entry: SettingObject.Member) -> PredictionTask {
    let value = entry.value
    let labels = value["labels"]
    return PredictionTask(
      name: entry.key, positives: value["positives"].number ?? 0.5,
      bestAUC: value["bestQuality"]["auc"].number ?? 0.5,
      labels: LabelPlan(
        delay: labels["delay"].distribution ?? .constant(0),
        flipped: labels["flipped"].number ?? 0, share: labels["share"].number ?? 1,
        price: labels["price"].money),
      drifts: value["drift"].elements.compactMap(drift), value: value["value"].money)
  }

  private static func drift(_ value: Setting) -> Drift? {
    let at = value["at"].instant ?? .start
    switch value.kind {
    case "drift:wandering": return .wandering(memory: value["memory"].duration ?? .longest)
    case "drift:sudden": return .sudden(at: at, cosine: value["cosine"].number ?? 1)
    case "drift:covariate":
      return .covariate(
        at: at, features: value["features"].whole ?? 1, shift: value["shift"].number ?? 0)
    default: return nil
    }
  }

  /// A model with what watches and renews it; tasks and pools by their names' indices.
  static func model(
    _ entry: SettingObject.Member, tasks: [String: Int], pools: [String: Int]
  ) -> ModelPlan {
    let value = entry.value
    return ModelPlan(
      name: entry.key, task: value["task"].text.flatMap { tasks[$0] },
      fixedAUC: value["quality"]["auc"].number, features: value["features"].whole ?? 1,
      learningCurve: value["learningCurve"].elements.compactMap(point),
      training: training(value["training"], pools: pools),
      monitors: value["monitors"].elements.compactMap(monitor),
      retraining: retraining(value["retraining"]), rollout: rollout(value["rollout"]),
      badVersions: badVersions(value["badVersions"]))
  }

  private static func point(_ value: Setting) -> LearningPoint? {
    guard value.elements.count == 2, let rows = value.elements[0].number,
      let auc = value.elements[1]["auc"].number
    else { return nil }
    return LearningPoint(rows: rows, auc: auc)
  }

  /// A training run; one that is never repeated needs neither pool nor speed, for it was done
  /// before the start.
  private static func training(_ value: Setting, pools: [String: Int]) -> TrainingPlan? {
    guard value.kind == "training" else { return nil }
    return TrainingPlan(
      rows: value["rows"].number ?? 0, window: value["window"].duration ?? .zero,
      pool: value["on"].text.flatMap { pools[$0] } ?? 0, instances: value["machines"].whole ?? 1,
      speed: value["speed"].number ?? .infinity)
  }

  private static func monitor(_ value: Setting) -> MonitorPlan? {
    let every = value["every"].duration ?? .days(1)
    let rows = value["rows"].whole ?? 10_000
    switch value.kind {
    case "monitor:psi":
      return .psi(
        threshold: value["threshold"].number ?? 0.2, top: value["top"].whole ?? 10,
        bins: value["bins"].whole ?? 10, every: every, rows: rows)
    case "monitor:performance":
      return .performance(drop: value["drop"].number ?? 0.05, every: every, rows: rows)
    default: return nil
    }
  }

  private static func retraining(_ value: Setting) -> RetrainingPlan {
    guard value.kind == "retraining" else { return .never }
    return RetrainingPlan(
      every: value["every"].duration, onAlarm: value["onAlarm"].flag,
      cooldown: value["cooldown"].duration ?? .zero)
  }

  private static func rollout(_ value: Setting) -> RolloutPlan {
    guard value.kind == "rollout" else { return .recreate }
    return RolloutPlan(
      steps: value["steps"].elements.compactMap { step in
        guard step.elements.count == 2, let share = step.elements[0].number,
          let hold = step.elements[1].duration
        else { return nil }
        return RolloutPlan.Step(share: share, hold: hold)
      },
      rollbackIf: value["rollbackIf"].elements.compactMap { $0.text.flatMap(RollbackText.rule) },
      every: value["every"].duration ?? .seconds(60),
      minimumRequests: value["minRequests"].whole ?? 0)
  }

  private static func badVersions(_ value: Setting) -> BadVersions? {
    guard value.kind == "bad-versions" else { return nil }
    let fault = value["brings"]
    return BadVersions(
      chance: value["chance"].number ?? 0, errors: fault["errors"].number ?? 0,
      latency: fault["latency"].number ?? 1, auc: fault["auc"].number ?? 0)
  }
}
