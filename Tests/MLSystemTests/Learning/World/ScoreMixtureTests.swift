import MLSystem
import Randomness
import Testing

/// Figures of laws of scores against numerical integrals by SciPy 1.x `integrate.quad` (two
/// million trapezoids for the calibration error) of the same definitions.
@Suite("Scores and their figures")
struct ScoreMixtureTests {
  struct Case: Sendable {
    /// Share, separation, centre, deviation, prevalence of each segment.
    var parts: [[Double]]
    /// Distance, prevalence, centre that the version believes.
    var belief: [Double]
    var threshold: Double
    /// AUC, true and false positives, log loss, calibration error, precision-recall area, first of
    /// 10 candidates, discounted gain of 5 of 10.
    var expected: [Double]

    var mixture: ScoreMixture {
      ScoreMixture(
        parts.map { row in
          ScoreMixture.Part(
            share: row[0],
            law: ScoreLaw(
              separation: row[1], centre: row[2], deviation: row[3], positives: row[4]))
        })
    }

    var terms: QualityTerms {
      QualityTerms(
        kind: .ranking(candidates: 10, depth: 5), value: nil,
        belief: ScoreBelief(distance: belief[0], positives: belief[1], centre: belief[2]),
        threshold: threshold)
    }
  }

  static let cases = [
    Case(
      parts: [[1, 1.4, 0, 1, 0.3]], belief: [1.4, 0.3, 0], threshold: 0.6,
      expected: [
        0.8389005969187089, 0.16194835118310869, 0.06776033920992729, 0.4408330184747536, 0,
        0.707300683269806, 0.7603114475579398, 0.8042688997545657,
      ]),
    Case(
      parts: [[1, 1.2, 0.5, 1, 0.1]], belief: [1.4, 0.12, 0], threshold: 1.1,
      expected: [
        0.8019280454239629, 0.05, 0.10356270319953745, 0.30843590561695533, 0.09288246844712,
        0.36282271259128984, 0.3344629021726218, 0.6980156771915246,
      ]),
    Case(
      parts: [[1, 0.9, -0.2, 0.8, 0.03]], belief: [1.9, 0.03, 0], threshold: 1.5,
      expected: [
        0.786837228307796, 0.0017725536879800265, 0.0034914714609776717, 0.11889528879733087,
        0.007832768257552964, 0.13938375065865793, 0.10819593262510432, 0.6437644390287958,
      ]),
    Case(
      parts: [[0.8, 1.6, 0, 1, 0.05], [0.2, 0.6, 0.4, 1, 0.2]], belief: [1.4, 0.07, 0],
      threshold: 1.2,
      expected: [
        0.830912071966827, 0.026124631884626517, 0.038996670032037425, 0.22019561286047495,
        0.007442712235578808, 0.3391769028530509, 0.26494826894431683, 0.7338899245206494,
      ]),
    Case(
      parts: [[1, 0.3, 0, 1.4, 0.5]], belief: [1.3, 0.5, 0.1], threshold: 0,
      expected: [
        0.5602183688757907, 0.2713310880629618, 0.22866891193703823, 0.9211189636695785,
        0.22240450247815585, 0.5514274734148483, 0.5818209935606524, 0.6009741880524478,
      ]),
  ]

  @Test("Every figure of a ranking", arguments: 0..<cases.count)
  func figures(number: Int) {
    let test = Self.cases[number]
    let found = test.mixture.figures(test.terms)
    let order: [QualityFigure] = [
      .auc, .truePositives, .falsePositives, .logLoss, .calibrationError, .precisionRecallArea,
      .clickThrough, .rankingGain,
    ]
    for (figure, expected) in zip(order, test.expected) {
      // The calibration error has a kink, which the trapezoid rule meets to 1e-4.
      let tolerance = figure == .calibrationError ? 1e-4 : 1e-8
      #expect(abs(found[figure] - expected) < tolerance, "\(figure) of case \(number)")
    }
    let cells = found[.truePositives] + found[.falsePositives]
    #expect(abs(cells + found[.falseNegatives] + found[.trueNegatives] - 1) < 1e-12)
  }

  @Test func aCalibratedScoreHasTheClosedLogLoss() {
    let world = BinormalQuality(auc: 0.88, positives: 0.03)
    let law = ScoreLaw(separation: world.distance, positives: 0.03)
    var terms = Self.cases[0].terms
    terms.belief = ScoreBelief(distance: world.distance, positives: 0.03)
    let found = ScoreMixture(law).figures(terms)
    #expect(agrees(found[.logLoss], world.logLoss, 1e-8))
    #expect(found[.calibrationError] < 1e-12)
    #expect(agrees(found[.clickThrough], world.bestOf(10), 1e-8))
  }

  /// Slope, covariance, deviation, shift; mean absolute and squared error, pairs in order.
  static let regressions: [[Double]] = [
    [0.8, 0.7, 1, 0, 0.5753627391751592, 0.52, 0.7468166888933649],
    [0.8, 0.5, 1, 0.6, 0.8293312355792464, 1.0704, 0.6666666666666667],
    [0.5, 0.45, 1.3, -0.4, 0.8029636719248917, 1.0125, 0.6125124819010425],
  ]

  @Test("Errors of a regression", arguments: regressions)
  func regression(row: [Double]) {
    let law = ScoreLaw(separation: row[1], centre: row[3], deviation: row[2], positives: 0.5)
    let terms = QualityTerms(
      kind: .regression(deviation: 10), value: .perUnitOfError(2),
      belief: ScoreBelief(distance: row[0], positives: 0.5), threshold: 0)
    let found = ScoreMixture(law).figures(terms)
    #expect(agrees(found[.absoluteError], 10 * row[4], 1e-9))
    #expect(agrees(found[.squaredError], 100 * row[5], 1e-9))
    #expect(agrees(found[.auc], row[6], 1e-9))
    #expect(agrees(found[.value], -20 * row[4], 1e-9))
  }

  @Test func answersAreRightAsInForcedChoice() {
    let cases: [(distance: Double, alternatives: Int, right: Double)] = [
      (1.5, 2, 0.8555778168267576), (1.5, 10, 0.5086375793007988), (2.5, 50, 0.5956052667759831),
      (0, 4, 0.25),
    ]
    for test in cases {
      let right = ScoreMixture.forcedChoice(
        distance: test.distance, alternatives: test.alternatives)
      #expect(agrees(right, test.right, 1e-9))
      let distance = ScoreMixture.distance(ofRight: test.right, alternatives: test.alternatives)
      #expect(abs(distance - test.distance) < 1e-8)
    }
    let law = ScoreLaw(separation: 1.5, positives: 0.5)
    let terms = QualityTerms(
      kind: .generation(alternatives: 10, refused: 0.03, invalid: 0.01),
      value: .outcomes(right: 1, wrong: -2, refused: 0, invalid: -0.5),
      belief: ScoreBelief(distance: 1.5, positives: 0.5), threshold: 0)
    let found = ScoreMixture(law).figures(terms)
    let right = 0.96 * 0.5086375793007988
    #expect(agrees(found[.right], right, 1e-9))
    #expect(agrees(found[.right] + found[.wrong] + found[.refused] + found[.invalid], 1, 1e-9))
    #expect(agrees(found[.value], right - 2 * (0.96 - right) - 0.005, 1e-9))
  }

  @Test func anglesUndoTheirSines() {
    for sine in [-1, -0.99999, -0.75, -0.3, 0, 0.2, 0.7, 0.71, 0.95, 0.999999, 1] {
      #expect(abs(PortableMath.sin(Angle.arcSine(sine)) - sine) < 1e-14)
    }
    #expect(agrees(Angle.arcCosine(0.5), Double.pi / 3, 1e-14))
    let kind = TaskKind.regression(deviation: 1)
    #expect(agrees(kind.auc(ofDistance: kind.distance(ofAUC: 0.8)), 0.8, 1e-12))
  }
}

@Suite("Laws of scores under broken features")
struct ScoreLawTests {
  /// Hand calculation: Δρ = 2, a quarter of the weight at its default of prevalence 0.1, stale copy
  /// of a fifth with correlation 0.5.
  @Test func brokenFeaturesTakeFromTheDistance() {
    let conditions = FeatureConditions(
      missing: 0.25, stale: 0.2, autocorrelation: 0.5, noise: 1.1)
    let law = ScoreLaw(distance: 2, positives: 0.1, shift: 0.3, conditions: conditions)
    #expect(agrees(law.separation, 2 * (1 - 0.25 - 0.1), 1e-12))
    #expect(agrees(law.centre, 0.3 + 0.25 * -0.4 * 2, 1e-12))
    #expect(agrees(law.deviation, 0.75.squareRoot() * 1.1, 1e-12))
    let dropped = ScoreLaw(
      distance: 2, positives: 0.1, shift: 0, conditions: FeatureConditions(missing: 0.25))
    #expect(agrees(dropped.distance, 2 * 0.75.squareRoot(), 1e-12))
  }

  @Test func aCommonShiftLeavesTheOrderAndBreaksTheThreshold() {
    // The reference's example: 20 features shifted by half a deviation leave AUC 0.8496.
    let distance = BinormalQuality.distance(ofAUC: 0.8496)
    let sound = ScoreLaw(separation: distance, positives: 0.3)
    let moved = ScoreLaw(separation: distance, centre: 2, positives: 0.3)
    #expect(sound.auc == moved.auc)
    #expect(moved.falsePositiveRate(threshold: 0.5) > 2 * sound.falsePositiveRate(threshold: 0.5))
    let best = ScoreMixture(moved).bestThreshold(breakEvenLogOdds: 0)
    #expect(agrees(best - 2, ScoreMixture(sound).bestThreshold(breakEvenLogOdds: 0), 1e-9))
  }

  @Test func theBestThresholdBreaksEven() {
    let value = TaskValue.cells(
      truePositive: 90, falsePositive: -10, falseNegative: 0, trueNegative: 0)
    #expect(agrees(PortableMath.exp(value.breakEvenLogOdds), 1.0 / 9, 1e-12))
    let law = ScoreLaw(separation: 1.5, positives: 0.02)
    let single = ScoreMixture(law).bestThreshold(breakEvenLogOdds: value.breakEvenLogOdds)
    // At the threshold the posterior is a tenth.
    let (a, b) = law.standardised(single)
    let odds =
      0.02 * PortableMath.normalDensity(a) / (0.98 * PortableMath.normalDensity(b))
    #expect(agrees(odds, 1.0 / 9, 1e-9))
    // The search over several segments finds the same where they are alike.
    let twins = ScoreMixture([.init(share: 0.3, law: law), .init(share: 0.7, law: law)])
    let searched = twins.bestThreshold(breakEvenLogOdds: value.breakEvenLogOdds)
    #expect(abs(searched - single) < 1e-5)
  }

  @Test func offersToLeaversHaveFourCells() {
    let value = TaskValue.churn(offer: 20, saved: 300, success: 0.25)
    #expect(
      value
        == .cells(truePositive: 55, falsePositive: -20, falseNegative: 0, trueNegative: 0))
    // Break-even at p with 0.25·300·p = 20.
    let odds = PortableMath.exp(value.breakEvenLogOdds)
    #expect(agrees(odds / (1 + odds), 20.0 / 75, 1e-12))
  }
}
