import MLSystem
import Randomness
import Statistics
import Testing

/// Mean and variance of drawn measurements: 4,000 draws; a right law leaves the bounds of 4
/// standard errors once in 16,000.
@Suite("Measured quality")
struct MeasuredQualityTests {
  private static func moments(
    _ draw: (inout CounterDraws) -> Double
  ) -> (mean: Double, variance: Double) {
    let stream = StreamFamily(seed: 9, replication: 0).counter("measured")
    let values = (0..<4000).map { number in
      var draws = stream.draws(of: UInt64(number))
      return draw(&draws)
    }
    let mean = values.reduce(0, +) / 4000
    return (mean, values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 3999)
  }

  private static func check(
    _ found: (mean: Double, variance: Double), mean: Double, variance: Double
  ) {
    #expect(abs(found.mean - mean) < 4 * (variance / 4000).squareRoot())
    #expect(abs(found.variance / variance - 1) < 4 * (2.0 / 3999).squareRoot())
  }

  @Test func areasFollowHanleyAndMcNeil() {
    let found = Self.moments {
      MeasuredQuality.auc(0.85, labels: 1000, positives: 0.3, draws: &$0) ?? 0
    }
    Self.check(
      found, mean: 0.85,
      variance: hanleyMcNeilVariance(area: 0.85, positives: 300, negatives: 700))
    var draws = StreamFamily(seed: 1, replication: 0).counter("one").draws(of: 0)
    #expect(MeasuredQuality.auc(0.85, labels: 20, positives: 0.03, draws: &draws) == nil)
  }

  @Test func countsAreBinomial() throws {
    let found = Self.moments {
      Double(MeasuredQuality.count(rate: 0.02, rows: 500, draws: &$0))
    }
    Self.check(found, mean: 10, variance: 500 * 0.02 * 0.98)
    var draws = StreamFamily(seed: 1, replication: 0).counter("one").draws(of: 0)
    #expect(MeasuredQuality.share(0.5, rows: 0, draws: &draws) == nil)
    #expect(MeasuredQuality.share(1, rows: 7, draws: &draws) == 1)
  }

  @Test func cellsAreMultinomial() {
    var figures = QualityFigures()
    figures[.truePositives] = 0.2
    figures[.falsePositives] = 0.1
    figures[.falseNegatives] = 0.1
    figures[.trueNegatives] = 0.6
    let found = Self.moments {
      let cells = MeasuredQuality.cells(figures, rows: 400, draws: &$0)
      let all = cells.truePositives + cells.falsePositives + cells.falseNegatives
      #expect(all + cells.trueNegatives == 400)
      return Double(cells.falseNegatives)
    }
    Self.check(found, mean: 40, variance: 400 * 0.1 * 0.9)
  }

  @Test func meansFollowTheCentralLimit() {
    let mixture = ScoreMixture(ScoreLaw(separation: 1.4, positives: 0.3))
    let moments = mixture.lossMoments(ScoreBelief(distance: 1.4, positives: 0.3))
    #expect(agrees(moments.mean, 0.4408330184747536, 1e-8))
    #expect(moments.variance > 0.05 && moments.variance < 1)
    let found = Self.moments {
      MeasuredQuality.mean(moments.mean, variance: moments.variance, rows: 900, draws: &$0)
    }
    Self.check(found, mean: moments.mean, variance: moments.variance / 900)
    let root = Self.moments { MeasuredQuality.rootMeanSquare(3, rows: 200, draws: &$0) }
    Self.check(root, mean: 3, variance: 9.0 / 400)
    let absolute = Self.moments { MeasuredQuality.meanAbsolute(3, rows: 200, draws: &$0) }
    Self.check(absolute, mean: 3, variance: (Double.pi / 2 - 1) * 9 / 200)
  }

  @Test func fewRowsShowACalibrationErrorWhereNoneIs() {
    // Folded normals of deviation √(0.2·10/1000): mean √(2/π) of it.
    let found = Self.moments {
      MeasuredQuality.calibrationError(0, information: 0.2, rows: 1000, bins: 10, draws: &$0)
    }
    let spread = (0.2 * 10 / 1000).squareRoot()
    let variance = spread * spread * (1 - 2 / Double.pi) / 10
    #expect(
      abs(found.mean - (2 / Double.pi).squareRoot() * spread) < 4 * (variance / 4000).squareRoot())
  }
}
