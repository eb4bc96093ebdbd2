import Randomness

/// What turns laws of scores into figures: the kind of answer, what the version believes and does.
package struct QualityTerms: Sendable, Hashable {
  var kind: TaskKind
  var value: TaskValue?
  package var belief: ScoreBelief
  var threshold: Double

  package init(kind: TaskKind, value: TaskValue? = nil, belief: ScoreBelief, threshold: Double) {
    self.kind = kind
    self.value = value
    self.belief = belief
    self.threshold = threshold
  }
}

extension ScoreMixture {
  /// Every figure of a version with these scores.
  package func figures(_ terms: QualityTerms) -> QualityFigures {
    var figures = integrated(terms)
    addClosed(terms, to: &figures)
    return figures
  }

  /// The figures that take an integral, on which nothing else depends.
  func integrated(_ terms: QualityTerms) -> QualityFigures {
    var figures = QualityFigures()
    switch terms.kind {
    case .classification: addProbabilities(terms.belief, to: &figures)
    case .ranking(let candidates, let depth):
      addProbabilities(terms.belief, to: &figures)
      addRanking(candidates: candidates, depth: depth, to: &figures)
    case .generation(let alternatives, let refused, let invalid):
      for part in parts {
        let right = Self.forcedChoice(distance: part.law.distance, alternatives: alternatives)
        figures[.right] += part.share * right * (1 - refused - invalid)
        figures[.wrong] += part.share * (1 - right) * (1 - refused - invalid)
      }
      figures[.refused] = refused
      figures[.invalid] = invalid
    case .regression: break
    }
    return figures
  }

  /// Adds the figures with a closed form, and what they are worth.
  func addClosed(_ terms: QualityTerms, to figures: inout QualityFigures) {
    switch terms.kind {
    case .classification, .ranking:
      figures[.auc] = auc
      addCells(threshold: terms.threshold, to: &figures)
    case .generation:
      figures[.auc] = auc
      figures[.accuracy] = figures[.right]
    case .regression(let deviation): addErrors(terms.belief, deviation: deviation, to: &figures)
    }
    if let value = terms.value { figures[.value] = value.worth(figures, terms.kind) }
  }

  /// The errors of a regression that serves ŷ = a (s - centre).
  ///
  /// With target and score of unit variance and covariance r = Rρ, what is left is normal with
  /// variance 1 - 2ar + a²: 1 - R²ρ² of it cannot be explained by the direction, (a - r)² is a
  /// slope that was right for another concept. A common shift adds the bias a·b; the mean absolute
  /// error is that of a folded normal (Leone et al. 1961, doi 10.1080/00401706.1961.10489974).
  private func addErrors(
    _ belief: ScoreBelief, deviation: Double, to figures: inout QualityFigures
  ) {
    for part in parts {
      let law = part.law
      let slope = belief.distance
      let spread =
        1 - 2 * slope * law.separation + slope * slope * law.deviation * law.deviation
      let bias = slope * (law.centre - belief.centre)
      let sd = max(spread, 1e-12).squareRoot()
      let folded =
        2 * sd * PortableMath.normalDensity(bias / sd)
        + bias * (1 - 2 * PortableMath.normalCDF(-bias / sd))
      figures[.absoluteError] += part.share * deviation * folded
      figures[.squaredError] += part.share * deviation * deviation * (spread + bias * bias)
      figures[.accuracy] += part.share * (1 - spread - bias * bias)
      let order = Angle.arcSine(law.separation / law.deviation) / Double.pi
      figures[.auc] += part.share * (0.5 + order)
    }
  }

  /// Whether no law differs so much from `other` that an integral over the scores would show it.
  func isNear(_ other: ScoreMixture) -> Bool {
    if parts.count != other.parts.count { return false }
    for index in parts.indices {
      let (a, b) = (parts[index].law, other.parts[index].law)
      // A hundredth of a deviation is less than 0.002 of any area or probability.
      let moved = max(abs(a.separation - b.separation), abs(a.centre - b.centre))
      if moved > 0.01 || abs(a.deviation - b.deviation) > 0.01 { return false }
      if abs(a.positives - b.positives) > 0.01 * min(b.positives, 1 - b.positives) {
        return false
      }
    }
    return true
  }
}
