extension ScenarioSchema {
  private static let anyCount = 0.0...1e15

  static let trafficObjects: [ObjectKind] = [
    ObjectKind(
      "stream", "A stream of requests: who asks, how often, how much.",
      [
        SchemaKey(
          "to", .reference([.route, .model]), .none("the only route"),
          "The route that the requests take, or a model whose predictions are only counted.",
          example: #""search""#),
        SchemaKey(
          "rate", .either([.quantity(.rate, 0...1e9), .object("rate")]),
          .none("the rate of the trace"), "Requests per time.",
          example: #"{ peak: "5k/s", shape: "consumer-day" }"#, belief: true),
        SchemaKey(
          "growth", .quantity(.growth, -0.99...10), .value(#""0 %/month""#),
          "Growth of the rate, compounded.", example: #""8 %/month""#, belief: true),
        SchemaKey(
          "surges", .list(.object("surge"), 0...1_000), .value("[]"),
          "Flash crowds, in any order.",
          example: #"[{ at: "9d 20:00", factor: "3x", last: "1h" }]"#),
        SchemaKey(
          "arrivals", .object("arrivals"), .value(#""poisson""#),
          "How the gaps between requests fall around the rate.",
          example: #"{ law: "gamma", cv: 2 }"#),
        SchemaKey(
          "trace", .object("trace"), .none("drawn at the rate"),
          "Recorded arrivals to replay instead of a rate.",
          example: #"{ file: "hour.csv", format: "azure-llm" }"#),
        SchemaKey(
          "items", .spread(.count, 1...1e9), .value("1"),
          "Items of a request: candidates to score, images.",
          example: "{ lognormal: { p50: 50, p99: 160 } }"),
        SchemaKey(
          "prompt", .spread(.tokens, 1...1e8), .none("no tokens"),
          "Tokens of the prompt, where an LLM is asked.",
          example: "{ lognormal: { p50: 1000, p99: 4100 } }"),
        SchemaKey(
          "output", .spread(.tokens, 1...1e8), .none("no tokens"),
          "Tokens of the answer, where an LLM is asked.",
          example: "{ quantiles: [[0, 7], [0.5, 129], [1, 1000]] }"),
        SchemaKey(
          "errors", .quantity(.share, 0...1), .value(#""0 %""#),
          "Share of counted predictions that end in error whatever the version.",
          example: #""1 %""#, belief: true),
        SchemaKey(
          "segments", .shares, .none("no segments"),
          "Shares of the requests by segment.", example: #"{ returning: "80 %", new: "20 %" }"#),
        SchemaKey(
          "tenants", .shares, .none("no tenants"),
          "Shares of the requests by tenant.", example: #"{ free: "70 %", paid: "30 %" }"#),
        SchemaKey(
          "priority", .either([.whole(0...255), .map(nil, .whole(0...255))]), .value("0"),
          "Who is served first where a queue looks at it, 0 before 1; one for all or by tenant.",
          example: "{ paid: 0, free: 1 }"),
      ]),
    ObjectKind(
      "rate", "A rate that changes over time.",
      [
        SchemaKey(
          "mean", .quantity(.rate, 0...1e9), .none("see peak and steps"),
          "The mean over a week of the shape.", example: #""5/s""#, belief: true),
        SchemaKey(
          "peak", .quantity(.rate, 0...1e9), .none("see mean and steps"),
          "The rate in the busiest hour of the shape.", example: #""5k/s""#, belief: true),
        SchemaKey(
          "steps",
          .list(.tuple([.quantity(.offset, 0...3.2e8), .quantity(.rate, 0...1e9)]), 1...10_000),
          .none("see mean and peak"), "The rate from an instant on, the first at 0.",
          example: #"[["0 min", "4.8/s"], ["5 min", "6/s"]]"#),
        SchemaKey(
          "shape",
          .either([
            .choice(["constant", "consumer-day", "office-day"]), .list(.number(0...1e6), 1...168),
          ]),
          .value(#""constant""#),
          "How the rate moves over the week: a named shape, or 24 hours of a day or 168 of a week.",
          example: #""consumer-day""#),
        SchemaKey(
          "weekend", .number(0...1_000), .value("1"),
          "The rate of Saturdays and Sundays as a multiple.", example: "1.15"),
      ]),
    ObjectKind(
      "surge", "A flash crowd: the rate rises, holds and falls.",
      [
        SchemaKey(
          "at", .quantity(.offset, 0...3.2e8), .required, "When the rise begins.",
          example: #""9d 20:00""#),
        SchemaKey(
          "factor", .quantity(.factor, 0...1e6), .required, "The rate at the top as a multiple.",
          example: #""3x""#, belief: true),
        SchemaKey(
          "ramp", .quantity(.duration, 0...3.2e8), .value(#""1 min""#),
          "How long the rise takes, and the fall.", example: #""5 min""#),
        SchemaKey(
          "last", .quantity(.duration, 0...3.2e8), .required, "How long the top lasts.",
          example: #""1h""#),
      ]),
    ObjectKind(
      "arrivals", "How the gaps between requests fall around the rate.",
      presets: [
        .init("poisson", #"{ law: "exponential", cv: 1 }"#, "independent requests")
      ],
      [
        SchemaKey(
          "law", .choice(["exponential", "gamma", "weibull", "lognormal"]), .value(#""gamma""#),
          "The law of the gaps.", example: #""weibull""#),
        SchemaKey(
          "cv", .number(0.05...20), .value("1"),
          "Coefficient of variation of the gaps: 1 is Poisson-like, above 1 comes in bursts.",
          example: "2.5"),
      ]),
    ObjectKind(
      "trace", "Recorded arrivals, read while the run goes on.",
      [
        SchemaKey(
          "file", .path, .required,
          "The file, beneath the scenario's folder or the data folder.",
          example: #""AzureLLMInferenceTrace_conv.csv""#),
        SchemaKey(
          "format", .choice(["azure-llm", "csv"]), .value(#""csv""#),
          "`azure-llm` as published; `csv` has columns that `columns` names.",
          example: #""azure-llm""#),
        SchemaKey(
          "columns", .object("columns"), .value("{}"), "The columns of a `csv`.",
          example: #"{ time: "arrived", prompt: "in", output: "out" }"#),
        SchemaKey(
          "speed", .number(1e-6...1e6), .value("1"),
          "How much faster than recorded it is replayed.", example: "2", belief: true),
        SchemaKey(
          "loop", .flag, .value("false"), "Whether it starts again after its last row.",
          example: "true"),
        SchemaKey(
          "from", .text, .none("not said"), "Where the file can be had.",
          example: #""https://github.com/Azure/AzurePublicDataset""#),
      ]),
    ObjectKind(
      "columns", "The header names under which a CSV keeps what a request brings.",
      [
        SchemaKey(
          "time", .text, .none("see gap"), "Time of arrival, in seconds or as a civil time.",
          example: #""arrived""#),
        SchemaKey(
          "gap", .text, .none("see time"), "Seconds since the row before.", example: #""delay""#),
        SchemaKey("items", .text, .none("not in the file"), "Items.", example: #""n""#),
        SchemaKey("prompt", .text, .none("not in the file"), "Prompt tokens.", example: #""in""#),
        SchemaKey("output", .text, .none("not in the file"), "Output tokens.", example: #""out""#),
      ]),
  ]
}
