import Quantities
import Randomness
import Statistics

// Gates: what a version must show before a request sees it.
extension LearningPlane {
  /// Measures a version on its holdout and holds it against the gates.
  mutating func judgeRun(
    _ model: Int, at now: Instant, _ counters: VersionCounters, _ actions: inout [LifecycleAction]
  ) {
    guard let run = models[model].trainings.run, let version = run.version else { return }
    close(model, at: now, counters)
    var decisions: [GateDecision] = []
    var measured: Double?
    if let task = models[model].plan.task, models[model].plan.fixedAUC == nil {
      let figures = measure(version, model, task, run)
      measured = figures?.candidate
      if let gates = models[model].plan.pipeline.gates {
        if gates.margin != nil { decisions.append(gates.compare(figures)) }
        if let drop = gates.accuracyDrop, let figures {
          decisions.append(
            GateDecision(
              gate: "accuracy", isPassed: figures.accuracyGain >= -drop,
              measured: figures.accuracyGain, limit: -drop))
        }
        if let least = gates.fairness {
          decisions.append(judgeFairness(version, model, task, run, least))
        }
        if let golden = gates.golden {
          decisions.append(judgeGolden(version, model, task, golden))
        }
      }
    }
    if let load = models[model].plan.pipeline.gates?.load {
      decisions += testLoad(version, model, run, load)
    }
    models[model].trainings.run?.offlineAUC = measured
    models[model].trainings.run?.decisions = decisions
    if let failed = decisions.first(where: { !$0.isPassed }) {
      refuse(model, failed, at: now, counters, &actions)
    } else if let approval = models[model].plan.pipeline.gates?.approval {
      askPeople(approval, model, run, at: now)
    } else {
      register(model, at: now, counters, &actions)
    }
  }

  /// A gate keeps a version back.
  private mutating func refuse(
    _ model: Int, _ decision: GateDecision, at now: Instant, _ counters: VersionCounters,
    _ actions: inout [LifecycleAction]
  ) {
    guard let run = models[model].trainings.run, let version = run.version else { return }
    note(
      .training, models[model].plan.name, at: now,
      "version \(version.number) is refused: \(decision.text)")
    finishRun(model, run, isRefused: true, at: now, counters, &actions)
  }

  private mutating func register(
    _ model: Int, at now: Instant, _ counters: VersionCounters, _ actions: inout [LifecycleAction]
  ) {
    guard let run = models[model].trainings.run else { return }
    if models[model].plan.pipeline.register != nil {
      enter(.registering, model, at: now)
    } else {
      finishRun(model, run, isRefused: false, at: now, counters, &actions)
    }
  }

  // MARK: People

  private mutating func askPeople(
    _ approval: GatePlan.Approval, _ model: Int, _ run: TrainingRun, at now: Instant
  ) {
    var draws = models[model].trainings.stageDraws.draws(of: UInt64(run.number), from: 1 << 20)
    let work = Duration(drawn: Sampler(approval.takes).sample(&draws))
    let refuses = draws.uniform() < approval.refuses
    models[model].trainings.approvals += 1
    models[model].trainings.run?.stage = .approving
    models[model].trainings.run?.decisions.append(
      GateDecision(gate: "approval", isPassed: !refuses))
    wake(model, at: approval.hours.end(of: work, from: now, start: start))
  }

  /// The person has looked.
  mutating func approve(
    _ model: Int, at now: Instant, _ counters: VersionCounters, _ actions: inout [LifecycleAction]
  ) {
    if let last = models[model].trainings.run?.decisions.last, !last.isPassed {
      refuse(model, last, at: now, counters, &actions)
    } else {
      register(model, at: now, counters, &actions)
    }
  }

  // MARK: Tests

  /// What the holdout shows of a version and of the one in production; nil without enough labels.
  private func measure(
    _ version: ModelVersion, _ model: Int, _ task: Int, _ run: TrainingRun
  ) -> OfflineFigures? {
    guard let holdout = run.holdout,
      let sample = mean(of: [version, models[model].stable], model, task, holdout, version.cut)
    else { return nil }
    let seen = tasks[task].seen.positives
    let rows = HoldoutRows(
      positives: sample.labels * seen, negatives: sample.labels * (1 - seen))
    guard rows.isEnough else { return nil }
    let noise = HoldoutNoise(models[model].trainings.holdoutDraws, key: UInt64(run.number))
    let production = models[model].stable
    let truths = zip(sample.areas, [version, production]).map { area, version in
      measuredAUC(min(area + leakedAUC(of: version, model), 0.9999), task)
    }
    let correlation = version.cosine(with: production)
    var draws = models[model].trainings.stageDraws.draws(of: UInt64(run.number), from: 1 << 21)
    let spread = zip(sample.accuracies, [1.0, -1]).reduce(0) { sum, part in
      sum + part.0 * (1 - part.0) / sample.labels
    }
    let gain = sample.accuracies[0] - sample.accuracies[1]
    return OfflineFigures(
      candidate: noise.measured(truths[0], of: version, rows),
      production: noise.measured(truths[1], of: production, rows),
      deviation: rows.deviation(
        ofDifference: truths[0], truths[1], correlation: correlation),
      accuracyGain: gain + spread.squareRoot() * Ziggurat.normal(&draws))
  }

  /// The mean AUC and accuracy of versions over held-out labels that had arrived at `cut`.
  private func mean(
    of versions: [ModelVersion], _ model: Int, _ task: Int, _ holdout: Holdout, _ cut: Int64
  ) -> (labels: Double, areas: [Double], accuracies: [Double])? {
    let state = tasks[task]
    let end = cut - Duration.seconds(state.arrivals.least).nanoseconds
    let start = end - holdout.length
    var labels = 0.0
    var areas = versions.map { _ in 0.0 }
    var accuracies = areas
    var segment = state.world.lastSegment(before: end)
    while segment >= 0 && state.world.starts[segment + 1] > start {
      let weight = heldOut(model, state, segment, from: start, to: end, knownAt: cut)
      if weight > 0 {
        labels += weight
        for (index, version) in versions.enumerated() {
          let quality = state.quality(of: version, on: segment)
          areas[index] += weight * quality.auc
          accuracies[index] += weight * quality.accuracy
        }
      }
      segment -= 1
    }
    if labels <= 0 { return nil }
    return (labels * holdout.share, areas.map { $0 / labels }, accuracies.map { $0 / labels })
  }

  /// Labels of a part of a segment that had arrived.
  private func heldOut(
    _ model: Int, _ task: TaskState, _ segment: Int, from start: Int64, to end: Int64,
    knownAt now: Int64
  ) -> Double {
    let from = max(task.world.starts[segment], start)
    let to = min(task.world.starts[segment + 1], end)
    let whole = task.world.starts[segment + 1] - task.world.starts[segment]
    if to <= from { return 0 }
    let arrived = task.arrived(
      from: Double(from) * 1e-9, to: Double(to) * 1e-9, by: Double(now) * 1e-9)
    return models[model].labels[segment] * Double(to - from) / Double(whole) * arrived
  }

  /// Holds the true-positive rates of the segments against each other, as the holdout shows them.
  ///
  /// The ratio of the least to the largest is the four-fifths rule's (29 CFR 1607.4 D).
  private func judgeFairness(
    _ version: ModelVersion, _ model: Int, _ task: Int, _ run: TrainingRun, _ least: Double
  ) -> GateDecision {
    let state = tasks[task]
    let sample = run.holdout.flatMap { mean(of: [], model, task, $0, version.cut) }
    var draws = models[model].trainings.stageDraws.draws(of: UInt64(run.number), from: 1 << 23)
    var rates: [Double] = []
    for segment in 0..<state.segmentCount {
      let share = state.share(ofSegment: segment) * state.positives(ofSegment: segment)
      let positives = Int64((sample?.labels ?? 0) * share)
      let truth = state.quality(of: version, segment: segment, .sound).recall ?? 0
      guard positives >= 5,
        let shown = MeasuredQuality.share(truth, rows: positives, draws: &draws)
      else { return GateDecision(gate: "fairness", isPassed: false) }
      rates.append(shown)
    }
    let highest = rates.max() ?? 0
    let ratio = highest > 0 ? (rates.min() ?? 0) / highest : 1
    return GateDecision(
      gate: "fairness", isPassed: ratio >= least, measured: ratio, limit: least)
  }

  /// Holds a version against production on the rows that never change.
  private func judgeGolden(
    _ version: ModelVersion, _ model: Int, _ task: Int, _ golden: GatePlan.GoldenSet
  ) -> GateDecision {
    let concept = models[model].trainings.goldenConcept
    let state = tasks[task]
    let rows = HoldoutRows(
      positives: golden.rows * state.plan.positives,
      negatives: golden.rows * (1 - state.plan.positives))
    let noise = HoldoutNoise(models[model].trainings.holdoutDraws, key: .max)
    func measured(_ version: ModelVersion) -> Double {
      var along = 0.0
      for (a, b) in zip(version.direction, concept) { along += a * b }
      let area = BinormalQuality.auc(ofDistance: state.best.distance * along / version.length)
      return noise.measured(area, of: version, rows)
    }
    let gain = measured(version) - measured(models[model].stable)
    return GateDecision(
      gate: "golden set", isPassed: gain >= -golden.drop, measured: gain, limit: -golden.drop)
  }

  /// Sends requests to a version before any user does.
  private func testLoad(
    _ version: ModelVersion, _ model: Int, _ run: TrainingRun, _ load: GatePlan.LoadTest
  ) -> [GateDecision] {
    var draws = models[model].trainings.stageDraws.draws(of: UInt64(run.number), from: 1 << 22)
    let errors = Binomial.sample(
      trials: Int64(load.requests), p: min(max(version.errors, 0), 1), &draws)
    let share = load.requests > 0 ? Double(errors) / Double(load.requests) : 0
    let usual = models[model].stable.slowdown
    let slowdown = version.slowdown / usual
    return [
      GateDecision(
        gate: "errors under load", isPassed: share <= load.errors, measured: share,
        limit: load.errors),
      GateDecision(
        gate: "latency under load", isPassed: slowdown <= load.slowdown, measured: slowdown,
        limit: load.slowdown),
    ]
  }
}

/// What a holdout shows of a version and of the one in production.
private struct OfflineFigures {
  var candidate: Double
  var production: Double
  /// Standard error of their difference.
  var deviation: Double
  var accuracyGain: Double
}

extension GatePlan {
  /// Whether a version beats production by the margin, or significantly.
  fileprivate func compare(_ figures: OfflineFigures?) -> GateDecision {
    guard let figures else { return GateDecision(gate: "beats production", isPassed: false) }
    var limit = margin ?? 0
    if let confidence { limit += PortableMath.normalQuantile(confidence) * figures.deviation }
    let gain = figures.candidate - figures.production
    return GateDecision(
      gate: "beats production", isPassed: gain > limit, measured: gain, limit: limit)
  }
}

extension GateDecision {
  /// What it found, for the timeline.
  fileprivate var text: String {
    guard let measured, let limit else {
      return gate == "approval" ? "the reviewer says no" : "\(gate): too few labels to tell"
    }
    return "\(gate): \(QuantityFormatter.fixed(measured, decimals: 4)), the limit is "
      + QuantityFormatter.fixed(limit, decimals: 4)
  }
}

extension TaskState {
  /// How well a version told the classes apart in a past stretch of the world, over its segments as
  /// they were then.
  package func quality(
    of version: ModelVersion, on stretch: Int
  ) -> (auc: Double, accuracy: Double) {
    guard world.scene(of: 0, on: stretch) != nil else {
      let quality = BinormalQuality(
        distance: best.distance * world.projection(of: version.direction, on: stretch)
          / version.length, positives: plan.positives)
      return (quality.auc, quality.accuracy(threshold: version.threshold))
    }
    let mixture = ScoreMixture(
      (0..<world.paths).map { path in
        let scene = world.scene(of: path, on: stretch) ?? best
        let cosine =
          world.projection(of: version.direction, on: stretch, path: path) / version.length
        return ScoreMixture.Part(
          share: world.scenery.shares[path],
          law: ScoreLaw(separation: scene.distance * cosine, positives: scene.positives))
      })
    var figures = QualityFigures()
    let terms = QualityTerms(
      kind: .classification, value: nil, belief: version.belief, threshold: version.threshold)
    mixture.addClosed(terms, to: &figures)
    return (figures[.auc], figures[.accuracy])
  }
}
