import Quantities
import Statistics

extension LearningPlane {
  mutating func tick(_ task: Int, at now: Instant, _ counters: VersionCounters) {
    closeSegment(of: task, at: now, counters)
    scoreData(of: task, at: now, for: tasks[task].world.tick)
    tasks[task].world.step()
    judgeAll(of: task)
    forget(task, before: now.nanoseconds - tasks[task].reach)
    schedule(.tick(task: UInt16(task)), at: tasks[task].world.nextTick)
  }

  /// Gives up the history that no training and no monitor will ask for.
  private mutating func forget(_ task: Int, before oldest: Int64) {
    let forgotten = tasks[task].world.forgettable(before: oldest)
    if forgotten == 0 { return }
    // Segments before the start of the run are no use of labels that anybody pays for.
    let past = tasks[task].world.lastSegment(before: 0) + 1
    let sources = tasks[task].data.delivery
    let starts = sources.isPlain ? [] : tasks[task].world.starts
    tasks[task].world.forget(forgotten)
    for model in tasks[task].models {
      for segment in min(past, forgotten)..<forgotten {
        // What an outage lost never comes.
        let share =
          sources.isPlain
          ? 1
          : tasks[task].arrived(
            from: Double(starts[segment]) * 1e-9, to: Double(starts[segment + 1]) * 1e-9,
            by: Double(oldest) * 1e-9 + Double(tasks[task].reach) * 1e-9)
        models[model].arrivedBefore += models[model].labels[segment] * share
      }
      models[model].labels.removeFirst(forgotten)
      models[model].signals.removeFirst(forgotten)
      models[model].stableLabels.removeFirst(forgotten)
      models[model].qualities.removeFirst(forgotten)
      models[model].accuracies.removeFirst(forgotten)
      models[model].prevalences.removeFirst(forgotten)
    }
  }

  mutating func drift(_ task: Int, _ index: Int, at now: Instant, _ counters: VersionCounters) {
    closeSegment(of: task, at: now, counters)
    let drift = tasks[task].plan.drifts[index]
    move(task, by: drift, at: now)
    let segment = drift.segment.map { " of segment \(tasks[task].plan.segments[$0].name)" } ?? ""
    note(.drift, tasks[task].plan.name, at: now, drift.account(segment))
    judgeAll(of: task)
  }

  /// Makes an instant's drift happen or begin.
  private mutating func move(_ task: Int, by drift: Drift, at now: Instant) {
    switch drift.common {
    case .sudden(_, let cosine): tasks[task].world.jump(cosine: cosine, path: drift.segment)
    case .gradual(_, let over, let cosine):
      tasks[task].world.beginTurn(
        cosine: cosine, from: now.seconds, over: over.seconds, path: drift.segment)
    case .incremental(_, let over, let steps, let cosine):
      tasks[task].world.beginTurn(
        cosine: cosine, from: now.seconds, over: over.seconds, steps: max(steps, 1),
        path: drift.segment)
    case .labelShift, .separability: tasks[task].world.moveScenery(to: now)
    case .covariate: tasks[task].world.shiftCovariates()
    case .wandering, .recurring, .seasonal, .within: break
    }
  }

  mutating func endWarmUp(at now: Instant, _ counters: VersionCounters) {
    settleEverything(at: now, counters)
    for model in models.indices {
      models[model].scores = ModelScores()
      for monitor in models[model].monitors.indices {
        models[model].monitors[monitor].scores = MonitorScores()
      }
    }
    for stream in predictions.indices { predictions[stream].answered = 0 }
  }

  /// Ends the open segment of a task's world, so that what follows begins at `now`.
  mutating func closeSegment(of task: Int, at now: Instant, _ counters: VersionCounters) {
    let start = tasks[task].world.starts[tasks[task].world.count - 1]
    if start >= now.nanoseconds { return }
    for model in tasks[task].models { settle(model, at: now, counters) }
    tasks[task].world.split(at: now)
  }

  /// Ends the open segment of the model's world, or settles a model that has none.
  mutating func close(_ model: Int, at now: Instant, _ counters: VersionCounters) {
    if let task = models[model].plan.task {
      closeSegment(of: task, at: now, counters)
    } else {
      settle(model, at: now, counters)
    }
  }

  mutating func settleEverything(at now: Instant, _ counters: VersionCounters) {
    for task in tasks.indices { closeSegment(of: task, at: now, counters) }
    for model in models.indices where models[model].plan.task == nil {
      settle(model, at: now, counters)
    }
  }

  /// Counts what was answered since the model was last settled with the quality that held.
  private mutating func settle(_ model: Int, at now: Instant, _ counters: VersionCounters) {
    let span = now - models[model].settled
    if span <= .zero { return }
    let from = models[model].settled
    let now64 = now.nanoseconds
    let totals = CounterSnapshot(counters, model: model)
    let day = from.nanoseconds / 86_400_000_000_000
    let share = models[model].rollout?.share ?? 0
    var (answered, stableAnswered, requests) = (0.0, 0.0, 0.0)
    var picture = 0.0
    for arm in VersionArm.allCases {
      let new = totals.totals(of: arm) - models[model].seen.totals(of: arm)
      if arm == .candidate && new.requests == 0 && share == 0 { continue }
      let isCandidate = arm == .candidate && models[model].candidate != nil
      // Answers to copies reach nobody.
      if arm == .candidate && models[model].rollout?.isMirroring == true { continue }
      let isBad = count(Double(new.answered), of: model, isCandidate, day: day)
      if isBad { models[model].scores.exposed += new.requests }
      answered += Double(new.answered)
      requests += Double(new.requests)
      if arm == .stable { stableAnswered = Double(new.answered) }
      picture += auc(of: model, isCandidate) * (arm == .stable ? 1 - share : share)
    }
    noteEvidence(of: model, models[model].seen, totals, from: from, to: now)
    models[model].seen = totals
    addFallbacks(to: model, day: day, counters)
    compareWithBaseline(model, answered: answered)
    let middle = Double(from.nanoseconds - models[model].stable.cut) * 1e-9 + span.seconds / 2
    models[model].scores.age += middle * span.seconds
    models[model].scores.seconds += span.seconds
    if now - .start <= horizon {
      series[model].auc.addLevel(picture, from: from.nanoseconds, to: now64)
      series[model].share.addLevel(share, from: from.nanoseconds, to: now64)
    }
    models[model].settled = now
    if let task = models[model].plan.task {
      remember(
        model, of: task, answered: answered, stable: stableAnswered, span)
      watch(model, of: task, answered: answered, requests: requests, until: now)
    }
  }

  /// Counts answers of the stable version or the candidate; returns whether it is a bad one.
  private mutating func count(
    _ answers: Double, of model: Int, _ isCandidate: Bool, day: Int64
  ) -> Bool {
    if isCandidate, let candidate = models[model].candidate {
      models[model].scores.add(answers, candidate.quality, candidate.segmentQuality, day: day)
      addShadow(of: model, answers, worth: candidate.quality[.value])
      return candidate.isBad
    }
    models[model].scores.add(
      answers, models[model].stable.quality, models[model].stable.segmentQuality, day: day)
    addShadow(of: model, answers, worth: models[model].stable.quality[.value])
    return models[model].stable.isBad
  }

  private func auc(of model: Int, _ isCandidate: Bool) -> Double {
    isCandidate ? models[model].candidate?.auc ?? 0.5 : models[model].stable.auc
  }

  /// Keeps what trainings and monitors will ask about the segment that ends.
  private mutating func remember(
    _ model: Int, of task: Int, answered: Double, stable: Double, _ span: Duration
  ) {
    let share = tasks[task].plan.labels.share
    let stableShare = answered > 0 ? stable / answered : 1
    let labels =
      models[model].plan.training?.labelRate.map { $0 * span.seconds }
      ?? answered * share
    let labelled =
      tasks[task].plan.labels.areAllMade
      ? labels : tasks[task].labelled(labels, of: models[model].stable, over: span)
    models[model].signals.append(
      labelled, of: models[model].labels.count, told: tasks[task].world.told)
    models[model].labels.append(labelled)
    models[model].stableLabels.append(labelled * stableShare)
    models[model].qualities.append(models[model].stable.auc)
  }

  private mutating func addFallbacks(to model: Int, day: Int64, _ counters: VersionCounters) {
    for index in fallbacks.indices where fallbacks[index].model == model {
      let total = counters.fallbacks[fallbacks[index].route]
      let answering = models[fallbacks[index].answering].stable
      var figures = answering.quality
      // What the model could have been counts against the answers that stood in for it.
      figures[.bestAUC] = models[model].stable.quality[.bestAUC]
      figures[.bestValue] = models[model].stable.quality[.bestValue]
      models[model].scores.add(
        Double(total - fallbacks[index].seen), figures, answering.segmentQuality, day: day)
      fallbacks[index].seen = total
    }
  }

  mutating func judgeAll(of task: Int) {
    for model in tasks[task].models { judge(model) }
  }

  /// Derives the quality of every version of a model that serves.
  mutating func judge(_ model: Int) {
    guard let task = models[model].plan.task else { return }
    let isRule = models[model].plan.fixedAUC != nil
    if !isRule && models[model].stable.direction.isEmpty { return }
    models[model].stable.conditions = conditions(of: models[model].stable, model, task)
    tasks[task].judge(&models[model].stable)
    if !isRule {
      lookAtOracle(of: model, task)
      lookAtFirst(of: model, task)
    }
    let best = models[model].oracle.best
    models[model].stable.quality.note(best)
    if models[model].candidate != nil { judgeCandidate(of: model, task, best) }
  }

  private mutating func judgeCandidate(of model: Int, _ task: Int, _ best: OracleFigures) {
    guard var candidate = models[model].candidate else { return }
    candidate.conditions = conditions(of: candidate, model, task)
    tasks[task].judge(&candidate)
    candidate.quality.note(best)
    models[model].candidate = candidate
  }
}
