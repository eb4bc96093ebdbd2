/// The shortest decimal digits of a Double: d.ddd × 10^exponent.
struct DecimalDigits {
  var isNegative: Bool
  /// The digits 0...9, the first not 0 except for the number 0, the last not 0.
  var digits: [UInt8]
  var exponent: Int

  init(isNegative: Bool, digits: [UInt8], exponent: Int) {
    self.isNegative = isNegative
    self.digits = digits
    self.exponent = exponent
  }

  /// The digits of the library's description, which are the shortest that read back as `value`.
  init(_ value: Double) {
    isNegative = value.sign == .minus && value != 0
    digits = []
    exponent = 0
    var pointAt: Int?
    var scale = 0
    var inExponent = false
    var exponentIsNegative = false
    for byte in value.magnitude.description.utf8 {
      switch byte {
      case UInt8(ascii: "."): pointAt = digits.count
      case UInt8(ascii: "e"), UInt8(ascii: "E"): inExponent = true
      case UInt8(ascii: "-"): exponentIsNegative = true
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        let digit = byte - UInt8(ascii: "0")
        if inExponent { scale = scale * 10 + Int(digit) } else { digits.append(digit) }
      default: break
      }
    }
    exponent = (pointAt ?? digits.count) - 1 + (exponentIsNegative ? -scale : scale)
    trim()
  }

  private mutating func trim() {
    let leading = digits.prefix { $0 == 0 }.count
    digits.removeFirst(leading)
    exponent -= leading
    while digits.last == 0 { digits.removeLast() }
    if digits.isEmpty {
      digits = [0]
      exponent = 0
    }
  }

  var isZero: Bool { digits == [0] }

  /// Rounded half away from zero to `count` significant digits.
  func rounded(toSignificant count: Int) -> DecimalDigits {
    rounded(keeping: max(1, count))
  }

  /// Rounded half away from zero to `decimals` decimals.
  func rounded(toDecimals decimals: Int) -> DecimalDigits {
    isZero ? self : rounded(keeping: exponent + 1 + decimals)
  }

  /// Keeps the first `count` digits, which may be none or fewer.
  private func rounded(keeping count: Int) -> DecimalDigits {
    if count >= digits.count { return self }
    var result = self
    guard count >= 0 else { return DecimalDigits(isNegative: false, digits: [0], exponent: 0) }
    let roundsUp = digits[count] >= 5
    result.digits = Array(digits.prefix(count))
    if roundsUp {
      var index = count - 1
      while index >= 0, result.digits[index] == 9 {
        result.digits[index] = 0
        index -= 1
      }
      if index >= 0 {
        result.digits[index] += 1
      } else {
        result.digits.insert(1, at: 0)
        result.exponent += 1
      }
    }
    result.trim()
    if result.isZero { result.isNegative = false }
    return result
  }

  /// Plain notation with `decimals` decimals; the number must have been rounded to no more.
  func text(decimals: Int, grouped: Bool = true) -> String {
    func digit(_ power: Int) -> Character {
      let index = exponent - power
      let value = digits.indices.contains(index) ? digits[index] : 0
      return Character(UnicodeScalar(UInt8(ascii: "0") + value))
    }
    let whole = String((0...max(0, exponent)).reversed().map(digit))
    let head =
      grouped ? Self.grouped(whole, negative: isNegative) : (isNegative ? "-" : "") + whole
    guard decimals > 0 else { return head }
    return head + "." + String((1...decimals).map { digit(-$0) })
  }

  /// "3.6e11".
  func scientificText(digits count: Int) -> String {
    if isZero { return "0" }
    let kept = digits + Array(repeating: 0, count: max(0, count - digits.count))
    let characters = kept.map { Character(UnicodeScalar(UInt8(ascii: "0") + $0)) }
    let head = (isNegative ? "-" : "") + String(characters[0])
    let tail = kept.count > 1 ? "." + String(characters.dropFirst()) : ""
    return head + tail + "e\(exponent)"
  }

  /// Digits with commas between thousands.
  static func grouped(_ digits: String, negative: Bool) -> String {
    var result = negative ? "-" : ""
    let count = digits.utf8.count
    for (index, character) in digits.enumerated() {
      if index > 0, (count - index) % 3 == 0 { result.append(",") }
      result.append(character)
    }
    return result
  }
}
