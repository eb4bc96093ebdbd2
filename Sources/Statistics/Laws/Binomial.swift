import Randomness

/// The binomial distribution: successes in independent trials.
public enum Binomial {
  /// The probability of at most `k` successes in `trials` of probability `p`.
  public static func cumulative(_ k: Int64, trials: Int64, p: Double) -> Double {
    check(trials, p)
    if k < 0 { return 0 }
    if k >= trials || p == 0 { return 1 }
    if p == 1 { return 0 }
    return PortableMath.complementedIncompleteBeta(Double(k) + 1, Double(trials - k), p)
  }

  /// The probability of more than `k` successes, accurate where it is small.
  public static func survival(_ k: Int64, trials: Int64, p: Double) -> Double {
    check(trials, p)
    if k < 0 { return 1 }
    if k >= trials || p == 0 { return 0 }
    if p == 1 { return 1 }
    return PortableMath.incompleteBeta(Double(k) + 1, Double(trials - k), p)
  }

  /// The least number of successes that is not exceeded with probability `u` or more.
  ///
  /// - Complexity: O(1) evaluations of the distribution function.
  public static func quantile(_ u: Double, trials: Int64, p: Double) -> Int64 {
    check(trials, p)
    if trials == 0 || p == 0 || u <= 0 { return 0 }
    if p == 1 || u >= 1 { return trials }
    let mean = Double(trials) * p
    let spread = (mean * (1 - p)).squareRoot()
    return discreteQuantile(
      start: cornishFisher(u, mean: mean, spread: spread, skew: (1 - 2 * p) / spread),
      highest: trials,
      holds: { k in
        u <= 0.5
          ? cumulative(k, trials: trials, p: p) >= u
          : survival(k, trials: trials, p: p) <= 1 - u
      })
  }

  /// Draws a number of successes by exact inversion: one word of `source`, and monotone in it.
  ///
  /// - Complexity: O(1) evaluations of the distribution function, each O(sqrt(trials)) at worst.
  public static func sample(
    trials: Int64, p: Double, _ source: inout some RandomSource
  ) -> Int64 {
    quantile(openUniform(&source), trials: trials, p: p)
  }

  private static func check(_ trials: Int64, _ p: Double) {
    precondition(trials >= 0, "a number of trials is not negative")
    precondition(p >= 0 && p <= 1, "a probability lies between 0 and 1")
  }
}

/// A start for a quantile of an almost normal law: Cornish and Fisher's correction for the skew.
func cornishFisher(_ u: Double, mean: Double, spread: Double, skew: Double) -> Double {
  let z = PortableMath.normalQuantile(u)
  return mean + spread * (z + skew * (z * z - 1) / 6)
}

/// The least k from 0 to `highest` for which `holds`, which is false below it and true from it on.
///
/// It doubles its steps away from `start` until it has passed the answer, then halves.
func discreteQuantile(start: Double, highest: Int64, holds: (Int64) -> Bool) -> Int64 {
  let clipped = max(0, min(start.rounded(), min(Double(highest), 0x1p62)))
  let first = min(Int64(clipped), highest)
  var step: Int64 = 1
  var high: Int64
  var low: Int64
  if holds(first) {
    high = first
    low = first - step
    while low >= 0, holds(low) {
      high = low
      step *= 2
      low -= step
    }
    low = max(low, -1)
  } else {
    low = first
    high = first + step
    while high < highest, !holds(high) {
      low = high
      step *= 2
      high += step
    }
    high = min(high, highest)
  }
  while high - low > 1 {
    let middle = low + (high - low) / 2
    if holds(middle) { high = middle } else { low = middle }
  }
  return high
}
