import Experiments

/// Job files of clusters.
extension Tool {
  func emit(
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
