/// Distances between the empirical laws of two samples, neither of them empty.
package enum SampleDistance {
  /// The first Wasserstein distance ∫ |F - G|: how far a value has to be carried on average.
  ///
  /// - Complexity: O(n log n).
  package static func wasserstein(_ x: [Double], _ y: [Double]) -> Double {
    integral(x, y) { abs($0) }
  }

  /// The Wasserstein distance in standard deviations of the reference (divisor n), which count as
  /// at least 0.001: Evidently compares it with 0.1.
  package static func normedWasserstein(reference: [Double], current: [Double]) -> Double {
    let tally = Tally(reference)
    let spread = (tally.squares / Double(tally.count)).squareRoot()
    return wasserstein(reference, current) / max(spread, 0.001)
  }

  /// The energy distance √(2 ∫ (F - G)²) (Székely and Rizzo 2013,
  /// doi 10.1016/j.jspi.2013.03.018).
  ///
  /// - Complexity: O(n log n).
  package static func energy(_ x: [Double], _ y: [Double]) -> Double {
    (2 * integral(x, y) { $0 * $0 }).squareRoot()
  }

  /// The integral of `cost` of the difference of the two distribution functions.
  private static func integral(
    _ x: [Double], _ y: [Double], _ cost: (Double) -> Double
  ) -> Double {
    precondition(!x.isEmpty && !y.isEmpty, "a distance needs two samples")
    let x = x.sorted()
    let y = y.sorted()
    let (n, m) = (Double(x.count), Double(y.count))
    var (i, j) = (0, 0)
    var sum = 0.0
    var last = min(x[0], y[0])
    while i < x.count || j < y.count {
      let takesX = j == y.count || (i < x.count && x[i] <= y[j])
      let value = takesX ? x[i] : y[j]
      if value > last {
        sum += cost(Double(i) / n - Double(j) / m) * (value - last)
        last = value
      }
      if takesX { i += 1 } else { j += 1 }
    }
    return sum
  }
}
