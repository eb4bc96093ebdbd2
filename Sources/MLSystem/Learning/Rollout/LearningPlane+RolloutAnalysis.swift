import Quantities
import Randomness
import Statistics

// Looks at a rollout: what each controller makes of the rules.
extension LearningPlane {
  /// Judges the new version of a model, and goes on where its stage is over.
  mutating func analyse(
    _ model: Int, _ generation: UInt32, at now: Instant, _ counters: inout VersionCounters,
    _ actions: inout [LifecycleAction]
  ) {
    guard let rollout = models[model].rollout, rollout.generation == generation else { return }
    switch rollout.phase {
    case .before: break
    case .watching:
      watch(model, at: now, &counters, &actions)
      return
    case .restoring: return
    case .holdingOut:
      lookAtHoldout(model, at: now, &counters, &actions)
      return
    }
    let sample = takeSample(of: model, at: now, counters)
    switch plan(model).controller {
    case .own: judgeByRules(model, sample, at: now, &counters, &actions)
    case .argo(let rules, let pause):
      judgeAsArgo(model, rules, pause: pause, sample, at: now, &counters, &actions)
    case .flagger:
      if plan(model).stages[rollout.step] == .weights {
        tickFlagger(model, sample, at: now, &counters, &actions)
      } else {
        judgeByRules(model, sample, at: now, &counters, &actions)
      }
    case .kayenta(let pass, let marginal):
      judgeAsKayenta(
        model, pass: pass, marginal: marginal, sample, at: now, &counters, &actions)
    }
    guard let after = models[model].rollout, after.generation == generation else { return }
    if plan(model).controller.seesIntervals { beginInterval(model, &counters) }
    scheduleAnalysis(model, at: now)
  }

  /// Enters the next look of the stage under way.
  mutating func scheduleAnalysis(_ model: Int, at now: Instant) {
    guard let rollout = models[model].rollout else { return }
    let plan = models[model].plan.rollout
    let every = max(plan.every, .seconds(1))
    var next = now + every
    let hasRules = !plan.rollbackIf.isEmpty
    if now < rollout.ends && rollout.ends != .never && !plan.controller.seesIntervals
      && (!hasRules || next > rollout.ends)
    {
      next = rollout.ends
    }
    if now < rollout.releases { next = min(next, rollout.releases) }
    schedule(.analysis(model: UInt16(model), generation: rollout.generation), at: next)
  }

  /// What happens from here on is seen by the next look alone.
  private mutating func beginInterval(_ model: Int, _ counters: inout VersionCounters) {
    models[model].rollout?.base = CounterSnapshot(counters, model: model)
    counters.compare(model: model, true)
  }

  // MARK: Controllers

  /// The first broken rule undoes it; a stage ends when its time is over and its rules could be
  /// judged, for no traffic is no approval.
  private mutating func judgeByRules(
    _ model: Int, _ sample: RolloutSample, at now: Instant, _ counters: inout VersionCounters,
    _ actions: inout [LifecycleAction]
  ) {
    let plan = plan(model)
    var lacksData = false
    for index in plan.rollbackIf.indices {
      switch plan.verdict(ofRule: index, sample) {
      case .holds: break
      case .isBroken:
        let reason = plan.rollbackIf[index].reason(sample)
        undo(model, reason, at: now, &counters, &actions)
        return
      case .hasNoData: lacksData = true
      }
    }
    if lacksData && plan.noData == .fail {
      undo(model, "nothing to judge it on", at: now, &counters, &actions)
      return
    }
    guard let rollout = models[model].rollout, !rollout.isPreparing else { return }
    if rollout.test != nil {
      lookAtTest(model, at: now, &counters, &actions)
    } else if now >= rollout.ends && !(lacksData && plan.noData == .wait) {
      goOn(model, at: now, &counters, &actions)
    }
  }

  private mutating func judgeAsArgo(
    _ model: Int, _ rules: AnalysisMetricRules, pause: Duration, _ sample: RolloutSample,
    at now: Instant, _ counters: inout VersionCounters, _ actions: inout [LifecycleAction]
  ) {
    let plan = plan(model)
    guard var run = models[model].rollout?.analysis, let rollout = models[model].rollout else {
      return
    }
    let isPaused = rollout.test == nil && now < rollout.resumes
    if isPaused { return }
    run.record(
      plan.rollbackIf.indices.map { index in
        switch plan.verdict(ofRule: index, sample) {
        case .holds: .success
        case .isBroken: .failure
        case .hasNoData: .error
        }
      })
    models[model].rollout?.analysis = run
    switch run.phase {
    case .failed, .error:
      let broken = plan.broken(sample)?.reason(sample) ?? "the analysis is in error"
      undo(model, broken, at: now, &counters, &actions)
      return
    case .inconclusive:
      // The rollout pauses until somebody lets it go on.
      note(.rollout, models[model].plan.name, at: now, "the analysis is inconclusive: it pauses")
      models[model].rollout?.resumes = now + pause
      models[model].rollout?.ends = max(rollout.ends, now + pause)
      models[model].rollout?.analysis = AnalysisRun(
        metrics: plan.rollbackIf.count, rules: rules)
      return
    case .pending, .running, .successful: break
    }
    if rollout.isPreparing { return }
    if rollout.test != nil {
      lookAtTest(model, at: now, &counters, &actions)
    } else if now >= rollout.ends && (rules.count == nil || run.phase.isDecided) {
      goOn(model, at: now, &counters, &actions)
    }
  }

  private mutating func tickFlagger(
    _ model: Int, _ sample: RolloutSample, at now: Instant, _ counters: inout VersionCounters,
    _ actions: inout [LifecycleAction]
  ) {
    let plan = plan(model)
    guard var flagger = models[model].rollout?.flagger else { return }
    let decision = flagger.tick {
      plan.rollbackIf.indices.allSatisfy { plan.verdict(ofRule: $0, sample) == .holds }
    }
    models[model].rollout?.flagger = flagger
    switch decision {
    case .halt: break
    case .weight(let percent):
      close(model, at: now, counters)
      let share = Double(percent) / 100
      models[model].rollout?.share = share
      actions.append(.setCandidateShare(model: model, share: share))
      noteExposure(model, at: now)
    case .promote: goOn(model, at: now, &counters, &actions)
    case .rollBack:
      let checks = flagger.failedChecks
      undo(
        model, "\(checks) failed check\(checks == 1 ? "" : "s")", at: now, &counters, &actions)
    }
  }

  private mutating func judgeAsKayenta(
    _ model: Int, pass: Double, marginal: Double, _ sample: RolloutSample, at now: Instant,
    _ counters: inout VersionCounters, _ actions: inout [LifecycleAction]
  ) {
    let plan = plan(model)
    if let rule = plan.broken(sample) {
      undo(model, rule.reason(sample), at: now, &counters, &actions)
      return
    }
    models[model].rollout?.history.add(sample)
    guard let rollout = models[model].rollout, !rollout.isPreparing else { return }
    if rollout.test != nil {
      lookAtTest(model, at: now, &counters, &actions)
      return
    }
    if now < rollout.ends { return }
    let score = rollout.history.score
    let isLast = plan.isPromotion(rollout.step + 1)
    if score < (isLast ? pass : marginal) {
      let text = QuantityFormatter.fixed(score, decimals: 0)
      undo(model, "a score of \(text) of 100", at: now, &counters, &actions)
    } else {
      goOn(model, at: now, &counters, &actions)
    }
  }

  /// The stage under way is over: on to the next, or to the promotion.
  mutating func goOn(
    _ model: Int, at now: Instant, _ counters: inout VersionCounters,
    _ actions: inout [LifecycleAction]
  ) {
    guard let rollout = models[model].rollout else { return }
    let plan = plan(model)
    let next = rollout.step + 1
    // Nothing more needs to be brought up where everything is answered already, or can be.
    let isWhole = rollout.share >= 1 || plan.stages[rollout.step] == .weights
    if next == plan.stages.count && isWhole {
      promote(model, at: now, &counters, &actions)
      return
    }
    models[model].rollout?.step = next
    // Replicas for everything serve before the stable ones are let go.
    prepare(model, &actions)
  }

  // MARK: Samples

  /// Both versions since the stage began, or since the last look.
  private mutating func takeSample(
    of model: Int, at now: Instant, _ counters: VersionCounters
  ) -> RolloutSample {
    guard let rollout = models[model].rollout else {
      preconditionFailure("only a rollout is looked at")
    }
    var sample = RolloutSample(
      candidate: armSample(of: model, .candidate, since: rollout.base, counters),
      stable: armSample(of: model, .stable, since: rollout.base, counters))
    if plan(model).baseline == .equal { takeEqualBaseline(of: model, &sample) }
    measureQuality(of: model, at: now, &sample, counters)
    return sample
  }

  /// One arm since some totals.
  func armSample(
    of model: Int, _ arm: VersionArm, since base: CounterSnapshot, _ counters: VersionCounters
  ) -> VersionSample {
    let new = CounterSnapshot(counters, model: model).totals(of: arm) - base.totals(of: arm)
    let index = VersionCounters.index(of: model, arm)
    let plan = plan(model)
    return VersionSample(
      requests: new.requests, errors: new.errors,
      latencies: plan.needsLatency ? counters.latencies[index] : nil)
  }

  /// The stable version since it began to answer everything.
  func lifetimeSample(of model: Int, _ counters: VersionCounters) -> VersionSample {
    armSample(of: model, .stable, since: models[model].rollouts.promotedBase, counters)
  }

  /// Thins the stable version's requests to about as many as the candidate has.
  private mutating func takeEqualBaseline(of model: Int, _ sample: inout RolloutSample) {
    guard let rollout = models[model].rollout, rollout.share > 0, rollout.share < 1 else { return }
    let keep = min(rollout.share / (1 - rollout.share), 1)
    let isNewStage = rollout.equalSeen.requests > sample.stable.requests
    let seen = isNewStage ? CounterSnapshot.Totals() : rollout.equalSeen
    var equal = isNewStage ? CounterSnapshot.Totals() : rollout.equal
    var draws = rolloutDraws(model)
    let errors = max(sample.stable.errors - seen.errors, 0)
    let answered = max(sample.stable.requests - sample.stable.errors - seen.answered, 0)
    equal.errors += CountSampling.binomial(count: errors, share: keep, &draws)
    equal.answered += CountSampling.binomial(count: answered, share: keep, &draws)
    models[model].rollout?.equal = equal
    models[model].rollout?.equalSeen = CounterSnapshot.Totals(
      answered: sample.stable.requests - sample.stable.errors, errors: sample.stable.errors)
    sample.stable.requests = equal.requests
    sample.stable.errors = equal.errors
  }
}

extension MetricHistory {
  /// Keeps what one interval showed of both versions.
  mutating func add(_ sample: RolloutSample) {
    errors.add(sample) { $0.requests > 0 ? $0.errorRate : .nan }
    latency.add(sample) { $0.latencies?.mean ?? .nan }
  }

  /// The weighted score of the metrics by Kayenta's judge, 0 to 100.
  var score: Double {
    var judge = KayentaJudge()
    judge.direction = .increase
    let verdicts = [errors, latency].map {
      judge.judge(canary: $0.candidate, baseline: $0.stable)
    }
    return KayentaScore(verdicts.map { KayentaScore.Metric($0, groups: ["all"]) }).summary
  }
}

extension MetricHistory.Arms {
  fileprivate mutating func add(_ sample: RolloutSample, _ value: (VersionSample) -> Double) {
    candidate.append(value(sample.candidate))
    stable.append(value(sample.stable))
  }
}
