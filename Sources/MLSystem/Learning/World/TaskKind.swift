import Randomness

/// What kind of answer a task asks for, and so which figures say how good it is.
package enum TaskKind: Sendable, Hashable {
  /// Yes or no about each request.
  case classification
  /// The best of so many candidates of a request; its gain is judged over the first `depth`.
  case ranking(candidates: Int, depth: Int)
  /// A number whose standard deviation over the requests is `deviation`.
  case regression(deviation: Double)
  /// A text that is right, wrong, refused or invalid; right is the best of so many `alternatives`.
  case generation(alternatives: Int, refused: Double, invalid: Double)

  /// The separability of a world in which a perfect learner reaches `auc`.
  ///
  /// For a regression it is the correlation R of target and best prediction: a share 1/2 +
  /// asin(R)/π of all pairs is in the right order (Sheppard 1899, doi 10.1098/rsta.1899.0003).
  package func distance(ofAUC auc: Double) -> Double {
    switch self {
    case .classification, .ranking, .generation: BinormalQuality.distance(ofAUC: auc)
    case .regression: PortableMath.sin(Double.pi * (auc - 0.5))
    }
  }

  /// The area, or share of pairs in order, of a score of some distance.
  package func auc(ofDistance distance: Double) -> Double {
    switch self {
    case .classification, .ranking, .generation: BinormalQuality.auc(ofDistance: distance)
    case .regression: 0.5 + Angle.arcSine(distance) / Double.pi
    }
  }

  /// The world as labels show it of which a share is wrong.
  ///
  /// A wrong class is the other one; a wrong number has nothing to do with the features, so that
  /// the correlation of target and prediction loses that share.
  package func seen(_ world: BinormalQuality, throughFlips flipped: Double) -> BinormalQuality {
    guard case .regression = self else { return world.seen(throughFlips: flipped) }
    return BinormalQuality(
      distance: world.distance * (1 - flipped), positives: world.positives)
  }

  /// Fisher information of a labelled row about a direction orthogonal to the concept.
  ///
  /// A regression's rows have the residual variance 1 - R², so that least squares learns with
  /// covariance (1 - R²) I / n.
  package func information(of world: BinormalQuality) -> Double {
    switch self {
    case .classification, .ranking, .generation: world.information
    case .regression: 1 / max(1 - world.distance * world.distance, 1e-6)
    }
  }
}

/// Angles that the portable functions lack.
package enum Angle {
  /// The angle between -π/2 and π/2 of a sine, which is held within [-1, 1].
  package static func arcSine(_ sine: Double) -> Double {
    if sine >= 1 { return Double.pi / 2 }
    if sine <= -1 { return -Double.pi / 2 }
    // Near the ends the half angle keeps Newton's steps short: asin s = π/2 - 2 asin √((1-s)/2).
    if sine > 0.7 { return Double.pi / 2 - 2 * arcSine(((1 - sine) / 2).squareRoot()) }
    if sine < -0.7 { return -arcSine(-sine) }
    var angle = sine
    for _ in 0..<6 { angle -= (PortableMath.sin(angle) - sine) / PortableMath.cos(angle) }
    return angle
  }

  /// The angle between 0 and π of a cosine.
  package static func arcCosine(_ cosine: Double) -> Double { Double.pi / 2 - arcSine(cosine) }
}
