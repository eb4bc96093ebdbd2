import MLSystem
import Quantities
import Randomness
import Testing

/// What full, warm and incremental trainings, ensembles and students give.
@Suite("Kinds of training")
struct TrainingKindTests {
  typealias L = Lifecycle

  private func daily(_ kind: TrainingKind) -> RetrainingPlan {
    RetrainingPlan(every: L.days(1), onAlarm: false, cooldown: .zero, train: kind)
  }

  private func byHand(_ days: [Double], _ kind: TrainingKind) -> RetrainingPlan {
    RetrainingPlan(
      every: nil, onAlarm: false, cooldown: .zero,
      triggers: [TrainingTrigger(.at(days.map(L.day)), train: kind)])
  }

  @Test func incrementsTendToTwiceTheMemoryInRows() {
    var model = L.model(speed: .infinity, retraining: daily(.incremental))
    model.training?.labelRate = 0.1
    model.training?.memory = L.days(4)
    let run = LifecycleRun(L.system([L.task()], [model], days: 60))
    run.run()
    // 2hλ with λ = 8,640 a day; sums over hours stand for the integral to 1e-5.
    #expect(abs(run.version().rows / (2 * 4 * 8640) - 1) < 0.001)
  }

  /// The closed form of exponential forgetting: m = e^(-age/τ) τ/(τ+h), q = τ/(τ+h), n = 2hλ.
  ///
  /// 60 paths; the mean may be off by 3.3 standard errors (one false alarm in a thousand) and by
  /// the concavity of the normal law, 0.003.
  @Test func incrementsFollowTheClosedForm() {
    let (memory, forgetting, perDay) = (30.0, 5.0, 432.0)
    var model = L.model(speed: .infinity, retraining: daily(.incremental))
    model.training?.labelRate = perDay / 86_400
    model.training?.memory = L.days(forgetting)
    var values: [Double] = []
    for replication in 0..<60 {
      let run = LifecycleRun(
        L.system([L.task([.wandering(memory: L.days(memory))])], [model], days: 41),
        replication: replication)
      run.run(until: L.day(40.5))
      values.append(run.version().auc)
    }
    let best = BinormalQuality(auc: 0.85, positives: 0.3)
    let share = memory / (memory + forgetting)
    let noise =
      19 / ((2 * forgetting * perDay - 20) * best.information * best.distance * best.distance)
    let cosine =
      PortableMath.exp(-0.5 / memory) * share / (share + noise).squareRoot()
    let expected = BinormalQuality.auc(ofDistance: best.distance * cosine)
    let mean = values.reduce(0, +) / 60
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 59
    #expect(abs(mean - expected) < 3.3 * (variance / 60).squareRoot() + 0.003)
  }

  @Test func aWarmStartGoesAPartOfTheWayInAPartOfTheTime() throws {
    // The new concept is orthogonal to the old; 0.001^0.3 = 0.126 of the way is left.
    var model = L.model(window: 5, retraining: byHand([15], .warmStart))
    model.training?.warmEffort = 0.3
    let run = LifecycleRun(
      L.system([L.task([.sudden(at: L.day(5), cosine: 0)])], [model], days: 20))
    run.run()
    let left = PortableMath.exp(0.3 * PortableMath.log(0.001))
    let cosine = (1 - left) / ((1 - left) * (1 - left) + left * left).squareRoot()
    let best = BinormalQuality(auc: 0.85, positives: 0.3)
    let expected = BinormalQuality.auc(ofDistance: best.distance * cosine)
    #expect(abs(run.version().auc - expected) < 0.002)
    let record = try #require(run.plane.versions().last)
    #expect(record.parent == 0 && record.kind == .warmStart)
    // 432,000 rows at 100 a second, times 0.3.
    #expect(abs((record.trainedAt - L.day(15)).seconds - 1296) < 1)
  }

  @Test func anEnsembleHalvesTheNoiseAndDoublesTheWork() {
    // In a world that stands still two versions of 400 rows each are worth one of half the noise.
    let best = BinormalQuality(auc: 0.85, positives: 0.3)
    let noise = 19 / (380 * best.information * best.distance * best.distance)
    let expected = BinormalQuality.auc(ofDistance: best.distance / (1 + noise / 2).squareRoot())
    var model = L.model(rows: 400, retraining: byHand([1], .full))
    model.training?.ensemble = 2
    var values: [Double] = []
    for replication in 0..<100 {
      let run = LifecycleRun(L.system([L.task()], [model], days: 2), replication: replication)
      run.run()
      #expect(run.version().slowdown == 2)
      values.append(run.version().auc)
    }
    let mean = values.reduce(0, +) / 100
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 99
    #expect(abs(mean - expected) < 3.3 * (variance / 100).squareRoot() + 0.001)
  }

  @Test func aStudentLosesWhatIsSaidAndIsFaster() {
    var model = L.model()
    let teacher = LifecycleRun(L.system([L.task()], [model], days: 1))
    model.training?.distillation = Distillation(loss: 0.02, speedUp: 5, takes: 0.2)
    let student = LifecycleRun(L.system([L.task()], [model], days: 1))
    // The teacher's own estimate of its AUC is a little above the truth.
    #expect(abs(teacher.version().auc - student.version().auc - 0.02) < 1e-4)
    #expect(student.version().slowdown == 0.2)
  }

  @Test func theBestWindowIsTheClosedForm() throws {
    var model = L.model(window: 90, speed: .infinity, retraining: L.weekly)
    model.training?.labelRate = 200 / 86_400.0
    model.training?.takesBestWindow = true
    let run = LifecycleRun(
      L.system([L.task([.wandering(memory: L.days(90))])], [model], days: 8))
    run.run()
    let best = BinormalQuality(auc: 0.85, positives: 0.3)
    let scale = 200 * best.information * best.distance * best.distance
    let formula = (1.5 * 90 * 19 / scale).squareRoot()
    let record = try #require(run.plane.versions().last)
    #expect(abs(record.window.days / formula - 1) < 1e-9)
    #expect(abs(record.rows - 200 * formula) < 1)
  }
}
