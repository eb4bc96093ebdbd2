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
        "error: nothing to compare: \(arguments.operands[0]) has no variants\n"
          + "help: name a second file"
      )
    }
    try checkPairs(scenarios, isSeedGiven: arguments.has("--seed"))
    try checkFolder(arguments)
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
    let experiments = try Experiment.alike(
      scenarios.map { try experiment($0.scenario, arguments) })
    for (name, experiment) in zip(names, experiments) {
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

  /// Replications are paired by their number: they must be the same stretch under the same seed.
  private func checkPairs(
    _ scenarios: [(name: String, scenario: Scenario)], isSeedGiven: Bool
  ) throws {
    let first = scenarios[0]
    for other in scenarios.dropFirst() {
      let (a, b) = (first.scenario, other.scenario)
      var different: String?
      if a.start != b.start { different = "start" }
      if a.warmUp != b.warmUp { different = "warmUp" }
      if a.horizon != b.horizon { different = "horizon" }
      if a.seed != b.seed, !isSeedGiven { different = "seed" }
      if a.replications != b.replications { different = "replications" }
      guard let different else { continue }
      throw CommandFailure(
        .usage,
        """
        error: `\(first.name)` and `\(other.name)` differ in `\(different)`: their runs are no pairs
        help: give all the same, as with --set \(different)=VALUE
        """)
    }
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
      var names = wanted.isEmpty ? set.names : ["base"]
      for name in wanted where !names.contains(name) { names.append(name) }
      return try names.map { ($0, try set.variant(named: $0)) }
    } catch let error as DiagnosticsError {
      throw failure(error, in: path)
    }
  }

  /// The file's name without its ending, numbered where it is taken; it names results files too.
  static func armName(of path: String, among taken: [String]) -> String {
    let name = FileSystem.name(of: path)
    let short = String(name.prefix { $0 != "." })
    let stem = short.isEmpty ? name : short
    var number = 1
    var found = stem
    while taken.contains(found) {
      number += 1
      found = "\(stem)-\(number)"
    }
    return found
  }

  /// Reports the mistakes of every file before it gives up.
  private func severalFiles(_ arguments: Arguments) throws -> [(name: String, scenario: Scenario)] {
    var found: [(name: String, scenario: Scenario)] = []
    var failures: [CommandFailure] = []
    for path in arguments.operands {
      do {
        let base = try load(path, arguments).base
        if !arguments.has("--quiet") { try warn(base) }
        found.append((Self.armName(of: path, among: found.map(\.name)), base))
      } catch let failure as CommandFailure {
        failures.append(failure)
      }
    }
    guard let first = failures.first else { return found }
    throw CommandFailure(first.code, failures.map(\.message).joined(separator: "\n\n"))
  }
}
