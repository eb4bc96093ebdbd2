import Experiments
import Syntax

/// What the scenario says, as a report quotes it.
struct QuotedScenario {
  /// The scenario as it was run, with its defaults.
  let root: JSONValue
  private let defaults: Set<String>

  init(_ identity: Identity) {
    var sources = SourceMap()
    let file = sources.add(SourceFile(name: "resolved", bytes: Array(identity.resolved.utf8)))
    var diagnostics = Diagnostics()
    root = JSON5Parser.parse(file, of: sources, into: &diagnostics)?.json ?? .null
    defaults = Set(identity.defaults.map(\.path))
  }

  /// The entries of a map of the scenario, in its order.
  func entries(_ map: String) -> [(key: String, value: JSONValue)] {
    (root[map]?.members ?? []).map { ($0.key, $0.value) }
  }

  /// What somebody wrote at a path of keys, on one line; nil where nobody wrote anything.
  func text(_ path: String...) -> String? {
    var value = root
    for key in path {
      guard let next = value[key] else { return nil }
      value = next
    }
    return text(of: value, at: path.joined(separator: "."))
  }

  /// What somebody wrote of a value that stands at a path; nil where nobody wrote anything.
  func text(of value: JSONValue, at path: String) -> String? {
    wrote(value, at: path).map { Self.written($0) }
  }

  /// The value without what nobody wrote.
  private func wrote(_ value: JSONValue, at path: String) -> JSONValue? {
    if value == .null || value == .array([]) || defaults.contains(path) { return nil }
    guard case .object(let members) = value else { return value }
    let kept = members.compactMap { member in
      wrote(member.value, at: "\(path).\(member.key)").map { JSONMember(member.key, $0) }
    }
    return kept.isEmpty ? nil : .object(kept)
  }

  /// A value of the scenario on one line, without what is null; what is nested stands in brackets.
  static func written(_ json: JSONValue, nested: Bool = false) -> String {
    switch json {
    case .string(let text): return text
    case .array(let elements):
      let all = elements.map { written($0, nested: true) }.joined(separator: ", ")
      return nested ? "[\(all)]" : all
    case .object(let members):
      let all = members.filter { $0.value != .null && $0.value != .array([]) }
        .map { "\($0.key): \(written($0.value, nested: true))" }.joined(separator: ", ")
      return nested ? "{ \(all) }" : all
    case .null, .bool, .integer, .number: return json.text(.compact)
    }
  }
}
