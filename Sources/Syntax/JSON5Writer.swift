/// A value with comments, to be written as JSON5 for people.
package struct CommentedValue: Sendable {
  /// What is written.
  package indirect enum Content: Sendable {
    case scalar(JSONValue)
    case array([CommentedValue])
    case object([(key: String, value: CommentedValue)])
  }

  /// The value.
  package var content: Content
  /// Words after `//` at the end of the line, empty for none.
  package var comment: String

  /// A value with a comment.
  package init(_ content: Content, comment: String = "") {
    self.content = content
    self.comment = comment
  }

  /// A value without comments.
  package init(_ value: JSONValue, comment: String = "") {
    self.comment = comment
    switch value {
    case .array(let elements): content = .array(elements.map { CommentedValue($0) })
    case .object(let members):
      content = .object(members.map { ($0.key, CommentedValue($0.value)) })
    case .null, .bool, .integer, .number, .string: content = .scalar(value)
    }
  }

  /// Whether a comment stands within, so that the value cannot be put on one line.
  fileprivate var hasInnerComment: Bool {
    switch content {
    case .scalar: false
    case .array(let elements): elements.contains { !$0.comment.isEmpty || $0.hasInnerComment }
    case .object(let members):
      members.contains { !$0.value.comment.isEmpty || $0.value.hasInnerComment }
    }
  }
}

/// Writes JSON5 as a person would: bare keys, short objects on one line, a comma after every line.
package struct JSON5Writer {
  private let width: Int

  /// A writer that keeps what fits into `width` columns on one line.
  package init(width: Int = 100) { self.width = width }

  /// The text of a value, its last line ended.
  package func text(_ value: CommentedValue) -> String {
    var result = ""
    write(value, indent: 0, prefix: "", suffix: "", into: &result)
    return result
  }

  private func write(
    _ value: CommentedValue, indent: Int, prefix: String, suffix: String,
    into result: inout String
  ) {
    let margin = String(repeating: "  ", count: indent)
    let comment = value.comment.isEmpty ? "" : "  // \(value.comment)"
    if !value.hasInnerComment {
      let line = margin + prefix + inline(value) + suffix
      if indent > 0 && line.utf8.count <= width || isAtom(value) {
        result += line + comment + "\n"
        return
      }
    }
    switch value.content {
    case .scalar: return
    case .array(let elements):
      result += margin + prefix + "[" + comment + "\n"
      for element in elements {
        write(element, indent: indent + 1, prefix: "", suffix: ",", into: &result)
      }
      result += margin + "]" + suffix + "\n"
    case .object(let members):
      result += margin + prefix + "{" + comment + "\n"
      for member in members {
        write(
          member.value, indent: indent + 1, prefix: Self.key(member.key) + ": ", suffix: ",",
          into: &result)
      }
      result += margin + "}" + suffix + "\n"
    }
  }

  private func isAtom(_ value: CommentedValue) -> Bool {
    switch value.content {
    case .scalar: true
    case .array(let elements): elements.isEmpty
    case .object(let members): members.isEmpty
    }
  }

  private func inline(_ value: CommentedValue) -> String {
    switch value.content {
    case .scalar(let scalar): return scalar.text(.compact)
    case .array(let elements): return "[" + elements.map(inline).joined(separator: ", ") + "]"
    case .object(let members):
      if members.isEmpty { return "{}" }
      let parts = members.map { Self.key($0.key) + ": " + inline($0.value) }
      return "{ " + parts.joined(separator: ", ") + " }"
    }
  }

  private static func key(_ text: String) -> String {
    JSON5Parser.isIdentifier(text) ? text : JSONValue.string(text).text(.compact)
  }
}
