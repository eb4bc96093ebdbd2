import Quantities

extension LearningPlane {
  /// Whether new versions of a model can come.
  func canChange(_ model: Int) -> Bool { models[model].canChange }

  /// What the rollouts of a model come to.
  func rolloutMeasures(
    of model: ModelState, _ add: (String, MetricUnit, Measure.Value) -> Void
  ) {
    let scores = model.scores
    let rollouts = scores.rollouts
    func mean(_ sum: Double, _ count: Int) -> Measure.Value {
      count == 0 ? .missing : .ratio(sum, over: Double(count))
    }
    add("rollouts", .count, .scalar(Double(rollouts.begun)))
    add("time-to-full", .seconds, mean(rollouts.toFull, rollouts.promoted))
    add("time-to-restore", .seconds, mean(rollouts.restoring, rollouts.restores))
    let ended = scores.promotions + scores.rollbacks - rollouts.reverted
    add(
      "change-failures", .share, mean(Double(scores.rollbacks + scores.escaped), ended))
    let days = scores.seconds / 86_400
    add(
      "deployments", .count,
      days == 0 ? .missing : .ratio(Double(scores.promotions), over: days))
    if model.plan.rollout.test != nil {
      add("ships", .count, .scalar(Double(rollouts.ships)))
      add("false-ships", .count, .scalar(Double(rollouts.falseShips)))
      add("iterates", .count, .scalar(Double(rollouts.iterates)))
      add("kills", .count, .scalar(Double(rollouts.kills)))
    }
    if model.plan.rollout.holdout != nil {
      let arms = rollouts.holdout
      add(
        "holdout-lift", .share,
        arms.old.successes == 0
          ? .missing : .ratio(arms.new.rate - arms.old.rate, over: arms.old.rate))
    }
  }
}
