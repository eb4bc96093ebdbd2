extension ScenarioSchema {
  static let taskObjects: [ObjectKind] = [
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
        SchemaKey(
          "budget", .quantity(.count, 0...1e15), .none("every label is paid for"),
          "The most labels that are paid for in a month, spent evenly.", example: #""100k""#,
          belief: true),
        SchemaKey(
          "ownDoing", .quantity(.share, 0...1), .value(#""0 %""#),
          "Share of the labels that repeat what the model in service decided: a feedback loop.",
          example: #""10 %""#, belief: true),
        SchemaKey(
          "selected", .quantity(.share, 0...1), .value(#""0 %""#),
          "Share of the refused whose label never comes; at 100 % only the accepted get one.",
          example: #""100 %""#, belief: true),
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
  ]
}
