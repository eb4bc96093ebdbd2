import Quantities
import Randomness
import Statistics

// Checks of what a model answers, and of ratings of it: none of them waits for a label.
extension LearningPlane {
  /// Judges the distribution of the scores; nil without enough rows.
  mutating func checkPredictions(
    _ model: Int, _ number: Int, _ test: FeatureTest, at now: Instant
  ) -> MonitorFinding? {
    guard let sample = takeRows(model, number, at: now) else { return nil }
    let total = sample.requests.reduce(0, +)
    let bins = Double(test.bins)
    var truth = FeatureTruth(
      end: 1, value: 0, reference: Array(repeating: 1 / bins, count: test.bins),
      current: sample.requests.map { $0 / total })
    truth.value = test.statistic.value(
      reference: truth.reference, current: truth.current, floor: test.epsilon)
    let reference = models[model].stable.rows
    let scale = 1 / max(reference, 1) + 1 / sample.rows
    let limit = models[model].monitors[number].limits.critical(
      test, scale: scale, rows: min(reference, sample.rows), features: 1)
    let value = measure(model, number, test, truth, 0, sample, reference)
    // A concept that wanders moves the scores a little all the time; that alone is no cause.
    let worth = if case .above(let fixed) = test.limit { fixed / 10 } else { 1e-4 }
    var finding = MonitorFinding(
      fires: value > limit, isTrue: truth.value > worth, statistic: test.statistic.rawValue,
      threshold: limit)
    if !finding.fires { return finding }
    finding.signs = [.init(value: value)]
    finding.text =
      "\(test.statistic.title) of the predictions \(QuantityFormatter.fixed(value, decimals: 3)) "
      + "above \(QuantityFormatter.fixed(limit, decimals: 3))"
    return finding
  }

  /// Judges the quality that served probabilities promise; nil without enough rows.
  mutating func checkEstimate(
    _ model: Int, _ number: Int, _ test: PerformanceTest, at now: Instant
  ) -> MonitorFinding? {
    guard let task = models[model].plan.task,
      let sample = takeRows(model, number, at: now)
    else { return nil }
    let estimate = estimate(model, task)
    let isArea = test.metric == .auc
    let variance = isArea ? estimate.aucVariance : estimate.accuracyVariance
    let normal = checkNormal(model, number, overlap: sample.overlap)
    let value =
      (isArea ? estimate.auc : estimate.accuracy)
      + (variance / sample.rows).squareRoot() * normal
    let truth = isArea ? models[model].stable.auc : models[model].stable.accuracy
    return below(
      model, number, test, value: value, isTrue: { truth < $0 }, at: now,
      "estimated \(test.metric.title) \(QuantityFormatter.fixed(value, decimals: 3)) on "
        + "\(QuantityFormatter.compact(sample.rows)) predictions")
  }

  /// The quality that the served probabilities of the stable version promise now.
  func estimate(_ model: Int, _ task: Int) -> ScoreWatch.Estimate {
    let version = models[model].stable
    return ScoreWatch.estimate(
      scores(of: model, task), version.belief,
      threshold: version.threshold)
  }
}
