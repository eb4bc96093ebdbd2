import Quantities

extension LearningPlane {
  /// Performs one check of a monitor.
  ///
  /// Without enough rows or labels there is no verdict; they are kept for the next check, so that
  /// no row is judged twice and draws of different checks are independent, unless the monitor has
  /// a window, which may overlap with the one before.
  mutating func check(
    _ model: Int, _ number: Int, at now: Instant, _ counters: VersionCounters,
    _ actions: inout [LifecycleAction]
  ) {
    let plan = models[model].monitors[number].plan
    schedule(.check(model: UInt16(model), monitor: UInt16(number)), at: now + plan.every)
    guard let task = models[model].plan.task, models[model].plan.fixedAUC == nil else { return }
    closeSegment(of: task, at: now, counters)
    models[model].monitors[number].checks += 1
    models[model].monitors[number].scores.checks += 1
    let finding: MonitorFinding? =
      switch plan.kind {
      case .features(let test): checkFeatures(model, number, test, at: now)
      case .performance(let test): checkPerformance(model, number, test, at: now)
      case .predictions(let test): checkPredictions(model, number, test, at: now)
      case .estimated(let test): checkEstimate(model, number, test, at: now)
      case .missing(let test): checkMissing(model, number, test, at: now)
      case .labels(let level): checkLabels(model, number, level, at: now)
      case .ratings(let test): checkRatings(model, number, test, at: now)
      case .stream(let test): checkStream(model, number, test, at: now)
      }
    guard let verdict = verdict(model, number, finding, at: now) else { return }
    conclude(model, number, verdict, at: now)
    let asked = hear(
      model, monitor: number, fires: verdict.fires && plan.routing != .log,
      isCovariate: plan.kind.watchesFeatures, at: now)
    if verdict.fires { respond(model, number, asked, at: now, counters, &actions) }
  }

  /// What a check says after all: without rows what the monitor makes of that; nil leaves
  /// everything as it was.
  private mutating func verdict(
    _ model: Int, _ number: Int, _ finding: MonitorFinding?, at now: Instant
  ) -> MonitorFinding? {
    if let finding { return finding }
    models[model].monitors[number].scores.unjudged += 1
    switch models[model].monitors[number].plan.noData {
    case .hold: return nil
    case .ignore: return .quiet
    case .alarm:
      return MonitorFinding(
        fires: true, text: "too few rows or labels for a verdict", statistic: "no-data",
        signs: [.init(value: 0)])
    }
  }

  /// Scores a verdict, and begins or ends alarms.
  private mutating func conclude(
    _ model: Int, _ number: Int, _ finding: MonitorFinding, at now: Instant
  ) {
    let monitor = models[model].monitors[number]
    let wasFiring = monitor.isFiring
    models[model].monitors[number].isFiring = finding.fires
    if !finding.isTrue { models[model].monitors[number].scores.quiet += monitor.plan.every.seconds }
    record(model, number, finding, at: now)
    if !finding.fires { return }
    models[model].monitors[number].scores.firing += 1
    if !wasFiring {
      models[model].monitors[number].scores.alarms += 1
      if !finding.isTrue { models[model].monitors[number].scores.falseAlarms += 1 }
      let severity = monitor.plan.severity == .critical ? " (critical)" : ""
      note(.alarm, models[model].plan.name, at: now, finding.text + severity)
    }
    if finding.isTrue { credit(model, number, at: now) }
  }

  /// Opens and closes records of alarms, feature by feature.
  private mutating func record(
    _ model: Int, _ number: Int, _ finding: MonitorFinding, at now: Instant
  ) {
    let monitor = models[model].monitors[number]
    if monitor.raised.isEmpty && finding.signs.isEmpty { return }
    var raised: [RaisedAlarm] = []
    for alarm in monitor.raised {
      if finding.signs.contains(where: { $0.feature == alarm.feature }) {
        raised.append(alarm)
        if finding.isTrue { alarms[alarm.record].isTrue = true }
      } else {
        alarms[alarm.record].until = now
      }
    }
    for sign in finding.signs where alarms.count < AlarmRecord.limit {
      if raised.contains(where: { $0.feature == sign.feature }) { continue }
      raised.append(RaisedAlarm(feature: sign.feature, record: alarms.count))
      alarms.append(
        AlarmRecord(
          at: now, model: models[model].plan.name, monitor: monitor.plan.name,
          feature: sign.feature.map { $0 + 1 }, statistic: finding.statistic, value: sign.value,
          threshold: finding.threshold, severity: monitor.plan.severity, isTrue: finding.isTrue))
    }
    models[model].monitors[number].raised = raised
  }

  /// Credits the latest cause that a monitor can see with its detection.
  private mutating func credit(_ model: Int, _ number: Int, at now: Instant) {
    let kind = models[model].monitors[number].plan.kind
    guard
      let latest = models[model].causes.lastIndex(where: { kind.sees($0.kind) && $0.at <= now })
    else { return }
    if models[model].causes[latest].detected == nil { models[model].causes[latest].detected = now }
    if models[model].causes[latest].found[number] == nil {
      models[model].causes[latest].found[number] = now
    }
  }
}

// MARK: What monitors are told

extension LearningPlane {
  /// What a new version is held against from now on.
  mutating func setBaselines(_ model: Int) {
    guard let task = models[model].plan.task else { return }
    let version = models[model].stable
    models[model].accepted = (version.auc, version.accuracy, version.quality[.value])
    for number in models[model].monitors.indices {
      models[model].monitors[number].baseline = baseline(model, number, task)
      models[model].monitors[number].judged = models[model].promoted
      models[model].monitors[number].below = nil
    }
    rebase(model, task)
  }

  /// Scores and errors are held against those of now.
  mutating func rebase(_ model: Int, _ task: Int) {
    for number in models[model].monitors.indices {
      if case .predictions(let test) = models[model].monitors[number].plan.kind {
        models[model].monitors[number].restart(
          edges: ScoreWatch.edges(of: scores(of: model, task), bins: test.bins))
      }
      if case .stream(let test) = models[model].monitors[number].plan.kind {
        models[model].monitors[number].stream = StreamState(test)
      }
    }
  }

  /// What a monitor has measured of the stable version as it was promoted.
  private func baseline(_ model: Int, _ number: Int, _ task: Int) -> Double {
    let version = models[model].stable
    switch models[model].monitors[number].plan.kind {
    case .performance(let test):
      return test.metric == .auc
        ? measuredAUC(tasks[task].labelledArea(version.auc, of: version), task)
        : measured(.accuracy, version.accuracy, task)
    case .estimated(let test):
      let estimate = estimate(model, task)
      return test.metric == .auc ? estimate.auc : estimate.accuracy
    case .ratings: return version.accuracy
    case .features, .missing, .predictions, .labels, .stream:
      return measured(.auc, version.auc, task)
    }
  }

  /// Keeps what monitors will ask about the segment of a task's world that ends at `now`.
  mutating func watch(
    _ model: Int, of task: Int, answered: Double, requests: Double, until now: Instant
  ) {
    let accuracy = models[model].stable.accuracy
    let value = models[model].stable.quality[.value]
    models[model].accuracies.append(accuracy)
    models[model].prevalences.append(tasks[task].prevalence)
    let regime = models[model].regime(
      epoch: Int(tasks[task].world.epochs[tasks[task].world.count - 1]))
    for monitor in models[model].monitors.indices {
      switch models[model].monitors[monitor].plan.kind {
      case .ratings:
        models[model].monitors[monitor].pending[0] += answered * accuracy
        models[model].monitors[monitor].pending[1] += answered * (1 - accuracy)
      case .predictions:
        let edges = models[model].monitors[monitor].edges
        let shares = ScoreWatch.shares(of: scores(of: model, task), edges: edges)
        for (bin, share) in shares.enumerated() {
          models[model].monitors[monitor].pending[bin] += requests * share
        }
      case .features, .missing, .performance, .estimated, .labels, .stream:
        models[model].monitors[monitor].add(requests, of: regime)
      }
    }
    countHarm(model, answered: answered, accuracy, value, until: now)
  }

  /// The laws of the scores of the stable version of a model now.
  func scores(of model: Int, _ task: Int) -> ScoreMixture {
    tasks[task].mixture(of: models[model].stable, models[model].stable.conditions)
  }

  /// The area that a task's labels, some of them wrong, show for a true one.
  func measuredAUC(_ auc: Double, _ task: Int) -> Double { measured(.auc, auc, task) }

  /// What labels, some of them wrong, show for a true quality.
  func measured(_ metric: PerformanceTest.Metric, _ truth: Double, _ task: Int) -> Double {
    let flipped = tasks[task].plan.labels.flipped
    switch metric {
    case .auc:
      return BinormalQuality.measured(
        auc: truth, positives: tasks[task].plan.positives, flipped: flipped)
    case .accuracy: return truth + flipped * (1 - 2 * truth)
    }
  }
}
