import Randomness

/// The law of a version's scores in one segment: a normal for each class, of equal deviation.
///
/// Scores are in the units of training, where a score has deviation 1 within a class and 0 lies in
/// the middle between the classes. Derived from x | y ~ N((y - 1/2) Δ u, I) for a unit direction
/// with cosine ρ to u:
/// - shifted means δ move every score by b = Σ ŵ_j δ_j and leave the order of the scores;
/// - a share φ of the squared weight at its default takes that share off the distance Δρ, leaves
///   deviation √(1 - φ) and adds the constant φ (π - 1/2) Δρ;
/// - a stale share ψ whose copy has correlation r keeps deviation and gives r of its distance;
/// - a share χ in another unit, σ times as large, adds χ (σ - 1) of the distance and χ (σ² - 1) to
///   the variance;
/// - noise multiplies the deviation.
package struct ScoreLaw: Sendable, Hashable {
  /// Distance of the class means.
  package var separation: Double
  /// The middle between the class means.
  package var centre: Double
  /// Standard deviation within a class.
  package var deviation: Double
  /// Prevalence of the positive class.
  package var positives: Double

  package init(
    separation: Double, centre: Double = 0, deviation: Double = 1, positives: Double
  ) {
    self.separation = separation
    self.centre = centre
    self.deviation = deviation
    self.positives = positives
  }

  /// The law under `conditions`.
  ///
  /// - Parameters:
  ///   - distance: Δρ under sound features.
  ///   - shift: the common shift b that the shifted means amount to.
  package init(
    distance: Double, positives: Double, shift: Double, conditions: FeatureConditions
  ) {
    self.init(separation: distance, centre: shift, positives: positives)
    if conditions.missing != 0 || conditions.stale != 0 || conditions.noise != 1
      || conditions.rescaled != 0
    {
      let (scale, rescaled) = (conditions.scale, conditions.rescaled)
      let kept =
        1 - conditions.missing - conditions.stale * (1 - conditions.autocorrelation)
        + rescaled * (scale - 1)
      separation = distance * kept
      centre += conditions.missing * (positives - 0.5) * distance
      // Without any weight left every score is nearly the same constant.
      let variance = 1 - conditions.missing + rescaled * (scale * scale - 1)
      deviation = max(max(variance, 0).squareRoot() * conditions.noise, 0.01)
    }
  }

  /// Distance of the classes in deviations of the score.
  package var distance: Double { separation / deviation }

  /// Area under the ROC curve.
  package var auc: Double { BinormalQuality.auc(ofDistance: distance) }

  /// Share of positives above `threshold`.
  package func truePositiveRate(threshold: Double) -> Double {
    PortableMath.normalCDF((separation / 2 - threshold + centre) / deviation)
  }

  /// Share of negatives above `threshold`.
  package func falsePositiveRate(threshold: Double) -> Double {
    PortableMath.normalCDF((-separation / 2 - threshold + centre) / deviation)
  }

  /// The law whose area is `added` larger, at the same deviation.
  package func adding(auc added: Double) -> ScoreLaw {
    var law = self
    let area = min(max(auc + added, 1e-6), 1 - 1e-6)
    law.separation = BinormalQuality.distance(ofAUC: area) * deviation
    return law
  }
}

/// What a version believes of its own scores: it serves σ(distance · (score - centre) + ln odds).
package struct ScoreBelief: Sendable, Hashable {
  /// Distance of the classes that its training labels showed.
  package var distance: Double
  /// Prevalence that its training labels showed.
  package var positives: Double
  /// The middle between the classes as it was last calibrated.
  package var centre: Double

  package init(distance: Double, positives: Double, centre: Double = 0) {
    self.distance = distance
    self.positives = positives
    self.centre = centre
  }

  /// The log odds that it serves for a score.
  package func logit(_ score: Double) -> Double {
    distance * (score - centre) + BinormalQuality.logOdds(positives)
  }
}
