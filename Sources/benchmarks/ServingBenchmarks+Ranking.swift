import DiscreteEvents
import Glibc
import MLSystem
import Quantities
import Randomness

// The services of the click ranking scenario, and the memory that a long run of them takes.
extension ServingBenchmarks {
  /// A feature store and an autoscaled ranker, 5,000 requests a second.
  static func ranking(requests: Double) -> Program {
    let ranker = Service(
      name: "ranker",
      kind: .model(
        ModelServerPlan(
          time: .affine(fixed: .microseconds(600), perItem: .microseconds(9)),
          maximumRequests: 64, maximumItems: 800, delay: .milliseconds(2))),
      replicas: ReplicaPolicy(initial: 5, minimum: 4, maximum: 24, ready: .constant(20)),
      autoscaler: AutoscalerPlan(metric: .busy, target: 60), balancer: .powerOfTwo,
      queue: QueuePolicy(limit: 400, shedsByDeadline: true),
      failures: FailureLaw(
        timeToFailure: .exponential(mean: 30 * 86_400), timeToRepair: .constant(120)))
    let features = Service(
      name: "features",
      kind: .lookup(LookupPlan(latency: .lognormal(p50: 0.003, p99: 0.011), limit: 20_000)),
      replicas: ReplicaPolicy(initial: 0, minimum: 0, maximum: 0))
    let shoppers = TrafficStream(
      name: "shoppers", route: 0, arrivals: .poisson, rate: RateProfile(base: 5000),
      size: RequestSize(items: .lognormal(p50: 50, p99: 160)),
      segments: [Share(name: "returning", share: 0.8), Share(name: "new", share: 0.2)])
    let route = Route(
      name: "ctr", steps: [0, 1], timeout: .milliseconds(200),
      retries: RetryPolicy(maximum: 1, backoff: .zero, budget: 0.1))
    return Program(
      name: "click ranking: lookup, items, scaling",
      model: SystemModel(
        start: CalendarInstant(year: 2024, month: 1, day: 1, hour: 0, minute: 0, second: 0),
        horizon: .seconds(requests / 5000), warmUp: .seconds(60), traffic: [shoppers],
        routes: [route], services: [features, ranker], limits: .none))
  }

  /// Serves 100 million requests and prints the most memory that the process ever had.
  static func runMemory() {
    let start = cpuSeconds()
    guard let record = try? ranking(requests: 1e8).model.simulate(seed: 1, replication: 0) else {
      return
    }
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    printTable(
      ["memory", "requests", "served", "CPU s", "peak MB"],
      [
        [
          "click ranking", "\(record.counts.arrived)", "\(record.counts.served)",
          fixed(cpuSeconds() - start, 1), fixed(Double(usage.ru_maxrss) / 1024, 1),
        ]
      ])
  }
}
