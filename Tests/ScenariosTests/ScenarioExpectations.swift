import MLSystem
import Scenarios
import Syntax
import TestSupport
import Testing

/// Files of a test: texts by their path, traces among them.
func files(_ texts: [String: String]) -> ScenarioFiles {
  ScenarioFiles(
    read: { path throws(ScenarioFiles.Problem) in
      guard let text = texts[path] else { throw .init("No such file or directory") }
      return Array(text.utf8)
    },
    readData: { path throws(ScenarioFiles.Problem) in
      guard let text = texts[path] else { throw .init("No such file or directory") }
      return Array(text.utf8)
    },
    trace: { path throws(ScenarioFiles.Problem) in
      guard let text = texts[path] else { throw .init("No such file or directory") }
      return { TextBytes(text) }
    })
}

/// A text as the bytes of a trace.
final class TextBytes: TraceBytes {
  private var rest: ArraySlice<UInt8>

  init(_ text: String) { rest = ArraySlice(Array(text.utf8)) }

  func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let count = min(buffer.count, rest.count)
    buffer.copyBytes(from: rest.prefix(count))
    rest = rest.dropFirst(count)
    return count
  }
}

/// A small valid scenario, with room for members at the end and within its parts.
func minimal(
  _ extra: String = "", stream: String = "", service: String = "", route: String = "",
  pool: String = ""
) -> String {
  """
  {
    horizon: "1h",
    traffic: { users: { to: "search", rate: "10/s", \(stream) } },
    routes: { search: { steps: ["embed"], \(route) } },
    services: { embed: { kind: "model", on: "gpu", time: "10 ms", \(service) } },
    hardware: { gpu: { instance: "aws/g6.xlarge", region: "us-east-1", \(pool) } },
    \(extra)
  }
  """
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

/// The mistakes of a scenario, none if it is valid.
func mistakes(
  _ text: String, overrides: [String] = [], files: ScenarioFiles = .none
) -> DiagnosticsError? {
  do {
    _ = try Scenario.load(
      named: "my.json5", bytes: Array(text.utf8), overrides: overrides, files: files)
    return nil
  } catch {
    return error
  }
}

/// Expects exactly these mistakes, each at its mark.
func expect(
  _ marked: String, overrides: [String] = [], files: ScenarioFiles = .none,
  _ findings: Finding..., at location: Testing.SourceLocation = #_sourceLocation
) {
  let source = MarkedSource(marked)
  let error = mistakes(source.text, overrides: overrides, files: files)
  let found = error?.diagnostics.sorted.filter { $0.code.severity == .error } ?? []
  #expect(found.map(\.message) == findings.map(\.message), sourceLocation: location)
  for (diagnostic, finding) in zip(found, findings) {
    #expect(diagnostic.code == finding.code, sourceLocation: location)
    #expect(
      diagnostic.primary?.range.start == source.marks[finding.mark],
      "\(finding.message)", sourceLocation: location)
    if let help = finding.help { #expect(diagnostic.help == help, sourceLocation: location) }
  }
}

/// A scenario that must be valid.
func load(
  _ text: String, overrides: [String] = [], files: ScenarioFiles = .none,
  at location: Testing.SourceLocation = #_sourceLocation
) throws -> ScenarioSet {
  do {
    return try Scenario.load(
      named: "my.json5", bytes: Array(text.utf8), overrides: overrides, files: files)
  } catch {
    Issue.record(
      "\(DiagnosticRenderer(error.sources).text(error.diagnostics))", sourceLocation: location)
    throw error
  }
}
