import MLSystem
import Quantities
import Randomness
import Scenarios
import Statistics
import Syntax
import Testing

/// Monitors, those who answer them and diagnoses, as they are written.
@Suite struct MonitorLanguageTests {
  private func scenario(_ model: String, _ rest: String = "") -> String {
    """
    {
      horizon: "30d",
      traffic: { shoppers: { to: "clicks", rate: "1/s" } },
      tasks: { click: { positives: '3 %', bestQuality: { auc: 0.88 } } },
      models: { clicks: { task: 'click', features: 40, \(model) } },
      \(rest)
    }
    """
  }

  private func model(_ text: String, _ rest: String = "") throws -> ModelPlan {
    let system = try load(scenario(text, rest)).base.assemble(replication: 0)
    return try #require(system.models.first)
  }

  @Test(arguments: [
    "psi-0.1", "psi-0.1-top10", "psi-0.2-top10", "psi-0.25-24h", "psi-size-aware",
    "performance-5pct", "performance-24h", "kl-0.1-predictions", "chi-square-labels", "ks-top10",
    "js-0.1", "wasserstein-0.1", "adwin", "ddm", "page-hinkley", "cusum", "judge-weekly-2pct",
    "cbpe", "missing-5pct",
  ])
  func `a preset keeps its name and is explained`(name: String) throws {
    #expect(try model("monitors: ['\(name)']").monitors.map(\.name) == [name])
    let presets = ScenarioSchema.objects.flatMap(\.presets).filter { $0.name == name }
    #expect(!presets.isEmpty && presets.allSatisfy { $0.summary.count > 20 })
  }

  @Test func `settings reach the plan`() throws {
    let monitors = try model(
      """
      monitors: [
        { kind: "psi", threshold: "size-aware", falseAlarms: "1 %", bins: 20, binning: "fixed",
          window: "7d", every: "1h", sampling: "5 %", noData: "alarm", severity: "critical",
          routing: "on-call", within: "24h", rows: 500, top: 3 },
        { kind: "psi" }, { kind: "performance", metric: "accuracy", points: "+2 pp" },
      ]
      """
    ).monitors
    #expect(monitors.map(\.name) == ["psi", "psi-2", "performance"])
    #expect(
      monitors[0].kind
        == .features(
          FeatureTest(
            statistic: .psi, top: 3, limit: .chance(0.01, shared: true), bins: 20,
            binning: .fixed)))
    #expect(monitors[0].window == .days(7) && monitors[0].sampling == 0.05)
    #expect(monitors[0].noData == .alarm && monitors[0].severity == .critical)
    #expect(monitors[0].routing == .onCall && monitors[0].within == .hours(24))
    #expect(
      monitors[2].kind
        == .performance(PerformanceTest(metric: .accuracy, limit: .points(0.02))))
  }

  @Test func `diagnosis and on call are assembled`() throws {
    #expect(try model("").diagnosis == nil)
    #expect(try model("diagnosis: 'first'").diagnosis == DiagnosisPlan())
    let plan = try #require(
      try model(
        """
        diagnosis: { preset: "first-by-evidence", audit: 50, price: "$5",
          repair: { takes: "2d", price: "$800" } }
        """
      ).diagnosis)
    #expect(plan.method == .evidence(audit: 50) && !plan.needsPeople)
    #expect(plan.price == .dollars("5"))
    #expect(plan.repair == RemedyPlan(takes: .constant(2 * 86_400), price: .dollars("800")))
    let system = try load(
      scenario("", "onCall: { responds: '20 min', hours: 'weekdays 09:00-17:00', price: '$40' },")
    ).base.assemble(replication: 0)
    #expect(
      system.onCall
        == OnCallPlan(
          responds: .constant(1200), hours: try BusinessHours("weekdays 09:00-17:00"),
          price: .dollars("40")))
  }

  @Test func `a threshold may ask for one monitor`() throws {
    let set = try load(
      scenario(
        "monitors: ['psi-0.2-top10']",
        "thresholds: ['clicks[monitor=psi-0.2-top10].alarms < 3', 'clicks.missed < 10 %'],"))
    #expect(
      set.base.thresholds.map(\.metric.description)
        == ["clicks[monitor=psi-0.2-top10].alarms", "clicks.missed"])
  }

  @Test func `mistakes are marked`() {
    expect(
      scenario("", "onCall: { hours: «1»'weekdays 17-9' },"),
      Finding(
        1, .badQuantity, "`weekdays 17-9`: takes days and times of a week",
        help: "write \"always\" or \"weekdays 09:00-17:00\""))
    expect(
      scenario("monitors: [{ kind: 'psi', every: '1d', «1»window: '1h' }]"),
      Finding(
        1, .conflictingKeys, "a window shorter than `every` leaves rows that nobody looks at",
        help: "look more often, or take `window` away"))
    expect(
      scenario("diagnosis: { confusion: { nothing: { nothing: '90 %', «1»broken: '10 %' } } }"),
      Finding(
        1, .unknownChoice, "no verdict is called `broken`"))
  }
}
