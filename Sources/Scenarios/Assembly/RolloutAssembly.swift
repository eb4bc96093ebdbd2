import MLSystem
import Quantities
import Randomness

/// Rollouts and the faults that they guard against from their settings.
enum RolloutAssembly {
  static func rollout(_ value: Setting) -> RolloutPlan {
    guard value.kind == "rollout" else { return .recreate }
    var plan = RolloutPlan(
      steps: value["steps"].elements.compactMap { step in
        guard step.elements.count == 2, let share = step.elements[0].number,
          let hold = step.elements[1].duration
        else { return nil }
        return RolloutPlan.Step(share: share, hold: hold)
      },
      rollbackIf: value["rollbackIf"].elements.compactMap { $0.text.flatMap(RollbackText.rule) },
      every: value["every"].duration ?? .seconds(60),
      minimumRequests: value["minRequests"].whole ?? 0)
    switch value["strategy"].text {
    case "rolling":
      plan.strategy = .rolling(
        surge: value["surge"].number ?? 0.25, unavailable: value["unavailable"].number ?? 0.25)
    case "blue-green": plan.strategy = .secondFleet
    default: plan.strategy = .shares
    }
    plan.mirror = value["mirror"].duration ?? .zero
    plan.test = test(value["test"])
    plan.controller = controller(value["controller"])
    plan.noData = value["noData"].text.flatMap { .init(rawValue: $0) } ?? .wait
    plan.baseline = value["baseline"].text.flatMap { .init(rawValue: $0) } ?? .all
    plan.evidence = value["proxy"].number.map { .proxy(agreement: $0) } ?? .labels
    plan.watch = value["watch"].duration ?? .zero
    plan.scaleDownDelay = value["scaleDownDelay"].duration ?? .zero
    plan.holdout = holdout(value["holdout"])
    plan.restarts = value["restart"].flag
    plan.users = value["users"].whole
    return plan
  }

  static func badVersions(_ value: Setting) -> BadVersions? {
    guard value.kind == "bad-versions" else { return nil }
    let fault = value["brings"]
    let size = value["size"].distribution
    return BadVersions(
      chance: value["chance"].number ?? 0, errors: fault["errors"].number ?? 0,
      latency: fault["latency"].number ?? 1, auc: fault["auc"].number ?? 0,
      segment: fault["segment"].text, crashesAfter: fault["crashAfter"].duration,
      size: size == .constant(1) ? nil : size)
  }

  /// Changes of one part of a model.
  static func change(_ value: Setting) -> ChangePlan? {
    guard let kind = value["of"].text.flatMap({ ChangeKind(rawValue: $0) }),
      let every = value["every"].distribution
    else { return nil }
    return ChangePlan(
      kind: kind, every: every, gain: value["gain"].number ?? 0,
      faults: badVersions(value["badVersions"]))
  }

  private static func controller(_ value: Setting) -> RolloutController {
    switch value.kind {
    case "controller:argo":
      .argo(
        AnalysisMetricRules(
          failureLimit: value["failureLimit"].whole ?? 0,
          inconclusiveLimit: value["inconclusiveLimit"].whole ?? 0,
          consecutiveErrorLimit: value["consecutiveErrorLimit"].whole ?? 4,
          consecutiveSuccessLimit: value["consecutiveSuccessLimit"].whole ?? 0,
          count: value["count"].whole), pause: value["pause"].duration ?? .zero)
    case "controller:flagger":
      .flagger(
        FlaggerCanary.Rules(
          stepWeight: max(percent(value["stepWeight"], 10), 1),
          maxWeight: max(percent(value["maxWeight"], 50), 1),
          threshold: value["threshold"].whole ?? 1))
    case "controller:kayenta":
      .kayenta(
        pass: value["pass"].number ?? 95, marginal: value["marginal"].number ?? 75)
    default: .own
    }
  }

  private static func percent(_ value: Setting, _ standard: Int) -> Int {
    value.number.map { Int(($0 * 100).rounded()) } ?? standard
  }

  private static func test(_ value: Setting) -> OutcomeTest? {
    guard value.kind == "ab-test" else { return nil }
    let method: OutcomeTest.Method =
      switch value["method"].text {
      case "sequential": .mixture
      case "groups": .groups(looks: value["looks"].whole ?? 5)
      default: .fixed
      }
    return OutcomeTest(
      share: value["share"].number ?? 0.5, method: method,
      outcome: value["outcome"].text == "click"
        ? .click(of: value["candidates"].whole ?? 10) : .right,
      lift: value["lift"].number ?? 0.05, alpha: value["alpha"].number ?? 0.05,
      power: value["power"].number ?? 0.8,
      atLeast: value["atLeast"].duration ?? .seconds(7 * 86_400),
      correlation: value["correlation"].number ?? 0)
  }

  private static func holdout(_ value: Setting) -> RolloutPlan.Holdout? {
    guard value.kind == "holdout", let share = value["share"].number,
      let lasts = value["last"].duration
    else { return nil }
    return RolloutPlan.Holdout(share: share, lasts: lasts)
  }
}
