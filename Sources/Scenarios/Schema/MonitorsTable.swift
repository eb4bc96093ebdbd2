extension ScenarioSchema {
  /// The objects that may stand in `monitors`.
  static let monitorKinds = monitorObjects.map(\.name)

  static let monitorObjects: [ObjectKind] =
    binnedMonitors + valueMonitors + streamMonitors + [
      ObjectKind(
        "monitor:performance", "Quality measured on delayed labels.",
        presets: [
          .init(
            "performance-5pct",
            #"{ kind: "performance", name: "performance-5pct", drop: "5 %", every: "1d", rows: 10000 }"#,
            "measured AUC 5 % below its value at promotion, daily"),
          .init(
            "performance-24h",
            #"{ kind: "performance", name: "performance-24h", drop: "3 %", every: "1h", rows: 1000, lasting: "24h" }"#,
            "measured AUC 3 % below its value at promotion on every look for 24 hours"),
        ],
        performance(rows: "Labelled rows of one look.")),
      ObjectKind(
        "monitor:label-drift",
        "Share of positives among the labels against the training window, by a chi-square test.",
        presets: [
          .init(
            "chi-square-labels",
            #"{ kind: "label-drift", name: "chi-square-labels", falseAlarms: "5 %", every: "1d", rows: 1000 }"#,
            "chi-square test of the labels at 5 %, daily: verify label quality first")
        ],
        [falseAlarms] + common(rows: "Labels of one look.")),
    ]

  static let onCallObject = ObjectKind(
    "on-call", "Who answers alarms.",
    [
      SchemaKey(
        "responds", .spread(.duration, 0...3.2e8), .value(#""15 min""#),
        "From an alarm, or from the next working hour, to the response.",
        example: #"{ lognormal: { p50: "8 min", p90: "25 min" } }"#),
      SchemaKey(
        "hours", .text, .value(#""always""#), "When alarms are answered; others wait.",
        example: #""weekdays 09:00-17:00""#),
      SchemaKey(
        "price", .money, .value(#""$0""#), "What one alarm that a human looks at costs.",
        example: #""$40""#, belief: true),
    ])

  private static let streamMonitors: [ObjectKind] = [
    ObjectKind(
      "monitor:stream", "A streaming detector on the errors of labelled predictions.",
      presets: [
        .init(
          "adwin", #"{ kind: "stream", name: "adwin", detector: "adwin" }"#,
          "ADWIN on the errors of labelled predictions, delta 0.002"),
        .init(
          "ddm", #"{ kind: "stream", name: "ddm", detector: "ddm" }"#,
          "DDM on the errors: the error rate rises three deviations above its lowest"),
        .init(
          "eddm", #"{ kind: "stream", name: "eddm", detector: "eddm" }"#,
          "EDDM on the errors: they come closer together than they have been"),
        .init(
          "page-hinkley", #"{ kind: "stream", name: "page-hinkley", detector: "page-hinkley" }"#,
          "Page-Hinkley test on the errors, lambda 50"),
        .init(
          "cusum", #"{ kind: "stream", name: "cusum", detector: "cusum" }"#,
          "Page's cumulative sum of the errors, k 0.1 and h 40: by chance once in 190,000 labels"),
      ],
      [
        SchemaKey(
          "detector",
          .choice([
            "adwin", "ddm", "eddm", "hddm-a", "hddm-w", "page-hinkley", "kswin", "cusum",
          ]), .value(#""adwin""#), "The detector, with the parameters that are usual.",
          example: #""page-hinkley""#),
        SchemaKey(
          "atMost", .whole(1...10_000_000), .value("2000"),
          "Labels of one look; beyond it they are thinned evenly.", example: "500"),
      ] + common(rows: "Labels of one look.", number: "10")),
    ObjectKind(
      "monitor:prediction-drift", "The distribution of the scores against that at promotion.",
      presets: [
        .init(
          "kl-0.1-predictions",
          #"{ kind: "prediction-drift", name: "kl-0.1-predictions", statistic: "kl", threshold: 0.1 }"#,
          "KL divergence of the predictions above 0.1, daily: may be upstream data"),
        .init(
          "psi-0.2-predictions",
          #"{ kind: "prediction-drift", name: "psi-0.2-predictions", statistic: "psi", threshold: 0.2 }"#,
          "PSI of the predictions above 0.2, daily"),
      ],
      [
        SchemaKey(
          "statistic", .choice(["kl", "psi", "js", "chi-square"]), .value(#""kl""#),
          "What is measured.", example: #""psi""#)
      ] + binned(threshold: "0.1").filter { !["top", "correction"].contains($0.name) }),
    ObjectKind(
      "monitor:estimated-performance",
      "Quality that the served probabilities promise, without a label; blind to a turned concept.",
      presets: [
        .init(
          "cbpe", #"{ kind: "estimated-performance", name: "cbpe", drop: "5 %" }"#,
          "quality estimated from the served probabilities (CBPE) 5 % below that at promotion")
      ], performance(rows: "Predictions of one look.")),
    ObjectKind(
      "monitor:ratings", "Ratings of a sample of the answers by people or a judge.",
      presets: [
        .init(
          "judge-weekly-2pct",
          #"{ kind: "ratings", name: "judge-weekly-2pct", every: "7d", sampling: "2 %", agreement: "85 %", price: "$0.002", rows: 100 }"#,
          "a judge model rates 2 % of the answers each week at $0.002, right in 85 % of them"),
        .init(
          "people-weekly-200",
          #"{ kind: "ratings", name: "people-weekly-200", every: "7d", rows: 200, agreement: "95 %", price: "$0.60" }"#,
          "people rate 200 answers each week at $0.60, right in 95 % of them"),
      ],
      [
        SchemaKey(
          "points", .quantity(.points, 1e-4...1), .value(#""+5 pp""#),
          "Alarm when the share of right answers is so many points below that at promotion.",
          example: #""+3 pp""#),
        SchemaKey(
          "below", .number(0...1), .none("held against the promotion"),
          "Alarm when it is below this value.", example: "0.8"),
        SchemaKey(
          "agreement", .quantity(.share, 0.501...1), .value(#""90 %""#),
          "Chance that a rating is right.", example: #""85 %""#, belief: true),
        SchemaKey(
          "kappa", .number(0.01...1), .none("`agreement` counts"),
          "Agreement with the truth beyond chance, instead of `agreement`.", example: "0.7"),
        SchemaKey(
          "price", .money, .value(#""$0""#), "What one rating costs.", example: #""$0.60""#,
          belief: true),
      ] + common(rows: "Answers rated at one look.", number: "200")),
  ]

  private static let binnedMonitors: [ObjectKind] = [
    ObjectKind(
      "monitor:psi", "Population stability index of the features against the training window.",
      presets: [
        .init(
          "psi-0.2-top10",
          #"{ kind: "psi", name: "psi-0.2-top10", threshold: 0.2, top: 10, bins: 10, every: "1d", rows: 10000 }"#,
          "PSI above 0.2 on any of the top 10 features, daily"),
        .init(
          "psi-0.1-top10",
          #"{ kind: "psi", name: "psi-0.1-top10", threshold: 0.1, top: 10, bins: 10, every: "1d", rows: 10000 }"#,
          "PSI above 0.1 on any of the top 10 features, daily"),
        .init(
          "psi-0.1",
          #"{ kind: "psi", name: "psi-0.1", threshold: 0.1, top: 100000, routing: "log" }"#,
          "PSI above 0.1 on any feature, daily: a warning that is noted and starts nothing"),
        .init(
          "psi-0.25-24h",
          #"{ kind: "psi", name: "psi-0.25-24h", threshold: 0.25, every: "1h", severity: "critical", routing: "on-call", within: "24h" }"#,
          "PSI above 0.25 on any of the top 10 features, hourly: critical, acted on within 24 h"),
        .init(
          "psi-size-aware",
          #"{ kind: "psi", name: "psi-size-aware", threshold: "size-aware", falseAlarms: "5 %" }"#,
          "PSI above what chance exceeds on 5 % of the days at the number of rows at hand"),
      ], binned(threshold: "0.2")),
    ObjectKind(
      "monitor:js", "Jensen-Shannon distance of the features from the training window.",
      presets: [
        .init(
          "js-0.1", #"{ kind: "js", name: "js-0.1", threshold: 0.1 }"#,
          "Jensen-Shannon distance (nats) above 0.1 on any of the top 10 features, daily")
      ], binned(threshold: "0.1")),
    ObjectKind(
      "monitor:kl", "Kullback-Leibler divergence of the features from the training window.",
      presets: [
        .init(
          "kl-0.1", #"{ kind: "kl", name: "kl-0.1", threshold: 0.1 }"#,
          "Kullback-Leibler divergence above 0.1 on any of the top 10 features, daily")
      ], binned(threshold: "0.1")),
    ObjectKind(
      "monitor:chi-square", "Chi-square test of the binned features against the training window.",
      binned(threshold: #""size-aware""#)),
  ]

  private static let valueMonitors: [ObjectKind] = [
    ObjectKind(
      "monitor:ks", "Kolmogorov-Smirnov test of the features against the training window.",
      presets: [
        .init(
          "ks-top10", #"{ kind: "ks", name: "ks-top10" }"#,
          "Kolmogorov-Smirnov test of the top 10 features at 5 % together (Bonferroni), daily"),
        .init(
          "ks-top10-uncorrected",
          #"{ kind: "ks", name: "ks-top10-uncorrected", correction: "none" }"#,
          "Kolmogorov-Smirnov test of each of the top 10 features at 5 %, daily: 40 % false alarms"),
      ], values(threshold: #""size-aware""#)),
    ObjectKind(
      "monitor:wasserstein",
      "Wasserstein distance of the features from the training window, in standard deviations.",
      presets: [
        .init(
          "wasserstein-0.1", #"{ kind: "wasserstein", name: "wasserstein-0.1" }"#,
          "Wasserstein distance above 0.1 standard deviations on any of the top 10, daily")
      ], values(threshold: "0.1")),
    ObjectKind(
      "monitor:missing", "Share of missing values of the features.",
      presets: [
        .init(
          "missing-5pct", #"{ kind: "missing", name: "missing-5pct", every: "1h", rows: 1000 }"#,
          "more than 5 % of the values of any of the top 10 features missing, hourly")
      ],
      [
        SchemaKey(
          "threshold", .quantity(.share, 1e-6...1), .value(#""5 %""#), "Alarm above this share.",
          example: #""1 %""#),
        SchemaKey("top", .whole(1...100_000), .value("10"), "Features watched.", example: "10"),
      ] + common(rows: "Rows of one look.")),
  ]

  /// The keys of monitors that compare values and no bins.
  private static func values(threshold: String) -> [SchemaKey] {
    binned(threshold: threshold).filter { !["bins", "binning", "epsilon"].contains($0.name) }
  }

  private static let falseAlarms = SchemaKey(
    "falseAlarms", .quantity(.share, 1e-9...0.5), .value(#""5 %""#),
    "Share of looks without any drift that alarm by chance, where the threshold follows the rows.",
    example: #""1 %""#)

  /// The keys of monitors that count shares of bins.
  private static func binned(threshold: String) -> [SchemaKey] {
    [
      SchemaKey(
        "threshold", .either([.number(0...1e6), .choice(["size-aware"])]), .value(threshold),
        "Alarm above this; `size-aware` follows the number of rows and holds `falseAlarms`.",
        example: "0.25"),
      falseAlarms,
      SchemaKey(
        "correction", .choice(["bonferroni", "none"]), .value(#""bonferroni""#),
        "Whether `falseAlarms` is shared out over the features watched, or holds for each.",
        example: #""none""#),
      SchemaKey("top", .whole(1...100_000), .value("10"), "Features watched.", example: "10"),
      SchemaKey("bins", .whole(2...1_000), .value("10"), "Bins of a feature.", example: "20"),
      SchemaKey(
        "binning", .choice(["quantile", "fixed"]), .value(#""quantile""#),
        "Bins of equal weight in the reference, or of equal width.", example: #""fixed""#),
      SchemaKey(
        "epsilon", .number(1e-12...0.01), .value("0.0001"), "What an empty share is raised to.",
        example: "0.000001"),
    ] + common(rows: "Rows of one look.")
  }

  /// The keys of monitors that measure a quality.
  private static func performance(rows: String) -> [SchemaKey] {
    [
      SchemaKey(
        "metric", .choice(["auc", "accuracy"]), .value(#""auc""#), "The quality measured.",
        example: #""accuracy""#),
      SchemaKey(
        "drop", .quantity(.share, 1e-4...1), .value(#""5 %""#),
        "Alarm when the quality is that share below its value at promotion.",
        example: #""3 %""#),
      SchemaKey(
        "points", .quantity(.points, 1e-4...1), .none("`drop` counts"),
        "Alarm when it is so many points below its value at promotion.",
        example: #""+2 pp""#),
      SchemaKey(
        "below", .number(0...1), .none("held against the promotion"),
        "Alarm when it is below this value, whatever it was at promotion.", example: "0.8"),
      SchemaKey(
        "lasting", .quantity(.duration, 0...3.2e8), .value(#""0 s""#),
        "Alarm once every look for so long has found it too low.", example: #""24h""#),
    ] + common(rows: rows)
  }

  /// The keys of every monitor.
  static func common(rows: String, number: String = "10000") -> [SchemaKey] {
    [
      SchemaKey(
        "every", .quantity(.duration, 60...3.2e8), .value(#""1d""#), "Time between looks.",
        example: #""1h""#),
      SchemaKey(
        "window", .quantity(.duration, 60...3.2e8), .none("what came since the last verdict"),
        "How far back a look goes.", example: #""7d""#),
      SchemaKey(
        "rows", .whole(10...1_000_000_000), .value(number),
        rows + " With fewer there is no verdict.", example: #""100k""#),
      SchemaKey(
        "sampling", .quantity(.share, 1e-9...1), .none("as many as `rows`, or every label"),
        "Share of the requests or labels that is looked at.", example: #""1 %""#),
      SchemaKey(
        "noData", .choice(["hold", "ignore", "alarm"]), .value(#""hold""#),
        "Without enough rows: what the last verdict said, all is well, or an alarm.",
        example: #""alarm""#),
      SchemaKey(
        "severity", .choice(["warning", "critical"]), .value(#""warning""#),
        "How much an alarm matters.", example: #""critical""#),
      SchemaKey(
        "routing", .choice(["automatic", "on-call", "log"]), .value(#""automatic""#),
        "An alarm acts at once, waits for the on-call human, or is noted alone.",
        example: #""on-call""#),
      SchemaKey(
        "within", .quantity(.duration, 0...3.2e8), .none("however long the human takes"),
        "An alarm that waits for a human acts by itself after this time.", example: #""24h""#),
      SchemaKey(
        "name", .text, .none("its kind"), "What alarms, scores and thresholds call it.",
        example: #""psi-of-income""#),
    ]
  }
}
