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
          "people", .object("people"), .none("no people"),
          "People who do the work: a baseline, and those who review.",
          example: #"{ staff: 4, perHour: 30, accuracy: "96 %", wage: "$35/h" }"#),
        SchemaKey(
          "review", .object("review"), .none("nobody looks"),
          "Which of its predictions people look at.",
          example: #"{ by: "analysts", share: "2 %" }"#),
        SchemaKey(
          "challenger", .object("challenger"), .none("it goes straight to its rollout"),
          "How a new version is tried in the shadow of the serving one first.",
          example: #"{ labels: "20k", confidence: "95 %" }"#),
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
      ]),
    ObjectKind(
      "people", "People who do the work: a baseline, and those who review.",
      [
        SchemaKey(
          "staff", .whole(1...1_000_000), .value("1"), "How many work at the same time.",
          example: "4"),
        SchemaKey(
          "perHour", .number(1e-6...1e9), .required, "Reviews of one of them per hour.",
          example: "30"),
        SchemaKey(
          "hours", .text, .value(#""weekdays 09:00-17:00""#), "When they work.",
          example: #""daily 08:00-20:00""#),
        SchemaKey(
          "accuracy", .quantity(.share, 0.5...0.9999), .required,
          "Share of their decisions that are right, among positives and negatives alike.",
          example: #""96 %""#, belief: true),
        SchemaKey(
          "wage", .price(per: [.hour]), .value(#""$0/h""#),
          "Price of an hour of one of them, with work or without.", example: #""$35/h""#,
          belief: true),
        SchemaKey(
          "perReview", .money, .value(#""$0""#), "Price of a review besides.",
          example: #""$0.80""#, belief: true),
      ]),
    ObjectKind(
      "review", "Which predictions go to people, and what happens when they cannot keep up.",
      [
        SchemaKey(
          "by", .reference([.model]), .required, "The model that stands for the people.",
          example: #""analysts""#),
        SchemaKey(
          "share", .quantity(.share, 0...1), .required, "Share of the predictions.",
          example: #""2 %""#),
        SchemaKey(
          "pick", .choice(["uncertain", "random"]), .value(#""uncertain""#),
          "Whether those nearest to the threshold are taken, or any.", example: #""random""#),
        SchemaKey(
          "limit", .whole(0...1_000_000_000), .value("1000000"), "The most that may wait.",
          example: "2000"),
        SchemaKey(
          "overflow", .choice(["model", "drop"]), .value(#""model""#),
          "Beyond the limit: the model's decision stands, or nobody decides.",
          example: #""drop""#),
      ]),
    ObjectKind(
      "challenger", "A new version tried in the shadow of the serving one.",
      [
        SchemaKey(
          "labels", .whole(10...1_000_000_000), .required,
          "Labels of the mirrored predictions at which it is judged, once.", example: #""20k""#),
        SchemaKey(
          "confidence", .quantity(.share, 0.5...0.99999), .value(#""95 %""#),
          "It takes over where it is better at this one-sided level.", example: #""99 %""#),
        SchemaKey(
          "every", .quantity(.duration, 60...3.2e8), .value(#""1d""#), "Time between looks.",
          example: #""1h""#),
      ]),
  ]
}
