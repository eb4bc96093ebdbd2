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
      throw failure(DiagnosticsError(diagnostics, in: sources), in: path)
    }
    do {
      return try ResultsFile.results(from: tree.json)
    } catch {
      throw CommandFailure(
        .invalidInput,
        "error[E0603]: \(path) is not a results file of this version: `\(error.path)`: \(error.reason)"
      )
    }
  }
}
