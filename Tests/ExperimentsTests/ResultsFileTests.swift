import Experiments
import Syntax
import Testing

enum JSON {
  struct Broken: Error {}

  static func value(_ text: String) throws -> JSONValue {
    var sources = SourceMap()
    let file = sources.add(SourceFile(name: "test", text: text))
    var diagnostics = Diagnostics()
    guard let node = JSON5Parser.parse(file, of: sources, into: &diagnostics),
      !diagnostics.hasErrors
    else { throw Broken() }
    return node.json
  }
}

@Suite struct ResultsFileTests {
  private func problem(_ text: String) throws -> String {
    do throws(ResultsFile.Problem) {
      _ = try ResultsFile.results(from: (try? JSON.value(text)) ?? .null)
      return ""
    } catch {
      return "\(error.path): \(error.reason)"
    }
  }

  @Test func anotherVersionIsRefused() throws {
    #expect(
      try problem(#"{ "schemaVersion": 99 }"#)
        == "schemaVersion: this file has version 99, this towtank reads 1")
  }

  @Test func whatIsMissingIsNamed() throws {
    #expect(try problem("{}") == "schemaVersion: it is missing")
    #expect(try problem(#"{ "schemaVersion": 1 }"#) == "identity: it is missing")
    #expect(
      try problem(#"{ "schemaVersion": 1, "identity": { "tool": 4 } }"#)
        == "identity.tool: a text is wanted")
  }
}
