import Randomness

/// Pearson's chi-square test of counts (1900, doi 10.1080/14786440009463897).
package struct ChiSquareTest: Hashable, Sendable {
  /// The sum of the squared differences, each over its expectation.
  package let statistic: Double
  /// The number of counts that are free to differ.
  package let degrees: Int
  /// The probability of a statistic at least as large where nothing differs.
  package var pValue: Double {
    degrees == 0 ? 1 : ChiSquare.survival(statistic, degrees: Double(degrees))
  }

  /// Tests `observed` counts against `expected` ones of the same sum.
  package init(observed: [Double], expected: [Double]) {
    precondition(observed.count == expected.count, "both have the same bins")
    precondition(!observed.isEmpty, "a test of counts needs bins")
    statistic = zip(observed, expected).reduce(0) { sum, pair in
      let step = pair.0 - pair.1
      return step == 0 ? sum : sum + step * step / pair.1
    }
    degrees = observed.count - 1
  }

  /// Tests whether two samples were counted from one law: the test of a table of two rows, which
  /// lets the reference scatter as well.
  ///
  /// Bins that are empty in both say nothing and are left out.
  package init(contingency reference: [Double], _ current: [Double]) {
    precondition(reference.count == current.count, "both histograms have the same bins")
    let n = reference.reduce(0, +)
    let m = current.reduce(0, +)
    precondition(n > 0 && m > 0, "a test of counts needs two samples")
    var sum = 0.0
    var used = 0
    for (a, b) in zip(reference, current) where a + b > 0 {
      let expected = (a + b) / (n + m)
      let first = a - n * expected
      let second = b - m * expected
      sum += first * first / (n * expected) + second * second / (m * expected)
      used += 1
    }
    statistic = sum
    degrees = used - 1
  }
}
