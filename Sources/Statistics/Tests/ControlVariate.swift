/// A metric freed from what was known of each unit before the experiment: CUPED (Deng, Xu, Kohavi
/// and Walker 2013, doi 10.1145/2433396.2433413).
package struct ControlVariate: Hashable, Sendable {
  /// The slope of the metric on its earlier value.
  package let slope: Double
  /// The square of their correlation: the share of variance that is taken away.
  package let reduction: Double
  private let earlierMean: Double

  /// The adjustment from the earlier and the later value of each unit, at least two of them.
  package init(earlier: [Double], later: [Double]) {
    precondition(earlier.count == later.count, "each unit has an earlier and a later value")
    precondition(earlier.count >= 2, "a slope needs two units")
    let x = Tally(earlier)
    let y = Tally(later)
    let products = zip(earlier, later).reduce(0) { $0 + ($1.0 - x.mean) * ($1.1 - y.mean) }
    slope = x.squares > 0 ? products / x.squares : 0
    reduction =
      x.squares > 0 && y.squares > 0 ? products * products / (x.squares * y.squares) : 0
    earlierMean = x.mean
  }

  /// The later values less what the earlier ones explain; their mean stays where it was.
  package func adjusted(earlier: [Double], later: [Double]) -> [Double] {
    zip(earlier, later).map { $1 - slope * ($0 - earlierMean) }
  }
}
