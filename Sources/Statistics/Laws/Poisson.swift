import Randomness

/// The Poisson distribution: how often something happens that happens independently at a rate.
public enum Poisson {
  /// The probability of at most `k` with mean `mean`.
  public static func cumulative(_ k: Int64, mean: Double) -> Double {
    check(mean)
    if k < 0 { return 0 }
    return mean == 0 ? 1 : PortableMath.complementedIncompleteGamma(Double(k) + 1, mean)
  }

  /// The probability of more than `k`, accurate where it is small.
  public static func survival(_ k: Int64, mean: Double) -> Double {
    check(mean)
    if k < 0 { return 1 }
    return mean == 0 ? 0 : PortableMath.incompleteGamma(Double(k) + 1, mean)
  }

  /// The least number that is not exceeded with probability `u` or more, `u` below 1.
  ///
  /// - Complexity: O(1) evaluations of the distribution function.
  public static func quantile(_ u: Double, mean: Double) -> Int64 {
    check(mean)
    precondition(u < 1, "a Poisson quantile has a share below 1")
    if mean == 0 || u <= 0 { return 0 }
    let spread = mean.squareRoot()
    return discreteQuantile(
      start: cornishFisher(u, mean: mean, spread: spread, skew: 1 / spread), highest: .max / 4,
      holds: { k in
        u <= 0.5 ? cumulative(k, mean: mean) >= u : survival(k, mean: mean) <= 1 - u
      })
  }

  /// Draws a number by exact inversion: one word of `source`, and monotone in it and in the mean.
  public static func sample(mean: Double, _ source: inout some RandomSource) -> Int64 {
    quantile(openUniform(&source), mean: mean)
  }

  private static func check(_ mean: Double) {
    precondition(mean >= 0 && mean < 1e15, "a Poisson mean is not negative and below 1e15")
  }
}
