import Randomness

/// What labels show that come mostly or only for what a model said yes to.
///
/// A learner that models the label given the features is not misled by that, it only gets fewer
/// rows; but whoever measures on such labels sees a narrower range of scores, and with it as a rule
/// a smaller area, though nothing has become worse.
package struct SelectedLabels: Sendable, Hashable {
  /// Share of the labels of the refused that are missing; 1 where only the accepted get one.
  package var share: Double

  package init(share: Double) { self.share = share }

  /// Share of predictions that get a label, of a score that decides at `threshold`.
  package func labelled(_ score: BinormalQuality, threshold: Double) -> Double {
    let accepted =
      score.positives * score.truePositiveRate(threshold: threshold)
      + (1 - score.positives) * score.falsePositiveRate(threshold: threshold)
    return 1 - share * (1 - accepted)
  }

  /// Area under the ROC curve of the labelled rows.
  ///
  /// Pairs of a positive and a negative above the threshold have weight 1, pairs across it
  /// 1 - share and pairs below it (1 - share)²; a pair across is always in the right order when the
  /// positive is the one above.
  package func auc(_ score: BinormalQuality, threshold: Double) -> Double {
    if share == 0 { return score.auc }
    let kept = 1 - share
    let tpr = score.truePositiveRate(threshold: threshold)
    let fpr = score.falsePositiveRate(threshold: threshold)
    let above = orderedAbove(score, threshold: threshold)
    let ordered = score.auc - above - tpr * (1 - fpr)
    let won = above + kept * tpr * (1 - fpr) + kept * kept * ordered
    let pairs = (tpr + kept * (1 - tpr)) * (fpr + kept * (1 - fpr))
    return pairs > 0 ? won / pairs : 0.5
  }

  /// Chance that a positive and a negative are both above the threshold and in the right order, by
  /// Simpson's rule.
  private func orderedAbove(_ score: BinormalQuality, threshold: Double) -> Double {
    let middle = score.distance / 2
    let low = max(threshold, middle - 9)
    let high = max(low, middle + 9)
    let steps = 1000
    let width = (high - low) / Double(steps)
    let below = PortableMath.normalCDF(threshold + middle)
    var sum = 0.0
    for step in 0...steps {
      let value = low + Double(step) * width
      let weight = step == 0 || step == steps ? 1.0 : step % 2 == 1 ? 4 : 2
      sum +=
        weight * PortableMath.normalDensity(value - middle)
        * (PortableMath.normalCDF(value + middle) - below)
    }
    return sum * width / 3
  }
}
