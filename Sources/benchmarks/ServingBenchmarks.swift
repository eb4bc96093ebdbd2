import DiscreteEvents
import MLSystem
import Quantities
import Randomness

/// Model servers through the whole library: records, histograms, ledger and time-outs included.
enum ServingBenchmarks {
  /// One system and the number of requests that a run of it serves.
  struct Program {
    let name: String
    let model: SystemModel
  }

  /// The systems that are measured, each for about `requests` requests.
  static func programs(requests: Double) -> [Program] {
    [
      Program(
        name: "batching, 4 replicas (B4)",
        model: system(
          rate: 1400, requests, batching(replicas: 4, maximum: 8, delay: .seconds(0.005)))),
      Program(
        name: "M/M/16, rho 0.9 (B2)",
        model: system(
          rate: 14.4, requests,
          [
            service(
              "servers", ModelServerPlan(time: .random(.exponential(mean: 1))), replicas: 16)
          ], timeout: 1000)),
      Program(
        name: "batching, least outstanding",
        model: system(
          rate: 1400, requests,
          batching(replicas: 4, maximum: 8, delay: .seconds(0.005), .leastOutstanding))),
      Program(
        name: "lookup and batching",
        model: system(
          rate: 1400, requests,
          [
            Service(
              name: "store",
              kind: .lookup(LookupPlan(latency: .lognormal(p50: 0.003, p99: 0.011))),
              replicas: ReplicaPolicy(initial: 0, minimum: 0, maximum: 0))
          ] + batching(replicas: 4, maximum: 8, delay: .seconds(0.005)))),
    ]
  }

  /// Ten milliseconds and one per request: a batch of eight in 18 ms.
  private static func batching(
    replicas: Int, maximum: Int, delay: Duration, _ balancer: Balancer = .sharedQueue
  ) -> [Service] {
    let plan = ModelServerPlan(
      time: .affine(fixed: .seconds(0.010), perItem: .seconds(0.001)), maximumRequests: maximum,
      delay: delay)
    return [service("servers", plan, replicas: replicas, balancer)]
  }

  private static func service(
    _ name: String, _ plan: ModelServerPlan, replicas: Int, _ balancer: Balancer = .sharedQueue
  ) -> Service {
    Service(
      name: name, kind: .model(plan),
      replicas: ReplicaPolicy(initial: replicas, minimum: replicas, maximum: replicas),
      balancer: balancer)
  }

  private static func system(
    rate: Double, _ requests: Double, _ services: [Service], timeout: Double = 1
  ) -> SystemModel {
    SystemModel(
      start: CalendarInstant(year: 2024, month: 1, day: 1, hour: 0, minute: 0, second: 0),
      horizon: .seconds(requests / rate),
      traffic: [
        TrafficStream(
          name: "users", route: 0, arrivals: .poisson, rate: RateProfile(base: rate),
          size: RequestSize())
      ],
      routes: [
        Route(name: "route", steps: Array(services.indices), timeout: .seconds(timeout))
      ],
      services: services, limits: .none)
  }

  /// Measures every program and prints requests per second of CPU time.
  static func run(_ options: BenchmarkOptions) {
    var rows: [[String]] = []
    for program in programs(requests: 2_000_000) + [ranking(requests: 2_000_000)] {
      if !options.filter.isEmpty, !program.name.contains(options.filter) { continue }
      var rates: [Double] = []
      var served: Int64 = 0
      for round in 0..<options.rounds {
        let start = cpuSeconds()
        guard let record = try? program.model.simulate(seed: 1, replication: round) else { return }
        served = record.counts.served
        rates.append(Double(record.counts.arrived) / (cpuSeconds() - start))
      }
      rows.append([program.name, fixed(median(rates) * 1e-6, 2), "\(served)"])
    }
    printTable(["serving, M requests/s", "whole library", "served"], rows)
  }
}
