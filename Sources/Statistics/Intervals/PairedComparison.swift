/// Two alternatives compared replication by replication under common random numbers.
///
/// The differences are what is judged: what both alternatives met alike cancels. Where several
/// comparisons are made at once, each is held at a higher level so that all hold jointly
/// (Bonferroni: with k comparisons at joint level L each at 1 - (1 - L) / k).
public struct PairedComparison: Hashable, Sendable {
  /// What the interval of the difference lets us say.
  @frozen
  public enum Verdict: Hashable, Sendable {
    /// The alternative's mean is below the baseline's.
    case lower
    /// The alternative's mean is above the baseline's.
    case higher
    /// The interval holds 0: no winner.
    case undecided
  }

  /// The mean of the alternative less the mean of the baseline, at the level of one comparison.
  public let difference: ConfidenceInterval
  /// The level at which all comparisons hold together.
  public let jointLevel: Double
  /// The correlation of the two over the replications, or nil where one of them is constant: what
  /// common random numbers buy.
  public let correlation: Double?

  /// Compares `alternative` with `baseline`, value by value of the same replication, as one of
  /// `comparisons` that shall hold together at `level`.
  public init(
    baseline: [Double], alternative: [Double], level: Double = 0.95, comparisons: Int = 1
  ) {
    precondition(baseline.count == alternative.count, "a paired comparison needs pairs")
    precondition(!baseline.isEmpty, "a paired comparison needs a pair")
    precondition(comparisons > 0, "a comparison is at least one")
    jointLevel = level
    difference = .ofMean(
      zip(baseline, alternative).map { $1 - $0 },
      level: 1 - (1 - level) / Double(comparisons))
    let a = Tally(baseline)
    let b = Tally(alternative)
    let products = zip(baseline, alternative).map { ($0 - a.mean) * ($1 - b.mean) }
    let scale = (a.squares * b.squares).squareRoot()
    correlation = scale > 0 ? products.reduce(0, +) / scale : nil
  }

  /// Which of the two is lower, if the interval decides it.
  public var verdict: Verdict {
    if difference.high < 0 { return .lower }
    if difference.low > 0 { return .higher }
    return .undecided
  }
}
