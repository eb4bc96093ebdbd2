import Experiments
import Syntax

extension Tool {
  /// `towtank merge DIR...`.
  func merge(_ arguments: Arguments) throws -> ExitCode {
    try checkFolder(arguments)
    let folders = arguments.operands.flatMap(Self.journals)
    let journals = try folders.map(SweepJournal.read)
    guard let first = journals.first else { throw Self.notMerged("there is no sweep to merge") }
    for other in journals.dropFirst() where other.plan != first.plan {
      let text = zip(
        SweepFiles.json(first.plan).members, SweepFiles.json(other.plan).members)
      let key = text.first { $0.0 != $0.1 }?.0.key ?? "plan"
      throw Self.notMerged(
        "`\(VisibleText.escaped(first.folder))` and `\(VisibleText.escaped(other.folder))` are of "
          + "two sweeps: they differ in `\(key)`")
    }
    let plan = first.plan
    var results: [SweepResult] = []
    var missing: [Int] = []
    for point in plan.points {
      let found = journals.lazy.compactMap { $0.result(of: point) }.first
      if let found { results.append(found) } else { missing.append(point.number + 1) }
    }
    guard missing.isEmpty else {
      let shown = missing.prefix(8).map(String.init).joined(separator: ", ")
      let more = missing.count > 8 ? " and \(missing.count - 8) more" : ""
      throw Self.notMerged(
        "\(missing.count) of \(plan.pointCount) points are not finished: \(shown)\(more)",
        help: "run the shards that lack them again; they go on where they stopped")
    }
    var journal: SweepJournal?
    if let folder = arguments.value("--out") {
      let whole = SweepJournal(folder: folder, plan: plan)
      try whole.open()
      for result in results { try whole.keep(result) }
      journal = whole
    }
    return try show(SweepResults(plan: plan, results: results), journal, arguments)
  }

  /// The folders of sweeps in a folder: itself, or the shards that it holds.
  private static func journals(in folder: String) -> [String] {
    let shards = FileSystem.names(in: folder).filter {
      $0.hasPrefix("shard-") && FileSystem.exists("\(folder)/\($0)/sweep.json")
    }
    return shards.isEmpty ? [folder] : shards.map { folder + "/" + $0 }
  }

  private static func notMerged(_ reason: String, help: String? = nil) -> CommandFailure {
    CommandFailure(
      .invalidInput,
      "error[\(DiagnosticCode.badSweep.rawValue)]: \(reason)"
        + (help.map { "\nhelp: \($0)" } ?? ""))
  }
}
