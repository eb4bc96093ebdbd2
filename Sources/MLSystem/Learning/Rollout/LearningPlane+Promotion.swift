import Quantities
import Randomness
import Statistics

// The end of a rollout: promotion, the watch over it, the way back, and the holdout.
extension LearningPlane {
  /// The candidate answers everything from now on.
  mutating func promote(
    _ model: Int, at now: Instant, _ counters: inout VersionCounters,
    _ actions: inout [LifecycleAction]
  ) {
    guard let candidate = models[model].candidate, let rollout = models[model].rollout else {
      return
    }
    let plan = plan(model)
    close(model, at: now, counters)
    let former = models[model].stable
    var frozen = armSample(of: model, .stable, since: rollout.base, counters)
    if frozen.requests < Int64(max(1, plan.minimumRequests)) {
      frozen = lifetimeSample(of: model, counters)
    }
    note(
      .promotion, models[model].plan.name, at: now,
      "version \(candidate.number) answers every request")
    countPromotion(model, began: rollout.began, at: now)
    install(candidate, model, at: now, counters)
    if rollout.isMirroring { actions.append(.mirror(model: model, false)) }
    actions.append(plan.keepsFormer ? .promoteKeeping(model: model) : .promote(model: model))
    guard plan.keepsFormer || plan.watch > .zero else {
      endRollout(model, at: now, &counters, &actions)
      return
    }
    var next = rollout
    next.isPreparing = false
    next.isMirroring = false
    next.phase = .watching
    next.share = 0
    next.since = now
    next.ends = now + max(plan.watch, plan.scaleDownDelay)
    next.releases = plan.holdout == nil && plan.keepsFormer ? now + plan.scaleDownDelay : .never
    next.generation = newGeneration(model)
    next.frozen = frozen
    next.base = CounterSnapshot(counters, model: model)
    counters.compare(model: model, true)
    models[model].rollout = next
    models[model].rollouts.former = former
    if plan.keepsFormer {
      models[model].candidate = former
      judge(model)
    }
    scheduleAnalysis(model, at: now)
  }

  /// Makes a version the one that answers.
  mutating func install(
    _ version: ModelVersion, _ model: Int, at now: Instant, _ counters: VersionCounters
  ) {
    notePromotion(version, of: model, at: now)
    models[model].stable = version
    models[model].candidate = nil
    models[model].promoted = now
    models[model].rollouts.promotedBase = CounterSnapshot(counters, model: model)
    models[model].scores.promotions += 1
    if version.change.isBad { models[model].scores.escaped += 1 }
    judge(model)
    notePromoted(model)
    setBaselines(model)
    noteExposure(model, at: now)
  }

  /// A rule is broken, or a test says so: the new version goes.
  mutating func undo(
    _ model: Int, _ reason: String, isRollback: Bool = true, at now: Instant,
    _ counters: inout VersionCounters, _ actions: inout [LifecycleAction]
  ) {
    guard let candidate = models[model].candidate, let rollout = models[model].rollout else {
      return
    }
    close(model, at: now, counters)
    if isRollback { countRollback(of: candidate, model) }
    noteRollback(candidate, of: model, at: now)
    note(
      .rollback, models[model].plan.name, at: now,
      "version \(candidate.number) is undone: \(reason)")
    if rollout.isMirroring { actions.append(.mirror(model: model, false)) }
    if plan(model).isRolling(rollout.step) {
      models[model].rollout?.phase = .restoring
      actions.append(.rollBackRolling(model: model))
      return
    }
    actions.append(.rollBack(model: model))
    endRollout(model, at: now, &counters, &actions)
  }

  private mutating func countRollback(of version: ModelVersion, _ model: Int) {
    models[model].scores.rollbacks += 1
    if version.change.isBad {
      models[model].scores.rollouts.caught += 1
    } else {
      models[model].scores.falseRollbacks += 1
    }
  }

  /// Ends a rollout; what has waited for it takes its turn.
  mutating func endRollout(
    _ model: Int, at now: Instant, _ counters: inout VersionCounters,
    _ actions: inout [LifecycleAction]
  ) {
    models[model].candidate = nil
    models[model].rollouts.former = nil
    models[model].rollout = nil
    counters.compare(model: model, false)
    noteExposure(model, at: now)
    if let waiting = models[model].waiting {
      models[model].waiting = nil
      beginRollout(of: waiting, model, at: now, counters, &actions)
    } else if let change = models[model].rollouts.waiting.first {
      models[model].rollouts.waiting.removeFirst()
      bringOut(change, model, at: now, counters, &actions)
    }
  }

  // MARK: After the promotion

  /// Looks at a version that answers everything, while the former one can still come back.
  mutating func watch(
    _ model: Int, at now: Instant, _ counters: inout VersionCounters,
    _ actions: inout [LifecycleAction]
  ) {
    guard let rollout = models[model].rollout else { return }
    let plan = plan(model)
    if now - rollout.since <= plan.watch && plan.watch > .zero {
      var sample = RolloutSample(
        candidate: armSample(of: model, .stable, since: rollout.base, counters),
        stable: rollout.frozen ?? VersionSample(requests: 0, errors: 0))
      measureQuality(of: model, at: now, &sample, counters)
      if let rule = plan.broken(sample) {
        revert(model, rule.reason(sample), at: now, &counters, &actions)
        return
      }
      if plan.controller.seesIntervals {
        models[model].rollout?.base = CounterSnapshot(counters, model: model)
        counters.compare(model: model, true)
      }
    }
    if now >= rollout.releases {
      models[model].rollout?.releases = .never
      models[model].candidate = nil
      actions.append(.release(model: model))
    }
    if now >= rollout.ends {
      if let holdout = plan.holdout, models[model].candidate != nil {
        beginHoldout(model, holdout, at: now, counters, &actions)
      } else {
        endRollout(model, at: now, &counters, &actions)
        return
      }
    }
    scheduleAnalysis(model, at: now)
  }

  /// Brings the former version back after a promotion: at once where its replicas are still there.
  private mutating func revert(
    _ model: Int, _ reason: String, at now: Instant, _ counters: inout VersionCounters,
    _ actions: inout [LifecycleAction]
  ) {
    guard let former = models[model].rollouts.former else { return }
    let undone = models[model].stable
    close(model, at: now, counters)
    countRollback(of: undone, model)
    models[model].scores.rollouts.reverted += 1
    if undone.change.isBad { models[model].scores.escaped -= 1 }
    note(
      .rollback, models[model].plan.name, at: now,
      "version \(undone.number) is undone after its promotion: \(reason)")
    let generation = newGeneration(model)
    models[model].rollout?.phase = .restoring
    models[model].rollout?.generation = generation
    if plan(model).isAtOnce {
      takeBack(model, former, at: now, counters)
      actions.append(plan(model).restarts ? .restart(model: model) : .replace(model: model))
      endRollout(model, at: now, &counters, &actions)
    } else if models[model].candidate != nil {
      bringBack(model, at: now, &counters, &actions)
    } else {
      models[model].candidate = former
      judge(model)
      models[model].rollout?.isPreparing = true
      actions.append(.prepareCandidate(model: model, share: 1))
    }
  }

  /// The former version's replicas are there: they take everything.
  mutating func bringBack(
    _ model: Int, at now: Instant, _ counters: inout VersionCounters,
    _ actions: inout [LifecycleAction]
  ) {
    guard let former = models[model].rollouts.former else { return }
    takeBack(model, former, at: now, counters)
    actions.append(.promote(model: model))
    endRollout(model, at: now, &counters, &actions)
  }

  private mutating func takeBack(
    _ model: Int, _ former: ModelVersion, at now: Instant, _ counters: VersionCounters
  ) {
    close(model, at: now, counters)
    noteRollback(models[model].stable, of: model, at: now)
    models[model].trainings.registry.set(.production, of: former.number, at: now)
    models[model].stable = former
    models[model].promoted = now
    models[model].rollouts.promotedBase = CounterSnapshot(counters, model: model)
    judge(model)
    setBaselines(model)
  }

  // MARK: Holdout

  private mutating func beginHoldout(
    _ model: Int, _ holdout: RolloutPlan.Holdout, at now: Instant, _ counters: VersionCounters,
    _ actions: inout [LifecycleAction]
  ) {
    close(model, at: now, counters)
    models[model].rollout?.phase = .holdingOut
    models[model].rollout?.share = holdout.share
    models[model].rollout?.ends = now + holdout.lasts
    models[model].rollout?.base = CounterSnapshot(counters, model: model)
    actions.append(.setCandidateShare(model: model, share: holdout.share))
    noteExposure(model, at: now)
    note(
      .rollout, models[model].plan.name, at: now,
      "\(QuantityFormatter.percent(holdout.share, decimals: 0)) of the requests stay on the version before"
    )
  }

  mutating func lookAtHoldout(
    _ model: Int, at now: Instant, _ counters: inout VersionCounters,
    _ actions: inout [LifecycleAction]
  ) {
    guard let rollout = models[model].rollout, let former = models[model].candidate else { return }
    let totals = CounterSnapshot(counters, model: model)
    var draws = rolloutDraws(model)
    let outcome = plan(model).test?.outcome ?? .right
    models[model].scores.rollouts.holdout.new.add(
      (totals.stable - rollout.base.stable).answered,
      rate: rate(of: outcome, models[model].stable, model), &draws)
    models[model].scores.rollouts.holdout.old.add(
      (totals.candidate - rollout.base.candidate).answered,
      rate: rate(of: outcome, former, model), &draws)
    models[model].rollout?.base = totals
    if now < rollout.ends {
      scheduleAnalysis(model, at: now)
      return
    }
    close(model, at: now, counters)
    actions.append(.release(model: model))
    endRollout(model, at: now, &counters, &actions)
  }
}
