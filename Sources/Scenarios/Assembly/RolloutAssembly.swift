import MLSystem
import Quantities

/// Rollouts and the faults that they guard against from their settings.
enum RolloutAssembly {
  static func rollout(_ value: Setting) -> RolloutPlan {
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

  static func badVersions(_ value: Setting) -> BadVersions? {
    guard value.kind == "bad-versions" else { return nil }
    let fault = value["brings"]
    return BadVersions(
      chance: value["chance"].number ?? 0, errors: fault["errors"].number ?? 0,
      latency: fault["latency"].number ?? 1, auc: fault["auc"].number ?? 0)
  }
}
