import MLSystem
import Pricing
import Quantities
import Randomness
import Statistics
import Testing

@Suite("Alarms and those who answer them")
struct ResponseTests {
  typealias L = Lifecycle

  /// A shift on Friday, 2024-01-05 at 12:00; checks every hour, one training a month at most.
  static func system(
    onCall: OnCallPlan, routing: MonitorPlan.Routing = .onCall, within: Duration? = nil
  ) -> SystemModel {
    var monitor = MonitorPlan.psi(threshold: 0.2, top: 10, bins: 10, every: .hours(1), rows: 3_000)
    monitor.routing = routing
    monitor.within = within
    let model = L.model(
      speed: .infinity, monitors: [monitor],
      retraining: RetrainingPlan(every: nil, onAlarm: true, cooldown: L.days(30)))
    let drift = Drift.covariate(at: L.day(4.5), features: 5, shift: 1)
    var system = L.system([L.task([drift])], [model], days: 14)
    system.onCall = onCall
    return system
  }

  static func trained(_ system: SystemModel) -> [Instant] {
    let run = LifecycleRun(system)
    run.run()
    return run.entries(.training).map(\.at)
  }

  @Test func theHumanComesInWorkingHours() throws {
    let hours = try BusinessHours("weekdays 09:00-17:00")
    let prompt = OnCallPlan(responds: .constant(1800), hours: hours)
    // The alarm is that of Friday 13:00, half an hour before the response.
    #expect(Self.trained(Self.system(onCall: prompt)) == [L.day(4) + .hours(13.5)])
    let late = try OnCallPlan(
      responds: .constant(1800), hours: BusinessHours("weekdays 09:00-12:00"))
    #expect(Self.trained(Self.system(onCall: late)) == [L.day(7) + .hours(9.5)])
    // A monitor whose alarms must be acted on within a day does not wait for Monday.
    let within = Self.system(onCall: late, within: .hours(24))
    #expect(Self.trained(within) == [L.day(5) + .hours(13)])
  }

  @Test func anAlarmActsByItselfOrNotAtAll() {
    let plan = OnCallPlan.standard
    #expect(
      Self.trained(Self.system(onCall: plan, routing: .automatic)) == [L.day(4) + .hours(13)])
    #expect(Self.trained(Self.system(onCall: plan, routing: .log)) == [])
  }

  @Test func aHumanWhoLooksIsPaid() {
    var system = Self.system(onCall: OnCallPlan(responds: .constant(900), price: .dollars("40")))
    #expect(system.paidWork.map(\.kind) == [.alarms])
    let run = LifecycleRun(system)
    run.run()
    // The model learns seven days of rows, of which one half day is shifted, so that the alarm goes
    // on, and the human is called again each day.
    let calls = run.plane.done(system.paidWork[0])
    #expect(calls > 1 && calls <= 10)
    #expect(run.entries(.response).count == Int(calls))
    system.onCall.price = .zero
    #expect(system.paidWork.isEmpty)
  }

  @Test func ratingsAreSampledPaidAndSeeTheTurn() {
    let drift = Drift.sudden(at: L.day(10), cosine: 0.3)
    let rating = RatingTest(
      quality: PerformanceTest(metric: .accuracy, limit: .points(0.05)), agreement: .share(0.85),
      price: .dollars("0.002"))
    let monitor = MonitorPlan(
      name: "judge", kind: .ratings(rating), every: L.days(7), rows: 100, sampling: 0.02)
    let system = L.system([L.task([drift])], [L.model(monitors: [monitor])], days: 28)
    let run = LifecycleRun(system)
    run.run()
    // 86,400 answers a day of which 2 % are rated, a look each week.
    #expect(abs(run.plane.done(system.paidWork[0]) - 4 * 12_096) <= 8)
    #expect(run.value("detection-delay").map { agrees($0, 4 * 86_400, 1e-9) } == true)
    #expect(run.value("false-alarms") == 0)
  }

  /// Kappa 0 is chance, kappa 1 the truth; 0.7 at 80 % right is 0.7 + 0.3 (0.64 + 0.04).
  @Test func kappaCorrectsAgreementForChance() {
    let test = PerformanceTest(metric: .accuracy, limit: .points(0.05))
    func agreement(_ kappa: Double) -> Double {
      RatingTest(quality: test, agreement: .kappa(kappa)).agreement(atAccuracy: 0.8)
    }
    #expect(agrees(agreement(1), 1, 1e-12))
    #expect(agrees(agreement(0.7), 0.904, 1e-12))
  }

  @Test(arguments: [StreamDetector.Kind.adwin, .ddm, .pageHinkley, .cusum])
  func streamDetectorsFindATurn(_ kind: StreamDetector.Kind) {
    let drift = Drift.sudden(at: L.day(10), cosine: 0.2)
    // The usual CUSUM alarms on chance every 465 items; k 0.1 and h 40 make it 190,000.
    let values: [Double]? = kind == .cusum ? [0.1, 40, 0, 1000, 0, 0] : nil
    let monitor = MonitorPlan(
      name: kind.rawValue, kind: .stream(StreamTest(kind: kind, values: values, atMost: 500)),
      every: L.days(1), rows: 10)
    let run = LifecycleRun(L.system([L.task([drift])], [L.model(monitors: [monitor])], days: 28))
    run.run()
    // Errors rise from 20 to 30 %, 500 labels a day: found within days.
    #expect(run.value("missed") == 0)
    #expect(run.value("detection-delay").map { $0 <= 10 * 86_400 } == true)
    #expect(run.plane.alarms.contains { $0.isTrue && $0.statistic == kind.rawValue })
  }
}
