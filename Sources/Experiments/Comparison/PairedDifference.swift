import MLSystem
import Scenarios
import Statistics

/// The difference of one metric between two arms.
enum PairedDifference {
  /// The second less the first as one of `pairs` intervals that hold together at `level`, with the
  /// margin of what matters; nil where either has no figure or fewer than two replications.
  static func of(
    _ base: Figure?, _ figure: Figure?, _ margin: EquivalenceMargin, level: Double, pairs: Int
  ) -> Comparison.Difference? {
    guard let base, let figure, let a = base.estimate, let b = figure.estimate,
      base.values.count == figure.values.count
    else { return nil }
    let both = zip(base.values, figure.values).compactMap { x, y in
      x.flatMap { x in y.map { (x, $0) } }
    }
    guard both.count > 1 else { return nil }
    let first = both.map(\.0)
    let second = both.map(\.1)
    let paired = PairedComparison(
      baseline: first, alternative: second, level: level, comparisons: pairs
    ).difference
    // Arms that agree in every replication are the same; else no more is known than buckets tell.
    let isSame = a == b && paired.halfWidth == 0
    let coarse = resolution(of: figure.statistic, a, b)
    // The estimate is the difference of the pooled figures, so that it agrees with the two columns.
    // The pairs speak of the mean over runs: a quantile over all requests is another thing, and the
    // interval reaches over both, or a few slow runs alone would show a difference.
    let apart = abs(b - a - paired.estimate)
    let half = isSame ? 0 : max(paired.halfWidth + apart, coarse)
    // A width that the buckets of a histogram set says nothing about what pairing bought.
    let isOfChance = paired.halfWidth > coarse
    return Comparison.Difference(
      estimate: b - a,
      interval: ConfidenceInterval(
        estimate: b - a, low: b - a - half, high: b - a + half, level: paired.level),
      isExact: base.isExact && figure.isExact, margin: margin.size(a, b),
      narrowing: isOfChance
        ? unpaired(first, second, level: paired.level) / paired.halfWidth : nil)
  }

  /// The half-width had the two been independent, by Welch's test.
  ///
  /// B. L. Welch, "The generalization of Student's problem when several different population
  /// variances are involved", Biometrika 34 (1947), 28-35.
  static func unpaired(_ first: [Double], _ second: [Double], level: Double) -> Double {
    let a = Tally(first)
    let b = Tally(second)
    let (u, v) = (a.variance / Double(first.count), b.variance / Double(second.count))
    guard u + v > 0 else { return 0 }
    let degrees =
      (u + v) * (u + v)
      / (u * u / Double(first.count - 1) + v * v / Double(second.count - 1))
    return StudentT.quantile(1 - (1 - level) / 2, degrees: degrees) * (u + v).squareRoot()
  }

  /// What the buckets of two histograms leave open of the difference of their quantiles.
  private static func resolution(of statistic: Statistic, _ a: Double, _ b: Double) -> Double {
    if case .quantile = statistic { return LogHistogram.relativeError * (abs(a) + abs(b)) }
    return 0
  }
}

/// What the replications tell of one arm beside another on one metric.
enum Evidence: Hashable, Sendable {
  /// The first is better, by an interval beyond the margin of what matters.
  case better
  case worse
  /// They are equal in practice: the interval lies within the margin.
  case equal
  /// The interval leaves both open, or one of them was not measured.
  case open

  /// How `first` stands beside `second` on a row, as one of `pairs` statements that hold together
  /// at `level`.
  ///
  /// A time of an overloaded arm has no end, whatever the runs saw before their horizon.
  init(
    _ first: Int, beside second: Int, on row: Comparison.Row, _ arms: [Comparison.Arm],
    level: Double, pairs: Int
  ) {
    guard let lower = row.betterIsLower else {
      self = .open
      return
    }
    if Preference.isWait(row), row.figures[first] != nil, row.figures[second] != nil {
      switch (arms[first].isOverloaded, arms[second].isOverloaded) {
      case (true, false): self = .worse
      case (false, true): self = .better
      case (true, true): self = .open
      case (false, false):
        self.init(row.figures[first], row.figures[second], row.margin, lower, level, pairs)
      }
      return
    }
    self.init(row.figures[first], row.figures[second], row.margin, lower, level, pairs)
  }

  private init(
    _ first: Figure?, _ second: Figure?, _ margin: EquivalenceMargin, _ lower: Bool,
    _ level: Double, _ pairs: Int
  ) {
    guard let difference = PairedDifference.of(second, first, margin, level: level, pairs: pairs)
    else {
      self = .open
      return
    }
    if difference.isEqualInPractice {
      self = .equal
    } else if difference.isShown {
      self = (difference.estimate < 0) == lower ? .better : .worse
    } else {
      self = .open
    }
  }
}
