import Experiments
import MLSystem
import Quantities
import Reports
import Scenarios
import Syntax

extension Command {
  static var comparing: Command {
    Command(
      name: .compare, operands: "FILE...", operandCount: 1...64,
      summary: "compare scenarios, or the variants of one, under the same random world",
      story: """
        All arms see the same arrivals, sizes, drift and failures, and differences carry paired \
        intervals that hold together. One file is compared with its variants; --variant picks \
        some of them. Several files are compared as they are; FILE#VARIANT is a variant of one. \
        It names the arms that may be the best of each metric, those that nothing beats, the \
        simplest that keeps most of the gain, and where the money goes; with --crossover it runs \
        all arms at other traffic too. Differences too small to matter are equal in practice: no \
        arm is better for them. Ends with 0 where at least one arm meets all of its thresholds.
        """,
      options: [
        Option("--variant", value: "NAME", repeats: true, help: "compare only these variants"),
        Option("--baseline", value: "NAME", help: "the arm that the others are compared with"),
        Option(
          "--metrics", value: "A,B,...",
          help: "judge arms by these; else by cost, latency or TTFT, availability, quality"),
        Option(
          "--crossover", value: "STREAM", repeats: true,
          help: "find the traffic of this stream at which arms change places"),
        Option(
          "--simplest", value: "GAIN[,COST]",
          help: "the simplest arm must keep this share of the gain, at this share of the cost"),
        Option(
          "--ignore-below", value: "SIZE,...",
          help: "equal in practice: such as 1% of money, times and counts, 0.01pp of shares, 0.001 "
            + "of scores"),
      ] + Option.simulation + [.out, .json, .format],
      examples: [
        "towtank compare scenarios/quickstart.json5", "towtank compare a.json5 b.json5",
        "towtank compare scenarios/quickstart.json5 --variant one-gpu --crossover searchers",
        "towtank compare a.json5 --metrics cost.perMonth,search.latency.p99 --simplest 90%,50%",
        "towtank compare a.json5 b.json5#two-gpus --ignore-below 1%",
      ])
  }
}

/// An arm before it is run: how to make it again with other settings.
struct ComparedArm {
  var name: String
  var scenario: Scenario
  var source: ScenarioSource
}

extension Tool {
  /// `towtank compare FILE...`.
  func compare(_ arguments: Arguments) async throws -> ExitCode {
    let parts = try comparedArms(arguments)
    guard parts.count > 1 else {
      let operand = arguments.operands[0]
      let reason = Self.parts(of: operand).variant == nil ? "has no variants" : "is one arm"
      throw CommandFailure(
        .usage, "error: nothing to compare: \(operand) \(reason)\nhelp: name a second file")
    }
    try checkPairs(parts, isSeedGiven: arguments.has("--seed"))
    try checkFolder(arguments)
    let baseline = try self.baseline(parts.map(\.name), arguments)
    let metrics = try chosenMetrics(parts, baseline: baseline, arguments)
    let wish = try wish(arguments)
    let margins = try margins(arguments)
    let crossing = try crossedStreams(parts[baseline].scenario, arguments)
    var arms: [Comparison.Arm] = []
    var experiments = try Experiment.alike(
      parts.map { try experiment($0.scenario, arguments) })
    for (index, part) in parts.enumerated() {
      experiments[index].ask(metrics)
      arms.append(
        Comparison.Arm(
          name: part.name,
          results: try await results(of: experiments[index], arguments, label: part.name),
          declared: part.scenario.declaredCount))
    }
    var comparison = ComparisonBuilder.comparison(
      of: arms, baseline: baseline, metrics: metrics.map(\.name), wish: wish, margins: margins)
    comparison.words = Self.words(arguments)
    comparison.crossover = try await crossover(
      comparison, parts, experiments, streams: crossing, arguments)
    let report = ComparisonReport.report(comparison)
    if let folder = arguments.value("--out") {
      let files = arms.map { ("\($0.name).results.json", ResultsFile.text($0.results)) }
      try write(report, results: files + [("comparison.json", text(comparison))], to: folder)
    }
    try show(
      report, json: ComparisonJSON.json(comparison), results: text(comparison), arguments)
    return exitCode(comparison.outcome)
  }

  private func baseline(_ names: [String], _ arguments: Arguments) throws -> Int {
    let wanted = arguments.value("--baseline") ?? names[0]
    if let baseline = names.firstIndex(of: wanted) { return baseline }
    let near = EditDistance.suggestion(for: wanted, among: names)
    throw CommandFailure(
      .usage,
      "error: no arm `\(wanted)` to compare with\n"
        + (near.map { "help: did you mean `\($0)`?" }
          ?? "help: there are \(names.joined(separator: ", "))"))
  }

  /// The metrics of `--metrics`; each is one of some arm, and it is known which way it is better.
  private func chosenMetrics(
    _ parts: [ComparedArm], baseline: Int, _ arguments: Arguments
  ) throws -> [MetricChoice] {
    guard let list = arguments.value("--metrics") else { return [] }
    var found: [MetricChoice] = []
    for name in Self.pieces(of: list) {
      let order = [baseline] + parts.indices.filter { $0 != baseline }
      var mistake: DiagnosticsError?
      var choice: MetricChoice?
      for index in order where choice == nil {
        do throws(DiagnosticsError) {
          choice = try parts[index].scenario.metrics(named: [name]).first
        } catch {
          if mistake == nil { mistake = error }
        }
      }
      guard let choice else {
        var failure = CommandFailure(.usage, "error: --metrics takes names of metrics")
        if let mistake { failure = self.failure(mistake, in: parts[baseline].scenario.file) }
        throw CommandFailure(.usage, failure.message)
      }
      guard Preference.betterIsLower(choice.metric.metric) != nil else {
        throw CommandFailure(
          .usage,
          "error: neither more nor less of `\(choice.name)` is better\n"
            + "help: judge by a metric that has a better end, such as cost.perMonth"
        )
      }
      if !found.contains(choice) { found.append(choice) }
    }
    return found
  }

  private func text(_ comparison: Comparison) -> String {
    ComparisonJSON.json(comparison).text(.pretty) + "\n"
  }
}
