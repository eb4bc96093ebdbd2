import Quantities
import Randomness

// The stages of a run of the pipeline: how long each takes, whether it fails, what follows.
extension LearningPlane {
  /// Begins a stage: draws its time and whether it fails, and enters its end.
  mutating func enter(
    _ stage: PipelineStage, _ model: Int, at now: Instant, span: Duration? = nil
  ) {
    guard let run = models[model].trainings.run else { return }
    let plan = models[model].plan.pipeline
    let place = UInt32(run.failures * 8 + stage.place) * 16
    var draws = models[model].trainings.stageDraws.draws(of: UInt64(run.number), from: place)
    let chance: Double
    var time = span ?? .zero
    switch stage {
    case .validating: chance = draw(plan.validate, &time, &draws)
    case .evaluating: chance = draw(plan.evaluate, &time, &draws)
    case .registering: chance = draw(plan.register, &time, &draws)
    case .training:
      let mismatch = run.failures == 0 ? plan.mismatch : 0
      chance = 1 - (1 - plan.trainFails) * (1 - mismatch)
    case .approving, .waiting, .resting: chance = 0
    }
    // Drawn where there is a chance only; each stage has its own numbers anyway.
    let isFailing = chance > 0 && draws.uniform() < chance
    // A failure comes at any point of the time that it would have taken.
    if isFailing { time = time * draws.uniform() }
    models[model].trainings.run?.stage = stage
    models[model].trainings.run?.isFailing = isFailing
    wake(model, at: now + time)
  }

  /// Enters the end of the stage under way.
  mutating func wake(_ model: Int, at due: Instant) {
    models[model].trainings.run?.due = due
    schedule(.trained(model: UInt16(model)), at: due)
  }

  private func draw(
    _ stage: PipelinePlan.Stage?, _ time: inout Duration, _ draws: inout CounterDraws
  ) -> Double {
    guard let stage else { return 0 }
    time = Duration(drawn: Sampler(stage.takes).sample(&draws))
    return stage.fails
  }

  /// The stage under way is over, for good or bad.
  mutating func endStage(
    _ model: Int, at now: Instant, _ counters: VersionCounters, _ actions: inout [LifecycleAction]
  ) {
    guard let run = models[model].trainings.run, run.due == now else { return }
    if run.isFailing {
      fail(model, run, at: now, counters, &actions)
      return
    }
    let plan = models[model].plan.pipeline
    switch run.stage {
    case .validating, .waiting, .resting: seekMachines(model, at: now, counters, &actions)
    case .training:
      if plan.evaluate != nil {
        enter(.evaluating, model, at: now)
      } else {
        leaveMachines(model, at: now, counters, &actions)
        judgeRun(model, at: now, counters, &actions)
      }
    case .evaluating:
      leaveMachines(model, at: now, counters, &actions)
      judgeRun(model, at: now, counters, &actions)
    case .approving: approve(model, at: now, counters, &actions)
    case .registering:
      finishRun(model, run, isRefused: false, at: now, counters, &actions)
    }
  }

  /// Gives the machines of a run back, and lets those have them that wait.
  mutating func leaveMachines(
    _ model: Int, at now: Instant, _ counters: VersionCounters, _ actions: inout [LifecycleAction]
  ) {
    guard let training = models[model].plan.training,
      let since = models[model].trainings.run?.machinesSince
    else { return }
    models[model].trainings.run?.machinesSince = nil
    models[model].trainings.run?.machineSeconds +=
      (now - since).seconds * Double(training.instances)
    actions.append(.endTraining(model: model, pool: training.pool, instances: training.instances))
    guard training.pool < machinesFree.count, machinesFree[training.pool] < .max else { return }
    machinesFree[training.pool] += training.instances
    // First come, first served.
    let waiting = models.indices.filter { other in
      models[other].trainings.run?.stage == .waiting
        && models[other].plan.training?.pool == training.pool
    }
    let inOrder = waiting.sorted { a, b in
      let (one, other) = (models[a].trainings.run?.asked, models[b].trainings.run?.asked)
      return (one ?? .start, a) < (other ?? .start, b)
    }
    for other in inOrder { seekMachines(other, at: now, counters, &actions) }
  }

  /// A stage has failed: another attempt after a rest, or none.
  private mutating func fail(
    _ model: Int, _ run: TrainingRun, at now: Instant, _ counters: VersionCounters,
    _ actions: inout [LifecycleAction]
  ) {
    leaveMachines(model, at: now, counters, &actions)
    let plan = models[model].plan.pipeline
    let name = models[model].plan.name
    let isMismatch = run.stage == .training && run.failures == 0 && plan.mismatch > 0
    let what =
      isMismatch ? "\(run.stage.words) fails outside its notebook" : "\(run.stage.words) fails"
    models[model].trainings.run?.failures += 1
    models[model].trainings.run?.version = nil
    models[model].trainings.run?.saved = .zero
    if run.failures < plan.retries {
      note(.training, name, at: now, "\(what), attempt \(run.failures + 1)")
      models[model].trainings.run?.isFailing = false
      models[model].trainings.run?.stage = .resting
      wake(model, at: now + plan.retryAfter)
    } else {
      note(.training, name, at: now, "\(what): given up after \(run.failures + 1) attempts")
      models[model].scores.trainings.failed += 1
      models[model].trainings.run = nil
    }
  }
}

extension PipelineStage {
  /// Its place among the draws of an attempt.
  fileprivate var place: Int {
    switch self {
    case .validating: 0
    case .waiting: 1
    case .training: 2
    case .evaluating: 3
    case .approving: 4
    case .registering: 5
    case .resting: 6
    }
  }

  /// What failed, for the timeline.
  fileprivate var words: String {
    switch self {
    case .validating: "validation"
    case .waiting, .resting, .training: "training"
    case .evaluating: "evaluation"
    case .approving: "approval"
    case .registering: "registration"
    }
  }
}
