import Experiments
import Reports
import Scenarios

extension Command {
  /// `towtank design`.
  static let designing = Command(
    name: .design, operands: "FILE", operandCount: 1...1,
    summary: "write the system design document of a scenario",
    story: """
      Runs the scenario and writes the design from its use case to its criteria of success. What \
      the design is stands as the scenario writes it, what it does with the interval that the \
      simulation gives it; what is left open is listed. --out also writes the architecture as \
      SVG and as Mermaid. Thresholds decide the exit code.
      """,
    options: [.variant] + Option.simulation + [.out, .json, .format],
    examples: [
      "towtank design scenarios/ctr-ranking-month.json5 --out design",
      "towtank design scenarios/quickstart.json5 --format markdown",
    ])
}

extension Tool {
  /// `towtank design FILE`.
  func design(_ arguments: Arguments) async throws -> ExitCode {
    let scenario = try chosen(arguments.operands[0], arguments)
    try checkFolder(arguments)
    if !arguments.has("--quiet") { try warn(scenario) }
    let experiment = try experiment(scenario, arguments)
    let results = try await results(of: experiment, arguments, label: scenario.variant)
    let report = DesignReport.report(results)
    if let folder = arguments.value("--out") {
      try write(
        report,
        results: [
          ("results.json", ResultsFile.text(results)),
          ("architecture.svg", DesignReport.picture(results)),
          ("architecture.mmd", DesignReport.diagram(results).mermaid),
        ], to: folder)
    }
    try show(
      report, json: SummaryJSON.json(results), results: ResultsFile.text(results), arguments)
    return exitCode(results.outcome)
  }
}
