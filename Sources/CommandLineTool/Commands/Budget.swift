import Experiments
import Quantities
import Reports
import Scenarios
import Syntax

extension Tool {
  /// `towtank budget FILE`, or `towtank budget --diff A.results.json B.results.json`.
  func budget(_ arguments: Arguments) async throws -> ExitCode {
    let limit = try arguments.value("--fail-over").map(limit)
    if arguments.has("--diff") { return try budgetDiff(arguments, limit: limit) }
    guard arguments.operands.count == 1 else {
      throw CommandFailure(
        .usage, "error: one scenario at a time\nhelp: --diff compares two results files")
    }
    let source = try source(arguments.operands[0], arguments)
    let scenario = try chosen(arguments.operands[0], arguments)
    try checkFolder(arguments)
    if !arguments.has("--quiet") { try warn(scenario) }
    let base = try await decided(experiment(scenario, arguments))
    let results = try await results(of: base, arguments, label: scenario.variant)
    let baseline = try await baseline(source, as: base, arguments)
    var forecast = BudgetBuilder.forecast(results, limit: limit, baseline: baseline)
    forecast.options = budgetOptions(arguments)
    if arguments.has("--drivers") {
      let inputs = SimulatedDriver.inputs(of: results)
      forecast.drivers = try await rerunning(source, as: base, arguments) { run in
        await SimulatedDriver.simulate(inputs, against: results, run: run)
      }
    }
    // Who is committed may regret it; who is not has asked nothing yet.
    if arguments.has("--drivers") || forecast.commitments.contains(where: { $0.machines > 0 }) {
      forecast.stressed = try await rerunning(source, as: base, arguments) { run in
        await StressedDemand.simulate(settings: { scenario.trafficSettings(times: $0) }, run: run)
      }
    }
    if arguments.has("--levers") {
      let levers = Lever.proposals(for: results)
      forecast.levers = try await rerunning(source, as: base, arguments) { run in
        await Lever.simulate(levers, against: results, run: run)
      }
    }
    let report = BudgetReport.report(forecast)
    if let folder = arguments.value("--out") {
      let budget = BudgetJSON.json(forecast).text(.pretty) + "\n"
      try write(
        report, results: [("results.json", ResultsFile.text(results)), ("budget.json", budget)],
        to: folder)
    }
    try show(
      report, json: BudgetJSON.json(forecast),
      results: BudgetJSON.json(forecast).text(.pretty) + "\n", arguments)
    return exitCode(forecast.verdict)
  }

  /// What is asked of this budget alone, for the command that gives the same bytes.
  private func budgetOptions(_ arguments: Arguments) -> [String] {
    let valued = ["--fail-over", "--baseline"].flatMap { name in
      arguments.value(name).map { [name, $0] } ?? []
    }
    return valued + ["--drivers", "--levers"].filter(arguments.has)
  }

  private func budgetDiff(_ arguments: Arguments, limit: BudgetLimit?) throws -> ExitCode {
    guard arguments.operands.count == 2 else {
      throw CommandFailure(
        .usage,
        "error: --diff takes two results files\nhelp: `towtank run FILE --out DIR` writes one"
      )
    }
    for option in ["--levers", "--drivers", "--baseline", "--variant", "--set"]
    where arguments.has(option) {
      throw CommandFailure(.usage, "error: \(option) does not go with --diff: nothing is simulated")
    }
    try checkFolder(arguments)
    let before = try readResults(arguments.operands[0])
    let after = try readResults(arguments.operands[1])
    let diff = BudgetDiff(from: before, to: after, limit: limit)
    let report = BudgetDiffReport.report(diff)
    let text = diff.json.text(.pretty) + "\n"
    if let folder = arguments.value("--out") {
      try write(report, results: [("diff.json", text)], to: folder)
    }
    try show(report, json: diff.json, results: text, arguments)
    return exitCode(diff.verdict)
  }

  /// The results of `--baseline`: a results file, or a variant that is run.
  private func baseline(
    _ source: ScenarioSource, as base: Experiment, _ arguments: Arguments
  ) async throws -> Results? {
    guard let name = arguments.value("--baseline") else { return nil }
    if name.hasSuffix(".json") { return try readResults(name) }
    do {
      let scenario = try source.scenario(variant: name)
      return try await results(
        of: try experiment(scenario, arguments).looked(like: base), arguments, label: name)
    } catch let error as DiagnosticsError {
      throw failure(error, in: source.name)
    }
  }

  /// An experiment whose fidelity is decided, for all that is run beside it.
  func decided(_ experiment: Experiment) async throws -> Experiment {
    try await running(experiment.identity.file) { try Experiment.alike([experiment])[0] }
  }

  /// Gives `body` a way to run the scenario of `base` with further settings, as closely looked at.
  ///
  /// - Throws: what is no mistake of a setting, such as an interruption.
  func rerunning<Found>(
    _ source: ScenarioSource, as base: Experiment, _ arguments: Arguments,
    _ body: (_ run: ([String]) async throws(LeverRefusal) -> Results) async -> Found
  ) async throws -> Found {
    var stopped: CommandFailure?
    let found = await body { settings throws(LeverRefusal) in
      if stopped != nil { throw LeverRefusal("not run") }
      do {
        let scenario = try source.scenario(variant: base.identity.variant, settings: settings)
        return try await results(
          of: try experiment(scenario, arguments).looked(like: base), arguments,
          label: settings.joined(separator: " "))
      } catch let error as DiagnosticsError {
        let first = error.diagnostics.list.first { $0.code.severity == .error }
        throw LeverRefusal(first?.message ?? "it is not valid")
      } catch let failure as CommandFailure {
        if failure.code == .interrupted { stopped = failure }
        throw LeverRefusal(String(failure.message.prefix { $0 != "\n" }))
      } catch {
        throw LeverRefusal("\(error)")
      }
    }
    if let stopped { throw stopped }
    return found
  }

  /// `5000`, `$5k` or `$5k/month`.
  private func limit(_ text: String) throws -> BudgetLimit {
    var amount = text
    for ending in ["/month", "/mo"] where amount.hasSuffix(ending) {
      amount.removeLast(ending.count)
    }
    if !amount.hasPrefix("$") { amount = "$" + amount }
    do {
      let money = try QuantityParser.money(amount)
      guard money > .zero else {
        throw CommandFailure(.usage, "error: --fail-over takes an amount above zero")
      }
      return BudgetLimit(perMonth: money)
    } catch let error as QuantityError {
      throw CommandFailure(
        .usage,
        "error: --fail-over `\(text)`: \(error.reason)\nhelp: write 5000, '$5k' or '$5k/month'")
    }
  }
}
