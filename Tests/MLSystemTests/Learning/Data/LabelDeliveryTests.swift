import MLSystem
import Quantities
import Randomness
import Testing

@Suite("Label delivery")
struct LabelDeliveryTests {
  typealias L = Lifecycle

  private static func run(
    _ source: DataSource, _ incidents: [DataIncident] = [], delay: Double = 0, days: Double = 30,
    replication: Int = 0, retraining: RetrainingPlan = .never
  ) -> LifecycleRun {
    var system = L.system(
      [L.task(delay: delay)], [L.model(retraining: retraining)], days: days)
    system.data = [source]
    system.incidents = incidents
    return LifecycleRun(system, replication: replication)
  }

  private static func stream(backfills: Bool = true) -> DataSource {
    DataSource(name: "clicks", kind: .stream, labelsOf: [0], backfills: backfills)
  }

  private static let outage = DataIncident(
    at: L.day(5), last: L.days(2), kind: .sourceOutage(source: 0))

  /// Labels by the end of each day, in days of predictions: one label a second.
  private static func byDay(_ run: LifecycleRun) -> [Double] {
    run.run()
    return (1...10).map { run.labelsArrived(by: L.day(Double($0))) / 86_400 }
  }

  private static func expect(_ found: [Double], _ wanted: [Double]) {
    for (day, pair) in zip(found, wanted).enumerated() {
      #expect(abs(pair.0 - pair.1) < 1e-6, "day \(day + 1)")
    }
  }

  @Test func anOutageKeepsLabelsBackUntilItEnds() {
    // At the end of day 7 the source is back that very instant.
    Self.expect(
      Self.byDay(Self.run(Self.stream(), [Self.outage], days: 10)),
      [1, 2, 3, 4, 5, 5, 7, 8, 9, 10])
  }

  @Test func withoutBackfillTheyAreLost() {
    Self.expect(
      Self.byDay(Self.run(Self.stream(backfills: false), [Self.outage], days: 10)),
      [1, 2, 3, 4, 5, 5, 5, 6, 7, 8])
  }

  @Test func anOutageTakesTheLabelsThatWouldArriveInIt() {
    // With a delay of 3 days the labels of days 3 and 4 would arrive on days 6 and 7.
    Self.expect(
      Self.byDay(Self.run(Self.stream(backfills: false), [Self.outage], delay: 3, days: 10)),
      [0, 0, 0, 1, 2, 2, 2, 3, 4, 5])
  }

  @Test func lostLabelsCanBeFilledInLater() {
    let run = Self.run(Self.stream(backfills: false), [Self.outage], days: 10)
    run.run(until: L.day(8.5))
    #expect(run.backfill(at: L.day(8.5)))
    #expect(!run.backfill(at: L.day(8.5)))
    Self.expect(Self.byDay(run), [1, 2, 3, 4, 5, 5, 5, 6, 9, 10])
  }

  @Test func aBatchBringsEverythingUpToItsInstant() {
    let daily = DataSource(
      name: "labels", kind: .batch(every: L.days(1), offset: .hours(6)), labelsOf: [0])
    // By the end of day k the batch of 06:00 of that day has landed.
    Self.expect(Self.byDay(Self.run(daily, days: 10)), (1...10).map { Double($0) - 0.75 })
  }

  @Test func aLateBatchLeavesTheOldOneInPlace() {
    var daily = DataSource(
      name: "labels", kind: .batch(every: L.days(1), offset: .hours(6)), labelsOf: [0])
    daily.late = 1
    daily.lateBy = .constant(86_400)
    Self.expect(
      Self.byDay(Self.run(daily, days: 10)), [0] + (2...10).map { Double($0) - 1.75 })
  }

  @Test func aTrainingDuringAnOutageHasFewerRowsAndTheNextOneHasAll() {
    let incident = DataIncident(
      at: L.day(6), last: L.days(2), kind: .sourceOutage(source: 0))
    let run = Self.run(Self.stream(), [incident], retraining: L.weekly)
    run.run(until: L.day(7.5))
    #expect(abs(run.version().rows - 6 * 86_400) < 1)
    run.run(until: L.day(14.5))
    #expect(abs(run.version().rows - 7 * 86_400) < 1)
    let told = run.entries(.incident) + run.entries(.recovery)
    #expect(told.map(\.subject) == ["clicks", "clicks"])
    #expect(told.map(\.at) == [L.day(6), L.day(8)])
  }

  /// Outages every 9 days that last 1 day: a tenth of the time.
  ///
  /// Over 40 runs of 100 days there are
  /// 400 on average; their number is within 4.5 of its deviations (one false alarm in 150,000).
  @Test func randomOutagesComeAtTheirRate() {
    var count = 0
    for replication in 0..<40 {
      var source = Self.stream()
      source.outagesEvery = L.days(9)
      source.outageLength = .constant(86_400)
      let run = Self.run(source, days: 100, replication: replication)
      run.run()
      count += run.entries(.incident).count
    }
    // A renewal process with gaps of mean 10 and deviation 9 days: variance t·9²/10³ a run.
    let deviation = (40 * 100 * 81.0 / 1000).squareRoot()
    #expect(abs(Double(count) - 400) < 4.5 * deviation)
  }

  @Test func outagesOfASourceDoNotDependOnOtherSources() {
    func outages(_ others: [DataSource]) -> [Instant] {
      var source = Self.stream()
      source.outagesEvery = L.days(9)
      source.outageLength = .exponential(mean: 86_400)
      var system = L.system([L.task()], [L.model()], days: 100)
      system.data = others + [source]
      let run = LifecycleRun(system)
      run.run()
      return run.entries(.incident).filter { $0.subject == "clicks" }.map(\.at)
    }
    var other = DataSource(name: "other", kind: .stream, labelsOf: [0])
    other.outagesEvery = L.days(3)
    #expect(outages([]) == outages([other]))
    #expect(!outages([]).isEmpty)
  }

  /// Sixty days of hourly stretches are forgotten in part, and still nothing lost comes back.
  @Test func whatWasLostStaysLostWhenItsTimeIsForgotten() {
    let run = Self.run(Self.stream(backfills: false), [Self.outage], days: 90)
    run.run()
    #expect(abs(run.labelsArrived(by: L.day(90)) / 86_400 - 88) < 1e-6)
  }
}
