/// Writes JSON with stable bytes: members in the order given, numbers in their shortest form.
///
/// ```swift
/// var writer = JSONWriter(style: .pretty)
/// writer.object { $0.member("rate", 2.5) }
/// print(writer.text)
/// ```
package struct JSONWriter: Sendable {
  /// How much space there is between the parts.
  package enum Style: Sendable {
    /// No space at all, one line.
    case compact
    /// One member or element a line, two spaces of indentation.
    case pretty
  }

  private let style: Style
  private var bytes: [UInt8] = []
  private var depth = 0
  private var needsComma = false
  private var afterKey = false

  /// An empty text.
  package init(style: Style = .pretty) { self.style = style }

  /// What was written so far.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// What was written so far, as bytes.
  package var utf8: [UInt8] { bytes }

  /// Writes `{ … }` around what the body writes.
  package mutating func object<E: Error>(_ body: (inout JSONWriter) throws(E) -> Void) throws(E) {
    open("{")
    try body(&self)
    close("}")
  }

  /// Writes `[ … ]` around what the body writes.
  package mutating func array<E: Error>(_ body: (inout JSONWriter) throws(E) -> Void) throws(E) {
    open("[")
    try body(&self)
    close("]")
  }

  /// Writes the key of the value that is written next.
  package mutating func key(_ name: String) {
    separate()
    quote(name)
    append(style == .pretty ? ": " : ":")
    afterKey = true
  }

  /// Writes a text.
  package mutating func write(_ value: String) {
    separate()
    quote(value)
  }

  /// Writes a whole number.
  package mutating func write(_ value: Int) {
    separate()
    append(String(value))
  }

  /// Writes a number in the shortest form that reads back as the same double.
  ///
  /// What is not finite has no form in JSON and is written as null.
  package mutating func write(_ value: Double) {
    separate()
    append(value.isFinite ? ShortestNumber.text(value) : "null")
  }

  /// Writes true or false.
  package mutating func write(_ value: Bool) {
    separate()
    append(value ? "true" : "false")
  }

  /// Writes null.
  package mutating func writeNull() {
    separate()
    append("null")
  }

  /// Writes a tree.
  package mutating func write(_ value: JSONValue) {
    switch value {
    case .null: writeNull()
    case .bool(let flag): write(flag)
    case .integer(let number): write(number)
    case .number(let number): write(number)
    case .string(let text): write(text)
    case .array(let elements): array { for element in elements { $0.write(element) } }
    case .object(let members):
      object { for member in members { $0.member(member.key, member.value) } }
    }
  }

  /// Writes a key with a tree.
  package mutating func member(_ name: String, _ value: JSONValue) {
    key(name)
    write(value)
  }

  /// Writes a key with a text, or with null where there is none.
  package mutating func member(_ name: String, _ value: String?) {
    key(name)
    if let value { write(value) } else { writeNull() }
  }

  /// Writes a key with a whole number.
  package mutating func member(_ name: String, _ value: Int) {
    key(name)
    write(value)
  }

  /// Writes a key with a number, or with null where there is none.
  package mutating func member(_ name: String, _ value: Double?) {
    key(name)
    if let value { write(value) } else { writeNull() }
  }

  /// Writes a key with true or false.
  package mutating func member(_ name: String, _ value: Bool) {
    key(name)
    write(value)
  }

  private mutating func open(_ bracket: String) {
    separate()
    append(bracket)
    depth += 1
    needsComma = false
  }

  private mutating func close(_ bracket: String) {
    depth -= 1
    if needsComma { breakLine() }
    append(bracket)
    needsComma = true
  }

  /// Writes what stands before a value or key: a comma, a line break, or nothing after a key.
  private mutating func separate() {
    if afterKey {
      afterKey = false
      needsComma = true
      return
    }
    if needsComma { append(",") }
    if depth > 0 { breakLine() }
    needsComma = true
  }

  private mutating func breakLine() {
    guard style == .pretty else { return }
    bytes.append(0x0A)
    bytes.append(contentsOf: repeatElement(0x20, count: depth * 2))
  }

  private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

  private mutating func quote(_ text: String) {
    bytes.append(0x22)
    for byte in text.utf8 {
      switch byte {
      case 0x22: append("\\\"")
      case 0x5C: append("\\\\")
      case 0x0A: append("\\n")
      case 0x0D: append("\\r")
      case 0x09: append("\\t")
      case 0..<0x20: append("\\u00" + (byte < 16 ? "0" : "") + String(byte, radix: 16))
      default: bytes.append(byte)
      }
    }
    bytes.append(0x22)
  }
}

/// The shortest decimal text that reads back as the same double.
package enum ShortestNumber {
  /// The text of a finite number: `3` rather than `3.0`, `1e-07` as `1e-7`.
  package static func text(_ value: Double) -> String {
    precondition(value.isFinite, "a number that is not finite has no text")
    let text = value.description
    if text.hasSuffix(".0") { return String(text.dropLast(2)) }
    guard let mark = text.utf8.firstIndex(of: 0x65) else { return text }
    var mantissa = text[..<mark]
    var exponent = text[text.index(after: mark)...]
    if mantissa.hasSuffix(".0") { mantissa = mantissa.dropLast(2) }
    let negative = exponent.hasPrefix("-")
    if negative || exponent.hasPrefix("+") { exponent = exponent.dropFirst() }
    while exponent.count > 1, exponent.hasPrefix("0") { exponent = exponent.dropFirst() }
    return mantissa + (negative ? "e-" : "e") + exponent
  }
}
