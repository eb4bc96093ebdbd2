extension PortableMath {
  /// The natural logarithm: -infinity at 0, NaN below.
  ///
  /// Table method: x = 2^k z, log x = k ln 2 - log c + log(1 + r) with r = c z - 1 exact and below
  /// 2^-7 (P. T. P. Tang, ACM TOMS 16(4), 1990, doi 10.1145/98267.98294).
  public static func log(_ x: Double) -> Double {
    let bits = x.bitPattern
    // One unsigned comparison sends zero, subnormals, negatives, infinity and NaN aside.
    if bits &- 0x0010_0000_0000_0000 >= 0x7fe0_0000_0000_0000 {
      return logOfUnusual(x)
    }
    return logOfNormal(bits)
  }

  /// The logarithm to base 2, within two units in the last place.
  public static func log2(_ x: Double) -> Double {
    if x.isNormal, x.significandBitPattern == 0, x > 0 { return Double(x.exponent) }
    let (high, low) = logOfAnyPair(x)
    return high * 0x1.71547652b82fep0 + (low * 0x1.71547652b82fep0 + high * 0x1.777d0ffda0d24p-56)
  }

  /// The logarithm to base 10, within two units in the last place.
  public static func log10(_ x: Double) -> Double {
    let (high, low) = logOfAnyPair(x)
    let head = headOf(high)
    let tail = (high - head) + low
    return head * 0x1.bcb7b15p-2
      + (tail * 0x1.bcb7b1526e50ep-2 + head * 0x1.37287195355bbp-33)
  }

  /// `log(1 + x)` without loss for small `x`.
  public static func log1p(_ x: Double) -> Double {
    if !(x > -1) { return x == -1 ? -.infinity : .nan }
    if x.magnitude < 0x1p-53 || x == .infinity { return x }
    let u = 1 + x
    // What the sum lost, exactly (Knuth's two-sum), goes back in to first order.
    let back = u - x
    let lost = (1 - back) + (x - (u - back))
    let (high, low) = logPair(u.bitPattern)
    return high + (low + lost / u)
  }

  @inline(never)
  private static func logOfUnusual(_ x: Double) -> Double {
    if x == 0 { return -.infinity }
    if x.isNaN || x < 0 { return .nan }
    if x == .infinity { return x }
    return logOfNormal((x * 0x1p52).bitPattern &- (52 &<< 52))
  }

  /// `bits` may encode an exponent below the normal range, as two's complement.
  @inline(__always)
  private static func logOfNormal(_ bits: UInt64) -> Double {
    let parts = LogParts(bits)
    let w = parts.exponent * ln2High + parts.tableHigh
    let r = parts.remainder
    let high = w + r
    let low = w - high + r + (parts.exponent * ln2Low + parts.tableLow)
    let r2 = r * r
    // Taylor's series of log(1 + r) beyond r: what is left out is below 2^-60 of the result.
    let odd =
      0x1.5555555555555p-2 + r2
      * (0x1.999999999999ap-3 + r2 * (0x1.2492492492492p-3 + r2 * 0x1.c71c71c71c71cp-4))
    let even = 0.25 + r2 * (0x1.5555555555555p-3 + r2 * 0.125)
    return low + r2 * (r * (odd - r * even) - 0.5) + high
  }

  /// The logarithm of any positive number as an unevaluated sum.
  private static func logOfAnyPair(_ x: Double) -> (high: Double, low: Double) {
    if !(x >= 0x1p-1022) || x == .infinity {
      let plain = log(x)
      guard plain.isFinite else { return (plain, 0) }
      return logPair((x * 0x1p52).bitPattern &- (52 &<< 52))
    }
    return logPair(x.bitPattern)
  }

  /// The logarithm as an unevaluated sum of two numbers, with about 2^-66 relative error.
  @inline(__always)
  static func logPair(_ bits: UInt64) -> (high: Double, low: Double) {
    let parts = LogParts(bits)
    let r = parts.remainder
    let t1 = parts.exponent * ln2High + parts.tableHigh
    let t2 = t1 + r
    let low1 = parts.exponent * ln2Low + parts.tableLow
    let low2 = t1 - t2 + r
    // -r²/2 in two parts: the head has 27 bits, so that its square is exact.
    let head = parts.remainderHead
    let minusHalfHead = -0.5 * head
    let square = head * minusHalfHead
    let high = t2 + square
    let minusHalf = -0.5 * r
    let low3 = parts.remainderTail * (minusHalf + minusHalfHead)
    let low4 = t2 - high + square
    let r2 = r * r
    let odd =
      0x1.5555555555555p-2 + r2
      * (0x1.999999999999ap-3 + r2 * (0x1.2492492492492p-3 + r2 * 0x1.c71c71c71c71cp-4))
    let even = 0.25 + r2 * (0x1.5555555555555p-3 + r2 * (0.125 + r2 * 0x1.999999999999ap-4))
    let low = low1 + low2 + low3 + low4 + r * r2 * (odd - r * even)
    let sum = high + low
    return (sum, high - sum + low)
  }
}

/// A number x = 2^exponent z taken apart for its logarithm.
struct LogParts {
  /// The binary exponent.
  var exponent: Double
  /// -log(c) as a multiple of 2^-42.
  var tableHigh: Double
  /// The rest of -log(c).
  var tableLow: Double
  /// The part of c z - 1 from the upper half of z.
  var remainderHead: Double
  /// The part of c z - 1 from the lower half of z.
  var remainderTail: Double
  /// c z - 1, exact: c is a multiple of 2^-7 and the difference is below 2^-7.
  var remainder: Double

  @inline(__always)
  init(_ bits: UInt64) {
    let offset = bits &- 0x3fe6_0000_0000_0000
    let row = Int(truncatingIfNeeded: offset &>> 45) & 127 &* 3
    let z = bits &- (offset & 0xfff0_0000_0000_0000)
    exponent = Double(Int64(bitPattern: offset) &>> 52)
    let c = logTable[unchecked: row]
    tableHigh = logTable[unchecked: row &+ 1]
    tableLow = logTable[unchecked: row &+ 2]
    let head = Double(bitPattern: (z &+ 0x8000_0000) & 0xffff_ffff_0000_0000)
    remainderHead = head * c - 1
    remainderTail = (Double(bitPattern: z) - head) * c
    remainder = remainderHead + remainderTail
  }
}
