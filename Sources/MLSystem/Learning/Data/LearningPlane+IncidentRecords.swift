import Quantities

// What became of the incidents of data.
extension LearningPlane {
  /// The records of the incidents that began before `end`, in the order of the model.
  ///
  /// Hurt are decisions of all models that were wrong beyond the share before it, while it lasted
  /// and as long as a version served that had learnt from it.
  package func incidentRecords(at end: Instant) -> [IncidentRecord] {
    data.incidents.indices.compactMap { index in
      data.incidents[index].at < end ? record(of: index) : nil
    }
  }

  private func record(of index: Int) -> IncidentRecord {
    let incident = data.incidents[index]
    var record = IncidentRecord(
      name: incident.name, cause: incident.kind.cause, subject: subject(of: incident.kind),
      start: incident.at)
    record.ended = data.ended[index]
    var cost: Double?
    var recoveries: [Instant?] = []
    for place in models.indices {
      let model = models[place]
      for cause in model.causes where cause.incident == index {
        record.hurt += cause.hurt
        recoveries.append(cause.recovered)
        if let task = model.plan.task, tasks[task].plan.value != nil {
          cost = (cost ?? 0) + cause.cost
        }
        if let detected = cause.detected, record.noticed.map({ detected < $0 }) ?? true {
          record.noticed = detected
          let monitor = cause.found.firstIndex(of: detected)
          record.noticedBy = monitor.map { model.monitors[$0].plan.name } ?? model.plan.name
        }
      }
    }
    record.lost = cost
    // Over is over for all models.
    if !recoveries.contains(nil) { record.recovered = recoveries.compactMap { $0 }.max() }
    return record
  }

  private func subject(of kind: DataIncident.Kind) -> String {
    switch kind {
    case .sourceOutage(let source), .staleFeatures(let source): data.sources[source].plan.name
    case .brokenFeature(let share, _), .upstreamOutage(let share), .schemaChange(let share),
      .skew(let share, _), .leakage(let share, _):
      models[share.model].plan.name
    case .labelFault(let task, _), .poisonedLabels(let task, _, _): tasks[task].plan.name
    }
  }

  /// The measures of every incident of data.
  func incidentMeasures(at end: Instant) -> [Measure] {
    data.incidents.indices.flatMap { index in
      let isCounted = data.incidents[index].at < end
      let record = record(of: index)
      return record.measures(
        hurt: isCounted ? record.hurt : nil, lost: isCounted ? record.lost : nil,
        recovered: isCounted ? record.recovered : nil)
    }
  }
}
