import Quantities
import Randomness
import Statistics

extension LearningPlane {
  /// Judges the quality that labels show; nil without enough of them.
  mutating func checkPerformance(
    _ model: Int, _ number: Int, _ test: PerformanceTest, at now: Instant
  ) -> MonitorFinding? {
    guard let sample = takeLabels(model, number, at: now) else { return nil }
    let truth = test.metric == .auc ? sample.shownAUC : sample.shownAccuracy
    let seen = sample.positives
    let variance =
      switch test.metric {
      case .auc:
        hanleyMcNeilVariance(
          area: truth, positives: sample.labels * seen, negatives: sample.labels * (1 - seen))
      case .accuracy: truth * (1 - truth) / sample.labels
      }
    let normal = labelNormal(model, number)
    let value = min(max(truth + variance.squareRoot() * normal, 0), 1)
    return below(
      model, number, test, value: value, isTrue: { truth < $0 }, at: now,
      "\(test.metric.title) \(QuantityFormatter.fixed(value, decimals: 3)) on "
        + "\(QuantityFormatter.compact(sample.labels)) labels")
  }

  /// Judges the share of positives among the labels; nil without enough of them.
  mutating func checkLabels(
    _ model: Int, _ number: Int, _ level: Double, at now: Instant
  ) -> MonitorFinding? {
    guard let sample = takeLabels(model, number, at: now) else { return nil }
    let scale = 1 / max(models[model].stable.rows, 1) + 1 / sample.labels
    let expected = models[model].stable.belief.positives
    let truth = sample.positives
    let distance = (truth - expected) / (expected * (1 - expected) * scale).squareRoot()
    let normal = labelNormal(model, number) + distance
    let limit = ChiSquare.quantile(1 - level, degrees: 1)
    var finding = MonitorFinding(
      fires: false, isTrue: abs(truth - expected) > 1e-9, statistic: "chi-square",
      threshold: limit)
    if normal * normal <= limit { return finding }
    finding.fires = true
    finding.signs = [.init(value: normal * normal)]
    finding.text =
      "chi-square of the labels \(QuantityFormatter.fixed(normal * normal, decimals: 2)) above "
      + QuantityFormatter.fixed(limit, decimals: 2)
    return finding
  }

  /// Labels that a check judges, with the mean quality of the predictions they belong to.
  package struct LabelSample {
    var labels = 0.0
    /// AUC of the predictions.
    package var auc = 0.5
    var accuracy = 0.5
    /// What the labels, some of them wrong, show of both, and of the prevalence.
    package var shownAUC = 0.5
    var shownAccuracy = 0.5
    var positives = 0.5

    mutating func add(_ other: LabelSample) {
      let whole = labels + other.labels
      if whole <= 0 { return }
      let share = other.labels / whole
      auc += share * (other.auc - auc)
      accuracy += share * (other.accuracy - accuracy)
      shownAUC += share * (other.shownAUC - shownAUC)
      shownAccuracy += share * (other.shownAccuracy - shownAccuracy)
      positives += share * (other.positives - positives)
      labels = whole
    }
  }

  /// Takes the labels of a check; nil, and nothing taken, where they are too few.
  mutating func takeLabels(_ model: Int, _ number: Int, at now: Instant) -> LabelSample? {
    guard let task = models[model].plan.task else { return nil }
    let monitor = models[model].monitors[number]
    var after = monitor.judged
    if let window = monitor.plan.window, now - .start > window {
      after = max(models[model].promoted, now - window)
    }
    var sample = arrivedLabels(model, tasks[task], after: after, upTo: now)
    sample.labels *= monitor.plan.sampling ?? 1
    let seen = sample.positives
    let least = Double(max(monitor.plan.rows, 1))
    if sample.labels < least || sample.labels * min(seen, 1 - seen) < 1 { return nil }
    if monitor.plan.window == nil { models[model].monitors[number].judged = now }
    return sample
  }

  /// The normal of a check on labels.
  private mutating func labelNormal(_ model: Int, _ number: Int) -> Double {
    let plan = models[model].monitors[number].plan
    var overlap = 0.0
    if let window = plan.window, window > plan.every { overlap = 1 - plan.every / window }
    return checkNormal(model, number, overlap: overlap)
  }

  /// Labels of the stable version's predictions that arrived in a stretch, and their mean quality.
  package func arrivedLabels(
    _ model: Int, _ task: TaskState, after: Instant, upTo now: Instant
  ) -> LabelSample {
    var sum = LabelSample()
    for stretch in arrivedStretches(model, task, after: after, upTo: now) { sum.add(stretch) }
    if task.plan.labels.selected > 0 && sum.labels > 0 && sum.auc != 0.5 {
      // Wrong labels shrink what is above chance by a factor, whatever the rows.
      let area = task.labelledArea(sum.auc, of: models[model].stable)
      sum.shownAUC = 0.5 + (sum.shownAUC - 0.5) * (area - 0.5) / (sum.auc - 0.5)
    }
    return sum
  }

  /// The same by segment of the world, the newest first.
  func arrivedStretches(
    _ model: Int, _ task: TaskState, after: Instant, upTo now: Instant
  ) -> [LabelSample] {
    let world = task.world
    let promoted = models[model].promoted.nanoseconds
    var stretches: [LabelSample] = []
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
      let middle = Instant(nanoseconds: (world.starts[segment] + world.starts[segment + 1]) / 2)
      stretches.append(
        labelSample(
          model, task, segment, models[model].stableLabels[segment] * share,
          flipped: TaskData.joined(
            task.plan.labels.flipped, task.data.flipped(at: middle, seenAt: now))))
      segment -= 1
    }
    return stretches
  }

  private func labelSample(
    _ model: Int, _ task: TaskState, _ segment: Int, _ labels: Double, flipped: Double
  ) -> LabelSample {
    let auc = models[model].qualities[segment]
    let accuracy = models[model].accuracies[segment]
    let positives = models[model].prevalences[segment]
    return LabelSample(
      labels: labels, auc: auc, accuracy: accuracy,
      shownAUC: BinormalQuality.measured(auc: auc, positives: positives, flipped: flipped),
      shownAccuracy: accuracy + flipped * (1 - 2 * accuracy),
      positives: positives + flipped * (1 - 2 * positives))
  }
}

extension PerformanceTest.Metric {
  /// What texts call it.
  var title: String { self == .auc ? "AUC" : "accuracy" }
}
