extension ScenarioSchema {
  static let trainingObjects: [ObjectKind] = [
    ObjectKind(
      "training", "A training run as a priced job.",
      [
        SchemaKey(
          "rows", .quantity(.count, 1...1e15), .required, "Labelled rows that a run uses at most.",
          example: #""100M""#),
        SchemaKey(
          "window", .quantity(.duration, 60...3.2e9), .required,
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
      ]),
    ObjectKind(
      "retraining", "When a model is trained anew.",
      presets: [
        .init("never", "{ onAlarm: false }", "trained once"),
        .init("daily", #"{ every: "1d" }"#, "every day"),
        .init("weekly", #"{ every: "7d" }"#, "every seven days"),
        .init("monthly", #"{ every: "30d" }"#, "every thirty days"),
        .init(
          "on-alarm", #"{ onAlarm: true, cooldown: "1d" }"#,
          "when a monitor alarms, at most once a day"),
        .init(
          "weekly-or-alarm", #"{ every: "7d", onAlarm: true, cooldown: "1d" }"#,
          "every seven days and when a monitor alarms"),
      ],
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
      ]),
  ]
}
