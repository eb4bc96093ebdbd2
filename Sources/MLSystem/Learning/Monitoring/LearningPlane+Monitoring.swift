import Quantities
import Randomness
import Statistics

extension LearningPlane {
  /// Performs one check of a monitor.
  ///
  /// Without enough rows or labels there is no verdict and no
  /// alarm; they are kept for the next check, so that no row is judged twice and draws of different
  /// checks are independent.
  mutating func check(
    _ model: Int, _ number: Int, at now: Instant, _ counters: VersionCounters,
    _ actions: inout [LifecycleAction]
  ) {
    let monitor = models[model].monitors[number]
    schedule(.check(model: UInt16(model), monitor: UInt16(number)), at: now + monitor.plan.period)
    guard let task = models[model].plan.task, models[model].plan.fixedAUC == nil else { return }
    closeSegment(of: task, at: now, counters)
    models[model].monitors[number].checks += 1
    models[model].scores.checks += 1
    let finding: MonitorFinding?
    switch monitor.plan {
    case .psi(let threshold, let top, let bins, _, let rows):
      finding = checkStability(
        model, number, threshold: threshold, top: min(top, models[model].plan.features),
        bins: bins, rows: rows)
    case .performance(let drop, _, let rows):
      finding = checkPerformance(model, number, drop: drop, rows: rows, at: now)
    }
    guard let finding else {
      models[model].scores.unjudged += 1
      return
    }
    let asked = hear(
      model, monitor: number, fires: finding.fires, isCovariate: finding.isCovariate, at: now)
    let wasFiring = models[model].monitors[number].isFiring
    models[model].monitors[number].isFiring = finding.fires
    if !finding.fires { return }
    models[model].scores.firing += 1
    if !wasFiring {
      models[model].scores.alarms += 1
      if !finding.isTrue { models[model].scores.falseAlarms += 1 }
      note(.alarm, models[model].plan.name, at: now, finding.text)
    }
    if finding.isTrue { credit(model, finding.isCovariate, at: now) }
    // While a new version is on its way there is nothing more to be done about an alarm.
    if let asked, models[model].rollout == nil {
      startTraining(model, asked, at: now, why: "after an alarm", counters, &actions)
    }
  }

  /// What a new version is held against from now on.
  mutating func setBaselines(_ model: Int) {
    guard let task = models[model].plan.task else { return }
    let measured = measuredAUC(models[model].stable.auc, task)
    for number in models[model].monitors.indices {
      models[model].monitors[number].baseline = measured
      models[model].monitors[number].judged = models[model].promoted
    }
  }

  /// The area that a task's labels, some of them wrong, show for a true one.
  func measuredAUC(_ auc: Double, _ task: Int) -> Double {
    BinormalQuality.measured(
      auc: auc, positives: tasks[task].plan.positives, flipped: tasks[task].plan.labels.flipped)
  }

  /// Credits the latest declared drift of a kind with its detection.
  private mutating func credit(_ model: Int, _ isCovariate: Bool, at now: Instant) {
    let latest = models[model].drifts.lastIndex { $0.isCovariate == isCovariate && $0.at <= now }
    if let latest, models[model].drifts[latest].detected == nil {
      models[model].drifts[latest].detected = now
    }
  }

  // MARK: Drift of features

  private mutating func checkStability(
    _ model: Int, _ number: Int, threshold: Double, top: Int, bins: Int, rows: Int
  ) -> MonitorFinding? {
    let monitor = models[model].monitors[number]
    guard let task = models[model].plan.task,
      monitor.pending.reduce(0, +) >= Double(max(rows, 1))
    else { return nil }
    for epoch in monitor.pending.indices { models[model].monitors[number].pending[epoch] = 0 }
    let version = models[model].stable
    let law = StabilityIndexLaw(
      bins: bins, reference: max(version.rows, 1), current: Double(max(rows, 1)))
    let indices = trueIndices(model, number, task, version, monitor.pending, bins)
    var (largest, above, feature) = (0.0, 0, 0)
    for (kind, index) in zip(tasks[task].kinds, indices) {
      let centre = (index / law.scale).squareRoot()
      while feature < min(kind.end, top) {
        // Each feature has numbers of its own, so that another count of them changes no draw.
        var draws = monitor.draws.draws(of: UInt64(monitor.checks) << 16 | UInt64(feature))
        let normal = Ziggurat.normal(&draws) + centre
        let measured = law.scale * (normal * normal + (monitor.rest?.sample(&draws) ?? 0))
        largest = max(largest, measured)
        if measured > threshold { above += 1 }
        feature += 1
      }
    }
    if above == 0 { return .quiet }
    return MonitorFinding(
      fires: true, isTrue: indices.contains { $0 > 1e-9 }, isCovariate: true,
      text: "PSI \(QuantityFormatter.fixed(largest, decimals: 3)) above "
        + "\(QuantityFormatter.fixed(threshold, decimals: 2)) on \(above) of \(top) features")
  }

  /// The true index of each kind of feature between the training rows and those of a check.
  private mutating func trueIndices(
    _ model: Int, _ number: Int, _ task: Int, _ version: ModelVersion, _ current: [Double],
    _ bins: Int
  ) -> [Double] {
    let only = current.count { $0 > 0 } == 1 ? current.firstIndex { $0 > 0 } ?? -1 : -1
    let cache = models[model].monitors[number].indices
    if only >= 0 && cache.version == version.number && cache.epoch == only { return cache.values }
    let values = tasks[task].kinds.map { kind in
      if kind.means.allSatisfy({ $0 == kind.means[0] }) { return 0.0 }
      return populationStabilityIndex(
        reference: FeatureStability.shares(
          means: kind.means, weights: version.epochShares, bins: bins),
        current: FeatureStability.shares(means: kind.means, weights: current, bins: bins))
    }
    models[model].monitors[number].indices = StabilityCache(
      version: version.number, epoch: only, values: values)
    return values
  }

  // MARK: Performance on labels

  private mutating func checkPerformance(
    _ model: Int, _ number: Int, drop: Double, rows: Int, at now: Instant
  ) -> MonitorFinding? {
    guard let task = models[model].plan.task else { return nil }
    let monitor = models[model].monitors[number]
    let (labels, auc) = arrivedLabels(model, tasks[task], after: monitor.judged, upTo: now)
    let seen = tasks[task].seen.positives
    if labels < Double(max(rows, 1)) || labels * min(seen, 1 - seen) < 1 { return nil }
    models[model].monitors[number].judged = now
    let truth = measuredAUC(auc, task)
    let variance = hanleyMcNeilVariance(
      area: truth, positives: labels * seen, negatives: labels * (1 - seen))
    var draws = monitor.draws.draws(of: UInt64(monitor.checks))
    let measured = min(max(truth + variance.squareRoot() * Ziggurat.normal(&draws), 0), 1)
    let line = monitor.baseline * (1 - drop)
    if measured >= line { return .quiet }
    return MonitorFinding(
      fires: true, isTrue: truth < line, isCovariate: false,
      text:
        "AUC \(QuantityFormatter.fixed(measured, decimals: 3)) on \(QuantityFormatter.compact(labels)) labels, "
        + "below \(QuantityFormatter.fixed(line, decimals: 3))")
  }

  /// Labels of the stable version's predictions that arrived in a stretch, and their mean AUC.
  func arrivedLabels(
    _ model: Int, _ task: TaskState, after: Instant, upTo now: Instant
  ) -> (labels: Double, auc: Double) {
    let world = task.world
    let promoted = models[model].promoted.nanoseconds
    var (labels, sum) = (0.0, 0.0)
    // Predictions younger than the least delay have no label yet, and the oldest no more to come.
    let youngest = now.nanoseconds - Duration.seconds(task.arrivals.least).nanoseconds
    var segment = world.lastSegment(before: youngest)
    while segment >= 0 && world.starts[segment] >= promoted {
      let from = Double(world.starts[segment]) * 1e-9
      let to = Double(world.starts[segment + 1]) * 1e-9
      if after.seconds - to > task.arrivals.patience { break }
      let share =
        task.arrived(from: from, to: to, by: now.seconds)
        - task.arrived(from: from, to: to, by: after.seconds)
      let weight = models[model].stableLabels[segment] * share
      labels += weight
      sum += weight * models[model].qualities[segment]
      segment -= 1
    }
    return (labels, labels > 0 ? sum / labels : 0.5)
  }
}

/// The verdict of one check.
struct MonitorFinding {
  var fires: Bool
  /// Whether what is watched has truly changed: a feature's mean moved, or the true AUC of the
  /// judged labels lies below the line.
  var isTrue: Bool
  var isCovariate: Bool
  var text: String

  /// Judged, and nothing found.
  static let quiet = MonitorFinding(fires: false, isTrue: false, isCovariate: false, text: "")
}
