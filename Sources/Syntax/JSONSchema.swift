/// A JSON Schema (draft 2020-12) as data.
package struct JSONSchema: Hashable, Sendable {
  /// A property of an object.
  package struct Property: Hashable, Sendable {
    /// The key.
    package var name: String
    /// What it takes.
    package var schema: JSONSchema

    /// A key and what it takes.
    package init(_ name: String, _ schema: JSONSchema) {
      self.name = name
      self.schema = schema
    }
  }

  /// What an object takes beside its named properties.
  package indirect enum Additional: Hashable, Sendable {
    /// Nothing.
    case none
    /// Values of a schema under any name.
    case some(JSONSchema)
    /// Anything.
    case anything
  }

  /// Names of the JSON types, none for any.
  package var types: [String] = []
  /// One line for hover text.
  package var summary = ""
  /// The properties in the order of the documentation.
  package var properties: [Property] = []
  /// The keys that must be given.
  package var required: [String] = []
  /// What else an object takes.
  package var additional = Additional.anything
  /// A pattern that the names of additional properties follow.
  package var namePattern: String?
  /// The schema of the elements of a list; at most one.
  package var items: [JSONSchema] = []
  /// The only values.
  package var choices: [JSONValue] = []
  /// Alternatives, of which at least one holds.
  package var anyOf: [JSONSchema] = []
  /// The name of a shared definition to take.
  package var reference: String?
  /// The default.
  package var defaultValue: JSONValue?
  /// Values as people write them.
  package var examples: [JSONValue] = []
  /// The least number.
  package var minimum: Double?
  /// The greatest number.
  package var maximum: Double?

  /// A schema that takes anything.
  package init() {}

  /// A schema of one JSON type.
  package init(type: String, summary: String = "") {
    types = [type]
    self.summary = summary
  }

  /// A schema that takes what a shared definition takes.
  package init(reference: String, summary: String = "") {
    self.reference = reference
    self.summary = summary
  }
}

extension JSONSchema {
  /// The whole document: this schema with its shared definitions.
  package func document(id: String, title: String, definitions: [Property]) -> JSONValue {
    var members = [
      JSONMember("$schema", .string("https://json-schema.org/draft/2020-12/schema")),
      JSONMember("$id", .string(id)),
      JSONMember("title", .string(title)),
    ]
    members += json.members
    members.append(
      JSONMember("$defs", .object(definitions.map { JSONMember($0.name, $0.schema.json) })))
    return .object(members)
  }

  /// The schema as JSON.
  package var json: JSONValue {
    var members: [JSONMember] = []
    if let reference { members.append(JSONMember("$ref", .string("#/$defs/\(reference)"))) }
    if types.count == 1 {
      members.append(JSONMember("type", .string(types[0])))
    } else if !types.isEmpty {
      members.append(JSONMember("type", .array(types.map { .string($0) })))
    }
    if !summary.isEmpty { members.append(JSONMember("description", .string(summary))) }
    if let defaultValue { members.append(JSONMember("default", defaultValue)) }
    if !examples.isEmpty { members.append(JSONMember("examples", .array(examples))) }
    if !choices.isEmpty { members.append(JSONMember("enum", .array(choices))) }
    if let minimum { members.append(JSONMember("minimum", .number(minimum))) }
    if let maximum { members.append(JSONMember("maximum", .number(maximum))) }
    if !anyOf.isEmpty { members.append(JSONMember("anyOf", .array(anyOf.map(\.json)))) }
    if let element = items.first { members.append(JSONMember("items", element.json)) }
    if let namePattern {
      members.append(
        JSONMember("propertyNames", .object([JSONMember("pattern", .string(namePattern))])))
    }
    if !properties.isEmpty {
      members.append(
        JSONMember(
          "properties", .object(properties.map { JSONMember($0.name, $0.schema.json) })))
    }
    if !required.isEmpty {
      members.append(JSONMember("required", .array(required.map { .string($0) })))
    }
    switch additional {
    case .none: members.append(JSONMember("additionalProperties", .bool(false)))
    case .some(let schema): members.append(JSONMember("additionalProperties", schema.json))
    case .anything: break
    }
    return .object(members)
  }
}
