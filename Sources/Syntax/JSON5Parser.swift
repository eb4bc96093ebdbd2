/// Reads JSON5 (spec.json5.org) into a tree with source ranges and reports all mistakes at once.
///
/// After a mistake it goes on at the next comma, bracket or line, so that no slip hides others.
/// NaN and Infinity are refused. - Complexity: linear in the length of the text.
package struct JSON5Parser {
  /// What protects the machine from a hostile file.
  package struct Limits: Sendable {
    /// The largest file in bytes.
    package var bytes: Int
    /// The deepest nesting of objects and lists.
    package var depth: Int

    /// Limits; the defaults are those of scenario files.
    package init(bytes: Int = 16_000_000, depth: Int = 200) {
      self.bytes = bytes
      self.depth = depth
    }
  }

  /// A bracket that is open: what it is and where.
  struct Opener {
    var isObject: Bool
    var offset: Int
  }

  let file: FileID
  let bytes: [UInt8]
  let limits: Limits
  var index = 0
  var diagnostics = Diagnostics()
  var openers: [Opener] = []
  /// Set where a mistake was reported whose repair may look like a missing comma.
  var forgivesComma = false

  init(file: FileID, bytes: [UInt8], limits: Limits) {
    self.file = file
    self.bytes = bytes
    self.limits = limits
  }

  /// Reads one file of a map.
  ///
  /// The tree is nil where nothing could be made of the text; where there are errors it holds what
  /// could be read.
  package static func parse(
    _ file: FileID, of sources: SourceMap, limits: Limits = Limits(),
    into diagnostics: inout Diagnostics
  ) -> SyntaxNode? {
    var parser = JSON5Parser(file: file, bytes: sources[file].bytes, limits: limits)
    let tree = parser.parseDocument()
    diagnostics.add(contentsOf: parser.diagnostics)
    return tree
  }

  /// Reads bytes whose offsets are those of a file, such as the value of a `--set` option.
  package static func parse(
    _ bytes: [UInt8], as file: FileID, into diagnostics: inout Diagnostics
  ) -> SyntaxNode? {
    var parser = JSON5Parser(file: file, bytes: bytes, limits: Limits())
    let tree = parser.parseDocument()
    diagnostics.add(contentsOf: parser.diagnostics)
    return tree
  }

  private mutating func parseDocument() -> SyntaxNode? {
    guard checkText() else { return nil }
    skipSpace()
    guard !isAtEnd else {
      report(.emptyFile, "the file holds nothing", bytes.count, bytes.count)
      return nil
    }
    let tree = parseValue()
    if tree == nil { recover() }
    skipSpace()
    // After a wrong bracket the end of the value is a guess.
    let isSure = !forgivesComma && !diagnostics.list.contains { $0.code == .wrongBracket }
    if !isAtEnd, isSure, tree != nil {
      report(.textAfterEnd, "text after the end of the value", index, endOfLine(from: index))
    }
    return tree
  }

  /// Reads the value at the current place; reports and returns nil where there is none.
  mutating func parseValue() -> SyntaxNode? {
    switch peek {
    case UInt8(ascii: "{"): return parseBracketed(isObject: true)
    case UInt8(ascii: "["): return parseBracketed(isObject: false)
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      let start = index
      let text = parseString()
      return SyntaxNode(.string(text), at: range(start, index))
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
      UInt8(ascii: "."):
      return parseNumber()
    default:
      return isWordByte(peek) ? parseWord() : unexpected()
    }
  }

  private mutating func parseBracketed(isObject: Bool) -> SyntaxNode? {
    let start = index
    guard openers.count < limits.depth else {
      report(
        .nestedTooDeeply, "objects and lists are nested more than \(limits.depth) deep",
        start, start + 1)
      index = bytes.count
      return nil
    }
    openers.append(Opener(isObject: isObject, offset: start))
    defer { openers.removeLast() }
    index += 1
    let value: SyntaxValue = isObject ? .object(parseMembers()) : .array(parseElements())
    return SyntaxNode(value, at: range(start, index))
  }

  private mutating func parseElements() -> [SyntaxNode] {
    var elements: [SyntaxNode] = []
    while !isAtClosing(isObject: false) {
      if skipIdleComma() { continue }
      guard let element = parseValue() else {
        recover()
        skipComma()
        continue
      }
      elements.append(element)
      endItem(previousEnd: element.range.end, isObject: false)
    }
    return elements
  }

  private mutating func parseMembers() -> SyntaxObject {
    var members: [SyntaxMember] = []
    var seen: [String: Int] = [:]
    while !isAtClosing(isObject: true) {
      if skipIdleComma() { continue }
      guard let member = parseMember() else {
        recover()
        skipComma()
        continue
      }
      if let first = seen[member.key] {
        reportDouble(members[first], member)
      } else {
        seen[member.key] = members.count
        members.append(member)
      }
      endItem(previousEnd: member.value.range.end, isObject: true)
    }
    return SyntaxObject(members)
  }

  private mutating func parseMember() -> SyntaxMember? {
    let start = index
    guard let key = parseKey() else { return nil }
    let keyRange = range(start, index)
    skipSpace()
    switch peek {
    case UInt8(ascii: ":"): index += 1
    case UInt8(ascii: "="):
      report(
        .missingColon, "a key is followed by `:`, not by `=`", index, index + 1, help: "write `:`")
      index += 1
    default:
      report(
        .missingColon, "no `:` after the key \(VisibleText.quoted(key))", keyRange.start,
        keyRange.end)
      forgivesComma = true
      return nil
    }
    skipSpace()
    guard peek != UInt8(ascii: ","), peek != UInt8(ascii: "}") else {
      report(
        .missingValue, "the key \(VisibleText.quoted(key)) has no value", keyRange.start,
        keyRange.end)
      return SyntaxMember(key: key, keyRange: keyRange, value: SyntaxNode(.null, at: keyRange))
    }
    guard let value = parseValue() else { return nil }
    return SyntaxMember(key: key, keyRange: keyRange, value: value)
  }

  private mutating func reportDouble(_ first: SyntaxMember, _ second: SyntaxMember) {
    diagnostics.add(
      Diagnostic(
        .duplicateKey, "key \(VisibleText.quoted(second.key)) is there twice", at: second.keyRange,
        label: "again here", secondary: [Diagnostic.Label(first.keyRange, "first here")],
        help: "take one of them away"))
  }
}
