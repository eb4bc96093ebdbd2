extension ScenarioSchema {
  static let spreadForms: [SpreadForm] = [
    SpreadForm(
      name: "exponential", parameters: [("mean", .quantity)], sets: [["mean"]],
      summary: "memoryless", example: #"{ exponential: { mean: "10 ms" } }"#),
    SpreadForm(
      name: "lognormal",
      parameters: [
        ("p50", .quantity), ("p90", .quantity), ("p95", .quantity), ("p99", .quantity),
        ("mean", .quantity), ("cv", .number),
      ],
      sets: [["p50", "p90"], ["p50", "p95"], ["p50", "p99"], ["mean", "cv"]],
      summary: "from its median and a percentile, or mean and coefficient of variation",
      example: #"{ lognormal: { p50: "3 ms", p99: "11 ms" } }"#),
    SpreadForm(
      name: "normal", parameters: [("mean", .quantity), ("sd", .quantity)],
      sets: [["mean", "sd"]],
      summary: "the bell curve; its mean must lie 8 standard deviations above the least value",
      example: #"{ normal: { mean: "10 ms", sd: "1 ms" } }"#),
    SpreadForm(
      name: "uniform", parameters: [("low", .quantity), ("high", .quantity)],
      sets: [["low", "high"]], summary: "alike between two ends",
      example: #"{ uniform: { low: "1 ms", high: "2 ms" } }"#),
    SpreadForm(
      name: "gamma", parameters: [("mean", .quantity), ("cv", .number)], sets: [["mean", "cv"]],
      summary: "from mean and coefficient of variation",
      example: #"{ gamma: { mean: "10 ms", cv: 0.5 } }"#),
    SpreadForm(
      name: "weibull", parameters: [("mean", .quantity), ("shape", .number)],
      sets: [["mean", "shape"]], summary: "from mean and shape",
      example: #"{ weibull: { mean: "10d", shape: 0.7 } }"#),
    SpreadForm(
      name: "pareto", parameters: [("least", .quantity), ("shape", .number)],
      sets: [["least", "shape"]], summary: "a heavy tail above its least value",
      example: #"{ pareto: { least: "1 ms", shape: 2.5 } }"#),
    SpreadForm(
      name: "erlang", parameters: [("mean", .quantity), ("stages", .number)],
      sets: [["mean", "stages"]], summary: "a sum of equal exponentials",
      example: #"{ erlang: { mean: "10 ms", stages: 4 } }"#),
    SpreadForm(
      name: "hyperexponential", parameters: [("mean", .quantity), ("cv", .number)],
      sets: [["mean", "cv"]], summary: "two exponentials with a coefficient of variation above 1",
      example: #"{ hyperexponential: { mean: "10 ms", cv: 3 } }"#),
    SpreadForm(
      name: "geometric", parameters: [("mean", .quantity)], sets: [["mean"]],
      summary: "tries until the first success, for counts", example: "{ geometric: { mean: 3.5 } }"),
    SpreadForm(
      name: "discrete", parameters: [("discrete", .pairs)], sets: [["discrete"]],
      summary: "one of some values, each with its weight",
      example: #"{ discrete: [["1 ms", 9], ["20 ms", 1]] }"#),
    SpreadForm(
      name: "empirical", parameters: [("empirical", .quantities)], sets: [["empirical"]],
      summary: "one of the observed values, each alike",
      example: #"{ empirical: ["3 ms", "4 ms", "9 ms"] }"#),
    SpreadForm(
      name: "quantiles", parameters: [("quantiles", .pairs)], sets: [["quantiles"]],
      summary: "a table of probabilities and values, linear between",
      example: #"{ quantiles: [[0, "1 ms"], [0.5, "3 ms"], [1, "40 ms"]] }"#),
  ]
}
