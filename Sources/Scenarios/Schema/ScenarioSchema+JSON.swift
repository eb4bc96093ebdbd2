import Syntax

extension ScenarioSchema {
  /// The JSON Schema of scenario files, for editors.
  package static func jsonSchema() -> JSONValue {
    var definitions = objects.dropFirst().map {
      JSONSchema.Property($0.name.replacing(":", with: "-"), schema(of: $0))
    }
    definitions.append(.init("belief", beliefSchema))
    for dimension in Dimension.allCases where spreadDimensions.contains(dimension) {
      definitions.append(.init("spread-\(dimension.rawValue)", spreadSchema(dimension)))
    }
    return schema(of: root).document(
      id: "scenario.schema.json", title: "Towtank scenario", definitions: definitions)
  }

  /// The dimensions of which a key takes a spread.
  private static let spreadDimensions = Set(
    objects.flatMap { $0.keys.flatMap { dimensions(in: $0.type) } })

  private static func dimensions(in type: ValueType) -> [Dimension] {
    switch type {
    case .spread(let dimension, _): [dimension]
    case .either(let types): types.flatMap { dimensions(in: $0) }
    case .list(let element, _): dimensions(in: element)
    default: []
    }
  }

  private static func schema(of kind: ObjectKind) -> JSONSchema {
    var schema = JSONSchema(type: "object", summary: kind.summary)
    if kind.name.contains(":") {
      var discriminator = JSONSchema()
      discriminator.choices = [.string(kind.discriminator)]
      schema.properties.append(.init("kind", discriminator))
      // A preset brings the kind with it.
      if kind.presets.isEmpty { schema.required.append("kind") }
    }
    if !kind.presets.isEmpty {
      var preset = JSONSchema(type: "string", summary: "The named object that the keys change.")
      preset.choices = kind.presets.map { .string($0.name) }
      schema.properties.append(.init("preset", preset))
    }
    for key in kind.keys {
      schema.properties.append(.init(key.name, self.schema(of: key)))
      if case .required = key.fallback, kind.presets.isEmpty { schema.required.append(key.name) }
    }
    schema.additional = .none
    return schema
  }

  private static func schema(of key: SchemaKey) -> JSONSchema {
    var alternatives = alternatives(of: key.type)
    if key.takesBelief { alternatives.append(JSONSchema(reference: "belief")) }
    // null leaves a key out, and takes it away in a variant.
    if case .required = key.fallback {} else { alternatives.append(JSONSchema(type: "null")) }
    var schema = alternatives.count == 1 ? alternatives[0] : JSONSchema()
    if alternatives.count > 1 { schema.anyOf = alternatives }
    schema.summary = key.summary
    if case .value(let text) = key.fallback { schema.defaultValue = json(text) }
    if !key.example.isEmpty { schema.examples = [json(key.example)] }
    return schema
  }

  private static func json(_ text: String) -> JSONValue {
    Decoder.node(
      text, at: SourceRange(file: FileID(index: 0), start: 0, end: 0)
    ).json
  }

  private static func alternatives(of type: ValueType) -> [JSONSchema] {
    switch type {
    case .text, .reference, .row, .path, .money, .price, .calendar:
      return [JSONSchema(type: "string")]
    case .flag: return [JSONSchema(type: "boolean")]
    case .number(let range):
      var schema = JSONSchema(type: "number")
      schema.minimum = range.lowerBound
      schema.maximum = range.upperBound
      return [schema]
    case .whole(let range):
      var schema = JSONSchema(type: "integer")
      schema.minimum = Double(range.lowerBound)
      return [schema, JSONSchema(type: "string")]
    case .quantity(let dimension, _): return quantity(dimension)
    case .spread(let dimension, _):
      return quantity(dimension) + [JSONSchema(reference: "spread-\(dimension.rawValue)")]
    case .choice(let words):
      var schema = JSONSchema(type: "string")
      schema.choices = words.map { .string($0) }
      return [schema]
    case .list(let element, _):
      var schema = JSONSchema(type: "array")
      schema.items = [one(alternatives(of: element))]
      return [schema]
    case .tuple: return [JSONSchema(type: "array")]
    case .map(_, let entry):
      var schema = JSONSchema(type: "object")
      schema.additional = .some(one(alternatives(of: entry)))
      schema.namePattern = "^[a-z][a-z0-9-]{0,63}$"
      return [schema]
    case .shares:
      var schema = JSONSchema(type: "object")
      schema.additional = .some(one(quantity(.share)))
      return [schema]
    case .object(let name): return short(object(name))
    case .kinds(_, let names): return names.flatMap { short(object($0)) }
    case .either(let types): return types.flatMap { alternatives(of: $0) }
    case .patch: return [JSONSchema(type: "object")]
    }
  }

  /// An object with the values that may stand short for it.
  private static func short(_ kind: ObjectKind) -> [JSONSchema] {
    var found = [JSONSchema(reference: kind.name.replacing(":", with: "-"))]
    if !kind.presets.isEmpty {
      var presets = JSONSchema(type: "string")
      presets.choices = kind.presets.map { .string($0.name) }
      found.append(presets)
    }
    if let key = kind.shorthand.flatMap({ kind.key($0) }) { found += alternatives(of: key.type) }
    return found
  }

  private static func one(_ alternatives: [JSONSchema]) -> JSONSchema {
    guard alternatives.count > 1 else { return alternatives.first ?? JSONSchema() }
    var schema = JSONSchema()
    schema.anyOf = alternatives
    return schema
  }

  private static func quantity(_ dimension: Dimension) -> [JSONSchema] {
    let text = JSONSchema(type: "string")
    return dimension.takesBareNumber ? [text, JSONSchema(type: "number")] : [text]
  }

  private static var beliefSchema: JSONSchema {
    var pair = JSONSchema(type: "object")
    let value = one([JSONSchema(type: "string"), JSONSchema(type: "number")])
    pair.properties = [.init("p10", value), .init("p90", value)]
    pair.required = ["p10", "p90"]
    pair.additional = .none
    var schema = JSONSchema(
      type: "object", summary: "A value that nobody knows: one draw per replication.")
    schema.properties = [.init("uncertain", pair)]
    schema.required = ["uncertain"]
    schema.additional = .none
    return schema
  }

  private static func spreadSchema(_ dimension: Dimension) -> JSONSchema {
    let laws = spreads.map { form in
      var parameters = JSONSchema(type: "object", summary: form.summary)
      if form.parameters.first?.name == form.name {
        parameters = JSONSchema(type: "array", summary: form.summary)
      } else {
        for parameter in form.parameters {
          let types: [JSONSchema] =
            if case .number = parameter.kind { [JSONSchema(type: "number")] } else {
              quantity(dimension)
            }
          parameters.properties.append(.init(parameter.name, one(types)))
        }
        parameters.additional = .none
      }
      var law = JSONSchema(type: "object")
      law.properties = [.init(form.name, parameters)]
      law.required = [form.name]
      law.additional = .none
      return law
    }
    var schema = JSONSchema()
    schema.summary = "How the quantity spreads from request to request."
    schema.anyOf = laws
    return schema
  }
}
