import Experiments
import Reports
import Scenarios
import Syntax

extension Tool {
  /// `towtank sweep FILE`.
  func sweep(_ arguments: Arguments) async throws -> ExitCode {
    let axes = try axes(arguments)
    let design = try design(arguments, axes)
    let choice = try ClusterShard.choice(
      arguments.value("--shard"), count: try arguments.integer("--shards", in: 1...100_000),
      in: variables)
    let path = arguments.operands[0]
    let source = try source(path, arguments)
    let plan = try plan(source, axes, design, arguments)
    if let kind = arguments.value("--emit").flatMap(JobFile.Kind.init(rawValue:)) {
      return try emit(kind, plan, arguments)
    }
    try checkFolder(arguments)
    guard let folder = arguments.value("--out") else {
      guard choice == nil else {
        throw CommandFailure(
          .usage, "error: a shard of a sweep is kept in a folder\nhelp: give --out DIR")
      }
      let results = try await results(of: plan, plan.points, source, nil, arguments)
      return try show(SweepResults(plan: plan, results: results), nil, arguments)
    }
    guard let choice else {
      let journal = SweepJournal(folder: folder, plan: plan)
      let results = try await results(of: plan, plan.points, source, journal, arguments)
      return try show(SweepResults(plan: plan, results: results), journal, arguments)
    }
    let shard = choice.shard
    let journal = SweepJournal(folder: folder + "/" + shard.name, plan: plan)
    let points = plan.points.filter(shard.contains)
    _ = try await results(of: plan, points, source, journal, arguments)
    let origin = choice.cluster.map { " (\($0))" } ?? ""
    try output.write(
      "shard \(shard.index) of \(shard.count)\(origin): \(points.count) of \(plan.pointCount) points "
        + "in \(journal.folder)\nwhen all shards are done: towtank merge \(JobFile.quoted(folder)) "
        + "--out \(JobFile.quoted(folder))\n")
    return .success
  }

  /// The axes of `--vary`, with every mistake told.
  private func axes(_ arguments: Arguments) throws -> [SweepAxis] {
    var axes: [SweepAxis] = []
    var failures: [String] = []
    let texts = arguments.values("--vary")
    guard !texts.isEmpty else {
      throw CommandFailure(
        .usage,
        "error: a sweep varies something\nhelp: give --vary, such as "
          + "--vary services.llm.replicas=2..12")
    }
    for text in texts {
      do throws(DiagnosticsError) {
        let axis = try SweepAxis.read(text)
        guard !axes.contains(where: { $0.path == axis.path }) else {
          failures.append("error: --vary \(VisibleText.quoted(axis.path)) is given twice")
          continue
        }
        axes.append(axis)
      } catch {
        failures.append(badOption(error))
      }
    }
    guard failures.isEmpty else {
      throw CommandFailure(.usage, failures.joined(separator: "\n\n"))
    }
    return axes
  }

  /// The mistakes of an option's text with their carets.
  func badOption(_ error: DiagnosticsError) -> String {
    let renderer = DiagnosticRenderer(
      error.sources, isColored: terminal.colorOnError, width: terminal.width)
    return renderer.text(error.diagnostics).dropLastLineBreak().dropLastLineBreak()
  }

  private func design(_ arguments: Arguments, _ axes: [SweepAxis]) throws -> SweepDesign {
    let name = arguments.value("--design") ?? "grid"
    let points = try arguments.integer("--points", in: 1...SweepPlan.pointLimit)
    guard name != "grid" else {
      guard points == nil else {
        throw CommandFailure(
          .usage,
          "error: a grid has all combinations, so it takes no --points\n"
            + "help: add --design sobol")
      }
      for axis in axes {
        guard case .continuous(let range) = axis.levels else { continue }
        let ends = "\(range.value(at: 0))..\(range.value(at: 1))"
        throw CommandFailure(
          .usage,
          "error: a grid needs values on `\(VisibleText.escaped(axis.path))`, and \(ends) has no "
            + "steps\nhelp: write \(ends):lin5, or draw points with --design sobol --points 64")
      }
      return .grid
    }
    guard let points else {
      throw CommandFailure(
        .usage, "error: a \(name) design needs a number of points\nhelp: add --points 64")
    }
    guard name != "sobol" || axes.count <= SobolSequence.largestDimension else {
      throw CommandFailure(
        .usage, "error: a Sobol' design has at most \(SobolSequence.largestDimension) axes")
    }
    return name == "random" ? .random(points: points) : .sobol(points: points)
  }

  private func plan(
    _ source: ScenarioSource, _ axes: [SweepAxis], _ design: SweepDesign, _ arguments: Arguments
  ) throws -> SweepPlan {
    do {
      let base = try source.scenario(variant: try variant(arguments))
      if !arguments.has("--quiet") { try warn(base) }
      let metrics = try metrics(arguments, base)
      // What a point may read beside what the base reads.
      let files = axes.flatMap { axis -> [String] in
        guard axis.path.hasSuffix("file") || axis.path.hasPrefix("catalog"),
          case .values(let values) = axis.levels
        else { return [] }
        return values
      }
      let seed = try arguments.integer("--seed", in: 0...Int.max).map { UInt64($0) }
      let plan = SweepPlan(
        file: source.name, variant: base.variant, title: base.title,
        digest: try source.digest(of: base, readingAlso: files), toolVersion: Tool.version,
        seed: seed ?? base.seed, replications: base.replications, horizon: base.horizon,
        axes: axes, design: design, metrics: metrics)
      guard plan.pointCount <= SweepPlan.pointLimit else {
        throw CommandFailure(
          .usage,
          "error: more than \(SweepPlan.pointLimit) points\n"
            + "help: draw some of them with --design sobol --points 1000")
      }
      return plan
    } catch let error as DiagnosticsError {
      throw failure(error, in: source.name)
    }
  }

  /// The one variant of `--variant`, or the base.
  func variant(_ arguments: Arguments) throws -> String {
    let names = arguments.values("--variant")
    guard names.count <= 1 else {
      throw CommandFailure(.usage, "error: one variant at a time")
    }
    return names.first ?? "base"
  }

  /// The metrics of `--metrics`, or those that the thresholds and a reader of reports ask for.
  func metrics(_ arguments: Arguments, _ base: Scenario) throws -> [SweepMetric] {
    guard let text = arguments.value("--metrics") else { return base.usualMetrics }
    let names = text.split(separator: ",").map { word in
      String(word.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
    guard !names.isEmpty, !names.contains("") else {
      throw CommandFailure(
        .usage, "error: --metrics takes names such as cost.perMonth,ctr.latency.p99")
    }
    let found = try base.metrics(named: names).map { SweepMetric(name: $0.name, unit: $0.unit) }
    var unique: [SweepMetric] = []
    for metric in found where !unique.contains(metric) { unique.append(metric) }
    return unique
  }

  /// Runs the points that the journal does not have, and gives all of them in order.
  private func results(
    of plan: SweepPlan, _ points: [SweepPoint], _ source: ScenarioSource,
    _ journal: SweepJournal?, _ arguments: Arguments
  ) async throws -> [SweepResult] {
    var done: [String: SweepResult] = [:]
    var asked: Set<String> = []
    var open: [SweepPoint] = []
    for point in points {
      let key = plan.key(of: point)
      guard asked.insert(key).inserted else { continue }
      if let result = journal?.result(of: point) { done[key] = result } else { open.append(point) }
    }
    let before = done.count
    let skipsInvalid = arguments.has("--skip-invalid")
    if !skipsInvalid { try check(open, of: plan, source) }
    try journal?.open()
    let progress = Progress(
      errors: errors, isShown: terminal.errorIsTerminal && !arguments.has("--quiet"),
      label: "sweep", total: asked.count, things: "points", before: before)
    defer { progress.erase() }
    let jobs = try jobs(arguments)
    let seed = plan.seed
    let kept = journal.map { "finished points are in \($0.folder); the same command goes on" }
    try await running(plan.file, interruption: "interrupted; \(kept ?? "nothing was written")") {
      try await SweepRunner.run(
        open, of: plan, jobs: jobs, skipsInvalid: skipsInvalid,
        isCancelled: { Interruption.isRequested },
        make: { point in
          let scenario = try source.scenario(
            variant: plan.variant, settings: plan.settings(of: point))
          return Experiment(of: scenario, seed: seed, toolVersion: Tool.version)
            .asking(for: plan.metrics, of: scenario)
        },
        finished: { result in
          try journal?.keep(result)
          done[plan.key(of: result.point)] = result
          progress.show(done.count)
        })
    }
    return points.compactMap { point in
      done[plan.key(of: point)].map { result in
        var result = result
        result.point = point
        return result
      }
    }
  }

  /// Finds out before anything is run or written whether every point is a valid scenario.
  private func check(_ points: [SweepPoint], of plan: SweepPlan, _ source: ScenarioSource) throws {
    for point in points {
      if Interruption.isRequested {
        throw CommandFailure(.interrupted, "interrupted; nothing was written")
      }
      do throws(DiagnosticsError) {
        _ = try source.scenario(variant: plan.variant, settings: plan.settings(of: point))
      } catch {
        let settings = plan.settings(of: point).joined(separator: ", ")
        let found = failure(error, in: plan.file)
        throw CommandFailure(
          found.code,
          found.message + "\npoint \(point.number + 1) of \(plan.pointCount): "
            + "\(VisibleText.escaped(settings))\n--skip-invalid leaves such points out")
      }
    }
  }

  /// Writes the files of a finished sweep, prints its report, and says how it ends.
  func show(
    _ sweep: SweepResults, _ journal: SweepJournal?, _ arguments: Arguments
  ) throws -> ExitCode {
    let report = SweepReport.report(sweep)
    if let journal {
      try write(
        report,
        results: [
          ("sweep.csv", SweepFiles.table(sweep)), ("sweep.jsonl", SweepFiles.lines(sweep)),
        ], to: journal.folder)
    }
    if arguments.value("--format") == "csv" {
      try output.write(SweepFiles.table(sweep))
    } else {
      let json = SweepFiles.json(sweep)
      try show(report, json: json, results: json.text(.pretty) + "\n", arguments)
    }
    return exitCode(sweep.outcome)
  }

  private func emit(
    _ kind: JobFile.Kind, _ plan: SweepPlan, _ arguments: Arguments
  ) throws -> ExitCode {
    let shards = try arguments.integer("--shards", in: 1...100_000) ?? min(plan.pointCount, 16)
    guard let folder = arguments.value("--out") else {
      throw CommandFailure(
        .usage, "error: the shards of a job are kept in a folder\nhelp: give --out DIR")
    }
    guard kind != .batch || (2...10_000).contains(shards) else {
      throw CommandFailure(.usage, "error: an AWS Batch array has 2 to 10000 jobs, not \(shards)")
    }
    let left = ["--emit", "--shard", "--shards", "--color", "--quiet", "--jobs"]
    var words = ["sweep", plan.file]
    for option in arguments.options where !left.contains(option.name) {
      words.append(option.name)
      if arguments.command.allOptions.first(where: { $0.name == option.name })?.value != nil {
        words.append(option.value)
      }
    }
    let stem = FileSystem.name(of: plan.file).prefix { $0 != "." }.lowercased()
    let name = String(
      stem.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }.prefix(40))
    let file = JobFile(
      words: words, shards: shards, name: "towtank-\(name.isEmpty ? "sweep" : name)",
      folder: folder)
    try output.write(file.text(kind))
    if !arguments.has("--quiet") { try errors.write(file.remark(kind)) }
    return .success
  }
}
