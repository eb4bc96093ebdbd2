import MLSystem
import Quantities
import Randomness
import Testing

/// Gates err as often as the normal law of their measurements says.
@Suite("Promotion gates")
struct GateTests {
  typealias L = Lifecycle

  /// A model that is trained once at day 5, on 400 rows of one label a second, tested on the newest
  /// tenth of a day.
  private func system(
    _ gates: GatePlan, rows: Double = 400, drifts: [Drift] = [], bad: BadVersions? = nil
  ) -> SystemModel {
    var model = L.model(
      window: 1, rows: rows, speed: .infinity,
      retraining: RetrainingPlan(
        every: nil, onAlarm: false, cooldown: .zero,
        triggers: [TrainingTrigger(.at([L.day(5)]))]), badVersions: bad)
    model.training?.split = TrainingSplit(train: 0.8, test: 0.1, isByTime: true)
    model.pipeline = PipelinePlan(evaluate: .init(takes: .constant(600)), gates: gates)
    return L.system([L.task(drifts)], [model], days: 6)
  }

  /// What one run decided, and what it should have: the true gain and its standard error.
  private struct Trial {
    var isPassed: Bool
    /// The measured gain less the true one, and its standard error.
    var flattery: Double
    var deviation: Double
    var chance: Double
    /// What the flattery of those that pass is on average: σφ(a)/Φ(a) above the line a.
    var expectedFlattery: Double
  }

  private func trial(_ gates: GatePlan, replication: Int) throws -> Trial {
    let run = LifecycleRun(system(gates), replication: replication)
    run.run(until: L.day(4.99))
    let old = run.version()
    // The world stands still, so the version can be learnt again from the same labels.
    run.run(until: L.day(5.5))
    let learnt = run.plane.learn(0, .full, number: 1, cut: L.day(5).nanoseconds)
    let lesson = try #require(learnt)
    let best = BinormalQuality(auc: 0.85, positives: 0.3)
    func area(_ version: ModelVersion) -> Double {
      BinormalQuality.auc(ofDistance: best.distance * version.direction[0] / version.length)
    }
    let rows = HoldoutRows(positives: 8640 * 0.3, negatives: 8640 * 0.7)
    let (new, before) = (area(lesson.version), area(old))
    let deviation = rows.deviation(
      ofDifference: new, before, correlation: lesson.version.cosine(with: old))
    var limit = gates.margin ?? 0
    if let confidence = gates.confidence {
      limit += PortableMath.normalQuantile(confidence) * deviation
    }
    let record = try #require(run.plane.versions().last)
    let place = (new - before - limit) / deviation
    let chance = PortableMath.normalCDF(place)
    return Trial(
      isPassed: record.gates.allSatisfy(\.isPassed),
      flattery: (record.gates.first?.measured ?? 0) - (new - before), deviation: deviation,
      chance: chance,
      expectedFlattery: deviation * PortableMath.normalDensity(place) / max(chance, 1e-300))
  }

  /// 300 gates: the number that passes is a sum of independent trials with known chances; a bound
  /// of 3.3 deviations is missed once in a thousand.
  @Test(arguments: [(0.0, nil as Double?), (0.0, 0.95), (-0.01, nil), (0.005, nil)])
  func gatesPassAtTheirRate(margin: Double, confidence: Double?) throws {
    let gates = GatePlan(margin: margin, confidence: confidence)
    var (passed, expected, variance) = (0.0, 0.0, 0.0)
    var (falselyRefused, shouldBeRefused) = (0.0, 0.0)
    var (flattery, expectedFlattery, spread) = (0.0, 0.0, 0.0)
    for replication in 0..<300 {
      let trial = try trial(gates, replication: replication)
      if trial.isPassed {
        passed += 1
        flattery += trial.flattery
        expectedFlattery += trial.expectedFlattery
        spread += trial.deviation * trial.deviation
      } else if trial.chance > 0.5 {
        falselyRefused += 1
      }
      if trial.chance > 0.5 { shouldBeRefused += 1 - trial.chance }
      expected += trial.chance
      variance += trial.chance * (1 - trial.chance)
    }
    #expect(abs(passed - expected) < 3.3 * variance.squareRoot())
    #expect(abs(falselyRefused - shouldBeRefused) < 3.3 * variance.squareRoot())
    #expect(variance > 1)
    // The winner's curse: those that pass looked better than they are, by the truncated normal
    // law, whose variance is below that of the whole one.
    #expect(abs(flattery - expectedFlattery) < 3.3 * spread.squareRoot())
    #expect(expectedFlattery > 0)
  }

  /// The error of an area is normal with Hanley and McNeil's deviation, and that of a difference is
  /// smaller by what the versions share: 4,000 sets of rows, bounds of 3.3 deviations.
  @Test func errorsOnTheSameRowsAreShared() {
    var one = ModelVersion(number: 1)
    one.direction = Array(repeating: 0, count: World.dimensions)
    one.direction[0] = 1
    one.setLength()
    var other = one
    other.number = 2
    other.direction[1] = 1
    other.rest = 0.5
    other.setLength()
    let cosine = 1 / 2.5.squareRoot()
    #expect(abs(one.cosine(with: other) - cosine) < 1e-12)
    let stream = StreamFamily(seed: 3, replication: 0).counter("rows")
    let rows = HoldoutRows(positives: 300, negatives: 700)
    var (sum, square, both) = (0.0, 0.0, 0.0)
    let count = 4000
    for key in 0..<count {
      let noise = HoldoutNoise(stream, key: UInt64(key))
      let a = noise.measured(0.8, of: one, rows) - 0.8
      let b = noise.measured(0.8, of: other, rows) - 0.8
      sum += a
      square += (a - b) * (a - b)
      both += b * b
    }
    let deviation = rows.deviation(of: 0.8)
    let difference = rows.deviation(ofDifference: 0.8, 0.8, correlation: cosine)
    // A variance over n normal draws has the relative deviation √(2/n).
    let bound = 3.3 * (2 / Double(count)).squareRoot()
    #expect(abs(square / Double(count) / (difference * difference) - 1) < bound)
    #expect(abs(both / Double(count) / (deviation * deviation) - 1) < bound)
    #expect(abs(sum / Double(count)) < 3.3 * deviation / Double(count).squareRoot())
  }

  @Test func aGoldenSetRefusesWhatHasLearntANewWorld() throws {
    // The concept turns at day 2. The new version knows it, and is worthless on rows of day 0.
    let turned = [Drift.sudden(at: L.day(2), cosine: 0)]
    func records(_ gates: GatePlan) -> [VersionRecord] {
      let run = LifecycleRun(system(gates, rows: 1e6, drifts: turned))
      run.run()
      return run.plane.versions()
    }
    let free = try #require(records(GatePlan(margin: 0)).last)
    #expect(free.status == .production)
    let golden = GatePlan.GoldenSet(rows: 2000, drop: 0.02)
    let held = try #require(records(GatePlan(margin: 0, golden: golden)).last)
    #expect(held.status == .refused)
    #expect(held.gates.map(\.isPassed) == [true, false])
    // From 0.85 to 0.5 on the old rows, with a standard error of 0.016.
    #expect(held.gates.last?.measured.map { abs($0 + 0.35) < 0.06 } == true)
  }

  @Test func aLoadTestFindsWhatNoHoldoutShows() {
    let load = GatePlan(load: .init(requests: 2000, errors: 0.01, slowdown: 2))
    func refused(_ bad: BadVersions) -> Double? {
      let run = LifecycleRun(system(load, bad: bad))
      run.run()
      return run.value("refused")
    }
    // 2,000 requests at 5 % show 100 errors, fewer than 20 once in 10^25.
    #expect(refused(BadVersions(chance: 1, errors: 0.05)) == 1)
    #expect(refused(BadVersions(chance: 1, latency: 3)) == 1)
    #expect(refused(BadVersions(chance: 1, latency: 1.5, auc: -0.1)) == 0)
  }

  /// With 1,300 positives of each segment the measured ratio of two rates errs by 0.04 or so.
  @Test(arguments: [(0.0, 1.0, true), (-0.35, 0.5, false)])
  func theFairnessGateRefusesHalfOfASegmentsRate(
    loss: Double, ratio: Double, isPassed: Bool
  ) throws {
    var system = system(GatePlan(fairness: 0.8), rows: 1e6)
    system.tasks[0].segments = ["one", "other"].map {
      TaskSegment(name: $0, share: 0.5, positives: 0.3, bestAUC: 0.85, correlation: 1)
    }
    let run = LifecycleRun(system)
    run.run(until: L.day(5) + .minutes(1))
    // What it would lose in the second segment alone: from 56 % of the positives to 28 %.
    run.plane.models[0].trainings.run?.version?.segmentAUC = [0, loss]
    run.run()
    let record = try #require(run.plane.versions().last)
    let decision = try #require(record.gates.last)
    #expect(decision.gate == "fairness" && decision.isPassed == isPassed)
    #expect(decision.measured.map { abs($0 - ratio) < 0.15 } == true)
    #expect(record.status == (isPassed ? .production : .refused))
  }

  @Test func withoutLabelsNothingBeatsProduction() {
    var model = system(GatePlan(margin: 0)).models[0]
    model.training?.labelRate = 10 / 86_400
    let run = LifecycleRun(L.system([L.task()], [model], days: 6))
    run.run()
    #expect(run.value("refused") == 1)
    #expect(run.entries(.training).contains { $0.detail.contains("too few labels") })
  }
}
