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
    var maker = try maker(path, arguments)
    var plan = try plan(maker, axes, design, arguments)
    if let kind = arguments.value("--emit").flatMap(JobFile.Kind.init(rawValue:)) {
      return try emit(kind, plan, arguments)
    }
    try checkFolder(arguments)
    plan.fidelity = try fidelity(of: plan, maker, arguments)
    maker.fidelity = plan.fidelity
    guard let folder = arguments.value("--out") else {
      guard choice == nil else {
        throw CommandFailure(
          .usage, "error: a shard of a sweep is kept in a folder\nhelp: give --out DIR")
      }
      let results = try await results(of: plan, plan.points, maker, nil, arguments)
      return try show(SweepResults(plan: plan, results: results), nil, arguments)
    }
    guard let choice else {
      let journal = SweepJournal(folder: folder, plan: plan)
      let results = try await results(of: plan, plan.points, maker, journal, arguments)
      return try show(SweepResults(plan: plan, results: results), journal, arguments)
    }
    let shard = choice.shard
    let journal = SweepJournal(folder: folder + "/" + shard.name, plan: plan)
    let points = plan.points.filter(shard.contains)
    _ = try await results(of: plan, points, maker, journal, arguments)
    let origin = choice.cluster.map { " (\($0))" } ?? ""
    try output.write(
      "shard \(shard.index) of \(shard.count)\(origin): \(points.count) of \(plan.pointCount) points "
        + "in \(journal.folder)\nwhen all shards are done: towtank merge \(JobFile.quoted(folder)) "
        + "--out \(JobFile.quoted(folder))\n")
    return .success
  }

  /// Runs the points that the journal does not have, and gives all of them in order.
  private func results(
    of plan: SweepPlan, _ points: [SweepPoint], _ maker: ExperimentMaker,
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
    try journal?.open()
    let progress = Progress(
      errors: errors, isShown: terminal.errorIsTerminal && !arguments.has("--quiet"),
      label: "sweep", total: asked.count, things: "points", before: before)
    defer { progress.erase() }
    let jobs = try jobs(arguments)
    let kept = journal.map { "finished points are in \($0.folder); the same command goes on" }
    try await running(plan.file, interruption: "interrupted; \(kept ?? "nothing was written")") {
      try await SweepRunner.run(
        open, of: plan, jobs: jobs, skipsInvalid: arguments.has("--skip-invalid"),
        isCancelled: { Interruption.isRequested },
        make: { point in
          let scenario = try maker.scenario(plan.settings(of: point))
          return maker.experiment(of: scenario).asking(for: plan.metrics, of: scenario)
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

  /// How closely all points are looked at; finds out before anything is run or written whether
  /// each of them is a valid scenario.
  private func fidelity(
    of plan: SweepPlan, _ maker: ExperimentMaker, _ arguments: Arguments
  ) throws -> FidelityChoice {
    do {
      return try SweepRunner.fidelity(
        of: plan, maker, skipsInvalid: arguments.has("--skip-invalid"),
        isCancelled: { Interruption.isRequested })
    } catch let invalid as SweepRunner.InvalidPoint {
      let settings = plan.settings(of: invalid.point).joined(separator: ", ")
      let found = failure(invalid.error, in: plan.file)
      throw CommandFailure(
        found.code,
        found.message + "\npoint \(invalid.point.number + 1) of \(plan.pointCount): "
          + "\(VisibleText.escaped(settings))\n--skip-invalid leaves such points out")
    } catch {
      throw failure(error, of: plan.file)
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
