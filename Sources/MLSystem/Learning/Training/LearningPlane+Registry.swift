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

  /// Every version of every model, by model and number.
  package func versions() -> [VersionRecord] {
    models.indices.flatMap { model in
      models[model].plan.training == nil ? [] : models[model].trainings.registry.records
    }
  }
}
