import Quantities
import Randomness

// Changes of a model that no training brings, and the faults that versions bring.
extension LearningPlane {
  /// Enters the first change of every kind.
  mutating func scheduleChanges(_ model: Int) {
    for index in models[model].plan.changes.indices { scheduleChange(model, index, after: .start) }
  }

  private mutating func scheduleChange(_ model: Int, _ index: Int, after now: Instant) {
    let plan = models[model].plan.changes[index]
    let number = models[model].rollouts.changeCounts[index]
    models[model].rollouts.changeCounts[index] += 1
    var draws = models[model].rollouts.changeDraws[index].draws(of: number)
    let gap = Sampler(plan.every).sample(&draws)
    schedule(
      .change(model: UInt16(model), index: UInt16(index)), at: now + .seconds(max(gap, 1)))
  }

  /// Somebody changed a part of a model.
  mutating func change(
    _ model: Int, _ index: Int, at now: Instant, _ counters: VersionCounters,
    _ actions: inout [LifecycleAction]
  ) {
    let plan = models[model].plan.changes[index]
    let number = models[model].rollouts.changeCounts[index]
    scheduleChange(model, index, after: now)
    var draws = models[model].rollouts.changeDraws[index].draws(of: number, from: 16)
    var change = VersionChange(asked: now)
    change.kind = plan.kind
    if let faults = plan.faults, draws.uniform() < faults.chance {
      change.isBad = true
      let size = faults.size.map { Sampler($0).sample(&draws) } ?? 1
      change.faults = [VersionFault(faults, of: plan.kind, size: size)]
    } else {
      change.gain = plan.gain
    }
    switch plan.kind {
    case .vendor: takeVendorChange(change, model, at: now, counters, &actions)
    case .weights, .prompt, .index, .features, .config, .code:
      if models[model].rollout == nil {
        bringOut(change, model, at: now, counters, &actions)
      } else {
        models[model].rollouts.waiting.append(change)
      }
    }
  }

  /// Brings a change of the version that serves now to the requests.
  mutating func bringOut(
    _ change: VersionChange, _ model: Int, at now: Instant, _ counters: VersionCounters,
    _ actions: inout [LifecycleAction]
  ) {
    var version = models[model].stable
    version.number = takeVersionNumber(model)
    version.change.replace(by: change)
    var record = VersionRecord(
      model: models[model].plan.name, number: version.number, trainedAt: now, kind: .full,
      parent: models[model].stable.number, rows: version.rows,
      window: models[model].trainings.window)
    record.lineage = "a change of the \(change.kind.rawValue)"
    record.asked = change.asked
    models[model].trainings.registry.enter(record, as: .trained, at: now)
    note(
      .training, models[model].plan.name, at: now,
      "version \(version.number) changes the \(change.kind.rawValue)")
    beginRollout(of: version, model, at: now, counters, &actions)
  }

  private mutating func takeVersionNumber(_ model: Int) -> Int {
    models[model].trainings.versions += 1
    return models[model].trainings.versions - 1
  }

  /// The vendor's model is another one from now on, whatever version is under way.
  private mutating func takeVendorChange(
    _ change: VersionChange, _ model: Int, at now: Instant, _ counters: VersionCounters,
    _ actions: inout [LifecycleAction]
  ) {
    close(model, at: now, counters)
    models[model].scores.rollouts.vendorChanges += 1
    func take(_ version: inout ModelVersion) {
      version.change.faults.removeAll { $0.kind == .vendor }
      version.change.faults += change.faults
      version.change.gain += change.gain
      version.takeFaults()
    }
    take(&models[model].stable)
    if var candidate = models[model].candidate {
      take(&candidate)
      models[model].candidate = candidate
    }
    if var former = models[model].rollouts.former {
      take(&former)
      models[model].rollouts.former = former
    }
    judge(model)
    noteExposure(model, at: now)
    note(
      .drift, models[model].plan.name, at: now,
      change.isBad ? "the vendor's model became worse" : "the vendor changed the model")
    actions.append(.replace(model: model))
  }

  // MARK: Scores

  /// Keeps when users began to meet a faulty version, and counts when they no longer do.
  mutating func noteExposure(_ model: Int, at now: Instant) {
    let rollout = models[model].rollout
    let meetsCandidate = (rollout?.share ?? 0) > 0 && !(rollout?.isMirroring ?? false)
    let isExposed =
      models[model].stable.isBad || (meetsCandidate && models[model].candidate?.isBad == true)
    if isExposed {
      if models[model].rollouts.exposedSince == nil { models[model].rollouts.exposedSince = now }
    } else if let since = models[model].rollouts.exposedSince {
      models[model].rollouts.exposedSince = nil
      models[model].scores.rollouts.restores += 1
      models[model].scores.rollouts.restoring += (now - since).seconds
    }
  }

  /// Counts a promotion with how long it took.
  mutating func countPromotion(
    _ model: Int, began: Instant, at now: Instant
  ) {
    models[model].scores.rollouts.promoted += 1
    models[model].scores.rollouts.toFull += (now - began).seconds
  }
}
