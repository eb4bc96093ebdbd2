extension ScenarioSchema {
  static let routeObjects: [ObjectKind] = [
    ObjectKind(
      "route", "The way of a request; a list of steps may stand for it.", shorthand: "steps",
      [
        SchemaKey(
          "steps", .list(.reference([.service, .route]), 1...64), .required,
          "Services and routes, one after the other.", example: #"["features", "ranker"]"#),
        SchemaKey(
          "timeout", .quantity(.duration, 1e-6...3.2e7), .none("waits for ever"),
          "From arrival to the last answer; a request that is not done by then has failed.",
          example: #""200 ms""#),
        SchemaKey(
          "retries", .object("retries"), .none("none"),
          "What is tried again when an attempt fails; a number is the most attempts.",
          example: #"{ max: 1, budget: "10 %" }"#),
        SchemaKey(
          "fallback", .reference([.model]), .none("none"),
          "A rule that answers without a server when the route fails.",
          example: #""bestsellers""#),
      ]),
    ObjectKind(
      "retries", "Attempts beyond the first.", shorthand: "max",
      [
        SchemaKey(
          "max", .whole(0...20), .required, "Attempts beyond the first.", example: "1"),
        SchemaKey(
          "backoff", .quantity(.duration, 0...3_600), .value(#""0 ms""#),
          "The wait before the first retry; it doubles with each further one.",
          example: #""20 ms""#),
        SchemaKey(
          "budget", .quantity(.share, 0...1), .value(#""100 %""#),
          "The most retries, as a share of the requests of the route.", example: #""10 %""#),
      ]),
  ]

  /// Keys that every service on machines has.
  private static let serverKeys: [SchemaKey] = [
    SchemaKey(
      "replicas", .object("replicas"), .value("1"),
      "How many copies run; a number is a fixed count.", example: "{ min: 4, max: 24 }"),
    SchemaKey(
      "autoscaling", .object("autoscaling"), .none("a fixed count"),
      "How the number of replicas follows the load.",
      example: #"{ preset: "kubernetes-hpa", metric: "busy", target: "60 %" }"#),
    SchemaKey(
      "ready", .spread(.duration, 0...864_000), .value(#""0 s""#),
      "From machine up to serving: image, load, warm-up.", example: #""20 s""#),
    SchemaKey(
      "balancer",
      .choice(["least-outstanding", "round-robin", "random", "power-of-two", "shared-queue"]),
      .value(#""least-outstanding""#), "Which replica gets a request.",
      example: #""power-of-two""#),
    SchemaKey(
      "queue", .object("queue"), .value("{}"), "What may wait and what is refused.",
      example: #"{ limit: 400, shed: "deadline" }"#),
    SchemaKey(
      "failures", .object("failures"), .none("never"), "Random crashes of a replica.",
      example: #"{ every: "30d", last: "2 min" }"#),
    SchemaKey(
      "price", .object("service-price"), .none("its machines only"),
      "What it costs beside its machines.", example: #"{ fixed: "$480/month" }"#),
  ]

  static let serviceObjects: [ObjectKind] = [
    ObjectKind(
      "service:model", "A model server: each replica works on one batch at a time.",
      [
        SchemaKey(
          "time", .either([.object("batch-time"), .spread(.duration, 0...3.2e7)]), .required,
          "How long a batch takes: a fixed part and a part per item, or a spread.",
          example: #"{ fixed: "0.6 ms", perItem: "9 us" }"#),
        SchemaKey(
          "serves", .reference([.model]), .none("no model"), "The model whose quality counts.",
          example: #""clicks""#),
        SchemaKey(
          "on", .reference([.pool]), .none("machines that are not priced"),
          "The pool of its machines.", example: #""gpu""#),
        SchemaKey(
          "perMachine", .number(0.01...1_024), .value("1"),
          "Replicas that fit one machine; below 1, a replica takes several.", example: "2"),
        SchemaKey(
          "batching", .object("batching"), .none("every request alone"),
          "How requests are put together.", example: #"{ max: 16, delay: "5 ms" }"#),
      ] + serverKeys),
    ObjectKind(
      "service:llm", "An LLM server: continuous batching with a paged cache on each replica.",
      [
        SchemaKey(
          "serves", .reference([.model]), .required, "The model; it names its architecture.",
          example: #""assistant""#),
        SchemaKey(
          "on", .reference([.pool]), .required, "The pool of its machines.",
          example: #""h100""#),
        SchemaKey(
          "parallel", .object("parallel"), .value("{}"), "How many accelerators a replica takes.",
          example: "{ tensor: 4 }"),
        SchemaKey(
          "scheduler", .object("scheduler"), .value(#""vllm-v1""#),
          "The rules by which a replica fills its batch.",
          example: #"{ preset: "vllm-v1", maxTokens: 4096 }"#),
        SchemaKey(
          "tables", .object("tables"), .none("the execution model"),
          "Measured tables of operator times to use instead of the execution model.",
          example: #"{ mlp: "mlp.csv", attention: "attention.csv", allReduce: "allreduce.csv" }"#),
      ] + serverKeys),
    ObjectKind(
      "service:lookup", "An answer after a latency: a feature store, a vector store, a guardrail.",
      [
        SchemaKey(
          "latency", .spread(.duration, 0...86_400), .required, "How long an answer takes.",
          example: #"{ lognormal: { p50: "3 ms", p99: "11 ms" } }"#),
        SchemaKey(
          "limit", .quantity(.rate, 1e-3...1e9), .none("no limit"),
          "Calls per time above which calls are refused.", example: #""20k/s""#),
        SchemaKey(
          "price", .object("service-price"), .none("nothing"), "What it costs.",
          example: #"{ fixed: "$480/month" }"#),
      ]),
    ObjectKind(
      "batch-time", "The time of a batch, linear in its items.",
      [
        SchemaKey(
          "fixed", .quantity(.duration, 0...3.2e7), .required, "The part that every batch takes.",
          example: #""4 ms""#),
        SchemaKey(
          "perItem", .quantity(.duration, 0...3.2e7), .value(#""0 ms""#),
          "The part that each item adds.", example: #""0.9 ms""#),
      ]),
    ObjectKind(
      "batching", "A batch starts when it is full or its oldest request has waited long enough.",
      [
        SchemaKey(
          "max", .whole(1...1_000_000), .none("no limit"), "The most requests.", example: "16"),
        SchemaKey(
          "maxItems", .whole(1...1_000_000_000), .none("no limit"), "The most items.",
          example: "800"),
        SchemaKey(
          "delay", .quantity(.duration, 0...3_600), .value(#""0 ms""#),
          "How long the oldest request waits for others.", example: #""5 ms""#),
      ]),
    ObjectKind(
      "queue", "What may wait and what is refused.",
      [
        SchemaKey(
          "limit", .whole(0...100_000_000), .none("no limit"),
          "Requests that may wait at a replica; more are shed.", example: "400"),
        SchemaKey(
          "shed", .choice(["none", "deadline"]), .value(#""none""#),
          "`deadline` drops a waiting request that can no longer be answered in time.",
          example: #""deadline""#),
        SchemaKey(
          "order", .choice(["arrival", "priority"]), .value(#""arrival""#),
          "Who is served next.", example: #""priority""#),
      ]),
    ObjectKind(
      "replicas", "How many copies of a service run.", shorthand: "min",
      [
        SchemaKey("min", .whole(0...100_000), .value("1"), "The fewest.", example: "4"),
        SchemaKey(
          "initial", .whole(0...100_000), .same(as: "min"), "How many run at the start.",
          example: "5"),
        SchemaKey(
          "max", .whole(1...100_000), .same(as: "initial"), "The most.", example: "24"),
      ]),
    ObjectKind(
      "autoscaling", "How the number of replicas follows a metric: the Kubernetes HPA.",
      presets: [
        .init(
          "kubernetes-hpa",
          #"{ metric: "busy", target: "60 %", every: "15 s", tolerance: 0.1, keep: "5 min" }"#,
          "the horizontal pod autoscaler with its defaults")
      ],
      [
        SchemaKey(
          "metric", .choice(["busy", "concurrency", "waiting", "rate"]), .required,
          "What is held: busy share, requests in flight, waiting or per second, each per replica.",
          example: #""busy""#),
        SchemaKey(
          "target",
          .either([.quantity(.share, 0.01...1), .number(0.01...1e9), .quantity(.rate, 1e-3...1e9)]),
          .required, "The value per replica that is held.", example: #""60 %""#),
        SchemaKey(
          "every", .quantity(.duration, 1...86_400), .value(#""15 s""#),
          "Time between decisions.", example: #""15 s""#),
        SchemaKey(
          "tolerance", .number(0...1), .value("0.1"),
          "No change while the metric is that near its target.", example: "0.1"),
        SchemaKey(
          "keep", .quantity(.duration, 0...86_400), .value(#""5 min""#),
          "Scaling down takes the largest recommendation of this stretch.",
          example: #""5 min""#),
      ]),
    ObjectKind(
      "failures", "Random crashes and their repair.",
      [
        SchemaKey(
          "every", .spread(.duration, 1...1e10),
          .required, "Time from serving to a crash; a single value is the mean of an exponential.",
          example: #""30d""#),
        SchemaKey(
          "last", .spread(.duration, 0...1e8), .required,
          "Time until it starts again; its start-up time comes on top.", example: #""2 min""#),
      ]),
    ObjectKind(
      "service-price", "What a service costs beside its machines.",
      [
        SchemaKey(
          "fixed", .price(per: [.month]), .none("nothing"), "Per calendar month.",
          example: #""$480/month""#, belief: true),
        SchemaKey(
          "perCall", .price(per: [.call]), .none("nothing"), "Per call.",
          example: #""$0.0001/call""#, belief: true),
        SchemaKey(
          "growth", .quantity(.growth, -0.99...10), .value(#""0 %/month""#),
          "Growth of its prices, compounded at each turn of the month.",
          example: #""-2 %/month""#, belief: true),
      ]),
    ObjectKind(
      "parallel", "How the model is spread over accelerators.",
      [
        SchemaKey(
          "tensor", .whole(1...64), .value("1"), "Accelerators that share each layer.",
          example: "4"),
        SchemaKey(
          "pipeline", .whole(1...64), .value("1"), "Stages that share the layers.", example: "2"),
      ]),
    ObjectKind(
      "scheduler", "The rules by which a replica fills its batch.",
      presets: [
        .init(
          "vllm-v1", "{ maxTokens: 8192, maxSequences: 256, blockSize: 16, memory: 0.9 }",
          "vLLM's V1 scheduler with its defaults"),
        .init(
          "sarathi",
          "{ maxTokens: 512, maxSequences: 128, blockSize: 16, memory: 0.9, watermark: 0.01 }",
          "chunked prefill as in Sarathi-Serve"),
      ],
      [
        SchemaKey(
          "maxTokens", .whole(1...1_000_000), .value("8192"),
          "Tokens that an iteration may compute.", example: "2048"),
        SchemaKey(
          "maxSequences", .whole(1...65_536), .value("256"), "Sequences in a batch.",
          example: "128"),
        SchemaKey(
          "blockSize", .whole(1...1_024), .value("16"),
          "Tokens of one block of the cache, a power of two.", example: "32"),
        SchemaKey(
          "memory", .number(0.05...1), .value("0.9"),
          "Share of the accelerator's memory that weights and cache may take.", example: "0.95"),
        SchemaKey(
          "watermark", .number(0...0.5), .value("0"),
          "Share of the blocks that an admission leaves free.", example: "0.01"),
        SchemaKey(
          "wholePrompt", .flag, .value("false"),
          "Whether an admission asks for room for the whole prompt.", example: "true"),
      ]),
    ObjectKind(
      "tables", "Measured tables of operator times, as Vidur publishes them.",
      [
        SchemaKey("mlp", .path, .required, "Matrix products by tokens.", example: #""mlp.csv""#),
        SchemaKey(
          "attention", .path, .required, "Attention by batch and context.",
          example: #""attention.csv""#),
        SchemaKey(
          "allReduce", .path, .none("no collectives"), "All-reduce by size.",
          example: #""allreduce.csv""#),
      ]),
  ]

  static let hardwareObjects: [ObjectKind] = [
    ObjectKind(
      "pool", "Machines of one kind and how they are paid for.",
      [
        SchemaKey(
          "instance", .row(.instance), .required, "The row of the catalogue.",
          example: #""aws/g6.xlarge""#),
        SchemaKey("region", .text, .required, "Where they stand.", example: #""us-east-1""#),
        SchemaKey(
          "quota", .whole(1...1_000_000), .none("no limit"),
          "The most machines that may run at once.", example: "4"),
        SchemaKey(
          "zones", .list(.text, 0...16), .value("[]"),
          "Zones over which its machines are spread evenly.",
          example: #"["us-east-1a", "us-east-1b"]"#),
        SchemaKey(
          "provisioning", .spread(.duration, 0...864_000), .value(#""0 s""#),
          "From the request for a machine until it runs.", example: #""90 s""#),
        SchemaKey(
          "buy", .list(.either([.choice(["on-demand", "spot"]), .object("commitment")]), 1...8),
          .value(#"["on-demand"]"#), "The purchase waterfall: the first that has room pays.",
          example: #"[{ committed: 3, term: "1 year" }, "on-demand"]"#),
        SchemaKey(
          "price", .price(per: [.hour]), .none("the price of the catalogue"),
          "Your own price of a machine on demand.", example: #""$2.49/h""#, belief: true),
        SchemaKey(
          "priceGrowth", .quantity(.growth, -0.99...10), .value(#""0 %/month""#),
          "Growth of the prices on demand and of spot, compounded at each turn of the month.",
          example: #""-2 %/month""#, belief: true),
      ]),
    ObjectKind(
      "commitment", "Machines that are paid for whether they run or not.",
      [
        SchemaKey(
          "committed", .whole(1...1_000_000), .required, "How many.", example: "3"),
        SchemaKey(
          "term", .choice(["1 year", "3 years"]), .value(#""1 year""#), "For how long.",
          example: #""3 years""#),
        SchemaKey(
          "price", .price(per: [.hour]), .none("the price of the catalogue"),
          "Your own price of a committed machine.", example: #""$1.60/h""#, belief: true),
        SchemaKey(
          "upfront", .quantity(.share, 0...1), .value(#""0 %""#),
          "Share of the price of the term that is paid as it begins; costs are spread over it.",
          example: #""100 %""#),
      ]),
  ]
}
