extension ScenarioSchema {
  static let modelObjects: [ObjectKind] = [
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
          "pipeline", .object("pipeline"), .none("a training is all there is"),
          "What lies between the wish for a version and its first request.",
          example: #"{ evaluate: "20 min", gates: "promotion-gates" }"#),
        SchemaKey(
          "monitors", .list(.kinds("monitor", monitorKinds), 0...16),
          .value("[]"), "What is watched; presets by name.", example: #"["psi-0.2-top10"]"#),
        SchemaKey(
          "diagnosis", .object("diagnosis"), .value(#""never""#),
          "Whether it is asked why before anything is done about an alarm.",
          example: #""first""#),
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
        SchemaKey(
          "changes", .list(.object("change"), 0...16), .value("[]"),
          "Changes that no training brings: prompts, indexes, configuration, a vendor's.",
          example: #"[{ of: "config", every: "14d" }]"#),
      ])
  ]
}
