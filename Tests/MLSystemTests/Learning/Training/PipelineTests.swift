import MLSystem
import Quantities
import Randomness
import Testing

/// Stages take their time, fail at their rates and wait for machines.
@Suite("Training pipeline")
struct PipelineTests {
  typealias L = Lifecycle

  private func byHand(_ days: [Double]) -> RetrainingPlan {
    RetrainingPlan(
      every: nil, onAlarm: false, cooldown: .zero,
      triggers: [TrainingTrigger(.at(days.map(L.day)))])
  }

  private func run(
    _ pipeline: PipelinePlan, days: [Double] = [8], horizon: Double = 20, replication: Int = 0
  ) -> LifecycleRun {
    var model = L.model(retraining: byHand(days))
    model.pipeline = pipeline
    let run = LifecycleRun(L.system([L.task()], [model], days: horizon), replication: replication)
    run.run()
    return run
  }

  private func stage(_ minutes: Double, fails: Double = 0) -> PipelinePlan.Stage {
    PipelinePlan.Stage(takes: .constant(60 * minutes), fails: fails)
  }

  @Test func stagesFollowEachOther() throws {
    let found = run(
      PipelinePlan(validate: stage(10), evaluate: stage(20), register: stage(5)))
    let record = try #require(found.plane.versions().last)
    // 604,800 rows at 100 a second, between a validation before and two stages after.
    #expect(abs((record.trainedAt - L.day(8)).seconds - (600 + 6048 + 1500)) < 1)
    #expect(abs(record.machineHours - 2 * (6048 + 1200) / 3600) < 1e-3)
    #expect(found.value("lead-time").map { abs($0 - 8148) < 1 } == true)
    #expect(record.asked == L.day(8))
    // Labels are taken as they are when the learning begins.
    #expect(found.version().cut == (L.day(8) + .minutes(10)).nanoseconds)
  }

  @Test func aPipelineThatAlwaysFailsIsGivenUp() {
    let found = run(PipelinePlan(trainFails: 1, retries: 2, retryAfter: .hours(1)))
    #expect(found.value("failed-trainings") == 1)
    #expect(found.value("retrainings") == 0)
    #expect(found.plane.versions().count == 1)
    let starts = found.actions.count {
      if case .startTraining = $0.action { true } else { false }
    }
    let ends = found.actions.count { if case .endTraining = $0.action { true } else { false } }
    #expect(starts == 3 && ends == 3)
    #expect(found.plane.pipelineRuns(of: 0) == 1)
  }

  @Test func aNotebookFailsOnceAndAPinnedEnvironmentDoesNot() {
    let notebook = run(PipelinePlan(retries: 1, retryAfter: .hours(1), mismatch: 1))
    #expect(notebook.value("failed-trainings") == 0)
    #expect(notebook.value("retrainings") == 1)
    // An hour's rest and a part of the 6,048 s that were lost.
    let lead = notebook.value("lead-time") ?? 0
    #expect(lead > 6048 + 3600 && lead < 2 * 6048 + 3600)
    #expect(notebook.entries(.training).contains { $0.detail.contains("outside its notebook") })
    #expect(run(.bare).value("lead-time").map { abs($0 - 6048) < 1 } == true)
  }

  /// Each of 600 runs fails with chance 0.5³ over three attempts: 75 on average, with deviation
  /// 8.1; a bound of 3.3 deviations is missed once in a thousand.
  @Test func failuresComeAtTheirRate() {
    var failed = 0.0
    for replication in 0..<30 {
      let found = run(
        PipelinePlan(trainFails: 0.5, retries: 2), days: (0..<20).map { 1 + Double($0) },
        horizon: 22, replication: replication)
      failed += found.value("failed-trainings") ?? 0
    }
    #expect(abs(failed - 75) < 3.3 * 8.1)
  }

  @Test func trainingsQueueForTheMachinesOfTheirPool() throws {
    var one = L.model(retraining: byHand([8]))
    one.name = "one"
    var two = one
    two.name = "two"
    var three = one
    three.name = "three"
    let run = LifecycleRun(L.system([L.task()], [one, two, three], days: 10))
    run.plane.machinesFree = [3]
    run.run()
    // Each takes two of three machines for 6,048 s, so they go one after the other.
    let starts = run.actions.compactMap { entry -> Double? in
      if case .startTraining = entry.action { entry.days } else { nil }
    }
    #expect(starts.count == 3)
    for (index, start) in starts.enumerated() {
      #expect(abs(start - (8 + Double(index) * 0.07)) < 1e-4)
    }
    #expect(run.plane.machinesFree == [3])
    #expect(run.entries(.training).count { $0.detail.contains("waits for 2") } == 2)
  }

  @Test func anApprovalWaitsForTheWorkingDay() throws {
    // Day 5 of a run from Monday 2024-01-01 on is a Saturday; half an hour of Monday's work.
    let approval = GatePlan.Approval(
      takes: .constant(1800),
      hours: BusinessHours(days: (0..<7).map { $0 < 5 }, opens: 9 * 3600, closes: 17 * 3600))
    let found = run(PipelinePlan(gates: GatePlan(approval: approval)), days: [5])
    let record = try #require(found.plane.versions().last)
    #expect(abs((record.trainedAt - L.day(7)).seconds - 9.5 * 3600) < 1)
    #expect(record.gates == [GateDecision(gate: "approval", isPassed: true)])
    #expect(found.plane.approvals(of: 0) == 1)
  }

  @Test func aReviewerWhoSaysNoKeepsTheVersionBack() {
    let approval = GatePlan.Approval(takes: .constant(60), hours: .always, refuses: 1)
    let found = run(PipelinePlan(gates: GatePlan(approval: approval)))
    #expect(found.value("refused") == 1)
    #expect(found.version().number == 0)
    #expect(found.plane.versions().map(\.status) == [.production, .refused])
  }
}
