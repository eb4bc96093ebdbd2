import MLSystem
import Quantities
import Randomness
import Statistics
import Testing

/// What each controller makes of a rollout in the learning plane: 1 request/s, 0.5 % in error.
@Suite("Controllers of rollouts")
struct RolloutControllerTests {
  typealias L = Lifecycle

  static func run(
    _ plan: RolloutPlan, bad: BadVersions? = nil, days: Double = 9, rate: Double = 1,
    errors: Double = 0.005, delay: Double = 0, changes: [ChangePlan] = []
  ) -> LifecycleRun {
    var model = L.model(retraining: L.weekly, rollout: plan, badVersions: bad)
    model.changes = changes
    let run = LifecycleRun(
      L.system([L.task(delay: delay)], [model], days: days), requestsPerSecond: rate,
      errorRate: errors)
    run.run()
    return run
  }

  /// Seconds from the end of the training to an action.
  static func seconds(_ run: LifecycleRun, _ action: LifecycleAction) -> Double? {
    run.actions.first { $0.action == action }.map { ($0.days - 7) * 86_400 - 6048 }
  }

  static func canary(
    _ controller: RolloutController, _ rules: [RolloutPlan.Rule], every: Double = 60
  ) -> RolloutPlan {
    var plan = RolloutPlan(
      steps: [.init(share: 0.5, hold: .seconds(600))], rollbackIf: rules,
      every: .seconds(every), minimumRequests: 1)
    plan.controller = controller
    return plan
  }

  @Test func argoEndsAStepWithItsAnalysis() {
    // Twelve measurements outlast the ten minutes of the step.
    let run = Self.run(
      Self.canary(.argo(AnalysisMetricRules(count: 12), pause: .zero), [.errorsAbove(0.5)]))
    #expect(Self.seconds(run, .promote(model: 0)).map { abs($0 - 720) < 1e-3 } == true)
    let open = Self.run(
      Self.canary(.argo(AnalysisMetricRules(), pause: .zero), [.errorsAbove(0.5)]))
    #expect(Self.seconds(open, .promote(model: 0)).map { abs($0 - 600) < 1e-3 } == true)
  }

  @Test func argoBearsAsManyFailuresAsItIsTold() {
    let bad = BadVersions(chance: 1, errors: 0.5)
    for (limit, checks) in [(0, 1), (3, 4)] {
      let rules = AnalysisMetricRules(failureLimit: limit, count: 20)
      let run = Self.run(
        Self.canary(.argo(rules, pause: .zero), [.errorsAbove(0.1)]), bad: bad)
      let undone = Self.seconds(run, .rollBack(model: 0)) ?? 0
      #expect(abs(undone - Double(checks) * 60) < 1e-3)
    }
  }

  @Test func argoTakesNoDataForAnError() {
    // A request in a hundred seconds: most intervals have none, four errors in a row are borne.
    let run = Self.run(
      Self.canary(.argo(AnalysisMetricRules(), pause: .zero), [.errorsAbove(0.5)], every: 10),
      rate: 0.001)
    #expect(run.value("rollbacks") == 1)
    #expect(run.value("false-rollbacks") == 1)
    #expect(Self.seconds(run, .rollBack(model: 0)).map { abs($0 - 50) < 1e-3 } == true)
  }

  @Test func flaggerGrowsAndPromotes() {
    var plan = Self.canary(
      .flagger(.init(stepWeight: 20, maxWeight: 50, threshold: 2)), [.errorsAbove(0.5)])
    plan.steps = []
    let run = Self.run(plan)
    let shares = run.actions.compactMap { entry -> Double? in
      if case .setCandidateShare(_, let share) = entry.action { share } else { nil }
    }
    #expect(shares == [0, 0.2, 0.4, 0.6])
    // Ticks at 1, 2 and 3 minutes give weight, the one after the last check promotes.
    #expect(Self.seconds(run, .promote(model: 0)).map { abs($0 - 240) < 1e-3 } == true)
    #expect(run.value("promotions") == 1)
  }

  @Test func flaggerTakesNoDataForAFailure() {
    var plan = Self.canary(
      .flagger(.init(stepWeight: 20, maxWeight: 50, threshold: 2)), [.errorsAbove(0.5)])
    plan.steps = []
    let run = Self.run(plan, rate: 0.0001)
    // Weight at the first minute, failed checks at the second and third, undone at the fourth.
    #expect(Self.seconds(run, .rollBack(model: 0)).map { abs($0 - 240) < 1e-3 } == true)
    #expect(run.entries(.rollback).first?.detail.contains("2 failed checks") == true)
  }

  @Test func kayentaScoresAStep() {
    var plan = Self.canary(.kayenta(pass: 95, marginal: 75), [])
    plan.steps = [.init(share: 0.5, hold: .seconds(3600))]
    #expect(Self.run(plan, rate: 10).value("promotions") == 1)
    let bad = Self.run(plan, bad: BadVersions(chance: 1, errors: 0.1), rate: 10)
    #expect(bad.value("rollbacks") == 1)
    #expect(bad.entries(.rollback).first?.detail.contains("score of 50") == true)
    #expect(Self.seconds(bad, .rollBack(model: 0)).map { abs($0 - 3600) < 1e-3 } == true)
  }

  @Test func aStepWithoutDataFollowsItsPolicy() {
    var plan = RolloutPlan(
      steps: [.init(share: 0.5, hold: .seconds(600))], rollbackIf: [.errorsAbove(0.5)],
      every: .seconds(60), minimumRequests: 1_000_000)
    #expect(Self.run(plan).value("promotions") == 0)
    plan.noData = .pass
    #expect(Self.run(plan).value("promotions") == 1)
    plan.noData = .fail
    #expect(Self.run(plan).value("rollbacks") == 1)
  }

  @Test func anEqualBaselineIsAsLargeAsTheCanary() {
    // With few errors an equal baseline is noisier, but a tenfold rate is still told.
    var plan = RolloutPlan(
      steps: [.init(share: 0.05, hold: .seconds(40_000))], rollbackIf: [.errorsTimesBaseline(2)],
      every: .seconds(600), minimumRequests: 500)
    plan.baseline = .equal
    let run = Self.run(plan, bad: BadVersions(chance: 1, errors: 0.1), days: 10)
    #expect(run.value("rollbacks") == 1)
  }

  /// AUC 0.1 below: labels at once show it, labels after three days come too late for a canary.
  @Test func qualityIsSeenWhenItsLabelsArrive() {
    var plan = RolloutPlan(
      steps: [.init(share: 0.5, hold: .seconds(7200))],
      rollbackIf: [.qualityTimesBaseline(.auc, segment: nil, 0.95)], every: .seconds(600),
      minimumRequests: 1000)
    plan.noData = .pass
    let bad = BadVersions(chance: 1, auc: -0.1)
    let seen = Self.run(plan, bad: bad)
    #expect(seen.value("rollbacks") == 1)
    // 1,000 labels of half a request a second.
    #expect(Self.seconds(seen, .rollBack(model: 0)).map { $0 >= 1800 && $0 <= 3000 } == true)
    let late = Self.run(plan, bad: bad, delay: 3)
    #expect(late.value("rollbacks") == 0)
    #expect(late.value("escaped") == 1)
    plan.evidence = .proxy(agreement: 1)
    #expect(Self.run(plan, bad: bad, delay: 3).value("rollbacks") == 1)
    plan.evidence = .labels
    plan.watch = L.days(5)
    let watched = Self.run(plan, bad: bad, days: 12, delay: 3)
    #expect(watched.value("rollbacks") == 1)
    #expect(watched.value("escaped") == 0)
    #expect(Self.run(plan, days: 12, delay: 3).value("rollbacks") == 0)
  }

  /// AUC 0.12 lower for a fifth of the requests: 0.02 or so over all, within the 5 % of the rule.
  @Test func aFaultOfOneSegmentIsSeenThere() {
    let bad = BadVersions(chance: 1, auc: -0.12, segment: "new")
    func undone(_ segment: String?) -> Double? {
      var plan = RolloutPlan(
        steps: [.init(share: 0.5, hold: .seconds(43_200))],
        rollbackIf: [.qualityTimesBaseline(.auc, segment: segment, 0.95)],
        every: .seconds(3600), minimumRequests: 2000)
      plan.noData = .pass
      var task = L.task()
      task.segments = [("old", 0.8), ("new", 0.2)].map {
        TaskSegment(name: $0.0, share: $0.1, positives: 0.3, bestAUC: 0.85, correlation: 1)
      }
      let model = L.model(retraining: L.weekly, rollout: plan, badVersions: bad)
      let run = LifecycleRun(L.system([task], [model], days: 9), requestsPerSecond: 10)
      run.run()
      return run.value("rollbacks")
    }
    #expect(undone(nil) == 0)
    #expect(undone("new") == 1)
  }

  @Test func changesTakeTurnsWithTrainings() {
    let config = ChangePlan(
      kind: .config, every: .constant(2 * 86_400), gain: 0.01)
    let run = Self.run(.recreate, days: 9, changes: [config])
    // Four changes and a training in nine days; each gain stays with the weights after it.
    #expect(run.value("promotions") == 5)
    #expect(run.version().change.gain > 0.0399)
    #expect(run.version().number == 5)
  }

  @Test func aBadConfigurationOutlivesNewWeights() {
    let config = ChangePlan(
      kind: .config, every: .constant(5 * 86_400), faults: BadVersions(chance: 1, errors: 0.1))
    let run = Self.run(.recreate, days: 9, changes: [config])
    #expect(run.value("escaped") == 1)
    #expect(run.version().change.kind == .weights)
    #expect(run.version().errors == 0.1)
    // From the fifth day to the ninth.
    #expect(run.value("exposed").map { abs($0 - 4 * 86_400) < 2 } == true)
  }

  @Test func aVendorAsksNobody() {
    let vendor = ChangePlan(
      kind: .vendor, every: .constant(3 * 86_400), faults: BadVersions(chance: 1, auc: -0.05))
    let run = Self.run(Self.canary(.own, []), days: 6.5, changes: [vendor])
    #expect(run.value("rollouts") == 0)
    #expect(run.entries(.drift).count == 2)
    // The second one takes the place of the first.
    #expect(agrees(run.version().addedAUC, -0.05, 1e-12))
  }

  @Test func theSizeOfAFaultIsDrawn() {
    let bad = BadVersions(chance: 1, errors: 0.1, latency: 2, size: .constant(2))
    let run = Self.run(.recreate, bad: bad)
    #expect(agrees(run.version().errors, 0.2, 1e-12))
    #expect(agrees(run.version().slowdown, 3, 1e-12))
  }
}
