import DiscreteEvents
import MLSystem
import Quantities
import Randomness

/// Thirty days of an autoscaled batching service at 5,000 requests a second, as flow.
enum FlowBenchmarks {
  static let replications = 10

  /// Prints the CPU time of the surfaces and of the runs on them, and what a tick costs.
  static func run(_ options: BenchmarkOptions) {
    var first: [Double] = []
    var later: [Double] = []
    let system = system()
    for round in 0..<options.rounds {
      let surfaces = SurfaceStore()
      let start = cpuSeconds()
      simulate(system, 0..<1, seed: UInt64(round), surfaces)
      let measured = cpuSeconds()
      simulate(system, 1..<replications, seed: UInt64(round), surfaces)
      first.append(measured - start)
      later.append((cpuSeconds() - measured) / Double(replications - 1))
    }
    // The autoscaler's period is the longest tick.
    let ticks = system.horizon.seconds / 15
    printTable(
      ["30 days x \(replications) of 5,000 requests/s as flow", "CPU"],
      [
        ["the first run, with all surfaces", fixed(median(first), 2) + " s"],
        ["a run on known surfaces", fixed(median(later), 3) + " s"],
        ["a tick of it", fixed(median(later) / ticks * 1e9, 0) + " ns"],
      ])
  }

  private static func simulate(
    _ system: SystemModel, _ replications: Range<Int>, seed: UInt64, _ surfaces: SurfaceStore
  ) {
    for replication in replications {
      do {
        _ = try system.simulate(
          seed: seed, replication: replication, fidelity: .flow, surfaces: surfaces)
      } catch {
        complain("\(error)")
      }
    }
  }

  /// A store and a ranker behind it whose fleet follows the time of day.
  private static func system() -> SystemModel {
    let day = (0..<168).map { hour in
      0.6 - 0.4 * PortableMath.cos(Double(hour % 24 - 4) / 24 * 2 * 3.141592653589793)
    }
    let ranker = ModelServerPlan(
      time: .affine(fixed: .seconds(0.0006), perItem: .seconds(0.00045)), maximumRequests: 16,
      delay: .seconds(0.002))
    return SystemModel(
      start: .defaultStart, horizon: .days(30),
      traffic: [
        TrafficStream(
          name: "users", route: 0, arrivals: .poisson,
          rate: RateProfile(base: 5000, hourOfWeek: day), size: RequestSize())
      ],
      routes: [Route(name: "rank", steps: [0, 1], timeout: .seconds(0.2))],
      services: [
        Service(
          name: "features", kind: .lookup(LookupPlan(latency: .lognormal(p50: 0.003, sigma: 0.5))),
          replicas: ReplicaPolicy(initial: 0, minimum: 0, maximum: 0)),
        Service(
          name: "ranker", kind: .model(ranker),
          replicas: ReplicaPolicy(initial: 4, minimum: 2, maximum: 24, ready: .constant(60)),
          autoscaler: AutoscalerPlan(metric: .busy, target: 60)),
      ], limits: RunLimits())
  }
}
