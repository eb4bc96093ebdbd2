import TestSupport
import Testing

/// What a user types and sees, word for word: stdout as it is, stderr behind `2>`, the exit code.
@Suite(.serialized) struct TranscriptTests {
  struct Transcript: CustomTestStringConvertible, Sendable {
    var name: String
    var files: [String: String] = [:]
    var commands: [[String]]

    var testDescription: String { name }
  }

  static let transcripts: [Transcript] = [
    Transcript(
      name: "help",
      commands: [["--version"], ["--help"], ["help", "run"], []]
        + [
          "run", "compare", "budget", "plan", "load", "sweep", "merge", "sensitivity", "backtest",
          "review", "design", "report", "detect", "validate", "explain", "new", "catalog",
          "schema",
          "completions", "manual",
        ].map { [$0, "--help"] }),
    Transcript(
      name: "usage",
      files: [
        "small.json5": Sample.small, "bill.csv": "month,line,amount\n2024-01,serving,many\n",
      ],
      commands: [
        ["rum"], ["frobnicate"], ["--colour", "never"], ["--color", "never"], ["help", "rum"],
        ["run"], ["run", "a", "b"], ["run", "a", "--sed", "1"], ["run", "a", "--seed"],
        ["run", "a", "--json=1"], ["run", "a", "--format", "htm"], ["run", "a", "--color=red"],
        ["run", "a", "--json", "--format", "html"], ["run", "a", "--out", "x", "--out", "y"],
        ["run", "small.json5", "--seed", "-1"],
        ["run", "small.json5", "--seed", "99999999999999999999"],
        ["run", "small.json5", "--replications", "0"],
        ["run", "small.json5", "--replications", "1e9"], ["run", "small.json5", "--jobs", "0"],
        ["run", "small.json5", "--set", "horizon"],
        ["run", "small.json5", "--variant", "slow", "--variant", "two-gpus"],
        ["compare", "small.json5", "--baseline", "slw"],
        ["compare", "small.json5", "--metrics", "cost.perMonth,answer.latncy.p99"],
        ["compare", "small.json5", "--metrics", "model.replicas"],
        ["compare", "small.json5", "--crossover", "usrs"],
        ["compare", "small.json5", "--simplest", "much"],
        ["compare", "small.json5", "--ignore-below", "1%,tiny"],
        ["compare", "small.json5", "small.json5", "--variant", "slow"],
        ["compare", "small.json5#slow"],
        ["budget", "small.json5", "--fail-over", "much"],
        ["budget", "small.json5", "--fail-over", "0"], ["schema", "small.json5"],
        ["budget", "small.json5", "small.json5"], ["budget", "small.json5", "--diff"],
        ["budget", "--diff", "none.json", "small.json5"],
        ["budget", "--diff", "small.json5", "small.json5"], ["backtest", "small.json5"],
        ["backtest", "small.json5", "--observed", "none.csv"],
        ["backtest", "small.json5", "--observed", "bill.csv"],
        ["completions", "tcsh"], ["catalog", "cars"],
        ["catalog", "instances", "--filter", "gp=H100"],
        ["explain", "E0117"], ["explain", "canary-10-50-10"],
      ]),
    Transcript(
      name: "detect",
      files: [
        "errors.csv": Sample.errors, "ages.csv": Sample.ages,
        "sensors.csv": "time,a,b\n1,2,x\n2,nine,y\n",
        "empty.csv": "", "folder/file": "",
      ],
      commands: [
        ["detect", "errors.csv", "--column", "error"],
        [
          "detect", "errors.csv", "--column", "error", "--detector", "ddm", "--detector",
          "eddm:warm=10",
        ],
        [
          "detect", "errors.csv", "--predictions", "said", "--truth", "was", "--detector",
          "hddm-a", "--fail-on-alarm",
        ],
        ["detect", "errors.csv", "--column", "error", "--detector", "adwn"],
        ["detect", "errors.csv", "--column", "error", "--detector", "adwin:delta=7"],
        ["detect", "errors.csv", "--column", "eror"], ["detect", "errors.csv"],
        ["detect", "errors.csv", "--truth", "was"], ["detect", "sensors.csv", "--column", "a"],
        ["detect", "empty.csv"], ["detect", "nowhere.csv"], ["detect", "folder"],
        [
          "detect", "errors.csv", "--column", "error", "--detector", "psi:alpha=0.01", "--detector",
          "chi-square", "--window", "100", "--reference", "1..200",
        ],
        ["detect", "errors.csv", "--column", "error", "--detector", "ks"],
        ["detect", "errors.csv", "--column", "error", "--detector", "ks", "--reference", "5..2"],
        ["detect", "ages.csv", "--decay", "accuracy", "--age", "weeks", "--by", "set"],
        [
          "detect", "ages.csv", "--decay", "accuracy", "--age", "weeks", "--by", "set", "--step",
          "7d",
        ],
        ["detect", "ages.csv", "--decay", "accuracy"],
        ["detect", "errors.csv", "--step", "7d"],
        ["explain", "hddm-w"], ["explain", "psi"],
      ]),
    Transcript(
      name: "input",
      files: [
        "small.json5": Sample.small, "empty.json5": "", "binary.json5": "\u{7F}ELF\u{1}\u{0}",
        "folder/file": "", "array.json5": "[1, 2]",
        "mistakes.json5": Sample.small.replacing("rate: \"20/s\"", with: "rate: 20")
          .replacing("batching", with: "batchng").replacing("p99 <", with: "p999 <"),
        "unit.json5": Sample.small.replacing("timeout: \"1 s\"", with: "timeout: 200"),
        "key.json5": Sample.small.replacing("replicas\": 2", with: "replcas\": 2"),
      ],
      commands: [
        ["run", "nowhere.json5"], ["run", "folder"], ["run", ""], ["run", "empty.json5"],
        ["run", "binary.json5"], ["run", "array.json5"], ["run", "mistakes.json5"],
        ["validate", "small.json5", "nowhere.json5", "empty.json5"],
        ["run", "small.json5", "--variant", "slw"], ["compare", "small.json5", "--variant", "slw"],
        ["compare", "nowhere.json5", "empty.json5"], ["compare", "unit.json5", "key.json5"],
        ["report", "nowhere.json"],
        ["report", "small.json5"], ["report", "empty.json5"], ["report", "folder"],
        ["run", "small.json5", "--data", "nowhere"],
      ]),
    Transcript(
      name: "design", files: ["small.json5": Sample.small],
      commands: [
        ["design", "small.json5"], ["design", "small.json5", "--format", "markdown"],
        ["design", "small.json5", "--variant", "fast"],
      ]),
    Transcript(
      name: "output", files: ["small.json5": Sample.small, "folder/file": ""],
      commands: [
        ["run", "small.json5", "--out", "small.json5"], ["run", "small.json5", "--out", ""],
        ["compare", "small.json5", "--out", "folder/file/below"],
        ["budget", "small.json5", "--out", "/dev/null"], ["new", "small.json5"],
        ["new", "nowhere/new.json5"], ["new", "new.json5"], ["validate", "new.json5"],
      ]),
    Transcript(
      name: "settings", files: ["small.json5": Sample.small],
      commands: [
        "x=1", "services.modl.replicas=2", "services.model.tme=1", "horizon=", "=1", "horizon=10",
        "services.model.replicas.=2", "thresholds.0=x", "variants.slow=1", "replications=0",
        "horizon=[1,", "title='a",
      ].map { ["run", "small.json5", "--set", $0] }),
    Transcript(
      name: "sweep", files: ["small.json5": Sample.small],
      commands: [
        ["sweep", "small.json5"], ["sweep", "small.json5", "--vary", "services.model.replicas"],
        [
          "sweep", "small.json5", "--vary", "services.model.replicas=4..1", "--vary",
          "traffic.users.rate=10..20/h:x",
        ],
        ["sweep", "small.json5", "--vary", "services.modl.replicas=1..2"],
        ["sweep", "small.json5", "--vary", "services.model.replicas=1,two"],
        ["sweep", "small.json5", "--vary", "traffic.users.rate=5..40/s"],
        ["sweep", "small.json5", "--vary", "horizon=10 s,20 s", "--points", "4"],
        ["sweep", "small.json5", "--vary", "horizon=10 s..20 s", "--design", "sobol"],
        [
          "sweep", "small.json5", "--vary", "horizon=10 s,20 s", "--metrics",
          "cost.perMont,answer.latency",
        ],
        ["sweep", "small.json5", "--vary", "horizon=10 s,20 s", "--shard", "3/2"],
        ["sweep", "small.json5", "--vary", "horizon=10 s,20 s", "--shard", "1/2"],
        ["sweep", "small.json5", "--vary", "services.model.replicas=1..2"],
        [
          "sweep", "small.json5", "--vary", "services.model.replicas=1..2", "--vary",
          "traffic.users.rate=10..400/s:log", "--design", "sobol", "--points", "8",
        ],
        [
          "sweep", "small.json5", "--vary", "services.model.time.fixed=4 ms,8 ms", "--emit",
          "slurm", "--shards", "2", "--out", "out",
        ],
        [
          "sweep", "small.json5", "--vary", "services.model.time.fixed=4 ms,8 ms", "--emit",
          "kubernetes", "--shards", "2", "--out", "out",
        ],
        [
          "sweep", "small.json5", "--vary", "services.model.time.fixed=4 ms,8 ms", "--emit",
          "aws-batch", "--shards", "2", "--out", "out",
        ],
        ["merge", "nowhere"], ["explain", "E0701"],
        ["sensitivity", "small.json5"],
        ["sensitivity", "small.json5", "--input", "traffic.users.rate=40..20/s"],
        ["sensitivity", "small.json5", "--input", "traffic.users.rat=20..40/s"],
        ["sensitivity", "small.json5", "--input", "traffic.users.rate=10..40/s", "--points", "9"],
        [
          "sensitivity", "small.json5", "--input", "traffic.users.rate=10..700/s", "--input",
          "services.model.time.fixed=4..6 ms",
        ],
        [
          "sensitivity", "small.json5", "--input", "traffic.users.rate=10..40/s", "--input",
          "services.model.time.fixed=4..6 ms", "--metrics", "answer.latency.p90", "--method",
          "morris", "--points", "4",
        ],
        [
          "sensitivity", "small.json5", "--input", "traffic.users.rate=10..40/s", "--input",
          "services.model.time.fixed=4..6 ms", "--metrics", "answer.latency.p90", "--method",
          "sobol", "--points", "8",
        ],
      ]),
    Transcript(
      name: "decisions", files: ["small.json5": Sample.small],
      commands: [
        ["plan", "small.json5", "--knob", "services.model.replicas=1..3", "--no-headroom"],
        [
          "plan", "small.json5", "--knob", "variant=base,slow", "--knob",
          "services.model.batching.max=1,0,16", "--no-headroom",
        ],
        ["plan", "small.json5"], ["plan", "small.json5", "--knob", "services.model.replicas"],
        ["plan", "small.json5", "--knob", "services.model.replicas=9..1"],
        ["plan", "small.json5", "--knob", "services.model.replcas=1..3"],
        ["plan", "small.json5", "--knob", "horizon=20s,30s", "--replications", "1"],
        ["load", "small.json5", "--up-to", "8"], ["load", "small.json5", "--up-to", "0"],
        ["review", "small.json5", "--worth", "$0.01"],
        ["review", "small.json5", "--frequency", "outage-modle=2"],
        ["review", "small.json5", "--worth", "much"],
      ]),
    Transcript(
      name: "tables",
      commands: [
        ["explain", "E0107"], ["explain", "e0107"], ["catalog", "gpus", "--filter", "H100-NVL"],
        ["catalog", "instances", "--filter", "aws/g6.xlarge", "--format", "csv"],
        ["catalog", "models", "--filter", "bert", "--format", "json"],
        ["catalog", "gpus", "--filter", "nothing"],
      ]),
  ]

  @Test(arguments: transcripts)
  func `prints`(transcript: Transcript) throws {
    let place = try Workplace(transcript.files)
    var text = ""
    for words in transcript.commands {
      let process = try Executable.start(Executable.path, words, in: place, log: "run")
      let outcome = try Executable.wait(for: process, in: place, log: "run")
      text += "$ towtank" + words.map { " " + Self.quoted($0) }.joined() + "\n" + outcome.output
      let errors = outcome.errors.split(separator: "\n", omittingEmptySubsequences: false)
      for line in errors.dropLast() { text += "2> ".trimmed(before: line) + line + "\n" }
      text += "[exit \(outcome.code)]\n\n"
    }
    #expect(Golden.difference(of: text, from: "EndToEnd/\(transcript.name).txt") == nil)
  }

  private static func quoted(_ word: String) -> String {
    word.isEmpty || word.contains(" ") || word.contains("[") ? "'\(word)'" : word
  }
}

extension String {
  /// Without the space at its end where nothing follows.
  fileprivate func trimmed(before line: Substring) -> String {
    line.isEmpty && hasSuffix(" ") ? String(dropLast()) : self
  }
}
