extension JSON5Parser {
  /// Refuses what is not text at all, with one error, before anything is read.
  mutating func checkText() -> Bool {
    guard bytes.count <= limits.bytes else {
      let limit = limits.bytes / 1_000_000
      report(.fileTooLarge, "the file has more than \(limit) MB", 0, 0)
      return false
    }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      report(.notText, "the file is UTF-16", 0, 1, help: "save it as UTF-8")
      return false
    }
    if let offset = Self.firstInvalidByte(bytes) {
      let byte = String(bytes[offset], radix: 16, uppercase: true)
      report(
        .notText, "the byte 0x\(byte.count == 1 ? "0" : "")\(byte) cannot stand in UTF-8 text",
        offset, offset + 1)
      return false
    }
    return true
  }

  /// The first byte that breaks UTF-8 (RFC 3629) or is a control character other than white space.
  static func firstInvalidByte(_ bytes: [UInt8]) -> Int? {
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte < 0x80 {
        if byte < 0x20 ? !(0x09...0x0D).contains(byte) : byte == 0x7F { return index }
        index += 1
        continue
      }
      let length: Int
      var second: ClosedRange<UInt8> = 0x80...0xBF
      switch byte {
      case 0xC2...0xDF: length = 2
      case 0xE0: (length, second) = (3, 0xA0...0xBF)
      case 0xED: (length, second) = (3, 0x80...0x9F)
      case 0xE1...0xEF: length = 3
      case 0xF0: (length, second) = (4, 0x90...0xBF)
      case 0xF1...0xF3: length = 4
      case 0xF4: (length, second) = (4, 0x80...0x8F)
      default: return index
      }
      guard index + length <= bytes.count, second.contains(bytes[index + 1]) else { return index }
      for offset in 2..<max(length, 2) where bytes[index + offset] & 0xC0 != 0x80 { return index }
      index += length
    }
    return nil
  }

  /// Goes over white space and comments.
  mutating func skipSpace() {
    while !isAtEnd {
      switch peek {
      case 0x09...0x0D, 0x20: index += 1
      case UInt8(ascii: "/"):
        guard skipComment() else { return }
      case 0x80...:
        let scalar = scalarHere()
        guard Self.isSpace(scalar) else { return }
        index += UTF8.width(scalar)
      default: return
      }
    }
  }

  private mutating func skipComment() -> Bool {
    guard index + 1 < bytes.count else { return false }
    switch bytes[index + 1] {
    case UInt8(ascii: "/"):
      index = endOfLine(from: index)
      return true
    case UInt8(ascii: "*"):
      var end = index + 2
      while end + 1 < bytes.count {
        if bytes[end] == UInt8(ascii: "*"), bytes[end + 1] == UInt8(ascii: "/") {
          index = end + 2
          return true
        }
        end += 1
      }
      report(.unterminatedComment, "this comment is never closed", index, index + 2)
      index = bytes.count
      return true
    default: return false
    }
  }

  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0xA0, 0xFEFF, 0x2028, 0x2029: true
    default: scalar.properties.generalCategory == .spaceSeparator
    }
  }

  /// The scalar at the current place of a text that is known to be UTF-8.
  func scalarHere() -> Unicode.Scalar {
    let first = bytes[index]
    if first < 0x80 { return Unicode.Scalar(first) }
    let length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    var value = UInt32(first) & (0x7F >> UInt32(length))
    for byte in bytes[(index + 1)..<(index + length)] {
      value = value << 6 | UInt32(byte & 0x3F)
    }
    return Unicode.Scalar(value) ?? "\u{FFFD}"
  }
}

extension JSON5Parser {
  /// Whether bytes are UTF-8 without control characters other than white space.
  package static func isText(_ bytes: [UInt8]) -> Bool { firstInvalidByte(bytes) == nil }
}
