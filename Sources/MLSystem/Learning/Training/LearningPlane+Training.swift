import Quantities
import Randomness

extension LearningPlane {
  mutating func runSchedule(
    _ model: Int, at now: Instant, _ counters: VersionCounters, _ actions: inout [LifecycleAction]
  ) {
    startTraining(model, at: now, why: "scheduled", counters, &actions)
    if let every = models[model].plan.retraining.every {
      schedule(.scheduledTraining(model: UInt16(model)), at: now + every)
    }
  }

  /// Starts a training unless one runs or the last is too recent.
  mutating func startTraining(
    _ model: Int, at now: Instant, why: String, _ counters: VersionCounters,
    _ actions: inout [LifecycleAction]
  ) {
    guard let training = models[model].plan.training, models[model].training == nil else { return }
    if let last = models[model].lastTraining, now - last < models[model].plan.retraining.cooldown {
      return
    }
    close(model, at: now, counters)
    let name = models[model].plan.name
    let number = models[model].versions
    guard var version = learn(model, number: number, cut: now.nanoseconds) else {
      note(.training, name, at: now, "\(why): no label has arrived yet, nothing to learn from")
      return
    }
    if let faults = models[model].plan.badVersions {
      var draws = models[model].draws.draws(of: UInt64(number))
      if draws.uniform() < faults.chance { version.spoil(faults) }
    }
    let span = Duration.seconds(version.rows / training.speed)
    models[model].versions += 1
    models[model].lastTraining = now
    models[model].training = version
    note(
      .training, name, at: now,
      "\(why): version \(number) learns from \(QuantityFormatter.compact(version.rows)) rows in "
        + QuantityFormatter.time(span.seconds))
    actions.append(
      .startTraining(model: model, pool: training.pool, instances: training.instances))
    schedule(.trained(model: UInt16(model)), at: now + span)
  }

  mutating func endTraining(
    _ model: Int, at now: Instant, _ counters: VersionCounters, _ actions: inout [LifecycleAction]
  ) {
    guard let version = models[model].training, let training = models[model].plan.training
    else { return }
    models[model].training = nil
    models[model].scores.retrainings += 1
    actions.append(.endTraining(model: model, pool: training.pool, instances: training.instances))
    if models[model].rollout == nil {
      beginRollout(of: version, model, at: now, counters, &actions)
    } else {
      models[model].waiting = version
    }
  }

  /// A direction learnt from the labels that had arrived at `cut`; nil where there are none.
  ///
  /// w = Δ·(mean concept of the window) + N(0, I / ((n-p)κ)), with Δ and κ as the labels show them.
  /// The noise in the dimensions that the world lacks only adds to the length of w.
  func learn(_ model: Int, number: Int, cut: Int64) -> ModelVersion? {
    var version = ModelVersion(number: number)
    version.cut = cut
    guard let training = models[model].plan.training else { return version }
    guard let task = models[model].plan.task, models[model].plan.fixedAUC == nil else {
      version.rows = training.rows
      return version
    }
    let state = tasks[task]
    guard let sample = window(of: model, state, cut: cut, length: training.window) else {
      return nil
    }
    version.rows = min(training.rows, sample.labels)
    version.epochShares = sample.epochs
    let dimension = models[model].dimension.value(rows: version.rows)
    let noise = 1 / (max(version.rows - dimension, 1) * state.information)
    var draws = models[model].draws.draws(of: UInt64(number), from: 1)
    var square = 0.0
    version.direction = sample.concept
    for i in 0..<World.dimensions {
      version.direction[i] *= state.seen.distance
      if Double(i) < dimension.rounded() {
        version.direction[i] += noise.squareRoot() * Ziggurat.normal(&draws)
      }
      square += version.direction[i] * version.direction[i]
    }
    let rest = dimension - Double(World.dimensions)
    if rest > 0 {
      square += noise * Sampler(.gamma(shape: rest / 2, scale: 2)).sample(&draws)
    }
    version.length = square.squareRoot()
    // The threshold is set on rows of the same window that were not learnt from.
    var apart = 0.0
    for (weight, mean) in zip(version.direction, sample.concept) { apart += weight * mean }
    let own = BinormalQuality(
      distance: state.best.distance * apart / version.length, positives: state.plan.positives)
    version.threshold = own.bestThreshold
    return version
  }

  /// The labels of a window before the newest one, as they had arrived at `cut`.
  private func window(
    of model: Int, _ task: TaskState, cut: Int64, length: Duration
  ) -> (labels: Double, concept: [Double], epochs: [Double])? {
    let world = task.world
    let end = cut - Duration.seconds(task.arrivals.least).nanoseconds
    let start = end - length.nanoseconds
    let time = Double(cut) * 1e-9
    var concept = [Double](repeating: 0, count: World.dimensions)
    var epochs = [Double](repeating: 0, count: task.shifts.count)
    var labels = 0.0
    // The newest segments come last; the open one holds nothing that is counted yet.
    var segment = world.lastSegment(before: end)
    while segment >= 0 && world.starts[segment + 1] > start {
      let from = max(world.starts[segment], start)
      let to = min(world.starts[segment + 1], end)
      let made = models[model].labels[segment]
      if to > from && made > 0 {
        let whole = Double(world.starts[segment + 1] - world.starts[segment])
        let arrived = task.arrivals.arrived(
          from: Double(from) * 1e-9, to: Double(to) * 1e-9, by: time)
        let weight = made * Double(to - from) / whole * arrived
        labels += weight
        epochs[Int(world.epochs[segment])] += weight
        world.accumulate(weight, of: segment, into: &concept)
      }
      segment -= 1
    }
    if labels <= 0 { return nil }
    for i in concept.indices { concept[i] /= labels }
    return (labels, concept, epochs.map { $0 / labels })
  }
}
