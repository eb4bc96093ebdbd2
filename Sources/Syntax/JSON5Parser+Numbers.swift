extension JSON5Parser {
  /// Reads the number at the current place, and explains what looks like one and is none.
  mutating func parseNumber() -> SyntaxNode? {
    let start = index
    let end = endOfWord(from: start)
    let text = String(decoding: bytes[start..<end], as: UTF8.self)
    if let tail = unitTail(from: end, word: text) { return unquotedQuantity(start, tail) }
    index = end
    if Self.isNotFinite(text) { return notFinite(text, start) }
    guard text.utf8.count <= 400, let number = Self.number(text) else {
      return badNumber(text, start)
    }
    guard number.value.isFinite else {
      report(
        .numberTooLarge, "the number \(VisibleText.quoted(text)) is too large to be kept", start,
        end)
      return SyntaxNode(.number(SyntaxNumber(0)), at: range(start, end))
    }
    return SyntaxNode(.number(number), at: range(start, end))
  }

  /// Reads true, false or null, and explains every other bare word.
  mutating func parseWord() -> SyntaxNode? {
    let start = index
    let end = endOfWord(from: start)
    let text = String(decoding: bytes[start..<end], as: UTF8.self)
    if let value = Self.literal(text), unitTail(from: end, word: "") == nil {
      index = end
      return SyntaxNode(value, at: range(start, end))
    }
    if Self.isNotFinite(text) {
      index = end
      return notFinite(text, start)
    }
    let tail = unitTail(from: end, word: "") ?? end
    let whole = VisibleText.escaped(String(decoding: bytes[start..<tail], as: UTF8.self))
    let meant: String? =
      switch text {
      case "True", "TRUE", "yes": "true"
      case "False", "FALSE", "no": "false"
      case "None", "nil", "Null", "NULL", "undefined": "null"
      default: nil
      }
    index = tail
    report(
      .unquotedText, "\(VisibleText.quoted(whole)) needs quotes", start, tail,
      help: meant.map { "write \($0)" } ?? "write \"\(whole)\"")
    let value = meant.flatMap { Self.literal($0) } ?? .string(whole)
    return SyntaxNode(value, at: range(start, tail))
  }

  private static func literal(_ text: String) -> SyntaxValue? {
    switch text {
    case "true": .bool(true)
    case "false": .bool(false)
    case "null": .null
    default: nil
    }
  }

  private static func isNotFinite(_ text: String) -> Bool {
    let bare = text.first == "+" || text.first == "-" ? text.dropFirst() : text[...]
    return bare == "NaN" || bare == "Infinity" || bare == "nan" || bare == "inf"
  }

  private mutating func notFinite(_ text: String, _ start: Int) -> SyntaxNode {
    let end = index
    report(
      .notFinite, "`\(text)` is no quantity: numbers are finite", start, end,
      help: text.contains("N") && text.contains("a") ? nil : "leave the key out to have no limit")
    return SyntaxNode(.number(SyntaxNumber(0)), at: range(start, end))
  }

  private mutating func badNumber(_ text: String, _ start: Int) -> SyntaxNode {
    let end = index
    let plain = text.filter { $0 != "_" }
    var help: String?
    if plain != text, Self.number(plain) != nil {
      help = "write \(plain)"
    } else if text.utf8.count > 1, text.utf8.first == UInt8(ascii: "0"),
      let value = Int(text, radix: 10)
    {
      help = "write \(value)"
    } else if text.utf8.count <= 40, text.utf8.contains(where: { $0 > 0x39 }) {
      help = "write \"\(VisibleText.escaped(text))\""
    }
    report(.badNumber, "\(VisibleText.quoted(text)) is no number", start, end, help: help)
    return SyntaxNode(.number(SyntaxNumber(0)), at: range(start, end))
  }

  /// Reports a quantity without quotes, such as `250 ms` or `5k/s`.
  private mutating func unquotedQuantity(_ start: Int, _ end: Int) -> SyntaxNode {
    index = end
    let text = VisibleText.escaped(String(decoding: bytes[start..<end], as: UTF8.self))
    report(
      .unquotedText, "the quantity \(VisibleText.quoted(text)) needs quotes", start, end,
      help: "write \"\(text)\"")
    return SyntaxNode(.string(text), at: range(start, end))
  }

  private func endOfWord(from start: Int) -> Int {
    var end = start
    while end < bytes.count, bytes[end] == UInt8(ascii: "-") || bytes[end] == UInt8(ascii: "+") {
      end += 1
    }
    while end < bytes.count {
      let byte = bytes[end]
      let isSign = byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
      let afterExponent = end > start && bytes[end - 1] | 0x20 == UInt8(ascii: "e")
      guard isWordByte(byte) || byte == UInt8(ascii: ".") || isSign && afterExponent else { break }
      end += 1
    }
    return end
  }

  /// Where a bare quantity or text ends, nil if nothing belongs to the word before.
  ///
  /// What follows belongs to it up to the next comma, bracket, comment or line end, unless it is a
  /// key, in which case only a comma is missing.
  private func unitTail(from end: Int, word: String) -> Int? {
    var stop = end
    var last = end
    scan: while stop < bytes.count, SourceFile.lineBreak(in: bytes, at: stop) == 0 {
      switch bytes[stop] {
      case UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: "{"),
        UInt8(ascii: "["), UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: ";"):
        break scan
      case UInt8(ascii: "/") where stop + 1 < bytes.count:
        if bytes[stop + 1] == UInt8(ascii: "/") || bytes[stop + 1] == UInt8(ascii: "*") {
          break scan
        }
        last = stop + 1
      case UInt8(ascii: ":"): return nil
      case 0x20, 0x09: break
      // A second number is a second element of a list whose comma is missing.
      case 0x2B, 0x2D, 0x2E, 0x30...0x39:
        if last == end { return nil }
        last = stop + 1
      default: last = stop + 1
      }
      stop += 1
      guard stop - end < 80 else { return nil }
    }
    if last > end { return last }
    // A word such as `5k` is no number either, but a unit glued to digits.
    let isUnit = word.utf8.first.map { $0 < 0x3A } ?? false
    return isUnit && Self.isQuantityWord(word) ? end : nil
  }

  /// Digits followed by letters that are neither hexadecimal nor an exponent: `250ms`, `5k`.
  private static func isQuantityWord(_ word: String) -> Bool {
    guard let letter = word.utf8.firstIndex(where: { $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A })
    else { return false }
    let digits = word[..<letter]
    guard digits.utf8.contains(where: { (0x30...0x39).contains($0) }), !word.contains("_"),
      !word.hasPrefix("0x"), number(word) == nil
    else { return false }
    return word.utf8[letter] | 0x20 != 0x65 && !isNotFinite(word)
  }

  /// The value of a numeral of JSON5, nil where it is none.
  private static func number(_ text: String) -> SyntaxNumber? {
    var digits = text[...]
    let isNegative = digits.first == "-"
    if isNegative || digits.first == "+" { digits = digits.dropFirst() }
    if digits.hasPrefix("0x") || digits.hasPrefix("0X") {
      guard let value = UInt64(digits.dropFirst(2), radix: 16),
        digits.utf8[
          digits.index(digits.startIndex, offsetBy: 2)] != UInt8(ascii: "+")
      else { return nil }
      let double = isNegative ? -Double(value) : Double(value)
      return SyntaxNumber(double, integer: Int(exactly: value).map { isNegative ? -$0 : $0 })
    }
    guard isDecimal(digits.utf8), let value = Double(digits) else { return nil }
    let signed = isNegative ? -value : value
    if let integer = Int(text) { return SyntaxNumber(signed, integer: integer) }
    let exact = abs(signed) < 9e15 ? Int(exactly: signed) : nil
    return SyntaxNumber(signed, integer: exact)
  }

  /// Whether a text is digits with at most one point and an exponent, without leading zeros.
  private static func isDecimal(_ text: Substring.UTF8View) -> Bool {
    var rest = text[...]
    let whole = rest.prefix { (0x30...0x39).contains($0) }
    rest = rest.dropFirst(whole.count)
    if whole.count > 1, whole.first == 0x30 { return false }
    var fraction = 0
    if rest.first == 0x2E {
      rest = rest.dropFirst()
      fraction = rest.prefix { (0x30...0x39).contains($0) }.count
      rest = rest.dropFirst(fraction)
    }
    guard !whole.isEmpty || fraction > 0 else { return false }
    if let mark = rest.first, mark | 0x20 == 0x65 {
      rest = rest.dropFirst()
      if rest.first == 0x2B || rest.first == 0x2D { rest = rest.dropFirst() }
      let exponent = rest.prefix { (0x30...0x39).contains($0) }
      guard !exponent.isEmpty else { return false }
      rest = rest.dropFirst(exponent.count)
    }
    return rest.isEmpty
  }
}
