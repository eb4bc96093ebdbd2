extension PortableMath {
  /// The probability of exactly `k` successes in `n` trials of probability `p`, with a small
  /// relative error whatever the sizes.
  ///
  /// The saddle-point form of C. Loader, "Fast and Accurate Computation of Binomial Probabilities",
  /// 2000: no large logarithms are subtracted.
  ///
  /// - Precondition: `k` and `n` are whole numbers, 0 <= k <= n.
  public static func binomialTerm(_ k: Double, of n: Double, _ p: Double) -> Double {
    if !(k >= 0 && k <= n && p >= 0 && p <= 1) { return .nan }
    if p == 0 || p == 1 { return k == (p == 0 ? 0 : n) ? 1 : 0 }
    if k == 0 { return exp(n * log1p(-p)) }
    if k == n { return exp(n * log(p)) }
    let q = 1 - p
    let correction = factorialRest(n) - factorialRest(k) - factorialRest(n - k)
    let distance = deviance(k, n * p) + deviance(n - k, n * q)
    return exp(correction - distance) * (n / (0x1.921fb54442d18p2 * k * (n - k))).squareRoot()
  }

  /// What Stirling's formula for the factorial of a whole number leaves out.
  private static func factorialRest(_ n: Double) -> Double {
    if n >= 12 { return stirlingRest(n) }
    return logGamma(n + 1) - (n + 0.5) * log(n) + n - 0x1.d67f1c864beb5p-1
  }
}
