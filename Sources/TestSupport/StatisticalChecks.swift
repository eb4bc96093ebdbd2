import Randomness

/// Checks of random samples against theory, each with a stated rate of false alarms.
///
/// They answer with numbers, not with verdicts, so that `verify` and the tests can share them.
public enum StatisticalChecks {
  /// The largest distance between the sample's distribution function and `cumulative`.
  public static func kolmogorovDistance(
    _ sample: [Double], _ cumulative: (Double) -> Double
  ) -> Double {
    let sorted = sample.sorted()
    let count = Double(sorted.count)
    var largest = 0.0
    for (index, value) in sorted.enumerated() {
      let exact = cumulative(value)
      largest = max(largest, exact - Double(index) / count, Double(index + 1) / count - exact)
    }
    return largest
  }

  /// The distance that a sample of `count` from a continuous law exceeds with at most the chance
  /// `falseAlarm`.
  ///
  /// The inequality of Dvoretzky, Kiefer and Wolfowitz with Massart's constant (Ann. Probab. 18(3),
  /// 1990, doi 10.1214/aop/1176990746): it holds for every sample size, not only in the limit.
  public static func kolmogorovLimit(count: Int, falseAlarm: Double) -> Double {
    (-PortableMath.log(falseAlarm / 2) / (2 * Double(count))).squareRoot()
  }

  /// The p-value of Pearson's chi-square test of `observed` counts against `expected` ones.
  public static func chiSquarePValue(observed: [Double], expected: [Double]) -> Double {
    precondition(observed.count == expected.count && observed.count > 1, "two or more equal cells")
    var sum = 0.0
    for (seen, awaited) in zip(observed, expected) {
      sum += (seen - awaited) * (seen - awaited) / awaited
    }
    return PortableMath.complementedIncompleteGamma(Double(observed.count - 1) / 2, sum / 2)
  }

  /// How many standard errors the mean of a sample lies from `mean`, given the exact `variance`.
  public static func meanScore(_ sample: [Double], mean: Double, variance: Double) -> Double {
    let count = Double(sample.count)
    let sum = sample.reduce(0) { $0 + ($1 - mean) }
    return sum / (variance * count).squareRoot()
  }

  /// The size of a standard normal score that is exceeded, on either side, with the chance
  /// `falseAlarm`.
  public static func scoreLimit(falseAlarm: Double) -> Double {
    -PortableMath.normalQuantile(falseAlarm / 2)
  }

  /// The largest number of misses among `checks` that each miss with at most the chance `rate`, so
  /// that more of them have less than the chance `falseAlarm`.
  public static func missLimit(checks: Int, rate: Double, falseAlarm: Double) -> Int {
    // P(more than k misses) = I_rate(k + 1, checks - k).
    for limit in 0..<checks
    where PortableMath.incompleteBeta(Double(limit + 1), Double(checks - limit), rate) < falseAlarm
    {
      return limit
    }
    return checks
  }

  /// The distance between two numbers in units in the last place of the second.
  public static func ulps(_ value: Double, from exact: Double) -> Double {
    if value == exact || (value.isNaN && exact.isNaN) { return 0 }
    return ((value - exact) / exact.ulp).magnitude
  }
}
