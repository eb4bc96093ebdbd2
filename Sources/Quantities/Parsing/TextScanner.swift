/// Reads numbers, words and marks from the UTF-8 bytes of a short text.
struct TextScanner {
  let bytes: [UInt8]
  var position = 0

  init(_ text: String) { bytes = Array(text.utf8) }

  var isAtEnd: Bool { position == bytes.count }
  var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  mutating func skipSpaces() {
    while next == UInt8(ascii: " ") { position += 1 }
  }

  /// Passes over `character` if it comes next.
  mutating func take(_ character: Character) -> Bool {
    guard let byte = character.asciiValue, next == byte else { return false }
    position += 1
    return true
  }

  /// Passes over `word` if it comes next.
  mutating func take(word: String) -> Bool {
    guard bytes[position...].starts(with: word.utf8) else { return false }
    position += word.utf8.count
    return true
  }

  /// The text of a range.
  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// The letters, percent signs and other bytes up to a space, digit, slash or the end.
  mutating func word() -> String {
    let start = position
    while let byte = next, byte != UInt8(ascii: " "), byte != UInt8(ascii: "/"), !isDigit(byte) {
      position += 1
    }
    return text(start..<position)
  }

  /// Whether a digit comes next that does not begin a time of day.
  func startsPlainNumber() -> Bool {
    let rest = bytes[position...]
    guard let first = rest.first, isDigit(first) else { return false }
    return rest.first { !isDigit($0) } != UInt8(ascii: ":")
  }

  /// A run of exactly `count` digits.
  mutating func digits(exactly count: Int) -> Int? {
    var value = 0
    guard position + count <= bytes.count else { return nil }
    for offset in 0..<count {
      let byte = bytes[position + offset]
      guard isDigit(byte) else { return nil }
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
    }
    position += count
    return value
  }

  /// A decimal number; nil, and nothing is passed over, if none comes next.
  mutating func number() -> DecimalNumber? {
    let start = position
    let isNegative = take("-")
    if !isNegative { _ = take("+") }
    var mantissa: Int128 = 0
    var exponent = 0
    var count = 0
    func absorb(_ byte: UInt8, isFraction: Bool) {
      count += 1
      // Digits beyond 36 only move the point: nothing that is simulated has so many.
      if mantissa < 100_000_000_000_000_000_000_000_000_000_000_000 {
        mantissa = mantissa * 10 + Int128(byte - UInt8(ascii: "0"))
        if isFraction { exponent -= 1 }
      } else if !isFraction {
        exponent += 1
      }
    }
    while let byte = next, isDigit(byte) {
      absorb(byte, isFraction: false)
      position += 1
    }
    if next == UInt8(ascii: ".") {
      position += 1
      while let byte = next, isDigit(byte) {
        absorb(byte, isFraction: true)
        position += 1
      }
    }
    guard count > 0 else {
      position = start
      return nil
    }
    exponent += powerOfTen()
    return DecimalNumber(mantissa: isNegative ? -mantissa : mantissa, exponent: exponent)
  }

  /// The power of ten after an `e`, 0 where there is none; capped far beyond every range.
  private mutating func powerOfTen() -> Int {
    let start = position
    guard take("e") || take("E") else { return 0 }
    let isNegative = take("-")
    if !isNegative { _ = take("+") }
    guard let byte = next, isDigit(byte) else {
      position = start
      return 0
    }
    var power = 0
    while let byte = next, isDigit(byte) {
      power = min(power * 10 + Int(byte - UInt8(ascii: "0")), 100_000)
      position += 1
    }
    return isNegative ? -power : power
  }

  private func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }
}
