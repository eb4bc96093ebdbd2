import Experiments
import MLSystem
import Quantities
import Reports
import Syntax

extension Tool {
  /// `towtank report RESULTS.json`.
  func report(_ arguments: Arguments) throws -> ExitCode {
    let path = arguments.operands[0]
    let results = try readResults(path)
    let report = try chosenReport(results, arguments)
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

  /// The report of the run, or the one that an option asks for.
  ///
  /// - Throws: `CommandFailure` 64 where the results have no such instant, run, model or version.
  private func chosenReport(_ results: Results, _ arguments: Arguments) throws -> Report {
    let kinds = ["--dashboard", "--evaluation", "--card"].filter { arguments.has($0) }
    if kinds.count > 1 {
      throw CommandFailure(.usage, "error: `\(kinds[0])` and `\(kinds[1])` exclude each other")
    }
    for (option, owner) in [("--at", "--dashboard"), ("--version", "--evaluation")]
    where arguments.has(option) && !arguments.has(owner) {
      throw CommandFailure(.usage, "error: `\(option)` belongs to `\(owner)`")
    }
    let runs = results.identity.replications
    let run = try whole("--run", arguments, in: 1...runs, otherwise: 1) - 1
    switch kinds.first {
    case "--dashboard":
      return DashboardReport.report(
        results, at: try instant(results, arguments), replication: run)
    case "--evaluation":
      let model = arguments.value("--evaluation") ?? ""
      let version =
        arguments.has("--version")
        ? try whole("--version", arguments, in: 0...1_000_000, otherwise: 0) : nil
      let report = EvaluationReport.report(
        results, model: model, version: version, replication: run)
      guard let report else { throw missing(model, version, results, run) }
      return report
    case "--card":
      let model = arguments.value("--card") ?? ""
      guard let report = ModelCard.report(results, model: model) else {
        throw missing(model, nil, results, run)
      }
      return report
    default: return RunReport.report(results)
    }
  }

  private func instant(_ results: Results, _ arguments: Arguments) throws -> Instant {
    let end = Instant.start + results.identity.horizon
    guard let text = arguments.value("--at") else { return end }
    let offset: Duration
    do {
      offset = try QuantityParser.offset(text)
    } catch {
      throw CommandFailure(
        .usage, "error: --at \(VisibleText.quoted(text)): \(error.reason)\nhelp: write --at 12d")
    }
    guard offset >= .zero, .start + offset <= end else {
      throw CommandFailure(
        .usage,
        "error: --at \(VisibleText.escaped(text)) lies beyond the horizon of "
          + QuantityFormatter.exact(results.identity.horizon))
    }
    return .start + offset
  }

  private func whole(
    _ option: String, _ arguments: Arguments, in range: ClosedRange<Int>, otherwise: Int
  ) throws -> Int {
    guard let text = arguments.value(option) else { return otherwise }
    guard let number = Int(text), range.contains(number) else {
      throw CommandFailure(
        .usage,
        "error: \(option) takes a whole number from \(range.lowerBound) to \(range.upperBound), "
          + "not \(VisibleText.quoted(text))")
    }
    return number
  }

  private func missing(
    _ model: String, _ version: Int?, _ results: Results, _ run: Int
  ) -> CommandFailure {
    let models = results.identity.subjects.filter { $0.kind == .model }.map(\.name)
    guard models.contains(model) else {
      let known = models.isEmpty ? "it has no models" : "models: \(models.joined(separator: ", "))"
      return CommandFailure(
        .usage, "error: the results have no model \(VisibleText.quoted(model))\nhelp: \(known)")
    }
    let numbers = results.versions
      .filter { $0.replication == run && $0.record.model == model }
      .map { "\($0.record.number)" }
    let known =
      numbers.isEmpty
      ? "no version of it was kept: it is never trained"
      : "versions of run \(run + 1): \(numbers.joined(separator: ", "))"
    let which = version.map { "version \($0) of " } ?? "a version of "
    return CommandFailure(
      .usage, "error: the results have no \(which)\(VisibleText.quoted(model))\nhelp: \(known)")
  }

  /// - Throws: `CommandFailure` 66 or 65 with the place in the file.
  func readResults(_ path: String) throws -> Results {
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
