import Quantities
import Randomness

/// A challenger under trial, and what its labels have shown so far.
struct ChallengerState: Sendable {
  var version: ModelVersion
  var since: Instant
  /// Labels have been counted up to here.
  var judged: Instant
  var labels = 0.0
  /// Sums of label × area, of the challenger and of the champion.
  var area = 0.0
  var championArea = 0.0
}

// Champion and challenger: two versions judged on the same predictions of the present.
extension LearningPlane {
  /// Puts a version beside the one that serves; it takes no request until it has won.
  mutating func beginTrial(of version: ModelVersion, _ model: Int, at now: Instant) {
    guard let plan = models[model].plan.challenger else { return }
    models[model].trainings.challenger = ChallengerState(
      version: version, since: now, judged: now)
    note(
      .training, models[model].plan.name, at: now,
      "version \(version.number) is tried in the shadow of version \(models[model].stable.number)")
    schedule(.challenge(model: UInt16(model)), at: now + plan.every)
  }

  /// Counts the labels that have come, and decides where there are enough.
  mutating func lookAtChallenger(
    _ model: Int, at now: Instant, _ counters: VersionCounters, _ actions: inout [LifecycleAction]
  ) {
    guard let plan = models[model].plan.challenger, let task = models[model].plan.task,
      var trial = models[model].trainings.challenger
    else { return }
    close(model, at: now, counters)
    count(&trial, model, tasks[task], at: now)
    models[model].trainings.challenger = trial
    let seen = tasks[task].seen.positives
    let rows = HoldoutRows(positives: trial.labels * seen, negatives: trial.labels * (1 - seen))
    guard trial.labels >= plan.labels, rows.isEnough else {
      schedule(.challenge(model: UInt16(model)), at: now + plan.every)
      return
    }
    decide(trial, plan, rows, model, task, at: now, counters, &actions)
  }

  private mutating func decide(
    _ trial: ChallengerState, _ plan: ChallengerPlan, _ rows: HoldoutRows, _ model: Int,
    _ task: Int, at now: Instant, _ counters: VersionCounters, _ actions: inout [LifecycleAction]
  ) {
    let champion = models[model].stable
    let new = measuredAUC(trial.area / trial.labels, task)
    let old = measuredAUC(trial.championArea / trial.labels, task)
    let noise = HoldoutNoise(
      models[model].trainings.holdoutDraws, key: 1 << 40 | UInt64(trial.version.number))
    let gain =
      noise.measured(new, of: trial.version, rows) - noise.measured(old, of: champion, rows)
    let deviation = rows.deviation(
      ofDifference: new, old, correlation: trial.version.cosine(with: champion))
    let limit = PortableMath.normalQuantile(plan.confidence) * deviation
    let decision = GateDecision(
      gate: "challenger", isPassed: gain > limit, measured: gain, limit: limit)
    models[model].trainings.registry.update(trial.version.number) { $0.gates.append(decision) }
    models[model].trainings.challenger = nil
    let figures =
      "AUC \(QuantityFormatter.fixed(gain, decimals: 4)) above on "
      + "\(QuantityFormatter.compact(trial.labels)) labels, "
      + "\(QuantityFormatter.fixed(limit, decimals: 4)) is asked for"
    if decision.isPassed {
      note(
        .training, models[model].plan.name, at: now,
        "version \(trial.version.number) wins its trial: \(figures)")
      bringToRequests(trial.version, model, at: now, counters, &actions)
    } else {
      note(
        .training, models[model].plan.name, at: now,
        "version \(trial.version.number) loses its trial: \(figures)")
      noteRetirement(trial.version, of: model, at: now)
      models[model].scores.trainings.refused += 1
    }
  }

  /// Adds the labels of the trial's predictions that have arrived since the last look.
  private func count(
    _ trial: inout ChallengerState, _ model: Int, _ task: TaskState, at now: Instant
  ) {
    let youngest = now.nanoseconds - Duration.seconds(task.arrivals.least).nanoseconds
    var segment = task.world.lastSegment(before: youngest)
    while segment >= 0 && task.world.starts[segment] >= trial.since.nanoseconds {
      let from = Double(task.world.starts[segment]) * 1e-9
      let to = Double(task.world.starts[segment + 1]) * 1e-9
      let share =
        task.arrived(from: from, to: to, by: now.seconds)
        - task.arrived(from: from, to: to, by: trial.judged.seconds)
      let weight = models[model].labels[segment] * share
      if weight > 0 {
        trial.labels += weight
        trial.area += weight * task.quality(of: trial.version, on: segment).auc
        trial.championArea += weight * task.quality(of: models[model].stable, on: segment).auc
      }
      segment -= 1
    }
    trial.judged = now
  }
}
