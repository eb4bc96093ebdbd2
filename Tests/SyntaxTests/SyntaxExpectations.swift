import Syntax
import TestSupport
import Testing

/// Reads a text and returns its tree, with what was found and the map of files.
func parse(_ text: String, limits: JSON5Parser.Limits = .init())
  -> (tree: SyntaxNode?, diagnostics: Diagnostics, sources: SourceMap)
{
  parse(bytes: Array(text.utf8), limits: limits)
}

func parse(bytes: [UInt8], limits: JSON5Parser.Limits = .init())
  -> (tree: SyntaxNode?, diagnostics: Diagnostics, sources: SourceMap)
{
  var sources = SourceMap()
  let file = sources.add(SourceFile(name: "my.json5", bytes: bytes))
  var diagnostics = Diagnostics()
  let tree = JSON5Parser.parse(file, of: sources, limits: limits, into: &diagnostics)
  return (tree, diagnostics, sources)
}

/// What is expected at a mark.
struct Finding {
  var mark: Int
  var code: DiagnosticCode
  var message: String
  var help: String?

  init(_ mark: Int, _ code: DiagnosticCode, _ message: String, help: String? = nil) {
    self.mark = mark
    self.code = code
    self.message = message
    self.help = help
  }
}

/// Expects exactly these findings, each at its mark.
func expect(
  _ marked: String, _ findings: Finding..., at location: Testing.SourceLocation = #_sourceLocation
) {
  let source = MarkedSource(marked)
  let found = parse(source.text).diagnostics.sorted
  #expect(
    found.map(\.message) == findings.map(\.message), sourceLocation: location)
  for (diagnostic, finding) in zip(found, findings) {
    #expect(diagnostic.code == finding.code, sourceLocation: location)
    #expect(
      diagnostic.primary?.range.start == source.marks[finding.mark], "\(finding.message)",
      sourceLocation: location)
    #expect(diagnostic.help == finding.help, sourceLocation: location)
  }
}

/// The tree of a text that must have no mistakes, as compact JSON.
func json(_ text: String, at location: Testing.SourceLocation = #_sourceLocation) -> String {
  let (tree, diagnostics, _) = parse(text)
  #expect(diagnostics.list.map(\.message) == [], sourceLocation: location)
  return tree?.json.text(.compact) ?? "nothing"
}
