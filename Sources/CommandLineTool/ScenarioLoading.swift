import Experiments
import MLSystem
import Quantities
import Scenarios
import Syntax

extension Tool {
  /// Reads a scenario file with all its variants.
  ///
  /// - Throws: `CommandFailure` 66 for a file that is not there, 65 with every mistake located.
  func load(_ path: String, _ arguments: Arguments) throws -> ScenarioSet {
    let source = try source(path, arguments)
    do {
      return try source.all()
    } catch {
      throw failure(error, in: path)
    }
  }

  /// A scenario file in memory with the settings of the command line; nothing of it is checked yet.
  func source(_ path: String, _ arguments: Arguments) throws -> ScenarioSource {
    let bytes: [UInt8]
    do {
      bytes = try FileSystem.read(path)
    } catch {
      throw Self.unreadable(error)
    }
    var overrides = arguments.values("--set")
    for word in overrides where !word.contains("=") {
      throw CommandFailure(.usage, "error: --set takes PATH=VALUE, not \(VisibleText.quoted(word))")
    }
    if let count = try arguments.integer("--replications", in: 1...100_000) {
      overrides.append("replications=\(count)")
    }
    let data = arguments.value("--data") ?? variables["TOWTANK_DATA"]
    if let folder = arguments.value("--data"), !FileSystem.isFolder(folder) {
      throw CommandFailure(
        .missingInput, "error: --data \(VisibleText.quoted(folder)) is not a folder")
    }
    return ScenarioSource(
      name: path, bytes: bytes, overrides: overrides,
      files: ScenarioAccess(scenario: path, data: data).files)
  }

  /// The base, or the variant that `--variant` names.
  func chosen(_ path: String, _ arguments: Arguments) throws -> Scenario {
    let names = arguments.values("--variant")
    guard names.count <= 1 else {
      throw CommandFailure(
        .usage, "error: one variant at a time\nhelp: `towtank compare` takes several")
    }
    let set = try load(path, arguments)
    do {
      return try set.variant(named: names.first ?? "base")
    } catch {
      throw failure(error, in: path)
    }
  }

  /// All mistakes as text; 66 where every one of them is a missing file.
  func failure(
    _ error: DiagnosticsError, in path: String, consequence: String = "nothing was run"
  ) -> CommandFailure {
    let renderer = DiagnosticRenderer(
      error.sources, isColored: terminal.colorOnError, width: terminal.width)
    let errors = error.diagnostics.list.filter { $0.code.severity == .error }
    let isMissing = errors.allSatisfy { $0.code == .unreadableFile }
    let text =
      renderer.text(error.diagnostics)
      + renderer.summary(error.diagnostics, in: path, consequence: consequence)
    return CommandFailure(isMissing ? .missingInput : .invalidInput, text.dropLastLineBreak())
  }

  /// A file that cannot be read, or is too large.
  static func unreadable(_ problem: FileSystem.Problem) -> CommandFailure {
    let code = problem.isMissing ? DiagnosticCode.unreadableFile : .fileTooLarge
    return CommandFailure(
      problem.isMissing ? .missingInput : .invalidInput,
      "error[\(code.rawValue)]: cannot read `\(VisibleText.escaped(problem.path))`: "
        + problem.reason
    )
  }

  /// The mistake of a trace at its place; a trace is read while the run goes on, so there is one.
  private func failure(_ error: TraceError) -> CommandFailure {
    let code = DiagnosticCode.of(error)
    return CommandFailure(
      code == .unreadableFile ? .missingInput : .invalidInput,
      """
      error[\(code.rawValue)]: \(VisibleText.escaped(error.message))
        --> \(VisibleText.escaped(error.file)):\(error.line):\(error.column)

      1 error in \(VisibleText.escaped(error.file)); nothing was written. \
      `towtank explain \(code.rawValue)` tells more.
      """)
  }

  /// Prints the warnings of a scenario to stderr.
  func warn(_ scenario: Scenario) throws {
    let renderer = DiagnosticRenderer(
      scenario.sources, isColored: terminal.colorOnError, width: terminal.width)
    for warning in scenario.warnings { try errors.write(renderer.text(warning) + "\n") }
  }

  /// The experiment of a scenario with the options that change how it is computed.
  func experiment(_ scenario: Scenario, _ arguments: Arguments) throws -> Experiment {
    let seed = try arguments.integer("--seed", in: 0...Int.max).map { UInt64($0) }
    return Experiment(of: scenario, seed: seed, toolVersion: Tool.version)
  }

  /// Replications at a time: `--jobs`, or as many as the machine has processors.
  func jobs(_ arguments: Arguments) throws -> Int {
    try arguments.integer("--jobs", in: 1...1024) ?? Processors.count
  }

  /// Runs an experiment with progress on a terminal's stderr.
  func results(
    of experiment: Experiment, _ arguments: Arguments, label: String
  ) async throws -> Results {
    let progress = Progress(
      errors: errors, isShown: terminal.errorIsTerminal && !arguments.has("--quiet"),
      label: label, total: experiment.identity.replications)
    defer { progress.erase() }
    return try await running(experiment.identity.file) {
      try await experiment.run(
        jobs: try jobs(arguments), isCancelled: { Interruption.isRequested },
        finished: { progress.show($0) })
    }
  }

  /// Does what runs scenarios, and tells its errors as failures of the command.
  ///
  /// - Parameter interruption: what is said after Ctrl-C.
  func running<Value>(
    _ file: String, interruption: String = "interrupted; nothing was written",
    _ body: () async throws -> Value
  ) async throws -> Value {
    do {
      return try await body()
    } catch {
      throw failure(error, of: file, interruption: interruption)
    }
  }

  /// What a run throws, as the command line says it.
  func failure(
    _ error: any Error, of path: String,
    interruption: String = "interrupted; nothing was written"
  ) -> any Error {
    switch error {
    case let error as TraceError: failure(error)
    // A trace that was there when the scenario was read.
    case let error as FileSystem.Problem: Self.unreadable(error)
    case is CancellationError, is RunCancelled: CommandFailure(.interrupted, interruption)
    case let error as DiagnosticsError: failure(error, in: path)
    default: error
    }
  }
}

extension DiagnosticCode {
  /// The code of a mistake in a trace.
  static func of(_ error: TraceError) -> DiagnosticCode {
    switch error.cause {
    case .empty: .traceEmpty
    case .missingColumn, .unexpectedHeader: .traceColumn
    case .truncatedRow, .rowTooLong: .traceRow
    case .timeGoesBack: .traceOrder
    case .unreadable: .unreadableFile
    case .binary, .malformed, .negative, .notFinite, .tooLarge: .traceCell
    }
  }
}
