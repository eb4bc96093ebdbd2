extension ScenarioSchema {
  static let trainingObjects: [ObjectKind] =
    [
      ObjectKind(
        "training", "A training run as a priced job.",
        [
          SchemaKey(
            "rows", .quantity(.count, 1...1e15), .required,
            "Labelled rows that a run uses at most.",
            example: #""100M""#),
          SchemaKey(
            "window", .either([.quantity(.duration, 60...3.2e9), .object("window")]), .required,
            "Rows are taken from this stretch before the newest label.", example: #""28d""#),
          SchemaKey(
            "on", .reference([.pool]), .none("machines that are not priced"),
            "The pool of its machines.", example: #""trainers""#),
          SchemaKey(
            "machines", .whole(1...100_000), .value("1"), "Machines that one run takes.",
            example: "4"),
          SchemaKey(
            "speed", .quantity(.rowRate, 1e-3...1e12), .none("done at once"), "Rows per time.",
            example: #""60k rows/s""#),
          SchemaKey(
            "split", .text, .none("8:1:1 by time where versions are evaluated, else nothing"),
            "What is learnt from, tuned on and tested on: `8:1:1 by time` or `8:1:1 at random`.",
            example: #""8:1:1 by time""#),
          SchemaKey(
            "warmStart", .quantity(.share, 0.001...1), .value(#""30 %""#),
            "Share of a full training's steps that a warm start takes; it leaves 0.001^share of the way.",
            example: #""20 %""#),
          SchemaKey(
            "memory", .quantity(.duration, 60...3.2e9), .none("half the window"),
            "In this time an incremental training forgets by e.", example: #""14d""#),
          SchemaKey(
            "ensemble", .whole(1...64), .value("1"),
            "Newest versions whose directions are averaged; batches take that many times longer.",
            example: "3"),
          SchemaKey(
            "checkpointEvery", .quantity(.duration, 1...3.2e8),
            .none("a training that loses its machines begins anew"),
            "Work between checkpoints, from which a training goes on that lost its machines.",
            example: #""30 min""#),
          SchemaKey(
            "distillation", .object("distillation"), .none("what is trained serves itself"),
            "A small student that serves instead.",
            example: #"{ loss: 0.01, speedUp: "5x", takes: "20 %" }"#),
        ]),
      ObjectKind(
        "window", "Which labels a training takes.",
        presets: [
          .init("latest-1-month", #"{ length: "30d" }"#, "the latest thirty days of labels"),
          .init("latest-3-months", #"{ length: "91d" }"#, "the latest three months of labels"),
          .init("latest-6-months", #"{ length: "182d" }"#, "the latest six months of labels"),
          .init("latest-12-months", #"{ length: "365d" }"#, "the latest twelve months of labels"),
          .init(
            "best", #"{ length: "365d", best: true }"#,
            "what balances noise against age, sqrt(1.5 tau nu), a year at most"),
        ],
        [
          SchemaKey(
            "length", .quantity(.duration, 60...3.2e9), .required,
            "The stretch before the newest label.", example: #""91d""#),
          SchemaKey(
            "best", .flag, .value("false"),
            "Whether a shorter stretch is taken where the closed form finds it better.",
            example: "true"),
        ]),
      ObjectKind(
        "distillation", "A small student that serves in place of what was trained.",
        [
          SchemaKey(
            "loss", .number(0...0.5), .required, "AUC that it loses to its teacher.",
            example: "0.01", belief: true),
          SchemaKey(
            "speedUp", .quantity(.factor, 1...1_000), .value(#""1x""#),
            "How much faster its batches are.", example: #""5x""#, belief: true),
          SchemaKey(
            "takes", .quantity(.share, 0...100), .value(#""20 %""#),
            "Time of its training, as a share of the teacher's.", example: #""30 %""#),
        ]),
      ObjectKind(
        "retraining", "When a model is trained anew.",
        presets: retrainingPresets,
        [
          SchemaKey(
            "every", .quantity(.duration, 60...3.2e8), .none("no schedule"),
            "Time between scheduled trainings.", example: #""7d""#),
          SchemaKey(
            "onAlarm", .flag, .value("false"), "Whether an alarm of a monitor starts one.",
            example: "true"),
          SchemaKey(
            "cooldown", .quantity(.duration, 0...3.2e8), .value(#""0 s""#),
            "No training starts within this time of the last.", example: #""1d""#),
          SchemaKey(
            "train", .choice(["full", "warm-start", "incremental"]), .value(#""full""#),
            "What `every` and `onAlarm` start.", example: #""warm-start""#),
          SchemaKey(
            "triggers",
            .list(
              .kinds(
                "trigger",
                [
                  "trigger:schedule", "trigger:volume", "trigger:performance", "trigger:drift",
                  "trigger:cost-aware", "trigger:manual",
                ]), 0...16),
            .value("[]"), "What else starts one.",
            example: #"[{ kind: "schedule", every: "1d", train: "incremental" }]"#),
          SchemaKey(
            "combine", .choice(["any", "all"]), .value(#""any""#),
            "Whether any trigger is enough, or all must have fired since the last training.",
            example: #""all""#),
        ]),
    ] + triggerObjects

  private static let retrainingPresets: [ObjectKind.Preset] = [
    .init("never", "{ onAlarm: false }", "trained once"),
    .init("daily", #"{ every: "1d" }"#, "every day"),
    .init("weekly", #"{ every: "7d" }"#, "every seven days"),
    .init("monthly", #"{ every: "30d" }"#, "every thirty days"),
    .init("quarterly", #"{ every: "91d" }"#, "every ninety-one days"),
    .init(
      "on-alarm", #"{ onAlarm: true, cooldown: "1d" }"#,
      "when a monitor alarms, at most once a day"),
    .init(
      "weekly-or-alarm", #"{ every: "7d", onAlarm: true, cooldown: "1d" }"#,
      "every seven days and when a monitor alarms"),
    .init("weekly-full", #"{ every: "7d", train: "full" }"#, "from scratch every seven days"),
    .init(
      "weekly-plus-daily",
      #"""
      { every: "7d", train: "full",
        triggers: [{ kind: "schedule", every: "1d", train: "incremental" }] }
      """#, "from scratch every seven days, and the day's new labels every day"),
    .init(
      "performance-24h",
      #"{ triggers: [{ kind: "performance", lasting: "24h" }], cooldown: "1d" }"#,
      "when a monitor of quality has fired for 24 hours"),
    .init(
      "drift-top10", #"{ triggers: [{ kind: "drift" }], cooldown: "1d" }"#,
      "when a monitor of the features fires, such as psi-0.2-top10 on any of the top ten"),
    .init(
      "cost-aware",
      #"{ triggers: [{ kind: "cost-aware", price: "$50", worth: "$10k/month" }] }"#,
      "when what age has cost adds up to the price of a training: $50 at $10k a month for quality"),
  ]

  private static let trainKey = SchemaKey(
    "train", .choice(["full", "warm-start", "incremental"]), .value(#""full""#),
    "What it starts.", example: #""incremental""#)

  private static let triggerObjects: [ObjectKind] = [
    ObjectKind(
      "trigger:schedule", "Again and again after a fixed time.",
      [
        SchemaKey(
          "every", .quantity(.duration, 60...3.2e8), .required, "Time between trainings.",
          example: #""1d""#),
        trainKey,
      ]),
    ObjectKind(
      "trigger:volume", "Enough new labels, looked at every hour.",
      [
        SchemaKey(
          "labels", .quantity(.count, 1...1e15), .required,
          "Labels that must have arrived since the last training.", example: #""100k""#),
        trainKey,
      ]),
    ObjectKind(
      "trigger:performance", "Monitors that measure quality have fired for a time.",
      [
        SchemaKey(
          "lasting", .quantity(.duration, 0...3.2e8), .value(#""0 s""#),
          "How long every verdict of one monitor must have been an alarm.", example: #""24h""#),
        trainKey,
      ]),
    ObjectKind(
      "trigger:drift", "Monitors that watch the features have fired for a time.",
      [
        SchemaKey(
          "lasting", .quantity(.duration, 0...3.2e8), .value(#""0 s""#),
          "How long every verdict of one monitor must have been an alarm.", example: #""24h""#),
        trainKey,
      ]),
    ObjectKind(
      "trigger:cost-aware",
      "What was lost against a fresh model, worth x (rho_fresh - rho_now) over time, pays for one.",
      [
        SchemaKey(
          "price", .money, .required, "What a training costs, all in.", example: #""$50""#),
        SchemaKey(
          "worth", .price(per: [.month]), .required,
          "What a whole unit of the cosine rho with the concept is worth.",
          example: #""$10k/month""#),
        SchemaKey(
          "by", .choice(["labels", "age"]), .value(#""labels""#),
          "How rho_now is known: measured on the labels that arrive, or expected from the age.",
          example: #""age""#),
        trainKey,
      ]),
    ObjectKind(
      "trigger:manual", "At given instants.",
      [
        SchemaKey(
          "at", .list(.quantity(.offset, 0...3.2e8), 1...1_000), .required, "When.",
          example: #"["3d", "10d 09:00"]"#),
        trainKey,
      ]),
  ]
}
