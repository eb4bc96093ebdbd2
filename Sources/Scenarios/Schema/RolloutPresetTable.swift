extension ScenarioSchema {
  /// Rollouts that users know by name, each a variant away from its rivals.
  static let rolloutPresets: [ObjectKind.Preset] = [
    .init("recreate", "{ steps: [] }", "all traffic at once"),
    .init(
      "rolling", #"{ strategy: "rolling", surge: "25 %", unavailable: "25 %" }"#,
      "replica by replica, a quarter at a time, with no rule but readiness"),
    .init(
      "blue-green",
      #"""
      { strategy: "blue-green", scaleDownDelay: "1h", watch: "1h",
        rollbackIf: ["errors > 2x baseline"] }
      """#,
      "a second fleet takes everything, the first waits an hour for the way back"),
    .init(
      "shadow-24h",
      #"{ mirror: "24h", rollbackIf: ["errors > 2x baseline", "latency > 2x baseline"] }"#,
      "a day of copied requests whose answers nobody gets, then all traffic at once"),
    .init(
      "canary-10-50-100",
      #"{ steps: [["10 %", "4h"], ["50 %", "4h"]], rollbackIf: ["errors > 1 %"] }"#,
      "10 % and 50 % for four hours each, undone at 1 % errors"),
    .init(
      "canary-5-25-50-100",
      #"""
      { steps: [["5 %", "4h"], ["25 %", "4h"], ["50 %", "4h"]],
        rollbackIf: ["errors > 2x baseline"] }
      """#,
      "5, 25 and 50 % for four hours each, undone at twice the errors"),
    .init(
      "argo-canary",
      #"""
      { steps: [["20 %", "10 min"], ["40 %", "10 min"], ["60 %", "10 min"], ["80 %", "10 min"]],
        controller: { kind: "argo", count: 5 }, every: "2 min", minRequests: 1,
        rollbackIf: ["errors > 5 %"], scaleDownDelay: "30 s" }
      """#,
      "Argo Rollouts: four steps of five measurements, none of which may fail"),
    .init(
      "flagger-default",
      #"""
      { controller: { kind: "flagger", stepWeight: "10 %", maxWeight: "50 %", threshold: 5 },
        every: "1 min", minRequests: 1, rollbackIf: ["errors > 1 %", "latency.p99 > 500 ms"] }
      """#,
      "Flagger: 10 % more every minute up to 50 %, undone after five failed checks"),
    .init(
      "kayenta",
      #"""
      { steps: [["5 %", "1h"], ["25 %", "1h"]], every: "1 min", minRequests: 1,
        controller: { kind: "kayenta", pass: 95, marginal: 75 } }
      """#,
      "Spinnaker's judge compares an hour of minutes of both versions, twice"),
    .init(
      "ab-7d", #"{ every: "1h", test: { lift: "5 %", atLeast: "7d" } }"#,
      "half of the traffic for a week or more, one look: ship, iterate or kill"),
    .init(
      "ab-sequential",
      #"{ every: "1h", test: { lift: "5 %", atLeast: "7d", method: "sequential" } }"#,
      "half of the traffic, a look every hour that keeps its word at any time"),
    .init(
      "promotion-rollback",
      #"""
      { steps: [["10 %", "4h"]], watch: "24h", scaleDownDelay: "1h", noData: "pass",
        rollbackIf: [
          "errors > 2x baseline", "latency > 2x baseline", "auc < 95 % of baseline",
        ] }
      """#,
      "undone before or a day after the promotion: errors or latency twofold, quality -5 %"),
  ]
}
