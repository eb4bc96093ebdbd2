import Experiments
import Reports
import Syntax

extension Tool {
  /// `towtank report RESULTS.json`.
  func report(_ arguments: Arguments) throws -> ExitCode {
    let path = arguments.operands[0]
    let results = try readResults(path)
    let report = RunReport.report(results)
    guard let target = arguments.value("--out") else {
      try show(
        report, json: SummaryJSON.json(results), results: ResultsFile.text(results), arguments)
      return exitCode(results.outcome)
    }
    let captured = Output(descriptor: nil)
    let form = arguments.value("--format") ?? (target.hasSuffix(".html") ? "html" : "terminal")
    var asked = arguments
    asked.options = [("--format", form)]
    let plain = Tool(
      output: captured, errors: errors,
      terminal: Terminal(
        outputIsTerminal: false, errorIsTerminal: false, columns: 80, variables: [:],
        color: "never"), variables: [:])
    try plain.show(
      report, json: SummaryJSON.json(results), results: ResultsFile.text(results), asked)
    do throws(FileSystem.Problem) {
      try FileSystem.write(captured.text, to: target)
    } catch {
      throw CommandFailure(.output, "error: cannot write \(error.path): \(error.reason)")
    }
    return exitCode(results.outcome)
  }

  /// - Throws: `CommandFailure` 66 or 65 with the place in the file.
  private func readResults(_ path: String) throws -> Results {
    let bytes: [UInt8]
    do {
      bytes = try FileSystem.read(path)
    } catch {
      throw Self.unreadable(error)
    }
    var sources = SourceMap()
    let file = sources.add(SourceFile(name: path, bytes: bytes))
    var diagnostics = Diagnostics()
    let limits = JSON5Parser.Limits(bytes: FileSystem.sizeLimit)
    let tree = JSON5Parser.parse(file, of: sources, limits: limits, into: &diagnostics)
    guard let tree, !diagnostics.hasErrors else {
      throw failure(
        DiagnosticsError(diagnostics, in: sources), in: path, consequence: "nothing was shown")
    }
    do {
      return try ResultsFile.results(from: tree.json)
    } catch {
      throw refused(tree.json, error, path)
    }
  }

  /// Tells what is no results file at all, one of another version, and one that is damaged.
  private func refused(
    _ json: JSONValue, _ problem: ResultsFile.Problem, _ path: String
  ) -> CommandFailure {
    let file = "`\(VisibleText.escaped(path))`"
    let (code, message): (DiagnosticCode, String)
    if problem.path != "schemaVersion" {
      let place = VisibleText.quoted(problem.path)
      (code, message) = (.resultsField, "\(file) is damaged at \(place): \(problem.reason)")
    } else if json["schemaVersion"]?.double != nil {
      (code, message) = (.resultsVersion, "\(file): \(problem.reason)")
    } else {
      (code, message) = (.notResults, "\(file) is no results file")
    }
    return CommandFailure(
      .invalidInput,
      """
      error[\(code.rawValue)]: \(message)
      help: `towtank run FILE --out DIR` writes DIR/results.json
      """)
  }
}
