import Syntax

/// Merges trees: objects merge, lists and values replace, null takes away.
enum Merging {
  /// A patch over a base.
  ///
  /// A patch that names another `kind` or `preset` replaces the object whole, and so does a spread
  /// or a belief. Where the base is written short and the type is known, it is written out first.
  static func merged(
    _ base: SyntaxNode, _ patch: SyntaxNode, type: ValueType? = nil
  ) -> SyntaxNode {
    guard let new = patch.object else { return patch }
    let base = writtenOut(base, type)
    guard let old = base.object, !replacesWhole(old, new, type) else {
      return withoutNulls(patch)
    }
    var members = old.members
    let kind = new["kind"]?.value.string ?? old["kind"]?.value.string
    for change in new.members {
      let index = members.firstIndex { $0.key == change.key }
      if case .null = change.value.value {
        if let index { members.remove(at: index) }
      } else if let index {
        let inner = type.flatMap { ScenarioSchema.type(of: change.key, in: $0, kind: kind) }
        members[index] = SyntaxMember(
          key: change.key, keyRange: change.keyRange,
          value: merged(members[index].value, change.value, type: inner))
      } else {
        members.append(change)
      }
    }
    return SyntaxNode(.object(SyntaxObject(members)), at: patch.range)
  }

  /// An object for a value that stands short for it: the name of a preset, or its main key.
  static func writtenOut(_ node: SyntaxNode, _ type: ValueType?) -> SyntaxNode {
    guard node.object == nil, let type, let kind = ScenarioSchema.shortObject(in: type) else {
      return node
    }
    let key = node.string != nil && !kind.presets.isEmpty ? "preset" : kind.shorthand
    guard let key else { return node }
    let member = SyntaxMember(key: key, keyRange: node.range, value: node)
    return SyntaxNode(.object(SyntaxObject([member])), at: node.range)
  }

  private static func replacesWhole(
    _ base: SyntaxObject, _ patch: SyntaxObject, _ type: ValueType?
  ) -> Bool {
    for key in ["kind", "preset"] {
      guard let new = patch[key]?.value.string else { continue }
      if base[key]?.value.string != new { return true }
    }
    if case .map = type { return false }
    return isLaw(base) || isLaw(patch)
  }

  /// Whether an object is a spread or a belief: one key that names a law.
  private static func isLaw(_ object: SyntaxObject) -> Bool {
    guard object.members.count == 1, let key = object.members.first?.key else { return false }
    return key == "uncertain" || ScenarioSchema.spreads.contains { $0.name == key }
  }

  /// A new object keeps no nulls: there is nothing to take away.
  private static func withoutNulls(_ node: SyntaxNode) -> SyntaxNode {
    guard let object = node.object else { return node }
    let members = object.members.compactMap { member -> SyntaxMember? in
      if case .null = member.value.value { return nil }
      var member = member
      member.value = withoutNulls(member.value)
      return member
    }
    return SyntaxNode(.object(SyntaxObject(members)), at: node.range)
  }

  /// Whether two trees say the same, wherever they stand and in whatever order their keys are.
  static func areEqual(_ first: SyntaxNode, _ second: SyntaxNode) -> Bool {
    switch (first.value, second.value) {
    case (.null, .null): return true
    case (.bool(let a), .bool(let b)): return a == b
    case (.number(let a), .number(let b)): return a.value == b.value
    case (.string(let a), .string(let b)): return a == b
    case (.array(let a), .array(let b)):
      return a.count == b.count && zip(a, b).allSatisfy(areEqual)
    case (.object(let a), .object(let b)):
      return a.members.count == b.members.count
        && a.members.allSatisfy { member in
          b[member.key].map { areEqual(member.value, $0.value) } ?? false
        }
    default: return false
    }
  }
}
