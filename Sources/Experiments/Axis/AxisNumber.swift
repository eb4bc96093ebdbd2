import Quantities

/// A number with what stands around it in a setting: `$5k/month` is 5,000 between `$` and `/month`.
package struct AxisNumber: Hashable, Sendable {
  /// `$` or nothing.
  package var prefix: String
  package var value: Double
  /// The unit with its blank, such as ` ms` or `/s`; empty for a bare number.
  package var suffix: String

  /// Reads a number with its unit; nil for anything else.
  ///
  /// The prefixes k, M, G and T of a count or a rate are multiplied out.
  package init?(_ text: String) {
    var rest = Array(text.utf8)[...]
    var sign = ""
    if rest.first == UInt8(ascii: "-") {
      sign = "-"
      rest = rest.dropFirst()
    }
    prefix = rest.first == UInt8(ascii: "$") ? "$" : ""
    rest = rest.dropFirst(prefix.utf8.count)
    var end = rest.startIndex
    while end < rest.endIndex, Self.isOfNumber(rest, end) { end += 1 }
    guard let number = DecimalNumber(sign + String(decoding: rest[..<end], as: UTF8.self)),
      number.value.isFinite
    else { return nil }
    value = number.value
    suffix = String(decoding: rest[end...], as: UTF8.self)
    multiplyOut()
    // What comes after a number is a unit; digits would be a date or a time of day.
    guard !suffix.utf8.contains(where: { (0x30...0x39).contains($0) || $0 == 0x3A }) else {
      return nil
    }
  }

  private static func isOfNumber(_ bytes: ArraySlice<UInt8>, _ index: Int) -> Bool {
    let byte = bytes[index]
    if (0x30...0x39).contains(byte) || byte == UInt8(ascii: ".") { return true }
    let after = index + 1 < bytes.endIndex ? bytes[index + 1] : 0
    let before = index > bytes.startIndex ? bytes[index - 1] : 0
    let isExponent = { (byte: UInt8) in byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") }
    let isSign = { (byte: UInt8) in byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") }
    if isExponent(byte) { return (0x30...0x39).contains(after) || isSign(after) }
    return isSign(byte) && isExponent(before)
  }

  private mutating func multiplyOut() {
    let factors: [(UInt8, Double)] = [
      (UInt8(ascii: "k"), 1e3), (UInt8(ascii: "M"), 1e6), (UInt8(ascii: "G"), 1e9),
      (UInt8(ascii: "T"), 1e12),
    ]
    guard let first = suffix.utf8.first, let factor = factors.first(where: { $0.0 == first }),
      suffix.utf8.count == 1 || suffix.utf8.dropFirst().first == UInt8(ascii: "/")
    else { return }
    value *= factor.1
    suffix.removeFirst()
  }

  /// Whether nothing but the number stands there.
  package var isBare: Bool { prefix.isEmpty && suffix.isEmpty }

  /// Takes what it lacks of a unit from another number.
  package mutating func complete(by other: AxisNumber) {
    if prefix.isEmpty { prefix = other.prefix }
    if suffix.isEmpty { suffix = other.suffix }
  }

  /// Whether two numbers have the same unit, however it is spaced.
  package func hasUnit(of other: AxisNumber) -> Bool {
    prefix == other.prefix && Self.trimmed(suffix) == Self.trimmed(other.suffix)
  }

  private static func trimmed(_ text: String) -> Substring { text.drop { $0 == " " } }

  /// Another number in the same unit as it would be written, with six significant digits.
  package func text(_ value: Double) -> String {
    let digits = QuantityFormatter.shortest(value.magnitude, significant: 6)
    return (value < 0 && digits != "0" ? "-" : "") + prefix + digits + suffix
  }
}
