import Syntax

/// Turns a syntax tree into settings by the schema, and reports all mistakes at once.
struct Decoder {
  /// Something that is called by its name.
  struct Reference {
    var name: String
    var kinds: [NameKind]
    var range: SourceRange
    var path: String
  }

  /// Something that is named by being an entry of a map.
  struct Declaration {
    var name: String
    var kind: NameKind
    var range: SourceRange
  }

  /// A row of the catalogue that is named.
  struct RowReference {
    var name: String
    var kind: RowKind
    var range: SourceRange
  }

  let sources: SourceMap
  var diagnostics = Diagnostics()
  var references: [Reference] = []
  var declarations: [Declaration] = []
  var rows: [RowReference] = []
  /// Places of presets that were named: what stands exactly there came from the preset.
  private var presetRanges: Set<SourceRange> = []

  init(_ sources: SourceMap) { self.sources = sources }

  /// Where a value belongs, for messages.
  struct Place {
    /// The path in the scenario.
    var path: String
    /// The key or name under which it stands.
    var key: String
    /// What its object is called: "service `ranker`", or empty at the top.
    var owner: String

    func member(_ key: String, owner: String) -> Place {
      Place(path: path.isEmpty ? key : path + "." + key, key: key, owner: owner)
    }

    /// An entry of a list, in the words of `SettingPath`.
    func entry(_ index: Int) -> Place {
      Place(path: "\(path)[\(index)]", key: key, owner: owner)
    }
  }

  /// Decodes a whole scenario.
  mutating func decodeScenario(_ tree: SyntaxNode) -> Setting {
    let place = Place(path: "", key: "", owner: "")
    guard tree.object != nil else {
      wrongType(tree, "a scenario is an object, not \(tree.value.kindName)")
      return absent("", tree.range, place, .written)
    }
    return decodeObject(tree, ScenarioSchema.root, place, .written)
  }

  /// Decodes a value of a type.
  mutating func decode(
    _ node: SyntaxNode, _ type: ValueType, _ place: Place, _ origin: Setting.Origin
  ) -> Setting {
    let origin = presetRanges.contains(node.range) && origin == .written ? .preset : origin
    switch type {
    case .list(let element, let count): return decodeList(node, element, count, place, origin)
    case .tuple(let types): return decodeTuple(node, types, place, origin)
    case .map(let kind, let entry): return decodeMap(node, kind, entry, place, origin)
    case .shares: return decodeShares(node, place, origin)
    case .object(let name):
      return decodeObject(node, ScenarioSchema.object(name), place, origin)
    case .kinds(let noun, let names): return decodeKinds(node, noun, names, place, origin)
    case .either(let types): return decodeEither(node, types, place, origin)
    case .patch: return absent("patch", node.range, place, origin)
    case .spread(let dimension, let range):
      return decodeSpread(node, dimension, range, place, origin)
    default: return decodeScalar(node, type, place, origin)
    }
  }

  /// Decodes by the first alternative whose shape fits and that has no mistakes.
  private mutating func decodeEither(
    _ node: SyntaxNode, _ types: [ValueType], _ place: Place, _ origin: Setting.Origin
  ) -> Setting {
    let fitting = types.filter { $0.fits(node) }
    guard !fitting.isEmpty else {
      let phrases = types.map(\.phrase).joined(separator: " or ")
      wrongType(node, "`\(place.key)` takes \(phrases), not \(node.value.kindName)")
      return absent("", node.range, place, origin)
    }
    let before = self
    // Where none is right, the one with the fewest mistakes was probably meant.
    var nearest: (state: Decoder, setting: Setting)?
    for type in fitting {
      self = before
      let setting = decode(node, type, place, origin)
      if diagnostics.errorCount == before.diagnostics.errorCount { return setting }
      let least = nearest?.state.diagnostics.errorCount ?? .max
      if diagnostics.errorCount < least { nearest = (self, setting) }
    }
    guard let nearest else { return absent("", node.range, place, origin) }
    self = nearest.state
    return nearest.setting
  }

  private mutating func decodeList(
    _ node: SyntaxNode, _ element: ValueType, _ count: ClosedRange<Int>, _ place: Place,
    _ origin: Setting.Origin
  ) -> Setting {
    guard let nodes = node.array else {
      wrongType(node, "`\(place.key)` takes a list, not \(node.value.kindName)")
      return absent("", node.range, place, origin)
    }
    if !count.contains(nodes.count) {
      let bound =
        nodes.count < count.lowerBound
        ? "needs at least \(count.lowerBound)" : "takes at most \(count.upperBound)"
      diagnostics.add(
        Diagnostic(
          .wrongCount, "`\(place.key)` \(bound) entries, not \(nodes.count)", at: node.range))
      if nodes.count > count.upperBound { return absent("", node.range, place, origin) }
    }
    var elements: [Setting] = []
    for (index, child) in nodes.enumerated() where !diagnostics.isFull {
      elements.append(decode(child, element, place.entry(index), origin))
    }
    return Setting(
      content: .list(elements), range: node.range, path: place.path, origin: origin, json: .null)
  }

  private mutating func decodeTuple(
    _ node: SyntaxNode, _ types: [ValueType], _ place: Place, _ origin: Setting.Origin
  ) -> Setting {
    guard let nodes = node.array, nodes.count == types.count else {
      let form = types.map(\.phrase).joined(separator: ", ")
      wrongType(node, "an entry of `\(place.key)` is [\(form)]")
      return absent("", node.range, place, origin)
    }
    var elements: [Setting] = []
    for (index, (child, type)) in zip(nodes, types).enumerated() {
      elements.append(decode(child, type, place.entry(index), origin))
    }
    return Setting(
      content: .list(elements), range: node.range, path: place.path, origin: origin, json: .null)
  }

  private mutating func decodeMap(
    _ node: SyntaxNode, _ kind: NameKind?, _ entry: ValueType, _ place: Place,
    _ origin: Setting.Origin
  ) -> Setting {
    guard let object = node.object else {
      wrongType(node, "`\(place.key)` takes named entries, not \(node.value.kindName)")
      return absent("", node.range, place, origin)
    }
    guard object.members.count <= 1_000 else {
      diagnostics.add(
        Diagnostic(.tooMany, "`\(place.key)` has more than 1,000 entries", at: node.range))
      return absent("", node.range, place, origin)
    }
    var members: [SettingObject.Member] = []
    for member in object.members where !diagnostics.isFull {
      if case .null = member.value.value { continue }
      checkName(member)
      if let kind {
        declarations.append(Declaration(name: member.key, kind: kind, range: member.keyRange))
      }
      let noun = kind.map { "\($0) \(VisibleText.quoted(member.key))" } ?? place.owner
      let value = decode(member.value, entry, place.member(member.key, owner: noun), origin)
      members.append(.init(key: member.key, keyRange: member.keyRange, value: value))
    }
    return Setting(
      content: .object(SettingObject(kind: "", members: members)), range: node.range,
      path: place.path, origin: origin, json: .null)
  }

  private static let reservedNames = ["cost", "base", "none"]

  /// Whether something may be called so: a-z, 0-9 and `-`, and no word of the language.
  static func isName(_ text: String) -> Bool {
    (1...64).contains(text.utf8.count) && ("a"..."z").contains(text.unicodeScalars.first ?? " ")
      && text.unicodeScalars.allSatisfy {
        ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == "-"
      } && !reservedNames.contains(text)
  }

  private mutating func checkName(_ member: SyntaxMember) {
    let isReserved = Self.reservedNames.contains(member.key)
    guard !Self.isName(member.key) else { return }
    let name = VisibleText.quoted(member.key)
    let lowered = member.key.lowercased().replacing("_", with: "-")
    diagnostics.add(
      Diagnostic(
        .badName, isReserved ? "\(name) is a word of the language" : "\(name) cannot be a name",
        at: member.keyRange,
        help: isReserved || member.key.utf8.count > 64
          ? nil : "names are a-z, 0-9 and `-`, such as `\(VisibleText.escaped(lowered))`"))
  }

  mutating func wrongType(_ node: SyntaxNode, _ message: String, help: String? = nil) {
    diagnostics.add(Diagnostic(.wrongType, message, at: node.range, help: help))
  }

  func absent(
    _ meaning: String, _ range: SourceRange, _ place: Place, _ origin: Setting.Origin
  ) -> Setting {
    Setting(
      content: .absent(meaning), range: range, path: place.path, origin: origin, json: .null)
  }

  /// Remembers that what stands at a range came from a preset.
  mutating func note(presetAt range: SourceRange) { presetRanges.insert(range) }
}
