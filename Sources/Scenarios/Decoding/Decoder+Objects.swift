import Syntax

extension Decoder {
  /// Decodes an object: its preset beneath it, its keys, and the defaults of those left out.
  mutating func decodeObject(
    _ node: SyntaxNode, _ kind: ObjectKind, _ place: Place, _ origin: Setting.Origin
  ) -> Setting {
    let before = diagnostics.errorCount
    let node = expanded(node, kind, place)
    // Without its preset an object would only be said to lack keys.
    guard diagnostics.errorCount == before else { return absent("", node.range, place, origin) }
    guard let object = node.object else {
      let phrases = kind.presets.isEmpty ? "an object" : "an object or the name of a preset"
      wrongType(node, "`\(place.key)` takes \(phrases), not \(node.value.kindName)")
      return absent("", node.range, place, origin)
    }
    reportUnknownKeys(object, kind, place)
    var members: [SettingObject.Member] = []
    for key in kind.keys {
      let written = object[key.name]
      let inner = place.member(key.name, owner: noun(of: place))
      var value: Setting
      if let written, !isNull(written.value) {
        value = decodeMember(written.value, key, inner, origin)
      } else {
        value = standard(of: key, in: node, inner, members)
      }
      if value.path.isEmpty { value.path = inner.path }
      members.append(
        .init(key: key.name, keyRange: written?.keyRange ?? node.range, value: value))
    }
    return Setting(
      content: .object(SettingObject(kind: kind.name, members: members)), range: node.range,
      path: place.path, origin: origin, json: .null)
  }

  private mutating func decodeMember(
    _ node: SyntaxNode, _ key: SchemaKey, _ place: Place, _ origin: Setting.Origin
  ) -> Setting {
    if let object = node.object, let belief = object["uncertain"] {
      guard key.takesBelief else {
        diagnostics.add(
          Diagnostic(
            .badBelief, "`\(key.name)` takes no belief", at: belief.keyRange,
            help: "give one value"))
        return absent("", node.range, place, origin)
      }
      return decodeBelief(node, key.type, place, origin)
    }
    return decode(node, key.type, place, origin)
  }

  /// What holds where a key is left out.
  private mutating func standard(
    of key: SchemaKey, in node: SyntaxNode, _ place: Place, _ earlier: [SettingObject.Member]
  ) -> Setting {
    switch key.fallback {
    case .required:
      let start = node.range.start
      let owner = place.owner.isEmpty ? "the scenario" : place.owner
      diagnostics.add(
        Diagnostic(
          .missingKey, "`\(key.name)` is missing in \(owner)",
          at: SourceRange(file: node.range.file, start: start, end: min(start + 1, node.range.end)),
          help: key.example.isEmpty ? nil : "add \(key.name): \(key.example)"))
      return absent("", node.range, place, .standard)
    case .none(let meaning): return absent(meaning, node.range, place, .standard)
    case .value(let text):
      return decode(Self.node(text, at: node.range), key.type, place, .standard)
    case .same(let other):
      guard var copy = earlier.first(where: { $0.key == other })?.value else {
        preconditionFailure("\(key.name) is the same as \(other), which must stand before it")
      }
      copy.path = place.path
      copy.origin = .standard
      return copy
    }
  }

  /// A text of JSON5 from the schema as a tree that stands at a place of the user's file.
  static func node(_ text: String, at range: SourceRange) -> SyntaxNode {
    var sources = SourceMap()
    let file = sources.add(SourceFile(name: "schema", text: text))
    var diagnostics = Diagnostics()
    guard let tree = JSON5Parser.parse(file, of: sources, into: &diagnostics),
      !diagnostics.hasErrors
    else { preconditionFailure("the schema holds broken JSON5: \(text)") }
    return tree.moved(to: range)
  }

  /// The object for a value that stands short for it: the name of a preset, or its main key.
  private mutating func expanded(
    _ node: SyntaxNode, _ kind: ObjectKind, _ place: Place
  ) -> SyntaxNode {
    if let name = node.string, !kind.presets.isEmpty {
      return preset(name, node, kind, place) ?? SyntaxNode(.object(SyntaxObject()), at: node.range)
    }
    guard let object = node.object else {
      guard let key = kind.shorthand, !isNull(node) else { return node }
      let member = SyntaxMember(key: key, keyRange: node.range, value: node)
      return SyntaxNode(.object(SyntaxObject([member])), at: node.range)
    }
    guard !kind.presets.isEmpty, let named = object["preset"] else { return node }
    var rest = object
    rest.members.removeAll { $0.key == "preset" }
    let patch = SyntaxNode(.object(rest), at: node.range)
    guard let name = named.value.string else {
      wrongType(named.value, "`preset` takes a text, not \(named.value.value.kindName)")
      return patch
    }
    guard let base = preset(name, named.value, kind, place) else { return patch }
    return Merging.merged(base, patch)
  }

  private mutating func preset(
    _ name: String, _ node: SyntaxNode, _ kind: ObjectKind, _ place: Place
  ) -> SyntaxNode? {
    guard let preset = kind.presets.first(where: { $0.name == name }) else {
      let names = kind.presets.map(\.name)
      diagnostics.add(
        Diagnostic(
          .unknownPreset, "no preset \(VisibleText.quoted(name)) of `\(place.key)`",
          at: node.range, help: Self.didYouMean(name, names),
          notes: [.init("presets: \(names.joined(separator: ", "))")]))
      return nil
    }
    note(presetAt: node.range)
    return Self.node(preset.text, at: node.range)
  }

  /// Decodes an object whose key `kind` chooses what it is, or the name of a preset of one of them.
  mutating func decodeKinds(
    _ node: SyntaxNode, _ noun: String, _ names: [String], _ place: Place,
    _ origin: Setting.Origin
  ) -> Setting {
    let kinds = names.map(ScenarioSchema.object)
    let presetName = node.string ?? node.object?["preset"]?.value.string
    if let presetName, kinds.contains(where: { !$0.presets.isEmpty }) {
      guard let kind = kinds.first(where: { $0.presets.contains { $0.name == presetName } }) else {
        let all = kinds.flatMap { $0.presets.map(\.name) }
        diagnostics.add(
          Diagnostic(
            .unknownPreset, "no preset \(VisibleText.quoted(presetName)) of `\(place.key)`",
            at: node.object?["preset"]?.value.range ?? node.range,
            help: Self.didYouMean(presetName, all),
            notes: [.init("presets: \(all.joined(separator: ", "))")]))
        return absent("", node.range, place, origin)
      }
      return decodeObject(node, kind, place, origin)
    }
    guard let object = node.object else {
      wrongType(node, "a \(noun) is an object, not \(node.value.kindName)")
      return absent("", node.range, place, origin)
    }
    let choices = kinds.map(\.discriminator)
    guard let written = object["kind"] else {
      let start = node.range.start
      let owner = self.noun(of: place)
      diagnostics.add(
        Diagnostic(
          .missingKey, "`kind` is missing in \(owner)",
          at: SourceRange(file: node.range.file, start: start, end: min(start + 1, node.range.end)),
          help: "add kind: \"\(choices[0])\"",
          notes: [.init("kinds: \(choices.joined(separator: ", "))")]))
      return absent("", node.range, place, origin)
    }
    guard let name = written.value.string, let index = choices.firstIndex(of: name) else {
      let shown =
        written.value.string.map { VisibleText.quoted($0) } ?? written.value.value.kindName
      diagnostics.add(
        Diagnostic(
          .unknownKind, "\(shown) is no kind of \(noun)", at: written.value.range,
          help: written.value.string.flatMap { Self.didYouMean($0, choices) },
          notes: [.init("kinds: \(choices.joined(separator: ", "))")]))
      return absent("", node.range, place, origin)
    }
    return decodeObject(node, kinds[index], place, origin)
  }

  private mutating func reportUnknownKeys(
    _ object: SyntaxObject, _ kind: ObjectKind, _ place: Place
  ) {
    let isUnion = kind.name.contains(":")
    for member in object.members where kind.key(member.key) == nil {
      if isUnion, member.key == "kind" { continue }
      let owner = place.key.isEmpty ? "" : " in \(noun(of: place))"
      let names = kind.keys.map(\.name)
      diagnostics.add(
        Diagnostic(
          .unknownKey, "unknown key \(VisibleText.quoted(member.key))\(owner)",
          at: member.keyRange,
          help: Self.didYouMean(member.key, names) ?? Self.home(of: member.key, kind),
          notes: Self.didYouMean(member.key, names) == nil
            ? [.init("keys: \(names.joined(separator: ", "))")] : []))
    }
  }

  /// Where a key belongs that was written one level too high.
  private static func home(of name: String, _ kind: ObjectKind) -> String? {
    for key in kind.keys {
      guard let inner = ScenarioSchema.shortObject(in: key.type) ?? object(in: key.type) else {
        continue
      }
      if inner.key(name) != nil { return "`\(name)` belongs in `\(key.name)`" }
    }
    return nil
  }

  private static func object(in type: ValueType) -> ObjectKind? {
    if case .object(let name) = type { ScenarioSchema.object(name) } else { nil }
  }

  /// What messages call the object at a place: "service `ranker`", "`batching`".
  func noun(of place: Place) -> String {
    guard !place.key.isEmpty else { return "" }
    let isEntry = place.owner.hasSuffix("`\(place.key)`")
    return isEntry ? place.owner : "`\(place.key)`"
  }

  static func didYouMean(_ name: String, _ names: [String]) -> String? {
    EditDistance.suggestion(for: name, among: names).map { "did you mean `\($0)`?" }
  }

  private func isNull(_ node: SyntaxNode) -> Bool {
    if case .null = node.value { true } else { false }
  }
}

extension SyntaxNode {
  /// The same tree, all of it standing at one place.
  func moved(to range: SourceRange) -> SyntaxNode {
    switch value {
    case .array(let elements):
      return SyntaxNode(.array(elements.map { $0.moved(to: range) }), at: range)
    case .object(let object):
      let members = object.members.map {
        SyntaxMember(key: $0.key, keyRange: range, value: $0.value.moved(to: range))
      }
      return SyntaxNode(.object(SyntaxObject(members)), at: range)
    case .null, .bool, .number, .string: return SyntaxNode(value, at: range)
    }
  }
}
