/// A decimal number as it was written: `mantissa` × 10^`exponent`, exact.
public struct DecimalNumber: Hashable, Sendable {
  /// The digits as one whole number.
  public let mantissa: Int128
  /// The power of ten that it is multiplied by.
  public let exponent: Int

  /// Reads digits with an optional sign, point and exponent; nil for anything else and for more
  /// than 36 significant digits.
  public init?(_ text: some StringProtocol) {
    var scanner = TextScanner(String(text))
    guard let number = scanner.number(), scanner.isAtEnd else { return nil }
    self = number
  }

  init(mantissa: Int128, exponent: Int) {
    self.mantissa = mantissa
    self.exponent = exponent
  }

  /// Whether the number is 0.
  public var isZero: Bool { mantissa == 0 }
  /// Whether the number is below 0.
  public var isNegative: Bool { mantissa < 0 }

  /// The nearest Double; infinite beyond the range.
  public var value: Double {
    // The library's parser of decimal digits rounds correctly and knows no locale.
    Double("\(mantissa)e\(exponent)") ?? .nan
  }

  /// The number times 10^power, if that is a whole number that fits.
  public func scaled(byPowerOfTen power: Int) -> Int128? {
    scaled(by: 1, powerOfTen: power, rounding: false)
  }

  /// The number times `factor` times 10^power: whole, or rounded to the nearest (ties to even) if
  /// asked; nil if it does not fit.
  func scaled(by factor: Int128, powerOfTen power: Int = 0, rounding: Bool) -> Int128? {
    if mantissa == 0 { return 0 }
    var value = mantissa
    var shift = exponent + power
    var lost = false
    var product = value.multipliedReportingOverflow(by: factor)
    // Digits beyond what 128 bits hold can go only if they stand behind the point.
    while product.overflow {
      guard shift < 0 else { return nil }
      lost = lost || value % 10 != 0
      value /= 10
      shift += 1
      product = value.multipliedReportingOverflow(by: factor)
    }
    // Beyond these bounds the result is surely too large, or surely 0.
    guard shift < 39 else { return nil }
    if shift < -76 { return rounding ? 0 : nil }
    while shift > 0 {
      product = product.partialValue.multipliedReportingOverflow(by: 10)
      guard !product.overflow else { return nil }
      shift -= 1
    }
    if shift == 0 { return lost && !rounding ? nil : product.partialValue }
    return Self.divided(
      product.partialValue, byPowerOfTen: -shift, lost: lost, rounding: rounding)
  }

  private static func divided(
    _ dividend: Int128, byPowerOfTen power: Int, lost alreadyLost: Bool, rounding: Bool
  ) -> Int128? {
    var value = dividend
    var left = power
    // All but the last division drop digits; whether any was not 0 decides between ties.
    var lost = alreadyLost
    while left > 1 {
      lost = lost || value % 10 != 0
      value /= 10
      left -= 1
    }
    let rest = (value % 10).magnitude
    if !rounding, lost || rest != 0 { return nil }
    let quotient = value / 10
    let roundsAway = rest > 5 || (rest == 5 && (lost || quotient & 1 == 1))
    return roundsAway ? quotient + (dividend < 0 ? -1 : 1) : quotient
  }
}
