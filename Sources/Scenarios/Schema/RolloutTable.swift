extension ScenarioSchema {
  static let rolloutObjects: [ObjectKind] = [
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
