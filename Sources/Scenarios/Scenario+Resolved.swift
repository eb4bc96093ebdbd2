import Syntax

extension Scenario {
  /// A setting that nobody wrote: its path and its value as text.
  package struct DefaultUsed: Hashable, Sendable {
    /// The path in the scenario: `services.ranker.queue.limit`.
    package var path: String
    /// The value as JSON5, or what its absence means.
    package var value: String
  }

  /// The whole scenario as JSON5 with every default, each marked if wanted.
  ///
  /// The text can be read back as a scenario and means the same.
  package func resolvedText(markDefaults: Bool) -> String {
    JSON5Writer(width: 100).text(settings.commented(markDefaults: markDefaults))
  }

  /// A name for what is simulated: equal texts after resolving have equal digests, wherever the
  /// keys and defaults were written.
  package var digest: String {
    Digest.hex(settings.resolvedJSON.text(.compact).utf8)
  }

  /// The defaults that the scenario stands on, in the order of the schema.
  package var defaultsUsed: [DefaultUsed] {
    var found: [DefaultUsed] = []
    settings.collectDefaults(into: &found)
    return found
  }
}

extension Scenario {
  /// Values that somebody wrote to describe the system: leaves of its parts, a list counted once.
  ///
  /// What is asked of the system (times, promises, limits) and what a preset or a default fills in
  /// is not counted: it is a measure of how much there is to build and to look after.
  package var declaredCount: Int {
    ["traffic", "routes", "services", "hardware", "tasks", "models", "data", "incidents", "onCall"]
      .reduce(0) { $0 + settings[$1].writtenLeaves }
  }

  /// The value at a path as compact JSON, defaults included; `null` where nothing stands.
  package func resolvedText(at path: [String]) -> String {
    path.reduce(settings) { $0[$1] }.resolvedJSON.text(.compact)
  }
}

extension Setting {
  fileprivate var writtenLeaves: Int {
    if case .object(let object) = content {
      return object.members.reduce(0) { $0 + $1.value.writtenLeaves }
    }
    return origin == .written && !isAbsent ? 1 : 0
  }

  /// Keys of the scenario that are about the file and not about the system.
  private static let hidden = ["$schema", "include", "variants", "plan"]

  /// The members that are printed, with the `kind` that the schema's object was chosen by.
  private var shown: [(key: String, value: Setting?)] {
    let members = self.members.filter { !(path.isEmpty && Self.hidden.contains($0.key)) }
    let rest = members.map { (key: $0.key, value: Optional($0.value)) }
    return kind.contains(":") ? [(key: "kind", value: nil)] + rest : rest
  }

  private var discriminator: String {
    kind.isEmpty ? "" : ScenarioSchema.object(kind).discriminator
  }

  /// The value as it would be written, defaults included.
  var resolvedJSON: JSONValue {
    switch content {
    case .absent: .null
    case .list(let elements): .array(elements.map(\.resolvedJSON))
    case .object:
      .object(
        shown.map { JSONMember($0.key, $0.value?.resolvedJSON ?? .string(discriminator)) })
    case .flag, .text, .number, .money, .calendar, .spread, .belief: json
    }
  }

  /// The value with a remark beside everything that nobody wrote.
  func commented(markDefaults: Bool) -> CommentedValue {
    var words = ""
    if markDefaults {
      switch origin {
      case .written: break
      case .preset: words = "preset"
      case .standard: words = "default"
      }
      if case .absent(let meaning) = content, !meaning.isEmpty { words += ": \(meaning)" }
    }
    switch content {
    case .list(let elements):
      return CommentedValue(
        .array(elements.map { $0.plain }), comment: words)
    case .object:
      // An object of which nothing was written is marked once, as a whole.
      if origin != .written, isUniform(origin) {
        return CommentedValue(resolvedJSON, comment: words)
      }
      let members = shown.map { member in
        (
          key: member.key,
          value: member.value?.commented(markDefaults: markDefaults)
            ?? CommentedValue(JSONValue.string(discriminator))
        )
      }
      return CommentedValue(.object(members))
    case .absent, .flag, .text, .number, .money, .calendar, .spread, .belief:
      return CommentedValue(resolvedJSON, comment: words)
    }
  }

  private var plain: CommentedValue { CommentedValue(resolvedJSON) }

  private func isUniform(_ origin: Origin) -> Bool {
    self.origin == origin && members.allSatisfy { $0.value.isUniform(origin) || $0.value.isAbsent }
  }

  fileprivate func collectDefaults(into found: inout [Scenario.DefaultUsed]) {
    switch content {
    case .object:
      for member in shown {
        member.value?.collectDefaults(into: &found)
      }
    case .absent(let meaning):
      if origin == .standard, !meaning.isEmpty {
        found.append(.init(path: path, value: meaning))
      }
    case .list, .flag, .text, .number, .money, .calendar, .spread, .belief:
      if origin == .standard {
        found.append(.init(path: path, value: resolvedJSON.text(.compact)))
      }
    }
  }
}
