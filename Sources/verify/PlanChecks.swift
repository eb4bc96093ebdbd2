import Experiments
import Quantities
import Scenarios

/// Racing against a search of every point, on grids of 200 configurations.
///
/// Both judge by the same intervals after the same replications, so that the race must name the
/// very point that the search finds, having simulated at most a fifth of its requests.
enum PlanChecks {
  @Sendable static func run() async -> [Check] {
    var rows: [Check] = []
    for grid in [batching, autoscaling, llm] {
      do {
        rows += try await checks(of: grid)
      } catch {
        rows.append(
          Check(
            name: grid.name, expected: "a plan", observed: "\(error)", bound: "none",
            outcome: .failed))
      }
    }
    return rows
  }

  private struct Grid {
    var name: String
    var knobs: [String]
    var scenario: String
  }

  private static func checks(of grid: Grid) async throws -> [Check] {
    let maker = ExperimentMaker(
      source: ScenarioSource(name: "\(grid.name).json5", bytes: Array(grid.scenario.utf8)),
      toolVersion: "verify")
    let space = try PlanSpace(grid.knobs.map { try SettingAxis.read($0) })
    func plan(isExhaustive: Bool) async throws -> Plan {
      var race = PlanRace(
        space: space, maker: maker, isExhaustive: isExhaustive, jobs: 2,
        isCancelled: { false }, finished: { _ in })
      return try await race.run()
    }
    let race = try await plan(isExhaustive: false)
    let search = try await plan(isExhaustive: true)
    let share = race.simulated / search.simulated
    func name(_ plan: Plan) -> String {
      guard let winner = plan.winner else { return "none" }
      let cost = QuantityFormatter.significant(plan.points[winner].cost ?? 0, digits: 6)
      return plan.points[winner].values.joined(separator: "/") + " at $\(cost)"
    }
    let met = search.points.count { if case .meets = $0.fate { true } else { false } }
    return [
      Check(
        name: "\(grid.name), \(space.count) points of which \(met) meet: the cheapest",
        expected: name(search), observed: name(race), bound: "the same point",
        outcome: search.winner != nil && race.winner == search.winner ? .passed : .failed),
      Check(
        name: "\(grid.name): share of the search's requests", expected: "at most 20 %",
        observed: QuantityFormatter.percent(share), bound: "20 %",
        outcome: share <= 0.2 ? .passed : .failed),
    ]
  }

  /// Fixed fleets: what they cost is known before anything is run.
  private static let batching = Grid(
    name: "batching",
    knobs: [
      "services.embed.replicas=1..10", "services.embed.batching.max=1,2,4,8,16",
      "services.embed.batching.delay=0ms,2ms,5ms,10ms",
    ],
    scenario: """
      {
        start: "2026-08-03", horizon: "20 s", warmUp: "2 s", replications: 20,
        traffic: { users: { rate: "400/s" } },
        services: {
          embed: {
            kind: "model", on: "gpu", time: { fixed: "6 ms", perItem: "1.5 ms" },
            batching: { max: 4, delay: "2 ms" }, queue: { limit: 200 }, replicas: 2,
          },
        },
        hardware: { gpu: { instance: "aws/g6.xlarge", region: "us-east-1" } },
        thresholds: ["embed.latency.p99 < 30 ms", "embed.availability >= 99.9 %"],
      }
      """)

  /// Fleets that follow the load: the bill is random, and only its part without traffic is known.
  private static let autoscaling = Grid(
    name: "autoscaling",
    knobs: [
      "services.rank.replicas.min=1..10", "services.rank.autoscaling.target=30%,45%,60%,75%",
      "services.rank.queue.limit=5,10,20,40,80",
    ],
    scenario: """
      {
        start: "2026-08-03", horizon: "10 min", warmUp: "1 min", replications: 20,
        traffic: { users: { rate: "12/s", surges: [{ at: "4 min", factor: "2x", last: "2 min" }] } },
        services: {
          rank: {
            kind: "model", on: "cpu", time: { exponential: { mean: "200 ms" } },
            queue: { limit: 20 }, replicas: { min: 2, max: 16 }, ready: "20 s",
            autoscaling: { preset: "kubernetes-hpa", metric: "busy", target: "60 %" },
          },
        },
        hardware: {
          cpu: { instance: "aws/m7i.2xlarge", region: "us-east-1", provisioning: "30 s" },
        },
        thresholds: ["rank.latency.p99 < 1.5 s", "rank.availability >= 99 %"],
      }
      """)

  /// Language models, of which some do not fit the memory of their accelerators.
  private static let llm = Grid(
    name: "llm",
    knobs: [
      "services.llm.replicas=1..5", "services.llm.parallel.tensor=1,2,4,8",
      "services.llm.scheduler.maxSequences=4,8,16,24,32,48,64,96,128,256",
    ],
    scenario: """
      {
        start: "2026-08-03", horizon: "2 min", warmUp: "10 s", replications: 20,
        traffic: {
          users: {
            to: "chat", rate: "12/s", prompt: { lognormal: { p50: 400, p99: 1600 } },
            output: { lognormal: { p50: 120, p99: 400 } },
          },
        },
        routes: { chat: ["llm"] },
        services: {
          llm: {
            kind: "llm", serves: "m", on: "gpu", parallel: { tensor: 4 },
            scheduler: { preset: "vllm-v1", maxSequences: 64 }, replicas: 1,
          },
        },
        hardware: { gpu: { instance: "aws/p4de.24xlarge", region: "us-east-1" } },
        models: { m: { base: "meta-llama/Llama-3.1-70B", precision: "bf16" } },
        thresholds: ["chat.ttft.p95 < 500 ms", "chat.tpot.p95 < 60 ms"],
      }
      """)
}
