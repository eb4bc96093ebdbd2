import Experiments
import Syntax

/// The part of a sweep that falls to this process, from `--shard` or from what a cluster says.
enum ClusterShard {
  /// Variables that array jobs set: Slurm (sbatch(1), output environment variables), Kubernetes
  /// (Jobs, completion mode Indexed), AWS Batch (user guide, array jobs).
  static let variables = [
    "SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_COUNT", "SLURM_ARRAY_TASK_MIN",
    "SLURM_ARRAY_TASK_MAX", "SLURM_ARRAY_TASK_STEP", "JOB_COMPLETION_INDEX",
    "AWS_BATCH_JOB_ARRAY_INDEX", "AWS_BATCH_JOB_ARRAY_SIZE",
  ]

  /// A shard and who named it.
  struct Choice: Hashable {
    var shard: SweepShard
    /// Such as `Slurm array`; nil for `--shard`.
    var cluster: String?
  }

  /// The shard of `--shard I/N`, else that of an array job; nil where there is neither.
  ///
  /// - Parameters:
  ///   - text: the value of `--shard`.
  ///   - count: the value of `--shards`, for clusters that give only the index.
  /// - Throws: `CommandFailure` 64.
  static func choice(
    _ text: String?, count: Int?, in variables: [String: String]
  ) throws -> Choice? {
    if let text {
      let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
      guard parts.count == 2, let index = parts[0], let all = parts[1], (1...100_000).contains(all),
        (1...all).contains(index)
      else {
        throw CommandFailure(
          .usage, "error: --shard takes I/N such as 3/16, not \(VisibleText.quoted(text))")
      }
      if let count, count != all {
        throw CommandFailure(.usage, "error: --shard \(text) is one of \(all), not of \(count)")
      }
      return Choice(shard: SweepShard(index: index, count: all), cluster: nil)
    }
    return try slurm(count, variables) ?? kubernetes(count, variables) ?? batch(count, variables)
  }

  private static func number(_ name: String, _ variables: [String: String]) throws -> Int? {
    guard let text = variables[name], !text.isEmpty else { return nil }
    guard let number = Int(text), number >= 0 else {
      throw CommandFailure(
        .usage,
        "error: \(name) is \(VisibleText.quoted(text)), not a number\nhelp: give --shard I/N")
    }
    return number
  }

  private static func slurm(_ count: Int?, _ variables: [String: String]) throws -> Choice? {
    guard let task = try number("SLURM_ARRAY_TASK_ID", variables) else { return nil }
    let first = try number("SLURM_ARRAY_TASK_MIN", variables) ?? 0
    let step = max(1, try number("SLURM_ARRAY_TASK_STEP", variables) ?? 1)
    guard let tasks = try number("SLURM_ARRAY_TASK_COUNT", variables) ?? count else {
      throw CommandFailure(
        .usage, "error: SLURM_ARRAY_TASK_COUNT is not set\nhelp: give --shards N")
    }
    let last = try number("SLURM_ARRAY_TASK_MAX", variables) ?? first + (tasks - 1) * step
    // A list such as 1,4,5, or an array of which a part was submitted again, has no even numbers.
    let isPart = tasks == 1 && first > 1
    guard (last - first) % step == 0, (last - first) / step + 1 == tasks, count ?? tasks == tasks,
      !isPart
    else {
      throw CommandFailure(
        .usage,
        "error: the Slurm array from \(first) to \(last) has \(tasks) tasks, so its numbers name no "
          + "shards\nhelp: give --shard I/N, or submit --array=0-\((count ?? tasks) - 1)")
    }
    return try choice((task - first) / step, of: tasks, "Slurm array")
  }

  private static func kubernetes(_ count: Int?, _ variables: [String: String]) throws -> Choice? {
    guard let index = try number("JOB_COMPLETION_INDEX", variables) else { return nil }
    guard let count else {
      throw CommandFailure(
        .usage,
        "error: a Kubernetes Job tells its index, \(index), but not how many there are\n"
          + "help: give --shards with the job's `completions`")
    }
    return try choice(index, of: count, "Kubernetes Indexed Job")
  }

  private static func batch(_ count: Int?, _ variables: [String: String]) throws -> Choice? {
    guard let index = try number("AWS_BATCH_JOB_ARRAY_INDEX", variables) else { return nil }
    guard let size = try number("AWS_BATCH_JOB_ARRAY_SIZE", variables) ?? count else {
      throw CommandFailure(
        .usage,
        "error: AWS_BATCH_JOB_ARRAY_SIZE is not set\nhelp: give --shards with the array's size")
    }
    return try choice(index, of: count ?? size, "AWS Batch array")
  }

  private static func choice(_ index: Int, of count: Int, _ cluster: String) throws -> Choice {
    guard count >= 1, (0..<count).contains(index) else {
      throw CommandFailure(
        .usage,
        "error: index \(index) of the \(cluster) is none of \(count)\nhelp: give --shard I/N")
    }
    return Choice(shard: SweepShard(index: index + 1, count: count), cluster: cluster)
  }
}
