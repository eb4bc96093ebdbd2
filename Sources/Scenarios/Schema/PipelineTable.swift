extension ScenarioSchema {
  static let pipelineObjects: [ObjectKind] = [
    ObjectKind(
      "pipeline", "What lies between the wish for a version and its first request.",
      [
        SchemaKey(
          "validate", .object("stage"), .none("the data is not looked at"),
          "A look at the data before anything is learnt.", example: #""10 min""#),
        SchemaKey(
          "trainFails", .quantity(.share, 0...1), .value(#""0 %""#),
          "Chance that an attempt to train fails, at any point of its time.", example: #""3 %""#,
          belief: true),
        SchemaKey(
          "evaluate", .object("stage"), .none("at once"),
          "The measurement on the holdout, on the machines of the training.",
          example: #"{ takes: "20 min", fails: "1 %" }"#),
        SchemaKey(
          "register", .object("stage"), .none("at once"), "The entry into the registry.",
          example: #""1 min""#),
        SchemaKey(
          "retries", .whole(0...100), .value("2"), "Attempts after the first one that fails.",
          example: "3"),
        SchemaKey(
          "retryAfter", .quantity(.duration, 0...3.2e8), .value(#""10 min""#),
          "From a failure to the next attempt.", example: #""1h""#),
        SchemaKey(
          "environment", .choice(["pinned", "notebook"]), .value(#""pinned""#),
          "Whether a run finds the libraries it was written with, or `it works on my notebook`.",
          example: #""notebook""#),
        SchemaKey(
          "mismatch", .quantity(.share, 0...1), .value(#""30 %""#),
          "Chance that the first attempt of a run fails where the environment is a notebook's.",
          example: #""50 %""#, belief: true),
        SchemaKey(
          "price", .money, .value(#""$0""#), "What a run costs besides its machines.",
          example: #""$4""#, belief: true),
        SchemaKey(
          "gates", .object("gates"), .none("every version passes"),
          "What a version must show before it is rolled out.", example: #""promotion-gates""#),
      ]),
    ObjectKind(
      "stage", "A step of a pipeline.", shorthand: "takes",
      [
        SchemaKey(
          "takes", .spread(.duration, 0...3.2e8), .required, "Its time.",
          example: #"{ lognormal: { p50: "10 min", p99: "40 min" } }"#),
        SchemaKey(
          "fails", .quantity(.share, 0...1), .value(#""0 %""#),
          "Chance that it fails, at any point of its time.", example: #""1 %""#, belief: true),
      ]),
    ObjectKind(
      "gates", "What a version must show before it is rolled out.",
      presets: [
        .init(
          "beats-production", "{ margin: 0 }",
          "the AUC measured on the holdout must be above production's"),
        .init(
          "promotion-gates",
          #"""
          { margin: 0, accuracyDrop: "1 %", golden: { rows: 2000 },
            load: { requests: 2000, errors: "1 %", slowdown: "2x" },
            approval: { takes: "30 min", hours: "weekdays 09:00-17:00" } }
          """#,
          "beats production offline, no guardrail worse, passes a golden set, load and people"),
      ],
      [
        SchemaKey(
          "margin", .number(-0.5...0.5), .none("not compared with production"),
          "Its measured AUC must be above production's by more than this.", example: "0"),
        SchemaKey(
          "confidence", .quantity(.share, 0.5...0.99999), .none("the plain figures decide"),
          "The difference must be significant at this one-sided level.", example: #""95 %""#),
        SchemaKey(
          "accuracyDrop", .quantity(.share, 0...1), .none("accuracy is no guardrail"),
          "Its measured accuracy may be below production's by at most this.",
          example: #""1 %""#),
        SchemaKey(
          "fairness", .quantity(.share, 0...1), .none("segments are not compared"),
          "The least ratio of the true-positive rates of two segments; 80 % is the usual rule.",
          example: #""80 %""#),
        SchemaKey(
          "golden", .object("golden-set"), .none("no golden set"),
          "Labelled rows that never change.", example: "{ rows: 2000, drop: 0.02 }"),
        SchemaKey(
          "load", .object("load-test"), .none("no load test"),
          "Requests sent to it before any user's.",
          example: #"{ requests: 2000, errors: "1 %", slowdown: "1.5x" }"#),
        SchemaKey(
          "approval", .object("approval"), .none("nobody is asked"),
          "A person who looks at the figures.",
          example: #"{ takes: "30 min", hours: "weekdays 09:00-17:00", price: "$40" }"#),
      ]),
    ObjectKind(
      "golden-set", "Labelled rows that were chosen once, at the start, and never change.",
      [
        SchemaKey("rows", .whole(10...1_000_000_000), .required, "How many.", example: "2000"),
        SchemaKey(
          "drop", .number(0...0.5), .value("0.02"),
          "The AUC measured on them may be below production's by at most this.",
          example: "0.01"),
      ]),
    ObjectKind(
      "load-test", "Requests sent to a version before any user's.",
      [
        SchemaKey("requests", .whole(1...1_000_000_000), .required, "How many.", example: "2000"),
        SchemaKey(
          "errors", .quantity(.share, 0...1), .value(#""1 %""#),
          "The most of them that may be in error.", example: #""1 %""#),
        SchemaKey(
          "slowdown", .quantity(.factor, 0.01...1_000), .value(#""2x""#),
          "The most that its batches may take, against production's.", example: #""1.5x""#),
      ]),
    ObjectKind(
      "approval", "A person who looks at the figures.",
      [
        SchemaKey(
          "takes", .spread(.duration, 0...3.2e8), .value(#""30 min""#), "Time of work.",
          example: #""30 min""#),
        SchemaKey(
          "hours", .text, .value(#""weekdays 09:00-17:00""#), "When people work.",
          example: #""daily 08:00-20:00""#),
        SchemaKey(
          "refuses", .quantity(.share, 0...1), .value(#""0 %""#), "Chance that the person says no.",
          example: #""5 %""#, belief: true),
        SchemaKey(
          "price", .money, .value(#""$0""#), "What one look costs.", example: #""$40""#,
          belief: true),
      ]),
  ]
}
