extension ScenarioSchema {
  /// Who judges the analysis of a rollout.
  static let controllerObjects: [ObjectKind] = [
    ObjectKind(
      "controller:own", "The first broken rule undoes it.",
      presets: [
        .init(
          "own", #"{ kind: "own" }"#,
          "the first broken rule undoes a rollout; a step ends when its rules could be judged")
      ], []),
    ObjectKind(
      "controller:argo", "Argo Rollouts: one metric for each rule, an analysis for each step.",
      presets: [
        .init(
          "argo", #"{ kind: "argo" }"#,
          "Argo Rollouts: measures at every look, and no data is an error")
      ],
      [
        SchemaKey(
          "failureLimit", .whole(-1...1_000_000), .value("0"),
          "Failed measurements beyond which it is undone; -1 for any number.", example: "2"),
        SchemaKey(
          "inconclusiveLimit", .whole(0...1_000_000), .value("0"),
          "Inconclusive ones beyond which it pauses.", example: "1"),
        SchemaKey(
          "consecutiveErrorLimit", .whole(0...1_000_000), .value("4"),
          "Errors in a row beyond which it is undone.", example: "10"),
        SchemaKey(
          "consecutiveSuccessLimit", .whole(0...1_000_000), .value("0"),
          "Successes in a row that are enough; 0 asks for none.", example: "3"),
        SchemaKey(
          "count", .whole(1...1_000_000), .none("until the step is over"),
          "Measurements of a step, errors not counted.", example: "5"),
        SchemaKey(
          "pause", .quantity(.duration, 0...3.2e8), .value(#""1h""#),
          "Until a person lets go on what was inconclusive.", example: #""30 min""#),
      ]),
    ObjectKind(
      "controller:flagger", "Flagger: a weight that grows at every look whose rules hold.",
      presets: [
        .init(
          "flagger", #"{ kind: "flagger" }"#,
          "Flagger: more weight at every look that passes; failed checks are never forgiven")
      ],
      [
        SchemaKey(
          "stepWeight", .quantity(.share, 0.01...1), .value(#""10 %""#), "Added at every look.",
          example: #""5 %""#),
        SchemaKey(
          "maxWeight", .quantity(.share, 0.01...1), .value(#""50 %""#),
          "The weight from which on it is promoted.", example: #""100 %""#),
        SchemaKey(
          "threshold", .whole(1...1_000_000), .value("1"),
          "Failed checks at which it is undone.", example: "5"),
      ]),
    ObjectKind(
      "controller:kayenta", "Kayenta: a score of errors and latency of both versions.",
      presets: [
        .init(
          "kayenta-judge", #"{ kind: "kayenta" }"#,
          "Kayenta: Mann-Whitney tests of the minutes of both versions, scored out of 100")
      ],
      [
        SchemaKey(
          "pass", .number(0...100), .value("95"), "The score that the last step needs.",
          example: "90"),
        SchemaKey(
          "marginal", .number(0...100), .value("75"), "The score that any step needs.",
          example: "50"),
      ]),
  ]

  /// What versions and changes bring.
  static let faultObjects: [ObjectKind] = [
    ObjectKind(
      "bad-versions", "What a new version may bring that no offline test showed.",
      [
        SchemaKey(
          "chance", .quantity(.share, 0...1), .required, "Chance that a version is bad.",
          example: #""4 %""#, belief: true),
        SchemaKey(
          "brings", .object("fault"), .required, "What it brings.",
          example: #"{ errors: "+3 pp", auc: -0.02 }"#),
        SchemaKey(
          "size", .spread(.factor, 0...1_000), .value(#""1x""#),
          "How much of that, drawn for each bad version.",
          example: #"{ lognormal: { p50: "1x", p99: "4x" } }"#),
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
        SchemaKey(
          "segment", .text, .none("everybody"), "The segment that has the loss of `auc`.",
          example: #""new""#),
        SchemaKey(
          "crashAfter", .quantity(.duration, 1...3.2e8), .none("no leak of memory"),
          "A replica crashes after so long, each time anew.", example: #""40 min""#),
      ]),
    ObjectKind(
      "change", "Changes of a part of a model that no training brings.",
      [
        SchemaKey(
          "of",
          .choice(["weights", "prompt", "index", "features", "config", "code", "vendor"]),
          .required, "What is changed; a `vendor` changes the model and says nothing.",
          example: #""prompt""#),
        SchemaKey(
          "every", .spread(.duration, 60...3.2e9), .required, "Time between two changes.",
          example: #"{ exponential: { mean: "14d" } }"#),
        SchemaKey(
          "gain", .number(-0.5...0.5), .value("0"), "Added to the AUC by every sound change.",
          example: "0.002", belief: true),
        SchemaKey(
          "badVersions", .object("bad-versions"), .none("every change is sound"),
          "What a change may bring.", example: #"{ chance: "4 %", brings: { errors: "+3 pp" } }"#),
      ]),
  ]
}
