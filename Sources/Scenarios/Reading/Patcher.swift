import Syntax

/// Applies changes at paths to the tree of a scenario: the entries of a variant, or `--set`
/// options.
struct Patcher {
  /// A change that was applied: where it is written and what it replaced.
  struct Change {
    var path: String
    var range: SourceRange
    var replaced: SourceRange?
  }

  /// What stands for a file in messages about a `--set`.
  static let settingName = "--set"

  var diagnostics = Diagnostics()
  private(set) var changes: [Change] = []

  /// The tree with a value at a path; the same tree where the path leads nowhere.
  ///
  /// `keyRange` is where the path is written; what it names must exist, down to its last part.
  mutating func applying(
    _ value: SyntaxNode, at path: String, writtenAt keyRange: SourceRange, to tree: SyntaxNode
  ) -> SyntaxNode {
    guard let parts = SettingPath(path)?.parts else {
      report(.badPatch, "\(VisibleText.quoted(path)) is no path", keyRange)
      return tree
    }
    let before = node(at: parts, in: tree)
    let isNull = if case .null = value.value { true } else { false }
    if isNull, before == nil {
      report(.idlePatch, "there is no \(VisibleText.quoted(path)) to take away", keyRange)
      return tree
    }
    guard
      let changed = set(
        value, parts[...], in: tree, .object("scenario"), keyRange, done: [])
    else { return tree }
    if let before, let after = node(at: parts, in: changed), Merging.areEqual(before, after) {
      report(
        .idlePatch, "this changes nothing: \(VisibleText.quoted(path)) is that already", keyRange,
        note: Diagnostic.Note("it is declared", at: before.range))
      return tree
    }
    changes.append(
      Change(
        path: path,
        range: keyRange.file == value.range.file
          ? keyRange.joined(to: value.range) : keyRange, replaced: before?.range))
    return changed
  }

  private func node(at parts: [SettingPath.Part], in tree: SyntaxNode) -> SyntaxNode? {
    var node = tree
    for part in parts {
      switch part {
      case .key(let key):
        guard let member = node.object?[key] else { return nil }
        node = member.value
      case .entry(let entry):
        guard let entries = node.array, entries.indices.contains(entry) else { return nil }
        node = entries[entry]
      }
    }
    return node
  }

  /// Sets the value at the parts of a path below a node of a type; nil where it was reported.
  private mutating func set(
    _ value: SyntaxNode, _ parts: ArraySlice<SettingPath.Part>, in node: SyntaxNode,
    _ type: ValueType?, _ keyRange: SourceRange, done: [SettingPath.Part]
  ) -> SyntaxNode? {
    switch parts.first {
    case nil: return Merging.merged(node, value, type: type)
    case .key(let key):
      return set(value, parts.dropFirst(), ofKey: key, in: node, type, keyRange, done: done)
    case .entry(let entry):
      guard let entries = node.array, entries.indices.contains(entry) else {
        let here = VisibleText.quoted(SettingPath.text(done))
        let entries = node.array.map {
          "has \($0.count) \($0.count == 1 ? "entry" : "entries"), counted from 0"
        }
        report(
          .badPatch, "\(here) \(entries ?? "is no list")", keyRange,
          note: Diagnostic.Note("\(here) is declared", at: node.range))
        return nil
      }
      let inner = type.flatMap { ScenarioSchema.type(ofEntry: entry, in: $0) }
      guard
        let changed = set(
          value, parts.dropFirst(), in: entries[entry], inner, keyRange,
          done: done + [.entry(entry)])
      else { return nil }
      var all = entries
      all[entry] = changed
      return SyntaxNode(.array(all), at: node.range)
    }
  }

  /// Sets the value at the rest of a path below a key of an object.
  private mutating func set(
    _ value: SyntaxNode, _ rest: ArraySlice<SettingPath.Part>, ofKey key: String,
    in node: SyntaxNode, _ type: ValueType?, _ keyRange: SourceRange, done: [SettingPath.Part]
  ) -> SyntaxNode? {
    let node = Merging.writtenOut(node, type)
    let here = VisibleText.quoted(SettingPath.text(done))
    guard let object = node.object else {
      let what = node.array != nil ? "a list, which is replaced as a whole" : "no object"
      let entry = VisibleText.quoted(SettingPath.text(done + [.entry(0)]))
      report(
        .badPatch, "\(here) is \(what)", keyRange,
        help: node.array != nil ? "\(entry) is its first entry" : nil,
        note: Diagnostic.Note("\(here) is declared", at: node.range))
      return nil
    }
    let kind = object["kind"]?.value.string
    let inner = type.flatMap { ScenarioSchema.type(of: key, in: $0, kind: kind) }
    var members = object.members
    let isLast = rest.isEmpty
    if let index = members.firstIndex(where: { $0.key == key }) {
      if isLast, case .null = value.value {
        members.remove(at: index)
      } else {
        guard
          let changed = set(
            value, rest, in: members[index].value, inner, keyRange, done: done + [.key(key)])
        else { return nil }
        let range = isLast ? keyRange : members[index].keyRange
        members[index] = SyntaxMember(key: key, keyRange: range, value: changed)
      }
    } else {
      guard isLast || !isMap(type) else {
        report(
          .badPatch, "no \(VisibleText.quoted(key)) in \(here) to change",
          keyRange, help: Decoder.didYouMean(key, members.map(\.key)))
        return nil
      }
      let empty = SyntaxNode(.object(SyntaxObject()), at: value.range)
      let changed =
        isLast
        ? value : set(value, rest, in: empty, inner, keyRange, done: done + [.key(key)])
      guard let changed else { return nil }
      members.append(SyntaxMember(key: key, keyRange: keyRange, value: changed))
    }
    return SyntaxNode(.object(SyntaxObject(members)), at: node.range)
  }

  private func isMap(_ type: ValueType?) -> Bool {
    if case .map = type { true } else { false }
  }

  private mutating func report(
    _ code: DiagnosticCode, _ message: String, _ range: SourceRange, help: String? = nil,
    note: Diagnostic.Note? = nil
  ) {
    diagnostics.add(
      Diagnostic(
        code, message, at: range, help: help, notes: note.map { [$0] } ?? []))
  }
}

extension Patcher {
  /// The tree of the base with the entries of a variant applied.
  mutating func applying(variant: SyntaxMember, to base: SyntaxNode) -> SyntaxNode {
    guard let patch = variant.value.object else {
      report(
        .wrongType, "a variant is an object, not \(variant.value.value.kindName)",
        variant.value.range)
      return base
    }
    var tree = base
    for entry in patch.members where entry.key != "title" {
      let first = entry.key.split(separator: ".").first.map(String.init) ?? ""
      if ["variants", "include", "seed"].contains(first) {
        report(.badPatch, "a variant cannot set `\(first)`", entry.keyRange)
        continue
      }
      tree = applying(entry.value, at: entry.key, writtenAt: entry.keyRange, to: tree)
    }
    if !patch.members.contains(where: { $0.key != "title" }) {
      report(
        .idlePatch, "variant \(VisibleText.quoted(variant.key)) changes nothing",
        variant.keyRange)
    }
    return tree
  }

  /// The tree with a `--set` option applied, whose text is `path=value`.
  mutating func applying(
    setting text: String, to tree: SyntaxNode, sources: inout SourceMap
  ) -> SyntaxNode {
    let bytes = Array(text.utf8)
    let file = sources.add(SourceFile(name: Self.settingName, bytes: bytes))
    guard let split = bytes.firstIndex(of: UInt8(ascii: "=")), split > 0,
      split + 1 < bytes.count
    else {
      report(
        .badOverride, "a setting is path=value",
        SourceRange(file: file, start: 0, end: bytes.count),
        help: "write --set services.llm.replicas.min=7")
      return tree
    }
    let path = String(decoding: bytes[..<split], as: UTF8.self)
    let keyRange = SourceRange(file: file, start: 0, end: split)
    let first = path.split(separator: ".").first ?? ""
    guard first != "variants", first != "include" else {
      report(.badOverride, "`--set` cannot set `\(first)`", keyRange)
      return tree
    }
    // The value keeps its offsets: what stands before it is blanked out.
    let blank = [UInt8](repeating: 0x20, count: split + 1)
    var found = Diagnostics()
    var value = JSON5Parser.parse(
      blank + bytes[(split + 1)...], as: file, into: &found)
    if found.hasErrors || value == nil {
      let isText = !"{[\"'".utf8.contains(bytes[split + 1])
      guard isText, JSON5Parser.isText(bytes) else {
        for diagnostic in found.list { diagnostics.add(diagnostic) }
        return tree
      }
      let range = SourceRange(file: file, start: split + 1, end: bytes.count)
      value = SyntaxNode(
        .string(String(decoding: bytes[(split + 1)...], as: UTF8.self)), at: range)
    }
    guard let value else { return tree }
    var quiet = self
    let changed = quiet.applying(value, at: path, writtenAt: keyRange, to: tree)
    // Setting what is already so is no mistake on the command line: scripts do it.
    let isIdle = quiet.diagnostics.list.dropFirst(diagnostics.list.count)
      .allSatisfy { $0.code == .idlePatch }
    if isIdle, changed.range == tree.range, quiet.diagnostics.list.count > diagnostics.list.count {
      return tree
    }
    self = quiet
    return changed
  }
}
