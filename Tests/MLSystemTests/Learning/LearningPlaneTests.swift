import MLSystem
import Quantities
import Randomness
import Statistics
import Testing

@Suite("Learning plane")
struct LearningPlaneTests {
  typealias L = Lifecycle

  @Test func aStandingWorldKeepsTheQualityOfTheLearningCurve() throws {
    let run = LifecycleRun(L.system([L.task()], [L.model()]))
    run.run()
    // 604,800 rows on 20 features leave a noise of 1e-4 of the concept: AUC* to three digits.
    let auc = try #require(run.value("auc"))
    #expect(abs(auc - 0.85) < 5e-4)
    #expect(run.value("auc.worst-day").map { abs($0 - auc) < 1e-12 } == true)
    let best = BinormalQuality(auc: 0.85, positives: 0.3)
    let accuracy = best.accuracy(threshold: best.bestThreshold)
    #expect(run.value("accuracy").map { abs($0 - accuracy) < 5e-4 } == true)
    #expect(run.actions.isEmpty && run.timeline.isEmpty)
    // Its age grows from the training before the start: 6,048 s and half of 30 days on average.
    #expect(run.value("age").map { abs($0 - (6048 + 15 * 86_400)) < 1 } == true)
  }

  /// 100 versions of 400 rows each: the mean AUC lies within 3.3 standard errors of the closed
  /// form, plus its own error of 0.001 (the concavity of the normal law).
  @Test func fewRowsGiveTheQualityOfTheLearningCurve() throws {
    let best = BinormalQuality(auc: 0.85, positives: 0.3)
    let expected = EffectiveDimension(scale: 20).auc(rows: 400, best: best)
    var values: [Double] = []
    for replication in 0..<100 {
      let run = LifecycleRun(
        L.system([L.task()], [L.model(rows: 400)], days: 1), replication: replication)
      values.append(run.version().auc)
    }
    let mean = values.reduce(0, +) / 100
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 99
    #expect(abs(mean - expected) < 3.3 * (variance / 100).squareRoot() + 0.001)
  }

  @Test func aSuddenTurnCostsWhatItsCosineSays() {
    let drift = Drift.sudden(at: L.day(10), cosine: 0.5)
    let run = LifecycleRun(L.system([L.task([drift])], [L.model()], days: 20))
    run.run()
    let best = BinormalQuality(auc: 0.85, positives: 0.3)
    let after = BinormalQuality.auc(ofDistance: best.distance * 0.5)
    // The version's own noise is a hundredth of the concept.
    #expect(run.value("auc").map { abs($0 - (0.85 + after) / 2) < 0.005 } == true)
    #expect(run.value("auc.worst-day").map { abs($0 - after) < 0.005 } == true)
    #expect(run.entries(.drift).map(\.at) == [L.day(10)])
  }

  @Test func aTrainingKnowsOnlyTheLabelsThatHaveArrived() {
    // The concept turns at day 5; labels take 10 days and the window is 5 days, so the training of
    // day 14 ends its window at day 4 and that of day 21 begins it at day 6.
    let drift = Drift.sudden(at: L.day(5), cosine: 0)
    let run = LifecycleRun(
      L.system([L.task([drift], delay: 10)], [L.model(window: 5, retraining: L.weekly)]))
    run.run(until: L.day(20.9))
    #expect(run.version().number == 2)
    #expect(run.version().auc < 0.55)
    run.run(until: L.day(21.9))
    #expect(run.version().number == 3)
    #expect(run.version().auc > 0.84)
  }

  @Test func trainingsArePricedJobsWithADuration() {
    let run = LifecycleRun(L.system([L.task()], [L.model(retraining: L.weekly)]))
    run.run()
    // 7 days of one label a second at 100 rows/s: 6,048 s = 0.07 d.
    let hours = run.actions.map(\.days)
    let expected = [7, 7.07, 7.07, 14, 14.07, 14.07, 21, 21.07, 21.07, 28, 28.07, 28.07]
    #expect(hours.count == expected.count)
    for (day, planned) in zip(hours, expected) { #expect(abs(day - planned) < 1e-9) }
    #expect(
      run.actions.prefix(3).map(\.action) == [
        .startTraining(model: 0, pool: 0, instances: 2),
        .endTraining(model: 0, pool: 0, instances: 2), .replace(model: 0),
      ])
    #expect(run.value("retrainings") == 4)
    #expect(run.value("promotions") == 4)
    #expect(
      run.entries(.training).first?.detail.contains("version 1 learns from 600k rows") == true)
  }

  @Test func rowsAreCappedByWhatArrives() {
    // A share of 10 % of one request a second over a week, without a declared rate of labels.
    var model = L.model(retraining: L.weekly)
    model.training?.labelRate = nil
    let run = LifecycleRun(L.system([L.task(share: 0.1)], [model], days: 8))
    run.run()
    #expect(abs(run.version().rows - 60_480) < 10)
    #expect(abs(run.labelsArrived(by: L.day(8)) - 69_120) < 10)
  }

  @Test func labelsAreCountedWhenTheyArrive() {
    var model = L.model()
    model.training?.labelRate = nil
    let run = LifecycleRun(L.system([L.task(delay: 2, share: 0.5)], [model], days: 10))
    run.run()
    #expect(abs(run.labelsArrived(by: L.day(10)) - 8 * 43_200) < 10)
  }

  @Test func theWarmUpIsNotCounted() {
    let drift = Drift.sudden(at: L.day(5), cosine: 0)
    let run = LifecycleRun(L.system([L.task([drift])], [L.model()], days: 10, warmUp: 5))
    run.run()
    #expect(run.value("auc").map { abs($0 - 0.5) < 0.02 } == true)
  }

  @Test func rulesKeepTheirQualityAndAnswerInPlaceOfAModel() {
    var rule = ModelPlan(name: "rule", task: 0, fixedAUC: 0.7)
    rule.features = 0
    var system = L.system([L.task([.sudden(at: L.day(1), cosine: 0)])], [L.model(), rule], days: 2)
    system.services = [LifecycleRunTests.service(model: 0)]
    system.routes = [Route(name: "r", steps: [0], fallback: 1)]
    let run = LifecycleRun(system, fallbackShare: 0.25)
    run.run()
    #expect(run.value("auc", of: "rule") == 0.7)
    // Three quarters from the model (0.85, then 0.5), one from the rule.
    let expected = 0.75 * (0.85 + 0.5) / 2 + 0.25 * 0.7
    #expect(run.value("auc").map { abs($0 - expected) < 0.01 } == true)
  }

  @Test func sameSeedSameTimelineAndOtherTasksDoNotDisturb() {
    let drifts: [Drift] = [.wandering(memory: L.days(60)), .sudden(at: L.day(9), cosine: 0.8)]
    let model = L.model(
      rows: 5000, monitors: [.performance(drop: 0.02, every: L.days(1), rows: 1000)],
      retraining: RetrainingPlan(every: L.days(7), onAlarm: true, cooldown: L.days(1)))
    var other = L.task([.wandering(memory: L.days(3))])
    other.name = "another"
    var stranger = model
    stranger.name = "stranger"
    stranger.task = 1
    let alone = LifecycleRun(L.system([L.task(drifts)], [model]), seed: 7)
    let again = LifecycleRun(L.system([L.task(drifts)], [model]), seed: 7)
    let joined = LifecycleRun(L.system([L.task(drifts), other], [model, stranger]), seed: 7)
    alone.run()
    again.run()
    joined.run()
    #expect(alone.timeline == again.timeline)
    #expect(alone.value("auc") == again.value("auc"))
    #expect(alone.value("auc") == joined.value("auc"))
    #expect(alone.timeline.count > 3)
  }

  /// Differences of the mean AUC of two variants on the same paths.
  private func differences(_ a: SystemModel, _ b: SystemModel, count: Int) -> [Double] {
    (0..<count).map { replication in
      let one = LifecycleRun(a, seed: 21, replication: replication)
      let other = LifecycleRun(b, seed: 21, replication: replication)
      one.run()
      other.run()
      return (one.value("auc") ?? 0) - (other.value("auc") ?? 0)
    }
  }

  @Test func labelsWithoutDelayNeverHurt() {
    func system(_ delay: Double) -> SystemModel {
      L.system(
        [L.task([.wandering(memory: L.days(40))], delay: delay)],
        [L.model(rows: 20_000, retraining: L.weekly)], days: 35)
    }
    let interval = ConfidenceInterval.ofMean(
      differences(system(0), system(6), count: 12), level: 0.99)
    // Six days of a memory of 40 cost about 14 % of the cosine.
    #expect(interval.low > 0)
  }

  /// With equal numbers of labels a world that stands still rewards no retraining: the 99.9 %
  /// interval of the difference holds 0.
  @Test func retrainingAStandingWorldGainsNothing() {
    let often = L.system([L.task()], [L.model(rows: 2000, retraining: L.weekly)], days: 35)
    let never = L.system([L.task()], [L.model(rows: 2000)], days: 35)
    let interval = ConfidenceInterval.ofMean(
      differences(often, never, count: 30), level: 0.999)
    #expect(interval.contains(0))
    #expect(interval.high - interval.low < 0.01)
  }

  @Test func aModelWithoutTaskStillRollsOut() {
    var model = L.model(retraining: L.weekly)
    model.task = nil
    let run = LifecycleRun(L.system([], [model]))
    run.run()
    #expect(run.value("retrainings") == 4)
    #expect(run.value("auc") == nil)
  }
}

/// What tests of the learning plane need of the serving side.
enum LifecycleRunTests {
  static func service(model: Int) -> Service {
    Service(
      name: "s", kind: .lookup(LookupPlan(latency: .constant(0.001))),
      replicas: ReplicaPolicy(initial: 1, minimum: 1, maximum: 1), model: model)
  }
}
