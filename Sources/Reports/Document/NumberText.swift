/// Numbers as text, the same on any machine and in any locale.
package enum NumberText {
  /// A number with a fixed count of digits after the point and thousands separators.
  ///
  /// Rounds half to even. Never writes a negative zero. Numbers too large for exact digits are
  /// written with a power of ten.
  package static func fixed(_ value: Double, decimals: Int, separators: Bool = true) -> String {
    guard value.isFinite else { return value.isNaN ? "not a number" : "no end" }
    let scaled = (value.magnitude * powerOfTen(decimals)).rounded(.toNearestOrEven)
    guard scaled < 9e15 else { return scientific(value) }
    var digits = Array(String(Int64(scaled)).utf8)
    while digits.count <= decimals { digits.insert(UInt8(ascii: "0"), at: 0) }
    let whole = digits.dropLast(decimals)
    var text = value < 0 && scaled > 0 ? "-" : ""
    for (place, digit) in whole.enumerated() {
      if separators, place > 0, (whole.count - place) % 3 == 0 { text += "," }
      text.unicodeScalars.append(Unicode.Scalar(digit))
    }
    if decimals > 0 {
      text += "."
      for digit in digits.suffix(decimals) { text.unicodeScalars.append(Unicode.Scalar(digit)) }
    }
    return text
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

  private static func scientific(_ value: Double) -> String {
    let place = leadingPlace(of: value)
    var mantissa = value.magnitude
    for _ in 0..<max(place, 0) { mantissa /= 10 }
    return (value < 0 ? "-" : "") + fixed(mantissa, decimals: 2) + "e\(place)"
  }

  private static func powerOfTen(_ exponent: Int) -> Double {
    var power = 1.0
    for _ in 0..<exponent { power *= 10 }
    return power
  }
}
