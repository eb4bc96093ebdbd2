import DiscreteEvents
import Experiments
import MLSystem
import Quantities
import Randomness
import Statistics

/// The whole library against exact queueing theory: arrivals, routes, replicas, recorder,
/// intervals.
enum QueueingChecks {
  static let replications = 20
  static let level = 0.99
  /// No interval may be wider than this share of the value, so that a miss means something.
  static let widest = 0.05

  /// One check for each expectation, and one that counts the misses.
  static let run: @Sendable () async -> [Check] = {
    var checks: [Check] = []
    var misses = 0
    var intervals = 0
    for item in QueueingCase.all {
      let records = await simulate(item)
      for expectation in item.expected {
        let (check, missed) = judge(item, expectation, records)
        checks.append(check)
        misses += missed ? 1 : 0
        intervals += 1
      }
    }
    checks.append(verdict(misses: misses, of: intervals))
    return checks
  }

  /// A miss of one interval is expected in 1 of 100; the number of misses is what is judged.
  private static func verdict(misses: Int, of intervals: Int) -> Check {
    var allowed = 0
    while Binomial.survival(Int64(allowed), trials: Int64(intervals), p: 1 - level) > 1e-3 {
      allowed += 1
    }
    return Check(
      name: "intervals that miss theory", expected: "1 % of \(intervals)", observed: "\(misses)",
      bound: "at most \(allowed) (false alarm below 0.001)",
      outcome: misses <= allowed ? .passed : .failed)
  }

  private static func judge(
    _ item: QueueingCase, _ expectation: QueueingCase.Expectation, _ records: [RunRecord]
  ) -> (Check, missed: Bool) {
    let (name, values) = observed(expectation.measure, records)
    let interval = ConfidenceInterval.ofMean(values, level: level)
    let width = (interval.high - interval.low) / expectation.value
    let figures = [interval.estimate, interval.low, interval.high].map {
      QuantityFormatter.significant($0, digits: 5)
    }
    let check = Check(
      name: "\(item.id), \(name)",
      expected: QuantityFormatter.significant(expectation.value, digits: 5),
      observed: "\(figures[0])  [\(figures[1]), \(figures[2])]",
      bound: "width \(QuantityFormatter.significant(width * 100, digits: 2)) % of 5 %",
      outcome: width <= widest ? .passed : .failed)
    return (check, !interval.contains(expectation.value))
  }

  private static func observed(
    _ measure: QueueingCase.Expectation.Measured, _ records: [RunRecord]
  ) -> (String, [Double]) {
    func latency(_ route: Int) -> [LogHistogram] {
      records.compactMap { record in
        let wanted = MetricName("class-\(route)", "latency").description
        guard
          case .distribution(let histogram)? = record.measures.first(where: {
            $0.name.description == wanted
          })?.value
        else { return nil }
        return histogram
      }
    }
    switch measure {
    case .meanResponse(let priority):
      let name = priority.map { "mean response of class \($0)" } ?? "mean response"
      return (name, latency(priority ?? 0).compactMap { $0.mean.map { $0 * 1e-9 } })
    case .p99Response:
      return ("p99 response", latency(0).compactMap { $0.quantile(0.99).map { $0 * 1e-9 } })
    case .blocked:
      return (
        "share refused", records.map { Double($0.counts.shed) / Double($0.counts.arrived) }
      )
    }
  }

  private static func simulate(_ item: QueueingCase) async -> [RunRecord] {
    let model = item.model(customers: item.customers / Double(replications))
    let records = try? await ReplicationRunner.run(
      count: replications, jobs: 2, isCancelled: { false }, finished: { _ in }
    ) { replication in
      try model.simulate(seed: 20_261_121, replication: replication, isCancelled: { false })
    }
    return records ?? []
  }
}

extension QueueingCase {
  /// The case as a system: a route for each class through stations whose replicas share one line.
  func model(customers: Double) -> SystemModel {
    let total = classes.map(\.rate).reduce(0, +)
    let horizon = customers / total
    // Service times that differ by class are carried as items of a microsecond each.
    let byItems = classes.count > 1
    let first = Service(
      name: "station-0",
      kind: .model(
        ModelServerPlan(
          time: byItems
            ? .affine(fixed: .zero, perItem: .microseconds(1))
            : .random(classes[0].service))),
      replicas: ReplicaPolicy(initial: servers, minimum: servers, maximum: servers),
      balancer: .sharedQueue,
      queue: QueuePolicy(limit: places, order: byItems ? .priority : .arrival))
    let rest = next.enumerated().map { index, station in
      Service(
        name: "station-\(index + 1)",
        kind: .model(ModelServerPlan(time: .random(station.service))),
        replicas: ReplicaPolicy(
          initial: station.servers, minimum: station.servers, maximum: station.servers),
        balancer: .sharedQueue)
    }
    return SystemModel(
      start: CalendarInstant(year: 2024, month: 1, day: 1),
      horizon: .seconds(horizon * 1.05), warmUp: .seconds(horizon * 0.05),
      traffic: classes.enumerated().map { index, item in
        TrafficStream(
          name: "customers-\(index)", route: index, arrivals: .poisson,
          rate: RateProfile(base: item.rate),
          size: RequestSize(
            items: byItems ? item.service.scaled(by: 1e6) ?? .constant(1) : .constant(1)),
          priorities: [UInt8(index)])
      },
      routes: classes.indices.map {
        Route(name: "class-\($0)", steps: Array(0...next.count))
      },
      services: [first] + rest, limits: RunLimits(pending: 1_000_000))
  }
}
