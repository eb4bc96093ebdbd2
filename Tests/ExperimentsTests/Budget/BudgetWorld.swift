import Experiments
import Scenarios

/// A fleet of three machines over January and February 2027, small enough to work out by hand: two
/// are committed at 0.6 $/h, one is on demand at 1 $/h.
enum BudgetWorld {
  static let text = #"""
    {
      title: "three machines",
      start: "2027-01-01", horizon: "59d", replications: 4,
      traffic: {
        users: { to: "answer", rate: "0.001/s", tenants: { free: "75 %", paid: "25 %" } },
      },
      routes: { answer: ["ranker"] },
      services: {
        ranker: {
          kind: "model", on: "cpu", time: "10 ms", replicas: 3, price: { fixed: "$50/month" },
        },
      },
      hardware: {
        cpu: {
          instance: "aws/m7i.2xlarge", region: "us-east-1", price: "$1/h",
          buy: [{ committed: 2, term: "1 year", price: "$0.6/h", upfront: "100 %" }, "on-demand"],
        },
      },
      costs: {
        migration: { once: "$1000", at: "40d" },
        seats: { fixed: "$100/month" },
        egress: { onExit: "$500" },
      },
      budget: { limit: "$2k/month" },
    }
    """#

  static func source(_ text: String = BudgetWorld.text) -> ScenarioSource {
    ScenarioSource(name: "world.json5", bytes: Array(text.utf8))
  }

  /// The results of a scenario with settings.
  static func results(
    _ settings: [String] = [], text: String = BudgetWorld.text
  ) async throws -> Results {
    let scenario = try source(text).scenario(settings: settings)
    return try await Experiment(of: scenario, toolVersion: "0.1.0").run(
      jobs: 2, isCancelled: { false }, finished: { _ in })
  }

  /// As `results`, for searches that take refusals.
  static func attempt(_ settings: [String]) async throws(LeverRefusal) -> Results {
    do {
      return try await results(settings)
    } catch {
      throw LeverRefusal("not valid")
    }
  }
}
