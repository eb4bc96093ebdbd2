import Quantities
import Randomness

// Trainings from their start to the version that they leave.
extension LearningPlane {
  /// Starts a training unless one runs or the last is too recent.
  mutating func startTraining(
    _ model: Int, _ kind: TrainingKind = .full, at now: Instant, why: String,
    _ counters: VersionCounters, _ actions: inout [LifecycleAction]
  ) {
    guard let training = models[model].plan.training, models[model].trainings.run == nil else {
      return
    }
    if let last = models[model].trainings.lastStart,
      now - last < models[model].plan.retraining.cooldown
    {
      return
    }
    close(model, at: now, counters)
    let name = models[model].plan.name
    let number = models[model].trainings.versions
    guard let lesson = learn(model, kind, number: number, cut: now.nanoseconds) else {
      note(.training, name, at: now, "\(why): no label has arrived yet, nothing to learn from")
      return
    }
    var version = lesson.version
    if let faults = models[model].plan.badVersions {
      var draws = models[model].draws.draws(of: UInt64(number))
      if draws.uniform() < faults.chance { version.spoil(faults) }
    }
    let span = Duration.seconds(lesson.work / training.speed)
    remember(lesson.version, of: model)
    models[model].trainings.versions += 1
    models[model].trainings.lastStart = now
    models[model].trainings.run = TrainingRun(kind: kind, why: why, asked: now, version: version)
    resetTriggers(model, at: now)
    note(
      .training, name, at: now,
      "\(why): version \(number) \(kind.verb) \(QuantityFormatter.compact(lesson.rows)) rows in "
        + QuantityFormatter.time(span.seconds))
    actions.append(
      .startTraining(model: model, pool: training.pool, instances: training.instances))
    schedule(.trained(model: UInt16(model)), at: now + span)
  }

  /// Takes the window that balances noise against age, √(1.5 τν), where the plan asks for the best.
  ///
  /// The dimension may depend on the rows and so on the window; four rounds settle it.
  mutating func chooseWindow(_ model: Int, labelRate: Double) {
    guard let training = models[model].plan.training, training.takesBestWindow,
      let task = models[model].plan.task, let memory = tasks[task].plan.memory, labelRate > 0
    else { return }
    var window = training.window.days
    for _ in 0..<4 {
      let rows = min(training.rows, labelRate * 86_400 * window)
      let form = WindowTraining(
        memory: memory.days, window: window, age: 0, labelsPerDay: labelRate * 86_400,
        features: models[model].dimension.value(rows: rows), best: tasks[task].seen)
      window = min(form.bestWindowOfSmallDrift, training.window.days)
    }
    models[model].trainings.window = .days(window)
  }

  /// Keeps the direction of a version for the ensembles after it.
  mutating func remember(_ version: ModelVersion, of model: Int) {
    let size = models[model].plan.training?.ensemble ?? 1
    if size < 2 { return }
    models[model].trainings.members.append(version.own)
    let extra = models[model].trainings.members.count - (size - 1)
    if extra > 0 { models[model].trainings.members.removeFirst(extra) }
  }

  mutating func endTraining(
    _ model: Int, at now: Instant, _ counters: VersionCounters, _ actions: inout [LifecycleAction]
  ) {
    guard let run = models[model].trainings.run, let training = models[model].plan.training
    else { return }
    models[model].trainings.run = nil
    models[model].scores.retrainings += 1
    actions.append(.endTraining(model: model, pool: training.pool, instances: training.instances))
    var record = VersionRecord(
      model: models[model].plan.name, number: run.version.number, trainedAt: now, kind: run.kind,
      parent: models[model].stable.number, rows: run.version.rows,
      window: models[model].trainings.window)
    record.machineHours = (now - run.asked).seconds / 3600 * Double(training.instances)
    models[model].trainings.registry.enter(record, as: .trained, at: now)
    handOver(run.version, model, at: now, counters, &actions)
  }

  /// Brings a version to the requests as soon as no rollout is under way.
  private mutating func handOver(
    _ version: ModelVersion, _ model: Int, at now: Instant, _ counters: VersionCounters,
    _ actions: inout [LifecycleAction]
  ) {
    if models[model].rollout == nil {
      beginRollout(of: version, model, at: now, counters, &actions)
    } else {
      if let older = models[model].waiting { noteRetirement(older, of: model, at: now) }
      models[model].waiting = version
    }
  }
}

extension TrainingKind {
  /// What a version does that is trained so, for the timeline.
  fileprivate var verb: String {
    switch self {
    case .full: "learns from"
    case .warmStart: "is trained on with"
    case .incremental: "takes in"
    }
  }
}
