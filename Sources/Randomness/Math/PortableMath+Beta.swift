extension PortableMath {
  /// The logarithm of the beta function for a, b > 0.
  public static func logBeta(_ a: Double, _ b: Double) -> Double {
    logGamma(a) + logGamma(b) - logGamma(a + b)
  }

  /// The regularised incomplete beta function I_x(a, b): the distribution function of a beta
  /// variate.
  ///
  /// Continued fraction DLMF 8.17.22 in the modified method of Lentz, on the side of the mean where
  /// it converges in about the square root of max(a, b) steps.
  public static func incompleteBeta(_ a: Double, _ b: Double, _ x: Double) -> Double {
    if !(a > 0 && b > 0 && x >= 0 && x <= 1) { return .nan }
    if x == 0 || x == 1 { return x }
    if x <= (a + 1) / (a + b + 2) { return betaFraction(a, b, x, 1 - x) }
    return 1 - betaFraction(b, a, 1 - x, x)
  }

  /// 1 - I_x(a, b), accurate where it is small.
  public static func complementedIncompleteBeta(_ a: Double, _ b: Double, _ x: Double) -> Double {
    if !(a > 0 && b > 0 && x >= 0 && x <= 1) { return .nan }
    if x == 0 || x == 1 { return 1 - x }
    if x <= (a + 1) / (a + b + 2) { return 1 - betaFraction(a, b, x, 1 - x) }
    return betaFraction(b, a, 1 - x, x)
  }

  /// x^a y^b / (a B(a, b)) with y = 1 - x.
  private static func betaPrefactor(_ a: Double, _ b: Double, _ x: Double, _ y: Double) -> Double {
    if min(a, b) < 12 {
      return exp(a * log(x) + b * log(y) - logBeta(a, b)) / a
    }
    let n = a + b
    let correction = stirlingRest(n) - stirlingRest(a) - stirlingRest(b)
    let distance = deviance(a, n * x) + deviance(b, n * y)
    return exp(correction - distance) * (b / (0x1.921fb54442d18p2 * a * n)).squareRoot()
  }

  private static func betaFraction(_ a: Double, _ b: Double, _ x: Double, _ y: Double) -> Double {
    let tiny = 1e-300
    let sum = a + b
    var c = 1.0
    var d = 1 - sum * x / (a + 1)
    if d.magnitude < tiny { d = tiny }
    d = 1 / d
    var h = d
    var m = 1.0
    while m < 1e8 {
      let twice = 2 * m
      let even = m * (b - m) * x / ((a + twice - 1) * (a + twice))
      d = 1 + even * d
      if d.magnitude < tiny { d = tiny }
      c = 1 + even / c
      if c.magnitude < tiny { c = tiny }
      d = 1 / d
      h *= d * c
      let odd = -(a + m) * (sum + m) * x / ((a + twice) * (a + twice + 1))
      d = 1 + odd * d
      if d.magnitude < tiny { d = tiny }
      c = 1 + odd / c
      if c.magnitude < tiny { c = tiny }
      d = 1 / d
      let factor = d * c
      h *= factor
      if (factor - 1).magnitude < 0x1p-52 { break }
      m += 1
    }
    return min(1, betaPrefactor(a, b, x, y) * h)
  }
}
