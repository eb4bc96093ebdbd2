import DiscreteEvents
import Experiments
import Glibc
import MLSystem
import Quantities
import Randomness

/// Replications on one and on two workers, wall time in the same round: the worth of a second core.
enum WorkerBenchmarks {
  static let replications = 8

  /// Prints the median ratio of the rounds.
  static func run(_ options: BenchmarkOptions) async {
    var ratios: [Double] = []
    for _ in 0..<options.rounds {
      let one = await seconds(jobs: 1)
      ratios.append(one / (await seconds(jobs: 2)))
    }
    printTable(
      ["replications on two workers", "speed-up", "bar"],
      [["M/M/16 through the whole library", fixed(median(ratios), 2) + " x", "1.8 x"]])
  }

  /// Wall time of an experiment of equal replications.
  private static func seconds(jobs: Int) async -> Double {
    let model = queue
    let start = wallSeconds()
    _ = try? await ReplicationRunner.run(
      count: replications, jobs: jobs, isCancelled: { false }, finished: { _ in }
    ) { try model.simulate(seed: 1, replication: $0) }
    return wallSeconds() - start
  }

  /// A million requests a replication.
  private static var queue: SystemModel {
    SystemModel(
      start: .defaultStart, horizon: .seconds(1000),
      traffic: [
        TrafficStream(
          name: "users", route: 0, arrivals: .poisson, rate: RateProfile(base: 1000),
          size: RequestSize())
      ],
      routes: [Route(name: "line", steps: [0], timeout: .seconds(30))],
      services: [
        Service(
          name: "servers", kind: .model(ModelServerPlan(time: .random(.exponential(mean: 0.0144)))),
          replicas: ReplicaPolicy(initial: 16, minimum: 16, maximum: 16), balancer: .sharedQueue)
      ], limits: RunLimits())
  }

  private static func wallSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
