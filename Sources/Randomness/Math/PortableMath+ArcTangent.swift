extension PortableMath {
  /// The arc tangent, between -π/2 and π/2, within two units in the last place.
  ///
  /// The argument is brought below 7/16 by the addition theorem about 1/2, 1, 3/2 and infinity; a
  /// minimax polynomial of 11 terms does the rest (the scheme of fdlibm's `s_atan.c`, Sun 1993).
  public static func atan(_ x: Double) -> Double {
    if x.isNaN { return x }
    let size = x.magnitude
    if size >= 0x1p66 { return x < 0 ? -0x1.921fb54442d18p0 : 0x1.921fb54442d18p0 }
    if size < 0.4375 { return size < 0x1p-29 ? x : x - arcTangentRest(x) }
    let y: Double
    let angle: Double
    let tail: Double
    if size < 0.6875 {
      (y, angle, tail) = ((2 * size - 1) / (2 + size), 0x1.dac670561bb4fp-2, 0x1.a2b7f222f65e2p-56)
    } else if size < 1.1875 {
      (y, angle, tail) = ((size - 1) / (size + 1), 0x1.921fb54442d18p-1, 0x1.1a62633145c07p-55)
    } else if size < 2.4375 {
      (y, angle, tail) = (
        (size - 1.5) / (1 + 1.5 * size), 0x1.f730bd281f69bp-1, 0x1.007887af0cbbdp-56
      )
    } else {
      (y, angle, tail) = (-1 / size, 0x1.921fb54442d18p0, 0x1.1a62633145c07p-54)
    }
    let result = angle - ((arcTangentRest(y) - tail) - y)
    return x < 0 ? -result : result
  }

  /// x - atan x for |x| <= 7/16.
  private static func arcTangentRest(_ x: Double) -> Double {
    let z = x * x
    return x * z * polynomial(z, arcTangentCoefficients)
  }
}

private let arcTangentCoefficients: InlineArray<11, Double> = [
  3.33333333333329318027e-01, -1.99999999998764832476e-01, 1.42857142725034663711e-01,
  -1.11111104054623557880e-01, 9.09088713343650656196e-02, -7.69187620504482999495e-02,
  6.66107313738753120669e-02, -5.83357013379057348645e-02, 4.97687799461593236017e-02,
  -3.65315727442169155270e-02, 1.62858201153657823623e-02,
]
