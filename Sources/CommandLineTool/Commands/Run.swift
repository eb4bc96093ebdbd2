import Experiments
import Reports
import Scenarios

extension Tool {
  /// `towtank run FILE`.
  func run(_ arguments: Arguments) async throws -> ExitCode {
    let scenario = try chosen(arguments.operands[0], arguments)
    try checkFolder(arguments)
    if !arguments.has("--quiet") { try warn(scenario) }
    let experiment = try experiment(scenario, arguments)
    let results = try await results(of: experiment, arguments, label: scenario.variant)
    let report = RunReport.report(results)
    if let folder = arguments.value("--out") {
      try write(report, results: [("results.json", ResultsFile.text(results))], to: folder)
    }
    try show(
      report, json: SummaryJSON.json(results), results: ResultsFile.text(results), arguments)
    return exitCode(results.outcome)
  }
}
