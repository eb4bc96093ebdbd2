/// The one rule by which money is rounded: to the nearest, ties to the even neighbour.
public enum MoneyRounding {
  /// `total` to the nearest whole `unit`, shared out among `parts`, so that the shares add to it.
  ///
  /// Each part is rounded down, and the units that are left go to the parts with the largest
  /// remainders (Hamilton's method), to the earlier one among equals. So no share differs from its
  /// part by a whole unit or more. The parts must add to `total`.
  ///
  /// - Complexity: O(n log n).
  public static func largestRemainder(
    _ parts: [Money], total: Money, to unit: Money = .cent
  ) -> [Money] {
    precondition(unit.picodollars > 0, "a unit of rounding is positive")
    precondition(parts.total() == total, "the parts add to the total")
    var units: [Int128] = []
    var remainders: [Int128] = []
    for part in parts {
      var floor = part.picodollars / unit.picodollars
      var rest = part.picodollars % unit.picodollars
      if rest < 0 {
        floor -= 1
        rest += unit.picodollars
      }
      units.append(floor)
      remainders.append(rest)
    }
    let left = Int(quotient(total.picodollars, unit.picodollars) - units.reduce(0, +))
    let order = parts.indices.sorted {
      (remainders[$1], $0) < (remainders[$0], $1)
    }
    for index in order.prefix(left) { units[index] += 1 }
    return units.map { Money(picodollars: $0 * unit.picodollars) }
  }

  /// `dividend / divisor` to the nearest whole number, ties to even.
  static func quotient(_ dividend: Int128, _ divisor: Int128) -> Int128 {
    precondition(divisor > 0, "the divisor is positive")
    var (quotient, rest) = dividend.quotientAndRemainder(dividingBy: divisor)
    if rest < 0 {
      quotient -= 1
      rest += divisor
    }
    // Compared with what is missing to the next, so that nothing is doubled and overflows.
    let missing = divisor - rest
    if rest > missing || (rest == missing && quotient & 1 == 1) { quotient += 1 }
    return quotient
  }

  /// `picodollars * factor`, rounded to a multiple of 1000 pico-dollars, ties to even.
  static func product(_ picodollars: Int128, _ factor: Double) -> Int128 {
    precondition(factor.isFinite, "money is multiplied by finite numbers only")
    if factor == 0 || picodollars == 0 { return 0 }
    // factor = significand * 2^exponent with a whole significand.
    let significand =
      UInt128(factor.significandBitPattern | (factor.isNormal ? 1 << 52 : 0))
    let exponent = (factor.isNormal ? Int(factor.exponent) : -1022) - 52
    let (high, low) = picodollars.magnitude.multipliedFullWidth(by: significand)
    let magnitude =
      exponent >= 0
      ? multiple(high, low, shiftedUp: exponent) : multiple(high, low, shiftedDown: -exponent)
    let isNegative = (picodollars < 0) != (factor < 0)
    return isNegative ? -magnitude : magnitude
  }

  /// The nearest multiple of 1000 to the 256-bit number times 2^shift.
  private static func multiple(_ high: UInt128, _ low: UInt128, shiftedUp shift: Int) -> Int128 {
    precondition(
      high == 0 && shift < low.leadingZeroBitCount - 1, "the amount of money fits into 128 bits")
    return quotient(Int128(low << UInt128(shift)), 1000) * 1000
  }

  /// The nearest multiple of 1000 to the 256-bit number times 2^-shift.
  private static func multiple(
    _ high: UInt128, _ low: UInt128, shiftedDown shift: Int
  ) -> Int128 {
    if shift > 250 { return 0 }
    let whole: UInt128
    let lost: Bool
    if shift >= 128 {
      whole = high >> UInt128(shift - 128)
      lost = low != 0 || whole << UInt128(shift - 128) != high
    } else if shift == 0 {
      precondition(high == 0, "the amount of money fits into 128 bits")
      (whole, lost) = (low, false)
    } else {
      precondition(high >> UInt128(shift) == 0, "the amount of money fits into 128 bits")
      whole = (high << UInt128(128 - shift)) | (low >> UInt128(shift))
      lost = low << UInt128(128 - shift) != 0
    }
    var (quotient, rest) = whole.quotientAndRemainder(dividingBy: 1000)
    if rest > 500 || (rest == 500 && (lost || quotient & 1 == 1)) { quotient += 1 }
    return Int128(quotient * 1000)
  }
}
