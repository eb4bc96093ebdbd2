import Randomness

/// What can be told of a version from its scores alone, without a label.
package enum ScoreWatch {
  /// Scores between which equal shares of those of `mixture` lie, found by bisection.
  package static func edges(of mixture: ScoreMixture, bins: Int) -> [Double] {
    let grid = ScoreGrid(mixture)
    let high = grid.low + Double(grid.count - 1) * grid.width
    return (1..<bins).map { number in
      let share = Double(number) / Double(bins)
      var (low, high) = (grid.low, high)
      for _ in 0..<60 {
        let middle = (low + high) / 2
        if cumulative(mixture, middle) < share { low = middle } else { high = middle }
      }
      return (low + high) / 2
    }
  }

  /// Shares of the scores in the bins between rising `edges`.
  package static func shares(of mixture: ScoreMixture, edges: [Double]) -> [Double] {
    var below = 0.0
    var shares = edges.map { edge in
      let upTo = cumulative(mixture, edge)
      defer { below = upTo }
      return upTo - below
    }
    shares.append(1 - below)
    return shares
  }

  private static func cumulative(_ mixture: ScoreMixture, _ score: Double) -> Double {
    mixture.parts.reduce(0) { sum, part in
      let law = part.law
      return sum + part.share
        * (1 - law.positives * law.truePositiveRate(threshold: score)
          - (1 - law.positives) * law.falsePositiveRate(threshold: score))
    }
  }

  /// An estimate of quality without labels, and the variance that one score adds to it.
  package struct Estimate {
    /// Expected AUC.
    package var auc: Double
    /// Variance that one score adds to it.
    package var aucVariance: Double
    var accuracy: Double
    var accuracyVariance: Double
  }

  /// Confidence-based performance estimation (NannyML's CBPE): the quality that scores would have
  /// if every served probability were right.
  ///
  /// With the served probability p, AUC = ∫ p(s) N(s) f(s) ds / (P (1 - P)), where N(s) is the mass
  /// of 1 - p below s and P the mean of p; its variance is that of the influence of one score. A
  /// turned concept leaves the probabilities as they are, so that the estimate hardly moves.
  package static func estimate(
    _ mixture: ScoreMixture, _ belief: ScoreBelief, threshold: Double
  ) -> Estimate {
    // The inner integral is only as good as the square of the step.
    var grid = ScoreGrid(mixture)
    grid.width /= 4
    grid.count = 4 * (grid.count - 1) + 1
    let scores = (0..<grid.count).map { grid.low + Double($0) * grid.width }
    var density = scores.map { score in
      mixture.parts.reduce(0) { sum, part in
        let law = part.law
        let a = (score - law.centre - law.separation / 2) / law.deviation
        let b = (score - law.centre + law.separation / 2) / law.deviation
        let height =
          law.positives * PortableMath.normalDensity(a)
          + (1 - law.positives) * PortableMath.normalDensity(b)
        return sum + part.share * height / law.deviation * grid.width
      }
    }
    let total = density.reduce(0, +)
    for index in density.indices { density[index] /= total }
    let served = scores.map { 1 / (1 + PortableMath.exp(-belief.logit($0))) }
    let yes = zip(served, density).reduce(0) { $0 + $1.0 * $1.1 }
    let no = 1 - yes
    // Mass of the negatives below and of the positives above each score, half of its own included.
    var (noBelow, yesBelow) = (0.0, 0.0)
    var below = [Double](repeating: 0, count: scores.count)
    var above = below
    for index in scores.indices {
      let (p, mass) = (served[index], density[index])
      below[index] = noBelow + (1 - p) * mass / 2
      above[index] = yes - yesBelow - p * mass / 2
      noBelow += (1 - p) * mass
      yesBelow += p * mass
    }
    let auc =
      scores.indices.reduce(0) { $0 + served[$1] * below[$1] * density[$1] } / (yes * no)
    var (aucVariance, accuracy, square) = (0.0, 0.0, 0.0)
    for index in scores.indices {
      let (p, mass) = (served[index], density[index])
      let influence =
        (p * below[index] + (1 - p) * above[index]) / (yes * no)
        - auc * (p / yes + (1 - p) / no)
      aucVariance += influence * influence * mass
      let right = scores[index] > threshold ? p : 1 - p
      accuracy += right * mass
      square += right * right * mass
    }
    return Estimate(
      auc: auc, aucVariance: aucVariance, accuracy: accuracy,
      accuracyVariance: max(0, square - accuracy * accuracy))
  }
}
