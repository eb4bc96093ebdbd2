import Experiments
import MLSystem
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
    // What one point measured of a service serves all that have it alike.
    let surfaces = SurfaceStore()
    let kept = journal.map { "finished points are in \($0.folder); the same command goes on" }
    try await running(plan.file, interruption: "interrupted; \(kept ?? "nothing was written")") {
      try await SweepRunner.run(
        open, of: plan, jobs: jobs, skipsInvalid: skipsInvalid,
        isCancelled: { Interruption.isRequested },
        make: { point in
          let scenario = try source.scenario(
            variant: plan.variant, settings: plan.settings(of: point))
          var experiment = Experiment(of: scenario, seed: seed, toolVersion: Tool.version)
            .asking(for: plan.metrics, of: scenario)
          experiment.surfaces = surfaces
          return experiment
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
}
