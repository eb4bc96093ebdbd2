extension ScenarioSchema {
  static let dataObjects: [ObjectKind] =
    [
      ObjectKind(
        "source:stream", "A source that delivers everything as it happens.",
        sourceHead + sourceTail),
      ObjectKind(
        "source:batch", "A source that delivers everything up to an instant, so often.",
        sourceHead + [
          SchemaKey(
            "every", .quantity(.duration, 60...3.2e8), .value(#""1d""#), "Time between batches.",
            example: #""1h""#),
          SchemaKey(
            "at", .quantity(.offset, 0...3.2e8), .value(#""0 s""#),
            "The first batch after the start; the others follow from it.",
            example: #""02:00""#),
        ] + sourceTail),
      validationObject,
      ObjectKind(
        "outages", "Outages at random times.",
        [
          SchemaKey(
            "every", .quantity(.duration, 60...3.2e9), .required,
            "Mean time from the end of one to the next.", example: #""60d""#, belief: true),
          SchemaKey(
            "last", .spread(.duration, 0...3.2e8), .required, "How long one lasts.",
            example: #""40 min""#),
        ]),
    ] + incidentObjects

  private static let sourceHead = [
    SchemaKey(
      "feeds", .list(.reference([.task, .service, .model]), 1...1_000), .required,
      "Tasks whose labels come through it; lookups or models that read its features.",
      example: #"["click"]"#),
    SchemaKey(
      "weight", .quantity(.share, 0...1), .none("it feeds no features"),
      "Share of the squared weight of the score that its features carry.", example: #""35 %""#,
      belief: true),
    SchemaKey(
      "memory", .quantity(.duration, 60...3.2e9), .none("its features do not age"),
      "The correlation of its features with their past falls by e in this time.",
      example: #""20d""#, belief: true),
    SchemaKey(
      "refresh", .quantity(.duration, 0...3.2e8), .value(#""0 s""#),
      "Time between two refreshes of the online copy of its features.", example: #""15 min""#),
  ]

  private static let sourceTail = [
    SchemaKey(
      "outages", .object("outages"), .none("it never fails by itself"), "When it is down.",
      example: #"{ every: "60d", last: "40 min" }"#),
    SchemaKey(
      "serves", .choice(["stale", "defaults"]), .value(#""stale""#),
      "What models read while it is down: the last copy, or the mean of each feature.",
      example: #""defaults""#),
    SchemaKey(
      "backfill", .flag, .value("true"),
      "Whether what an outage kept back arrives when it ends; otherwise it is lost.",
      example: "false"),
    SchemaKey(
      "late", .quantity(.share, 0...1), .value(#""0 %""#),
      "Share of its batches, or of what a stream delivers, that comes late.", example: #""5 %""#,
      belief: true),
    SchemaKey(
      "lateBy", .spread(.duration, 0...3.2e8), .value(#""6h""#), "How late.",
      example: #"{ lognormal: { p50: "3h", p99: "1d" } }"#),
    SchemaKey(
      "duplicates", .quantity(.share, 0...0.99), .value(#""0 %""#),
      "Share of its rows that are there twice.", example: #""1 %""#),
    SchemaKey(
      "validation", .object("validation"), .none("nothing is checked"),
      "What is checked before a training learns from it; presets by name.",
      example: #""data-score-18""#),
  ]

  private static let validationObject = ObjectKind(
    "validation", "The gate that data pass before a training.",
    presets: [
      .init(
        "data-score-18", "{ score: 18 }",
        "six scores of 0 to 5 for what is wrong with the data; no training below 18 of 30"),
      .init(
        "strict-data",
        #"{ score: 24, completeness: "95 %", shift: "0.5 sd", flipped: "10 %" }"#,
        "no training below 24 of 30, nor with 5 % missing, a mean moved by half a deviation or 10 % wrong labels"
      ),
    ],
    [
      SchemaKey(
        "score", .number(0...30), .value("18"), "The least data score, of 30.", example: "20"),
      SchemaKey(
        "completeness", .quantity(.share, 0...1), .value(#""0 %""#),
        "The least share of due labels and of features that must be there.",
        example: #""95 %""#),
      SchemaKey(
        "shift", .quantity(.deviations, 0...1e6), .none("any shift passes"),
        "The largest shift of a feature's mean between the window and now.",
        example: #""0.5 sd""#),
      SchemaKey(
        "flipped", .quantity(.share, 0...1), .value(#""100 %""#),
        "The largest share of audited labels that may be wrong.", example: #""10 %""#),
      SchemaKey(
        "rows", .whole(10...1_000_000_000), .value("10000"),
        "Rows that are sampled for a check.", example: #""100k""#),
      SchemaKey(
        "audit", .whole(0...1_000_000_000), .value("500"),
        "Labels that are made a second time for a check, each at the price of a label.",
        example: "200"),
    ])
}
