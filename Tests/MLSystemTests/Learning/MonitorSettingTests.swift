import MLSystem
import Quantities
import Randomness
import Statistics
import Testing

@Suite("Settings of monitors")
struct MonitorSettingTests {
  typealias L = Lifecycle

  static func features(
    _ statistic: DriftStatistic, top: Int = 10, _ limit: FeatureTest.Limit, rows: Int,
    binning: FeatureTest.Binning = .quantile, window: Duration? = nil,
    every: Duration = .hours(1)
  ) -> MonitorPlan {
    MonitorPlan(
      name: statistic.rawValue,
      kind: .features(FeatureTest(statistic: statistic, top: top, limit: limit, binning: binning)),
      every: every, rows: rows, window: window)
  }

  /// Alarms among `checks` hourly checks in a world that stands still, references of very many
  /// rows.
  static func firing(_ monitor: MonitorPlan, checks: Int, drifts: [Drift] = []) -> Int {
    var model = L.model(rows: 1e9, monitors: [monitor])
    model.training?.labelRate = 1e6
    let run = LifecycleRun(L.system([L.task(drifts)], [model], days: Double(checks) / 24))
    var fired = 0
    for check in 1...checks {
      run.run(until: .start + .hours(Double(check)))
      if run.isFiring(monitor: 0) { fired += 1 }
    }
    return fired
  }

  /// 1,000 checks of ten features at 5 % shared out over them: 1 - (1 - 0.005)^10 = 4.89 %, give
  /// or take 3.3 deviations (0.68 points each), which fails once in a thousand.
  @Test(arguments: DriftStatistic.allCases)
  func aLimitByChanceHoldsItsRateOfFalseAlarms(_ statistic: DriftStatistic) {
    let monitor = Self.features(statistic, .chance(0.05, shared: true), rows: 3_000)
    #expect(abs(Double(Self.firing(monitor, checks: 1000)) - 48.9) < 3.3 * 6.82)
  }

  /// Ten rows a bin: 2,000 checks of one feature at 5 %, give or take 3.3 deviations of 9.75.
  ///
  /// The limit of the chi-square law would alarm on 7.4 % of them (NumPy, 100,000 samples).
  @Test(arguments: [DriftStatistic.psi, .jensenShannon])
  func aLimitByChanceHoldsItsRateForFewRows(_ statistic: DriftStatistic) {
    let monitor = Self.features(statistic, top: 1, .chance(0.05, shared: true), rows: 100)
    #expect(abs(Double(Self.firing(monitor, checks: 2000)) - 100) < 3.3 * 9.75)
  }

  /// Without sharing out each feature alarms on 5 % of the checks: 1 - 0.95^10 = 40.1 %.
  @Test func withoutACorrectionTenFeaturesAlarmOftener() {
    let monitor = Self.features(.chiSquare, .chance(0.05, shared: false), rows: 3_000)
    #expect(abs(Double(Self.firing(monitor, checks: 400)) - 160.5) < 3.3 * 9.81)
  }

  /// Forty rows in ten bins: the chi-square law is poor (0.534 above 0.2 by it), so that rows are
  /// drawn.
  ///
  /// The share by simulation of two million samples in NumPy is 0.6274.
  @Test func fewRowsAreDrawnBinByBin() {
    let monitor = Self.features(.psi, top: 1, .above(0.2), rows: 40)
    let fired = Self.firing(monitor, checks: 2000)
    #expect(abs(Double(fired) - 2000 * 0.6274) < 3.3 * (2000 * 0.6274 * 0.3726).squareRoot())
  }

  @Test func aShiftIsSeenByEveryStatistic() {
    // Six tenths of a deviation: PSI 0.34, KL 0.17, JS distance 0.2, chi-square far beyond chance.
    let drift = Drift.covariate(at: L.day(1.01), features: 3, shift: 0.6)
    for statistic in DriftStatistic.allCases {
      let limit: FeatureTest.Limit =
        statistic == .chiSquare ? .chance(0.01, shared: true) : .above(0.1)
      let monitor = Self.features(statistic, limit, rows: 3_000)
      let model = L.model(monitors: [monitor])
      let run = LifecycleRun(L.system([L.task([drift])], [model], days: 3))
      run.run()
      #expect(run.value("missed") == 0)
      let features = run.plane.alarms.filter(\.isTrue).map(\.feature)
      #expect(features.contains(1) && features.contains(3) && !features.contains(4))
      #expect(run.plane.alarms.filter(\.isTrue).allSatisfy { $0.until == nil && $0.value > 0.1 })
    }
  }

  @Test func aWindowLooksFurtherBackAndItsNoiseGoesOn() {
    // A week of 3,600 requests an hour; one hour after the shift a week holds 1/168 of it.
    let drift = Drift.covariate(at: L.day(10), features: 10, shift: 1)
    let short = Self.features(.psi, .above(0.2), rows: 3_000)
    let long = Self.features(.psi, .above(0.2), rows: 3_000, window: L.days(7))
    let fast = LifecycleRun(L.system([L.task([drift])], [L.model(monitors: [short])], days: 20))
    let slow = LifecycleRun(L.system([L.task([drift])], [L.model(monitors: [long])], days: 20))
    fast.run()
    slow.run()
    #expect(fast.value("detection-delay").map { agrees($0, 3600, 1e-9) } == true)
    // PSI of a mixture that has moved by w deviations on the mean exceeds 0.2 near w = 0.45.
    let delay = slow.value("detection-delay") ?? 0
    #expect(delay > 2.2 * 86_400 && delay < 3.8 * 86_400)
  }

  @Test func withoutRowsThePolicyDecides() {
    func run(_ policy: MonitorPlan.NoData) -> LifecycleRun {
      // 86,400 requests a day are too few for the checks, until two days have piled up.
      var monitor = Self.features(.psi, top: 1, .above(0.01), rows: 100_000, every: .days(1))
      monitor.noData = policy
      let drift = Drift.covariate(at: L.day(1), features: 1, shift: 1)
      let run = LifecycleRun(L.system([L.task([drift])], [L.model(monitors: [monitor])], days: 6))
      run.run()
      return run
    }
    #expect(run(.hold).value("alarms") == 1)
    #expect(run(.ignore).value("alarms") == 3)
    // The first check has no rows and alarms falsely; afterwards the alarm never ends.
    #expect(run(.alarm).value("alarms") == 1)
    #expect(run(.alarm).value("false-alarms").map { $0 > 0 } == true)
    #expect(run(.hold).value("unjudged") == 0.5)
  }

  @Test func aQualityMustStayLowForItsTime() {
    let drift = Drift.sudden(at: L.day(5), cosine: 0.3)
    var test = PerformanceTest(metric: .accuracy, limit: .points(0.02), lasting: L.days(2))
    func delay() -> Double? {
      let monitor = MonitorPlan(
        name: "p", kind: .performance(test), every: .hours(12), rows: 1_000)
      let run = LifecycleRun(L.system([L.task([drift])], [L.model(monitors: [monitor])]))
      run.run()
      return run.value("detection-delay")
    }
    #expect(delay().map { agrees($0, 2.5 * 86_400, 1e-9) } == true)
    test.lasting = .zero
    #expect(delay().map { agrees($0, 0.5 * 86_400, 1e-9) } == true)
    test.limit = .below(0.1)
    #expect(delay() == nil)
  }

  @Test func eachMonitorIsScoredByItself() throws {
    let drifts: [Drift] = [
      .sudden(at: L.day(5), cosine: 0.3), .covariate(at: L.day(10), features: 5, shift: 1),
    ]
    let model = L.model(monitors: [
      .psi(threshold: 0.2, top: 10, bins: 10, every: .days(1), rows: 10_000),
      .performance(drop: 0.05, every: .days(1), rows: 10_000),
    ])
    let run = LifecycleRun(L.system([L.task(drifts)], [model], days: 20))
    run.run()
    func value(_ metric: String, _ monitor: String) -> Double? {
      for measure in run.plane.measures()
      where measure.name.metric == metric && measure.name.selector?.value == monitor {
        switch measure.value {
        case .ratio(let sum, let over): return sum / over
        case .scalar(let value): return value
        case .missing, .distribution: return nil
        }
      }
      return nil
    }
    #expect(value("missed", "psi") == 0)
    #expect(value("missed", "performance") == 0)
    #expect(value("detection-delay", "psi").map { agrees($0, 86_400, 1e-9) } == true)
    // Accuracy falls at the turn of the concept; one day of 86,400 answers is lost on before the
    // check at day 6.
    let before = BinormalQuality(auc: 0.85, positives: 0.3)
    let after = BinormalQuality(distance: before.distance * 0.3, positives: 0.3)
    let loss =
      before.accuracy(threshold: before.bestThreshold)
      - after.accuracy(threshold: before.bestThreshold)
    let lost = try #require(value("lost.before-detection", "performance"))
    #expect(abs(lost - 86_400 * loss) < 0.05 * 86_400 * loss)
    #expect(run.value("run-length") == nil)
  }
}
