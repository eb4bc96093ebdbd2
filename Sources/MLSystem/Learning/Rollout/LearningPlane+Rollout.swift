import Quantities
import Statistics

// A rollout from its begin through its stages.
extension LearningPlane {
  /// Starts to bring a new version to the requests, at once or step by step.
  mutating func beginRollout(
    of version: ModelVersion, _ model: Int, at now: Instant, _ counters: VersionCounters,
    _ actions: inout [LifecycleAction]
  ) {
    close(model, at: now, counters)
    let plan = models[model].plan.rollout
    var version = version
    version.inherit(from: models[model].stable)
    models[model].scores.rollouts.begun += 1
    var state = RolloutState(began: now, rules: plan.rollbackIf.count)
    if plan.isAtOnce {
      beginAtOnce(version, model, state, at: now, counters, &actions)
      return
    }
    models[model].candidate = version
    noteCanary(version, of: model, at: now)
    judge(model)
    state.base = CounterSnapshot(counters, model: model)
    models[model].rollout = state
    prepare(model, &actions)
  }

  /// Lets every replica take the new version now.
  private mutating func beginAtOnce(
    _ version: ModelVersion, _ model: Int, _ state: RolloutState, at now: Instant,
    _ counters: VersionCounters, _ actions: inout [LifecycleAction]
  ) {
    let plan = models[model].plan.rollout
    let former = models[model].stable
    note(
      .promotion, models[model].plan.name, at: now,
      "version \(version.number) replaces the one before at once")
    countPromotion(model, began: now, at: now)
    if plan.watch > .zero {
      var next = state
      next.frozen = lifetimeSample(of: model, counters)
      next.isPreparing = false
      next.phase = .watching
      next.since = now
      next.ends = now + plan.watch
      next.generation = newGeneration(model)
      next.base = CounterSnapshot(counters, model: model)
      models[model].rollouts.former = former
      models[model].rollout = next
    }
    install(version, model, at: now, counters)
    actions.append(plan.restarts ? .restart(model: model) : .replace(model: model))
    if models[model].rollout == nil { return }
    scheduleAnalysis(model, at: now)
  }

  /// Asks for the replicas of the stage that comes next.
  mutating func prepare(_ model: Int, _ actions: inout [LifecycleAction]) {
    guard let rollout = models[model].rollout else { return }
    models[model].rollout?.isPreparing = true
    let plan = models[model].plan.rollout
    let stages = plan.stages
    if rollout.step < stages.count, case .replicas = stages[rollout.step],
      case .rolling(let surge, let unavailable) = plan.strategy
    {
      actions.append(.roll(model: model, surge: surge, unavailable: unavailable))
      return
    }
    var share = 1.0
    if rollout.step < stages.count {
      switch stages[rollout.step] {
      case .share(let own, _): share = own
      case .test: share = plan.test?.share ?? 1
      case .mirror, .weights, .replicas: break
      }
    }
    // A second fleet stays whole once it is there.
    if plan.strategy == .secondFleet { share = 1 }
    actions.append(.prepareCandidate(model: model, share: share))
  }

  /// Replicas for the stage that was asked for serve now; the stage begins.
  package mutating func candidateIsReady(
    model: Int, at now: Instant, counters: inout VersionCounters,
    actions: inout [LifecycleAction]
  ) {
    guard let rollout = models[model].rollout, rollout.isPreparing,
      let candidate = models[model].candidate
    else { return }
    countPredictions(upTo: now, &counters)
    close(model, at: now, counters)
    if rollout.phase == .restoring {
      bringBack(model, at: now, &counters, &actions)
      return
    }
    let plan = models[model].plan.rollout
    if plan.isPromotion(rollout.step) {
      promote(model, at: now, &counters, &actions)
      return
    }
    var next = rollout
    next.isPreparing = false
    next.isMirroring = false
    next.since = now
    next.ends = .never
    next.history = MetricHistory()
    let name = models[model].plan.name
    switch plan.stages[rollout.step] {
    case .mirror(let hold):
      next.isMirroring = true
      next.ends = now + hold
      models[model].scores.rollouts.shadowed += 1
      note(
        .rollout, name, at: now, "version \(candidate.number) answers copies of the requests")
    case .share(let share, let hold):
      next.share = share
      next.ends = now + hold
      note(.rollout, name, at: now, Self.begins(candidate, share))
    case .weights:
      if case .flagger(let rules) = plan.controller { next.flagger = FlaggerCanary(rules: rules) }
      note(.rollout, name, at: now, "version \(candidate.number) begins without weight")
    case .replicas: return
    case .test:
      guard let test = plan.test else { return }
      next.share = test.share
      next.test = OutcomeTestState(
        plan: test, base: rate(of: test.outcome, models[model].stable, model), at: now)
      next.test?.seen = CounterSnapshot(counters, model: model)
      note(.rollout, name, at: now, Self.begins(candidate, test.share) + ", in a test")
    }
    if case .argo(let rules, _) = plan.controller {
      next.analysis = AnalysisRun(metrics: plan.rollbackIf.count, rules: rules)
    }
    next.base = CounterSnapshot(counters, model: model)
    next.generation = newGeneration(model)
    models[model].rollout = next
    counters.compare(model: model, true)
    if next.isMirroring != rollout.isMirroring {
      actions.append(.mirror(model: model, next.isMirroring))
    }
    if !next.isMirroring {
      actions.append(.setCandidateShare(model: model, share: next.share))
    }
    noteExposure(model, at: now)
    scheduleAnalysis(model, at: now)
  }

  /// Some replicas of a rolling update have changed hands; `isDone` when all have.
  package mutating func rolled(
    model: Int, share: Double, isDone: Bool, at now: Instant, counters: inout VersionCounters,
    actions: inout [LifecycleAction]
  ) {
    guard let rollout = models[model].rollout else { return }
    countPredictions(upTo: now, &counters)
    close(model, at: now, counters)
    if rollout.isPreparing && rollout.phase == .before {
      beginRolling(model, at: now, &counters)
      if rollout.isMirroring { actions.append(.mirror(model: model, false)) }
    }
    models[model].rollout?.share = share
    noteExposure(model, at: now)
    if !isDone { return }
    if rollout.phase == .restoring {
      endRollout(model, at: now, &counters, &actions)
    } else if share >= 1 {
      models[model].rollout?.step += 1
      if plan(model).isPromotion(rollout.step + 1) {
        promote(model, at: now, &counters, &actions)
      } else {
        prepare(model, &actions)
      }
    }
  }

  private mutating func beginRolling(
    _ model: Int, at now: Instant, _ counters: inout VersionCounters
  ) {
    guard var next = models[model].rollout, let candidate = models[model].candidate else { return }
    next.isPreparing = false
    next.isMirroring = false
    next.since = now
    next.ends = .never
    if case .argo(let rules, _) = plan(model).controller {
      next.analysis = AnalysisRun(metrics: plan(model).rollbackIf.count, rules: rules)
    }
    next.base = CounterSnapshot(counters, model: model)
    next.generation = newGeneration(model)
    models[model].rollout = next
    counters.compare(model: model, true)
    note(
      .rollout, models[model].plan.name, at: now,
      "replicas take version \(candidate.number) one after the other")
    scheduleAnalysis(model, at: now)
  }

  private static func begins(_ version: ModelVersion, _ share: Double) -> String {
    "version \(version.number) answers \(QuantityFormatter.percent(share, decimals: 0)) of the requests"
  }

  func plan(_ model: Int) -> RolloutPlan { models[model].plan.rollout }

  /// The number of the stage that begins: events of those before it are stale.
  mutating func newGeneration(_ model: Int) -> UInt32 {
    models[model].rollouts.generation += 1
    return models[model].rollouts.generation
  }
}

extension RolloutPlan {
  /// Whether step number `step` is the promotion itself: beyond the last one, or a last one that
  /// gives everything and holds nothing.
  func isPromotion(_ step: Int) -> Bool {
    let stages = stages
    if step >= stages.count { return true }
    if step + 1 == stages.count, case .share(let share, let hold) = stages[step] {
      return share >= 1 && hold == .zero
    }
    return false
  }

  /// Whether step number `step` replaces replica by replica.
  func isRolling(_ step: Int) -> Bool {
    let stages = stages
    return step < stages.count && stages[step] == .replicas
  }
}
