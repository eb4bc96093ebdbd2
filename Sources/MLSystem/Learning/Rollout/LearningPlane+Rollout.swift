import Quantities
import Statistics

extension LearningPlane {
  /// Starts to bring a new version to the requests, at once or step by step.
  mutating func beginRollout(
    of version: ModelVersion, _ model: Int, at now: Instant, _ counters: VersionCounters,
    _ actions: inout [LifecycleAction]
  ) {
    close(model, at: now, counters)
    let name = models[model].plan.name
    guard let first = models[model].plan.rollout.steps.first else {
      install(version, model, at: now)
      note(.promotion, name, at: now, "version \(version.number) replaces the one before at once")
      actions.append(.replace(model: model))
      return
    }
    models[model].candidate = version
    noteCanary(version, of: model, at: now)
    judge(model)
    models[model].rollout = RolloutState()
    actions.append(.prepareCandidate(model: model, share: first.share))
  }

  /// Replicas for the step that `prepareCandidate` asked for serve now; the step begins.
  package mutating func candidateIsReady(
    model: Int, at now: Instant, counters: inout VersionCounters,
    actions: inout [LifecycleAction]
  ) {
    guard let rollout = models[model].rollout, rollout.isPreparing,
      let candidate = models[model].candidate
    else { return }
    countPredictions(upTo: now, &counters)
    close(model, at: now, counters)
    let plan = models[model].plan.rollout
    if plan.isPromotion(rollout.step) {
      promote(model, at: now, &counters, &actions)
      return
    }
    let step = plan.steps[rollout.step]
    var next = rollout
    next.isPreparing = false
    next.share = step.share
    next.since = now
    next.ends = now + step.hold
    next.base = CounterSnapshot(counters, model: model)
    next.generation += 1
    models[model].rollout = next
    counters.compare(model: model, true)
    note(
      .rollout, models[model].plan.name, at: now,
      "version \(candidate.number) answers \(QuantityFormatter.percent(step.share, decimals: 0)) of the requests"
    )
    actions.append(.setCandidateShare(model: model, share: step.share))
    scheduleAnalysis(model, at: now)
  }

  /// Judges the candidate of a model, and goes on where its step is over.
  mutating func analyse(
    _ model: Int, _ generation: UInt32, at now: Instant, _ counters: inout VersionCounters,
    _ actions: inout [LifecycleAction]
  ) {
    guard let rollout = models[model].rollout, rollout.generation == generation else { return }
    let plan = models[model].plan.rollout
    let sample = sample(of: model, since: rollout.base, counters)
    if let rule = plan.broken(sample) {
      rollBack(model, rule, sample, at: now, &counters, &actions)
      return
    }
    // A step is not over before its rules could be judged: no traffic is no approval.
    if !rollout.isPreparing && now >= rollout.ends && plan.canJudge(sample) {
      let next = rollout.step + 1
      if next == plan.steps.count && plan.steps[rollout.step].share >= 1 {
        promote(model, at: now, &counters, &actions)
        return
      }
      models[model].rollout?.step = next
      models[model].rollout?.isPreparing = true
      // Replicas for everything serve before the stable ones are let go.
      let share = next < plan.steps.count ? plan.steps[next].share : 1
      actions.append(.prepareCandidate(model: model, share: share))
    }
    scheduleAnalysis(model, at: now)
  }

  private mutating func scheduleAnalysis(_ model: Int, at now: Instant) {
    guard let rollout = models[model].rollout else { return }
    let plan = models[model].plan.rollout
    let every = max(plan.every, .seconds(1))
    var next = now + every
    if now < rollout.ends && (plan.rollbackIf.isEmpty || next > rollout.ends) {
      next = rollout.ends
    }
    schedule(.analysis(model: UInt16(model), generation: rollout.generation), at: next)
  }

  private mutating func promote(
    _ model: Int, at now: Instant, _ counters: inout VersionCounters,
    _ actions: inout [LifecycleAction]
  ) {
    guard let candidate = models[model].candidate else { return }
    close(model, at: now, counters)
    install(candidate, model, at: now)
    note(
      .promotion, models[model].plan.name, at: now,
      "version \(candidate.number) answers every request")
    actions.append(.promote(model: model))
    endRollout(model, at: now, &counters, &actions)
  }

  private mutating func rollBack(
    _ model: Int, _ rule: RolloutPlan.Rule, _ sample: RolloutSample, at now: Instant,
    _ counters: inout VersionCounters, _ actions: inout [LifecycleAction]
  ) {
    guard let candidate = models[model].candidate else { return }
    close(model, at: now, counters)
    models[model].scores.rollbacks += 1
    if !candidate.isBad { models[model].scores.falseRollbacks += 1 }
    noteRollback(candidate, of: model, at: now)
    let reason = Self.reason(rule, sample)
    note(
      .rollback, models[model].plan.name, at: now,
      "version \(candidate.number) is undone: \(reason)"
    )
    actions.append(.rollBack(model: model))
    endRollout(model, at: now, &counters, &actions)
  }

  /// Makes a version the one that answers.
  private mutating func install(_ version: ModelVersion, _ model: Int, at now: Instant) {
    notePromotion(version, of: model, at: now)
    models[model].stable = version
    models[model].candidate = nil
    models[model].promoted = now
    models[model].scores.promotions += 1
    if version.isBad { models[model].scores.escaped += 1 }
    judge(model)
    notePromoted(model)
    setBaselines(model)
  }

  private mutating func endRollout(
    _ model: Int, at now: Instant, _ counters: inout VersionCounters,
    _ actions: inout [LifecycleAction]
  ) {
    models[model].candidate = nil
    models[model].rollout = nil
    counters.compare(model: model, false)
    if let waiting = models[model].waiting {
      models[model].waiting = nil
      beginRollout(of: waiting, model, at: now, counters, &actions)
    }
  }

  private func sample(
    of model: Int, since base: CounterSnapshot, _ counters: VersionCounters
  ) -> RolloutSample {
    let totals = CounterSnapshot(counters, model: model)
    // Quantiles cost more than all the rest of an analysis.
    let needsLatency = models[model].plan.rollout.rollbackIf.contains { rule in
      if case .latencyTimesBaseline = rule { true } else { false }
    }
    func version(_ arm: VersionArm) -> VersionSample {
      let new = totals.totals(of: arm) - base.totals(of: arm)
      let index = VersionCounters.index(of: model, arm)
      return VersionSample(
        requests: new.requests, errors: new.errors,
        p99: needsLatency ? counters.latencies[index].quantile(0.99) : nil)
    }
    return RolloutSample(candidate: version(.candidate), stable: version(.stable))
  }

  private static func reason(_ rule: RolloutPlan.Rule, _ sample: RolloutSample) -> String {
    let new = QuantityFormatter.percent(sample.candidate.errorRate, decimals: 2)
    let count = QuantityFormatter.wholeNumber(sample.candidate.requests)
    switch rule {
    case .errorsAbove(let share):
      return
        "errors \(new) of \(count) requests, above \(QuantityFormatter.percent(share, decimals: 2))"
    case .errorsTimesBaseline(let factor):
      let old = QuantityFormatter.percent(sample.stable.errorRate, decimals: 2)
      return
        "errors \(new) of \(count) requests, above \(QuantityFormatter.fixed(factor, decimals: 1)) x \(old)"
    case .latencyTimesBaseline(let factor):
      return
        "p99 latency above \(QuantityFormatter.fixed(factor, decimals: 1)) x that of the stable version"
    }
  }
}

extension RolloutPlan {
  /// Whether step number `step` is the promotion itself: beyond the last one, or a last one that
  /// gives everything and holds nothing.
  fileprivate func isPromotion(_ step: Int) -> Bool {
    if step >= steps.count { return true }
    return step + 1 == steps.count && steps[step].share >= 1 && steps[step].hold == .zero
  }
}
