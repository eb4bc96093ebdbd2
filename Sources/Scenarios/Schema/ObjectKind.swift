/// A key of an object: what it takes, what holds when it is left out, what it means.
package struct SchemaKey: Sendable {
  /// What holds when the key is left out.
  package enum Fallback: Sendable {
    /// The key must be given.
    case required
    /// Nothing, which means what the words say: "no limit".
    case none(String)
    /// A value, as JSON5.
    case value(String)
    /// What another key of the object has.
    case same(as: String)
  }

  /// The key.
  package var name: String
  /// What it takes.
  package var type: ValueType
  /// What holds when it is left out.
  package var fallback: Fallback
  /// What it means, in one line.
  package var summary: String
  /// A value as people write it, as JSON5; empty where the type says it all.
  package var example: String
  /// Whether a belief may stand here.
  package var takesBelief: Bool

  /// A key of an object.
  init(
    _ name: String, _ type: ValueType, _ fallback: Fallback, _ summary: String,
    example: String = "", belief: Bool = false
  ) {
    self.name = name
    self.type = type
    self.fallback = fallback
    self.summary = summary
    self.example = example
    self.takesBelief = belief
  }
}

/// An object of the scenario language.
package struct ObjectKind: Sendable {
  /// A named object that may stand for this one, or be changed by `{ preset: "name", … }`.
  package struct Preset: Sendable {
    /// The name.
    package var name: String
    /// The object, as JSON5.
    package var text: String
    /// What it is, in one line.
    package var summary: String

    init(_ name: String, _ text: String, _ summary: String) {
      self.name = name
      self.text = text
      self.summary = summary
    }
  }

  /// The name in the schema, such as `service-model`.
  package var name: String
  /// What it is, in one line.
  package var summary: String
  /// The keys in the order of the documentation.
  package var keys: [SchemaKey]
  /// The key that a value stands for where it is written instead of the object.
  package var shorthand: String?
  /// The named objects that may stand for this one.
  package var presets: [Preset]

  /// An object of the language.
  init(
    _ name: String, _ summary: String, shorthand: String? = nil, presets: [Preset] = [],
    _ keys: [SchemaKey]
  ) {
    self.name = name
    self.summary = summary
    self.keys = keys
    self.shorthand = shorthand
    self.presets = presets
  }

  /// The key of a name.
  package func key(_ name: String) -> SchemaKey? { keys.first { $0.name == name } }

  /// The value of `kind` that chooses this object: `model` of `service-model`.
  package var discriminator: String {
    name.lastIndex(of: ":").map { String(name[name.index(after: $0)...]) } ?? name
  }
}
