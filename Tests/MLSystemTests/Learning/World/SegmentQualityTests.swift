import MLSystem
import Quantities
import Randomness
import Testing

@Suite("Quality by segment, value and regret")
struct SegmentQualityTests {
  static func task(
    kind: TaskKind = .classification, value: TaskValue? = nil, segments: [TaskSegment] = [],
    drifts: [Drift] = [], bestAUC: Double = 0.85
  ) -> PredictionTask {
    PredictionTask(
      name: "t", positives: 0.3, bestAUC: bestAUC, labels: LabelPlan(delay: .constant(0)),
      drifts: drifts, value: value, kind: kind, segments: segments)
  }

  static func run(_ task: PredictionTask, _ model: ModelPlan, days: Double = 10) -> LifecycleRun {
    let run = LifecycleRun(Lifecycle.system([task], [model], days: days))
    run.run()
    return run
  }

  static func rule(_ auc: Double) -> ModelPlan { ModelPlan(name: "m", task: 0, fixedAUC: auc) }

  static func value(_ metric: String, segment: String, _ run: LifecycleRun) -> Double? {
    for measure in run.plane.measures()
    where measure.name.selector?.value == segment && measure.name.metric == metric {
      if case .ratio(let sum, let over) = measure.value { return sum / over }
    }
    return nil
  }

  /// Replications join by place, so a fallback that was needed in one run only has the same
  /// measures in all of them.
  @Test func aModelThatAnsweredNothingHasTheSameMeasures() {
    let worth = TaskValue.cells(
      truePositive: 9, falsePositive: -1, falseNegative: 0, trueNegative: 0)
    let segments = [
      TaskSegment(name: "a", share: 0.5, positives: 0.3, bestAUC: 0.9, correlation: 1),
      TaskSegment(name: "b", share: 0.5, positives: 0.3, bestAUC: 0.7, correlation: 1),
    ]
    let task = Self.task(value: worth, segments: segments)
    func names(requestsPerSecond: Double) -> [MetricName] {
      let run = LifecycleRun(
        Lifecycle.system([task], [Self.rule(0.8)], days: 10),
        requestsPerSecond: requestsPerSecond)
      run.run()
      return run.plane.measures().map(\.name)
    }
    #expect(names(requestsPerSecond: 0) == names(requestsPerSecond: 1))
  }

  /// A rule of AUC 0.8 with costs: threshold where the odds are 1 : 9, cells by the binormal form,
  /// one request a second for a month of 30.4375 days.
  @Test func cellsArePaidByTheMonth() throws {
    let worth = TaskValue.cells(
      truePositive: 9, falsePositive: -1, falseNegative: 0, trueNegative: 0)
    let run = Self.run(Self.task(value: worth), Self.rule(0.8))
    let quality = BinormalQuality(auc: 0.8, positives: 0.3)
    let threshold =
      -(PortableMath.log(0.3 / 0.7) + PortableMath.log(9)) / quality.distance
    let found = 0.3 * quality.truePositiveRate(threshold: threshold)
    let wronged = 0.7 * quality.falsePositiveRate(threshold: threshold)
    let perRequest = 9 * found - wronged
    let month = 365.25 / 12 * 86_400
    #expect(agrees(try #require(run.value("value.perMonth")), perRequest * month, 1e-6))
    #expect(agrees(try #require(run.value("value.per1k")), perRequest * 1000, 1e-9))
    #expect(agrees(try #require(run.value("precision")), found / (found + wronged), 1e-9))
    #expect(agrees(try #require(run.value("recall")), found / 0.3, 1e-9))
    #expect(run.value("regret") == nil)
    #expect(run.value("lost.perMonth") == nil)
  }

  /// Two segments of one concept, so that a direction is as good in both: only Δ and π differ.
  @Test func segmentsHaveFiguresOfTheirOwn() throws {
    let segments = [
      TaskSegment(name: "a", share: 0.5, positives: 0.3, bestAUC: 0.9, correlation: 1),
      TaskSegment(name: "b", share: 0.5, positives: 0.3, bestAUC: 0.7, correlation: 1),
    ]
    // A year of 86,400 labels a day leaves no noise to speak of: 0.999 of the best distance.
    let run = Self.run(Self.task(segments: segments), Lifecycle.model(window: 100, rows: 1e9))
    let a = try #require(Self.value("auc", segment: "a", run))
    let b = try #require(Self.value("auc", segment: "b", run))
    #expect(abs(a - 0.9) < 2e-3 && abs(b - 0.7) < 2e-3)
    // Any pair of a positive and a negative: half of them from different segments, whose means are
    // half a distance each from the middle.
    let (da, db) = (
      BinormalQuality.distance(ofAUC: 0.9), BinormalQuality.distance(ofAUC: 0.7)
    )
    let mixed = BinormalQuality.auc(ofDistance: (da + db) / 2)
    #expect(abs(try #require(run.value("auc")) - (0.9 / 4 + 0.7 / 4 + mixed / 2)) < 2e-3)
    let ratio = try #require(run.value("fairness"))
    let recallA = try #require(Self.value("recall", segment: "a", run))
    let recallB = try #require(Self.value("recall", segment: "b", run))
    #expect(agrees(ratio, recallB / recallA, 1e-9))
    #expect(ratio < 0.8)
  }

  @Test func aCampaignHurtsOnlyItsSegment() throws {
    let segments = [
      TaskSegment(name: "old", share: 0.8, positives: 0.3, bestAUC: 0.85, correlation: 1),
      TaskSegment(name: "new", share: 0.2, positives: 0.3, bestAUC: 0.85, correlation: 1),
    ]
    let drift = Drift.within(
      segment: 1, .sudden(at: Lifecycle.day(0.5), cosine: 0.3))
    let run = Self.run(
      Self.task(segments: segments, drifts: [drift]), Lifecycle.model(window: 30), days: 20)
    let new = BinormalQuality.auc(ofDistance: 0.3 * BinormalQuality.distance(ofAUC: 0.85))
    #expect(abs(try #require(Self.value("auc", segment: "old", run)) - 0.85) < 3e-3)
    // 39 of 40 parts of the run are after the jump.
    let expected = new + (0.85 - new) / 40
    #expect(abs(try #require(Self.value("auc", segment: "new", run)) - expected) < 0.02)
    #expect(run.entries(.drift).first?.detail.contains("of segment new") == true)
  }

  /// After a jump to an orthogonal concept a model that is never retrained has nothing; the oracle
  /// is back at once.
  @Test func regretIsWhatAnOracleWouldHaveHad() throws {
    let value = TaskValue.perOutcome(1)
    let task = Self.task(
      value: value, drifts: [.sudden(at: Lifecycle.day(0.25), cosine: 0)])
    let stuck = Self.run(task, Lifecycle.model(window: 30), days: 20)
    let regret = try #require(stuck.value("regret"))
    #expect(regret > 0.3 && regret < 0.36)
    let lost = try #require(stuck.value("lost.perMonth"))
    #expect(lost > 0)
    let weekly = Self.run(
      task, Lifecycle.model(window: 7, retraining: Lifecycle.weekly), days: 20)
    #expect(try #require(weekly.value("regret")) < regret / 2)
    #expect(try #require(weekly.value("lost.perMonth")) < lost / 2)
  }

  @Test func everyKindHasItsMetrics() throws {
    let ranking = Self.run(Self.task(kind: .ranking(candidates: 50, depth: 5)), Self.rule(0.8))
    let best = BinormalQuality(auc: 0.8, positives: 0.3).bestOf(50)
    #expect(agrees(try #require(ranking.value("ctr")), best, 1e-8))
    // SciPy, from the binomial law of the ranks.
    #expect(abs(try #require(ranking.value("ndcg")) - 0.7803566584530643) < 1e-8)
    let kind = TaskKind.regression(deviation: 10)
    let regression = Self.run(
      Self.task(kind: kind, bestAUC: kind.auc(ofDistance: 0.8)),
      Lifecycle.model(window: 30, rows: 1e9))
    // R = 0.8 leaves a residual of √(1 - 0.64) deviations; the mean of |N(0, s²)| is s√(2/π).
    #expect(abs(try #require(regression.value("rmse")) - 6) < 0.01)
    let absolute = 6 * (2 / Double.pi).squareRoot()
    #expect(abs(try #require(regression.value("mae")) - absolute) < 0.01)
    let text = TaskKind.generation(alternatives: 10, refused: 0.05, invalid: 0.02)
    let distance = ScoreMixture.distance(ofRight: 0.8, alternatives: 10)
    let generation = Self.run(
      Self.task(
        kind: text, drifts: [.sudden(at: Lifecycle.day(5), cosine: 0.5)],
        bestAUC: text.auc(ofDistance: distance)),
      Self.rule(text.auc(ofDistance: distance)))
    #expect(agrees(try #require(generation.value("resolved")), 0.8 * 0.93, 1e-6))
    #expect(agrees(try #require(generation.value("refusals")), 0.05, 1e-9))
  }

  /// Drift moves mass from right to wrong and leaves refusals alone.
  @Test func driftTurnsRightAnswersWrong() throws {
    let kind = TaskKind.generation(alternatives: 10, refused: 0.05, invalid: 0.02)
    let distance = ScoreMixture.distance(ofRight: 0.8, alternatives: 10)
    let task = Self.task(
      kind: kind, value: .outcomes(right: 1, wrong: -2, refused: 0, invalid: 0),
      drifts: [.sudden(at: .start, cosine: 0.5)], bestAUC: kind.auc(ofDistance: distance))
    let run = Self.run(task, Lifecycle.model(window: 30, rows: 1e9))
    let right = ScoreMixture.forcedChoice(distance: 0.5 * distance, alternatives: 10)
    #expect(abs(try #require(run.value("resolved")) - 0.93 * right) < 0.03)
    let wrong = try #require(run.value("wrong"))
    #expect(abs(wrong + (try #require(run.value("resolved"))) - 0.93) < 1e-9)
    #expect(try #require(run.value("value.perMonth")) < 0)
  }
}
