/// The command-line tool: words in, text out, an exit code.
package struct Tool {
  /// The version that reports and results files name.
  package static let version = "0.1.0"

  package let output: Output
  package let errors: Output
  package let terminal: Terminal
  /// Environment variables.
  package let variables: [String: String]

  package init(
    output: Output, errors: Output, terminal: Terminal, variables: [String: String]
  ) {
    self.output = output
    self.errors = errors
    self.terminal = terminal
    self.variables = variables
  }

  /// Runs a command line and returns its exit code; every failure has been printed to `errors`.
  package func run(_ words: [String]) async -> Int32 {
    do {
      return try await perform(ArgumentParser.parse(words)).rawValue
    } catch let failure as CommandFailure {
      try? errors.write(failure.message + "\n")
      return failure.code.rawValue
    } catch {
      try? errors.write("error: internal: \(error)\n")
      return ExitCode.internalError.rawValue
    }
  }

  private func perform(_ request: Request) async throws -> ExitCode {
    switch request {
    case .version:
      try output.write("towtank \(Tool.version)\n")
    case .help(let command):
      try output.write(command.map(HelpText.of) ?? HelpText.overview)
    case .command(let arguments):
      return try await perform(arguments)
    }
    return .success
  }

  private func perform(_ arguments: Arguments) async throws -> ExitCode {
    switch arguments.command.name {
    case .run: return try await run(arguments)
    case .compare: return try await compare(arguments)
    case .budget: return try await budget(arguments)
    case .plan: return try await plan(arguments)
    case .load: return try await load(arguments)
    case .sweep: return try await sweep(arguments)
    case .merge: return try merge(arguments)
    case .sensitivity: return try await sensitivity(arguments)
    case .backtest: return try await backtest(arguments)
    case .design: return try await design(arguments)
    case .review: return try await review(arguments)
    case .report: return try report(arguments)
    case .detect: return try detect(arguments)
    case .validate: return try validate(arguments)
    case .explain: return try explain(arguments)
    case .new: return try new(arguments)
    case .catalog: return try catalog(arguments)
    case .schema: return try schema()
    case .completions: return try completions(arguments)
    case .manual:
      try output.write(ManualPage.text)
      return .success
    }
  }

  private func completions(_ arguments: Arguments) throws -> ExitCode {
    guard let script = Completions.script(for: arguments.operands[0]) else {
      throw CommandFailure(
        .usage,
        "error: no completions for `\(arguments.operands[0])`\nhelp: bash, zsh or fish")
    }
    try output.write(script)
    return .success
  }
}
