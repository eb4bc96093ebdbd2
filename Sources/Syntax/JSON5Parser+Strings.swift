extension JSON5Parser {
  /// Reads the quoted text at the current place.
  ///
  /// A text that is never closed ends with its line.
  mutating func parseString() -> String {
    let start = index
    let quote = peek
    index += 1
    var content: [UInt8] = []
    while true {
      if isAtEnd || (peek == 0x0A || peek == 0x0D) {
        report(
          .unterminatedString, "this text is never closed", start, index,
          help: "end it with `\(Character(Unicode.Scalar(quote)))`")
        forgivesComma = true
        break
      }
      if peek == quote {
        index += 1
        break
      }
      if peek == UInt8(ascii: "\\") {
        parseEscape(into: &content)
      } else {
        content.append(peek)
        index += 1
      }
    }
    return String(decoding: content, as: UTF8.self)
  }

  private mutating func parseEscape(into content: inout [UInt8]) {
    let start = index
    index += 1
    guard !isAtEnd else { return }
    let lineBreak = SourceFile.lineBreak(in: bytes, at: index)
    if lineBreak > 0 {
      index += lineBreak
      return
    }
    let sign = peek
    index += 1
    switch sign {
    case UInt8(ascii: "n"): content.append(0x0A)
    case UInt8(ascii: "r"): content.append(0x0D)
    case UInt8(ascii: "t"): content.append(0x09)
    case UInt8(ascii: "b"): content.append(0x08)
    case UInt8(ascii: "f"): content.append(0x0C)
    case UInt8(ascii: "v"): content.append(0x0B)
    case UInt8(ascii: "x"): parseScalar(digits: 2, from: start, into: &content)
    case UInt8(ascii: "u"): parseScalar(digits: 4, from: start, into: &content)
    case UInt8(ascii: "0") where !(0x30...0x39).contains(peek): content.append(0)
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      report(
        .badEscape, "a backslash before a digit is no escape", start, index,
        help: "write `\\xHH` or `\\uHHHH`")
    default: content.append(sign)
    }
  }

  private mutating func parseScalar(digits: Int, from start: Int, into content: inout [UInt8]) {
    guard let first = parseHex(digits) else {
      report(
        .badEscape, "`\\\(digits == 2 ? "x" : "u")` needs \(digits) hexadecimal digits", start,
        index)
      return
    }
    var value = first
    if (0xD800...0xDBFF).contains(first), peek == UInt8(ascii: "\\"), index + 1 < bytes.count,
      bytes[index + 1] == UInt8(ascii: "u")
    {
      let back = index
      index += 2
      if let second = parseHex(4), (0xDC00...0xDFFF).contains(second) {
        value = 0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)
      } else {
        index = back
      }
    }
    guard let scalar = Unicode.Scalar(value) else {
      report(.badEscape, "half of a surrogate pair stands for no character", start, index)
      return
    }
    content.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }

  private mutating func parseHex(_ digits: Int) -> UInt32? {
    var value: UInt32 = 0
    for _ in 0..<digits {
      guard !isAtEnd, let digit = Character(Unicode.Scalar(peek)).hexDigitValue else { return nil }
      value = value << 4 | UInt32(digit)
      index += 1
    }
    return value
  }

  /// Reads a key: quoted, or a bare word.
  ///
  /// A bare word with dashes or dots is reported and taken.
  mutating func parseKey() -> String? {
    switch peek {
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      return parseString()
    default:
      guard isWordByte(peek) || peek == UInt8(ascii: "\\") else {
        _ = unexpected()
        return nil
      }
    }
    let start = index
    var content: [UInt8] = []
    while !isAtEnd {
      if peek == UInt8(ascii: "\\"), index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "u")
      {
        parseEscape(into: &content)
      } else if isWordByte(peek) || peek == UInt8(ascii: "-") || peek == UInt8(ascii: ".") {
        content.append(peek)
        index += 1
      } else {
        break
      }
    }
    guard index > start else {
      _ = unexpected()
      return nil
    }
    let key = String(decoding: content, as: UTF8.self)
    if !Self.isIdentifier(key) {
      report(
        .unquotedKey, "the key \(VisibleText.quoted(key)) needs quotes", start, index,
        help: "write \"\(VisibleText.escaped(key))\"")
    }
    return key
  }

  /// Whether a byte belongs to a word: letters, digits, `$`, `_` and what is not ASCII nor space.
  func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "$"), UInt8(ascii: "_"):
      true
    case 0x80...: !isQuoteOrSpaceHere(byte)
    default: false
    }
  }

  /// Whether a typographic quote or a line separator (U+2018 to U+2029, all E2 80 xx) stands here.
  private func isQuoteOrSpaceHere(_ byte: UInt8) -> Bool {
    guard byte == 0xE2, index + 2 < bytes.count, bytes[index] == 0xE2, bytes[index + 1] == 0x80
    else { return false }
    return (0x98...0xA9).contains(bytes[index + 2])
  }

  /// Whether a key may stand bare (ECMAScript 5.1, 7.6 IdentifierName).
  package static func isIdentifier(_ text: String) -> Bool {
    var isFirst = true
    for scalar in text.unicodeScalars {
      switch scalar {
      case "a"..."z", "A"..."Z", "$", "_": break
      case "0"..."9": if isFirst { return false }
      default:
        guard !scalar.isASCII else { return false }
        let properties = scalar.properties
        guard isFirst ? properties.isIDStart : properties.isIDContinue else { return false }
      }
      isFirst = false
    }
    return !isFirst
  }
}
