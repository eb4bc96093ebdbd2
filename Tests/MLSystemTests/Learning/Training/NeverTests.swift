import MLSystem
import Quantities
import Randomness
import Testing

/// What retraining is worth, and what gates see of segments.
@Suite struct NeverTests {
  private typealias L = Lifecycle

  @Test func inAStillWorldRetrainingIsWorthNothingAndInAMovingOneSomething() throws {
    var still = L.task()
    still.value = .cells(truePositive: 1, falsePositive: -1, falseNegative: -1, trueNegative: 0)
    let calm = LifecycleRun(L.system([still], [L.model(retraining: L.weekly)], days: 40))
    calm.run()
    let never = try #require(calm.value("never.auc"))
    let served = try #require(calm.value("auc"))
    // Every version learns from as many labels: only the luck of each one tells them apart.
    #expect(abs(never - served) < 0.002)

    var moving = L.task([.wandering(memory: L.days(30))])
    moving.value = still.value
    let restless = LifecycleRun(L.system([moving], [L.model(retraining: L.weekly)], days: 120))
    restless.run()
    let kept = try #require(restless.value("never.auc"))
    let renewed = try #require(restless.value("auc"))
    let worth = try #require(restless.value("worth-of-retraining.perMonth"))
    // After 120 days the first version knows e^-4 of the concept, a weekly one most of it.
    #expect(kept < renewed - 0.05)
    #expect(worth > 0)
  }

  @Test func aModelThatIsNeverRetrainedHasNoShadow() {
    let run = LifecycleRun(L.system([L.task()], [L.model()], days: 10))
    run.run()
    #expect(run.value("never.auc") == nil)
    #expect(run.value("worth-of-retraining.perMonth") == nil)
  }

  @Test func gatesSeeSegmentsAndSeparabilityAsTheyWere() throws {
    // The same version, judged by what serves and by what gates ask of the open stretch.
    let task = ConceptMotionTests.task(
      [.separability(at: L.day(2), over: L.days(10), auc: 0.7)],
      segments: ConceptMotionTests.segments)
    let run = LifecycleRun(L.system([task], [L.model()], days: 20))
    run.run(until: L.day(15))
    let version = run.version()
    let state = run.plane.tasks[0]
    let seen = state.quality(of: version, on: state.world.count - 1)
    #expect(abs(seen.auc - version.quality[.auc]) < 1e-9)
    #expect(abs(seen.accuracy - version.quality[.accuracy]) < 1e-9)
    // Long before, the classes lay further apart.
    let past = state.world.lastSegment(before: L.day(1).nanoseconds)
    #expect(state.quality(of: version, on: past).auc > seen.auc + 0.05)
  }
}
