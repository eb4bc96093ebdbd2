import MLSystem
import Quantities
import Randomness
import Testing

/// When trainings start, by timelines worked out by hand.
@Suite("Training triggers")
struct TriggerTests {
  typealias L = Lifecycle

  /// A model whose trainings take no time, so that days are whole.
  private func run(
    _ plan: RetrainingPlan, drifts: [Drift] = [], monitors: [MonitorPlan] = [], days: Double = 30
  ) -> LifecycleRun {
    let run = LifecycleRun(
      L.system(
        [L.task(drifts)],
        [L.model(speed: .infinity, monitors: monitors, retraining: plan)], days: days))
    run.run()
    return run
  }

  /// Days and kinds of the trainings that ended.
  private func trainings(_ run: LifecycleRun) -> [(day: Double, kind: TrainingKind)] {
    run.plane.versions().dropFirst().map { ($0.trainedAt.seconds / 86_400, $0.kind) }
  }

  private func plan(
    _ rules: [TrainingTrigger.Rule], cooldown: Double = 0, needsAll: Bool = false
  ) -> RetrainingPlan {
    RetrainingPlan(
      every: nil, onAlarm: false, cooldown: L.days(cooldown),
      triggers: rules.map { TrainingTrigger($0) }, needsAll: needsAll)
  }

  @Test func aFullTrainingTakesThePlaceOfTheIncrementalOfItsDay() {
    let weeklyPlusDaily = RetrainingPlan(
      every: L.days(7), onAlarm: false, cooldown: .zero,
      triggers: [TrainingTrigger(.schedule(every: L.days(1)), train: .incremental)])
    let found = trainings(run(weeklyPlusDaily, days: 15.5))
    #expect(found.map(\.day) == (1...15).map { Double($0) })
    #expect(
      found.map { $0.kind == .full } == (1...15).map { $0 % 7 == 0 })
  }

  @Test func volumeCountsLabelsSinceTheLastTraining() {
    // A label a second and an hourly look: 200,000 labels are there after 56 hours.
    let found = trainings(run(plan([.volume(labels: 200_000)]), days: 8))
    #expect(found.map { ($0.day * 24).rounded() } == [56, 112, 168])
  }

  @Test func instantsByHandAndACooldown() {
    let instants = [L.day(3), L.day(4), L.day(5.25)]
    #expect(trainings(run(plan([.at(instants)]))).map(\.day) == [3, 4, 5.25])
    #expect(trainings(run(plan([.at(instants)], cooldown: 1.5))).map(\.day) == [3, 5.25])
  }

  @Test(arguments: [(0.0, 6.0), (1, 7), (2, 8)])
  func aBadFigureMustLast(days: Double, first: Double) {
    // The concept turns at day 5; the first labels after it are judged at day 6.
    let found = trainings(
      run(
        plan([.performance(lasting: L.days(days))], cooldown: 30),
        drifts: [.sudden(at: L.day(5), cosine: 0)],
        monitors: [.performance(drop: 0.05, every: L.days(1), rows: 1000)]))
    #expect(found.map(\.day) == [first])
  }

  @Test func driftOfFeaturesIsNoMatterOfPerformance() {
    let covariate = Drift.covariate(at: L.day(5), features: 3, shift: 1)
    let stability = MonitorPlan.psi(
      threshold: 0.2, top: 10, bins: 10, every: L.days(1), rows: 10_000)
    func found(_ rule: TrainingTrigger.Rule) -> [Double] {
      trainings(
        run(plan([rule], cooldown: 60), drifts: [covariate], monitors: [stability])
      ).map(\.day)
    }
    #expect(found(.drift(lasting: .zero)) == [6])
    #expect(found(.drift(lasting: L.days(2))) == [8])
    #expect(found(.alarm) == [6])
    #expect(found(.performance(lasting: .zero)) == [])
  }

  @Test func allWaitsForTheLastOfThem() {
    // The features move at day 5, so the alarm comes at day 6, and the schedule at day 7. The new
    // version still knows mostly the old features, so that the alarm goes on until day 14.
    let found = trainings(
      run(
        plan([.schedule(every: L.days(7)), .drift(lasting: .zero)], needsAll: true),
        drifts: [.covariate(at: L.day(5), features: 3, shift: 1)],
        monitors: [.psi(threshold: 0.2, top: 10, bins: 10, every: L.days(1), rows: 10_000)]))
    #expect(found.map(\.day) == [7, 14])
  }

  @Test func regretOfAgePaysForATrainingAfterTheSquareRoot() throws {
    // √(2Cτ/(Vρ)) with C = $30, τ = 60 d, V = $10 a day: 19.2 days at ρ = 0.98. The exact sum
    // Vρ(T - τ(1 - e^(-T/τ))) reaches C a little later, 20.4 days, and looks are daily.
    let rule = RegretRule(price: 30, worth: 10, usesLabels: false)
    let found = trainings(
      run(plan([.costAware(rule)]), drifts: [.wandering(memory: L.days(60))], days: 100))
    let days = found.map(\.day)
    #expect(days == [21, 42, 63, 84])
    let formula = WindowTraining.bestCadence(price: 30, worth: 10, memory: 60, fresh: 0.98)
    let first = try #require(days.first)
    #expect(abs(first / formula - 1) < 0.12)
  }

  @Test func regretOnLabelsFollowsATurnOfTheConcept() throws {
    // Half the cosine is lost at day 10: $5 a day, so $30 are lost at day 16. The noise of 86,400
    // labels is a hundredth of that.
    let rule = RegretRule(price: 30, worth: 10, usesLabels: true)
    let found = trainings(
      run(plan([.costAware(rule)]), drifts: [.sudden(at: L.day(10), cosine: 0.5)], days: 18))
    #expect(found.map(\.day) == [16] || found.map(\.day) == [17])
  }
}
