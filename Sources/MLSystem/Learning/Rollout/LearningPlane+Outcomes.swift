import Quantities
import Randomness
import Statistics

// What is seen of the quality of both versions: measured quality for rules, outcomes for tests.
extension LearningPlane {
  /// Draws of the rollout under way; each look takes numbers of its own.
  mutating func rolloutDraws(_ model: Int) -> CounterDraws {
    models[model].rollouts.looks += 1
    return models[model].rollouts.draws.draws(of: models[model].rollouts.looks)
  }

  /// Keeps what a stretch that was just settled will show of both versions, when its labels arrive.
  mutating func noteEvidence(
    of model: Int, _ seen: CounterSnapshot, _ totals: CounterSnapshot, from: Instant,
    to now: Instant
  ) {
    let isAsked = models[model].plan.rollout.rollbackIf.contains { $0.quality != nil }
    guard isAsked, let rollout = models[model].rollout else { return }
    let stable = Double((totals.stable - seen.stable).answered)
    let candidate = Double((totals.candidate - seen.candidate).answered)
    let isAfter = rollout.phase == .watching
    let new = isAfter ? models[model].stable : models[model].candidate
    let old = isAfter ? models[model].rollouts.former : models[model].stable
    guard let new, let old else { return }
    let span = EvidenceSpan(
      from: from.seconds, to: now.seconds, answered: isAfter ? (stable, 0) : (candidate, stable),
      versions: (snapshot(of: new, model), snapshot(of: old, model)))
    models[model].rollout?.evidence.append(span)
  }

  private func snapshot(of version: ModelVersion, _ model: Int) -> QualitySnapshot {
    QualitySnapshot(
      auc: version.auc, accuracy: version.accuracy,
      segments: version.segmentQuality.map { ($0[.auc], $0[.accuracy]) })
  }

  /// Adds what the labels that arrived since the last look show to every rule on quality.
  mutating func measureQuality(
    of model: Int, at now: Instant, _ sample: inout RolloutSample, _ counters: VersionCounters
  ) {
    let rules = plan(model).rollbackIf
    guard rules.contains(where: { $0.quality != nil }), models[model].plan.task != nil else {
      return
    }
    close(model, at: now, counters)
    var draws = rolloutDraws(model)
    sample.candidate.qualities = Array(repeating: nil, count: rules.count)
    sample.stable.qualities = sample.candidate.qualities
    let least = Double(max(1, plan(model).minimumRequests))
    for (index, rule) in rules.enumerated() {
      guard let (figure, name) = rule.quality, let rollout = models[model].rollout else { continue }
      var arms = rollout.measured[index]
      let segment = name.flatMap { name in
        models[model].plan.task.flatMap { task in
          tasks[task].plan.segments.firstIndex { $0.name == name }
        }
      }
      let what = MeasuredFigure(figure: figure, segment: segment)
      measure(what, model, \.answered.new, \.versions.new, at: now, &arms.new, &draws)
      measure(what, model, \.answered.old, \.versions.old, at: now, &arms.old, &draws)
      models[model].rollout?.measured[index] = arms
      if arms.new.labels >= least && arms.old.labels >= least {
        sample.candidate.qualities[index] = arms.new.value
        sample.stable.qualities[index] = arms.old.value
      }
    }
  }

  /// One draw of what the new labels of an arm show, added to its mean.
  private func measure(
    _ what: MeasuredFigure, _ model: Int, _ answered: KeyPath<EvidenceSpan, Double>,
    _ version: KeyPath<EvidenceSpan, QualitySnapshot>, at now: Instant, _ mean: inout MeasuredMean,
    _ draws: inout CounterDraws
  ) {
    guard let task = models[model].plan.task, let rollout = models[model].rollout else { return }
    let plan = plan(model)
    let share = what.segment.map { tasks[task].share(ofSegment: $0) } ?? 1
    var (labels, truth) = (0.0, 0.0)
    for span in rollout.evidence where span[keyPath: answered] > 0 {
      let weight = shown(span, by: now.seconds, since: mean.until, plan.evidence, tasks[task])
      let count = span[keyPath: answered] * weight * share
      var quality = what.value(span[keyPath: version])
      if case .proxy(let agreement) = plan.evidence {
        let base = what.value(span.versions.old)
        quality = base + agreement * (quality - base)
      }
      labels += count
      truth += count * quality
    }
    let positives =
      what.segment.map { tasks[task].positives(ofSegment: $0) } ?? tasks[task].plan.positives
    // Too few for a measurement wait for those after them.
    if labels < 1 || (what.figure == .auc && labels * min(positives, 1 - positives) < 2) { return }
    truth /= labels
    let variance: Double
    switch what.figure {
    case .auc:
      variance = hanleyMcNeilVariance(
        area: truth, positives: labels * positives, negatives: labels * (1 - positives))
    case .accuracy: variance = truth * (1 - truth) / labels
    }
    let seen = truth + variance.squareRoot() * Ziggurat.normal(&draws)
    mean.labels += labels
    mean.sum += labels * min(max(seen, 0), 1)
    mean.until = now.seconds
  }

  /// Share of a stretch's predictions whose labels arrived between two looks.
  private func shown(
    _ span: EvidenceSpan, by now: Double, since last: Double,
    _ evidence: RolloutPlan.QualityEvidence, _ task: TaskState
  ) -> Double {
    switch evidence {
    case .proxy: return span.to > last ? 1 : 0
    case .labels:
      let arrived =
        task.arrived(from: span.from, to: span.to, by: now)
        - (last > span.from ? task.arrived(from: span.from, to: span.to, by: last) : 0)
      return max(arrived, 0) * task.plan.labels.share
    }
  }

  // MARK: Outcomes

  /// The chance of an outcome under a version now.
  func rate(of outcome: RolloutOutcome, _ version: ModelVersion, _ model: Int) -> Double {
    switch outcome {
    case .right: return version.accuracy
    case .click(let candidates):
      let positives = models[model].plan.task.map { tasks[$0].plan.positives } ?? 0.5
      return BinormalQuality(auc: version.auc, positives: positives).bestOf(candidates)
    }
  }

  /// Turns what was answered since the last look into outcomes, and decides the test where it can.
  mutating func lookAtTest(
    _ model: Int, at now: Instant, _ counters: inout VersionCounters,
    _ actions: inout [LifecycleAction]
  ) {
    guard var test = models[model].rollout?.test, let candidate = models[model].candidate else {
      return
    }
    let totals = CounterSnapshot(counters, model: model)
    var draws = rolloutDraws(model)
    let rates = (
      new: rate(of: test.plan.outcome, candidate, model),
      old: rate(of: test.plan.outcome, models[model].stable, model)
    )
    test.outcomes.new.add(
      (totals.candidate - test.seen.candidate).answered, rate: rates.new, &draws)
    test.outcomes.old.add((totals.stable - test.seen.stable).answered, rate: rates.old, &draws)
    test.seen = totals
    let verdict = test.verdict(at: now)
    models[model].rollout?.test = test
    guard let verdict else { return }
    let lift = test.plan.estimate(test.outcomes).difference / max(test.outcomes.old.rate, 1e-12)
    let text = "a lift of \(QuantityFormatter.percent(lift, decimals: 1))"
    models[model].rollout?.test = nil
    switch verdict {
    case .ship:
      models[model].scores.rollouts.ships += 1
      if rates.new <= rates.old { models[model].scores.rollouts.falseShips += 1 }
      note(.rollout, models[model].plan.name, at: now, "\(text): it ships")
      goOn(model, at: now, &counters, &actions)
    case .iterate:
      models[model].scores.rollouts.iterates += 1
      undo(
        model, "\(text) is not proven", isRollback: false, at: now, &counters, &actions)
    case .kill:
      models[model].scores.rollouts.kills += 1
      undo(model, "\(text), nothing gained", isRollback: false, at: now, &counters, &actions)
    }
  }
}

/// What a rule looks at: a figure, of all or of one segment of the task.
private struct MeasuredFigure {
  var figure: RolloutQuality
  var segment: Int?

  func value(_ quality: QualitySnapshot) -> Double {
    let part = segment.flatMap { $0 < quality.segments.count ? quality.segments[$0] : nil }
    return switch figure {
    case .auc: part?.auc ?? quality.auc
    case .accuracy: part?.accuracy ?? quality.accuracy
    }
  }
}
