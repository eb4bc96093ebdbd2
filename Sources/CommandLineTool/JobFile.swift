import Experiments
import Syntax

/// Job files that run the shards of a sweep on a cluster.
///
/// Slurm: sbatch(1). Kubernetes: Jobs with `completionMode: Indexed`. AWS Batch: the request of
/// SubmitJob, for `aws batch submit-job --cli-input-json file://job.json`.
struct JobFile {
  enum Kind: String, CaseIterable {
    case slurm, kubernetes
    case batch = "aws-batch"
  }

  /// The words of the sweep without `--emit`, `--shard` and `--shards`.
  var words: [String]
  var shards: Int
  /// A name of letters, digits and hyphens.
  var name: String
  /// The folder of `--out`, for the remark on how to merge.
  var folder: String

  /// The text of the file.
  func text(_ kind: Kind) -> String {
    switch kind {
    case .slurm: slurm
    case .kubernetes: kubernetes
    case .batch: batch
    }
  }

  /// What to do with the file, for stderr.
  func remark(_ kind: Kind) -> String {
    let merge = "towtank merge \(Self.quoted(folder)) --out \(Self.quoted(folder))"
    switch kind {
    case .slurm: return "submit it with sbatch; when all tasks are done: \(merge)\n"
    case .kubernetes:
      return
        "put in an image with towtank and a volume that all pods share, then kubectl apply; when "
        + "the job is complete: \(merge)\n"
    case .batch:
      return
        "put in your queue and a job definition whose containers share a folder, then aws batch "
        + "submit-job --cli-input-json; when all children are done: \(merge)\n"
    }
  }

  private var slurm: String {
    """
    #!/bin/sh
    #SBATCH --job-name=\(name)
    #SBATCH --array=0-\(shards - 1)
    #SBATCH --ntasks=1
    #SBATCH --cpus-per-task=1
    #SBATCH --output=\(name)-%A_%a.log
    set -eu
    exec \(line) --jobs "${SLURM_CPUS_PER_TASK:-1}" \\
      --shard "$((SLURM_ARRAY_TASK_ID + 1))/\(shards)"

    """
  }

  private var kubernetes: String {
    let head = """
      apiVersion: batch/v1
      kind: Job
      metadata:
        name: \(name)
      spec:
        completionMode: Indexed
        completions: \(shards)
        parallelism: \(shards)
        backoffLimit: \(max(6, shards))
        template:
          spec:
            restartPolicy: Never
            containers:
              - name: towtank
                image: towtank:\(Tool.version)
                workingDir: /data
                command: ["towtank"]
                args:

      """
    let arguments = (words + ["--shards", "\(shards)"]).map { "            - \(Self.json($0))\n" }
    let tail = """
                volumeMounts:
                  - name: data
                    mountPath: /data
            volumes:
              - name: data
                persistentVolumeClaim:
                  claimName: towtank

      """
    return head + arguments.joined() + tail
  }

  private var batch: String {
    let command = ["towtank"] + words + ["--shards", "\(shards)"]
    return JSONValue.object([
      JSONMember("jobName", .string(name)),
      JSONMember("jobQueue", .string("towtank")),
      JSONMember("jobDefinition", .string("towtank")),
      JSONMember("arrayProperties", .object([JSONMember("size", .integer(shards))])),
      JSONMember("retryStrategy", .object([JSONMember("attempts", .integer(3))])),
      JSONMember(
        "containerOverrides",
        .object([JSONMember("command", .array(command.map { .string($0) }))])),
    ]).text(.pretty) + "\n"
  }

  private var line: String { (["towtank"] + words).map(Self.quoted).joined(separator: " ") }

  /// A text of YAML and JSON alike.
  private static func json(_ text: String) -> String { JSONValue.string(text).text(.compact) }

  /// A word of a shell.
  static func quoted(_ word: String) -> String {
    let isPlain =
      !word.isEmpty
      && word.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"):
          true
        default: "-_./=:,+@%".utf8.contains(byte)
        }
      }
    return isPlain ? word : "'" + word.replacing("'", with: "'\\''") + "'"
  }
}
