import MLSystem
import Quantities
import Randomness
import Scenarios
import Syntax
import Testing

/// How trainings and what starts them are written.
@Suite struct TrainingLanguageTests {
  private func scenario(_ retraining: String, training: String = "", model: String = "") -> String {
    minimal(
      """
      tasks: { click: { positives: "10 %", bestQuality: { auc: 0.8 } } },
      models: {
        clicks: {
          task: "click", features: 5,
          training: { rows: "1M", window: "28d", on: "gpu", speed: "1k rows/s", \(training) },
          monitors: ["psi-0.2-top10"], retraining: \(retraining), \(model)
        },
      },
      """, service: "serves: \"clicks\",")
  }

  private func plan(_ text: String) throws -> ModelPlan {
    let set = try Scenario.load(named: "s.json5", bytes: Array(text.utf8), files: files([:]))
    return try #require(try set.base.assemble(replication: 0).models.first)
  }

  @Test func `presets of retraining say what they mean`() throws {
    func rules(_ preset: String) throws -> [TrainingTrigger] {
      try plan(scenario("\"\(preset)\"")).retraining.triggers
    }
    let weekly = try plan(scenario("\"weekly-plus-daily\"")).retraining
    #expect(weekly.every == .days(7))
    #expect(
      weekly.triggers == [TrainingTrigger(.schedule(every: .days(1)), train: .incremental)])
    #expect(try rules("performance-24h") == [TrainingTrigger(.performance(lasting: .hours(24)))])
    #expect(try rules("drift-top10") == [TrainingTrigger(.drift(lasting: .zero))])
    guard case .costAware(let rule) = try rules("cost-aware").first?.rule else {
      Issue.record("no cost-aware trigger")
      return
    }
    #expect(rule.price == 50 && rule.usesLabels)
    // $10,000 a month of 365.25/12 days.
    #expect(abs(rule.worth * 365.25 / 12 - 10_000) < 1e-6)
  }

  @Test func `triggers are read with what they start`() throws {
    let text = scenario(
      """
      { combine: "all", train: "warm-start", every: "3d",
        triggers: [{ kind: "volume", labels: "10k", train: "incremental" },
          { kind: "manual", at: ["10 min", "0d 00:20"] }] }
      """)
    let read = try plan(text).retraining
    #expect(read.needsAll && read.train == .warmStart)
    #expect(
      read.triggers == [
        TrainingTrigger(.volume(labels: 10_000), train: .incremental),
        TrainingTrigger(
          .at([.start + Duration.seconds(600), .start + Duration.seconds(1200)])),
      ])
  }

  @Test func `windows by name, students and ensembles`() throws {
    let best = scenario("\"weekly\"").replacing("window: \"28d\"", with: "window: \"best\"")
    #expect(try plan(best).training?.takesBestWindow == true)
    let months = scenario("\"weekly\"")
      .replacing("window: \"28d\"", with: "window: \"latest-3-months\"")
    #expect(try plan(months).training?.window == .days(91))
    let training = try plan(
      scenario(
        "\"weekly\"",
        training:
          "ensemble: 3, memory: '9d', checkpointEvery: '30 min', "
          + "distillation: { loss: 0.01, speedUp: '5x' },"
      )
    ).training
    #expect(training?.ensemble == 3)
    #expect(training?.checkpointEvery == .minutes(30))
    #expect(training?.memory == .days(9))
    #expect(training?.distillation == Distillation(loss: 0.01, speedUp: 5, takes: 0.2))
  }

  @Test func `mistakes of triggers are found where they stand`() {
    expect(
      scenario("{ triggers: [{ kind: 'manual', at: ['10 min', «1»'2h'] }] }"),
      Finding(1, .afterHorizon, "the horizon ends before this"))
    expect(
      scenario(
        "{ triggers: [{ kind: 'cost-aware', price: '$5', worth: '$1/month', by: «1»'age' }] }"),
      Finding(
        1, .notSimulated, "the concept of `click` never wanders, so age costs nothing",
        help: "write by: \"labels\""))
    expect(
      scenario("{ triggers: [{ kind: «1»'volumes', labels: '5k' }] }"),
      Finding(1, .unknownKind, "`volumes` is no kind of trigger", help: "did you mean `volume`?"))
    expect(
      scenario("\"drift-top10\"").replacing("monitors: [\"psi-0.2-top10\"],", with: "")
        .replacing("retraining:", with: "«1»retraining:"),
      Finding(1, .missingKey, "nothing can alarm: model `clicks` has no monitors"))
  }

  @Test func `pipelines and gates are read`() throws {
    let text = scenario(
      "\"weekly\"",
      model: """
        pipeline: { validate: "10 min", evaluate: { takes: "20 min", fails: "1 %" },
          environment: "notebook", price: "$4",
          gates: { preset: "promotion-gates", confidence: "95 %" } },
        """)
    let model = try plan(text)
    let pipeline = model.pipeline
    #expect(pipeline.validate == .init(takes: .constant(600)))
    #expect(pipeline.evaluate == .init(takes: .constant(1200), fails: 0.01))
    #expect(pipeline.register == nil)
    #expect(pipeline.mismatch == 0.3 && pipeline.retries == 2)
    #expect(pipeline.price == Money.dollars("4"))
    #expect(pipeline.gates?.margin == 0 && pipeline.gates?.confidence == 0.95)
    #expect(pipeline.gates?.golden == .init(rows: 2000, drop: 0.02))
    #expect(pipeline.gates?.approval?.hours.description == "weekdays 09:00-17:00")
    // What is evaluated keeps the newest tenth for the test.
    #expect(model.training?.split == TrainingSplit(train: 0.8, test: 0.1, isByTime: true))
    let plain = try plan(scenario("\"weekly\""))
    #expect(plain.pipeline == .bare && plain.training?.split == nil)
  }

  @Test func `mistakes of pipelines are found where they stand`() {
    expect(
      scenario("\"weekly\"", training: "split: «1»\"8:2 by time\","),
      Finding(
        1, .badThreshold, "`8:2 by time` is no split of the labels",
        help: "write \"8:1:1 by time\" or \"8:1:1 at random\""))
    expect(
      scenario(
        "\"weekly\"",
        model: "pipeline: { gates: { approval: { hours: «1»\"nine to five\" } } },"),
      Finding(1, .badThreshold, "`nine to five` does not say when people work"))
    expect(
      scenario("\"weekly\"", training: "machines: «1»4,")
        .replacing("region: \"us-east-1\",", with: "region: \"us-east-1\", quota: 3,"),
      Finding(
        1, .outOfRange, "a training takes 4 machines, and pool `gpu` gives 3 at most"))
  }

  private let analysts = """
    analysts: { task: "click", people: { staff: 3, perHour: 20, accuracy: "96 %", wage: "$35/h" } },
    """

  @Test func `people, reviews, challengers and baselines are read`() throws {
    let text = scenario(
      "\"weekly\"",
      model: """
        review: { by: "analysts", share: "2 %", overflow: "drop" },
        challenger: { labels: "20k" },
        """
    ).replacing("models: {", with: "budget: { limit: '$5/month', baseline: 'analysts' }, models: {")
    let whole = text.replacing("clicks: {", with: analysts + " clicks: {")
    let set = try Scenario.load(
      named: "s.json5",
      bytes: Array(
        whole.replacing(
          "horizon: \"1h\",",
          with: "horizon: \"1h\", thresholds: ['clicks.lift > 5 %', 'clicks.review.wait < 2h'],"
        ).utf8), files: files([:]))
    let system = try set.base.assemble(replication: 0)
    #expect(system.baseline == 0)
    #expect(system.models[0].fixedAUC == 0.96)
    #expect(system.models[0].people?.wage == Money.dollars("35"))
    #expect(
      system.models[1].review
        == ReviewPlan(
          by: 0, share: 0.02, pick: .uncertain, limit: 1_000_000, overflow: .drop))
    #expect(
      system.models[1].challenger
        == ChallengerPlan(labels: 20_000, confidence: 0.95, every: .days(1)))
  }

  @Test func `mistakes about people are found where they stand`() {
    expect(
      scenario("\"weekly\"", model: "review: { by: «1»'clicks', share: '2 %' },"),
      Finding(
        1, .conflictingKeys, "model `clicks` has no people who could review",
        help: "add people: { perHour: 30, accuracy: \"96 %\" } to it"))
    expect(
      scenario("\"weekly\"").replacing(
        "models: {",
        with: "models: { crew: { task: 'click', people: { perHour: 9, accuracy: '90 %' }, "
          + "«1»quality: { auc: 0.8 } },"),
      Finding(
        1, .conflictingKeys, "people are never trained: `quality` has no meaning",
        help: "take `quality` away"))
  }
}
