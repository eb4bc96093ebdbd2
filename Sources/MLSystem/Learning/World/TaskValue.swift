import Randomness

/// What answers are worth, in dollars.
package enum TaskValue: Sendable, Hashable {
  /// A positive outcome that the answer brought about, such as a click.
  ///
  /// A ranking earns it with the chance that its first candidate is positive, a classification
  /// with every true positive, a generation with every right answer.
  case perOutcome(Double)
  /// Each cell of the confusion matrix.
  case cells(
    truePositive: Double, falsePositive: Double, falseNegative: Double, trueNegative: Double)
  /// Each unit by which a regression is wrong, as a loss.
  case perUnitOfError(Double)
  /// Each outcome of a generative task.
  case outcomes(right: Double, wrong: Double, refused: Double, invalid: Double)

  /// An offer to those who would leave: it costs `offer`, and keeps a share `success` of the true
  /// leavers, each worth `saved`.
  package static func churn(offer: Double, saved: Double, success: Double) -> TaskValue {
    .cells(
      truePositive: success * saved - offer, falsePositive: -offer, falseNegative: 0,
      trueNegative: 0)
  }

  /// Log odds of the probability from which taking a request for positive pays, 0 where no cell has
  /// a price: (V_TN - V_FP) against (V_TP - V_FN) (Elkan 2001, IJCAI 973-978).
  package var breakEvenLogOdds: Double {
    guard case .cells(let tp, let fp, let fn, let tn) = self else { return 0 }
    let (cost, gain) = (tn - fp, tp - fn)
    if cost <= 0 { return gain > 0 ? -50 : 0 }
    if gain <= 0 { return 50 }
    return PortableMath.log(cost / gain)
  }

  /// The worth of a mean answer with these figures.
  func worth(_ figures: QualityFigures, _ kind: TaskKind) -> Double {
    switch self {
    case .perOutcome(let price):
      switch kind {
      case .classification: return price * figures[.truePositives]
      case .ranking: return price * figures[.clickThrough]
      case .generation: return price * figures[.right]
      case .regression: return 0
      }
    case .cells(let tp, let fp, let fn, let tn):
      let found = tp * figures[.truePositives] + fp * figures[.falsePositives]
      return found + fn * figures[.falseNegatives] + tn * figures[.trueNegatives]
    case .perUnitOfError(let price): return -price * figures[.absoluteError]
    case .outcomes(let right, let wrong, let refused, let invalid):
      let answered = right * figures[.right] + wrong * figures[.wrong]
      return answered + refused * figures[.refused] + invalid * figures[.invalid]
    }
  }
}
