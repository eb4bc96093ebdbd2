import MLSystem
import Quantities
import Randomness
import Testing

/// People, challengers and what a model is held against.
@Suite("Baselines, reviews and challengers")
struct BaselineTests {
  typealias L = Lifecycle

  private func people(
    staff: Int, accuracy: Double = 0.95, hours: BusinessHours = .always
  ) -> ModelPlan {
    var plan = ModelPlan(name: "people", task: 0, fixedAUC: accuracy)
    plan.people = PeoplePlan(
      staff: staff, perHour: 60, hours: hours, accuracy: accuracy, wage: Money.dollars("30"),
      perReview: Money.dollars("0.5"))
    return plan
  }

  private func run(
    _ review: ReviewPlan, staff: Int, hours: BusinessHours = .always, days: Double = 28
  ) -> LifecycleRun {
    var model = L.model()
    model.review = review
    let run = LifecycleRun(
      L.system([L.task()], [model, people(staff: staff, hours: hours)], days: days))
    run.run()
    return run
  }

  /// 360 of 3,600 predictions an hour go to people who do 120: a third is looked at, after a queue
  /// of 1,000 that takes 8.3 hours.
  @Test func aQueueThatPeopleCannotKeepUpWith() throws {
    let found = run(
      ReviewPlan(by: 1, share: 0.1, pick: .random, limit: 1000, overflow: .model), staff: 2)
    let (done, overflow) = (
      try #require(found.value("review.done")), try #require(found.value("review.overflow"))
    )
    #expect(abs(done - 1.0 / 3) < 0.01)
    #expect(abs(done + overflow - 1) < 0.01)
    #expect(found.value("review.queue").map { abs($0 / 1000 - 1) < 0.02 } == true)
    #expect(found.value("review.wait").map { abs($0 / (1000 / 120 * 3600) - 1) < 0.05 } == true)
    #expect(found.plane.reviews(of: 0) == 120 * 28 * 24)
    #expect(found.plane.reviewHours(of: 0) == 2 * 28 * 24)
  }

  /// Enough people for everything: a tenth of the decisions is right with 95 %, the others as
  /// before.
  ///
  /// In working hours alone they are paid for 40 of 168 hours.
  @Test func peopleDecideBetterWhereTheModelDoesNotKnow() throws {
    let random = run(
      ReviewPlan(by: 1, share: 0.1, pick: .random, limit: 1_000_000, overflow: .model), staff: 10)
    let own = try #require(random.value("accuracy"))
    let joined = try #require(random.value("review.accuracy"))
    #expect(abs(joined - (0.9 * own + 0.1 * 0.95)) < 1e-3)
    #expect(random.value("review.wait").map { $0 < 1 } == true)
    let uncertain = run(
      ReviewPlan(by: 1, share: 0.1, pick: .uncertain, limit: 1_000_000, overflow: .model),
      staff: 10)
    // Near the threshold every second decision is wrong, so people put most of a tenth right.
    let gain = try #require(uncertain.value("review.accuracy")) - own
    #expect(gain > 0.038 && gain < 0.1 * 0.45)
    let weekdays = BusinessHours(days: (0..<7).map { $0 < 5 }, opens: 9 * 3600, closes: 17 * 3600)
    let shift = run(
      ReviewPlan(by: 1, share: 0.1, pick: .random, limit: 1_000_000, overflow: .model),
      staff: 30, hours: weekdays)
    #expect(shift.plane.reviewHours(of: 0) == 30 * 40 * 4)
    // What comes over a weekend waits for Monday.
    #expect(shift.value("review.wait").map { $0 > 10 * 3600 && $0 < 40 * 3600 } == true)
  }

  @Test func theBandAroundTheThresholdHoldsTheErrors() {
    let quality = BinormalQuality(auc: 0.85, positives: 0.3)
    let best = quality.bestThreshold
    // All scores: the accuracy itself. A thin band at the best threshold: a coin.
    #expect(abs(quality.accuracy(nearest: 1, to: best) - quality.accuracy(threshold: best)) < 1e-9)
    #expect(abs(quality.accuracy(nearest: 1e-6, to: best) - 0.5) < 1e-4)
    // By quadrature of the two densities over the band that holds a fifth.
    var (inside, right, width) = (0.0, 0.0, 0.0)
    let step = 1e-4
    while inside < 0.2 {
      for side in [-1.0, 1] {
        let score = best + side * (width + step / 2)
        let positive = 0.3 * PortableMath.normalDensity(score - quality.distance / 2) * step
        let negative = 0.7 * PortableMath.normalDensity(score + quality.distance / 2) * step
        inside += positive + negative
        right += side > 0 ? positive : negative
      }
      width += step
    }
    #expect(abs(quality.accuracy(nearest: 0.2, to: best) - right / inside) < 1e-3)
  }

  @Test func aModelIsHeldAgainstTheNamedBaseline() throws {
    var system = L.system(
      [L.task()], [L.model(), ModelPlan(name: "rule", task: 0, fixedAUC: 0.7)], days: 3)
    system.baseline = 1
    let run = LifecycleRun(system)
    run.run()
    let auc = try #require(run.value("auc"))
    #expect(run.value("lift").map { abs($0 - (auc / 0.7 - 1)) < 1e-9 } == true)
    #expect(run.value("baseline-ratio").map { abs($0 - 0.7 / auc) < 1e-9 } == true)
    #expect(run.value("over-random").map { abs($0 - (auc / 0.5 - 1)) < 1e-9 } == true)
    #expect(run.value("lift", of: "rule") == nil)
  }

  @Test func aRankingIsComparedByItsClicks() throws {
    var task = L.task()
    task.kind = .ranking(candidates: 10, depth: 1)
    var system = L.system(
      [task], [L.model(), ModelPlan(name: "rule", task: 0, fixedAUC: 0.7)], days: 3)
    system.baseline = 1
    let run = LifecycleRun(system)
    run.run()
    let ours = BinormalQuality(auc: 0.85, positives: 0.3).bestOf(10)
    let theirs = BinormalQuality(auc: 0.7, positives: 0.3).bestOf(10)
    // The version's own noise costs a few ten-thousandths.
    #expect(run.value("lift").map { abs($0 - (ours / theirs - 1)) < 0.003 } == true)
    #expect(run.value("over-random").map { abs($0 - (ours / 0.3 - 1)) < 0.003 } == true)
  }

  private func challenged(turn: Double, labels: Double = 20_000) -> LifecycleRun {
    var model = L.model(
      window: 2, speed: .infinity,
      retraining: RetrainingPlan(
        every: nil, onAlarm: false, cooldown: .zero,
        triggers: [TrainingTrigger(.at([L.day(8), L.day(8.25), L.day(9.5)]))]))
    model.challenger = ChallengerPlan(labels: labels, confidence: 0.95, every: L.days(1))
    let run = LifecycleRun(
      L.system([L.task([.sudden(at: L.day(5), cosine: turn)])], [model], days: 11))
    run.run()
    return run
  }

  @Test func aChallengerThatKnowsTheNewWorldWins() throws {
    let run = challenged(turn: 0.3)
    let records = run.plane.versions()
    // The training of day 8.25 does not begin, for a trial goes on until day 9.
    #expect(records.map(\.number) == [0, 1, 2])
    #expect(records[1].history.map(\.status) == [.trained, .production])
    #expect(records[1].history.last?.at == L.day(9))
    #expect(records[1].gates.map(\.gate) == ["challenger"])
    #expect(records[0].status == .retired)
    // Both learnt the same world at last, so the third only mirrors.
    #expect(records[2].status == .retired || records[2].status == .trained)
  }

  @Test func aTrialWaitsForItsLabels() {
    let run = challenged(turn: 0.3, labels: 300_000)
    // 86,400 a day: four days, beyond the end of the run.
    #expect(run.plane.versions().map(\.status) == [.production, .trained])
  }
}
