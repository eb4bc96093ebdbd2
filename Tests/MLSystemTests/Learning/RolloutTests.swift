import MLSystem
import Quantities
import Randomness
import Statistics
import Testing

@Suite("Rollout")
struct RolloutTests {
  typealias L = Lifecycle

  static func canary(_ rules: [RolloutPlan.Rule], minimum: Int = 50) -> RolloutPlan {
    RolloutPlan(
      steps: [
        .init(share: 0.1, hold: .seconds(7200)), .init(share: 0.5, hold: .seconds(3600)),
        .init(share: 1, hold: .zero),
      ], rollbackIf: rules, every: .seconds(60), minimumRequests: minimum)
  }

  static func system(
    _ rollout: RolloutPlan, bad: BadVersions? = nil, days: Double = 8
  ) -> SystemModel {
    L.system(
      [L.task()], [L.model(retraining: L.weekly, rollout: rollout, badVersions: bad)],
      days: days)
  }

  @Test func goodVersionsPassEveryStep() {
    let run = LifecycleRun(
      Self.system(Self.canary([.errorsAbove(0.01)], minimum: 500)), errorRate: 0.005)
    run.run()
    let trained = 7 + 6048.0 / 86_400
    let rollout = run.actions.dropFirst(2)
    let expected: [(Double, LifecycleAction)] = [
      (0, .prepareCandidate(model: 0, share: 0.1)), (0, .setCandidateShare(model: 0, share: 0.1)),
      (7200, .prepareCandidate(model: 0, share: 0.5)),
      (7200, .setCandidateShare(model: 0, share: 0.5)),
      (10_800, .prepareCandidate(model: 0, share: 1)), (10_800, .promote(model: 0)),
    ]
    #expect(rollout.map(\.action) == expected.map(\.1))
    for (entry, planned) in zip(rollout, expected) {
      #expect(abs((entry.days - trained) * 86_400 - planned.0) < 1e-3)
    }
    #expect(run.value("promotions") == 1)
    #expect(run.value("rollbacks") == 0)
    #expect(run.value("exposed") == 0)
    #expect(run.version().number == 1)
  }

  @Test func aBadVersionIsUndoneAtTheFirstVerdict() {
    // 0.1 requests/s reach the candidate; 50 of them after 500 s, seen at the check at 540 s.
    let bad = BadVersions(chance: 1, errors: 0.2, auc: -0.1)
    let run = LifecycleRun(Self.system(Self.canary([.errorsAbove(0.01)]), bad: bad))
    run.run()
    let last = run.actions[run.actions.count - 1]
    #expect(last.action == .rollBack(model: 0))
    #expect(abs(last.days - (7 + (6048 + 540) / 86_400)) < 1e-6)
    #expect(run.value("rollbacks") == 1)
    #expect(run.value("false-rollbacks") == 0)
    #expect(run.value("promotions") == 0)
    #expect(run.value("exposed") == 54)
    #expect(run.version().number == 0)
    #expect(run.entries(.rollback).first?.detail.contains("above 1.00 %") == true)
  }

  @Test func recreateExposesEverybody() {
    let bad = BadVersions(chance: 1, errors: 0.2)
    let run = LifecycleRun(Self.system(.recreate, bad: bad))
    run.run()
    #expect(run.value("escaped") == 1)
    // From the end of the training until the end of the run, one request a second.
    #expect(run.value("exposed").map { abs($0 - (86_400 - 6048)) <= 1 } == true)
  }

  @Test func slowVersionsAreUndoneByTheirLatency() {
    let bad = BadVersions(chance: 1, latency: 3)
    let run = LifecycleRun(Self.system(Self.canary([.latencyTimesBaseline(2)]), bad: bad))
    run.run()
    #expect(run.value("rollbacks") == 1)
    let patient = LifecycleRun(Self.system(Self.canary([.latencyTimesBaseline(4)]), bad: bad))
    patient.run()
    #expect(patient.value("rollbacks") == 0)
  }

  @Test func aStepWaitsUntilItsRulesCanBeJudged() {
    // 0.01 requests/s: 1,000 of the candidate take 100,000 s at 1 %, far beyond the hold.
    let plan = RolloutPlan(
      steps: [.init(share: 0.01, hold: .seconds(60))], rollbackIf: [.errorsAbove(0.5)],
      every: .seconds(60), minimumRequests: 1000)
    let run = LifecycleRun(Self.system(plan, days: 9))
    run.run()
    let prepared = run.actions.last { $0.action == .prepareCandidate(model: 0, share: 1) }
    #expect(prepared != nil)
    let share = run.actions.first { $0.action == .setCandidateShare(model: 0, share: 0.01) }
    let promotion = run.actions.first { $0.action == .promote(model: 0) }
    let waited = ((promotion?.days ?? 0) - (share?.days ?? 0)) * 86_400
    #expect(waited >= 99_900 && waited <= 100_200)
  }

  @Test func aVersionTrainedMeanwhileWaitsItsTurn() {
    let plan = RolloutPlan(
      steps: [.init(share: 0.5, hold: L.days(10))], rollbackIf: [], every: .seconds(60),
      minimumRequests: 0)
    let run = LifecycleRun(Self.system(plan, days: 28))
    run.run()
    // Trained at 7.07, 14.07, 21.07; versions 1 and 2 take over at 17.07 and 27.07.
    let promotions = run.actions.filter { $0.action == .promote(model: 0) }.map(\.days)
    #expect(promotions.count == 2)
    for (day, planned) in zip(promotions, [17.07, 27.07]) { #expect(abs(day - planned) < 1e-3) }
    #expect(run.version().number == 2)
  }

  /// The chance of undoing a good version by `errors > 2 x baseline` at a base rate of 1 %, with 19
  /// times as many requests on the stable version: 16.8 % at 100 requests, 2.8 % at 500.
  @Test("False rollbacks of the common rule", arguments: [(100, 0.168), (500, 0.028)])
  func falseRollbacks(requests: Int64, expected: Double) {
    let plan = Self.canary([.errorsTimesBaseline(2)], minimum: 1)
    var chance = 0.0
    let baseline = 19 * requests
    func mass(_ k: Int64, _ n: Int64) -> Double {
      Binomial.cumulative(k, trials: n, p: 0.01)
        - (k > 0 ? Binomial.cumulative(k - 1, trials: n, p: 0.01) : 0)
    }
    let stable = (0...Int64(Double(baseline) * 0.03)).map { mass($0, baseline) }
    for errors in 0...min(requests, 40) {
      let own = mass(errors, requests)
      for (stableErrors, other) in stable.enumerated() where other > 1e-12 {
        let sample = RolloutSample(
          candidate: VersionSample(requests: requests, errors: errors),
          stable: VersionSample(requests: baseline, errors: Int64(stableErrors)))
        if plan.broken(sample) != nil { chance += own * other }
      }
    }
    #expect(abs(chance - expected) < 0.0006)
  }

  @Test func rulesNeedTheirMinimumOnBothSides() {
    let plan = Self.canary([.errorsAbove(0.01), .errorsTimesBaseline(2)], minimum: 100)
    let few = RolloutSample(
      candidate: VersionSample(requests: 99, errors: 99),
      stable: VersionSample(requests: 1000, errors: 0))
    #expect(plan.broken(few) == nil)
    #expect(!plan.canJudge(few))
    let noBaseline = RolloutSample(
      candidate: VersionSample(requests: 200, errors: 2),
      stable: VersionSample(requests: 10, errors: 0))
    #expect(plan.broken(noBaseline) == nil)
    let both = RolloutSample(
      candidate: VersionSample(requests: 200, errors: 2),
      stable: VersionSample(requests: 1000, errors: 4))
    #expect(plan.broken(both) == .errorsTimesBaseline(2))
  }
}
