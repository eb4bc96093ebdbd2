import Randomness
import Statistics

/// The law of a time, as its quantiles at 112 fixed levels, in nanoseconds.
///
/// Between two levels it is uniform; beyond the last it reaches a seventh further.
package struct LatencyLaw: Sendable, Hashable {
  /// The quantiles, never falling.
  package private(set) var quantiles: [Double]

  /// The levels: every percent, and closer in both tails.
  package static let levels: [Double] =
    [0.0001, 0.001, 0.003, 0.006] + (1...99).map { Double($0) / 100 }
    + [0.992, 0.994, 0.996, 0.998, 0.999, 0.9993, 0.9996, 0.9998, 0.9999]

  /// How far the law reaches beyond its last quantile.
  private static let reach = 1.15

  /// A law with these quantiles at `levels`; one that falls is raised.
  package init(quantiles: [Double]) {
    precondition(quantiles.count == Self.levels.count, "a law has a quantile at every level")
    self.quantiles = quantiles
    var most = 0.0
    for level in quantiles.indices {
      most = max(most, quantiles[level])
      self.quantiles[level] = most
    }
  }

  /// The law that is always `nanoseconds`.
  package static func constant(_ nanoseconds: Double) -> LatencyLaw {
    LatencyLaw(quantiles: levels.map { _ in nanoseconds })
  }

  /// The law of a distribution of seconds.
  package init(_ seconds: Distribution) {
    self.init(quantiles: Self.levels.map { max(0, seconds.quantile($0)) * 1e9 })
  }

  /// The law of what a histogram holds; nil for nothing.
  ///
  /// Values are spread evenly over their bucket, so that a law hardly depends on bucket borders.
  package init?(_ histogram: LogHistogram) {
    guard let least = histogram.minimum, let most = histogram.maximum else { return nil }
    let total = Double(histogram.count)
    var quantiles: [Double] = []
    var below = 0.0
    for bucket in histogram.buckets {
      let count = Double(bucket.count)
      let from = Double(max(bucket.lowest, least))
      let to = Double(min(bucket.highest, most))
      while quantiles.count < Self.levels.count,
        case let wanted = Self.levels[quantiles.count] * total, wanted <= below + count
      {
        quantiles.append(from + (to - from) * (wanted - below) / count)
      }
      below += count
    }
    while quantiles.count < Self.levels.count { quantiles.append(Double(most)) }
    self.init(quantiles: quantiles)
  }

  // MARK: Reading

  /// The value below which a share `p` lies.
  package func quantile(_ p: Double) -> Double {
    let levels = Self.levels
    guard let upper = levels.firstIndex(where: { $0 >= p }) else {
      let last = quantiles[levels.count - 1]
      let beyond = (p - levels[levels.count - 1]) / (1 - levels[levels.count - 1])
      return last * (1 + (Self.reach - 1) * beyond)
    }
    if upper == 0 { return quantiles[0] }
    let part = (p - levels[upper - 1]) / (levels[upper] - levels[upper - 1])
    return quantiles[upper - 1] + (quantiles[upper] - quantiles[upper - 1]) * part
  }

  /// The share of values at or below `nanoseconds`.
  package func share(below nanoseconds: Double) -> Double {
    guard let upper = quantiles.firstIndex(where: { $0 > nanoseconds }) else {
      let last = quantiles[quantiles.count - 1]
      let rest = 1 - Self.levels[quantiles.count - 1]
      let room = last * (Self.reach - 1)
      let part = room > 0 ? min(1, (nanoseconds - last) / room) : 1
      return Self.levels[quantiles.count - 1] + rest * part
    }
    if upper == 0 { return 0 }
    let (low, high) = (quantiles[upper - 1], quantiles[upper])
    let part = (nanoseconds - low) / (high - low)
    return Self.levels[upper - 1] + (Self.levels[upper] - Self.levels[upper - 1]) * part
  }

  /// The mean.
  package var mean: Double {
    var sum = quantiles[0] * Self.levels[0]
    for level in 1..<quantiles.count {
      let mass = Self.levels[level] - Self.levels[level - 1]
      sum += mass * (quantiles[level - 1] + quantiles[level]) / 2
    }
    let last = quantiles.count - 1
    return sum + (1 - Self.levels[last]) * quantiles[last] * (1 + Self.reach) / 2
  }

  // MARK: Making others

  /// The law between this one and another: level by level, linear in the logarithm, so that shapes
  /// move and do not blend.
  package func moved(toward other: LatencyLaw, by share: Double) -> LatencyLaw {
    if share == 0 || self == other { return self }
    var between = quantiles
    for level in between.indices {
      let (a, b) = (max(1, quantiles[level]), max(1, other.quantiles[level]))
      between[level] = a * PortableMath.exp(PortableMath.log(b / a) * share)
    }
    return LatencyLaw(quantiles: between)
  }

  /// The law of a time that is longer by `nanoseconds`.
  package func shifted(by nanoseconds: Double) -> LatencyLaw {
    LatencyLaw(quantiles: quantiles.map { max(0, $0 + nanoseconds) })
  }
}
