import Quantities
import Randomness
import Statistics

// Why before what: tests that tell causes apart, and the remedy that their verdict calls for.
extension LearningPlane {
  /// Begins to ask why a model alarms, unless that is being asked or something is under way.
  mutating func diagnose(_ model: Int, _ asked: TrainingKind?, at now: Instant) {
    guard let plan = models[model].plan.diagnosis else { return }
    let state = models[model].diagnosis
    guard state.phase == .idle, models[model].rollout == nil, models[model].trainings.run == nil
    else { return }
    if let ended = state.ended, now - ended < plan.cooldown { return }
    models[model].diagnosis.phase = .testing
    models[model].diagnosis.asked = asked
    models[model].diagnosis.begun += 1
    var draws = state.draws.draws(of: state.begun)
    schedule(
      .diagnosis(model: UInt16(model)), at: end(of: plan.takes, plan, at: now, &draws))
  }

  /// When work on a model that begins now is done.
  private func end(
    of takes: Distribution, _ plan: DiagnosisPlan, at now: Instant, _ draws: inout CounterDraws
  ) -> Instant {
    let work = Duration(drawn: Sampler(takes).sample(&draws))
    return plan.needsPeople ? onCall.hours.end(of: work, from: now, start: start) : now + work
  }

  /// A diagnosis or a remedy is done.
  mutating func endDiagnosis(
    _ model: Int, at now: Instant, _ counters: VersionCounters, _ actions: inout [LifecycleAction]
  ) {
    switch models[model].diagnosis.phase {
    case .idle: return
    case .testing: conclude(model, at: now, counters, &actions)
    case .remedying(let verdict): remedy(model, verdict, at: now, counters, &actions)
    }
  }

  private mutating func conclude(
    _ model: Int, at now: Instant, _ counters: VersionCounters, _ actions: inout [LifecycleAction]
  ) {
    guard let plan = models[model].plan.diagnosis else { return }
    close(model, at: now, counters)
    let truth = truth(of: model, at: now)
    // The first draw was the duration.
    var draws = models[model].diagnosis.draws.draws(of: models[model].diagnosis.begun - 1, from: 64)
    let verdict =
      switch plan.method {
      case .matrix(let rows): Self.verdict(rows[truth.rawValue], draws.uniform())
      case .evidence(let audit): verdict(model, audit: audit, at: now, &draws)
      }
    models[model].diagnosis.diagnoses += 1
    models[model].scores.diagnoses += 1
    if verdict != truth { models[model].scores.misdiagnoses += 1 }
    note(.response, models[model].plan.name, at: now, "diagnosed: \(verdict.title)")
    switch verdict {
    case .nothing: finish(model, at: now)
    case .conceptDrift:
      finish(model, at: now)
      startTraining(
        model, models[model].diagnosis.asked ?? .full, at: now, why: "after a diagnosis",
        counters, &actions)
    case .dataDrift: begin(verdict, plan.recalibrate, plan, model, at: now, &draws)
    case .brokenFeatures: begin(verdict, plan.repair, plan, model, at: now, &draws)
    case .labelFault: begin(verdict, plan.relabel, plan, model, at: now, &draws)
    }
  }

  private mutating func begin(
    _ verdict: DiagnosisPlan.Verdict, _ remedy: RemedyPlan, _ plan: DiagnosisPlan, _ model: Int,
    at now: Instant, _ draws: inout CounterDraws
  ) {
    models[model].diagnosis.phase = .remedying(verdict)
    schedule(
      .diagnosis(model: UInt16(model)), at: end(of: remedy.takes, plan, at: now, &draws))
  }

  private mutating func finish(_ model: Int, at now: Instant) {
    models[model].diagnosis.phase = .idle
    models[model].diagnosis.ended = now
  }

  private mutating func remedy(
    _ model: Int, _ verdict: DiagnosisPlan.Verdict, at now: Instant, _ counters: VersionCounters,
    _ actions: inout [LifecycleAction]
  ) {
    finish(model, at: now)
    guard let task = models[model].plan.task else { return }
    close(model, at: now, counters)
    let name = models[model].plan.name
    switch verdict {
    case .nothing, .conceptDrift: return
    case .dataDrift:
      models[model].diagnosis.recalibrations += 1
      recalibrate(model, task)
      note(.response, name, at: now, "the threshold is set anew")
    case .brokenFeatures:
      models[model].diagnosis.repairs += 1
      let found = repairFeatures(task: task, at: now, counters)
      note(.response, name, at: now, found ? "features repaired" : "no feature was broken")
      judgeAll(of: task)
    case .labelFault:
      let labels = relabel(task: task, at: now, counters)
      models[model].diagnosis.relabelled += Int64(labels)
      note(
        .response, name, at: now,
        labels > 0
          ? "\(QuantityFormatter.compact(labels)) labels made anew" : "no label was wrong")
      startTraining(model, at: now, why: "after labels were made anew", counters, &actions)
    }
  }

  /// Sets threshold and centre of the stable version to what is best now, and holds features
  /// against what they are now.
  private mutating func recalibrate(_ model: Int, _ task: Int) {
    tasks[task].recalibrate(&models[model].stable)
    judge(model)
    let epoch = Int(tasks[task].world.epochs[tasks[task].world.count - 1])
    let shares = models[model].stable.epochShares
    models[model].stable.epochShares = shares.indices.map { $0 == epoch ? 1 : 0 }
    for number in models[model].monitors.indices {
      models[model].monitors[number].truths = TruthCache()
    }
    rebase(model, task)
  }
}

// MARK: Truth and verdict

extension LearningPlane {
  /// What is wrong with a model now: the one thing whose remedy brings most.
  func truth(of model: Int, at now: Instant) -> DiagnosisPlan.Verdict {
    guard let task = models[model].plan.task else { return .nothing }
    if hasBrokenFeatures(model, at: now) { return .brokenFeatures }
    if trueCauses(of: model, at: now).contains(.labelFault) { return .labelFault }
    let version = models[model].stable
    var calibrated = version
    tasks[task].recalibrate(&calibrated)
    let before = models[model].accepted
    let moved = abs(centre(of: model, task) - version.belief.centre)
    let gain = calibrated.accuracy - version.accuracy
    let turned = before.auc - calibrated.auc > DiagnosisPlan.smallestFall
    let loss = before.accuracy - calibrated.accuracy
    if turned && (loss >= gain || moved < DiagnosisPlan.smallestShift) { return .conceptDrift }
    if moved >= DiagnosisPlan.smallestShift { return .dataDrift }
    return turned ? .conceptDrift : .nothing
  }

  /// Whether features of a model are not what they should be.
  private func hasBrokenFeatures(_ model: Int, at now: Instant) -> Bool {
    !trueCauses(of: model, at: now).isDisjoint(with: [.brokenFeature, .staleFeature, .skew])
  }

  /// The middle of the scores of a model's stable version over the segments of its task.
  private func centre(of model: Int, _ task: Int) -> Double {
    scores(of: model, task).parts.reduce(0) { $0 + $1.share * $1.law.centre }
  }

  /// The verdict that a uniform number picks from stated chances.
  package static func verdict(_ chances: [Double], _ uniform: Double) -> DiagnosisPlan.Verdict {
    var left = uniform * chances.reduce(0, +)
    for (verdict, chance) in zip(DiagnosisPlan.Verdict.allCases, chances) {
      if left < chance { return verdict }
      left -= chance
    }
    return .conceptDrift
  }

  /// The verdict of the statistics themselves, each drawn from its law.
  ///
  /// Features first, for what is broken shows beyond doubt unless it is a slight difference of
  /// code; then an audit of labels at 1 %; then quality on the labels of a week at 1 %; then the
  /// middle of the scores.
  private func verdict(
    _ model: Int, audit: Int, at now: Instant, _ draws: inout CounterDraws
  ) -> DiagnosisPlan.Verdict {
    guard let task = models[model].plan.task else { return .nothing }
    if hasBrokenFeatures(model, at: now), draws.uniform() < DiagnosisPlan.visibleFaults {
      return .brokenFeatures
    }
    let usual = tasks[task].plan.labels.flipped
    let arriving = now - .seconds(tasks[task].arrivals.least)
    let wrong = min(max(tasks[task].wrong(at: arriving, seenAt: now), usual), 1)
    let found = Binomial.sample(trials: Int64(audit), p: wrong, &draws)
    if Binomial.survival(found - 1, trials: Int64(audit), p: max(usual, 0.01)) < 0.01 {
      return .labelFault
    }
    let since = max(models[model].promoted, now - .days(7))
    let sample = arrivedLabels(model, tasks[task], after: since, upTo: now)
    var hasTurned = false
    if sample.labels * min(sample.positives, 1 - sample.positives) >= 10 {
      let variance = hanleyMcNeilVariance(
        area: sample.shownAUC, positives: sample.labels * sample.positives,
        negatives: sample.labels * (1 - sample.positives))
      let shown = sample.shownAUC + variance.squareRoot() * Ziggurat.normal(&draws)
      let accepted = tasks[task].labelledArea(
        models[model].accepted.auc, of: models[model].stable)
      let fall = measuredAUC(accepted, task) - shown
      hasTurned = fall > max(2.326 * variance.squareRoot(), DiagnosisPlan.smallestFall)
    }
    let rows = Double(audit) * 10
    let middle =
      centre(of: model, task) - models[model].stable.belief.centre
      + Ziggurat.normal(&draws) / rows.squareRoot()
    if hasTurned { return .conceptDrift }
    return abs(middle) >= DiagnosisPlan.smallestShift ? .dataDrift : .nothing
  }
}

extension DiagnosisPlan {
  /// A fall of the AUC below this is no turned concept, and a shift of the scores below that no
  /// drift of data: what hurts less is left alone.
  static let smallestFall = 0.01
  static let smallestShift = 0.1
  /// Share of broken features that their distributions or their age give away.
  static let visibleFaults = 0.95
}

extension DiagnosisPlan.Verdict {
  /// What the timeline calls it.
  fileprivate var title: String {
    switch self {
    case .nothing: "nothing is wrong"
    case .dataDrift: "the data moved, the concept did not"
    case .brokenFeatures: "features are broken"
    case .labelFault: "labels are wrong"
    case .conceptDrift: "the concept has turned"
    }
  }
}
