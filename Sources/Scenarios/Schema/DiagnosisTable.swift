extension ScenarioSchema {
  static let diagnosisObjects: [ObjectKind] = [
    ObjectKind(
      "diagnosis", "Why before what: tests that tell causes apart, and a remedy for each.",
      presets: [
        .init(
          "never", #"{ when: "never" }"#, "an alarm starts what it asks for, whatever the cause"),
        .init(
          "first", #"{ when: "first" }"#,
          "people ask why first, right in 75 to 85 % of the cases (an assumption)"),
        .init(
          "first-by-evidence", #"{ when: "first", method: "evidence", by: "tests" }"#,
          "tests ask why first: features, an audit of labels, quality on labels, scores"),
      ],
      [
        SchemaKey(
          "when", .choice(["first", "never"]), .value(#""first""#),
          "Before anything is done, or never.", example: #""never""#),
        SchemaKey(
          "by", .choice(["people", "tests"]), .value(#""people""#),
          "People, in the hours of `onCall`, or tests that run by themselves.",
          example: #""tests""#),
        SchemaKey(
          "method", .choice(["matrix", "evidence"]), .value(#""matrix""#),
          "By the chances of `confusion`, or by the statistics themselves.",
          example: #""evidence""#),
        SchemaKey(
          "takes", .spread(.duration, 0...3.2e8), .value(#""4h""#), "How long it takes.",
          example: #"{ lognormal: { p50: "3h", p99: "2d" } }"#),
        SchemaKey(
          "price", .money, .value(#""$0""#), "What one costs.", example: #""$200""#,
          belief: true),
        SchemaKey(
          "audit", .whole(10...1_000_000), .value("200"),
          "Labels that are made anew to see how many are wrong, for `evidence`.",
          example: "500"),
        SchemaKey(
          "cooldown", .quantity(.duration, 0...3.2e8), .value(#""1d""#),
          "No diagnosis begins within this time of the last.", example: #""12h""#),
        SchemaKey(
          "recalibrate", .object("remedy"), .value(#"{ takes: "2h" }"#),
          "Set the threshold anew: the remedy for data drift.",
          example: #"{ takes: "2h", price: "$100" }"#),
        SchemaKey(
          "repair", .object("remedy"), .value(#"{ takes: "1d" }"#),
          "Repair the features: the remedy for broken ones.",
          example: #"{ takes: "1d", price: "$800" }"#),
        SchemaKey(
          "relabel", .object("remedy"), .value(#"{ takes: "3d" }"#),
          "Make wrong labels anew and train: the remedy for a label fault; the price is per label.",
          example: #"{ takes: "3d", price: "$0.10" }"#),
        SchemaKey(
          "confusion", .object("confusion"), .value("{}"),
          "How often each truth gets each verdict, for `matrix`.",
          example: #"{ nothing: { nothing: "90 %", "concept-drift": "10 %" } }"#),
      ]),
    ObjectKind(
      "remedy", "How long a remedy takes and what it costs.",
      [
        SchemaKey(
          "takes", .spread(.duration, 0...3.2e8), .required, "How long it takes.",
          example: #""1d""#),
        SchemaKey(
          "price", .money, .value(#""$0""#), "What it costs.", example: #""$100""#,
          belief: true),
      ]),
    ObjectKind(
      "confusion",
      "For each truth the shares of the verdicts; the defaults are assumptions, not measurements.",
      verdictRows.map { row in
        SchemaKey(
          row.truth, .shares, .value(row.shares), "Verdicts where the truth is `\(row.truth)`.",
          example: row.shares)
      }),
  ]

  private static let verdictRows: [(truth: String, shares: String)] = [
    (
      "nothing",
      #"{ nothing: "85 %", "data-drift": "8 %", "broken-features": "3 %", "label-fault": "2 %", "concept-drift": "2 %" }"#
    ),
    (
      "data-drift",
      #"{ nothing: "5 %", "data-drift": "80 %", "broken-features": "8 %", "label-fault": "2 %", "concept-drift": "5 %" }"#
    ),
    (
      "broken-features",
      #"{ nothing: "3 %", "data-drift": "10 %", "broken-features": "82 %", "label-fault": "2 %", "concept-drift": "3 %" }"#
    ),
    (
      "label-fault",
      #"{ nothing: "5 %", "data-drift": "3 %", "broken-features": "3 %", "label-fault": "77 %", "concept-drift": "12 %" }"#
    ),
    (
      "concept-drift",
      #"{ nothing: "5 %", "data-drift": "8 %", "broken-features": "3 %", "label-fault": "9 %", "concept-drift": "75 %" }"#
    ),
  ]
}
