import Randomness

/// Scores of one version over the segments of a task, and every figure that follows from them.
package struct ScoreMixture: Sendable {
  /// A segment: its share of the requests and the law of the scores in it.
  package struct Part: Sendable {
    package var share: Double
    package var law: ScoreLaw

    package init(share: Double, law: ScoreLaw) {
      self.share = share
      self.law = law
    }
  }

  /// The segments; their shares add up to 1.
  package var parts: [Part]

  package init(_ parts: [Part]) { self.parts = parts }

  package init(_ law: ScoreLaw) { parts = [Part(share: 1, law: law)] }

  /// Prevalence over all segments.
  package var positives: Double {
    if parts.count == 1 { return parts[0].law.positives }
    return parts.reduce(0) { $0 + $1.share * $1.law.positives }
  }

  /// Area under the ROC curve over all pairs of a positive and a negative, of any segments.
  package var auc: Double {
    if parts.count == 1 { return parts[0].law.auc }
    let all = positives
    var area = 0.0
    for a in parts {
      for b in parts {
        let weight = a.share * a.law.positives * b.share * (1 - b.law.positives)
        let apart =
          a.law.centre + a.law.separation / 2 - b.law.centre + b.law.separation / 2
        let spread =
          (a.law.deviation * a.law.deviation + b.law.deviation * b.law.deviation).squareRoot()
        area += weight * PortableMath.normalCDF(apart / spread)
      }
    }
    return area / (all * (1 - all))
  }

  /// The cells of the confusion matrix at a threshold, and the accuracy.
  func addCells(threshold: Double, to figures: inout QualityFigures) {
    for part in parts {
      let positives = part.law.positives
      let found = positives * part.law.truePositiveRate(threshold: threshold)
      let wronged = (1 - positives) * part.law.falsePositiveRate(threshold: threshold)
      figures[.truePositives] += part.share * found
      figures[.falsePositives] += part.share * wronged
      figures[.falseNegatives] += part.share * (positives - found)
      figures[.trueNegatives] += part.share * (1 - positives - wronged)
    }
    figures[.accuracy] = figures[.truePositives] + figures[.trueNegatives]
  }

  /// The threshold that is worth most where a probability with these log odds breaks even.
  ///
  /// One segment has a closed form; of several a grid is searched and its best point refined.
  package func bestThreshold(breakEvenLogOdds: Double) -> Double {
    if parts.count == 1 {
      let law = parts[0].law
      if law.separation == 0 { return 0 }
      let logOdds = BinormalQuality.logOdds(law.positives) - breakEvenLogOdds
      let variance = law.deviation * law.deviation
      return law.centre - logOdds * variance / law.separation
    }
    let odds = PortableMath.exp(breakEvenLogOdds)
    // With the gain 1 of a find, a false alarm costs the odds of the break-even probability.
    func worth(_ threshold: Double) -> Double {
      var sum = 0.0
      for part in parts {
        let law = part.law
        let found = law.positives * law.truePositiveRate(threshold: threshold)
        let wronged = (1 - law.positives) * law.falsePositiveRate(threshold: threshold)
        sum += part.share * (found - odds * wronged)
      }
      return sum
    }
    let grid = ScoreGrid(self)
    var best = (place: grid.low, worth: worth(grid.low))
    for step in 1..<grid.count {
      let place = grid.low + Double(step) * grid.width
      let value = worth(place)
      if value > best.worth { best = (place, value) }
    }
    var (low, high) = (best.place - grid.width, best.place + grid.width)
    for _ in 0..<40 {
      let (left, right) = (low + (high - low) / 3, high - (high - low) / 3)
      if worth(left) < worth(right) { low = left } else { high = right }
    }
    return (low + high) / 2
  }
}

/// Equal steps over all scores that occur, for the trapezoid rule: exact to rounding for smooth
/// functions that vanish at both ends.
struct ScoreGrid {
  var low: Double
  var width: Double
  var count: Int

  init(_ mixture: ScoreMixture) {
    var (low, high, finest) = (Double.infinity, -Double.infinity, Double.infinity)
    for part in mixture.parts {
      let reach = abs(part.law.separation) / 2 + 8 * part.law.deviation
      low = min(low, part.law.centre - reach)
      high = max(high, part.law.centre + reach)
      finest = min(finest, part.law.deviation)
    }
    // A step of a fifth of a deviation leaves e^(-2π²·25) of a Gaussian.
    let steps = min(max(((high - low) / (0.2 * finest)).rounded(.up), 8), 2000)
    self.low = low
    width = (high - low) / steps
    count = Int(steps) + 1
  }
}
