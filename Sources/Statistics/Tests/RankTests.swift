import Randomness

/// The rank test of Mann and Whitney 1947 (doi 10.1214/aoms/1177730491), large samples.
public struct MannWhitneyTest: Hashable, Sendable {
  /// The pairs in which the first is greater, ties counted half.
  public let u: Double
  /// The share of such pairs: the area under the ROC curve if the first are the positives.
  public let share: Double
  /// The probability of so unequal ranks, either way, by the normal law with the correction for
  /// ties and for continuity.
  public let twoSided: Double

  /// How far U lies from its mean without a difference.
  private let deviation: Double
  /// The standard deviation of U without a difference, corrected for ties.
  private let spread: Double
  private let counts: [Int]
  private let hasTies: Bool

  /// Tests `x` against `y`, neither of them empty.
  ///
  /// - Complexity: O(n log n).
  public init(_ x: [Double], _ y: [Double]) {
    precondition(!x.isEmpty && !y.isEmpty, "a test of ranks needs two samples")
    let all = (x.map { ($0, true) } + y.map { ($0, false) }).sorted { $0.0 < $1.0 }
    var ranks = 0.0
    var ties = 0.0
    var i = 0
    while i < all.count {
      var j = i
      var members = 0
      while j < all.count, all[j].0 == all[i].0 {
        if all[j].1 { members += 1 }
        j += 1
      }
      // Ranks i + 1 ... j share their mean.
      ranks += Double(members) * Double(i + 1 + j) / 2
      let size = Double(j - i)
      ties += size * size * size - size
      i = j
    }
    let n = Double(x.count)
    let m = Double(y.count)
    u = ranks - n * (n + 1) / 2
    share = u / (n * m)
    let variance = n * m / 12 * (n + m + 1 - ties / ((n + m) * (n + m - 1)))
    deviation = u - n * m / 2
    spread = variance > 0 ? variance.squareRoot() : 0
    counts = [x.count, y.count]
    hasTies = ties > 0
    let excess = max(0, abs(deviation) - 0.5)
    twoSided = spread > 0 ? min(1, 2 * PortableMath.normalCDF(-excess / spread)) : 1
  }

  /// The same without the correction for continuity.
  package var twoSidedUncorrected: Double {
    spread > 0 ? min(1, 2 * PortableMath.normalCDF(-abs(deviation) / spread)) : 1
  }

  /// The probability of ranks of the first that are so much higher, with the correction.
  package var firstIsGreater: Double {
    spread > 0 ? PortableMath.normalCDF(-(deviation - 0.5) / spread) : 1
  }

  /// The probability of ranks so unequal, either way, counted over all orders; nil where there are
  /// ties.
  ///
  /// The recursion of Mann and Whitney on the sample that holds the greatest value.
  ///
  /// - Complexity: O(n² m²): for small samples.
  package var exactTwoSided: Double? {
    if hasTies { return nil }
    let (n, m) = (counts[0], counts[1])
    // The law of U for i values against each number of others.
    var laws = [[Double]](repeating: [1], count: m + 1)
    for i in 1...n {
      var next: [[Double]] = [[1]]
      for j in 1...m {
        var law = [Double](repeating: 0, count: i * j + 1)
        let share = Double(i) / Double(i + j)
        for (u, chance) in laws[j].enumerated() { law[u + j] += share * chance }
        for (u, chance) in next[j - 1].enumerated() { law[u] += (1 - share) * chance }
        next.append(law)
      }
      laws = next
    }
    let most = Int(max(u, Double(n * m) - u))
    return min(1, 2 * laws[m][most...].reduce(0, +))
  }
}

/// The median of all differences of a value of `x` and a value of `y`: the shift between two laws
/// of one shape (Hodges and Lehmann 1963, doi 10.1214/aoms/1177704172).
///
/// - Complexity: O(n m log(n m)).
package func hodgesLehmann(_ x: [Double], _ y: [Double]) -> Double {
  precondition(!x.isEmpty && !y.isEmpty, "a shift needs two samples")
  return quantile(0.5, ofSorted: x.flatMap { value in y.map { value - $0 } }.sorted())
}
