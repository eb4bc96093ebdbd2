import MLSystem
import Quantities
import Randomness
import Testing

@Suite("Windows of labels by running sums")
struct LabelWindowTests {
  /// What the sums must give, stretch by stretch.
  private static func byStretches(
    _ plane: borrowing LearningPlane, cut: Int64, length: Duration
  ) -> (labels: Double, concept: [Double]) {
    let task = plane.tasks[0]
    let end = cut - Duration.seconds(task.arrivals.least).nanoseconds
    let start = end - length.nanoseconds
    var (labels, concept) = (0.0, [Double](repeating: 0, count: World.dimensions))
    for stretch in plane.models[0].labels.indices {
      let from = max(task.world.starts[stretch], start)
      let to = min(task.world.starts[stretch + 1], end)
      if to <= from { continue }
      let whole = Double(task.world.starts[stretch + 1] - task.world.starts[stretch])
      let arrived = task.arrivals.arrived(
        from: Double(from) * 1e-9, to: Double(to) * 1e-9, by: Double(cut) * 1e-9)
      let weight = plane.models[0].labels[stretch] * Double(to - from) / whole * arrived
      labels += weight
      task.world.accumulate(weight, of: stretch, into: &concept)
    }
    return (labels, concept.map { $0 / labels })
  }

  @Test(
    "Any law of the delay",
    arguments: [
      (Distribution.constant(0), 1e-9), (.constant(200_000), 1e-9),
      (.lognormal(p10: 3600, p90: 40_000), 2e-4), (.lognormal(p10: 86_400, p90: 1e6), 2e-3),
      (.exponential(mean: 20_000), 2e-4),
    ])
  func sums(delay: Distribution, tolerance: Double) throws {
    let task = PredictionTask(
      name: "t", positives: 0.3, bestAUC: 0.85, labels: LabelPlan(delay: delay),
      drifts: [.wandering(memory: .days(20)), .sudden(at: Lifecycle.day(11.3), cosine: 0.4)])
    let run = LifecycleRun(Lifecycle.system([task], [Lifecycle.model(window: 20)], days: 30))
    run.run()
    for (day, length) in [(26.0, 14.0), (20.7, 3), (29.01, 16)] {
      let cut = Lifecycle.day(day).nanoseconds
      let window = run.plane.plainWindow(
        of: 0, run.plane.tasks[0], cut: cut, length: Lifecycle.days(length),
        knownAt: cut)
      let found = try #require(window)
      let expected = Self.byStretches(run.plane, cut: cut, length: Lifecycle.days(length))
      #expect(agrees(found.labels, expected.labels, tolerance))
      for (a, b) in zip(found.concept, expected.concept) { #expect(abs(a - b) < 2 * tolerance) }
      #expect(found.epochs == [1])
    }
  }

  @Test func epochsShareTheWindow() throws {
    let task = Lifecycle.task([.covariate(at: Lifecycle.day(10), features: 3, shift: 1)])
    let run = LifecycleRun(Lifecycle.system([task], [Lifecycle.model(window: 8)], days: 14))
    run.run()
    let window = run.plane.plainWindow(
      of: 0, run.plane.tasks[0], cut: Lifecycle.day(12).nanoseconds, length: Lifecycle.days(8),
      knownAt: Lifecycle.day(12).nanoseconds)
    let found = try #require(window)
    #expect(found.epochs.count == 2)
    #expect(abs(found.epochs[0] - 0.75) < 1e-9 && abs(found.epochs[1] - 0.25) < 1e-9)
    #expect(abs(found.labels - 8 * 86_400) < 1e-3)
  }

  @Test func forgettingLeavesTheSums() throws {
    let task = Lifecycle.task([.wandering(memory: .days(50))])
    let run = LifecycleRun(Lifecycle.system([task], [Lifecycle.model(window: 5)], days: 120))
    run.run()
    #expect(run.plane.tasks[0].world.dropped > 0)
    let cut = Lifecycle.day(119.5).nanoseconds
    let window = run.plane.plainWindow(
      of: 0, run.plane.tasks[0], cut: cut, length: Lifecycle.days(5), knownAt: cut)
    let found = try #require(window)
    let expected = Self.byStretches(run.plane, cut: cut, length: Lifecycle.days(5))
    #expect(agrees(found.labels, expected.labels, 1e-9))
    for (a, b) in zip(found.concept, expected.concept) { #expect(abs(a - b) < 1e-9) }
  }
}
