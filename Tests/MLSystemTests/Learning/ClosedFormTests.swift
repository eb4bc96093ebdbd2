import MLSystem
import Randomness
import Statistics
import Testing

/// Whether two figures agree to a relative tolerance.
func agrees(_ value: Double, _ expected: Double, _ tolerance: Double) -> Bool {
  abs(value - expected) <= tolerance * abs(expected) + 1e-12
}

@Suite("Closed forms of quality")
struct ClosedFormTests {
  @Test("Binormal golden cases", arguments: QualityGolden.binormalCases)
  func binormal(row: [Double]) {
    let quality = BinormalQuality(auc: row[0], positives: row[1])
    let threshold = quality.bestThreshold
    let values = [
      quality.distance, threshold, quality.truePositiveRate(threshold: threshold),
      quality.falsePositiveRate(threshold: threshold), quality.accuracy(threshold: threshold),
      quality.logLoss, quality.information, quality.bestOf(10), quality.bestOf(50),
    ]
    for (value, expected) in zip(values, row[2...]) { #expect(agrees(value, expected, 1e-7)) }
  }

  @Test("Windows of labels in a wandering world", arguments: QualityGolden.windowCases)
  func window(row: [Double]) {
    var training = WindowTraining(
      memory: row[3], window: row[4], age: row[5], labelsPerDay: row[6], features: row[2],
      best: BinormalQuality(auc: row[0], positives: row[1]))
    let values = [
      training.best.information, training.overlap, training.agreement, training.noise,
      training.cosine, training.auc,
    ]
    for (value, expected) in zip(values, row[7...]) { #expect(agrees(value, expected, 1e-7)) }
    // The golden search stops within a thousandth of the best window.
    #expect(agrees(training.bestWindow, row[13], 1e-3))
    training.window = training.bestWindow
    #expect(agrees(training.auc, row[14], 1e-7))
  }

  @Test func bestWindowOfSmallDriftIsNearTheTrueOne() {
    // The reference's example: 50 features of a world with AUC* 0.85 and equal classes.
    let training = WindowTraining(
      memory: 90, window: 10, age: 0, labelsPerDay: 200, features: 50,
      best: BinormalQuality(auc: 0.85, positives: 0.5))
    #expect(agrees(training.bestWindowOfSmallDrift, training.bestWindow, 0.05))
  }

  @Test func aStandingWorldGivesTheLearningCurve() {
    let best = BinormalQuality(auc: 0.85, positives: 0.5)
    let training = WindowTraining(
      memory: .infinity, window: 10, age: 1000, labelsPerDay: 50, features: 50, best: best)
    #expect(training.overlap == 1 && training.agreement == 1)
    // 500 rows, 50 features: the reference's formula gives 0.8164.
    #expect(abs(training.auc - 0.8164) < 5e-5)
    let dimension = EffectiveDimension(scale: 50)
    #expect(agrees(dimension.auc(rows: 500, best: best), training.auc, 1e-12))
  }

  @Test func cadenceIsTheSquareRootRule() {
    // C = 50, V = 1000 a day, τ = 180, ρ₀ = 0.9: √(18,000 / 900) = √20 days.
    let days = WindowTraining.bestCadence(price: 50, worth: 1000, memory: 180, fresh: 0.9)
    #expect(agrees(days, 20.0.squareRoot(), 1e-12))
  }

  @Test("Stability index of a shifted feature", arguments: QualityGolden.stabilityCases)
  func stability(row: [Double]) {
    let bins = Int(row[0])
    let index = FeatureStability.index(shift: row[1], scale: row[2], bins: bins)
    #expect(agrees(index, row[5], 1e-6))
    let law = StabilityIndexLaw(bins: bins, reference: row[3], current: row[4])
    #expect(agrees(law.mean(of: index), row[7], 1e-6))
    #expect(agrees(law.variance(of: index).squareRoot(), row[8], 1e-6))
    #expect(agrees(law.critical(), row[12], 1e-6))
  }

  @Test func mixtureOfEpochsGivesTheSameIndexAsASingleShift() {
    let old = FeatureStability.shares(means: [0, 0.5], weights: [1, 0], bins: 10)
    let new = FeatureStability.shares(means: [0, 0.5], weights: [0, 3], bins: 10)
    let index = populationStabilityIndex(reference: old, current: new)
    #expect(agrees(index, FeatureStability.index(shift: 0.5, bins: 10), 1e-9))
    let half = FeatureStability.shares(means: [0, 0.5], weights: [1, 1], bins: 10)
    #expect(agrees(half[0], (old[0] + new[0]) / 2, 1e-12))
  }

  @Test func flippedLabelsShrinkTheWorldAndTheMeasuredArea() {
    let best = BinormalQuality(auc: 0.85, positives: 0.3)
    #expect(best.seen(throughFlips: 0) == best)
    // π = 0.3, η = 0.1: π_n = 0.34, factor 0.3·0.7·0.8 / (0.34·0.66) = 0.748663.
    let seen = best.seen(throughFlips: 0.1)
    #expect(agrees(seen.positives, 0.34, 1e-12))
    #expect(agrees(seen.distance, best.distance * 0.168 / 0.2244, 1e-12))
    // Of labelled positives 0.27/0.34 are true, of labelled negatives 0.63/0.66.
    let area = BinormalQuality.measured(auc: 0.85, positives: 0.3, flipped: 0.1)
    #expect(agrees(area, 0.5 + (0.27 / 0.34 + 0.63 / 0.66 - 1) * 0.35, 1e-12))
    #expect(BinormalQuality.measured(auc: 0.85, positives: 0.3, flipped: 0.5) == 0.5)
  }
}

@Suite("Effective dimension")
struct EffectiveDimensionTests {
  @Test func pointsOfALinearLearnerGiveItsFeaturesBack() throws {
    let best = BinormalQuality(auc: 0.88, positives: 0.1)
    let linear = EffectiveDimension(scale: 40)
    let points = [1000.0, 5000, 80_000].map {
      LearningPoint(rows: $0, auc: linear.auc(rows: $0, best: best))
    }
    let fitted = try #require(EffectiveDimension.fitted(to: points, best: best))
    #expect(abs(fitted.growth) < 1e-6)
    #expect(agrees(fitted.scale, 40, 1e-4))
  }

  @Test func aSinglePointIsMetExactly() throws {
    let best = BinormalQuality(auc: 0.88, positives: 0.03)
    let point = LearningPoint(rows: 1e6, auc: 0.812)
    let fitted = try #require(EffectiveDimension.fitted(to: [point], best: best))
    #expect(fitted.growth == 0)
    #expect(agrees(fitted.auc(rows: 1e6, best: best), 0.812, 1e-9))
  }

  @Test func theCurveOfADeepModelIsMetWithinHalfAPoint() throws {
    let best = BinormalQuality(auc: 0.88, positives: 0.03)
    let points = [(1e6, 0.812), (1e7, 0.846), (1e8, 0.861)].map {
      LearningPoint(rows: $0, auc: $1)
    }
    let fitted = try #require(EffectiveDimension.fitted(to: points, best: best))
    #expect(fitted.growth > 0.3 && fitted.growth < 0.95)
    for point in points {
      #expect(abs(fitted.auc(rows: point.rows, best: best) - point.auc) < 0.005)
    }
  }

  @Test func pointsBeyondTheBestScoreSayNothing() {
    let best = BinormalQuality(auc: 0.8, positives: 0.5)
    #expect(EffectiveDimension.fitted(to: [], best: best) == nil)
    let beyond = [LearningPoint(rows: 1000, auc: 0.9), LearningPoint(rows: 10, auc: 0.5)]
    #expect(EffectiveDimension.fitted(to: beyond, best: best) == nil)
  }
}
