import MLSystem
import Quantities
import Randomness
import Testing

@Suite("Validation of data")
struct ValidationTests {
  typealias L = Lifecycle

  private static func run(
    _ plan: ValidationPlan, _ incidents: [DataIncident], backfills: Bool = false
  ) -> LifecycleRun {
    var system = L.system([L.task()], [L.model(retraining: L.weekly)])
    system.data = [
      DataSource(
        name: "clicks", kind: .stream, labelsOf: [0], backfills: backfills, validation: plan)
    ]
    system.incidents = incidents
    let run = LifecycleRun(system)
    run.run()
    return run
  }

  @Test func theScoreFallsInStraightLines() {
    var defects = DataDefects()
    #expect(DataScore(of: defects).total == DataScore.best)
    defects.missing = 0.05
    defects.flipped = 0.1
    defects.inconsistent = 0.4
    defects.late = 0.025
    defects.duplicates = 0.01
    defects.unrepresentative = 0.5
    // 4 + 3 + 0 + 4.5 + 4.8 + 2.5
    #expect(abs(DataScore(of: defects).total - 18.8) < 1e-12)
  }

  @Test func soundDataPassAndScoreFull() {
    let run = Self.run(ValidationPlan(score: 29), [])
    #expect(run.value("refused-data") == 0)
    #expect(run.value("passed-faulty-data") == 0)
    #expect(run.value("retrainings") == 4)
    #expect(run.value("data-score", of: "t") == 30)
    #expect(run.value("data-score.worst", of: "t") == 30)
  }

  /// An outage of 4 days out of the window of day 7 is worth 0 of 5 and leaves 25 of 30.
  @Test func aWindowWithHolesIsRefused() {
    let outage = DataIncident(
      at: L.day(2), last: L.days(4), kind: .sourceOutage(source: 0))
    let passing = Self.run(ValidationPlan(), [outage])
    #expect(passing.value("refused-data") == 0)
    let run = Self.run(ValidationPlan(completeness: 0.9), [outage])
    #expect(run.value("refused-data") == 1)
    #expect(run.value("refused-sound-data") == 0)
    #expect(run.value("retrainings") == 3)
    let told = run.entries(.training).first?.detail ?? ""
    #expect(told.hasPrefix("scheduled: no training, 4"))
    #expect(told.hasSuffix("% of the data are there, less than 90.0 %"))
    // While it lasts, labels of the day are missing and late.
    #expect(run.value("data-score.worst", of: "t").map { $0 <= 20 } == true)
  }

  @Test func wrongLabelsAreFoundByAnAuditThatCostsLabels() {
    let fault = DataIncident(at: .start, kind: .labelFault(task: 0, flipped: 0.3))
    let run = Self.run(ValidationPlan(audit: 400, flipped: 0.1), [fault])
    #expect(run.value("refused-data") == 4)
    #expect(abs(run.labelsArrived(by: L.day(30)) - 30 * 86_400 - 1_600) < 1)
    let blind = Self.run(ValidationPlan(audit: 0, flipped: 0.1), [fault])
    #expect(blind.value("refused-data") == 0)
    // Without an audit its own line says nothing, and the score of 25 passes.
    #expect(blind.value("passed-faulty-data") == 0)
  }

  /// 8 % of the labels are wrong and 200 are audited against a line of 10 %: refused by chance with
  /// P(X > 20) = 0.12246 (exact binomial).
  ///
  /// Of 2,000 audits 244.9 within 4.5 deviations of 14.66 (one false alarm in 150,000).
  @Test func anAuditIsWrongAsOftenAsItsSizeDeserves() {
    let plan = ValidationPlan(audit: 200, score: 0, flipped: 0.1)
    var defects = DataDefects()
    defects.flipped = 0.08
    #expect(plan.reason(defects, shift: 0) == nil)
    let stream = StreamFamily(seed: 5, replication: 0).counter("audit")
    var refused = 0
    for number in 0..<2_000 {
      var draws = stream.draws(of: UInt64(number))
      let sampled = defects.sampled(rows: 1_000, audit: 200, &draws)
      if plan.reason(sampled, shift: 0) != nil { refused += 1 }
    }
    #expect(abs(Double(refused) - 244.9) < 4.5 * 14.66)
  }
}
