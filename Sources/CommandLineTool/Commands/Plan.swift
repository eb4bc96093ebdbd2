import Experiments
import Reports
import Scenarios
import Syntax

extension Command {
  static let planning = Command(
    name: .plan, operands: "FILE", operandCount: 1...1,
    summary: "find the cheapest configuration that meets every threshold",
    story: """
      Races all combinations of the values of --knob, or of the scenario's plan.knobs, on the same \
      arrivals and failures: what breaches or is surely dearer is dropped after a few replications, \
      what cannot be built is dropped before. Prints the winner, how sure that is, what was dropped \
      and why, and the traffic at which the winner breaks. Ends with 2 where none meets, with 3 \
      where that stays open.
      """,
    options: [
      .variant,
      Option(
        "--knob", value: "PATH=VALUES", repeats: true,
        help: "values to choose from: a,b,c or 2..12 or 2..12:2; the path variant takes variants"),
      Option("--no-headroom", help: "do not search for the traffic at which the winner breaks"),
    ] + Option.simulation + [.out, .json, .format],
    examples: [
      "towtank plan scenarios/quickstart.json5 --knob services.embed.replicas=1..6",
      "towtank plan a.json5 --knob variant=base,gpu",
    ])
}

extension Tool {
  /// `towtank plan FILE`.
  func plan(_ arguments: Arguments) async throws -> ExitCode {
    let path = arguments.operands[0]
    let maker = try maker(path, arguments)
    let base = try chosen(path, arguments)
    let space = try space(base, arguments)
    try checkFolder(arguments)
    if !arguments.has("--quiet") { try warn(base) }
    let progress = Progress(
      errors: errors, isShown: terminal.errorIsTerminal && !arguments.has("--quiet"),
      label: "plan, at most", total: space.count * base.replications)
    defer { progress.erase() }
    var plan = try await simulating(path) {
      var race = PlanRace(
        space: space, maker: maker, jobs: try jobs(arguments),
        isCancelled: { Interruption.isRequested }, finished: { progress.show($0) })
      return try await race.run()
    }
    if let winner = plan.winner, !arguments.has("--no-headroom") {
      let point = plan.points[winner]
      var standing = maker.standing(on: point.variant, with: point.settings)
      standing.fidelity = plan.fidelity
      plan.breaking = try await breakingLoad(of: standing, path, upTo: 32, arguments)
    }
    progress.erase()
    let report = PlanReport.report(plan)
    let text = PlanJSON.json(plan).text(.pretty) + "\n"
    if let folder = arguments.value("--out") {
      try write(report, results: [("plan.json", text)], to: folder)
    }
    try show(report, json: PlanJSON.json(plan), results: text, arguments)
    return exitCode(plan.outcome)
  }

  /// What makes the experiments of a file under the options of the command line.
  func maker(_ path: String, _ arguments: Arguments) throws -> ExperimentMaker {
    let names = arguments.values("--variant")
    guard names.count <= 1 else {
      throw CommandFailure(.usage, "error: one variant at a time")
    }
    return ExperimentMaker(
      source: try source(path, arguments), variant: names.first ?? "base",
      seed: try arguments.integer("--seed", in: 0...Int.max).map { UInt64($0) },
      toolVersion: Tool.version)
  }

  private func space(_ base: Scenario, _ arguments: Arguments) throws -> PlanSpace {
    let given = arguments.values("--knob")
    let knobs =
      given.isEmpty
      ? try axes(base.knobs, of: "plan.knobs", code: .invalidInput, SettingAxis.read)
      : try axes(given, of: "--knob", SettingAxis.read)
    do throws(PlanProblem) {
      return try PlanSpace(knobs)
    } catch {
      throw failure(error)
    }
  }

  /// Runs `body` and turns its failures into those of the command line.
  func simulating<T>(_ path: String, _ body: () async throws -> T) async throws -> T {
    do {
      return try await running(path, body)
    } catch let problem as PlanProblem {
      throw failure(problem)
    }
  }

  private func failure(_ problem: PlanProblem) -> CommandFailure {
    switch problem {
    case .noKnobs:
      CommandFailure(
        .usage, "error: nothing to choose\nhelp: write --knob services.NAME.replicas=2..8")
    case .knobGivenTwice(let path):
      CommandFailure(
        .usage,
        "error: `\(VisibleText.escaped(path))` is turned twice\nhelp: give all its values in one")
    case .knobWithoutSteps(let knob):
      CommandFailure(.usage, missingSteps(knob, for: "a plan") ?? "")
    case .tooManyCombinations:
      CommandFailure(
        .usage,
        "error: there are more than \(PlanSpace.limit) combinations\n"
          + "help: leave values or knobs out")
    case .noThresholds:
      CommandFailure(
        .usage,
        "error: the scenario has no thresholds, so the cheapest is to have nothing\n"
          + "help: write what must hold: thresholds: [\"search.latency.p99 < 100 ms\"]")
    case .oneReplication:
      CommandFailure(
        .usage, "error: one replication shows nothing for sure\nhelp: --replications 10")
    case .tooFewReplications(let threshold, let needed):
      CommandFailure(
        .usage,
        "error: so few replications cannot show `\(VisibleText.escaped(threshold))` of any point\n"
          + "help: --replications \(needed)")
    }
  }
}
