import Experiments
import Syntax

/// What the scenario says, as a report quotes it.
struct QuotedScenario {
  /// The scenario as it was run, with its defaults.
  let root: JSONValue
  private let defaults: [AppliedDefault]

  init(_ identity: Identity) {
    var sources = SourceMap()
    let file = sources.add(SourceFile(name: "resolved", bytes: Array(identity.resolved.utf8)))
    var diagnostics = Diagnostics()
    root = JSON5Parser.parse(file, of: sources, into: &diagnostics)?.json ?? .null
    defaults = identity.defaults
  }

  /// The entries of a map of the scenario, in its order.
  func entries(_ map: String) -> [(key: String, value: JSONValue)] {
    (root[map]?.members ?? []).map { ($0.key, $0.value) }
  }

  /// What stands at a path of keys, on one line, marked where nobody wrote it; nil where nothing
  /// does.
  func text(_ path: String...) -> String? {
    var value = root
    for key in path {
      guard let next = value[key] else { return nil }
      value = next
    }
    if value == .null || value == .array([]) || value == .object([]) { return nil }
    let isDefault = defaults.contains { $0.path == path.joined(separator: ".") }
    return Self.written(value) + (isDefault ? " (default)" : "")
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
