import Quantities

/// Numbers as text, the same on any machine and in any locale.
package enum NumberText {
  /// A number with a fixed count of digits after the point and thousands separators.
  ///
  /// Never writes a negative zero. What has no end is said in words.
  package static func fixed(_ value: Double, decimals: Int, separators: Bool = true) -> String {
    guard value.isFinite else { return value.isNaN ? "not a number" : "no end" }
    guard value.magnitude < 1e15 else { return QuantityFormatter.scientific(value, digits: 3) }
    let text = QuantityFormatter.fixed(value, decimals: decimals, grouped: separators)
    let isZero = !text.unicodeScalars.contains { ("1"..."9").contains($0) }
    return isZero && text.hasPrefix("-") ? String(text.dropFirst()) : text
  }

  /// The decimal place of the first digit: 2 for 188, -1 for 0.5; 0 for zero.
  package static func leadingPlace(of value: Double) -> Int {
    var rest = value.magnitude
    guard rest > 0, rest.isFinite else { return 0 }
    var place = 0
    while rest >= 10 {
      rest /= 10
      place += 1
    }
    while rest < 1 {
      rest *= 10
      place -= 1
    }
    return place
  }

  /// Digits after the point that an interval of the given half-width justifies: its first digit.
  package static func decimals(forHalfWidth halfWidth: Double) -> Int {
    min(max(0, -leadingPlace(of: halfWidth)), 9)
  }

  /// Digits after the point that show a number with three significant digits.
  package static func decimals(forValue value: Double) -> Int {
    if value == value.rounded(), value.magnitude < 1e15 { return 0 }
    return min(max(0, 2 - leadingPlace(of: value)), 9)
  }

  /// The shortest text that reads back as the same number, without a power of ten where it is
  /// short: what CSV files hold.
  package static func exact(_ value: Double) -> String {
    guard value.isFinite else { return "" }
    if value == 0 { return "0" }
    let text = "\(value)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
