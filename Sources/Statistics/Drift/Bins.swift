import Randomness

/// Bins for a numeric feature that are open to both sides: a value belongs to the bin whose lower
/// edge it reaches and whose upper edge it does not.
package struct QuantileBins: Hashable, Sendable {
  /// The edges between the bins, rising; the outer bins reach to infinity.
  package let edges: [Double]

  /// Bins that hold equal shares of `reference` (deciles by default), with edges at its quantiles
  /// of type 7.
  package init(of reference: [Double], count: Int = 10) {
    precondition(count >= 2, "bins are at least two")
    let sorted = reference.sorted()
    edges = (1..<count).map { quantile(Double($0) / Double(count), ofSorted: sorted) }
  }

  /// How many of `values` each bin holds.
  package func counts(of values: [Double]) -> [Double] {
    var counts = [Double](repeating: 0, count: edges.count + 1)
    for value in values { counts[firstIndex(in: edges) { $0 > value }] += 1 }
    return counts
  }
}

/// Bins of equal width with closed ends, as `numpy.histogram` makes them: values beyond the ends
/// belong to none of them.
package struct EqualWidthBins: Hashable, Sendable {
  /// The edges, from the least to the greatest value that the bins were made for.
  package let edges: [Double]

  /// As many bins as Sturges 1926 (doi 10.1080/01621459.1926.10502161) gives: log₂ n + 1.
  package init(sturges values: [Double]) {
    let tally = Tally(values)
    self.init(tally, classes: PortableMath.log2(Double(tally.count)) + 1)
  }

  /// As many bins as Doane 1976 (doi 10.1080/00031305.1976.10479172) gives: more than Sturges where
  /// the values are skewed.
  package init(doane values: [Double]) {
    let tally = Tally(values)
    let n = Double(tally.count)
    let spread = (tally.squares / n).squareRoot()
    guard n > 2, spread > 0 else {
      self.init(tally, classes: 1)
      return
    }
    let skew =
      values.reduce(0) { sum, value in
        let z = (value - tally.mean) / spread
        return sum + z * z * z
      } / n
    let error = (6 * (n - 2) / ((n + 1) * (n + 3))).squareRoot()
    self.init(
      tally, classes: 1 + PortableMath.log2(n) + PortableMath.log2(1 + abs(skew) / error))
  }

  private init(_ tally: Tally, classes: Double) {
    precondition(tally.count > 0, "bins are made for values")
    let range = tally.maximum - tally.minimum
    if range == 0 {
      edges = [tally.minimum - 0.5, tally.maximum + 0.5]
      return
    }
    // The width comes first, as in numpy: the quotient decides where classes is a whole number.
    let count = (range / (range / classes)).rounded(.up)
    let step = range / count
    edges =
      (0..<Int(count)).map { Double($0) * step + tally.minimum } + [tally.maximum]
  }

  /// How many of `values` each bin holds.
  package func counts(of values: [Double]) -> [Double] {
    var counts = [Double](repeating: 0, count: edges.count - 1)
    for value in values where value >= edges[0] && value <= edges[edges.count - 1] {
      let above = firstIndex(in: edges) { $0 > value }
      counts[min(above, counts.count) - 1] += 1
    }
    return counts
  }
}

/// The first place in `sorted` where `holds`, which is false before it and true from it on.
private func firstIndex(in sorted: [Double], where holds: (Double) -> Bool) -> Int {
  var low = 0
  var high = sorted.count
  while low < high {
    let middle = (low + high) / 2
    if holds(sorted[middle]) { high = middle } else { low = middle + 1 }
  }
  return low
}
