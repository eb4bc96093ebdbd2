/// A value of a JSON5 text that knows where it stands.
package struct SyntaxNode: Sendable {
  /// What it is.
  package var value: SyntaxValue
  /// Where it stands, quotes and brackets included.
  package var range: SourceRange

  /// A value at a place.
  package init(_ value: SyntaxValue, at range: SourceRange) {
    self.value = value
    self.range = range
  }
}

/// The six kinds of JSON value.
package indirect enum SyntaxValue: Sendable {
  case null
  case bool(Bool)
  case number(SyntaxNumber)
  case string(String)
  case array([SyntaxNode])
  case object(SyntaxObject)

  /// What messages call the kind, with its article: "an object".
  package var kindName: String {
    switch self {
    case .null: "null"
    case .bool(let flag): flag ? "true" : "false"
    case .number: "a number"
    case .string: "a text"
    case .array: "a list"
    case .object: "an object"
    }
  }
}

/// A number as a double and, where it was written as a whole number that fits, exactly.
package struct SyntaxNumber: Hashable, Sendable {
  /// The nearest double; always finite.
  package var value: Double
  /// The exact value of a whole number.
  package var integer: Int?

  /// A number; `integer` is given where the text was a whole number.
  package init(_ value: Double, integer: Int? = nil) {
    self.value = value
    self.integer = integer
  }
}

/// The members of an object in the order in which they were written, without doubles.
package struct SyntaxObject: Sendable {
  /// The members in order.
  package var members: [SyntaxMember]

  /// An object of members, whose keys the caller knows to be distinct.
  package init(_ members: [SyntaxMember] = []) { self.members = members }

  /// The member of a name.
  ///
  /// - Complexity: linear in the number of members.
  package subscript(key: String) -> SyntaxMember? { members.first { $0.key == key } }
}

/// One `key: value`.
package struct SyntaxMember: Sendable {
  /// The key without quotes and escapes.
  package var key: String
  /// Where the key stands, quotes included.
  package var keyRange: SourceRange
  /// The value.
  package var value: SyntaxNode

  /// A member of an object.
  package init(key: String, keyRange: SourceRange, value: SyntaxNode) {
    self.key = key
    self.keyRange = keyRange
    self.value = value
  }
}

extension SyntaxNode {
  /// The string, if it is one.
  package var string: String? {
    if case .string(let text) = value { text } else { nil }
  }

  /// The number, if it is one.
  package var number: SyntaxNumber? {
    if case .number(let number) = value { number } else { nil }
  }

  /// The object, if it is one.
  package var object: SyntaxObject? {
    if case .object(let object) = value { object } else { nil }
  }

  /// The elements, if it is a list.
  package var array: [SyntaxNode]? {
    if case .array(let elements) = value { elements } else { nil }
  }

  /// Where a part of a string's content stands, given as UTF-8 offsets into the content.
  ///
  /// Every escape is longer than what it stands for, so a string whose source is exactly two quotes
  /// longer than its content has none and offsets carry over; otherwise it is the whole string.
  package func rangeInString(_ offsets: Range<Int>) -> SourceRange {
    guard let text = string, range.end - range.start == text.utf8.count + 2 else { return range }
    let first = range.start + 1
    return SourceRange(
      file: range.file, start: first + offsets.lowerBound, end: first + offsets.upperBound)
  }

  /// The same tree without places.
  package var json: JSONValue {
    switch value {
    case .null: .null
    case .bool(let flag): .bool(flag)
    case .number(let number): number.integer.map { .integer($0) } ?? .number(number.value)
    case .string(let text): .string(text)
    case .array(let elements): .array(elements.map(\.json))
    case .object(let object):
      .object(object.members.map { JSONMember($0.key, $0.value.json) })
    }
  }
}
