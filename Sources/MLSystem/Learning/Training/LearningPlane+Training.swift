import Quantities
import Randomness

// Trainings from the wish for a version to the one that is handed over.
extension LearningPlane {
  /// Starts a run of the pipeline unless one is under way or the last is too recent.
  mutating func startTraining(
    _ model: Int, _ kind: TrainingKind = .full, at now: Instant, why: String,
    _ counters: VersionCounters, _ actions: inout [LifecycleAction]
  ) {
    // While a challenger is tried no other is trained.
    guard models[model].plan.training != nil, models[model].trainings.run == nil,
      models[model].trainings.challenger == nil
    else { return }
    if let last = models[model].trainings.lastStart,
      now - last < models[model].plan.retraining.cooldown
    {
      return
    }
    models[model].trainings.run = TrainingRun(
      kind: kind, why: why, asked: now, number: models[model].trainings.runs + 1)
    if models[model].plan.pipeline.validate != nil {
      models[model].trainings.lastStart = now
      models[model].trainings.runs += 1
      enter(.validating, model, at: now)
    } else {
      seekMachines(model, at: now, counters, &actions)
    }
  }

  /// Begins to learn where the pool has machines, and waits where it has not.
  mutating func seekMachines(
    _ model: Int, at now: Instant, _ counters: VersionCounters, _ actions: inout [LifecycleAction]
  ) {
    guard let training = models[model].plan.training, let run = models[model].trainings.run
    else { return }
    let isFree =
      training.pool >= machinesFree.count || machinesFree[training.pool] >= training.instances
    if isFree {
      if run.saved > .zero {
        resumeLearning(model, training, run, at: now, &actions)
      } else {
        beginLearning(model, training, run, at: now, counters, &actions)
      }
      return
    }
    if run.stage != .waiting {
      note(
        .training, models[model].plan.name, at: now,
        "\(run.why): waits for \(training.instances == 1 ? "a free machine" : "\(training.instances) free machines") of its pool"
      )
    }
    models[model].trainings.run?.stage = .waiting
    // What serving gives back is noticed within minutes; trainings that end wake it at once.
    wake(model, at: now + .minutes(5))
  }

  private mutating func beginLearning(
    _ model: Int, _ training: TrainingPlan, _ run: TrainingRun, at now: Instant,
    _ counters: VersionCounters, _ actions: inout [LifecycleAction]
  ) {
    close(model, at: now, counters)
    let name = models[model].plan.name
    let number = models[model].trainings.versions
    guard let lesson = learn(model, run.kind, number: number, cut: now.nanoseconds) else {
      note(
        .training, name, at: now, "\(run.why): no label has arrived yet, nothing to learn from")
      models[model].trainings.run = nil
      return
    }
    var version = lesson.version
    if let refusal = refusal(of: version, model, at: now) {
      note(.training, name, at: now, "\(run.why): no training, \(refusal)")
      models[model].trainings.run = nil
      resetTriggers(model, at: now)
      return
    }
    if let faults = models[model].plan.badVersions {
      var draws = models[model].draws.draws(of: UInt64(number))
      if draws.uniform() < faults.chance { version.spoil(faults, &draws) }
    }
    models[model].trainings.lastStart = run.asked
    models[model].trainings.runs = run.number
    models[model].trainings.run?.version = version
    models[model].trainings.run?.holdout = lesson.holdout
    resetTriggers(model, at: now)
    let span = Duration.seconds(lesson.work / training.speed)
    let again = run.failures > 0 ? "\(run.why), attempt \(run.failures + 1)" : run.why
    note(
      .training, name, at: now,
      "\(again): version \(number) \(run.kind.verb) \(QuantityFormatter.compact(lesson.rows)) rows in "
        + QuantityFormatter.time(span.seconds))
    models[model].trainings.run?.work = span
    takeMachines(model, training, at: now, &actions)
    enter(.training, model, at: now, span: span)
  }

  /// Gives the machines of its pool to a run.
  mutating func takeMachines(
    _ model: Int, _ training: TrainingPlan, at now: Instant, _ actions: inout [LifecycleAction]
  ) {
    models[model].trainings.run?.machinesSince = now
    models[model].trainings.run?.learningSince = now
    if training.pool < machinesFree.count { machinesFree[training.pool] -= training.instances }
    actions.append(
      .startTraining(model: model, pool: training.pool, instances: training.instances))
  }

  /// Keeps what a version has learnt, enters it into the registry, and begins its way to the
  /// requests.
  mutating func finishRun(
    _ model: Int, _ run: TrainingRun, isRefused: Bool, at now: Instant,
    _ counters: VersionCounters, _ actions: inout [LifecycleAction]
  ) {
    guard let version = run.version else { return }
    models[model].trainings.run = nil
    models[model].scores.retrainings += 1
    models[model].trainings.versions += 1
    remember(version, of: model)
    var record = VersionRecord(
      model: models[model].plan.name, number: version.number, trainedAt: now, kind: run.kind,
      parent: models[model].stable.number, rows: version.rows,
      window: models[model].trainings.window)
    record.asked = run.asked
    record.machineHours = run.machineSeconds / 3600
    record.offlineAUC = run.offlineAUC
    record.gates = run.decisions
    record.lineage = version.lineage.detail ?? ""
    models[model].trainings.registry.enter(record, as: isRefused ? .refused : .trained, at: now)
    if isRefused {
      models[model].scores.trainings.refused += 1
    } else {
      if models[model].plan.challenger != nil, models[model].plan.task != nil {
        beginTrial(of: version, model, at: now)
      } else {
        bringToRequests(version, model, at: now, counters, &actions)
      }
    }
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

  /// Brings a version to the requests as soon as no rollout is under way.
  mutating func bringToRequests(
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
