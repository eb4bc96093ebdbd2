import Quantities
import Randomness

// Sources that fail and come back, batches that land, incidents that begin and end.
extension LearningPlane {
  /// Connects sources to what they feed and schedules what is to come.
  mutating func setUpData() {
    for index in data.sources.indices {
      let plan = data.sources[index].plan
      for task in plan.labelsOf {
        tasks[task].data.sources.append(index)
        tasks[task].data.delivery.add(plan)
      }
      for model in plan.featuresOf { models[model].data.sources.append(index) }
      scheduleOutage(of: index, after: .start)
      if case .batch(let every, let offset) = plan.kind {
        let first = offset == .zero ? every : offset
        schedule(.data(.batchDue(source: UInt16(index), number: 0)), at: .start + first)
      }
    }
    for (index, incident) in data.incidents.enumerated() {
      schedule(.data(.incidentBegins(UInt16(index))), at: incident.at)
    }
  }

  mutating func handle(_ event: DataEvent, at now: Instant, _ counters: VersionCounters) {
    switch event {
    case .outageBegins(let source):
      let index = Int(source)
      goDown(index, at: now, counters)
      schedule(.data(.outageEnds(source: source)), at: now + data.outageLength[index])
    case .outageEnds(let source):
      comeBack(Int(source), at: now, counters)
      scheduleOutage(of: Int(source), after: now)
    case .batchDue(let source, let number): dueBatch(Int(source), number, at: now)
    case .batchLands(let source, let number): landBatch(Int(source), number, at: now, counters)
    case .incidentBegins(let index): begin(Int(index), at: now, counters)
    case .incidentEnds(let index): end(Int(index), at: now, counters)
    }
  }

  private mutating func scheduleOutage(of source: Int, after now: Instant) {
    guard let next = data.sources[source].nextOutage() else { return }
    data.outageLength[source] = next.length
    schedule(.data(.outageBegins(source: UInt16(source))), at: now + next.gap)
  }

  // MARK: Sources

  private mutating func goDown(_ source: Int, at now: Instant, _ counters: VersionCounters) {
    settleModels(of: source, at: now, counters)
    guard data.sources[source].goDown(at: now) else { return }
    let plan = data.sources[source].plan
    if plan.kind == .stream {
      for task in plan.labelsOf { tasks[task].data.delivery.beginOutage(at: now) }
    }
    judgeModels(of: source)
    note(.incident, plan.name, at: now, "nothing comes through")
  }

  private mutating func comeBack(_ source: Int, at now: Instant, _ counters: VersionCounters) {
    settleModels(of: source, at: now, counters)
    let since = data.sources[source].downSince
    guard data.sources[source].comeBack(at: now) else { return }
    let plan = data.sources[source].plan
    switch plan.kind {
    case .stream:
      for task in plan.labelsOf {
        tasks[task].data.delivery.endOutage(at: now, backfills: plan.backfills)
      }
    case .batch:
      // The batches that were missed are made up for by the newest of them.
      let missed = data.sources[source].lastDue(by: now)
      if plan.backfills, let missed { land(missed, of: source, at: now) }
    }
    judgeModels(of: source)
    let loss =
      plan.labelsOf.isEmpty || plan.kind != .stream
      ? "" : plan.backfills ? ", what was kept back arrives" : ", what was kept back is lost"
    note(
      .recovery, plan.name, at: now,
      "back after \(QuantityFormatter.time((now - since).seconds))\(loss)")
  }

  private mutating func dueBatch(_ source: Int, _ number: UInt32, at now: Instant) {
    guard case .batch(let every, _) = data.sources[source].plan.kind else { return }
    schedule(.data(.batchDue(source: UInt16(source), number: number + 1)), at: now + every)
    let late = data.sources[source].nextLateness()
    schedule(.data(.batchLands(source: UInt16(source), number: number)), at: now + late)
    if late > .zero {
      note(
        .incident, data.sources[source].plan.name, at: now,
        "a batch is \(QuantityFormatter.time(late.seconds)) late")
    }
  }

  private mutating func landBatch(
    _ source: Int, _ number: UInt32, at now: Instant, _ counters: VersionCounters
  ) {
    if data.sources[source].isDown { return }
    settleModels(of: source, at: now, counters)
    land(data.sources[source].due(number), of: source, at: now)
    judgeModels(of: source)
  }

  private mutating func land(_ covers: Instant, of source: Int, at now: Instant) {
    data.sources[source].land(covers: covers)
    for task in data.sources[source].plan.labelsOf {
      tasks[task].data.delivery.land(at: now, covers: covers)
    }
  }

  /// Counts what was answered with the features as they were until now.
  private mutating func settleModels(
    of source: Int, at now: Instant, _ counters: VersionCounters
  ) {
    for model in data.sources[source].plan.featuresOf { close(model, at: now, counters) }
  }

  private mutating func judgeModels(of source: Int) {
    for model in data.sources[source].plan.featuresOf { judge(model) }
  }

  // MARK: Incidents

  private mutating func begin(_ index: Int, at now: Instant, _ counters: VersionCounters) {
    let incident = data.incidents[index]
    data.isOn[index] = true
    if let last = incident.last {
      schedule(.data(.incidentEnds(UInt16(index))), at: now + last)
    }
    switch incident.kind {
    case .sourceOutage(let source): goDown(source, at: now, counters)
    case .staleFeatures(let source):
      settleModels(of: source, at: now, counters)
      data.sources[source].freeze(at: now)
      judgeModels(of: source)
      note(.incident, data.sources[source].plan.name, at: now, "the online copy stands still")
    case .labelFault, .poisonedLabels: beginLabelFault(index, at: now, counters)
    case .brokenFeature, .upstreamOutage, .schemaChange, .skew, .leakage:
      beginFeatureFault(index, at: now, counters)
    }
  }

  private mutating func beginFeatureFault(
    _ index: Int, at now: Instant, _ counters: VersionCounters
  ) {
    guard let fault = data.incidents[index].featureFault(number: index, at: now) else { return }
    let model = fault.features.model
    close(model, at: now, counters)
    models[model].data.faults.append(fault)
    if fault.effect == .unseen { models[model].data.schema += 1 }
    judge(model)
    note(.incident, models[model].plan.name, at: now, fault.detail)
  }

  private mutating func beginLabelFault(
    _ index: Int, at now: Instant, _ counters: VersionCounters
  ) {
    switch data.incidents[index].kind {
    case .labelFault(let task, let flipped):
      closeSegment(of: task, at: now, counters)
      tasks[task].data.faults.append(
        LabelFault(incident: index, from: now, effect: .flipped(flipped)))
      note(
        .incident, tasks[task].plan.name, at: now,
        "\(QuantityFormatter.percent(flipped)) of the labels are flipped")
    case .poisonedLabels(let task, let share, let cosine):
      closeSegment(of: task, at: now, counters)
      tasks[task].data.poison.append(
        PoisonDirection(cosine: cosine, draws: data.poison.draws(of: UInt64(index))))
      tasks[task].data.faults.append(
        LabelFault(
          incident: index, from: now,
          effect: .poisoned(share: share, direction: tasks[task].data.poison.count - 1)))
      note(
        .incident, tasks[task].plan.name, at: now,
        "\(QuantityFormatter.percent(share)) of the labels are poisoned")
    case .sourceOutage, .staleFeatures, .brokenFeature, .upstreamOutage, .schemaChange, .skew,
      .leakage:
      break
    }
  }

  /// Ends an incident unless a repair did before.
  private mutating func end(_ index: Int, at now: Instant, _ counters: VersionCounters) {
    if !data.isOn[index] { return }
    switch data.incidents[index].kind {
    case .sourceOutage(let source):
      data.end(index, at: now)
      comeBack(source, at: now, counters)
    case .staleFeatures, .brokenFeature, .upstreamOutage, .schemaChange, .skew, .leakage:
      mend(index, at: now, counters)
    case .labelFault(let task, _), .poisonedLabels(let task, _, _):
      closeSegment(of: task, at: now, counters)
      data.end(index, at: now)
      for fault in tasks[task].data.faults.indices
      where tasks[task].data.faults[fault].incident == index {
        tasks[task].data.faults[fault].to = now
      }
      note(.recovery, tasks[task].plan.name, at: now, "labels are sound again")
    }
  }

  /// Makes features sound again.
  mutating func mend(_ index: Int, at now: Instant, _ counters: VersionCounters) {
    data.end(index, at: now)
    if case .staleFeatures(let source) = data.incidents[index].kind {
      settleModels(of: source, at: now, counters)
      data.sources[source].thaw()
      judgeModels(of: source)
      note(.recovery, data.sources[source].plan.name, at: now, "the online copy is fresh again")
      return
    }
    guard let model = data.incidents[index].model else { return }
    close(model, at: now, counters)
    for fault in models[model].data.faults.indices
    where models[model].data.faults[fault].incident == index {
      models[model].data.faults[fault].to = now
    }
    judge(model)
    note(.recovery, models[model].plan.name, at: now, "features are sound again")
  }
}
