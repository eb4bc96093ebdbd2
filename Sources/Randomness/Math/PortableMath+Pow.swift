extension PortableMath {
  /// `base` to the power `exponent`, with the special cases of IEEE 754 `pow`.
  ///
  /// The logarithm is carried in two numbers, so that the product keeps its last bits.
  public static func pow(_ base: Double, _ exponent: Double) -> Double {
    if exponent == 0 || base == 1 { return 1 }
    if base.isNaN || exponent.isNaN { return .nan }
    if base > 0, base < .infinity, exponent.magnitude < 0x1p65, exponent.magnitude > 0x1p-70 {
      return powOfPositive(base, exponent)
    }
    return powOfUnusual(base, exponent)
  }

  private static func powOfPositive(_ base: Double, _ exponent: Double) -> Double {
    let bits =
      base < 0x1p-1022 ? (base * 0x1p52).bitPattern &- (52 &<< 52) : base.bitPattern
    let (high, low) = logPair(bits)
    let exponentHead = headOf(exponent)
    let highHead = headOf(high)
    let product = exponentHead * highHead
    let tail = (exponent - exponentHead) * highHead + exponent * (high - highHead + low)
    if !(product.magnitude < 708) { return expOfExtreme(product, tail: tail) }
    let parts = ExpParts(product, tail: tail)
    let scale = Double(bitPattern: parts.scaleBits)
    return scale + scale * parts.fraction
  }

  @inline(never)
  private static func powOfUnusual(_ base: Double, _ exponent: Double) -> Double {
    let magnitude = base.magnitude
    let isOdd =
      exponent.magnitude < 0x1p53 && exponent.rounded(.towardZero) == exponent
      && Int64(exponent) & 1 == 1
    if magnitude == 0 || magnitude == .infinity {
      let grows = (magnitude == 0) != (exponent > 0)
      let size: Double = grows ? .infinity : 0
      return base.sign == .minus && isOdd ? -size : size
    }
    if exponent.magnitude == .infinity || exponent.magnitude >= 0x1p65 {
      if magnitude == 1 { return 1 }
      return (magnitude > 1) == (exponent > 0) ? .infinity : 0
    }
    if base < 0 {
      guard exponent.rounded(.towardZero) == exponent else { return .nan }
      let size = pow(magnitude, exponent)
      return isOdd ? -size : size
    }
    // A tiny exponent: the power differs from one by less than half a unit in the last place.
    return 1
  }
}
