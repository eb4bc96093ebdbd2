import MLSystem
import Quantities
import Randomness
import Statistics
import Testing

@Suite("Diagnosis before anything is done")
struct DiagnosisTests {
  typealias L = Lifecycle

  /// Verdicts that are always right.
  static let sure: [[Double]] = (0..<5).map { row in (0..<5).map { $0 == row ? 1 : 0 } }

  static func plan(
    _ method: DiagnosisPlan.Method = .matrix(sure), needsPeople: Bool = false
  ) -> DiagnosisPlan {
    DiagnosisPlan(
      method: method, takes: .constant(4 * 3600), price: .dollars("100"),
      needsPeople: needsPeople,
      relabel: RemedyPlan(takes: .constant(86_400), price: .dollars("0.01")))
  }

  static func system(
    _ drifts: [Drift] = [], incident: DataIncident.Kind? = nil, at day: Double = 10.5,
    diagnosis: DiagnosisPlan?, days: Double = 30, positives: Double = 0.3
  ) -> SystemModel {
    let onAlarm = RetrainingPlan(every: nil, onAlarm: true, cooldown: L.days(3))
    var model = L.model(
      speed: .infinity,
      monitors: [
        .psi(threshold: 0.2, top: 10, bins: 10, every: L.days(1), rows: 10_000),
        MonitorPlan(
          name: "accuracy",
          kind: .performance(PerformanceTest(metric: .accuracy, limit: .points(0.015))),
          every: L.days(1), rows: 10_000),
      ], retraining: onAlarm)
    model.diagnosis = diagnosis
    var system = L.system([L.task(drifts, positives: positives)], [model], days: days)
    if let incident { system.incidents = [DataIncident(at: L.day(day), kind: incident)] }
    return system
  }

  static func run(_ system: SystemModel, seed: UInt64 = 1) -> LifecycleRun {
    let run = LifecycleRun(system, seed: seed)
    run.run()
    return run
  }

  static func features(_ count: Int, weight: Double) -> FeatureShare {
    FeatureShare(model: 0, count: count, weight: weight)
  }

  @Test func dataDriftIsRecalibrated() {
    let shift = Drift.covariate(at: L.day(10.5), features: 10, shift: 1)
    let run = Self.run(Self.system([shift], diagnosis: Self.plan()))
    let details = run.entries(.response).map(\.detail)
    #expect(details.contains("diagnosed: the data moved, the concept did not"))
    #expect(details.contains("the threshold is set anew"))
    #expect(run.entries(.training).isEmpty)
    #expect(run.value("misdiagnosed") == 0)
    // With the threshold in its new place accuracy is what it was.
    let best = BinormalQuality(auc: 0.85, positives: 0.3)
    #expect(abs(run.version().accuracy - best.accuracy(threshold: best.bestThreshold)) < 0.003)
  }

  @Test func aTurnIsRetrained() {
    let turn = Drift.sudden(at: L.day(10.5), cosine: 0.5)
    let run = Self.run(Self.system([turn], diagnosis: Self.plan()))
    #expect(run.entries(.response).first?.detail == "diagnosed: the concept has turned")
    #expect(run.entries(.training).first?.detail.hasPrefix("after a diagnosis") == true)
    // Checks at midnight, four hours of diagnosis.
    #expect(run.entries(.training).first?.at == L.day(11) + .hours(4))
  }

  @Test func brokenFeaturesAreRepaired() {
    let broken = DataIncident.Kind.brokenFeature(
      Self.features(3, weight: 0.3), becomes: .constant(2))
    let run = Self.run(Self.system(incident: broken, diagnosis: Self.plan()))
    let details = run.entries(.response).map(\.detail)
    #expect(details.contains("diagnosed: features are broken"))
    #expect(details.contains("features repaired"))
    #expect(run.entries(.training).isEmpty)
    // Alarms name the features that are stuck.
    let features = Set(run.plane.alarms.filter { $0.monitor == "psi" }.compactMap(\.feature))
    #expect(features == [1, 2, 3])
  }

  /// Ten seeds: the share of right decisions after repair against retraining at every alarm.
  @Test func diagnosisBeatsBlindRetrainingOnABrokenFeature() {
    let broken = DataIncident.Kind.brokenFeature(
      Self.features(6, weight: 0.4), becomes: .constant(2))
    var gains: [Double] = []
    for seed in 1...10 {
      let asked = Self.run(
        Self.system(incident: broken, diagnosis: Self.plan(.matrix(DiagnosisPlan.usual))),
        seed: UInt64(seed))
      let blind = Self.run(Self.system(incident: broken, diagnosis: nil), seed: UInt64(seed))
      gains.append((asked.value("accuracy") ?? 0) - (blind.value("accuracy") ?? 1))
    }
    let interval = ConfidenceInterval.ofMean(gains, level: 0.99)
    #expect(interval.low > 0)
  }

  @Test func wrongLabelsAreMadeAnewAndPaid() {
    let fault = DataIncident.Kind.labelFault(task: 0, flipped: 0.2)
    let system = Self.system(incident: fault, diagnosis: Self.plan())
    let run = Self.run(system)
    #expect(run.entries(.response).first?.detail == "diagnosed: labels are wrong")
    // From day 10.5 on until the alarm of day 11, four hours and a day later: 1.67 days of labels.
    let work = system.paidWork.filter { $0.kind == .relabelled }
    #expect(work.count == 1)
    let labels = Double(work.map { run.plane.done($0) }.first ?? 0)
    #expect(abs(labels - 1.667 * 86_400) < 0.05 * 86_400)
    #expect(run.entries(.training).first?.detail.hasPrefix("after labels were made anew") == true)
  }

  @Test func peopleDiagnoseInTheirHours() throws {
    let turn = Drift.sudden(at: L.day(4.2), cosine: 0.5)
    var system = Self.system([turn], diagnosis: Self.plan(needsPeople: true))
    system.onCall = OnCallPlan(
      responds: .constant(0), hours: try BusinessHours("weekdays 09:00-17:00"))
    // The alarm is that of Saturday, 2024-01-06, 00:00; the four hours of work are Monday's.
    let run = Self.run(system)
    #expect(run.entries(.response).first?.at == L.day(7) + .hours(13))
  }

  @Test func aVerdictIsPickedByItsChance() {
    let row = [0.5, 0.2, 0.1, 0.1, 0.1]
    #expect(LearningPlane.verdict(row, 0.49) == .nothing)
    #expect(LearningPlane.verdict(row, 0.51) == .dataDrift)
    #expect(LearningPlane.verdict(row, 0.95) == .conceptDrift)
    for row in DiagnosisPlan.usual { #expect(agrees(row.reduce(0, +), 1, 1e-12)) }
  }

  /// Verdicts by the statistics themselves find a large fault of each kind in nearly every seed.
  @Test func evidenceTellsCausesApart() {
    let cases: [(system: SystemModel, verdict: String)] = [
      (
        Self.system(
          [.covariate(at: L.day(10.5), features: 10, shift: 1)],
          diagnosis: Self.plan(.evidence(audit: 400))),
        "diagnosed: the data moved, the concept did not"
      ),
      (
        Self.system(
          [.sudden(at: L.day(10.5), cosine: 0.4)], diagnosis: Self.plan(.evidence(audit: 400))),
        "diagnosed: the concept has turned"
      ),
      (
        Self.system(
          incident: .labelFault(task: 0, flipped: 0.2),
          diagnosis: Self.plan(.evidence(audit: 400))),
        "diagnosed: labels are wrong"
      ),
      (
        Self.system(
          incident: .brokenFeature(Self.features(3, weight: 0.3), becomes: .constant(2)),
          diagnosis: Self.plan(.evidence(audit: 400))),
        "diagnosed: features are broken"
      ),
    ]
    for (system, verdict) in cases {
      let right = (1...10).count { seed in
        Self.run(system, seed: UInt64(seed)).entries(.response).first?.detail == verdict
      }
      #expect(right >= 8, "\(verdict)")
    }
  }
}
