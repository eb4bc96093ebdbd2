import Randomness

/// Quality of a score in a world of two Gaussian classes: every figure follows from three numbers.
///
/// Features are whitened and x | y ~ N((y - 1/2) Δ u, I) with the unit vector u, the concept. A
/// linear score has the cosine ρ with u, so that along it the class means are Δρ apart. See Green &
/// Swets 1966 for the binormal curve; Fisher information as in Efron 1975 (doi 10.2307/2285453).
package struct BinormalQuality: Sendable, Hashable {
  /// Distance of the class means along the score, in standard deviations: Δρ.
  package var distance: Double
  /// Share of positives.
  package var positives: Double

  package init(distance: Double, positives: Double) {
    self.distance = distance
    self.positives = positives
  }

  /// A score with the given area under its ROC curve.
  package init(auc: Double, positives: Double) {
    self.init(distance: Self.distance(ofAUC: auc), positives: positives)
  }

  /// The distance of the class means at which the area is `auc`.
  package static func distance(ofAUC auc: Double) -> Double {
    2.0.squareRoot() * PortableMath.normalQuantile(auc)
  }

  /// Area under the ROC curve of a score whose class means are `distance` apart.
  @inline(__always)
  package static func auc(ofDistance distance: Double) -> Double {
    PortableMath.normalCDF(distance * 0.5.squareRoot())
  }

  /// Area under the ROC curve: Φ(Δρ/√2).
  package var auc: Double { Self.auc(ofDistance: distance) }

  /// The threshold with the fewest errors, measured from the middle between the classes.
  package var bestThreshold: Double {
    distance == 0 ? 0 : -Self.logOdds(positives) / distance
  }

  /// Share of positives above `threshold` when every score is moved by `shift`.
  package func truePositiveRate(threshold: Double, shift: Double = 0) -> Double {
    PortableMath.normalCDF(distance / 2 - threshold + shift)
  }

  /// Share of negatives above `threshold` when every score is moved by `shift`.
  package func falsePositiveRate(threshold: Double, shift: Double = 0) -> Double {
    PortableMath.normalCDF(-distance / 2 - threshold + shift)
  }

  /// Share of right decisions at `threshold` when every score is moved by `shift`.
  package func accuracy(threshold: Double, shift: Double = 0) -> Double {
    positives * truePositiveRate(threshold: threshold, shift: shift)
      + (1 - positives) * (1 - falsePositiveRate(threshold: threshold, shift: shift))
  }

  /// Mean log loss of the calibrated score, in nats.
  package var logLoss: Double {
    expectation { probability in
      let entropy =
        probability * PortableMath.log(probability)
        + (1 - probability) * PortableMath.log(1 - probability)
      return -entropy
    }
  }

  /// E[σ(1-σ)] of the calibrated score: Fisher information of a row about a direction orthogonal
  /// to the concept.
  package var information: Double { expectation { $0 * (1 - $0) } }

  /// Chance that the best-scored of `candidates` is positive: what a ranking by this score
  /// converts.
  package func bestOf(_ candidates: Int) -> Double {
    integral { score, positive, negative in
      let below =
        positives * PortableMath.normalCDF(score - distance / 2)
        + (1 - positives) * PortableMath.normalCDF(score + distance / 2)
      var power = 1.0
      for _ in 1..<max(candidates, 1) { power *= below }
      return positives * positive * Double(candidates) * power
    }
  }

  /// ln(π / (1 - π)).
  static func logOdds(_ share: Double) -> Double { PortableMath.log(share / (1 - share)) }
}

// MARK: Quadrature

extension BinormalQuality {
  /// The mean over rows of a function of their true probability of being positive.
  private func expectation(_ value: (_ probability: Double) -> Double) -> Double {
    let odds = Self.logOdds(positives)
    return integral { score, positive, negative in
      let logit = distance * score + odds
      // Computed from the smaller side, so that neither the share nor its complement rounds to 1.
      let small = PortableMath.exp(-abs(logit))
      let smaller = small / (1 + small)
      let density = positives * positive + (1 - positives) * negative
      return smaller > 0 ? density * value(smaller) : 0
    }
  }

  /// Integral over the score by the trapezoid rule, which is exact to rounding for functions that
  /// are smooth and vanish at both ends.
  private func integral(
    _ value: (_ score: Double, _ positive: Double, _ negative: Double) -> Double
  ) -> Double {
    let end = 9 + distance / 2
    let steps = 600
    let width = 2 * end / Double(steps)
    var sum = 0.0
    for step in 0...steps {
      let score = -end + Double(step) * width
      sum += value(
        score, PortableMath.normalDensity(score - distance / 2),
        PortableMath.normalDensity(score + distance / 2))
    }
    return sum * width
  }
}

// MARK: Wrong labels

extension BinormalQuality {
  /// What a learner sees of this world when a share of the labels is flipped: prevalence and
  /// distance shrink to those of the labels.
  package func seen(throughFlips flipped: Double) -> BinormalQuality {
    if flipped == 0 { return self }
    let seen = positives * (1 - flipped) + (1 - positives) * flipped
    let shrink = positives * (1 - positives) * (1 - 2 * flipped) / (seen * (1 - seen))
    return BinormalQuality(distance: distance * shrink, positives: seen)
  }

  /// The area that labels show of which a share is flipped, where the true one is `auc`.
  ///
  /// Exact: a
  /// pair of labels is right, half right or wrong by chance alone.
  package static func measured(auc: Double, positives: Double, flipped: Double) -> Double {
    let seen = positives * (1 - flipped) + (1 - positives) * flipped
    let trulyPositive = positives * (1 - flipped) / seen
    let trulyNegative = (1 - positives) * (1 - flipped) / (1 - seen)
    return 0.5 + (trulyPositive + trulyNegative - 1) * (auc - 0.5)
  }
}
