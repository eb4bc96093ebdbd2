import Experiments
import MLSystem
import Quantities
import Reports
import Scenarios
import Testing

/// The dashboard, the evaluation of a version, and the model card.
@Suite struct ModelReportTests {
  private static func version(
    _ number: Int, _ history: [(VersionStatus, Double)], gates: [GateDecision] = [],
    promoted: Double? = 0.87
  ) -> VersionRecord {
    var record = VersionRecord(
      model: "clicks", number: number, trainedAt: .start + .days(history[0].1), kind: .full,
      parent: number > 0 ? number - 1 : nil, rows: 1e8, window: .days(28))
    record.promotedAUC = promoted
    record.gates = gates
    record.history = history.map { .init(status: $0.0, at: .start + .days($0.1)) }
    return record
  }

  private static func alarm(
    _ from: Double, until: Double?, feature: Int?, _ severity: MonitorPlan.Severity
  ) -> AlarmRecord {
    AlarmRecord(
      at: .start + .days(from), until: until.map { .start + .days($0) }, model: "clicks",
      monitor: "psi-0.2-top10", feature: feature, statistic: "psi", value: 0.31, threshold: 0.2,
      severity: severity, isTrue: false)
  }

  /// Version 0 serves until day 7, 1 until day 14 and 3 from then on; 2 is refused.
  private static func results(alarms: [AlarmRecord] = []) -> Results {
    var results = SampleResults.results()
    let refused = [
      GateDecision(gate: "beats production", isPassed: true, measured: 0.002, limit: 0),
      GateDecision(gate: "fairness", isPassed: false, measured: 0.5, limit: 0.8),
    ]
    results.versions = [
      version(0, [(.production, 0), (.retired, 7)]),
      version(1, [(.trained, 6.5), (.canary, 6.8), (.production, 7), (.retired, 14)]),
      version(2, [(.trained, 10), (.refused, 10)], gates: refused, promoted: nil),
      version(
        3, [(.trained, 13), (.production, 14)],
        gates: [GateDecision(gate: "beats production", isPassed: true)]),
    ].map { JoinedVersion(replication: 0, record: $0) }
    results.alarms = alarms.map { JoinedAlarm(replication: 0, alarm: $0) }
    return results
  }

  @Test func `the version in production is the one that stood there at the instant`() {
    for (day, number) in [(0.0, 0), (6.9, 0), (7, 1), (13.99, 1), (14, 3), (29, 3)] {
      let facts = InstantFacts(
        results: Self.results(), at: .start + .days(day), replication: 0)
      #expect(facts.production("clicks", in: 0)?.number == number)
    }
    let other = InstantFacts(results: Self.results(), at: .start + .days(3), replication: 1)
    #expect(other.production("clicks", in: 1) == nil)
  }

  @Test func `a level is that of the bucket in which the instant lies`() throws {
    let facts = InstantFacts(
      results: SampleResults.results(), at: .start + .hours(20), replication: 0)
    // The sample's requests of hour 0 stand at phase 4 of the day, those of hour 16 at its peak.
    let requests = try #require(facts.level("ctr", "requests"))
    let expected = 900 + (5_920 - 900) * (1 - 20.0 / 20)
    #expect(abs(requests.value - expected) < 1e-9)
    #expect(facts.level("ctr", "nothing") == nil)
    let end = InstantFacts(
      results: SampleResults.results(), at: .start + .days(30), replication: 0)
    #expect(end.level("ctr", "requests") != nil)
  }

  @Test func `health is that of the gravest rule that is broken`() {
    func health(_ day: Double, _ alarms: [AlarmRecord] = []) -> DashboardHealth {
      DashboardHealth(
        InstantFacts(results: Self.results(alarms: alarms), at: .start + .days(day), replication: 0)
      )
    }
    // At 6 o'clock of day 21 the sample's ranker is half busy, and its AUC 0.87 - 0.0012.
    #expect(health(21.25).colour == .green)
    #expect(health(21.25).findings.isEmpty)
    let warning = health(21.25, [Self.alarm(21, until: 22, feature: 3, .warning)])
    #expect(warning.colour == .yellow)
    #expect(warning.findings.first?.action.contains("feature 3") == true)
    let both = [
      Self.alarm(20, until: nil, feature: 3, .warning),
      Self.alarm(20.5, until: nil, feature: nil, .critical),
    ]
    #expect(health(21.25, both).colour == .red)
    // An alarm that is over, or yet to come, says nothing.
    #expect(health(21.25, [Self.alarm(19, until: 21, feature: 3, .critical)]).colour == .green)
    #expect(health(21.25, [Self.alarm(22, until: 23, feature: 3, .critical)]).colour == .green)
    // A rollback is remembered for a day: the sample has one at 14.3 d.
    #expect(health(14.5).findings.contains { $0.what.contains("rolled back") })
    #expect(!health(15.5).findings.contains { $0.what.contains("rolled back") })
  }

  @Test func `quality that fell by more than five percent is red`() {
    var results = Self.results()
    results.series = results.series.map { series in
      guard series.name.metric == "auc" else { return series }
      var low = series
      // 0.87 at promotion: 5.2 % and 2.3 % below.
      low.mean = series.mean.indices.map { $0 < 480 ? 0.825 : 0.85 }
      return low
    }
    func colour(_ day: Double) -> DashboardHealth.Colour {
      DashboardHealth(InstantFacts(results: results, at: .start + .days(day), replication: 0))
        .colour
    }
    #expect(colour(19.5) == .red)
    #expect(colour(20.5) == .yellow)
  }

  @Test func `an overload that began later is not seen yet`() {
    var results = SampleResults.results(saturated: true)
    results.versions = []
    func colour(_ hours: Double) -> DashboardHealth.Colour {
      DashboardHealth(InstantFacts(results: results, at: .start + .hours(hours), replication: 0))
        .colour
    }
    #expect(colour(8) == .green)
    #expect(colour(9) == .red)
  }

  @Test func `gates and what became of a version decide what to do with it`() {
    let facts = ModelFacts(Self.results(), model: "clicks")
    func word(_ history: [(VersionStatus, Double)], _ gates: [GateDecision]) -> Recommendation.Word
    {
      Recommendation(Self.version(5, history, gates: gates), facts).word
    }
    let beaten = GateDecision(gate: "beats production", isPassed: false)
    let harm = GateDecision(gate: "golden set", isPassed: false)
    #expect(word([(.production, 1)], []) == .ship)
    #expect(word([(.trained, 1), (.refused, 1)], [beaten]) == .iterate)
    #expect(word([(.trained, 1), (.refused, 1)], [harm]) == .reject)
    #expect(word([(.trained, 1), (.refused, 1)], [beaten, harm]) == .reject)
    #expect(word([(.canary, 1), (.rolledBack, 2)], []) == .reject)
    var unfair = Self.results()
    unfair.figures.append(
      SampleResults.figure("clicks", "fairness", .value, .score, 0.7, 0.01))
    #expect(
      Recommendation(
        Self.version(5, [(.production, 1)]), ModelFacts(unfair, model: "clicks")
      ).word == .iterate)
  }

  @Test func `every form shows the three reports`() throws {
    let results = Self.results(alarms: [Self.alarm(11, until: nil, feature: 3, .critical)])
    let dashboard = DashboardReport.report(results, at: .start + .days(12), replication: 0)
    #expect(dashboard.banner.verdict == .breached)
    let evaluation = try #require(
      EvaluationReport.report(results, model: "clicks", version: 2, replication: 0))
    #expect(evaluation.banner.sentence.hasPrefix("REJECT: it failed the gate `fairness`"))
    let card = try #require(ModelCard.report(results, model: "clicks"))
    for report in [dashboard, evaluation, card] {
      let terminal = TerminalRenderer(width: 80).render(report)
      #expect(terminal.split(separator: "\n").allSatisfy { $0.count <= 80 })
      #expect(!MarkdownRenderer().render(report).isEmpty)
      #expect(HTMLRenderer().render(report).contains("</html>"))
      #expect(!CSVRenderer().files(report).isEmpty)
    }
    #expect(EvaluationReport.report(results, model: "clicks", version: 9, replication: 0) == nil)
    #expect(EvaluationReport.report(results, model: "clics", version: nil, replication: 0) == nil)
    #expect(ModelCard.report(results, model: "clics") == nil)
  }
}
