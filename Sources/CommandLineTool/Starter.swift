/// The scenario that `towtank new` writes.
package enum Starter {
  package static let text = #"""
    // A scenario reads top to bottom: who asks, what happens to a request, what it runs on, what is
    // promised. `towtank validate FILE --resolved` prints every default, and
    // `towtank catalog instances` what can be bought.
    {
      title: "Does one GPU hold 100 requests/s, and what does it cost?",
      start: "2026-08-03",
      horizon: "30 min",
      warmUp: "1 min",

      traffic: {
        users: { to: "answer", rate: "100/s" },
      },

      routes: {
        answer: { steps: ["model"], timeout: "1 s" },
      },

      services: {
        model: {
          kind: "model",
          on: "gpu",
          time: { fixed: "5 ms", perItem: "2 ms" },     // of one batch, and of each request in it
          batching: { max: 16, delay: "5 ms" },
          replicas: 1,
        },
      },

      hardware: {
        gpu: { instance: "aws/g6.xlarge", region: "us-east-1" },
      },

      thresholds: [
        "answer.latency.p99 < 200 ms",
        "answer.availability >= 99.9 %",
        "cost.perMonth < $1000",
      ],

      variants: {
        "two-gpus": { title: "A second GPU", "services.model.replicas": 2 },
      },
    }

    """#
}
