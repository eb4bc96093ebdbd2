import Quantities

// The registry of versions. Whoever moves a version between its states says so here.
extension LearningPlane {
  /// Enters the version that serves at the start.
  mutating func registerFirst(_ model: Int) {
    let version = models[model].stable
    var record = VersionRecord(
      model: models[model].plan.name, number: version.number, trainedAt: .start, kind: .full,
      parent: nil, rows: version.rows, window: models[model].trainings.window)
    record.promotedAUC = version.auc
    models[model].trainings.registry.enter(record, as: .production, at: .start)
    if let task = models[model].plan.task {
      var concept = [Double](repeating: 0, count: World.dimensions)
      tasks[task].world.accumulate(1, of: tasks[task].world.count - 1, into: &concept)
      models[model].trainings.goldenConcept = concept
    }
  }

  /// A version takes a part of the requests, or mirrors them.
  mutating func noteCanary(_ version: ModelVersion, of model: Int, at now: Instant) {
    models[model].trainings.registry.set(.canary, of: version.number, at: now)
  }

  /// A version is about to take the place of the stable one: call before it does.
  mutating func notePromotion(_ version: ModelVersion, of model: Int, at now: Instant) {
    let old = models[model].stable
    models[model].trainings.registry.set(.retired, of: old.number, at: now)
    models[model].trainings.registry.set(.production, of: version.number, at: now)
    models[model].trainings.previous = old
  }

  /// The stable version has been judged after its promotion.
  mutating func notePromoted(_ model: Int) {
    let auc = models[model].stable.auc
    let number = models[model].stable.number
    models[model].trainings.registry.update(number) { $0.promotedAUC = auc }
    let records = models[model].trainings.registry.records
    if let record = records.last(where: { $0.number == number }) {
      models[model].scores.trainings.leadSeconds += (models[model].promoted - record.asked).seconds
      models[model].scores.trainings.leads += 1
    }
  }

  /// A candidate is undone.
  mutating func noteRollback(_ version: ModelVersion, of model: Int, at now: Instant) {
    models[model].trainings.registry.set(.rolledBack, of: version.number, at: now)
  }

  /// A version that never answered a request is given up for a newer one.
  mutating func noteRetirement(_ version: ModelVersion, of model: Int, at now: Instant) {
    models[model].trainings.registry.set(.retired, of: version.number, at: now)
  }

  /// Brings back what served before the stable version; false where nothing did.
  ///
  /// The version that is undone is marked rolled back, and the one before it is in production
  /// again. Nothing happens while a rollout is under way.
  @discardableResult
  mutating func restorePrevious(
    _ model: Int, at now: Instant, why: String, _ counters: VersionCounters,
    _ actions: inout [LifecycleAction]
  ) -> Bool {
    guard models[model].rollout == nil, let previous = models[model].trainings.previous else {
      return false
    }
    close(model, at: now, counters)
    let undone = models[model].stable
    models[model].trainings.previous = nil
    models[model].trainings.registry.set(.rolledBack, of: undone.number, at: now)
    models[model].trainings.registry.set(.production, of: previous.number, at: now)
    models[model].stable = previous
    models[model].promoted = now
    models[model].scores.rollbacks += 1
    if !undone.isBad { models[model].scores.falseRollbacks += 1 }
    judge(model)
    setBaselines(model)
    note(
      .rollback, models[model].plan.name, at: now,
      "version \(undone.number) gives way to version \(previous.number): \(why)")
    actions.append(.replace(model: model))
    return true
  }

  /// Every version of every model, by model and number.
  package func versions() -> [VersionRecord] {
    models.indices.flatMap { model in
      models[model].plan.training == nil ? [] : models[model].trainings.registry.records
    }
  }
}
