extension ScenarioSchema {
  static let taskObjects: [ObjectKind] = taskThings + driftObjects

  private static let taskThings: [ObjectKind] = [
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
          "kind", .choice(["classification", "ranking", "regression", "generation"]),
          .value(#""classification""#), "What kind of answer is asked for.",
          example: #""ranking""#),
        SchemaKey(
          "candidates", .whole(1...100_000), .value("10"),
          "Candidates of a request, of which a ranking shows the best.", example: "50"),
        SchemaKey(
          "depth", .whole(1...1_000), .value("10"),
          "Places over which the gain of a ranking is judged.", example: "5"),
        SchemaKey(
          "deviation", .number(1e-12...1e12), .value("1"),
          "Standard deviation of what a regression predicts, in its own unit.", example: "12.5"),
        SchemaKey(
          "alternatives", .whole(2...100_000), .value("10"),
          "Answers among which a generation has to find the right one.", example: "20"),
        SchemaKey(
          "refused", .quantity(.share, 0...0.999), .value(#""0 %""#),
          "Share of requests that a generation refuses to answer.", example: #""3 %""#,
          belief: true),
        SchemaKey(
          "invalid", .quantity(.share, 0...0.999), .value(#""0 %""#),
          "Share of answers of a generation that cannot be used, such as broken JSON.",
          example: #""1 %""#, belief: true),
        SchemaKey(
          "value", .either([.price(per: [.outcome]), .object("value")]),
          .none("quality has no price"), "What a positive outcome is worth, or each outcome.",
          example: #""$0.02/click""#, belief: true),
        SchemaKey(
          "featureNames", .list(.text, 0...100_000), .value("[]"),
          "Names of the features from the first, for drift that names them.",
          example: #"["price", "recency"]"#),
        SchemaKey(
          "segments", .map(nil, .object("task-segment")), .value("{}"),
          "Parts of the requests with a concept, a prevalence and a separability of their own.",
          example: #"{ returning: { share: "80 %" }, new: { share: "20 %", correlation: 0.8 } }"#),
        SchemaKey(
          "labels", .object("labels"), .value("{}"), "When labels arrive and how good they are.",
          example: #"{ delay: "15 min", flipped: "2 %" }"#),
        SchemaKey(
          "drift",
          .list(
            .kinds("drift", driftKinds), 0...1_000),
          .value("[]"), "How the world moves.",
          example: #"[{ kind: "wandering", memory: "150d" }]"#),
      ]),
    ObjectKind(
      "quality", "How good predictions are: one figure of the task's kind.",
      [
        SchemaKey(
          "auc", .number(0.5...0.9999), .none("see r2 and right"),
          "Area under the ROC curve; for a regression the share of pairs in the right order.",
          example: "0.85", belief: true),
        SchemaKey(
          "r2", .number(0...0.9999), .none("see auc"),
          "Share of the variance that a regression explains.", example: "0.6", belief: true),
        SchemaKey(
          "right", .quantity(.share, 0.001...0.9999), .none("see auc"),
          "Share of right ones among a generation's usable answers.", example: #""85 %""#,
          belief: true),
      ]),
    ObjectKind(
      "value", "What answers are worth: the outcomes of one kind of task.",
      [
        SchemaKey(
          "truePositive", .money, .none("nothing"), "Gained by each positive that is found.",
          example: #""$90""#, belief: true),
        SchemaKey(
          "falsePositive", .money, .none("nothing"), "Lost by each false alarm.",
          example: #""$10""#, belief: true),
        SchemaKey(
          "falseNegative", .money, .none("nothing"), "Lost by each positive that is missed.",
          example: #""$400""#, belief: true),
        SchemaKey(
          "trueNegative", .money, .none("nothing"), "Gained by each negative left alone.",
          example: #""$0.01""#, belief: true),
        SchemaKey(
          "offer", .money, .none("no offer"), "What an offer costs that a positive leads to.",
          example: #""$20""#, belief: true),
        SchemaKey(
          "saved", .money, .none("no offer"), "What a customer is worth whom the offer keeps.",
          example: #""$300""#, belief: true),
        SchemaKey(
          "success", .quantity(.share, 0...1), .value(#""100 %""#),
          "Share of true leavers whom the offer keeps.", example: #""30 %""#, belief: true),
        SchemaKey(
          "perError", .money, .none("nothing"),
          "Lost by each unit of absolute error of a regression.", example: #""$2""#,
          belief: true),
        SchemaKey(
          "right", .money, .none("nothing"), "Gained by each right answer of a generation.",
          example: #""$1.50""#, belief: true),
        SchemaKey(
          "wrong", .money, .none("nothing"), "Lost by each wrong answer.", example: #""$4""#,
          belief: true),
        SchemaKey(
          "refused", .money, .none("nothing"), "Lost by each refusal.", example: #""$0.50""#,
          belief: true),
        SchemaKey(
          "invalid", .money, .none("nothing"), "Lost by each answer that cannot be used.",
          example: #""$0.20""#, belief: true),
      ]),
    ObjectKind(
      "task-segment", "A part of a task's requests.",
      [
        SchemaKey(
          "share", .quantity(.share, 0...1), .none("an even part of the rest"),
          "Share of the requests.", example: #""20 %""#),
        SchemaKey(
          "positives", .quantity(.share, 1e-6...0.999999), .none("as the task"),
          "Share of the positive class.", example: #""5 %""#, belief: true),
        SchemaKey(
          "bestQuality", .object("quality"), .none("as the task"),
          "What a perfect learner of this segment alone could reach at the start.",
          example: "{ auc: 0.8 }"),
        SchemaKey(
          "correlation", .number(0...1), .value("1"),
          "Cosine of the segment's concept with the common one, near which it stays.",
          example: "0.8", belief: true),
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
  ]
}
