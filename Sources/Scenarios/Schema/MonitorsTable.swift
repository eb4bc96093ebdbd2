extension ScenarioSchema {
  static let monitorObjects: [ObjectKind] = [
    ObjectKind(
      "monitor:psi", "Population stability index of the features against the training window.",
      presets: [
        .init(
          "psi-0.2-top10",
          #"{ kind: "psi", threshold: 0.2, top: 10, bins: 10, every: "1d", rows: 10000 }"#,
          "PSI above 0.2 on any of the top 10 features, daily"),
        .init(
          "psi-0.1-top10",
          #"{ kind: "psi", threshold: 0.1, top: 10, bins: 10, every: "1d", rows: 10000 }"#,
          "PSI above 0.1 on any of the top 10 features, daily"),
      ],
      [
        SchemaKey(
          "threshold", .number(0...100), .value("0.2"), "Alarm above this.", example: "0.25"),
        SchemaKey("top", .whole(1...100_000), .value("10"), "Features watched.", example: "10"),
        SchemaKey("bins", .whole(2...1_000), .value("10"), "Bins of equal weight.", example: "20"),
        SchemaKey(
          "every", .quantity(.duration, 60...3.2e8), .value(#""1d""#), "Time between looks.",
          example: #""1h""#),
        SchemaKey(
          "rows", .whole(10...1_000_000_000), .value("10000"), "Rows of one look.",
          example: #""100k""#),
      ]),
    ObjectKind(
      "monitor:performance", "Quality measured on delayed labels.",
      presets: [
        .init(
          "performance-5pct",
          #"{ kind: "performance", drop: "5 %", every: "1d", rows: 10000 }"#,
          "measured AUC 5 % below its value at promotion, daily")
      ],
      [
        SchemaKey(
          "drop", .quantity(.share, 1e-4...1), .value(#""5 %""#),
          "Alarm when the AUC is that share below its value at promotion.", example: #""3 %""#),
        SchemaKey(
          "every", .quantity(.duration, 60...3.2e8), .value(#""1d""#), "Time between looks.",
          example: #""1h""#),
        SchemaKey(
          "rows", .whole(10...1_000_000_000), .value("10000"), "Labelled rows of one look.",
          example: #""100k""#),
      ]),
  ]
}
