import Experiments
import Quantities
import Reports
import Scenarios
import Syntax

extension Tool {
  /// `towtank budget FILE`.
  func budget(_ arguments: Arguments) async throws -> ExitCode {
    let limit = try arguments.value("--fail-over").map(limit)
    let scenario = try chosen(arguments.operands[0], arguments)
    try checkFolder(arguments)
    if !arguments.has("--quiet") { try warn(scenario) }
    let experiment = try experiment(scenario, arguments)
    let results = try await results(of: experiment, arguments, label: scenario.variant)
    let forecast = BudgetBuilder.forecast(results, limit: limit)
    let report = BudgetReport.report(forecast)
    if let folder = arguments.value("--out") {
      try write(report, results: [("results.json", ResultsFile.text(results))], to: folder)
    }
    try show(
      report, json: BudgetJSON.json(forecast),
      results: BudgetJSON.json(forecast).text(.pretty) + "\n", arguments)
    return exitCode(forecast.verdict)
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
