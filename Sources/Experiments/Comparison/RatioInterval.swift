import Statistics

/// The ratio of two means of paired values.
package enum RatioInterval {
  /// The ratio of the mean of `parts` to the mean of `wholes` with its interval; nil where the
  /// wholes may be zero, for then no ratio is bounded.
  ///
  /// E. C. Fieller, "Some problems in interval estimation", Journal of the Royal Statistical
  /// Society B 16 (1954), 175-185: the interval holds each ratio r for which the mean of `parts - r
  /// wholes` may be 0.
  package static func of(
    _ parts: [Double], _ wholes: [Double], level: Double
  ) -> ConfidenceInterval? {
    precondition(parts.count == wholes.count, "a ratio of pairs needs pairs")
    guard parts.count > 1 else { return nil }
    let count = Double(parts.count)
    let a = Tally(parts)
    let b = Tally(wholes)
    let products = zip(parts, wholes).reduce(0) { $0 + ($1.0 - a.mean) * ($1.1 - b.mean) }
    let t = StudentT.quantile(1 - (1 - level) / 2, degrees: count - 1)
    let scale = t * t / count
    let square = b.mean * b.mean - scale * b.variance
    guard square > 0 else { return nil }
    let middle = a.mean * b.mean - scale * products / (count - 1)
    let rest = a.mean * a.mean - scale * a.variance
    let root = max(0, middle * middle - square * rest).squareRoot()
    return ConfidenceInterval(
      estimate: a.mean / b.mean, low: (middle - root) / square, high: (middle + root) / square,
      level: level)
  }
}
