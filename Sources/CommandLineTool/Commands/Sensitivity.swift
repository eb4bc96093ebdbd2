import Experiments
import Quantities
import Reports
import Scenarios
import Syntax

extension Command {
  static var sensing: Command {
    Command(
      name: .sensitivity, operands: "FILE", operandCount: 1...1,
      summary: "find which inputs matter and what must be true of them",
      story: """
        Moves each belief of the scenario from P10 to P90, and each named input from end to end, \
        with the others at their middle, and looks for the value at which each threshold turns. \
        --method adds the elementary effects of Morris or the indices of Sobol', which see \
        interactions. All points see the same random world.
        """,
      options: [
        Option(
          "--input", value: "PATH=LOW..HIGH", repeats: true,
          help: "a further input between two ends, such as services.llm.time.fixed=3 ms..6 ms"),
        Option("--metrics", value: "NAMES", help: "metrics to look at, such as cost.perMonth"),
        Option(
          "--method", value: "NAME", choices: ["one-at-a-time", "morris", "sobol"],
          help: "what is done beside one at a time"),
        Option(
          "--points", value: "N",
          help: "trajectories of Morris (10 by default) or rows of Sobol' indices (64)"),
        .variant,
      ] + Option.simulation + [.out, .json, .format],
      examples: [
        "towtank sensitivity scenarios/quickstart.json5 --input traffic.searchers.rate=200..400/s",
        "towtank sensitivity scenarios/quickstart.json5 --input traffic.searchers.rate=200..400/s "
          + "--input services.embed.time.fixed=3ms..6ms --method sobol --points 64",
      ])
  }
}

extension Tool {
  /// `towtank sensitivity FILE`.
  func sensitivity(_ arguments: Arguments) async throws -> ExitCode {
    let named = try axes(arguments.values("--input"), of: "--input", SettingAxis.readRange)
    let method = try method(arguments)
    let path = arguments.operands[0]
    var maker = try maker(path, arguments)
    try checkFolder(arguments)
    return try await running(path) {
      let base = try maker.scenario()
      if !arguments.has("--quiet") { try warn(base) }
      let inputs = try inputs(named, base)
      let metrics = try metrics(arguments, base)
      let seed = maker.seed ?? base.seed
      let progress = Progress(
        errors: errors, isShown: terminal.errorIsTerminal && !arguments.has("--quiet"),
        label: "sensitivity", total: 0, things: "points")
      defer { progress.erase() }
      let jobs = try jobs(arguments)
      maker.fidelity = try inputs.fidelity(maker)
      let decided = maker
      var runner = SensitivityRunner(inputs) { points in
        try await evaluate(points, inputs, metrics, decided, progress, jobs)
      }
      let (middle, swings) = try await runner.swings()
      let turns = try await runner.turns(thresholds: base.thresholds.count)
      var study = SensitivityStudy(
        file: path, variant: base.variant, title: base.title, toolVersion: Tool.version,
        digest: try maker.source.digest(of: base), seed: seed, replications: base.replications,
        horizon: QuantityFormatter.exact(base.horizon), inputs: inputs, metrics: metrics,
        thresholds: base.thresholds.map(\.text), middle: middle, swings: swings, turns: turns)
      study.settings = base.settingsGiven
      study.defaults = base.appliedDefaults(beside: inputs.map(\.path))
      if let fidelity = maker.fidelity { study.fidelity = fidelity }
      switch method {
      case .oneAtATime: break
      case .morris(let trajectories):
        study.morris = try await runner.morris(
          trajectories: trajectories, seed: seed, metrics: metrics.count)
      case .sobol(let rows):
        study.sobol = try await runner.sobol(rows: rows, seed: seed, metrics: metrics.count)
      }
      study.assumptions = runner.assumptions
      progress.erase()
      let report = SensitivityReport.report(study)
      let text = SensitivityJSON.json(study).text(.pretty) + "\n"
      if let folder = arguments.value("--out") {
        try write(report, results: [("sensitivity.json", text)], to: folder)
      }
      try show(report, json: SensitivityJSON.json(study), results: text, arguments)
      return .success
    }
  }

  private func method(_ arguments: Arguments) throws -> SensitivityRunner.Method {
    let points = try arguments.integer("--points", in: 2...100_000)
    switch arguments.value("--method") {
    case "morris": return .morris(trajectories: points ?? 10)
    case "sobol": return .sobol(rows: points ?? 64)
    default:
      guard points == nil else {
        throw CommandFailure(.usage, "error: --points goes with --method morris or sobol")
      }
      return .oneAtATime
    }
  }

  /// The beliefs of the scenario and the named inputs; what is named is no belief any more.
  private func inputs(
    _ axes: [SettingAxis], _ base: Scenario
  ) throws -> [SensitivityInput] {
    let named = axes.compactMap { SensitivityInput($0, middle: base.text(at: $0.path)) }
    let inputs =
      base.beliefs.filter { belief in !named.contains { $0.path == belief.path } } + named
    guard !inputs.isEmpty else {
      throw CommandFailure(
        .usage,
        "error: `\(VisibleText.escaped(base.file))` holds no beliefs, and no input is named\n"
          + "help: give --input PATH=LOW..HIGH, or write { uncertain: { p10: …, p90: … } }")
    }
    guard inputs.count <= SobolIndices.largestInputCount else {
      throw CommandFailure(
        .usage, "error: \(inputs.count) inputs; there may be \(SobolIndices.largestInputCount)")
    }
    return inputs
  }

  /// Runs points of a study.
  private func evaluate(
    _ points: [[String?]], _ inputs: [SensitivityInput], _ metrics: [SweepMetric],
    _ maker: ExperimentMaker, _ progress: Progress, _ jobs: Int
  ) async throws -> [StudyPoint] {
    progress.expect(points.count)
    var found: [StudyPoint?] = Array(repeating: nil, count: points.count)
    try await PointRunner.run(
      count: points.count, jobs: jobs, isCancelled: { Interruption.isRequested },
      body: { index, jobs in
        let scenario = try maker.scenario(inputs.settings(points[index]))
        let results = try await maker.experiment(of: scenario).asking(for: metrics, of: scenario)
          .run(jobs: jobs, isCancelled: { Interruption.isRequested }, finished: { _ in })
        return StudyPoint(of: results, metrics: metrics, thresholds: scenario.thresholds)
      },
      finished: { index, point in
        found[index] = point
        progress.advance()
      })
    return found.compactMap { $0 }
  }
}
