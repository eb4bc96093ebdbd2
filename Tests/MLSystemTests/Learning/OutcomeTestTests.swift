import MLSystem
import Quantities
import Randomness
import Testing

@Suite("A/B tests of outcomes")
struct OutcomeTestTests {
  typealias L = Lifecycle

  @Test func thePowerGivesTheNumber() {
    // The sample's +5 % on 5 %: 122,121 per arm (unpooled variances).
    let test = OutcomeTest(lift: 0.05)
    #expect(test.requestsPerVersion(base: 0.05).rounded(.up) == 122_121)
    // CUPED with a correlation of 0.6 takes 36 % away.
    let helped = OutcomeTest(lift: 0.05, correlation: 0.6)
    #expect(
      agrees(
        helped.requestsPerVersion(base: 0.05) / test.requestsPerVersion(base: 0.05), 0.64, 1e-12))
  }

  private static func run(
    _ test: OutcomeTest, gain: Double, rate: Double = 5, days: Double = 24
  ) -> LifecycleRun {
    var plan = RolloutPlan(
      steps: [], rollbackIf: [], every: .seconds(3600), minimumRequests: 100)
    plan.test = test
    var model = L.model(rollout: plan)
    model.changes = [ChangePlan(kind: .code, every: .constant(86_400 * 25), gain: gain)]
    let run = LifecycleRun(
      L.system([L.task()], [model], days: 25 + days), requestsPerSecond: rate)
    run.run()
    return run
  }

  @Test func aBetterVersionShipsAfterItsWeek() {
    let run = Self.run(OutcomeTest(lift: 0.02), gain: 0.05)
    #expect(run.value("ships") == 1)
    #expect(run.value("promotions") == 1)
    let promotion = run.actions.last { $0.action == .promote(model: 0) }
    #expect(promotion.map { abs($0.days - 32) < 0.05 } == true)
  }

  @Test func aWorseVersionIsKilled() {
    let fixed = Self.run(OutcomeTest(lift: 0.02), gain: -0.05)
    #expect(fixed.value("kills") == 1)
    #expect(fixed.value("promotions") == 0)
    #expect(fixed.value("rollbacks") == 0)
    // A sequential test need not wait for its week to stop a loss.
    let sequential = Self.run(OutcomeTest(method: .mixture, lift: 0.02), gain: -0.05)
    #expect(sequential.value("kills") == 1)
    let stopped = sequential.actions.last { $0.action == .rollBack(model: 0) }
    #expect(stopped.map { $0.days < 27 } == true)
    let groups = Self.run(OutcomeTest(method: .groups(looks: 5), lift: 0.02), gain: -0.05)
    #expect(groups.value("kills") == 1)
  }

  @Test func tooFewRequestsIterate() {
    // A hundred requests a day for two weeks tell nothing of a lift of 1 %; the sign is a coin's.
    let run = Self.run(OutcomeTest(lift: 0.01), gain: 0.01, rate: 100.0 / 86_400)
    #expect(run.value("ships") == 0)
    #expect((run.value("iterates") ?? 0) + (run.value("kills") ?? 0) == 1)
    let ended = run.actions.last { $0.action == .rollBack(model: 0) }
    #expect(ended.map { abs($0.days - 39) < 0.1 } == true)
  }
}
