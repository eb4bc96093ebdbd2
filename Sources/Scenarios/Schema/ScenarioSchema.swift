/// The language of scenarios as one table: decoder, JSON Schema, documentation and defaults use it.
package enum ScenarioSchema {
  /// All objects of the language; the first is the scenario itself.
  package static let objects: [ObjectKind] =
    [scenarioObject] + trafficObjects + routeObjects + serviceObjects + hardwareObjects
    + taskObjects + modelObjects + trainingObjects + pipelineObjects + monitorObjects
    + [onCallObject] + diagnosisObjects + rolloutObjects + dataObjects + promiseObjects

  private static let byName: [String: ObjectKind] = Dictionary(
    objects.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

  /// The object of a name.
  package static func object(_ name: String) -> ObjectKind {
    guard let kind = byName[name] else { preconditionFailure("no object \(name) in the schema") }
    return kind
  }

  /// The scenario itself.
  package static var root: ObjectKind { object("scenario") }

  /// The names of the spreads and the keys of each.
  package static let spreads: [SpreadForm] = spreadForms

  /// What the members of an object of a type take: its keys, or its entries under any name.
  static func type(of key: String, in type: ValueType, kind: String?) -> ValueType? {
    switch type {
    case .object(let name): return object(name).key(key)?.type
    case .kinds(_, let names):
      let chosen = names.first { object($0).discriminator == kind }
      return chosen.flatMap { object($0).key(key)?.type }
    case .map(_, let entry): return entry
    case .either(let types):
      for alternative in types {
        if let found = self.type(of: key, in: alternative, kind: kind) { return found }
      }
      return nil
    default: return nil
    }
  }

  /// What an entry of a list of a type takes.
  static func type(ofEntry entry: Int, in type: ValueType) -> ValueType? {
    switch type {
    case .list(let element, _): return element
    case .tuple(let types): return types.indices.contains(entry) ? types[entry] : nil
    case .either(let types):
      for alternative in types {
        if let found = self.type(ofEntry: entry, in: alternative) { return found }
      }
      return nil
    default: return nil
    }
  }

  /// The object that can be written short where a type stands.
  static func shortObject(in type: ValueType) -> ObjectKind? {
    switch type {
    case .object(let name):
      let kind = object(name)
      return kind.shorthand != nil || !kind.presets.isEmpty ? kind : nil
    case .either(let types):
      for alternative in types {
        if let kind = shortObject(in: alternative) { return kind }
      }
      return nil
    default: return nil
    }
  }
}

/// A law by which a quantity spreads from request to request, as it is written.
package struct SpreadForm: Sendable {
  /// What a parameter of the law is.
  package enum Parameter: Sendable {
    /// A quantity of the dimension that spreads.
    case quantity
    /// A bare number above 0.
    case number
    /// Pairs of a quantity and a number, or of a number and a quantity.
    case pairs
    /// Quantities.
    case quantities
  }

  /// The law.
  package var name: String
  /// Its parameters; only the combinations that `sets` lists may stand together.
  package var parameters: [(name: String, kind: Parameter)]
  /// The sets of parameters that describe the law.
  package var sets: [[String]]
  /// What it is, in one line.
  package var summary: String
  /// The law as people write it, with quantities in seconds.
  package var example: String
}
