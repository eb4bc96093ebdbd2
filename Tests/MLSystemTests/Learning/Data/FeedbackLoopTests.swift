import MLSystem
import Testing

@Suite("Feedback loop and selected labels")
struct FeedbackLoopTests {
  /// Logistic regressions without penalty on 400,000 simulated rows of 10 features (Python):
  /// cosine 0.6 between old and new concept, half the rows positive, by distance Δ and share.
  static let fits: [(distance: Double, share: Double, cosine: Double)] = [
    (1.4657, 0.2, 0.9699), (1.4657, 0.5, 0.8406), (1.4657, 0.8, 0.6898),
    (2, 0.2, 0.9726), (2, 0.5, 0.8488), (2, 0.8, 0.6944),
  ]

  @Test(arguments: fits)
  func agreesWithLogisticRegressions(fit: (distance: Double, share: Double, cosine: Double)) {
    let world = BinormalQuality(distance: fit.distance, positives: 0.5)
    let cosine = FeedbackLoop.cosine(share: fit.share, of: world, cosine: 0.6, threshold: 0)
    #expect(abs(cosine - fit.cosine) < 0.012)
  }

  /// The literature note behind the formula has fits .965, .846, .696 and its own formula .976,
  /// .864, .714 (optimistic by up to .018 by its own account): this one lies between or below.
  @Test func agreesWithTheReference() {
    let world = BinormalQuality(distance: 1.9, positives: 0.5)
    let reference: [(Double, fit: Double, formula: Double)] = [
      (0.2, 0.965, 0.976), (0.5, 0.846, 0.864), (0.8, 0.696, 0.714),
    ]
    for (share, fit, formula) in reference {
      let cosine = FeedbackLoop.cosine(share: share, of: world, cosine: 0.6, threshold: 0)
      #expect(abs(cosine - fit) < 0.013)
      #expect(abs(cosine - formula) < 0.015)
    }
  }

  @Test func nothingOfItsOwnLearnsTheConceptAndOnlyItsOwnLearnsNothing() {
    for (positives, threshold) in [(0.5, 0.0), (0.03, 1.8), (0.3, -0.4)] {
      let world = BinormalQuality(distance: 1.6, positives: positives)
      for old in [-0.5, 0, 0.6, 0.99] {
        func cosine(_ share: Double) -> Double {
          FeedbackLoop.cosine(share: share, of: world, cosine: old, threshold: threshold)
        }
        #expect(abs(cosine(0) - 1) < 1e-12)
        #expect(abs(cosine(1) - old) < 1e-12)
        #expect(cosine(0.3) > cosine(0.6))
      }
    }
  }

  @Test func selectionTakesLabelsAway() {
    // Half the scores lie above 0 where half the rows are positive.
    let score = BinormalQuality(distance: 1.5, positives: 0.5)
    #expect(abs(SelectedLabels(share: 1).labelled(score, threshold: 0) - 0.5) < 1e-12)
    #expect(abs(SelectedLabels(share: 0.4).labelled(score, threshold: 0) - 0.8) < 1e-12)
    #expect(SelectedLabels(share: 0).labelled(score, threshold: 0) == 1)
  }

  /// Areas of four million simulated scores of each class (Python, seed 3; standard error 2e-4).
  @Test func selectedLabelsShowAnotherArea() {
    let score = BinormalQuality(distance: 1.4657, positives: 0.3)
    let simulated = [
      (0.5, 0.3, 0.8501), (0.75, 0.3, 0.8308), (0.9, 0.3, 0.7885), (1, 0.3, 0.7103),
      (0.5, -0.3, 0.8326), (1, -0.3, 0.7497),
    ]
    for (share, threshold, area) in simulated {
      let found = SelectedLabels(share: share).auc(score, threshold: threshold)
      #expect(abs(found - area) < 8e-4)
    }
    #expect(SelectedLabels(share: 0).auc(score, threshold: 0.3) == score.auc)
    // A threshold below every score selects nothing away, and without skill nothing is lost.
    #expect(abs(SelectedLabels(share: 1).auc(score, threshold: -9) - score.auc) < 1e-9)
    let blind = BinormalQuality(distance: 0, positives: 0.3)
    #expect(abs(SelectedLabels(share: 0.7).auc(blind, threshold: 0.3) - 0.5) < 1e-9)
  }

  /// Both above 0 where the means are ±d/2: ∫₀^∞ φ(x-d/2)[Φ(x+d/2)-Φ(d/2)]dx over Φ(d/2)(1-Φ(d/2)),
  /// at d = 1.5 by Simpson's rule with two million steps (Python).
  @Test func theAreaOfTheAcceptedEqualsTheIntegral() {
    let score = BinormalQuality(distance: 1.5, positives: 0.5)
    #expect(abs(SelectedLabels(share: 1).auc(score, threshold: 0) - 0.734513581246) < 1e-9)
  }
}
