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
    // Segments before the start of the run are no use of labels that anybody pays for.
    let past = tasks[task].world.lastSegment(before: 0) + 1
    let forgotten = tasks[task].world.forget(before: oldest)
    if forgotten > 0 {
      for model in tasks[task].models {
        for segment in min(past, forgotten)..<forgotten {
          models[model].arrivedBefore += models[model].labels[segment]
        }
        models[model].labels.removeFirst(forgotten)
        models[model].stableLabels.removeFirst(forgotten)
        models[model].qualities.removeFirst(forgotten)
        models[model].accuracies.removeFirst(forgotten)
        models[model].prevalences.removeFirst(forgotten)
      }
    }
  }

  mutating func drift(_ task: Int, _ index: Int, at now: Instant, _ counters: VersionCounters) {
    closeSegment(of: task, at: now, counters)
    let name = tasks[task].plan.name
    switch tasks[task].plan.drifts[index] {
    case .wandering: return
    case .sudden(_, let cosine):
      tasks[task].world.jump(cosine: cosine)
      note(
        .drift, name, at: now,
        "the concept turns, cosine \(QuantityFormatter.fixed(cosine, decimals: 2))")
    case .covariate(_, let features, let shift):
      tasks[task].world.shiftCovariates()
      note(
        .drift, name, at: now,
        "the means of \(features) features move by \(QuantityFormatter.fixed(shift, decimals: 2)) sd"
      )
    }
    judgeAll(of: task)
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
      let isCandidate = arm == .candidate && models[model].candidate != nil
      if arm == .candidate && !isCandidate && new.requests == 0 { continue }
      // Answers to copies reach nobody.
      if arm == .candidate && models[model].rollout?.isMirroring == true { continue }
      let version = standing(model, isCandidate)
      models[model].scores.add(Double(new.answered), version.quality, day: day)
      if version.isBad { models[model].scores.exposed += new.requests }
      answered += Double(new.answered)
      requests += Double(new.requests)
      if arm == .stable { stableAnswered = Double(new.answered) }
      picture += version.auc * (arm == .stable ? 1 - share : share)
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

  /// The stable version or the candidate of a model.
  private func standing(_ model: Int, _ isCandidate: Bool) -> ModelVersion {
    if isCandidate, let candidate = models[model].candidate { return candidate }
    return models[model].stable
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
    let labelled = tasks[task].labelled(labels, of: models[model].stable, over: span)
    models[model].labels.append(labelled)
    models[model].stableLabels.append(labelled * stableShare)
    models[model].qualities.append(models[model].stable.auc)
  }

  private mutating func addFallbacks(to model: Int, day: Int64, _ counters: VersionCounters) {
    for index in fallbacks.indices where fallbacks[index].model == model {
      let total = counters.fallbacks[fallbacks[index].route]
      let answering = models[fallbacks[index].answering].stable
      models[model].scores.add(
        Double(total - fallbacks[index].seen), answering.quality, day: day)
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
    if var candidate = models[model].candidate {
      candidate.conditions = conditions(of: candidate, model, task)
      tasks[task].judge(&candidate)
      models[model].candidate = candidate
    }
  }
}
