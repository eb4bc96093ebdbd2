import Scenarios
import Syntax
import TestSupport
import Testing

@Suite struct SchemaTests {
  @Test(arguments: ScenarioSchema.objects.map(\.name))
  func `every example, default and preset in the table decodes`(name: String) {
    let kind = ScenarioSchema.object(name)
    for key in kind.keys {
      #expect(key.summary.hasSuffix("."), "\(name).\(key.name)")
      #expect(ScenarioSchema.mistakes(inExampleOf: key, of: kind) == [], "\(name).\(key.name)")
    }
    for preset in kind.presets {
      #expect(ScenarioSchema.mistakes(inPreset: preset, of: kind) == [], "\(name) \(preset.name)")
    }
  }

  @Test(arguments: ScenarioSchema.spreads.map(\.name))
  func `every law decodes from its example`(law: String) throws {
    let form = try #require(ScenarioSchema.spreads.first { $0.name == law })
    let time = form.example.contains("geometric") ? "\"1 s\"" : form.example
    #expect(mistakes(minimal().replacing("\"10 ms\"", with: time)) == nil)
    #expect(form.example.hasPrefix("{ \(law): "))
  }

  @Test func `keys of one object are distinct`() {
    for kind in ScenarioSchema.objects {
      #expect(Set(kind.keys.map(\.name)).count == kind.keys.count, "\(kind.name)")
    }
  }

  @Test func `the JSON Schema names every key of the table`() throws {
    let schema = ScenarioSchema.jsonSchema()
    for key in ScenarioSchema.root.keys {
      #expect(schema["properties"]?[key.name] != nil, "\(key.name)")
    }
    let definitions = try #require(schema["$defs"])
    for kind in ScenarioSchema.objects.dropFirst() {
      let definition = try #require(definitions[kind.name.replacing(":", with: "-")])
      for key in kind.keys {
        #expect(definition["properties"]?[key.name] != nil, "\(kind.name).\(key.name)")
      }
    }
  }

  @Test func `every reference of the JSON Schema leads somewhere`() throws {
    let schema = ScenarioSchema.jsonSchema()
    let definitions = try #require(schema["$defs"])
    var references: [String] = []
    func collect(_ value: JSONValue) {
      for member in value.members {
        if member.key == "$ref", let text = member.value.string { references.append(text) }
        collect(member.value)
      }
      for element in value.elements { collect(element) }
    }
    collect(schema)
    #expect(references.count > 20)
    for reference in references {
      #expect(definitions[String(reference.dropFirst("#/$defs/".count))] != nil, "\(reference)")
    }
  }

  /// With RECORD_GOLDEN=1 both are written anew.
  @Test func `the shipped schema and page are those of the table`() {
    #expect(
      Golden.difference(
        of: ScenarioSchema.jsonSchema().text() + "\n",
        from: "../../scenarios/schema/scenario.schema.json") == nil)
    #expect(
      Golden.difference(
        of: LanguagePage.markdown(),
        from: "../../Sources/Scenarios/Scenarios.docc/ScenarioLanguage.md") == nil)
  }

  @Test func `the page of the language has every key and metric`() {
    let page = LanguagePage.markdown()
    for kind in ScenarioSchema.objects {
      for key in kind.keys { #expect(page.contains("| `\(key.name)` |"), "\(key.name)") }
    }
    for row in MetricTable.rows { #expect(page.contains("| `\(row.name)` |"), "\(row.name)") }
  }
}
