extension ScenarioSchema {
  static let scenarioObject = ObjectKind(
    "scenario", "A scenario: who asks, what happens, what it runs on, what it may cost.",
    [
      SchemaKey(
        "$schema", .text, .none("no schema"), "The schema, for editors; ignored otherwise.",
        example: #""./schema/scenario.schema.json""#),
      SchemaKey(
        "title", .text, .none("the name of the file"),
        "The question that the scenario answers, in one line.",
        example: #""Do two GPUs hold, and what do they cost?""#),
      SchemaKey(
        "start", .calendar, .value(#""2024-01-01""#),
        "The calendar instant of simulated time 0, in UTC unless a zone is written.",
        example: #""2027-01-04T09:00""#),
      SchemaKey(
        "horizon", .quantity(.duration, 1e-3...315_360_000), .required,
        "How long is simulated; at most ten years.", example: #""30d""#),
      SchemaKey(
        "warmUp", .quantity(.duration, 0...315_360_000), .value(#""0 s""#),
        "The stretch at the beginning that is simulated but not counted.", example: #""2 min""#),
      SchemaKey(
        "replications", .whole(1...100_000), .value("10"),
        "How often the scenario is run with other random numbers.", example: "40"),
      SchemaKey(
        "seed", .whole(0...Int.max), .value("1"),
        "Where the random numbers begin; the same seed gives the same bytes.", example: "7"),
      SchemaKey(
        "fidelity", .choice(["auto", "requests", "flow"]), .value(#""auto""#),
        "How closely is looked: `requests` simulates every request; `flow` advances services as they "
          + "were measured, so that months take seconds; `auto` takes flow above 20 million requests.",
        example: #""requests""#),
      SchemaKey(
        "include", .either([.path, .list(.path, 1...32)]), .none("no other file"),
        "Files to merge beneath this one, earlier ones beneath later ones.",
        example: #"["common/fleet.json5"]"#),
      SchemaKey(
        "catalog", .either([.path, .list(.path, 1...32)]), .none("the shipped tables alone"),
        "CSV tables whose rows add to or replace the shipped ones.", example: #""prices.csv""#),
      SchemaKey(
        "traffic", .map(.stream, .object("stream")), .required, "Streams of requests.",
        example: #"{ searchers: { to: "search", rate: "300/s" } }"#),
      SchemaKey(
        "routes", .map(.route, .object("route")), .none("a route through the only service"),
        "The ways of requests through services.", example: #"{ search: ["embed"] }"#),
      SchemaKey(
        "services",
        .map(.service, .kinds("service", ["service:model", "service:llm", "service:lookup"])),
        .none("no service: predictions are only counted"), "What does the work.",
        example: #"{ store: { kind: "lookup", latency: "3 ms" } }"#),
      SchemaKey(
        "hardware", .map(.pool, .object("pool")), .none("no machines"),
        "Pools of machines and how they are bought.",
        example: #"{ gpu: { instance: "aws/g6.xlarge", region: "us-east-1" } }"#),
      SchemaKey(
        "tasks", .map(.task, .object("task")), .none("no quality is reported"),
        "What is predicted, how the world moves, when the truth arrives.",
        example: #"{ click: { positives: "3 %", bestQuality: { auc: 0.88 } } }"#),
      SchemaKey(
        "models", .map(.model, .object("model")), .none("no models"),
        "What was learnt, how it is watched, retrained and rolled out.",
        example: #"{ rules: { task: "click", rule: true, quality: { auc: 0.71 } } }"#),
      SchemaKey(
        "data",
        .map(.source, .kinds("source", ["source:stream", "source:batch"])),
        .none("labels and features always come"),
        "Sources of labels and features: lateness, outages, validation.",
        example: #"{ clickstream: { kind: "stream", feeds: ["click"] } }"#),
      SchemaKey(
        "incidents", .list(.kinds("incident", incidentKinds), 0...10_000), .value("[]"),
        "What is made to happen at a time.",
        example:
          #"[{ at: "21d", kind: "source-outage", source: "profiles", last: "2d" }]"#),
      SchemaKey(
        "onCall", .object("on-call"), .value("{}"), "Who answers alarms, when and how fast.",
        example: #"{ responds: "15 min", hours: "weekdays 09:00-17:00" }"#),
      SchemaKey(
        "slos", .map(.objective, .object("objective")), .none("no promises"),
        "Promises: which share of the requests must be good.",
        example: #"{ up: { of: "search", good: "answered", target: "99.9 %" } }"#),
      SchemaKey(
        "budget", .object("budget"), .none("no limit"), "The limit of money and who owns it.",
        example: #"{ limit: "$5k/month", owner: "search" }"#),
      SchemaKey(
        "costs", .map(nil, .object("cost")), .none("nothing else is paid"),
        "Other money: what is paid once, every month, or on leaving.",
        example: #"{ migration: { once: "$40k" }, seats: { fixed: "$600/month" } }"#),
      SchemaKey(
        "thresholds", .list(.text, 0...200), .value("[]"),
        "What decides the exit code: METRIC OP VALUE [in every WINDOW] [after INSTANT] [in N % of runs].",
        example: #"["search.latency.p99 < 100 ms in every 5 min", "cost.perMonth < $5k"]"#),
      SchemaKey(
        "plan", .object("plan"), .none("nothing to choose"),
        "What `towtank plan` may turn.",
        example: #"{ knobs: ["services.embed.replicas=1..6"] }"#),
      SchemaKey(
        "variants", .map(nil, .patch), .none("the base alone"),
        "Named patches: the other architectures. A key with dots is a path.",
        example: #"{ "one-gpu": { title: "One GPU", "services.embed.replicas": 1 } }"#),
    ])

  static let promiseObjects: [ObjectKind] = [
    ObjectKind(
      "plan", "What a plan may choose from.",
      [
        SchemaKey(
          "knobs", .list(.text, 1...32), .required,
          "Paths with their values: `PATH=a,b,c`, `PATH=2..12` or `PATH=2..12:2`. The path `variant` takes names of variants.",
          example: #"["services.embed.replicas=1..6"]"#)
      ]),
    ObjectKind(
      "objective", "A promise over the run: the share of good requests of a route.",
      [
        SchemaKey(
          "of", .reference([.route]), .required, "The route whose requests are judged.",
          example: #""search""#),
        SchemaKey(
          "good", .text, .required,
          "What a good request is: `answered`, `latency < TIME` or `ttft < TIME`.",
          example: #""latency < 150 ms""#),
        SchemaKey(
          "target", .quantity(.share, 0...1), .required, "The share that must be good.",
          example: #""99.9 %""#),
      ]),
    ObjectKind(
      "budget", "A limit of money.",
      [
        SchemaKey(
          "limit", .price(per: [.month]), .required, "The most that a calendar month may cost.",
          example: #""$5k/month""#),
        SchemaKey(
          "owner", .text, .none("nobody named"), "Who answers for it.",
          example: #""search-ranking""#),
        SchemaKey(
          "baseline", .reference([.model]), .none("nothing is compared"),
          "The rule, heuristic or people that the other models of the task are held against.",
          example: #""bestsellers""#),
      ]),
    ObjectKind(
      "cost", "Money for what is not simulated: a migration, seats, people, leaving.",
      [
        SchemaKey(
          "once", .money, .none("nothing"), "Paid once.", example: #""$40k""#, belief: true),
        SchemaKey(
          "at", .quantity(.offset, 0...3.2e8), .value(#""0d""#), "When `once` is paid.",
          example: #""30d""#),
        SchemaKey(
          "fixed", .price(per: [.month]), .none("nothing"), "Per calendar month.",
          example: #""$600/month""#, belief: true),
        SchemaKey(
          "onExit", .money, .none("nothing"),
          "What leaving would cost, such as egress; it counts as the cost of exit alone.",
          example: #""$4k""#),
      ]),
  ]
}
