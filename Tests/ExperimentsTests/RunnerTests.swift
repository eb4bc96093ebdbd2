import DiscreteEvents
import Experiments
import MLSystem
import Pricing
import Quantities
import Randomness
import TestSupport
import Testing

@Suite struct RunnerTests {
  static func record(_ replication: Int) -> RunRecord {
    RunRecord(
      replication: replication,
      outcome: RunOutcome(reason: .horizon, time: .start, events: 0), counts: RequestCounts(),
      measures: [], windows: [], series: [], timeline: [], saturations: [], ledger: Ledger())
  }

  @Test(arguments: [1, 2, 5])
  func recordsStandInOrderWhateverTheWorkers(_ jobs: Int) async throws {
    let records = try await ReplicationRunner.run(
      count: 7, jobs: jobs, isCancelled: { false }, finished: { _ in }
    ) { Self.record($0) }
    #expect(records.map(\.replication) == Array(0..<7))
  }

  struct Broken: Error, Equatable { var replication: Int }

  @Test func theLowestFailureIsThrown() async {
    await #expect(throws: Broken(replication: 0)) {
      try await ReplicationRunner.run(
        count: 4, jobs: 4, isCancelled: { false }, finished: { _ in }
      ) { throw Broken(replication: $0) }
    }
  }

  @Test func cancellationThrows() async {
    await #expect(throws: CancellationError.self) {
      try await ReplicationRunner.run(
        count: 4, jobs: 1, isCancelled: { true }, finished: { _ in }
      ) { Self.record($0) }
    }
  }
}

@Suite struct ExperimentTests {
  /// A single server, so that every part of an experiment has something to join.
  static func experiment(replications: Int) -> Experiment {
    let horizon = Duration.seconds(20)
    return Experiment(
      identity: Identity(
        title: "t", file: "f.json5", variant: "base", digest: "d", resolved: "{}",
        toolVersion: "0.1.0", seed: 3, replications: replications, start: .defaultStart,
        horizon: horizon, warmUp: .seconds(1),
        subjects: [Subject(kind: .route, name: "r"), Subject(kind: .modelServer, name: "s")]),
      thresholds: [], priceSources: [:]
    ) { _ in
      SystemModel(
        start: .defaultStart, horizon: horizon, warmUp: .seconds(1),
        traffic: [
          TrafficStream(
            name: "users", route: 0, arrivals: .poisson, rate: RateProfile(base: 50),
            size: RequestSize())
        ],
        routes: [Route(name: "r", steps: [0])],
        services: [
          Service(
            name: "s",
            kind: .model(ModelServerPlan(time: .random(.exponential(mean: 0.01)))),
            replicas: ReplicaPolicy(initial: 1, minimum: 1, maximum: 1))
        ], limits: RunLimits())
    }
  }

  @Test func resultsDoNotDependOnTheWorkers() async throws {
    let experiment = Self.experiment(replications: 4)
    let one = try await experiment.run(jobs: 1, isCancelled: { false }, finished: { _ in })
    let four = try await experiment.run(jobs: 4, isCancelled: { false }, finished: { _ in })
    #expect(ResultsFile.text(one) == ResultsFile.text(four))
  }

  @Test func aResultsFileReadsBackToTheSameBytes() async throws {
    let results = try await Self.experiment(replications: 3)
      .run(jobs: 2, isCancelled: { false }, finished: { _ in })
    let text = ResultsFile.text(results)
    let again = try ResultsFile.results(from: try JSON.value(text))
    #expect(ResultsFile.text(again) == text)
  }
}
