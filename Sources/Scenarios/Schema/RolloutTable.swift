extension ScenarioSchema {
  static let rolloutObjects: [ObjectKind] =
    [
      ObjectKind(
        "rollout", "How a new version takes over.", presets: rolloutPresets,
        [
          SchemaKey(
            "strategy", .choice(["canary", "rolling", "blue-green"]), .value(#""canary""#),
            "By shares of the traffic, replica by replica, or with a second fleet.",
            example: #""blue-green""#),
          SchemaKey(
            "mirror", .quantity(.duration, 1...3.2e8), .none("no copies"),
            "Requests are copied to the new version for so long before it answers any.",
            example: #""24h""#),
          SchemaKey(
            "steps",
            .list(
              .tuple([.quantity(.share, 0.0001...1), .quantity(.duration, 0...3.2e8)]), 0...32),
            .value("[]"), "Shares of the traffic and how long each is held; none switches at once.",
            example: #"[["10 %", "4h"], ["50 %", "4h"]]"#),
          SchemaKey(
            "surge", .quantity(.share, 0...1), .value(#""25 %""#),
            "Replicas beyond those wanted while they change hands.", example: #""50 %""#),
          SchemaKey(
            "unavailable", .quantity(.share, 0...1), .value(#""25 %""#),
            "Replicas that may be missing while they change hands.", example: #""0 %""#),
          SchemaKey(
            "test", .object("ab-test"), .none("no test"),
            "An A/B test of the outcome, after the steps.", example: #"{ lift: "5 %" }"#),
          SchemaKey(
            "controller",
            .kinds(
              "controller",
              ["controller:own", "controller:argo", "controller:flagger", "controller:kayenta"]),
            .value(#""own""#), "Who judges what the rules say.", example: #""argo""#),
          SchemaKey(
            "rollbackIf", .list(.text, 0...16), .value("[]"),
            "What undoes it: `errors > 2x baseline`, `latency.p95 > 1 s`, `auc < 95 % of baseline`.",
            example: #"["errors > 1 %"]"#),
          SchemaKey(
            "every", .quantity(.duration, 1...864_000), .value(#""1 min""#),
            "Time between looks at the rules.", example: #""5 min""#),
          SchemaKey(
            "minRequests", .whole(0...1_000_000_000), .value("100"),
            "Requests, or labels, of the candidate below which no rule is judged.", example: "500"),
          SchemaKey(
            "noData", .choice(["wait", "pass", "fail"]), .value(#""wait""#),
            "What a rule without data does: the step waits, goes on, or is undone.",
            example: #""fail""#),
          SchemaKey(
            "baseline", .choice(["all", "equal"]), .value(#""all""#),
            "All requests of the stable version, or as many as the candidate has.",
            example: #""equal""#),
          SchemaKey(
            "proxy", .quantity(.share, 0...2), .none("quality is seen from labels"),
            "Quality is seen at once from a proxy that shows this share of a difference.",
            example: #""70 %""#, belief: true),
          SchemaKey(
            "watch", .quantity(.duration, 0...3.2e8), .value(#""0 s""#),
            "The rules go on for so long after the promotion.", example: #""1d""#),
          SchemaKey(
            "scaleDownDelay", .quantity(.duration, 0...3.2e8), .value(#""0 s""#),
            "The former version's replicas stay for so long after the promotion.",
            example: #""30 s""#),
          SchemaKey(
            "holdout", .object("holdout"), .none("everybody gets the new version"),
            "A share that stays on the former version, to measure what was gained.",
            example: #"{ share: "5 %", last: "14d" }"#),
          SchemaKey(
            "restart", .flag, .value("false"),
            "Whether replicas start anew for a version that comes at once.", example: "true"),
          SchemaKey(
            "users", .whole(1...1_000_000_000_000), .none("requests are split one by one"),
            "People who each keep their version.", example: #""2M""#),
        ]),
      ObjectKind(
        "ab-test", "An A/B test of an outcome: ship, iterate or kill.",
        [
          SchemaKey(
            "lift", .quantity(.share, 1e-5...10), .required,
            "The least lift that it is to find, as a share of the outcome's rate.",
            example: #""5 %""#),
          SchemaKey(
            "share", .quantity(.share, 0.001...0.999), .value(#""50 %""#),
            "Share of the requests that meet the new version.", example: #""10 %""#),
          SchemaKey(
            "method", .choice(["fixed", "sequential", "groups"]), .value(#""fixed""#),
            "One look at the end, a look at any time (mSPRT), or some looks (O'Brien-Fleming).",
            example: #""sequential""#),
          SchemaKey("looks", .whole(2...100), .value("5"), "Looks of `groups`.", example: "4"),
          SchemaKey(
            "outcome", .choice(["right", "click"]), .value(#""right""#),
            "A right decision, or a click on the best of `candidates`.", example: #""click""#),
          SchemaKey(
            "candidates", .whole(1...10_000), .value("10"), "Candidates of a `click`.",
            example: "50"),
          SchemaKey(
            "alpha", .quantity(.share, 1e-6...0.5), .value(#""5 %""#),
            "Chance of finding a difference that is none.", example: #""1 %""#),
          SchemaKey(
            "power", .quantity(.share, 0.5...0.9999), .value(#""80 %""#),
            "Chance of finding the `lift`; the number of requests follows.", example: #""90 %""#),
          SchemaKey(
            "atLeast", .quantity(.duration, 0...3.2e8), .value(#""7d""#),
            "It is not decided before this, and at the latest after twice as long.",
            example: #""14d""#),
          SchemaKey(
            "correlation", .number(0...0.999), .value("0"),
            "Of the outcome with what is known before: CUPED takes its square off the variance.",
            example: "0.5"),
        ]),
      ObjectKind(
        "holdout", "A share that stays on the former version after a promotion.",
        [
          SchemaKey(
            "share", .quantity(.share, 1e-4...0.9), .required, "How large.", example: #""5 %""#),
          SchemaKey(
            "last", .quantity(.duration, 60...3.2e8), .required, "How long.", example: #""14d""#),
        ]),
    ] + controllerObjects + faultObjects
}
