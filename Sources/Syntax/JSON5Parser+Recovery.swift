extension JSON5Parser {
  var isAtEnd: Bool { index >= bytes.count }

  /// The byte at the current place, 0 at the end; the text itself holds no 0.
  var peek: UInt8 { index < bytes.count ? bytes[index] : 0 }

  func range(_ start: Int, _ end: Int) -> SourceRange {
    SourceRange(file: file, start: start, end: end)
  }

  /// Reports a mistake; gives the rest of the text up where the limit of errors is reached.
  mutating func report(
    _ code: DiagnosticCode, _ message: String, _ start: Int, _ end: Int, help: String? = nil,
    also: [Diagnostic.Label] = []
  ) {
    diagnostics.add(
      Diagnostic(code, message, at: range(start, end), secondary: also, help: help))
    if diagnostics.isFull { index = bytes.count }
  }

  /// Whether the object or list ends here; takes its bracket, reports a wrong or missing one.
  mutating func isAtClosing(isObject: Bool) -> Bool {
    skipSpace()
    let opener = openers[openers.count - 1]
    if isAtEnd {
      // Only the innermost bracket is reported: those around it are open for the same reason.
      if !forgivesComma, !diagnostics.isFull, !diagnostics.list.contains(where: isAboutEnd) {
        let name = isObject ? "{" : "["
        report(.unclosedBracket, "`\(name)` is never closed", opener.offset, opener.offset + 1)
      }
      return true
    }
    guard peek == UInt8(ascii: "}") || peek == UInt8(ascii: "]") else { return false }
    let closesObject = peek == UInt8(ascii: "}")
    if closesObject != isObject {
      let isOpen = openers.dropLast().contains { $0.isObject == closesObject }
      let names = isObject ? ("{", "]") : ("[", "}")
      report(
        .wrongBracket, "`\(names.0)` is closed by `\(names.1)`", index, index + 1,
        also: [Diagnostic.Label(range(opener.offset, opener.offset + 1), "opened here")])
      // The bracket belongs to an outer one if there is such; else it was meant for this one.
      if isOpen { return true }
    }
    index = min(index + 1, bytes.count)
    return true
  }

  private func isAboutEnd(_ diagnostic: Diagnostic) -> Bool {
    switch diagnostic.code {
    case .unclosedBracket, .nestedTooDeeply, .unterminatedComment: true
    default: false
    }
  }

  /// Takes a comma with nothing before it, and says that something is missing there.
  mutating func skipIdleComma() -> Bool {
    guard peek == UInt8(ascii: ",") else { return false }
    report(.missingValue, "nothing stands before this comma", index, index + 1)
    index = min(index + 1, bytes.count)
    return true
  }

  mutating func skipComma() {
    skipSpace()
    if peek == UInt8(ascii: ",") { index += 1 }
    forgivesComma = false
  }

  /// Takes the comma after a member or element, or reports that it is missing.
  mutating func endItem(previousEnd: Int, isObject: Bool) {
    skipSpace()
    defer { forgivesComma = false }
    switch peek {
    case UInt8(ascii: ","): index += 1
    case UInt8(ascii: "}"), UInt8(ascii: "]"): return
    case UInt8(ascii: ";"):
      report(
        .missingComma, "a comma separates the parts, not `;`", index, index + 1, help: "write `,`")
      index = min(index + 1, bytes.count)
    default:
      guard !isAtEnd, !forgivesComma else { return }
      if startsItem(isObject: isObject) {
        report(
          .missingComma, "a comma is missing here", previousEnd, previousEnd + 1,
          help: "write `,`")
      } else {
        _ = unexpected()
        recover()
        skipComma()
      }
    }
  }

  private func startsItem(isObject: Bool) -> Bool {
    switch peek {
    case UInt8(ascii: "\""), UInt8(ascii: "'"): true
    case UInt8(ascii: "{"), UInt8(ascii: "["): !isObject
    default: isWordByte(peek)
    }
  }

  /// Reports a character that cannot stand here.
  mutating func unexpected() -> SyntaxNode? {
    guard !isAtEnd else {
      let last = openers.last?.offset ?? 0
      if !diagnostics.list.contains(where: isAboutEnd) {
        report(.missingValue, "the text ends where a value should stand", last, last + 1)
      }
      return nil
    }
    let scalar = scalarHere()
    let shown = VisibleText.quoted(String(Character(scalar)))
    let end = index + UTF8.width(scalar)
    switch scalar {
    case "#":
      report(
        .unexpectedText, "\(shown) begins no comment", index, end,
        help: "comments begin with `//`")
      index = endOfLine(from: min(index, bytes.count))
      forgivesComma = true
    case "\u{201C}", "\u{201D}", "\u{2018}", "\u{2019}", "\u{201E}", "`":
      report(
        .unexpectedText, "\(shown) is no quote of JSON5", index, end, help: "write `\"`")
      index = endOfLine(from: min(index, bytes.count))
      forgivesComma = true
    default:
      report(.unexpectedText, "\(shown) cannot stand here", index, end)
    }
    return nil
  }

  /// Goes to the next comma or bracket of this level, or to a line that begins like a member.
  mutating func recover() {
    if forgivesComma { return }
    let start = index
    var depth = 0
    while !isAtEnd {
      let before = index
      skipSpace()
      let brokeLine = bytes[before..<index].contains { $0 == 0x0A || $0 == 0x0D }
      guard !isAtEnd else { return }
      switch peek {
      case UInt8(ascii: ","): if depth == 0 { return }
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if depth == 0 { return }
        depth -= 1
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        if depth == 0, brokeLine, index > start {
          forgivesComma = true
          return
        }
        skipQuoted()
        continue
      default:
        if depth == 0, brokeLine, index > start, isWordByte(peek) {
          forgivesComma = true
          return
        }
      }
      index += 1
    }
  }

  /// Goes over a string without looking at it.
  private mutating func skipQuoted() {
    let quote = peek
    index += 1
    while !isAtEnd, peek != quote, SourceFile.lineBreak(in: bytes, at: index) == 0 {
      index += peek == UInt8(ascii: "\\") ? 2 : 1
    }
    index = min(index + 1, bytes.count)
  }

  func endOfLine(from offset: Int) -> Int {
    var end = offset
    while end < bytes.count, SourceFile.lineBreak(in: bytes, at: end) == 0 { end += 1 }
    return end
  }
}
