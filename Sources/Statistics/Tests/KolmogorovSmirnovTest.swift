import Randomness

/// The test of Kolmogorov and Smirnov: the largest distance between the distribution functions of
/// two samples, and how likely it is where both come from one continuous law.
///
/// Three p-values are in use. SciPy's asymptotic one, which Evidently takes for large samples, uses
/// the exact law of one sample of round(n m / (n + m)).
package struct KolmogorovSmirnovTest: Hashable, Sendable {
  /// The largest distance D.
  package let statistic: Double
  /// The number of values in the first sample.
  package let first: Int
  /// The number of values in the second sample.
  package let second: Int
  /// D in units of 1 / (n m): a whole number.
  private let steps: Int

  /// Tests `x` against `y`, neither of them empty.
  ///
  /// - Complexity: O(n log n).
  package init(_ x: [Double], _ y: [Double]) {
    precondition(!x.isEmpty && !y.isEmpty, "a test of distributions needs two samples")
    let x = x.sorted()
    let y = y.sorted()
    let (n, m) = (x.count, y.count)
    var (i, j, largest) = (0, 0, 0)
    while i < n && j < m {
      let value = min(x[i], y[j])
      while i < n, x[i] <= value { i += 1 }
      while j < m, y[j] <= value { j += 1 }
      largest = max(largest, abs(i * m - j * n))
    }
    steps = largest
    (first, second) = (n, m)
    statistic = Double(largest) / Double(n) / Double(m)
  }

  /// The size of one sample that scatters as much: n m / (n + m).
  package var effectiveCount: Double {
    let (n, m) = (Double(first), Double(second))
    return n * m / (n + m)
  }

  /// The p-value of SciPy's asymptotic method.
  package var asymptoticP: Double {
    let count = max(1, Int(effectiveCount.rounded(.toNearestOrEven)))
    return OneSampleKolmogorov(count: count).survival(statistic)
  }

  /// The p-value of Kolmogorov's limit law.
  package var limitP: Double {
    Kolmogorov.survival(effectiveCount.squareRoot() * statistic)
  }

  /// The share of the orders of all values in which the distance is at least as large.
  ///
  /// A path through the lattice is as likely to come from the left as the first sample's share of
  /// the values so far (Hodges 1958, doi 10.1007/BF02589501); the recursion adds positive terms
  /// only, so that small p-values keep their digits.
  ///
  /// - Complexity: O(n m).
  package var exactP: Double {
    if steps == 0 { return 1 }
    let (n, m) = (first, second)
    // The probability that a path to (i, j) has met a distance as large.
    var reached = [Double](repeating: 0, count: m + 1)
    for j in 1...m { reached[j] = j * n >= steps ? 1 : 0 }
    for i in 1...n {
      reached[0] = i * m >= steps ? 1 : 0
      for j in 1...m {
        if abs(i * m - j * n) >= steps {
          reached[j] = 1
        } else {
          let total = Double(i + j)
          reached[j] = (Double(i) * reached[j] + Double(j) * reached[j - 1]) / total
        }
      }
    }
    return reached[m]
  }
}
