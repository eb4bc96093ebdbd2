extension PortableMath {
  /// e to the power `x`: infinity above 709.78, 0 below -745.13.
  ///
  /// Table method: x = (k / 128) ln 2 + r, exp x = 2^(k/128) exp r with |r| < 0.0028 (P. T. P.
  /// Tang, ACM TOMS 15(2), 1989, doi 10.1145/63522.214389).
  public static func exp(_ x: Double) -> Double {
    if !(x.magnitude < 708) { return expOfExtreme(x, tail: 0) }
    let parts = ExpParts(x, tail: 0)
    let scale = Double(bitPattern: parts.scaleBits)
    return scale + scale * parts.fraction
  }

  /// `exp(x) - 1` without loss for small `x`.
  public static func expm1(_ x: Double) -> Double {
    if x.magnitude < 0x1p-54 { return x }
    if x.magnitude < 0x1p-5 { return expm1OfSmall(x) }
    if x < -40 { return -1 }
    if !(x < 708) { return exp(x) - 1 }
    let parts = ExpParts(x, tail: 0)
    let scale = Double(bitPattern: parts.scaleBits)
    // Beyond 1/32 the difference is at least a dozen times the second term, whose rounding so
    // hides.
    return (scale - 1) + scale * parts.fraction
  }

  /// Taylor's series through x^9, for |x| < 1/32: what is left out is below 2^-58 of the result.
  private static func expm1OfSmall(_ x: Double) -> Double {
    let rest =
      0x1.5555555555555p-3
      + x
      * (0x1.5555555555555p-5
        + x
        * (0x1.1111111111111p-7
          + x
          * (0x1.6c16c16c16c17p-10
            + x
            * (0x1.a01a01a01a01ap-13
              + x * (0x1.a01a01a01a01ap-16 + x * 0x1.71de3a556c734p-19)))))
    return x + x * x * (0.5 + x * rest)
  }

  /// exp(x + tail) where `x` may leave the range in which the scale is a normal number.
  @inline(never)
  static func expOfExtreme(_ x: Double, tail: Double) -> Double {
    if x.isNaN { return x }
    if x > 710 { return .infinity }
    if x < -746 { return 0 }
    let parts = ExpParts(x, tail: tail)
    let shift: Int64 = x > 0 ? -1009 : 1022
    let scale = Double(bitPattern: parts.scaleBits &+ UInt64(bitPattern: shift &<< 52))
    let scaled = scale + scale * parts.fraction
    return x > 0 ? scaled * 0x1p1009 : scaled * 0x1p-1022
  }
}

/// exp(x) = scale (1 + fraction).
struct ExpParts {
  /// The bits of 2^(k/128), to be read as a Double where k is in range.
  var scaleBits: UInt64
  /// exp(r) - 1 with the correction of the scale.
  var fraction: Double

  @inline(__always)
  init(_ x: Double, tail: Double) {
    // Adding 1.5 * 2^52 leaves the nearest integer in the low bits.
    let shifted = x * 0x1.71547652b82fep7 + 0x1.8p52
    let k = shifted.bitPattern
    let kd = shifted - 0x1.8p52
    let r = (x - kd * 0x1.62e42fefcp-8) + kd * 0x1.c610ca86c3899p-44 + tail
    let row = Int(truncatingIfNeeded: k) & 127 &* 2
    scaleBits = expTable[unchecked: row &+ 1] &+ k &<< 45
    let r2 = r * r
    fraction =
      Double(bitPattern: expTable[unchecked: row]) + r + r2 * (0.5 + r * 0x1.5555555555555p-3)
      + r2 * r2 * (0x1.5555555555555p-5 + r * 0x1.1111111111111p-7)
  }
}
