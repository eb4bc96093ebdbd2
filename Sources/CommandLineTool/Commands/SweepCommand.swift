extension Command {
  static var sweeping: Command {
    Command(
      name: .sweep, operands: "FILE", operandCount: 1...1,
      summary: "simulate a scenario at many settings",
      story: """
        Varies settings over values (2,4,8), ranges (2..12, 2..12:2, 1..64:x2, 0..1:lin5, \
        0.1..10:log5) or, in designs that draw points, everything between two ends (0.5..2, \
        1..100:log); units as in the scenario (100/s..500/s:100). All points see the same random \
        world. With --out each finished point is kept, and the same command goes on where a \
        killed one stopped. Shards of a cluster (--shard, or the variables of a Slurm array, a \
        Kubernetes Indexed Job, an AWS Batch array) are put together by `towtank merge`. Ends \
        with 0 where at least one point meets all thresholds.
        """,
      options: [
        Option(
          "--vary", value: "PATH=VALUES", repeats: true,
          help: "an axis, such as services.llm.replicas=2..12"),
        Option(
          "--design", value: "NAME", choices: ["grid", "random", "sobol"],
          help: "which points: all combinations, or drawn ones; grid by default"),
        Option("--points", value: "N", help: "points of a random or Sobol design"),
        Option(
          "--metrics", value: "NAMES",
          help: "metrics to keep, such as cost.perMonth,ctr.latency.p99"),
        Option(
          "--precision", value: "SHARE",
          help: "double the replications of a point, 16-fold at most, until half-widths are within "
            + "it"),
        Option("--skip-invalid", help: "leave out points that make no valid scenario"),
        Option("--shard", value: "I/N", help: "run only this part of the points"),
        Option("--shards", value: "N", help: "number of parts, where the cluster gives the index"),
        Option(
          "--emit", value: "NAME", choices: JobFile.Kind.allCases.map(\.rawValue),
          help: "print the job file of a cluster instead of running"),
        .variant,
      ] + Option.simulation + [.out, .json, .format],
      examples: [
        "towtank sweep scenarios/quickstart.json5 --vary services.embed.replicas=1..4",
        "towtank sweep scenarios/quickstart.json5 --vary services.embed.replicas=1..4 "
          + "--vary traffic.searchers.rate=100..700/s:100 --out out",
        "towtank sweep scenarios/quickstart.json5 --vary traffic.searchers.rate=100..900/s "
          + "--design sobol --points 32 --emit slurm --shards 8 --out out",
      ])
  }

  static var merging: Command {
    Command(
      name: .merge, operands: "DIR...", operandCount: 1...10_000,
      summary: "put the shards of a sweep together",
      story: """
        Reads the folders that the shards of one sweep wrote, or a folder that holds them, and \
        gives what the sweep on one machine would have given, byte for byte.
        """,
      options: [.out, .json, .format],
      examples: ["towtank merge out --out whole"])
  }
}
