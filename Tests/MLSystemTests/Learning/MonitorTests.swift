import MLSystem
import Quantities
import Randomness
import Statistics
import Testing

@Suite("Monitors")
struct MonitorTests {
  typealias L = Lifecycle

  static let psi = MonitorPlan.psi(
    threshold: 0.2, top: 10, bins: 10, every: L.days(1), rows: 10_000)
  static let performance = MonitorPlan.performance(drop: 0.05, every: L.days(1), rows: 10_000)

  @Test func stabilityIsBlindToATurnOfTheConceptAndPerformanceSeesIt() throws {
    let drift = Drift.sudden(at: L.day(10.5), cosine: 0.3)
    let blind = LifecycleRun(L.system([L.task([drift])], [L.model(monitors: [Self.psi])]))
    blind.run()
    #expect(blind.entries(.alarm).isEmpty)
    #expect(blind.value("missed") == 1)
    #expect(blind.value("detection-delay") == nil)
    let seeing = LifecycleRun(
      L.system([L.task([drift])], [L.model(monitors: [Self.performance])]))
    seeing.run()
    // Half of the labels of the check at day 11 come from after the turn, 0.72 on average.
    #expect(seeing.value("missed") == 0)
    #expect(seeing.value("detection-delay").map { agrees($0, 0.5 * 86_400, 1e-12) } == true)
    #expect(seeing.value("false-alarms") == 0)
    #expect(seeing.entries(.alarm).count == 1)
  }

  @Test func stabilitySeesAShiftOfMeansThatOnlyTheThresholdFeels() throws {
    let drift = Drift.covariate(at: L.day(10.5), features: 20, shift: 0.5)
    let run = LifecycleRun(
      L.system([L.task([drift])], [L.model(monitors: [Self.psi, Self.performance])]))
    run.run()
    // At day 11 half of the rows have moved (index 0.06), at day 12 all (0.24).
    #expect(run.value("detection-delay").map { agrees($0, 1.5 * 86_400, 1e-12) } == true)
    #expect(run.value("missed") == 0)
    #expect(run.value("alarms") == 1)
    #expect(run.value("auc").map { abs($0 - 0.85) < 5e-4 } == true)
    let accuracy = try #require(run.value("accuracy"))
    let best = BinormalQuality(auc: 0.85, positives: 0.3)
    #expect(accuracy < best.accuracy(threshold: best.bestThreshold))
  }

  @Test func aNewVersionLearnsTheShiftedFeatures() {
    // A week after the shift the window of the new version holds shifted rows only.
    let drift = Drift.covariate(at: L.day(7), features: 3, shift: 1)
    let run = LifecycleRun(
      L.system(
        [L.task([drift])], [L.model(monitors: [Self.psi], retraining: L.weekly)], days: 28))
    run.run()
    #expect(run.entries(.alarm).map(\.at) == [L.day(8)])
    #expect(run.entries(.alarm).first?.detail.contains("on 3 of 10 features") == true)
  }

  @Test func withoutEnoughLabelsThereIsNoVerdict() {
    let drift = Drift.sudden(at: L.day(1), cosine: 0)
    var model = L.model(monitors: [.performance(drop: 0.05, every: L.days(1), rows: 10_000_000)])
    model.monitors.append(
      .psi(threshold: 0.1, top: 1, bins: 10, every: L.days(1), rows: 10_000_000))
    let run = LifecycleRun(L.system([L.task([drift])], [model]))
    run.run()
    #expect(run.value("unjudged") == 1)
    #expect(run.value("alarms") == 0)
  }

  @Test func labelsPileUpUntilTheySuffice() {
    // 86,400 labels a day, 200,000 asked for: a verdict every third check.
    let model = L.model(monitors: [.performance(drop: 0.05, every: L.days(1), rows: 200_000)])
    let run = LifecycleRun(L.system([L.task()], [model], days: 30))
    run.run()
    #expect(run.value("unjudged").map { abs($0 - 20.0 / 30) < 1e-9 } == true)
  }

  /// 2,000 checks of one feature that stands still, 10 bins, 2,000 rows against very many: the
  /// number above 0.1 is binomial with the chi-square tail; outside 3.3 deviations once in a
  /// thousand.
  @Test func falseAlarmsFollowTheLaw() {
    let monitor = MonitorPlan.psi(
      threshold: 0.009, top: 1, bins: 10, every: .seconds(3600), rows: 2000)
    var model = L.model(rows: 1e9, monitors: [monitor])
    model.training?.labelRate = 1e6
    let system = L.system([L.task()], [model], days: 2000.0 / 24)
    let run = LifecycleRun(system)
    var fired = 0
    for check in 1...2000 {
      run.run(until: .start + .seconds(Double(check) * 3600))
      if run.isFiring(monitor: 0) { fired += 1 }
    }
    let chance = ChiSquare.survival(0.009 * 2000, degrees: 9)
    let deviation = (2000 * chance * (1 - chance)).squareRoot()
    #expect(chance > 0.02 && chance < 0.1)
    #expect(abs(Double(fired) - 2000 * chance) < 3.3 * deviation)
  }

  @Test func anAlarmStartsATrainingOnceInItsCooldown() {
    let drift = Drift.covariate(at: L.day(3), features: 5, shift: 1)
    let model = L.model(
      window: 30, speed: 1000, monitors: [Self.psi],
      retraining: RetrainingPlan(every: nil, onAlarm: true, cooldown: L.days(4)))
    let run = LifecycleRun(L.system([L.task([drift])], [model], days: 13.5))
    run.run()
    // The window of 30 days still holds mostly old rows, so the alarm goes on.
    #expect(run.entries(.training).map(\.at) == [L.day(4), L.day(8), L.day(12)])
    #expect(run.entries(.training)[0].detail.hasPrefix("after an alarm"))
  }

  @Test func wrongLabelsLowerTheBaselineAsWell() {
    let run = LifecycleRun(
      L.system([L.task(flipped: 0.1)], [L.model(monitors: [Self.performance])]))
    run.run()
    #expect(run.value("alarms") == 0)
    #expect(run.value("unjudged") == 0)
  }
}
