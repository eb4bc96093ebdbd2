/// Values to text, the same on every machine: no locale, a point for decimals, commas for
/// thousands.
///
/// Decimals are rounded half away from zero on the shortest digits that stand for the Double, which
/// is what a reader of those digits expects: 0.125 with two decimals is 0.13, 1.005 is 1.01.
public enum QuantityFormatter {
  /// `value` with `decimals` decimals and thousands separated, as in "1,402.17".
  ///
  /// Negative `decimals` round to tens, hundreds and so on.
  public static func fixed(_ value: Double, decimals: Int, grouped: Bool = true) -> String {
    guard value.isFinite else { return notFinite(value) }
    return DecimalDigits(value).rounded(toDecimals: decimals).text(
      decimals: max(0, decimals), grouped: grouped)
  }

  /// `value` with `digits` significant digits, in plain notation between 1e-5 and 1e15, else
  /// "3.6e11".
  public static func significant(
    _ value: Double, digits: Int = 3, grouped: Bool = true
  ) -> String {
    guard value.isFinite else { return notFinite(value) }
    if value == 0 { return "0" }
    let rounded = DecimalDigits(value).rounded(toSignificant: digits)
    if rounded.exponent < -5 || rounded.exponent >= 15 { return scientific(value, digits: digits) }
    return rounded.text(decimals: max(0, digits - 1 - rounded.exponent), grouped: grouped)
  }

  /// As few digits as stand for `value`, at most `significant`, without trailing zeros: "1.5",
  /// "0.03".
  public static func shortest(
    _ value: Double, significant digits: Int = 17, grouped: Bool = false
  ) -> String {
    guard value.isFinite else { return notFinite(value) }
    if value == 0 { return "0" }
    let rounded = DecimalDigits(value).rounded(toSignificant: digits)
    if rounded.exponent < -5 || rounded.exponent >= 15 {
      return rounded.scientificText(digits: rounded.digits.count)
    }
    let decimals = max(0, rounded.digits.count - 1 - rounded.exponent)
    return rounded.text(decimals: decimals, grouped: grouped)
  }

  /// `value` as a power of ten: "3.6e11".
  public static func scientific(_ value: Double, digits: Int = 2) -> String {
    guard value.isFinite else { return notFinite(value) }
    return DecimalDigits(value).rounded(toSignificant: digits).scientificText(digits: digits)
  }

  /// A number of things: "3,430" with thousands, "3.6e11" from ten million on, "0.8" below ten.
  public static func count(_ value: Double) -> String {
    guard value.isFinite else { return notFinite(value) }
    if value.magnitude >= 1e7 { return scientific(value) }
    if value.rounded() == value || value.magnitude >= 100 { return fixed(value, decimals: 0) }
    return value.magnitude >= 10 ? fixed(value, decimals: 1) : significant(value, digits: 2)
  }

  /// A whole number with thousands separated.
  public static func wholeNumber(_ value: Int64) -> String {
    DecimalDigits.grouped(String(value.magnitude), negative: value < 0)
  }

  /// A number of things in at most four characters and a prefix: "14k", "1.2M".
  public static func compact(_ value: Double) -> String {
    guard value.isFinite else { return notFinite(value) }
    for (power, prefix) in [(12, "T"), (9, "G"), (6, "M"), (3, "k")] {
      let digits = DecimalDigits(value).rounded(toSignificant: 2)
      guard digits.exponent >= power else { continue }
      let scaled = DecimalDigits(
        isNegative: digits.isNegative, digits: digits.digits, exponent: digits.exponent - power)
      return scaled.text(decimals: scaled.digits.count > 1 && scaled.exponent == 0 ? 1 : 0) + prefix
    }
    return shortest(value, significant: 2)
  }

  /// A ratio in percent: "99.91 %".
  public static func percent(_ ratio: Double, decimals: Int = 1) -> String {
    guard ratio.isFinite else { return notFinite(ratio) }
    // The point is moved in the decimal digits: a product with 100 would round on its own.
    var digits = DecimalDigits(ratio)
    if !digits.isZero { digits.exponent += 2 }
    return digits.rounded(toDecimals: decimals).text(decimals: max(0, decimals)) + " %"
  }

  private static func notFinite(_ value: Double) -> String {
    value.isNaN ? "unknown" : (value < 0 ? "-infinite" : "infinite")
  }
}
