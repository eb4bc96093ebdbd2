import Quantities

// What people do about data once they know what is wrong with them.
extension LearningPlane {
  /// Repairs every feature of a task's models: broken ones, their pipelines, the online copy, the
  /// code that computes them otherwise than in training.
  ///
  /// A version that was trained on leaking features goes on looking for them until another takes
  /// its place. Returns whether anything was to be repaired.
  @discardableResult
  package mutating func repairFeatures(
    task: Int, at now: Instant, _ counters: VersionCounters
  ) -> Bool {
    var found = false
    for index in data.incidents.indices where data.isOn[index] {
      let isHere: Bool
      switch data.incidents[index].kind {
      case .staleFeatures(let source):
        isHere = data.sources[source].plan.featuresOf.contains { models[$0].plan.task == task }
      case .brokenFeature, .upstreamOutage, .schemaChange, .skew, .leakage:
        isHere = data.incidents[index].model.map { models[$0].plan.task == task } ?? false
      case .sourceOutage, .labelFault, .poisonedLabels: isHere = false
      }
      if isHere {
        mend(index, at: now, counters)
        found = true
      }
    }
    return found
  }

  /// Makes the wrong labels of a task anew, and ends what makes them wrong; returns how many labels
  /// were made anew, for the price of the work.
  @discardableResult
  package mutating func relabel(task: Int, at now: Instant, _ counters: VersionCounters) -> Double {
    closeSegment(of: task, at: now, counters)
    var labels = 0.0
    var found = false
    for index in tasks[task].data.faults.indices
    where tasks[task].data.faults[index].relabelled == .never {
      let fault = tasks[task].data.faults[index]
      labels += labelsMade(task: task, from: fault.from, to: min(fault.to, now))
      tasks[task].data.faults[index].relabelled = now
      tasks[task].data.faults[index].to = min(fault.to, now)
      data.end(fault.incident, at: now)
      found = true
    }
    if found {
      note(
        .recovery, tasks[task].plan.name, at: now,
        "\(QuantityFormatter.compact(labels)) labels are made anew")
    }
    return labels
  }

  /// Brings the labels that past outages lost; returns whether any were.
  @discardableResult
  package mutating func backfill(task: Int, at now: Instant) -> Bool {
    let found = tasks[task].data.delivery.backfill(at: now)
    if found { note(.recovery, tasks[task].plan.name, at: now, "lost labels are filled in") }
    return found
  }

  /// Labels that the predictions of a stretch get, over all models of a task.
  private func labelsMade(task: Int, from: Instant, to: Instant) -> Double {
    let starts = tasks[task].world.starts
    var sum = 0.0
    for model in tasks[task].models {
      for segment in models[model].labels.indices
      where starts[segment] >= from.nanoseconds && starts[segment] < to.nanoseconds {
        sum += models[model].labels[segment]
      }
    }
    return sum
  }
}
