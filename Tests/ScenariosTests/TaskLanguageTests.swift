import MLSystem
import Quantities
import Scenarios
import Syntax
import Testing

/// How worlds are written: kinds of tasks, segments, drift, what answers are worth.
@Suite struct TaskLanguageTests {
  private func scenario(_ task: String, model: String = "features: 5") -> String {
    minimal(
      """
      tasks: { click: { positives: '10 %', \(task) } },
      models: { clicks: { task: 'click', \(model) } },
      """, service: "serves: 'clicks',")
  }

  private func task(_ text: String) throws -> PredictionTask {
    let set = try Scenario.load(
      named: "s.json5", bytes: Array(scenario(text).utf8), files: files([:]))
    return try #require(try set.base.assemble(replication: 0).tasks.first)
  }

  private static func minute(_ minutes: Double) -> Instant { .start + .seconds(minutes * 60) }

  @Test func `every kind of drift is read`() throws {
    let read = try task(
      """
      bestQuality: { auc: 0.8 }, featureNames: ['price', 'age'],
      segments: { old: { share: '70 %' }, new: { positives: '5 %', bestQuality: { auc: 0.7 },
        correlation: 0.5 } },
      drift: [
        { kind: 'wandering', memory: '150d', segment: 'new' },
        { kind: 'gradual', at: '5 min', over: '20 min', cosine: 0.6 },
        { kind: 'incremental', at: '5 min', over: '20 min', steps: 4, cosine: 0.6 },
        { kind: 'recurring', amplitude: 0.3, period: '7d', segment: 'old' },
        { kind: 'seasonal', period: '365d', peak: '3 min', positives: 0.2, separability: -0.1 },
        { kind: 'labels', at: '10 min', over: '5 min', positives: '20 %' },
        { kind: 'separability', at: '10 min', bestQuality: { auc: 0.75 } },
        { kind: 'covariate', at: '1 min', features: [4, 'age'], shift: '0.5 sd' },
      ]
      """)
    #expect(
      read.segments == [
        TaskSegment(name: "old", share: 0.7, positives: 0.1, bestAUC: 0.8, correlation: 1),
        TaskSegment(
          name: "new", share: 1 - 0.7, positives: 0.05, bestAUC: 0.7, correlation: 0.5),
      ])
    let five = Self.minute(5)
    #expect(
      read.drifts == [
        .within(segment: 1, .wandering(memory: .days(150))),
        .gradual(at: five, over: .seconds(1200), cosine: 0.6),
        .incremental(at: five, over: .seconds(1200), steps: 4, cosine: 0.6),
        .within(segment: 0, .recurring(amplitude: 0.3, period: .days(7))),
        .seasonal(
          period: .days(365), peak: Self.minute(3), positives: 0.2, separability: -0.1),
        .labelShift(at: Self.minute(10), over: .seconds(300), positives: 0.2),
        .separability(at: Self.minute(10), over: .zero, auc: 0.75),
        .covariate(at: Self.minute(1), features: .numbered([3, 1]), shift: 0.5),
      ])
  }

  @Test func `kinds of tasks and their qualities`() throws {
    #expect(
      try task("kind: 'ranking', candidates: 50, depth: 5, bestQuality: { auc: 0.8 }").kind
        == .ranking(candidates: 50, depth: 5))
    let regression = try task("kind: 'regression', deviation: 12, bestQuality: { r2: 0.64 }")
    #expect(regression.kind == .regression(deviation: 12))
    #expect(abs(regression.kind.distance(ofAUC: regression.bestAUC) - 0.8) < 1e-9)
    let generation = try task(
      "kind: 'generation', refused: '3 %', invalid: '1 %', bestQuality: { right: '85 %' }")
    let distance = generation.kind.distance(ofAUC: generation.bestAUC)
    let right = ScoreMixture.forcedChoice(distance: distance, alternatives: 10)
    #expect(abs(right - 0.85) < 1e-9)
  }

  @Test func `what answers are worth`() throws {
    func value(_ text: String, _ kind: String = "classification") throws -> TaskValue? {
      let quality = kind == "regression" ? "r2: 0.5" : "auc: 0.8"
      return try task("kind: '\(kind)', bestQuality: { \(quality) }, value: \(text)").value
    }
    #expect(try value("'$0.02/click'") == .perOutcome(0.02))
    #expect(
      try value("{ truePositive: '$90', falsePositive: '$10', falseNegative: '$400' }")
        == .cells(
          truePositive: 90, falsePositive: -10, falseNegative: -400, trueNegative: 0))
    #expect(
      try value("{ offer: '$20', saved: '$300', success: '30 %' }")
        == .churn(offer: 20, saved: 300, success: 0.3))
    #expect(try value("{ perError: '$2' }", "regression") == .perUnitOfError(2))
    #expect(
      try value("{ right: '$1', wrong: '$4', refused: '$0.5' }", "generation")
        == .outcomes(right: 1, wrong: -4, refused: -0.5, invalid: 0))
  }

  @Test func `mistakes of tasks are found where they stand`() {
    expect(
      scenario("bestQuality: { auc: 0.8, «1»right: '80 %' }"),
      Finding(1, .conflictingKeys, "one figure says how good predictions are, not 2"))
    expect(
      scenario("bestQuality: { «1»r2: 0.5 }"),
      Finding(1, .conflictingKeys, "`r2` is for a regression, and this is a classification"))
    expect(
      scenario("bestQuality: «1»{ }"),
      Finding(1, .missingKey, "`auc` is missing in `bestQuality`", help: "add auc: 0.85"))
    expect(
      scenario(
        "bestQuality: { auc: 0.8 }, «1»segments: { a: { share: '70 %' }, b: { share: '20 %' } }"),
      Finding(1, .badShares, "the shares of the segments add up to 90 %, not 100 %"))
    expect(
      scenario(
        """
        bestQuality: { auc: 0.8 }, segments: { new: { share: '20 %' }, old: {} },
        drift: [{ kind: 'sudden', at: '5 min', cosine: 0.5, segment: «1»'now' }]
        """),
      Finding(
        1, .unknownName, "task `click` has no segment `now`", help: "did you mean `new`?"))
    expect(
      scenario(
        """
        bestQuality: { auc: 0.8 }, featureNames: ['price'],
        drift: [{ kind: 'covariate', at: '5 min', features: [«1»'prize'], shift: '1 sd' }]
        """),
      Finding(
        1, .unknownName, "task `click` names no feature `prize`", help: "did you mean `price`?"))
    expect(
      scenario("bestQuality: { auc: 0.8 }, value: { «1»right: '$1' }"),
      Finding(1, .conflictingKeys, "`right` is for a generation, and this is a classification"))
    expect(
      scenario("bestQuality: { auc: 0.8 }, value: { falsePositive: '$1', «1»saved: '$1' }"),
      Finding(1, .conflictingKeys, "`saved` is of another kind of value than the keys before it"))
  }
}
