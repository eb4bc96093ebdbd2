import Randomness
import Statistics

/// The true distribution of a feature whose mean has moved, before any sampling.
///
/// A feature is N(0, 1) at the start. Reference and current sample are mixtures over the epochs
/// between two shifts of the mean.
package enum FeatureStability {
  /// Shares of `bins` bins, equal at the start, for a mixture of normals of unit variance.
  ///
  /// - Parameters:
  ///   - means: mean in each epoch, in standard deviations.
  ///   - weights: share of the rows from each epoch.
  package static func shares(means: [Double], weights: [Double], bins: Int) -> [Double] {
    let edges = (1..<bins).map { PortableMath.normalQuantile(Double($0) / Double(bins)) }
    return shares(means: means, weights: weights, edges: edges)
  }

  /// Shares of the bins between the rising `edges` for a mixture of normals of unit variance.
  package static func shares(means: [Double], weights: [Double], edges: [Double]) -> [Double] {
    var shares = [Double](repeating: 0, count: edges.count + 1)
    let total = weights.reduce(0, +)
    if total <= 0 { return shares }
    for (mean, weight) in zip(means, weights) where weight > 0 {
      var below = 0.0
      for (bin, edge) in edges.enumerated() {
        let upTo = PortableMath.normalCDF(edge - mean)
        shares[bin] += weight / total * (upTo - below)
        below = upTo
      }
      shares[edges.count] += weight / total * (1 - below)
    }
    return shares
  }

  /// The index over equal bins of a feature that is now N(shift, scale²) and was N(0, 1).
  package static func index(shift: Double, scale: Double = 1, bins: Int) -> Double {
    var index = 0.0
    var below = 0.0
    for bin in 0..<bins {
      let edge = Double(bin + 1) / Double(bins)
      let upTo =
        bin + 1 == bins
        ? 1 : PortableMath.normalCDF((PortableMath.normalQuantile(edge) - shift) / scale)
      let share = upTo - below
      index += (share - 1 / Double(bins)) * PortableMath.log(share * Double(bins))
      below = upTo
    }
    return index
  }
}
