import Experiments
import Reports
import Scenarios
import Syntax

extension Command {
  static let loading = Command(
    name: .load, operands: "FILE", operandCount: 1...1,
    summary: "find the traffic at which a system breaks, and what breaks first",
    story: """
      Multiplies the traffic until a threshold other than of money is breached or a service does \
      not keep up, for each replication on its own random numbers. Prints the headroom with its \
      interval, what breaks first, and the load curve. Ends with 2 where today's traffic is too \
      much.
      """,
    options: [
      .variant,
      Option("--up-to", value: "N", help: "the largest multiple that is tried, 32 by default"),
    ] + Option.simulation + [.out, .json, .format],
    examples: ["towtank load scenarios/quickstart.json5"])
}

extension Tool {
  /// `towtank load FILE`.
  func load(_ arguments: Arguments) async throws -> ExitCode {
    let path = arguments.operands[0]
    let limit = try arguments.integer("--up-to", in: 1...100_000) ?? 32
    let maker = try maker(path, arguments)
    let base = try chosen(path, arguments)
    try checkFolder(arguments)
    if !arguments.has("--quiet") { try warn(base) }
    let load = try await breakingLoad(of: maker, path, upTo: Double(limit), arguments)
    let report = LoadReport.report(load)
    let text = LoadJSON.json(load).text(.pretty) + "\n"
    if let folder = arguments.value("--out") {
      try write(report, results: [("load.json", text)], to: folder)
    }
    try show(report, json: LoadJSON.json(load), results: text, arguments)
    return exitCode(load.outcome)
  }

  /// The breaking load of what a maker makes.
  func breakingLoad(
    of maker: ExperimentMaker, _ path: String, upTo limit: Double, _ arguments: Arguments
  ) async throws -> BreakingLoad {
    let progress = Progress(
      errors: errors, isShown: terminal.errorIsTerminal && !arguments.has("--quiet"),
      label: "load, about", total: 100)
    defer { progress.erase() }
    return try await simulating(path) {
      var search = LoadSearch(
        maker: maker, upTo: limit, jobs: try jobs(arguments),
        isCancelled: { Interruption.isRequested }, finished: { progress.show($0) })
      return try await search.run()
    }
  }
}
