import Randomness
import Statistics

/// What so many labelled rows show of a true figure, drawn from the law of the measurement.
///
/// No row is simulated: each function takes the truth and the number of rows, and draws one value.
package enum MeasuredQuality {
  /// An area under the ROC curve: normal with the variance of Hanley & McNeil 1982, about what
  /// labels with a share `flipped` of wrong ones show.
  ///
  /// - Parameters:
  ///   - labels: rows with a label.
  ///   - positives: true prevalence.
  /// - Returns: nil where fewer than one row of a class is expected.
  package static func auc(
    _ truth: Double, labels: Double, positives: Double, flipped: Double = 0,
    draws: inout some RandomSource
  ) -> Double? {
    let seen = positives * (1 - flipped) + (1 - positives) * flipped
    let (yes, no) = (labels * seen, labels * (1 - seen))
    if min(yes, no) < 1 { return nil }
    let shown = BinormalQuality.measured(auc: truth, positives: positives, flipped: flipped)
    let variance = hanleyMcNeilVariance(area: shown, positives: yes, negatives: no)
    return min(max(shown + variance.squareRoot() * Ziggurat.normal(&draws), 0), 1)
  }

  /// How many of `rows` show something that has probability `rate`: binomial.
  package static func count(
    rate: Double, rows: Int64, draws: inout some RandomSource
  ) -> Int64 {
    Binomial.sample(trials: max(rows, 0), p: min(max(rate, 0), 1), &draws)
  }

  /// The share of `rows` that shows something of probability `truth`: accuracy, recall over the
  /// positives, click-through, share of right answers.
  ///
  /// - Returns: nil without a row.
  package static func share(
    _ truth: Double, rows: Int64, draws: inout some RandomSource
  ) -> Double? {
    rows > 0 ? Double(count(rate: truth, rows: rows, draws: &draws)) / Double(rows) : nil
  }

  /// Counts of the four cells of the confusion matrix in `rows`: multinomial.
  package static func cells(
    _ figures: QualityFigures, rows: Int64, draws: inout some RandomSource
  ) -> (truePositives: Int64, falsePositives: Int64, falseNegatives: Int64, trueNegatives: Int64) {
    var (left, mass) = (rows, 1.0)
    func next(_ share: Double, _ draws: inout some RandomSource) -> Int64 {
      let rate = mass > 0 ? share / mass : 0
      let drawn = count(rate: rate, rows: left, draws: &draws)
      left -= drawn
      mass -= share
      return drawn
    }
    let found = next(figures[.truePositives], &draws)
    let wronged = next(figures[.falsePositives], &draws)
    let missed = next(figures[.falseNegatives], &draws)
    return (found, wronged, missed, left)
  }

  /// The mean of something over `rows` with a variance per row: normal by the central limit.
  ///
  /// For a log loss take the variance of `ScoreMixture.lossMoments`.
  package static func mean(
    _ truth: Double, variance: Double, rows: Double, draws: inout some RandomSource
  ) -> Double {
    truth + (variance / max(rows, 1)).squareRoot() * Ziggurat.normal(&draws)
  }

  /// A root mean squared error: its square is chi-square with as many degrees as rows, nearly
  /// normal with deviation RMSE/√(2n).
  package static func rootMeanSquare(
    _ truth: Double, rows: Double, draws: inout some RandomSource
  ) -> Double {
    max(truth + truth / (2 * max(rows, 1)).squareRoot() * Ziggurat.normal(&draws), 0)
  }

  /// A mean absolute error of normal residuals: deviation √(π/2 - 1) MAE/√n.
  package static func meanAbsolute(
    _ truth: Double, rows: Double, draws: inout some RandomSource
  ) -> Double {
    let spread = (Double.pi / 2 - 1).squareRoot() * truth
    return max(truth + spread / max(rows, 1).squareRoot() * Ziggurat.normal(&draws), 0)
  }

  /// A calibration error over `bins` bins of equal counts: each bin's share of positives scatters
  /// with variance `information`/(rows in the bin), so that few rows show an error where none is.
  ///
  /// - Parameter information: mean of p(1 - p) over the rows.
  package static func calibrationError(
    _ truth: Double, information: Double, rows: Double, bins: Int,
    draws: inout some RandomSource
  ) -> Double {
    let spread = (information * Double(bins) / max(rows, 1)).squareRoot()
    var sum = 0.0
    for _ in 0..<bins { sum += abs(truth + spread * Ziggurat.normal(&draws)) }
    return sum / Double(bins)
  }
}

extension ScoreMixture {
  /// Mean and variance over rows of the log loss of the served probabilities.
  package func lossMoments(_ belief: ScoreBelief) -> (mean: Double, variance: Double) {
    let grid = ScoreGrid(self)
    var (mean, square) = (0.0, 0.0)
    for step in 0..<grid.count {
      let score = grid.low + Double(step) * grid.width
      let logit = belief.logit(score)
      let tail = PortableMath.log1p(PortableMath.exp(-abs(logit)))
      let (ifYes, ifNo) = (tail + max(-logit, 0), tail + max(logit, 0))
      for part in parts {
        let (a, b) = part.law.standardised(score)
        let weight = part.share / part.law.deviation
        let yes = weight * part.law.positives * PortableMath.normalDensity(a)
        let no = weight * (1 - part.law.positives) * PortableMath.normalDensity(b)
        mean += yes * ifYes + no * ifNo
        square += yes * ifYes * ifYes + no * ifNo * ifNo
      }
    }
    mean *= grid.width
    return (mean, max(square * grid.width - mean * mean, 0))
  }
}
