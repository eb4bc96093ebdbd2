/// Scenarios that run in milliseconds.
enum Sample {
  /// A service on one GPU, some seconds long: thresholds that are met, two variants, a budget.
  static let small = #"""
    {
      title: "Does one GPU hold 20 requests/s?",
      start: "2026-08-03",
      horizon: "20 s",
      replications: 4,
      traffic: { users: { to: "answer", rate: "20/s" } },
      routes: { answer: { steps: ["model"], timeout: "1 s" } },
      services: {
        model: {
          kind: "model",
          on: "gpu",
          time: { fixed: "5 ms", perItem: "2 ms" },
          batching: { max: 16, delay: "5 ms" },
        },
      },
      hardware: { gpu: { instance: "aws/g6.xlarge", region: "us-east-1" } },
      budget: { limit: "$1k/month", owner: "search" },
      thresholds: ["answer.latency.p99 < 500 ms", "cost.perMonth < $1000"],
      variants: {
        slow: { title: "A slower model", "services.model.time.fixed": "40 ms" },
        "two-gpus": { title: "A second GPU", "services.model.replicas": 2 },
      },
    }

    """#

  /// Longer than anybody waits.
  static let endless =
    small.replacing("\"20 s\"", with: "\"3650d\"").replacing("\"20/s\"", with: "\"300/s\"")

  /// A recorded hour on an LLM, from `trace.csv`; `trace` are further keys of the trace.
  static func replay(_ trace: String = "format: \"azure-llm\"") -> String {
    #"""
    {
      horizon: "1h",
      replications: 2,
      traffic: { users: { trace: { file: "trace.csv", \#(trace) } } },
      services: {
        store: { kind: "lookup", latency: "3 ms" },
      },
    }

    """#
  }

  /// The small scenario with a price table of the user.
  static let priced = small.replacing("  budget:", with: "  catalog: \"prices.csv\",\n  budget:")
}
