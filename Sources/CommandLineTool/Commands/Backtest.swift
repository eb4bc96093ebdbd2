import Experiments
import Pricing
import Quantities
import Reports
import Scenarios
import Syntax

extension Command {
  /// `towtank backtest`.
  static let backtesting = Command(
    name: .backtest, operands: "FILE", operandCount: 1...1,
    summary: "hold a forecast against a bill and metrics of a past period",
    story: """
      Simulates the period of the scenario and compares it with CSV tables: a bill (month,line,amount \
      or FOCUS columns) and metrics (month,metric,value): error by line, how much lies within P10-P90, \
      and which input, had it been otherwise, would explain most of the error.
      """,
    options: [
      .variant,
      Option(
        "--observed", value: "FILES", repeats: true,
        help: "CSV files of what came, with commas between them"),
      Option("--quick", help: "do not look for the inputs that explain the error"),
    ] + Option.simulation + [.out, .json, .format],
    examples: ["towtank backtest my.json5 --observed bill.csv,metrics.csv"])
}

extension Tool {
  /// `towtank backtest FILE --observed bill.csv,metrics.csv`.
  func backtest(_ arguments: Arguments) async throws -> ExitCode {
    let paths = arguments.values("--observed").flatMap { $0.split(separator: ",").map(String.init) }
    guard !paths.isEmpty else {
      throw CommandFailure(
        .usage, "error: nothing to compare with\nhelp: --observed bill.csv,metrics.csv")
    }
    let source = try source(arguments.operands[0], arguments)
    let scenario = try chosen(arguments.operands[0], arguments)
    try checkFolder(arguments)
    if !arguments.has("--quiet") { try warn(scenario) }
    let experiment = try await decided(experiment(scenario, arguments))
    let files = try paths.map { ($0, try readObserved($0)) }
    // What can be wrong with a table is found before a long run, but for names of metrics.
    let months = BillingCalendar(start: scenario.start, horizon: scenario.horizon).months
    let labels = months.map(\.first.monthText)
    _ = try observed(files, months: labels, metrics: nil)
    let results = try await results(of: experiment, arguments, label: scenario.variant)
    let observed = try observed(files, months: labels, metrics: results.figures.map(\.name))
    var test = Backtest(results, observed: observed)
    test.options =
      ["--observed", paths.joined(separator: ",")] + ["--quick"].filter(arguments.has)
    if !arguments.has("--quick"), !test.lines.isEmpty {
      let inputs = SimulatedDriver.inputs(of: results)
      test = try await rerunning(source, as: experiment, arguments) { run in
        var copy = test
        await copy.explain(inputs, observed: observed, run: run)
        return copy
      }
    }
    let report = BacktestReport.report(test)
    let json = BacktestJSON.json(test)
    let text = json.text(.pretty) + "\n"
    if let folder = arguments.value("--out") {
      try write(
        report, results: [("results.json", ResultsFile.text(results)), ("backtest.json", text)],
        to: folder)
    }
    try show(report, json: json, results: text, arguments)
    return .success
  }

  private func observed(
    _ files: [(path: String, bytes: [UInt8])], months: [String], metrics: [String]?
  ) throws -> ObservedTable {
    var observed = ObservedTable()
    for file in files {
      do throws(DelimitedTextError) {
        observed.add(try ObservedTable(file.bytes, months: months, metrics: metrics))
      } catch {
        throw Self.refused(error, in: file.path)
      }
    }
    return observed
  }

  private func readObserved(_ path: String) throws -> [UInt8] {
    do {
      return try FileSystem.read(path)
    } catch {
      throw Self.unreadable(error)
    }
  }
}
