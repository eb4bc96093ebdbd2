import MLSystem
import Quantities
import Randomness
import Testing

@Suite("World")
struct WorldTests {
  static func task(_ drifts: [Drift], name: String = "t") -> PredictionTask {
    PredictionTask(
      name: name, positives: 0.3, bestAUC: 0.85, labels: LabelPlan(delay: .constant(0)),
      drifts: drifts)
  }

  static func concept(_ world: World, _ segment: Int) -> [Double] {
    var sum = [Double](repeating: 0, count: World.dimensions)
    world.accumulate(1, of: segment, into: &sum)
    return sum
  }

  static func cosine(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// 400 paths over 20 ticks; the mean cosine lies within 3.3 standard errors of e^(-t/τ), which a
  /// right walk misses once in a thousand.
  @Test func covarianceDecaysWithTheMemory() {
    let task = Self.task([.wandering(memory: .seconds(40 * 3600))])
    var cosines: [Double] = []
    var before: [Double] = []
    for replication in 0..<400 {
      let streams = StreamFamily(seed: 5, replication: replication)
      var world = World(task: task, past: .seconds(10 * 3600), streams: streams)
      #expect(world.tick == .seconds(3600))
      let old = Self.concept(world, 0)
      let start = Self.concept(world, world.count - 1)
      for _ in 0..<20 { world.step() }
      let end = Self.concept(world, world.count - 1)
      #expect(abs(Self.cosine(end, end) - 1) < 1e-12)
      cosines.append(Self.cosine(start, end))
      before.append(Self.cosine(old, end))
    }
    for (values, hours) in [(cosines, 20.0), (before, 30.0)] {
      let mean = values.reduce(0, +) / 400
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 399
      let expected = PortableMath.exp(-hours / 40)
      #expect(abs(mean - expected) < 3.3 * (variance / 400).squareRoot())
    }
  }

  @Test func aJumpTurnsByItsCosine() {
    let streams = StreamFamily(seed: 1, replication: 0)
    var world = World(task: Self.task([]), past: .zero, streams: streams)
    let before = Self.concept(world, 0)
    world.split(at: Instant(nanoseconds: 5))
    world.jump(cosine: 0.6)
    #expect(abs(Self.cosine(before, Self.concept(world, 1)) - 0.6) < 1e-12)
    #expect(Self.concept(world, 0) == before)
  }

  @Test func pathBelongsToTheNameAndNotToTheLengthOfThePast() {
    let drifts: [Drift] = [.wandering(memory: .seconds(86_400 * 30))]
    let streams = StreamFamily(seed: 9, replication: 3)
    var long = World(task: Self.task(drifts), past: .seconds(86_400), streams: streams)
    var short = World(task: Self.task(drifts), past: .seconds(7200), streams: streams)
    #expect(long.count == 25 && short.count == 3)
    #expect(Self.concept(long, 22) == Self.concept(short, 0))
    long.step()
    short.step()
    #expect(Self.concept(long, 24) == Self.concept(short, 2))
    let other = World(task: Self.task(drifts, name: "u"), past: .seconds(7200), streams: streams)
    #expect(Self.concept(other, 0) != Self.concept(short, 0))
  }

  @Test func aJumpDoesNotDisturbTheWalk() {
    let drifts: [Drift] = [.wandering(memory: .seconds(86_400 * 30))]
    let streams = StreamFamily(seed: 9, replication: 3)
    var plain = World(task: Self.task(drifts), past: .zero, streams: streams)
    var jumping = World(task: Self.task(drifts), past: .zero, streams: streams)
    jumping.jump(cosine: 1)
    for _ in 0..<10 {
      plain.step()
      jumping.step()
    }
    #expect(Self.concept(plain, 0) == Self.concept(jumping, 0))
  }

  @Test func forgetsOnlyWhatIsOldEnough() {
    let streams = StreamFamily(seed: 1, replication: 0)
    var world = World(task: Self.task([]), past: .zero, streams: streams)
    for hour in 1...2000 { world.split(at: .start + .seconds(Double(hour) * 3600)) }
    let oldest = Instant.start + .seconds(1000 * 3600)
    #expect(world.forgettable(before: oldest.nanoseconds - 1) == 0)
    #expect(world.forgettable(before: oldest.nanoseconds) == 1000)
    world.forget(1000)
    #expect(world.starts[0] == oldest.nanoseconds)
    #expect(world.count == 1001)
    #expect(world.lastSegment(before: oldest.nanoseconds) == -1)
    #expect(world.lastSegment(before: oldest.nanoseconds + 1) == 0)
    #expect(world.lastSegment(before: .max) == 999)
  }
}

@Suite("Arrival of labels")
struct LabelArrivalsTests {
  @Test func aConstantDelayIsAStep() {
    let arrivals = LabelArrivals(delay: .constant(100))
    #expect(arrivals.least == 100)
    #expect(arrivals.arrived(from: 0, to: 10, by: 100) == 0)
    #expect(abs(arrivals.arrived(from: 0, to: 10, by: 105) - 0.5) < 1e-12)
    #expect(arrivals.arrived(from: 0, to: 10, by: 110) == 1)
  }

  /// Exponential delay: the arrived share of a stretch [0, a] by t is
  /// 1 - m (e^(-(t-a)/m) - e^(-t/m)) / a.
  @Test("An exponential delay", arguments: [(10.0, 10.0), (10, 30), (3600, 4000), (5, 5)])
  func exponential(stretch: Double, time: Double) {
    let mean = 20.0
    let arrivals = LabelArrivals(delay: .exponential(mean: mean))
    let missing =
      mean
      * (PortableMath.exp(-(time - stretch) / mean) - PortableMath.exp(-time / mean)) / stretch
    #expect(abs(arrivals.arrived(from: 0, to: stretch, by: time) - (1 - missing)) < 1e-3)
  }

  @Test func everyLabelArrivesInTheEnd() {
    let arrivals = LabelArrivals(delay: .lognormal(p50: 900, p99: 108_000))
    #expect(arrivals.least == 0)
    #expect(abs(arrivals.arrived(from: 0, to: 3600, by: 1e9) - 1) < 1e-12)
    #expect(abs(arrivals.arrived(from: 0, to: 1, by: 108_000) - 0.99) < 1e-3)
  }
}
