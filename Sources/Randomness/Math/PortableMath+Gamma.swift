extension PortableMath {
  /// The logarithm of the gamma function for x > 0; absolute error about 1e-15 near its zeros at 1
  /// and 2, relative error about 1e-15 elsewhere.
  public static func logGamma(_ x: Double) -> Double {
    if !(x > 0) { return x == 0 ? .infinity : .nan }
    if x == .infinity { return x }
    if x == 1 || x == 2 { return 0 }
    // Step up to where Stirling's series holds, one product instead of many logarithms.
    var shifted = x
    var product = 1.0
    while shifted < 12 {
      product *= shifted
      shifted += 1
    }
    let logOfShifted = log(shifted)
    let series =
      (shifted - 0.5) * logOfShifted - shifted + 0x1.d67f1c864beb5p-1 + stirlingRest(shifted)
    return product == 1 ? series : series - log(product)
  }

  /// What Stirling's formula for log gamma leaves out: 1/(12 x) - 1/(360 x³) + ..., for x >= 12.
  static func stirlingRest(_ x: Double) -> Double {
    let inverse = 1 / x
    let square = inverse * inverse
    return inverse
      * (1.0 / 12
        + square
        * (-1.0 / 360
          + square
          * (1.0 / 1260
            + square
            * (-1.0 / 1680
              + square * (1.0 / 1188 + square * (-691.0 / 360360 + square * (1.0 / 156)))))))
  }

  /// The regularised lower incomplete gamma function P(a, x): the distribution function of a gamma
  /// variate of shape `a` and scale 1.
  public static func incompleteGamma(_ a: Double, _ x: Double) -> Double {
    if !(a > 0 && x >= 0) { return .nan }
    if x == 0 { return 0 }
    if x == .infinity { return 1 }
    return x < a + 1 ? gammaSeries(a, x) : 1 - gammaFraction(a, x)
  }

  /// The regularised upper incomplete gamma function Q(a, x) = 1 - P(a, x), accurate where small.
  public static func complementedIncompleteGamma(_ a: Double, _ x: Double) -> Double {
    if !(a > 0 && x >= 0) { return .nan }
    if x == 0 { return 1 }
    if x == .infinity { return 0 }
    return x < a + 1 ? 1 - gammaSeries(a, x) : gammaFraction(a, x)
  }

  /// x^a e^-x / gamma(a + 1) without the loss of subtracting large logarithms.
  ///
  /// The saddle-point form of C. Loader, "Fast and Accurate Computation of Binomial Probabilities",
  /// 2000, for a >= 12.
  static func poissonTerm(_ a: Double, _ x: Double) -> Double {
    if a < 12 { return exp(a * log(x) - x - logGamma(a + 1)) }
    return exp(-stirlingRest(a) - deviance(a, x)) / (0x1.921fb54442d18p2 * a).squareRoot()
  }

  /// a log(a / x) + x - a, without cancellation where x is near a.
  static func deviance(_ a: Double, _ x: Double) -> Double {
    let difference = a - x
    if difference.magnitude < 0.1 * (a + x) {
      let v = difference / (a + x)
      var sum = difference * v
      var term = 2 * a * v
      let square = v * v
      var odd = 3.0
      while odd < 1000 {
        term *= square
        let next = sum + term / odd
        if next == sum { return next }
        sum = next
        odd += 2
      }
      return sum
    }
    return a * log(a / x) - difference
  }

  /// P(a, x) by its power series (DLMF 8.7.1), for x below a + 1.
  private static func gammaSeries(_ a: Double, _ x: Double) -> Double {
    var term = 1.0
    var sum = 1.0
    var n = a
    while term > sum * 0x1p-56 {
      n += 1
      term *= x / n
      sum += term
    }
    return min(1, sum * poissonTerm(a, x))
  }

  /// Q(a, x) by its continued fraction (DLMF 8.9.2) in the modified method of Lentz.
  private static func gammaFraction(_ a: Double, _ x: Double) -> Double {
    let tiny = 1e-300
    var b = x + 1 - a
    var c = 1 / tiny
    var d = 1 / b
    var h = d
    var i = 1.0
    while i < 1e8 {
      let an = -i * (i - a)
      b += 2
      d = an * d + b
      if d.magnitude < tiny { d = tiny }
      c = b + an / c
      if c.magnitude < tiny { c = tiny }
      d = 1 / d
      let factor = d * c
      h *= factor
      if (factor - 1).magnitude < 0x1p-52 { break }
      i += 1
    }
    return min(1, poissonTerm(a, x) * a * h)
  }
}
