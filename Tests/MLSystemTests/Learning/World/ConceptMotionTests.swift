import MLSystem
import Quantities
import Randomness
import Testing

@Suite("Motion of concepts")
struct ConceptMotionTests {
  static func task(_ drifts: [Drift], segments: [TaskSegment] = []) -> PredictionTask {
    PredictionTask(
      name: "t", positives: 0.3, bestAUC: 0.85, labels: LabelPlan(delay: .constant(0)),
      drifts: drifts, segments: segments)
  }

  static func world(_ task: PredictionTask, past: Double = 0, replication: Int = 0) -> World {
    World(
      task: task, past: .seconds(past),
      streams: StreamFamily(seed: 3, replication: replication))
  }

  /// The concept of a path in a stretch, by asking every axis.
  static func concept(_ world: World, _ stretch: Int, path: Int = 0) -> [Double] {
    (0..<World.dimensions).map { axis in
      var unit = [Double](repeating: 0, count: World.dimensions)
      unit[axis] = 1
      return world.projection(of: unit, on: stretch, path: path)
    }
  }

  static func cosine(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
  }

  static let segments = [
    TaskSegment(name: "old", share: 0.8, positives: 0.3, bestAUC: 0.85, correlation: 1),
    TaskSegment(name: "new", share: 0.2, positives: 0.1, bestAUC: 0.7, correlation: 0.6),
  ]

  @Test func aGradualTurnEndsAtItsCosineByEvenAngles() {
    var world = Self.world(Self.task([]))
    let start = Self.concept(world, 0)
    world.beginTurn(cosine: 0.5, from: 0, over: 10 * 3600)
    for hours in 1...12 {
      world.split(at: Instant(nanoseconds: Int64(hours) * 3_600_000_000_000))
      world.step()
      let angle = Double.pi / 3 * min(Double(hours) / 10, 1)
      let now = Self.concept(world, world.count - 1)
      #expect(abs(Self.cosine(start, now) - PortableMath.cos(angle)) < 1e-12)
    }
  }

  @Test func anIncrementalTurnGoesInSteps() {
    var world = Self.world(Self.task([]))
    let start = Self.concept(world, 0)
    world.beginTurn(cosine: 0, from: 0, over: 10 * 3600, steps: 2)
    var cosines: [Double] = []
    for hours in 1...10 {
      world.split(at: Instant(nanoseconds: Int64(hours) * 3_600_000_000_000))
      world.step()
      cosines.append(Self.cosine(start, Self.concept(world, world.count - 1)))
    }
    #expect(cosines[0...3].allSatisfy { abs($0 - 1) < 1e-12 })
    #expect(cosines[4...8].allSatisfy { abs($0 - 0.5.squareRoot()) < 1e-12 })
    #expect(abs(cosines[9]) < 1e-12)
  }

  /// u = √(1-a²) u₀ + a r(t) with r of a plane, made orthogonal to u₀: after a period it is back,
  /// and half a period apart the two parts along r are opposite: cosine 1 - 2a².
  @Test func aRecurringConceptComesBack() {
    var world = Self.world(
      Self.task([.recurring(amplitude: 0.6, period: .hours(10))]), past: 20 * 3600)
    let start = Self.concept(world, world.count - 1)
    #expect(abs(Self.cosine(start, Self.concept(world, 10)) - 1) < 1e-9)
    for _ in 1...5 { world.step() }
    let half = Self.concept(world, world.count - 1)
    #expect(abs(Self.cosine(start, half) - (1 - 2 * 0.36)) < 1e-9)
    for _ in 1...5 { world.step() }
    #expect(abs(Self.cosine(start, Self.concept(world, world.count - 1)) - 1) < 1e-9)
  }

  @Test func aJumpOfOneSegmentLeavesTheOthers() {
    var world = Self.world(Self.task([], segments: Self.segments))
    let before = [Self.concept(world, 0, path: 0), Self.concept(world, 0, path: 1)]
    #expect(abs(Self.cosine(before[0], before[1]) - 0.6) < 1e-12)
    world.split(at: Instant(nanoseconds: 5))
    world.jump(cosine: 0.2, path: 1)
    #expect(Self.concept(world, 1, path: 0) == before[0])
    #expect(abs(Self.cosine(Self.concept(world, 1, path: 1), before[1]) - 0.2) < 1e-12)
  }

  /// 300 paths of two segments for three memories of the concept.
  ///
  /// Each decays as one path would, and their cosine stays near the declared 0.6 (steps share
  /// their direction only within the planes that are tangent to both, which costs up to 0.03).
  /// Bounds of 4 standard errors.
  @Test func segmentsWanderTogether() {
    let task = Self.task([.wandering(memory: .hours(40))], segments: Self.segments)
    var between: [Double] = []
    var decay: [Double] = []
    for replication in 0..<300 {
      var world = Self.world(task, replication: replication)
      let start = Self.concept(world, 0, path: 1)
      for tick in 1...120 {
        world.step()
        if tick == 20 { decay.append(Self.cosine(start, Self.concept(world, 0, path: 1))) }
      }
      between.append(Self.cosine(Self.concept(world, 0, path: 0), Self.concept(world, 0, path: 1)))
    }
    func check(_ values: [Double], _ expected: Double, slack: Double) {
      let mean = values.reduce(0, +) / 300
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 299
      #expect(abs(mean - expected) < 4 * (variance / 300).squareRoot() + slack)
    }
    check(decay, PortableMath.exp(-0.5), slack: 0)
    check(between, 0.6, slack: 0.03)
  }
}

@Suite("Scenery")
struct SceneryTests {
  private static func scenery(_ drifts: [Drift], at hours: Double) -> Scenery {
    var scenery = Scenery(task: ConceptMotionTests.task(drifts))
    scenery.move(to: hours * 3600)
    return scenery
  }

  private static func hour(_ hours: Double) -> Instant { .start + .seconds(hours * 3600) }

  @Test func labelShiftMovesThePrevalence() {
    let drift = Drift.labelShift(at: Self.hour(10), over: .hours(10), positives: 0.5)
    for (hours, expected) in [(5.0, 0.3), (10, 0.3), (15, 0.4), (20, 0.5), (90, 0.5)] {
      let scene = Self.scenery([drift], at: hours).scenes[0]
      #expect(abs(scene.best.positives - expected) < 1e-12)
      #expect(agrees(scene.information, scene.seen.information, 1e-12))
    }
  }

  @Test func separabilityMovesTheBestArea() {
    let drift = Drift.separability(at: Self.hour(1), over: .zero, auc: 0.75)
    #expect(agrees(Self.scenery([drift], at: 0.5).scenes[0].best.auc, 0.85, 1e-12))
    #expect(agrees(Self.scenery([drift], at: 1).scenes[0].best.auc, 0.75, 1e-9))
  }

  @Test func seasonsSwingAroundTheMean() {
    let drift = Drift.seasonal(
      period: .hours(24), peak: Self.hour(6), positives: 0.5, separability: -0.2)
    let distance = BinormalQuality.distance(ofAUC: 0.85)
    for (hours, wave) in [(6.0, 1.0), (12, 0), (18, -1), (30, 1), (-18, 1)] {
      let scene = Self.scenery([drift], at: hours).scenes[0]
      #expect(abs(scene.best.positives - 0.3 * (1 + 0.5 * wave)) < 1e-9)
      #expect(abs(scene.best.distance - distance * (1 - 0.2 * wave)) < 1e-9)
    }
  }

  /// κ(Δ, π) of each segment by the closed form; weights κ Δ share over mean κ and Δ of the task.
  @Test func segmentsWeighByTheirInformation() {
    let task = ConceptMotionTests.task([], segments: ConceptMotionTests.segments)
    let weights = Scenery(task: task).weights
    let old = BinormalQuality(auc: 0.85, positives: 0.3)
    let new = BinormalQuality(auc: 0.7, positives: 0.1)
    let mean = 0.8 * old.information + 0.2 * new.information
    #expect(agrees(weights[0], 0.8 * old.information / mean, 1e-12))
    let expected = 0.2 * new.information * new.distance / (mean * old.distance)
    #expect(agrees(weights[1], expected, 1e-12))
    #expect(Scenery(task: ConceptMotionTests.task([])).isPlain)
  }
}
