import Experiments
import Reports
import Scenarios
import Syntax

extension Tool {
  /// `towtank compare FILE...`.
  func compare(_ arguments: Arguments) async throws -> ExitCode {
    let scenarios = try arms(arguments)
    guard scenarios.count > 1 else {
      throw CommandFailure(
        .usage,
        "error: nothing to compare: \(arguments.operands[0]) has no variants\nhelp: name a second file"
      )
    }
    let counts = Set(scenarios.map(\.scenario.replications))
    guard counts.count == 1 else {
      throw CommandFailure(
        .usage,
        "error: the files ask for different numbers of replications\nhelp: give --replications N")
    }
    let names = scenarios.map(\.name)
    let wanted = arguments.value("--baseline") ?? names[0]
    guard let baseline = names.firstIndex(of: wanted) else {
      let near = EditDistance.suggestion(for: wanted, among: names)
      throw CommandFailure(
        .usage,
        "error: no arm `\(wanted)` to compare with\n"
          + (near.map { "help: did you mean `\($0)`?" }
            ?? "help: there are \(names.joined(separator: ", "))"))
    }
    var arms: [Comparison.Arm] = []
    for (name, scenario) in scenarios {
      let experiment = try experiment(scenario, arguments)
      arms.append(
        Comparison.Arm(
          name: name, results: try await results(of: experiment, arguments, label: name)))
    }
    let comparison = ComparisonBuilder.comparison(of: arms, baseline: baseline)
    let report = ComparisonReport.report(comparison)
    if let folder = arguments.value("--out") {
      let files = arms.map { ("\($0.name).results.json", ResultsFile.text($0.results)) }
      try write(report, results: files + [("comparison.json", text(comparison))], to: folder)
    }
    try show(
      report, json: ComparisonJSON.json(comparison), results: text(comparison), arguments)
    return exitCode(comparison.outcome)
  }

  private func text(_ comparison: Comparison) -> String {
    ComparisonJSON.json(comparison).text(.pretty) + "\n"
  }

  /// The base and variants of one file, or the bases of several.
  private func arms(_ arguments: Arguments) throws -> [(name: String, scenario: Scenario)] {
    let wanted = arguments.values("--variant")
    guard arguments.operands.count == 1 else {
      guard wanted.isEmpty else {
        throw CommandFailure(.usage, "error: --variant goes with one file")
      }
      return try severalFiles(arguments)
    }
    let path = arguments.operands[0]
    let set = try load(path, arguments)
    if !arguments.has("--quiet") { try warn(set.base) }
    do {
      let names = wanted.isEmpty ? set.names : ["base"] + wanted.filter { $0 != "base" }
      return try names.map { ($0, try set.variant(named: $0)) }
    } catch let error as DiagnosticsError {
      throw failure(error, in: path)
    }
  }

  /// Reports the mistakes of every file before it gives up.
  private func severalFiles(_ arguments: Arguments) throws -> [(name: String, scenario: Scenario)] {
    var found: [(name: String, scenario: Scenario)] = []
    var failures: [CommandFailure] = []
    for path in arguments.operands {
      do {
        let base = try load(path, arguments).base
        let name = String(FileSystem.name(of: path).prefix { $0 != "." })
        let isTaken = found.contains { $0.name == name }
        found.append((isTaken ? path : name, base))
      } catch let failure as CommandFailure {
        failures.append(failure)
      }
    }
    guard let first = failures.first else { return found }
    throw CommandFailure(first.code, failures.map(\.message).joined(separator: "\n\n"))
  }
}
