import Randomness

/// What is learnt where a share of the labels is not the world's but somebody's own decision: that
/// of the model in service (a feedback loop) or of an attacker (poisoned labels).
///
/// With within-class covariance I the least-squares direction is S⁻¹ cov(x, y), where
/// S = I + π(1-π)Δ²uuᵀ. A label that repeats the decision ŵ·x > c of a unit direction ŵ has
/// S⁻¹ cov(x, ŷ) = φ̄ ŵ, with φ̄ the density of ŵ·x at c (Stein's lemma; exact for normal x), so that
/// a share of 1 gives back ŵ whatever the world does. Held against logistic regressions in the
/// tests: within 0.012 in the cosine.
package enum FeedbackLoop {
  /// The length that a decision's direction gets where the concept's has length Δ:
  /// (1 + π(1-π)Δ²) φ̄ / (π(1-π)).
  ///
  /// - Parameters:
  ///   - world: distance and prevalence of the best score as its labels show it.
  ///   - cosine: between the deciding direction and the concept.
  ///   - threshold: at which it decides, from the middle between the classes.
  package static func strength(
    of world: BinormalQuality, cosine: Double, threshold: Double
  ) -> Double {
    let spread = world.positives * (1 - world.positives)
    let middle = world.distance * cosine / 2
    let density =
      world.positives * PortableMath.normalDensity(threshold - middle)
      + (1 - world.positives) * PortableMath.normalDensity(threshold + middle)
    return (1 + spread * world.distance * world.distance) * density / spread
  }

  /// The cosine with the concept of what is learnt from labels of which a share repeats the
  /// decisions of a direction; noise apart.
  ///
  /// - Parameters:
  ///   - share: of the labels, f.
  ///   - cosine: between the deciding direction and the concept.
  package static func cosine(
    share: Double, of world: BinormalQuality, cosine: Double, threshold: Double
  ) -> Double {
    let clean = (1 - share) * world.distance
    let own = share * strength(of: world, cosine: cosine, threshold: threshold)
    let square = clean * clean + own * own + 2 * clean * own * cosine
    return square > 0 ? (clean + own * cosine) / square.squareRoot() : 0
  }
}
