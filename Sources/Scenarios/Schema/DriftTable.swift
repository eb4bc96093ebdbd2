extension ScenarioSchema {
  /// The objects that may stand in `drift`.
  static let driftKinds = driftObjects.map(\.name)

  private static let at = SchemaKey(
    "at", .quantity(.offset, 0...3.2e8), .required, "When.", example: #""11d 09:00""#)

  private static let ramp = SchemaKey(
    "over", .quantity(.duration, 0...3.2e8), .value(#""0 s""#), "How long it takes, evenly.",
    example: #""30d""#)

  private static let span = SchemaKey(
    "over", .quantity(.duration, 60...3.2e8), .required, "How long the turn takes.",
    example: #""30d""#)

  private static let cosine = SchemaKey(
    "cosine", .number(-1...1), .required,
    "Between the concept before and after; 1 is no change.", example: "0.85", belief: true)

  private static let segment = SchemaKey(
    "segment", .text, .none("all segments"), "The only segment of the task that moves.",
    example: #""new""#)

  private static let period = SchemaKey(
    "period", .quantity(.duration, 3600...3.2e9), .required, "How long one round takes.",
    example: #""365d""#)

  static let driftObjects: [ObjectKind] = [
    ObjectKind(
      "drift:wandering", "Slow and always: the concept forgets itself over `memory`.",
      [
        SchemaKey(
          "memory", .quantity(.duration, 60...1e11), .required,
          "The correlation of the concept with its past falls by e in this time.",
          example: #""150d""#, belief: true), segment,
      ]),
    ObjectKind("drift:sudden", "A jump of the concept.", [at, cosine, segment]),
    ObjectKind(
      "drift:gradual", "A turn of the concept that goes on evenly for a while.",
      [at, span, cosine, segment]),
    ObjectKind(
      "drift:incremental", "A turn of the concept in many small equal steps.",
      [
        at, span,
        SchemaKey(
          "steps", .whole(1...100_000), .value("10"), "How many steps.", example: "8"),
        cosine, segment,
      ]),
    ObjectKind(
      "drift:recurring", "A part of the concept that goes round and comes back.",
      [
        SchemaKey(
          "amplitude", .number(0...1), .required,
          "Sine of the angle between the concept and the middle of its round.", example: "0.4",
          belief: true), period, segment,
      ]),
    ObjectKind(
      "drift:seasonal", "Prevalence and separability that swing with the season.",
      [
        period,
        SchemaKey(
          "peak", .quantity(.offset, 0...3.2e8), .value(#""0 s""#), "When both are highest.",
          example: #""180d""#),
        SchemaKey(
          "positives", .number(-1...1), .value("0"),
          "Swing of the share of positives, as a share of its mean.", example: "0.3",
          belief: true),
        SchemaKey(
          "separability", .number(-1...1), .value("0"),
          "Swing of the distance of the classes, as a share of its mean.", example: "0.1",
          belief: true), segment,
      ]),
    ObjectKind(
      "drift:labels", "The share of positives moves: label shift.",
      [
        at, ramp,
        SchemaKey(
          "positives", .quantity(.share, 1e-6...0.999999), .required,
          "The share of positives that it moves to.", example: #""6 %""#, belief: true), segment,
      ]),
    ObjectKind(
      "drift:separability", "What a perfect learner could reach moves.",
      [
        at, ramp,
        SchemaKey(
          "bestQuality", .object("quality"), .required, "What it moves to.",
          example: "{ auc: 0.8 }"), segment,
      ]),
    ObjectKind(
      "drift:covariate", "Features move, the concept does not.",
      [
        at,
        SchemaKey(
          "features",
          .either([
            .whole(1...100_000), .list(.either([.whole(1...100_000), .text]), 1...1_000),
          ]), .required,
          "How many features move from the first, or which, by number from 1 or by name.",
          example: "3"),
        SchemaKey(
          "shift", .quantity(.deviations, -100...100), .required,
          "How far their means move, in their standard deviations.", example: #""0.5 sd""#,
          belief: true), segment,
      ]),
  ]
}
