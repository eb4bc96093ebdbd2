import Syntax

extension ScenarioSchema {
  /// What the decoder finds wrong with the example and the default of a key: nothing, or the table
  /// is wrong.
  package static func mistakes(inExampleOf key: SchemaKey, of kind: ObjectKind) -> [String] {
    var found: [String] = []
    var texts = key.example.isEmpty ? [] : [key.example]
    if case .value(let text) = key.fallback { texts.append(text) }
    for text in texts {
      found += mistakes(in: text, key.type, name: key.name)
    }
    return found
  }

  /// What the decoder finds wrong with a preset.
  package static func mistakes(inPreset preset: ObjectKind.Preset, of kind: ObjectKind) -> [String]
  {
    mistakes(in: preset.text, .object(kind.name), name: kind.name)
  }

  private static func mistakes(in text: String, _ type: ValueType, name: String) -> [String] {
    var sources = SourceMap()
    let file = sources.add(SourceFile(name: "example", text: text))
    var diagnostics = Diagnostics()
    guard let tree = JSON5Parser.parse(file, of: sources, into: &diagnostics) else {
      return diagnostics.list.map(\.message)
    }
    var decoder = Decoder(sources)
    _ = decoder.decode(tree, type, Decoder.Place(path: name, key: name, owner: ""), .written)
    return (diagnostics.list + decoder.diagnostics.list).map(\.message)
  }
}
