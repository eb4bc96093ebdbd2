extension PortableMath {
  /// The standard normal distribution function, with small relative error in both tails.
  ///
  /// Rational Chebyshev approximations of W. J. Cody, Math. Comp. 23(107), 1969, p. 631,
  /// doi 10.1090/S0025-5718-1969-0247736-4.
  public static func normalCDF(_ x: Double) -> Double {
    if x.isNaN { return x }
    let size = x.magnitude
    if size <= 0.67448975 { return 0.5 + normalCentre(x) }
    let tail = normalTail(size)
    return x < 0 ? tail : 1 - tail
  }

  /// The standard normal density.
  public static func normalDensity(_ x: Double) -> Double {
    0x1.9884533d43651p-2 * expOfMinusHalfSquare(x.magnitude)
  }

  /// The standard normal density and the upper tail, `normalCDF(-x)`: together they cost one power.
  public static func normalDensityAndTail(_ x: Double) -> (density: Double, tail: Double) {
    if x.isNaN { return (x, x) }
    let size = x.magnitude
    let power = expOfMinusHalfSquare(size)
    let density = 0x1.9884533d43651p-2 * power
    if size <= 0.67448975 { return (density, 0.5 + normalCentre(-x)) }
    let tail = normalTailRatio(size) * power
    return (density, x > 0 ? tail : 1 - tail)
  }

  /// The error function.
  public static func erf(_ x: Double) -> Double {
    if x.isNaN { return x }
    let scaled = x * 0x1.6a09e667f3bcdp0
    if scaled.magnitude <= 0.67448975 { return 2 * normalCentre(scaled) }
    let size = 1 - 2 * normalTail(scaled.magnitude)
    return x < 0 ? -size : size
  }

  /// One less the error function, with small relative error in the right tail.
  public static func erfc(_ x: Double) -> Double {
    if x.isNaN { return x }
    let scaled = x * 0x1.6a09e667f3bcdp0
    if scaled.magnitude <= 0.67448975 { return 1 - 2 * normalCentre(scaled) }
    let tail = 2 * normalTail(scaled.magnitude)
    return x < 0 ? 2 - tail : tail
  }

  /// The quantile of the standard normal distribution.
  ///
  /// Algorithm AS 241, routine PPND16, relative error about 1e-16 (M. J. Wichura, Applied
  /// Statistics 37(3), 1988, doi 10.2307/2347330).
  public static func normalQuantile(_ p: Double) -> Double {
    if !(p > 0 && p < 1) {
      return p == 0 ? -.infinity : (p == 1 ? .infinity : .nan)
    }
    let q = p - 0.5
    if q.magnitude <= 0.425 {
      let r = 0.180625 - q * q
      let (above, below) = quantileCentre.parts(r)
      return q * above / below
    }
    let r = (-log(q < 0 ? p : 1 - p)).squareRoot()
    let size: Double
    if r <= 5 {
      let t = r - 1.6
      size = quantileMiddle.value(t)
    } else {
      let t = r - 5
      size = quantileTail.value(t)
    }
    return q < 0 ? -size : size
  }

  /// The distribution function less one half, for |x| <= 0.67448975.
  private static func normalCentre(_ x: Double) -> Double {
    let y = x * x
    let (above, below) = normalCentreRatio.parts(y)
    return x * above / below
  }

  /// The upper tail for x > 0.67.
  private static func normalTail(_ x: Double) -> Double {
    normalTailRatio(x) * expOfMinusHalfSquare(x)
  }

  /// What exp(-x²/2) is multiplied by for the upper tail, for x > 0.67.
  @inline(__always)
  private static func normalTailRatio(_ x: Double) -> Double {
    if x > 38.6 { return 0 }
    if x <= 0x1.6a09e667f3bcdp2 { return normalNearRatio.value(x) }
    let y = 1 / (x * x)
    let (above, below) = normalFarRatio.parts(y)
    return (0x1.9884533d43651p-2 - y * above / below) / x
  }

  /// exp(-x²/2): the square is taken in two parts, so that the power keeps its relative accuracy.
  private static func expOfMinusHalfSquare(_ x: Double) -> Double {
    if x > 40 { return x.isNaN ? x : 0 }
    let head = (x * 16).rounded(.towardZero) / 16
    let rest = (x - head) * (x + head)
    return expOfSum(-head * head * 0.5, -rest * 0.5)
  }

  /// exp(x + tail) with `tail` small.
  @inline(__always)
  static func expOfSum(_ x: Double, _ tail: Double) -> Double {
    if !(x.magnitude < 700) || !(tail.magnitude < 0x1p-9) {
      return exp(x) * exp(tail)
    }
    return exp(x) * (1 + expm1(tail))
  }

  /// Horner's rule, the constant first.
  @inline(__always)
  static func polynomial<let count: Int>(
    _ x: Double, _ coefficients: InlineArray<count, Double>
  ) -> Double {
    var index = count - 1
    var sum = coefficients[unchecked: index]
    while index > 0 {
      index -= 1
      sum = sum * x + coefficients[unchecked: index]
    }
    return sum
  }
}

/// A quotient of two polynomials, constants first.
struct RationalCoefficients<let count: Int>: Sendable {
  /// Numerator.
  var above: InlineArray<count, Double>
  /// Denominator.
  var below: InlineArray<count, Double>

  @inline(__always)
  func parts(_ x: Double) -> (above: Double, below: Double) {
    (PortableMath.polynomial(x, above), PortableMath.polynomial(x, below))
  }

  @inline(__always)
  func value(_ x: Double) -> Double {
    let (above, below) = parts(x)
    return above / below
  }
}

private let normalCentreRatio = RationalCoefficients<5>(
  above: [
    18154.981253343561249, 1067.6894854603709582, 161.02823106855587881, 2.2352520354606839287,
    0.065682337918207449113,
  ],
  below: [
    45507.789335026729956, 10260.932208618978205, 976.09855173777669322, 47.20258190468824187, 1,
  ])

private let normalNearRatio = RationalCoefficients<9>(
  above: [
    9842.7148383839780218, 11602.651437647350124, 6848.1904505362823326, 2494.5375852903726711,
    597.27027639480026226, 93.506656132177855979, 8.8831497943883759412, 0.39894151208813466764,
    1.0765576773720192317e-8,
  ],
  below: [
    19685.429676859990727, 38912.003286093271411, 34900.952721145977266, 18615.571640885098091,
    6485.558298266760755, 1519.377599407554805, 235.38790178262499861, 22.266688044328115691, 1,
  ])

private let normalFarRatio = RationalCoefficients<6>(
  above: [
    2.9112874951168792e-5, 0.001421619193227893466, 0.022235277870649807, 0.1274011611602473639,
    0.21589853405795699, 0.02307344176494017303,
  ],
  below: [
    7.29751555083966205e-5, 0.00378239633202758244, 0.0659881378689285515, 0.468238212480865118,
    1.28426009614491121, 1,
  ])

private let quantileCentre = RationalCoefficients<8>(
  above: [
    3.3871328727963666080, 1.3314166789178437745e2, 1.9715909503065514427e3,
    1.3731693765509461125e4, 4.5921953931549871457e4, 6.7265770927008700853e4,
    3.3430575583588128105e4, 2.5090809287301226727e3,
  ],
  below: [
    1, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
    2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4,
    5.2264952788528545610e3,
  ])

private let quantileMiddle = RationalCoefficients<8>(
  above: [
    1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550,
    3.64784832476320460504, 1.27045825245236838258, 2.41780725177450611770e-1,
    2.27238449892691845833e-2, 7.74545014278341407640e-4,
  ],
  below: [
    1, 2.05319162663775882187, 1.67638483018380384940, 6.89767334985100004550e-1,
    1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4,
    1.05075007164441684324e-9,
  ])

private let quantileTail = RationalCoefficients<8>(
  above: [
    6.65790464350110377720, 5.46378491116411436990, 1.78482653991729133580,
    2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
    2.71155556874348757815e-5, 2.01033439929228813265e-7,
  ],
  below: [
    1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
    7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
    2.04426310338993978564e-15,
  ])
