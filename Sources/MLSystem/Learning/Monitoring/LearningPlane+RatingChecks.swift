import Quantities
import Randomness
import Statistics

extension LearningPlane {
  /// Judges the ratings of a sample of answers; nil without enough of them.
  mutating func checkRatings(
    _ model: Int, _ number: Int, _ test: RatingTest, at now: Instant
  ) -> MonitorFinding? {
    guard let sample = takeRows(model, number, at: now) else { return nil }
    let right = sample.requests[0] / (sample.requests[0] + sample.requests[1])
    let rows = sample.rows.rounded(.down)
    models[model].monitors[number].ratings += Int64(rows)
    let agreement = test.agreement(atAccuracy: right)
    let shown = agreement * right + (1 - agreement) * (1 - right)
    let normal = checkNormal(model, number, overlap: sample.overlap)
    let counted = Binomial.quantile(
      PortableMath.normalCDF(normal), trials: Int64(rows), p: shown)
    // What raters of known agreement show is turned back into what is true.
    let value = (Double(counted) / rows - (1 - agreement)) / (2 * agreement - 1)
    return below(
      model, number, test.quality, value: min(max(value, 0), 1), isTrue: { right < $0 }, at: now,
      "rated right \(QuantityFormatter.percent(value, decimals: 1)) of "
        + "\(QuantityFormatter.compact(rows)) answers")
  }

  /// The verdict on a quality that was measured as `value`.
  mutating func below(
    _ model: Int, _ number: Int, _ test: PerformanceTest, value: Double,
    isTrue: (Double) -> Bool, at now: Instant, _ text: String
  ) -> MonitorFinding {
    let line = test.line(from: models[model].monitors[number].baseline)
    var finding = MonitorFinding(
      fires: false, isTrue: isTrue(line), statistic: test.metric.rawValue, threshold: line)
    if value >= line {
      models[model].monitors[number].below = nil
      return finding
    }
    let since = models[model].monitors[number].below ?? now
    models[model].monitors[number].below = since
    if now - since < test.lasting { return finding }
    finding.fires = true
    finding.signs = [.init(value: value)]
    finding.text = text + ", below \(QuantityFormatter.fixed(line, decimals: 3))"
    return finding
  }

  /// The normal of a check that measures one figure.
  mutating func checkNormal(_ model: Int, _ number: Int, overlap: Double) -> Double {
    let monitor = models[model].monitors[number]
    var draws = monitor.draws.draws(of: UInt64(monitor.checks))
    return models[model].monitors[number].normals(of: 0, count: 1, overlap: overlap, &draws)[0]
  }
}
