import Syntax

/// Reads a results file of a test.
package enum JSON {
  package struct Broken: Error {}

  /// The value that a text holds.
  ///
  /// - Throws: `Broken` if it is not JSON.
  package static func value(_ text: String) throws -> JSONValue {
    var sources = SourceMap()
    let file = sources.add(SourceFile(name: "test", text: text))
    var diagnostics = Diagnostics()
    guard let node = JSON5Parser.parse(file, of: sources, into: &diagnostics),
      !diagnostics.hasErrors
    else { throw Broken() }
    return node.json
  }
}
