import Experiments
import MLSystem
import Scenarios
import Testing

/// A version that comes to all requests by a canary, at 60 % of what its service can do.
@Suite struct PromotionTests {
  private static func text(_ balancer: String) -> String {
    """
    {
      title: "promotion", horizon: "1h", warmUp: "2 min", replications: 1,
      hardware: { p: { instance: "aws/g6.xlarge", region: "us-east-1", provisioning: "30 s" } },
      traffic: { u: { to: "r", rate: "19.2/s" } },
      routes: { r: { steps: ["m"] } },
      tasks: {
        click: { positives: "10 %", bestQuality: { auc: 0.85 }, labels: { delay: "1 s" } },
      },
      models: {
        clicks: {
          task: "click", features: 4,
          training: { rows: 5000, window: "400 s", on: "p", speed: "100/s" },
          retraining: { every: "1000 s" },
          rollout: { steps: [["25 %", "400 s"], ["100 %", "0 s"]] },
        },
      },
      services: {
        m: {
          kind: "model", serves: "clicks", on: "p", time: { fixed: "400 ms", perItem: "100 ms" },
          batching: { max: 16, delay: "0 s" }, replicas: 4, ready: "20 s",
          balancer: "\(balancer)",
        },
      },
    }
    """
  }

  /// Promoted replicas once stayed off the lists of balancers that ask for the least busy one: all
  /// requests went to one replica, and waited for minutes.
  @Test(arguments: ["least-outstanding", "shared-queue", "round-robin", "random", "power-of-two"])
  func promotedReplicasAllTakeRequests(balancer: String) async throws {
    let scenario = try ScenarioSource(
      name: "promotion.json5", bytes: Array(Self.text(balancer).utf8)
    ).scenario()
    let results = try await Experiment(of: scenario, toolVersion: "test").run(
      jobs: 1, isCancelled: { false }, finished: { _ in })
    let promotions = results.timeline.filter { $0.entry.kind == .promotion }
    #expect(!promotions.isEmpty)
    // A full batch takes 2 s and nobody waits for more than a few of them at this load.
    let slow = try #require(results.figure("r.latency.p99")?.estimate)
    #expect(slow < 10)
  }
}
