import Randomness
import Statistics

/// The shares of the variance of a figure that inputs explain: first-order and total indices.
///
/// First order by A. Saltelli et al., Comput. Phys. Commun. 181 (2010), 259-270, doi
/// 10.1016/j.cpc.2009.09.018, table 2 (b); total by M. J. W. Jansen, Comput. Phys. Commun. 117
/// (1999), 35-43, doi 10.1016/S0010-4655(98)00154-4. Rows are points of a shifted Sobol' sequence.
package struct SobolIndices: Hashable, Sendable {
  /// The most inputs: a row has two coordinates for each.
  package static let largestInputCount = SobolSequence.largestDimension / 2

  package let inputs: Int
  package let rows: Int
  private let seed: UInt64

  /// A design of `rows` × (`inputs` + 2) points; a power of two of rows keeps the sequence even.
  package init(inputs: Int, rows: Int, seed: UInt64) {
    precondition((1...Self.largestInputCount).contains(inputs), "too many inputs")
    precondition(rows > 1, "a variance needs two rows")
    self.inputs = inputs
    self.rows = rows
    self.seed = seed
  }

  /// The points in the unit cube: of each row A, B, and A with one coordinate after the other
  /// of B.
  package var points: [[Double]] {
    let sequence = SobolSequence(dimensions: 2 * inputs, seed: seed)
    return (0..<rows).flatMap { row -> [[Double]] in
      let both = sequence.point(UInt32(row))
      let a = Array(both[..<inputs])
      let b = Array(both[inputs...])
      return [a, b]
        + (0..<inputs).map { input in
          var mixed = a
          mixed[input] = b[input]
          return mixed
        }
    }
  }

  /// How much of the variance an input explains.
  package struct Index: Hashable, Sendable {
    /// Alone: what the variance would shrink by if the input were known.
    package var first: ConfidenceInterval
    /// With all interactions: what would be left if everything else were known.
    package var total: ConfidenceInterval
  }

  /// The indices of each input and the variance, from the values at the points in their order; nil
  /// where the values do not vary.
  ///
  /// Intervals are percentiles of a bootstrap over rows. It takes the rows for independent, and
  /// those of a Sobol' sequence are better than that.
  package func indices(
    of values: [Double], resamples: Int = 1_000
  ) -> (variance: Double, indices: [Index])? {
    precondition(values.count == rows * (inputs + 2), "one value per point")
    let width = inputs + 2
    // Indices do not depend on the mean, and their noise does.
    let centre =
      (0..<rows).reduce(0.0) { $0 + values[$1 * width] + values[$1 * width + 1] }
      / Double(2 * rows)
    let centred = values.map { $0 - centre }
    guard let found = estimate(centred, Array(0..<rows)) else { return nil }
    var firsts: [[Double]] = Array(repeating: [], count: inputs)
    var totals: [[Double]] = Array(repeating: [], count: inputs)
    let stream = StreamFamily(seed: seed, replication: 0).counter("sobol bootstrap")
    for resample in 0..<resamples {
      var draws = stream.draws(of: UInt64(resample))
      let chosen = (0..<rows).map { _ in Int(draws.uniform() * Double(rows)) }
      guard let other = estimate(centred, chosen) else { continue }
      for input in 0..<inputs {
        firsts[input].append(other.firsts[input])
        totals[input].append(other.totals[input])
      }
    }
    let indices = (0..<inputs).map { input in
      Index(
        first: Self.interval(found.firsts[input], firsts[input]),
        total: Self.interval(found.totals[input], totals[input]))
    }
    return (found.variance, indices)
  }

  private func estimate(
    _ values: [Double], _ chosen: [Int]
  ) -> (variance: Double, firsts: [Double], totals: [Double])? {
    let width = inputs + 2
    var both = Tally()
    var firsts = Array(repeating: 0.0, count: inputs)
    var totals = Array(repeating: 0.0, count: inputs)
    for row in chosen {
      let start = row * width
      let (a, b) = (values[start], values[start + 1])
      both.add(a)
      both.add(b)
      for input in 0..<inputs {
        let mixed = values[start + 2 + input]
        firsts[input] += b * (mixed - a)
        totals[input] += (a - mixed) * (a - mixed)
      }
    }
    let variance = both.squares / Double(2 * chosen.count)
    guard variance > 0 else { return nil }
    let count = Double(chosen.count)
    return (
      variance, firsts.map { $0 / count / variance }, totals.map { $0 / (2 * count) / variance }
    )
  }

  private static func interval(_ estimate: Double, _ resamples: [Double]) -> ConfidenceInterval {
    let sorted = resamples.sorted()
    guard sorted.count >= 40 else {
      return ConfidenceInterval(estimate: estimate, low: estimate, high: estimate, level: 0.95)
    }
    let low = quantile(0.025, ofSorted: sorted)
    let high = quantile(0.975, ofSorted: sorted)
    return ConfidenceInterval(
      estimate: estimate, low: min(low, estimate), high: max(high, estimate), level: 0.95)
  }
}
