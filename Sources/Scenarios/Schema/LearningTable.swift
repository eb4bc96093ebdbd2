extension ScenarioSchema {
  static let learningObjects: [ObjectKind] = [
    ObjectKind(
      "task", "What is predicted: the world that moves, and when the truth arrives.",
      [
        SchemaKey(
          "positives", .quantity(.share, 1e-6...0.999999), .required,
          "Share of the positive class.", example: #""3 %""#),
        SchemaKey(
          "bestQuality", .object("quality"), .required,
          "What a perfect learner could reach at the start.", example: "{ auc: 0.88 }"),
        SchemaKey(
          "value", .price(per: [.outcome]), .none("quality has no price"),
          "What a positive outcome is worth.", example: #""$0.02/click""#, belief: true),
        SchemaKey(
          "labels", .object("labels"), .value("{}"), "When labels arrive and how good they are.",
          example: #"{ delay: "15 min", flipped: "2 %" }"#),
        SchemaKey(
          "drift",
          .list(
            .kinds("drift", ["drift:wandering", "drift:sudden", "drift:covariate"]), 0...1_000),
          .value("[]"), "How the world moves.",
          example: #"[{ kind: "wandering", memory: "150d" }]"#),
      ]),
    ObjectKind(
      "quality", "How good predictions are.",
      [
        SchemaKey(
          "auc", .number(0.5...0.9999), .required, "Area under the ROC curve.", example: "0.85",
          belief: true)
      ]),
    ObjectKind(
      "labels", "When labels arrive and how good they are.",
      [
        SchemaKey(
          "delay", .spread(.duration, 0...3.2e8), .value(#""0 s""#),
          "From the prediction to its label.",
          example: #"{ lognormal: { p50: "15 min", p99: "30h" } }"#),
        SchemaKey(
          "flipped", .quantity(.share, 0...0.49), .value(#""0 %""#),
          "Share of labels that are wrong.", example: #""2 %""#, belief: true),
        SchemaKey(
          "share", .quantity(.share, 0...1), .value(#""100 %""#),
          "Share of requests that ever get a label.", example: #""60 %""#, belief: true),
        SchemaKey(
          "price", .money, .value(#""$0""#),
          "What one label costs; \"$0\" where they come by themselves.",
          example: #""$0.0002""#, belief: true),
      ]),
    ObjectKind(
      "drift:wandering", "Slow and always: the concept forgets itself over `memory`.",
      [
        SchemaKey(
          "memory", .quantity(.duration, 60...1e11), .required,
          "The correlation of the concept with its past falls by e in this time.",
          example: #""150d""#, belief: true)
      ]),
    ObjectKind(
      "drift:sudden", "A jump of the concept.",
      [
        SchemaKey(
          "at", .quantity(.offset, 0...3.2e8), .required, "When.", example: #""11d 09:00""#),
        SchemaKey(
          "cosine", .number(-1...1), .required,
          "Between the concept before and after; 1 is no change.", example: "0.85", belief: true),
      ]),
    ObjectKind(
      "drift:covariate", "Features move, the concept does not.",
      [
        SchemaKey(
          "at", .quantity(.offset, 0...3.2e8), .required, "When.", example: #""18d""#),
        SchemaKey(
          "features", .whole(1...100_000), .required, "How many features move.", example: "3"),
        SchemaKey(
          "shift", .quantity(.deviations, -100...100), .required,
          "How far their means move, in their standard deviations.", example: #""0.5 sd""#,
          belief: true),
      ]),
    ObjectKind(
      "model", "A learned model, a rule, or a published architecture.",
      [
        SchemaKey(
          "task", .reference([.task]), .none("only its serving matters"), "What it predicts.",
          example: #""click""#),
        SchemaKey(
          "base", .row(.architecture), .none("not an LLM"), "The architecture in the catalogue.",
          example: #""meta-llama/Llama-3.1-70B""#),
        SchemaKey(
          "precision", .choice(["bf16", "fp16", "fp8"]), .value(#""bf16""#),
          "The number format of weights and cache.", example: #""fp8""#),
        SchemaKey(
          "rule", .flag, .value("false"),
          "A rule or heuristic: fixed quality, no server, never trained.", example: "true"),
        SchemaKey(
          "quality", .object("quality"), .none("from the learning curve"),
          "A fixed quality, for a rule.", example: "{ auc: 0.71 }"),
        SchemaKey(
          "features", .whole(1...100_000), .value("1"), "Features that it looks at.",
          example: "40"),
        SchemaKey(
          "learningCurve",
          .list(.tuple([.quantity(.count, 1...1e15), .object("quality")]), 1...100),
          .none("the closed form for its features"),
          "Quality by labelled rows, in a world that stands still.",
          example: #"[["1M", { auc: 0.812 }], ["100M", { auc: 0.861 }]]"#),
        SchemaKey(
          "training", .object("training"), .none("trained once, free"), "How it is trained.",
          example: #"{ rows: "100M", window: "28d", on: "trainers", speed: "60k rows/s" }"#),
        SchemaKey(
          "monitors", .list(.kinds("monitor", ["monitor:psi", "monitor:performance"]), 0...16),
          .value("[]"), "What is watched; presets by name.", example: #"["psi-0.2-top10"]"#),
        SchemaKey(
          "retraining", .object("retraining"), .value(#""never""#), "When it is trained anew.",
          example: #""weekly""#),
        SchemaKey(
          "rollout", .object("rollout"), .value(#""recreate""#), "How a new version takes over.",
          example: #"{ preset: "canary-10-50-100", rollbackIf: ["errors > 1 %"] }"#),
        SchemaKey(
          "badVersions", .object("bad-versions"), .none("every version is sound"),
          "What a new version may bring that no offline test showed.",
          example: #"{ chance: "4 %", brings: { errors: "+3 pp" } }"#),
      ]),
    ObjectKind(
      "training", "A training run as a priced job.",
      [
        SchemaKey(
          "rows", .quantity(.count, 1...1e15), .required, "Labelled rows that a run uses at most.",
          example: #""100M""#),
        SchemaKey(
          "window", .quantity(.duration, 60...3.2e9), .required,
          "Rows are taken from this stretch before the newest label.", example: #""28d""#),
        SchemaKey(
          "on", .reference([.pool]), .none("machines that are not priced"),
          "The pool of its machines.", example: #""trainers""#),
        SchemaKey(
          "machines", .whole(1...100_000), .value("1"), "Machines that one run takes.",
          example: "4"),
        SchemaKey(
          "speed", .quantity(.rowRate, 1e-3...1e12), .none("done at once"), "Rows per time.",
          example: #""60k rows/s""#),
      ]),
    ObjectKind(
      "monitor:psi", "Population stability index of the features against the training window.",
      presets: [
        .init(
          "psi-0.2-top10",
          #"{ kind: "psi", threshold: 0.2, top: 10, bins: 10, every: "1d", rows: 10000 }"#,
          "PSI above 0.2 on any of the top 10 features, daily"),
        .init(
          "psi-0.1-top10",
          #"{ kind: "psi", threshold: 0.1, top: 10, bins: 10, every: "1d", rows: 10000 }"#,
          "PSI above 0.1 on any of the top 10 features, daily"),
      ],
      [
        SchemaKey(
          "threshold", .number(0...100), .value("0.2"), "Alarm above this.", example: "0.25"),
        SchemaKey("top", .whole(1...100_000), .value("10"), "Features watched.", example: "10"),
        SchemaKey("bins", .whole(2...1_000), .value("10"), "Bins of equal weight.", example: "20"),
        SchemaKey(
          "every", .quantity(.duration, 60...3.2e8), .value(#""1d""#), "Time between looks.",
          example: #""1h""#),
        SchemaKey(
          "rows", .whole(10...1_000_000_000), .value("10000"), "Rows of one look.",
          example: #""100k""#),
      ]),
    ObjectKind(
      "monitor:performance", "Quality measured on delayed labels.",
      presets: [
        .init(
          "performance-5pct",
          #"{ kind: "performance", drop: "5 %", every: "1d", rows: 10000 }"#,
          "measured AUC 5 % below its value at promotion, daily")
      ],
      [
        SchemaKey(
          "drop", .quantity(.share, 1e-4...1), .value(#""5 %""#),
          "Alarm when the AUC is that share below its value at promotion.", example: #""3 %""#),
        SchemaKey(
          "every", .quantity(.duration, 60...3.2e8), .value(#""1d""#), "Time between looks.",
          example: #""1h""#),
        SchemaKey(
          "rows", .whole(10...1_000_000_000), .value("10000"), "Labelled rows of one look.",
          example: #""100k""#),
      ]),
    ObjectKind(
      "retraining", "When a model is trained anew.",
      presets: [
        .init("never", "{ onAlarm: false }", "trained once"),
        .init("daily", #"{ every: "1d" }"#, "every day"),
        .init("weekly", #"{ every: "7d" }"#, "every seven days"),
        .init("monthly", #"{ every: "30d" }"#, "every thirty days"),
        .init(
          "on-alarm", #"{ onAlarm: true, cooldown: "1d" }"#,
          "when a monitor alarms, at most once a day"),
        .init(
          "weekly-or-alarm", #"{ every: "7d", onAlarm: true, cooldown: "1d" }"#,
          "every seven days and when a monitor alarms"),
      ],
      [
        SchemaKey(
          "every", .quantity(.duration, 60...3.2e8), .none("no schedule"),
          "Time between scheduled trainings.", example: #""7d""#),
        SchemaKey(
          "onAlarm", .flag, .value("false"), "Whether an alarm of a monitor starts one.",
          example: "true"),
        SchemaKey(
          "cooldown", .quantity(.duration, 0...3.2e8), .value(#""0 s""#),
          "No training starts within this time of the last.", example: #""1d""#),
      ]),
    ObjectKind(
      "rollout", "How a new version takes over.",
      presets: [
        .init("recreate", "{ steps: [] }", "all traffic at once"),
        .init(
          "canary-10-50-100",
          #"{ steps: [["10 %", "4h"], ["50 %", "4h"]], rollbackIf: ["errors > 1 %"] }"#,
          "10 % and 50 % for four hours each, undone at 1 % errors"),
        .init(
          "canary-5-25-50-100",
          #"""
          { steps: [["5 %", "4h"], ["25 %", "4h"], ["50 %", "4h"]],
            rollbackIf: ["errors > 2x baseline"] }
          """#,
          "5, 25 and 50 % for four hours each, undone at twice the errors"),
      ],
      [
        SchemaKey(
          "steps",
          .list(
            .tuple([.quantity(.share, 0.0001...1), .quantity(.duration, 0...3.2e8)]), 0...32),
          .value("[]"), "Shares of the traffic and how long each is held; none switches at once.",
          example: #"[["10 %", "4h"], ["50 %", "4h"]]"#),
        SchemaKey(
          "rollbackIf", .list(.text, 0...16), .value("[]"),
          "What undoes it: `errors > 1 %`, `errors > 2x baseline`, `latency > 2x baseline`.",
          example: #"["errors > 1 %"]"#),
        SchemaKey(
          "every", .quantity(.duration, 1...864_000), .value(#""1 min""#),
          "Time between looks at the rules.", example: #""5 min""#),
        SchemaKey(
          "minRequests", .whole(0...1_000_000_000), .value("100"),
          "Requests of the candidate below which no rule is judged.", example: "500"),
      ]),
    ObjectKind(
      "bad-versions", "What a new version may bring that no offline test showed.",
      [
        SchemaKey(
          "chance", .quantity(.share, 0...1), .required, "Chance that a version is bad.",
          example: #""4 %""#, belief: true),
        SchemaKey(
          "brings", .object("fault"), .required, "What it brings.",
          example: #"{ errors: "+3 pp", auc: -0.02 }"#),
      ]),
    ObjectKind(
      "fault", "What is wrong with a bad version.",
      [
        SchemaKey(
          "errors", .quantity(.points, 0...1), .value(#""+0 pp""#), "Added share of errors.",
          example: #""+3 pp""#, belief: true),
        SchemaKey(
          "latency", .quantity(.factor, 0.01...1_000), .value(#""1x""#),
          "Factor on the time of its batches.", example: #""2x""#, belief: true),
        SchemaKey(
          "auc", .number(-0.5...0.5), .value("0"), "Added to the AUC.", example: "-0.02",
          belief: true),
      ]),
  ]
}
