import CommandLineTool
import Glibc
import Testing

/// A sweep gives the same bytes however it was run: at once, killed and resumed, in shards.
@Suite(.serialized) struct SweepTests {
  static let words = [
    "sweep", "small.json5", "--vary", "services.model.replicas=1..3", "--vary",
    "traffic.users.rate=10..40/s:10", "--metrics", "cost.perMonth,answer.latency.p97",
  ]

  static let scenario = Sample.small.replacing("\"20 s\"", with: "\"5 s\"")
    .replacing("replications: 4", with: "replications: 2")

  /// Every file beneath a folder and its text.
  private func files(_ place: Workplace, _ folder: String) -> [String: String] {
    var found: [String: String] = [:]
    for name in place.names where name.hasPrefix(folder + "/") {
      found[String(name.dropFirst(folder.utf8.count + 1))] = place.text(name)
    }
    return found
  }

  private func run(_ words: [String], _ place: Workplace) throws -> Executable.Outcome {
    let process = try Executable.start(Executable.path, words, in: place, log: "sweep")
    return try Executable.wait(for: process, in: place, log: "sweep")
  }

  @Test func `twelve points, by one worker and by four`() throws {
    let place = try Workplace(["small.json5": Self.scenario])
    let one = try run(Self.words + ["--out", "one", "--jobs", "1"], place)
    let four = try run(Self.words + ["--out", "four", "--jobs", "4"], place)
    #expect(one.code == 0)
    #expect(one.output == four.output)
    let files = files(place, "one")
    #expect(files == self.files(place, "four"))
    #expect(files.keys.count { $0.hasPrefix("points/") } == 12)
    let table = (files["sweep.csv"] ?? "").split(separator: "\n")
    let metrics = ["cost.perMonth", "answer.latency.p97"].flatMap {
      [$0, $0 + ".low", $0 + ".high"]
    }
    let head = ["point", "services.model.replicas", "traffic.users.rate", "thresholds"] + metrics
    #expect(table.first.map(String.init) == head.joined(separator: ","))
    #expect(table.count == 13)
    #expect(table.last?.hasPrefix("12,3,40/s,") == true)
    #expect(files["sweep.jsonl"]?.split(separator: "\n").count == 12)
  }

  @Test func `a point is the run with its settings`() throws {
    let place = try Workplace(["small.json5": Self.scenario])
    _ = try run(
      Self.words + ["--out", "out", "--metrics", "answer.latency.p99"].dropLast(2), place)
    let line = place.text("out/sweep.csv").split(separator: "\n")[7]
    #expect(line.hasPrefix("7,2,30/s,"))
    let single = try run(
      [
        "run", "small.json5", "--set", "services.model.replicas=2", "--set",
        "traffic.users.rate=30/s", "--json",
      ], place)
    let cost = line.split(separator: ",")[4]
    #expect(single.output.contains("\"value\": \(cost),"), "\(cost)")
  }

  /// SIGKILL cannot be caught: whatever stands on the disk then is what the next run finds.
  ///
  /// The instants are counted in finished points, so that a slow machine is killed as often as a
  /// quick one; a few milliseconds more let some fall into the middle of writing.
  @Test func `killed at any moment and resumed`() throws {
    let place = try Workplace(["small.json5": Self.scenario])
    let words = [
      "sweep", "small.json5", "--vary", "services.model.replicas=1..6", "--metrics",
      "answer.latency.p97",
    ]
    let plain = try run(words + ["--out", "plain"], place)
    #expect(plain.code == 0)
    let whole = files(place, "plain")
    for (number, finished) in [-1, 0, 1, 3, 5].enumerated() {
      let folder = "killed-\(number)"
      let process = try Executable.start(
        Executable.path, words + ["--out", folder, "--jobs", "1"], in: place, log: "killed")
      #expect(Executable.waitUntilItListens(process))
      let points = place.path(folder + "/points")
      for _ in 0..<10_000 {
        let names = FileSystem.names(in: points)
        if finished < 0 || FileSystem.isFolder(points) && names.count >= finished { break }
        usleep(500)
      }
      usleep(UInt32(number) * 700)
      kill(process, SIGKILL)
      _ = try Executable.wait(for: process, in: place, log: "killed")
      // A process that is killed while it writes leaves a part behind.
      if FileSystem.isFolder(points) {
        try place.write(Array("{".utf8), folder + "/points/x.json.part1")
      }
      let resumed = try run(words + ["--out", folder], place)
      #expect(resumed.code == plain.code)
      #expect(resumed.output == plain.output)
      #expect(files(place, folder) == whole)
    }
  }

  @Test func `Ctrl-C keeps what is finished`() throws {
    let place = try Workplace(["endless.json5": Sample.endless])
    let process = try Executable.start(
      Executable.path,
      [
        "sweep", "endless.json5", "--set", "fidelity=requests", "--vary", "horizon=1 s,3650d",
        "--out", "out", "--jobs", "1",
      ],
      in: place, log: "stopped")
    for _ in 0..<4_000 {
      if place.names.contains(where: { $0.hasPrefix("out/points/") }) { break }
      usleep(5_000)
    }
    kill(process, SIGINT)
    let stopped = try Executable.wait(for: process, in: place, log: "stopped")
    #expect(stopped.code == ExitCode.interrupted.rawValue)
    #expect(
      stopped.errors
        == "interrupted; finished points are in out; the same command goes on\n")
    #expect(stopped.output == "")
    let names = place.names.filter { $0.hasPrefix("out/") && !$0.hasPrefix("out/points/") }
    #expect(names == ["out/sweep.json"])
    #expect(place.names.count { $0.hasPrefix("out/points/") } == 1)
  }

  @Test func `finished points are not run again, damaged ones are`() throws {
    let place = try Workplace(["small.json5": Self.scenario])
    let first = try run(Self.words + ["--out", "out"], place)
    let before = files(place, "out")
    // One that meets its thresholds, and another.
    let points = before.keys.filter { $0.hasPrefix("points/") }.sorted { first, second in
      let fails = { (name: String) in before[name]?.contains("\"breached\"") == true }
      return fails(first) == fails(second) ? first < second : fails(second)
    }
    // A point whose file says something else shows that it was read and not run.
    let changed = (before[points[0]] ?? "").replacing("\"met\"", with: "\"breached\"")
    try place.write(Array(changed.utf8), "out/" + points[0])
    try place.write(Array("{\"key\": 1".utf8), "out/" + points[1])
    let second = try run(Self.words + ["--out", "out"], place)
    #expect(second.output != first.output)
    #expect(place.text("out/" + points[0]) == changed)
    #expect(place.text("out/" + points[1]) == before[points[1]])
  }

  @Test func `sixteen shards and a merge give the bytes of one machine`() throws {
    let place = try Workplace(["small.json5": Self.scenario])
    let plain = try run(Self.words + ["--out", "plain"], place)
    for index in 1...16 {
      let shard = try run(Self.words + ["--out", "parts", "--shard", "\(index)/16"], place)
      #expect(shard.code == 0)
    }
    let merged = try run(["merge", "parts", "--out", "whole"], place)
    #expect(merged.code == plain.code)
    #expect(merged.output == plain.output)
    #expect(files(place, "whole") == files(place, "plain"))
  }

  /// A point of 0.36 M requests is looked at as flow because another of 21.6 M is, also in a shard
  /// that has only the small one.
  @Test func `all points are looked at alike, in shards too`() async throws {
    let scenario = """
      {
        horizon: "1h", replications: 2,
        traffic: { users: { to: "answer", rate: "5/s" } },
        routes: { answer: { steps: ["store"] } },
        services: { store: { kind: "lookup", latency: "3 ms" } },
      }
      """
    let place = try Workplace(["lookup.json5": scenario])
    let words = ["sweep", "@lookup.json5", "--vary", "traffic.users.rate=100/s,6000/s", "--out"]
    let plain = await place.tool(words + ["@plain"])
    #expect(plain.code == .success)
    #expect(
      plain.output.contains("Fidelity flow at all points: a run has 22M requests"),
      "\(plain.output)")
    for shard in ["1/2", "2/2"] {
      #expect(await place.tool(words + ["@parts", "--shard", shard]).code == .success)
    }
    for name in ["shard-1-of-2", "shard-2-of-2"] {
      #expect(place.text("parts/\(name)/sweep.json") == place.text("plain/sweep.json"))
    }
    let merged = await place.tool("merge", "@parts", "--out", "@whole")
    #expect(merged.output == plain.output)
    #expect(files(place, "whole") == files(place, "plain"))
    let few = await place.tool(
      "sweep", "@lookup.json5", "--vary", "traffic.users.rate=5/s,10/s")
    #expect(
      few.output.contains("Every request simulated at all points: a run has 36k of them"),
      "\(few.output)")
  }

  @Test(arguments: [
    [
      "SLURM_ARRAY_TASK_ID": "5", "SLURM_ARRAY_TASK_COUNT": "3", "SLURM_ARRAY_TASK_MIN": "1",
      "SLURM_ARRAY_TASK_MAX": "5", "SLURM_ARRAY_TASK_STEP": "2",
    ],
    ["AWS_BATCH_JOB_ARRAY_INDEX": "2", "AWS_BATCH_JOB_ARRAY_SIZE": "3"],
    ["JOB_COMPLETION_INDEX": "2"],
  ])
  func `clusters name the shard`(variables: [String: String]) async throws {
    let place = try Workplace(["small.json5": Self.scenario])
    let words = ["sweep", "@small.json5", "--vary", "replications=2..4", "--out", "@out"]
    let outcome = await place.tool(words + ["--shards", "3"], variables: variables)
    #expect(outcome.code == .success)
    #expect(outcome.output.hasPrefix("shard 3 of 3 ("))
    #expect(
      place.names.filter { $0.hasPrefix("out/") }.allSatisfy {
        $0.hasPrefix("out/shard-3-of-3/")
      })
    #expect(place.names.count { $0.contains("/points/") } == 1)
    if variables["JOB_COMPLETION_INDEX"] == nil {
      #expect(await place.tool(words, variables: variables).code == .success)
    } else {
      #expect(await place.tool(words, variables: variables).code == .usage)
    }
  }

  /// A list of tasks, a part that was submitted again, an index without a count, another count, no
  /// number: better no shard than a wrong one.
  @Test(arguments: [
    [
      "SLURM_ARRAY_TASK_ID": "7", "SLURM_ARRAY_TASK_COUNT": "3", "SLURM_ARRAY_TASK_MIN": "1",
      "SLURM_ARRAY_TASK_MAX": "7", "SLURM_ARRAY_TASK_STEP": "1",
    ],
    [
      "SLURM_ARRAY_TASK_ID": "3", "SLURM_ARRAY_TASK_COUNT": "1", "SLURM_ARRAY_TASK_MIN": "3",
      "SLURM_ARRAY_TASK_MAX": "3",
    ],
    ["SLURM_ARRAY_TASK_ID": "3"], ["JOB_COMPLETION_INDEX": "3"],
    ["AWS_BATCH_JOB_ARRAY_INDEX": "3"], ["AWS_BATCH_JOB_ARRAY_INDEX": "x"],
    ["AWS_BATCH_JOB_ARRAY_INDEX": "3", "AWS_BATCH_JOB_ARRAY_SIZE": "3"],
  ])
  func `a shard that is not sure is refused`(variables: [String: String]) async throws {
    let place = try Workplace(["small.json5": Self.scenario])
    let outcome = await place.tool(
      ["sweep", "@small.json5", "--vary", "replications=2..4", "--out", "@out"],
      variables: variables)
    #expect(outcome.code == .usage)
    #expect(outcome.errors.contains("--shard"))
    #expect(place.names == ["small.json5"])
  }

  @Test func `a bad axis writes nothing`() async throws {
    let place = try Workplace(["small.json5": Self.scenario])
    for (axis, code) in [
      ("services.model.replicas=3..1", ExitCode.usage), ("services.model.replicas=0.5..2", .usage),
      ("services.modl.replicas=1..2", .invalidInput),
      ("services.model.replicas=1,none", .invalidInput),
      ("traffic.users.rate=10,20", .invalidInput), ("title", .usage),
    ] {
      let outcome = await place.tool("sweep", "@small.json5", "--vary", axis, "--out", "@out")
      #expect(outcome.code == code, "\(axis): \(outcome.errors)")
      #expect(outcome.output == "")
      #expect(place.names == ["small.json5"])
    }
  }

  @Test func `invalid points are left out where that is wanted`() async throws {
    let place = try Workplace(["small.json5": Self.scenario])
    let outcome = await place.tool(
      "sweep", "@small.json5", "--vary", "replications=0,2", "--skip-invalid", "--format", "csv")
    #expect(outcome.code == .success)
    #expect(outcome.output.contains("\n1,0,invalid,"))
    #expect(outcome.output.contains("\n2,2,met,"))
  }

  @Test func `replications are added until a point is precise`() async throws {
    let place = try Workplace(["small.json5": Self.scenario])
    let words = [
      "sweep", "@small.json5", "--vary", "traffic.users.rate=20/s,40/s", "--metrics",
      "answer.latency.mean", "--format", "json",
    ]
    let plain = await place.tool(words)
    let loose = await place.tool(words + ["--precision", "99%"])
    let strict = await place.tool(words + ["--precision", "0.001%"])
    func counts(_ outcome: ToolOutcome) -> [Int] {
      outcome.output.split(separator: "\"replications\": [").dropFirst().map { part in
        part.prefix { $0 != "]" }.split(separator: ",").count
      }
    }
    #expect(counts(plain) == [2, 2])
    #expect(counts(strict) == [32, 32])
    #expect(counts(loose).allSatisfy { [2, 4].contains($0) })
    #expect(await place.tool(words + ["--precision", "2"]).code == .usage)
  }

  @Test func `merging tells what is missing or of another sweep`() async throws {
    let place = try Workplace(["small.json5": Self.scenario])
    let words = ["sweep", "@small.json5", "--vary", "replications=2..4", "--out"]
    #expect(await place.tool(words + ["@a", "--shard", "1/2"]).code == .success)
    let missing = await place.tool("merge", "@a", "--out", "@whole")
    #expect(missing.code == .invalidInput)
    #expect(missing.errors.contains("1 of 3 points are not finished: 2"))
    #expect(await place.tool(words + ["@a", "--shard", "2/2", "--seed", "5"]).code == .success)
    let other = await place.tool("merge", "@a", "--out", "@whole")
    #expect(other.code == .invalidInput)
    #expect(other.errors.contains("they differ in `seed`"))
    #expect(await place.tool("merge", "@nowhere").code == .missingInput)
    #expect(!place.names.contains { $0.hasPrefix("whole") })
  }
}

/// What studies vary is read and refused alike, wherever it is written.
@Suite struct AxisOptionTests {
  @Test(arguments: [("sweep", "--vary"), ("plan", "--knob"), ("sensitivity", "--input")])
  func `a mistake is marked in the option`(command: String, option: String) async throws {
    let place = try Workplace(["small.json5": SweepTests.scenario])
    let outcome = await place.tool(
      command, "@small.json5", option, "services.model.replicas=3..1")
    #expect(outcome.code == .usage)
    #expect(outcome.errors.contains("error[E0701]: a range goes up"), "\(outcome.errors)")
    #expect(outcome.errors.contains("--> \(option):1:25"), "\(outcome.errors)")
    let twice = await place.tool(
      command, "@small.json5", option, "horizon=1..2 s", option, "horizon=1..3 s")
    #expect(twice.code == .usage)
    #expect(twice.errors.contains("\(option) `horizon` is given twice"), "\(twice.errors)")
  }

  @Test func `a mistake in the knobs of a file is one of the file`() async throws {
    let text = SweepTests.scenario.replacing(
      "  budget:", with: "  plan: { knobs: [\"services.model.replicas=3..1\"] },\n  budget:")
    let place = try Workplace(["small.json5": text])
    let outcome = await place.tool("plan", "@small.json5")
    #expect(outcome.code == .invalidInput)
    #expect(outcome.errors.contains("--> plan.knobs:1:25"), "\(outcome.errors)")
  }

  @Test func `a plan needs values`() async throws {
    let place = try Workplace(["small.json5": SweepTests.scenario])
    let outcome = await place.tool("plan", "@small.json5", "--knob", "horizon=1 s..2.5 s")
    #expect(outcome.code == .usage)
    #expect(outcome.errors.contains("a plan needs values on `horizon`"), "\(outcome.errors)")
  }
}
