/// A figure with its interval, each as text with the same number of decimals and one unit.
public struct FormattedInterval: Hashable, Sendable {
  /// The estimate: "6.9".
  public var value: String
  /// The lower end: "6.8".
  public var low: String
  /// The upper end: "7.0".
  public var high: String
  /// The unit that follows the estimate: "ms", "%", or nothing.
  public var unit: String

  /// The estimate with its unit: "6.9 ms", "$1,402", "3,430".
  public var figure: String {
    if unit == "$" {
      return value.hasPrefix("-") ? "-$" + value.dropFirst() : "$" + value
    }
    return unit.isEmpty ? value : value + " " + unit
  }

  /// The interval: "[6.8, 7.0]".
  public var interval: String { "[\(low), \(high)]" }
}

extension QuantityFormatter {
  /// How many decimals show two significant digits of `halfWidth`; negative where it is 100 or
  /// more.
  ///
  /// With `shorter`, half-widths that begin with 3.55 or more get one digit: enough where space is
  /// short (the rule of the Particle Data Group, Review of Particle Physics, section 5.3).
  public static func decimals(forHalfWidth halfWidth: Double, shorter: Bool = false) -> Int? {
    guard halfWidth.isFinite, halfWidth > 0 else { return nil }
    let digits = DecimalDigits(halfWidth).rounded(toSignificant: shorter ? 3 : 2)
    let leading =
      Int(digits.digits[0]) * 100
      + (digits.digits.count > 1 ? Int(digits.digits[1]) * 10 : 0)
      + (digits.digits.count > 2 ? Int(digits.digits[2]) : 0)
    let shown = shorter && leading >= 355 ? 1 : 2
    return shown - 1 - digits.exponent
  }

  /// `value` with two significant digits of `halfWidth`.
  public static func format(_ value: Double, halfWidth: Double) -> String {
    guard let decimals = decimals(forHalfWidth: halfWidth) else {
      return significant(value, digits: 4)
    }
    return fixed(value, decimals: decimals)
  }

  /// An estimate and its interval in the unit that divides them by `scale`.
  ///
  /// Digits follow from half the interval's width; an interval without width shows four significant
  /// digits of the estimate.
  public static func interval(
    _ value: Double, low: Double, high: Double, unit: String = "", scale: Double = 1,
    shorter: Bool = false
  ) -> FormattedInterval {
    let halfWidth = (high - low) / 2 / scale
    let fallback = DecimalDigits(value / scale).exponent
    let decimals =
      decimals(forHalfWidth: halfWidth, shorter: shorter)
      ?? (value.isFinite && value != 0 ? max(0, 3 - fallback) : 0)
    func text(_ x: Double) -> String { fixed(x / scale, decimals: decimals) }
    return FormattedInterval(value: text(value), low: text(low), high: text(high), unit: unit)
  }

  /// A time in seconds with its interval, in the unit that suits the estimate: "6.9 ms [6.8, 7.0]".
  public static func timeInterval(
    _ seconds: Double, low: Double, high: Double, unit: TimeUnit? = nil, shorter: Bool = false
  ) -> FormattedInterval {
    let unit = unit ?? TimeUnit(for: seconds)
    return interval(
      seconds, low: low, high: high, unit: unit.symbol, scale: unit.seconds, shorter: shorter)
  }

  /// A ratio with its interval, in percent: "99.91 % [99.87, 99.94]".
  public static func percentInterval(
    _ ratio: Double, low: Double, high: Double, shorter: Bool = false
  ) -> FormattedInterval {
    interval(ratio, low: low, high: high, unit: "%", scale: 0.01, shorter: shorter)
  }

  /// An amount of dollars with its interval: "$1,402 [1,371, 1,433]".
  public static func moneyInterval(
    _ dollars: Double, low: Double, high: Double, shorter: Bool = false
  ) -> FormattedInterval {
    interval(dollars, low: low, high: high, unit: "$", shorter: shorter)
  }
}
