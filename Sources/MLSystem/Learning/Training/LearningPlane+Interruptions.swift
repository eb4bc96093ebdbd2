import Quantities

// Trainings that lose their machines, and how they go on when there are others.
extension LearningPlane {
  /// Every machine of a pool is gone: its trainings stop, and wait for others.
  ///
  /// What a checkpoint keeps need not be done again, nor what was learnt before an evaluation; a
  /// run without checkpoints begins anew, with the labels that there are by then.
  package mutating func stopTrainings(
    onPool pool: Int, at now: Instant, _ counters: VersionCounters,
    _ actions: inout [LifecycleAction]
  ) {
    for model in models.indices {
      guard let training = models[model].plan.training, training.pool == pool,
        let run = models[model].trainings.run, run.machinesSince != nil
      else { continue }
      let done = run.stage == .training ? run.saved + (now - run.learningSince) : run.work
      let saved = training.kept(of: done, isLearnt: run.stage != .training)
      let lost = QuantityFormatter.time((done - saved).seconds)
      note(
        .training, models[model].plan.name, at: now,
        "\(run.why): its machines are gone, \(lost) of work lost")
      models[model].trainings.run?.saved = saved
      if saved == .zero { models[model].trainings.run?.version = nil }
      models[model].trainings.run?.isFailing = false
      models[model].trainings.run?.stage = .waiting
      leaveMachines(model, at: now, counters, &actions)
    }
  }

  /// Goes on from the last checkpoint.
  mutating func resumeLearning(
    _ model: Int, _ training: TrainingPlan, _ run: TrainingRun, at now: Instant,
    _ actions: inout [LifecycleAction]
  ) {
    let left = run.work - run.saved
    note(
      .training, models[model].plan.name, at: now,
      "\(run.why): goes on from its checkpoint, \(QuantityFormatter.time(left.seconds)) left")
    takeMachines(model, training, at: now, &actions)
    enter(.training, model, at: now, span: left)
  }
}

extension TrainingPlan {
  /// What is not lost of so much work when the machines are.
  fileprivate func kept(of done: Duration, isLearnt: Bool) -> Duration {
    guard let step = checkpointEvery, step > .zero else { return .zero }
    if isLearnt { return done }
    return Duration(nanoseconds: done.nanoseconds / step.nanoseconds * step.nanoseconds)
  }
}
