import Quantities
import Randomness
import Statistics

// What starts a training.
extension LearningPlane {
  /// Enters the first event of every trigger that a model has.
  mutating func scheduleTriggers(_ model: Int) {
    if models[model].plan.training == nil { return }
    for index in models[model].trainings.triggers.indices {
      if let first = nextLook(model, index, after: .start) {
        schedule(.trigger(model: UInt16(model), index: UInt16(index)), at: first)
      }
    }
  }

  /// When a trigger is looked at next; nil for one that only monitors raise.
  private func nextLook(_ model: Int, _ index: Int, after now: Instant) -> Instant? {
    switch models[model].trainings.triggers[index].plan.rule {
    case .schedule(let every): now + every
    case .volume: now + .hours(1)
    case .costAware: now + .hours(24)
    case .alarm, .performance, .drift: nil
    case .at(let instants): instants.filter { $0 > now }.min()
    }
  }

  /// A trigger is due.
  mutating func lookAtTrigger(
    _ model: Int, _ index: Int, at now: Instant, _ counters: VersionCounters,
    _ actions: inout [LifecycleAction]
  ) {
    let trigger = models[model].trainings.triggers[index]
    var why: String?
    switch trigger.plan.rule {
    case .schedule: why = "scheduled"
    case .at: why = "by hand"
    case .volume(let wanted):
      close(model, at: now, counters)
      let arrived = labelsArrived(model: model, by: now) - trigger.labelsBefore
      if arrived >= wanted { why = "\(QuantityFormatter.compact(arrived)) new labels" }
    case .costAware(let rule):
      close(model, at: now, counters)
      addRegret(model, index, rule, at: now)
      let regret = models[model].trainings.triggers[index].regret
      if regret >= rule.price {
        why = "$\(QuantityFormatter.fixed(regret, decimals: 2)) lost to age"
      }
    case .alarm, .performance, .drift: break
    }
    if let why, let kind = raise(model, index) {
      startTraining(model, kind, at: now, why: why, counters, &actions)
    }
    if let next = nextLook(model, index, after: now) {
      schedule(.trigger(model: UInt16(model), index: UInt16(index)), at: next)
    }
  }

  /// Hears every verdict of a monitor; what to train where it asks for a training.
  ///
  /// An alarm asks again at each verdict that it goes on, for a training may have been impossible
  /// before.
  mutating func hear(
    _ model: Int, monitor: Int, fires: Bool, isCovariate: Bool, at now: Instant
  ) -> TrainingKind? {
    guard fires else {
      models[model].trainings.firingSince[monitor] = nil
      return nil
    }
    let since = models[model].trainings.firingSince[monitor] ?? now
    models[model].trainings.firingSince[monitor] = since
    var kind: TrainingKind?
    for index in models[model].trainings.triggers.indices {
      let asks =
        switch models[model].trainings.triggers[index].plan.rule {
        case .alarm: true
        case .performance(let lasting): !isCovariate && now - since >= lasting
        case .drift(let lasting): isCovariate && now - since >= lasting
        case .schedule, .volume, .costAware, .at: false
        }
      if asks { kind = kind ?? raise(model, index) }
    }
    return kind
  }

  /// Marks a trigger as fired; what to train where that is enough.
  private mutating func raise(_ model: Int, _ index: Int) -> TrainingKind? {
    models[model].trainings.triggers[index].isRaised = true
    let triggers = models[model].trainings.triggers
    if models[model].plan.retraining.needsAll && !triggers.allSatisfy(\.isRaised) { return nil }
    return triggers[index].plan.train
  }

  /// A training begins: what the triggers count begins anew.
  mutating func resetTriggers(_ model: Int, at now: Instant) {
    for index in models[model].trainings.triggers.indices {
      models[model].trainings.triggers[index].isRaised = false
      switch models[model].trainings.triggers[index].plan.rule {
      case .volume:
        models[model].trainings.triggers[index].labelsBefore = labelsArrived(
          model: model, by: now)
      case .costAware:
        models[model].trainings.triggers[index].regret = 0
        models[model].trainings.triggers[index].regretUntil = now
      case .schedule, .alarm, .performance, .drift, .at: break
      }
    }
  }

  // MARK: Regret

  /// Adds what the model has lost against a fresh one since the last look.
  private mutating func addRegret(
    _ model: Int, _ index: Int, _ rule: RegretRule, at now: Instant
  ) {
    guard let task = models[model].plan.task, let training = models[model].plan.training else {
      return
    }
    let from = models[model].trainings.triggers[index].regretUntil
    let days = (now - from).days
    guard days > 0 else { return }
    let state = tasks[task]
    let fresh = WindowTraining(
      state, features: models[model].dimension.value(rows: models[model].stable.rows),
      window: models[model].trainings.window,
      age: .seconds(state.arrivals.least + models[model].stable.rows / training.speed),
      rows: models[model].stable.rows)
    let best = fresh.cosine
    var present: Double?
    if rule.usesLabels {
      let sample = arrivedLabels(model, state, after: from, upTo: now)
      let labels = sample.labels
      let seen = state.seen.positives
      if labels * min(seen, 1 - seen) >= 10 {
        let measured = measuredAUC(sample.auc, task)
        let variance = hanleyMcNeilVariance(
          area: measured, positives: labels * seen, negatives: labels * (1 - seen))
        var draws = models[model].draws.draws(
          of: UInt64(now.nanoseconds / 1_000_000_000), from: 1 << 15)
        let noisy = measured + variance.squareRoot() * Ziggurat.normal(&draws)
        // Wrong labels shrink what is above chance by a factor that is known.
        let shrink = 2 * measuredAUC(1, task) - 1
        let shown = min(max(0.5 + (noisy - 0.5) / shrink, 0.001), 0.999)
        present = BinormalQuality.distance(ofAUC: shown) / state.best.distance
      }
    } else {
      // The middle of the stretch stands for it: the decay is straight within a day.
      let middle = Double(from.nanoseconds - models[model].stable.cut) * 1e-9 / 86_400 + days / 2
      let aged = middle + state.arrivals.least / 86_400 - fresh.age
      present = best * PortableMath.exp(-max(aged, 0) / fresh.memory)
    }
    // Without labels nothing is known of the stretch, and it counts once they arrive.
    guard let present else { return }
    models[model].trainings.triggers[index].regret += rule.worth * (best - present) * days
    models[model].trainings.triggers[index].regretUntil = now
  }
}

extension WindowTraining {
  /// The closed form for a task of the run: so many rows evenly over a window.
  init(_ task: TaskState, features: Double, window: Duration, age: Duration, rows: Double) {
    self.init(
      memory: task.plan.memory.map(\.days) ?? .infinity, window: max(window.days, 1e-9),
      age: age.days, labelsPerDay: rows / max(window.days, 1e-9), features: features,
      best: task.seen)
  }
}

extension PredictionTask {
  /// Memory of the concept by all its wandering; nil where it only jumps or stands still.
  var memory: Duration? {
    var rate = 0.0
    for drift in drifts {
      if case .wandering(let memory) = drift.common { rate += 1 / memory.seconds }
    }
    return rate > 0 ? .seconds(1 / rate) : nil
  }
}
