import MLSystem
import Quantities
import Randomness
import Synchronization
import Testing

/// Surfaces built from theory instead of runs.
@Suite struct SurfaceShapeTests {
  static let loads = SurfaceNodeTests.spec(.random(.exponential(mean: 1))).loads

  /// M/M/1 with service time 1 at the nodes, or M/D/1 for the number in system.
  static func surface(constant: Bool = false) -> ResponseSurface {
    let nodes = loads.map { load in
      let queue = load * load / (1 - load) / (constant ? 2 : 1)
      return SurfaceNode(
        load: load, number: load + queue, waiting: queue, busy: load, dropped: 0, batch: 1,
        noise: 0.1, correlation: 0.2, error50: 0.01, error99: 0.02, isMultimodal: false,
        laws: ResponseLaws(
          all: [LatencyLaw(.exponential(mean: 1 / (1 - load))), .constant(0), nil, nil]))
    }
    return ResponseSurface(
      replicas: 1,
      saturation: SaturatedService(
        capacity: 1, serving: 1, dispersion: 1, error: 0.001,
        laws: ResponseLaws(
          all: [LatencyLaw(.exponential(mean: 1)), .constant(0), nil, nil])),
      measured: nodes)
  }

  @Test func theGridIsFixed() {
    #expect(Self.loads.count == 10)
    #expect(abs(Self.loads[0] - (1 - 0.951229)) < 1e-6)
    #expect(abs(Self.loads[9] - (1 - 0.020242)) < 1e-6)
  }

  @Test(arguments: [0.02, 0.2, 0.5, 0.77, 0.93, 0.97, 0.99, 0.999])
  func numberInSystemBetweenNodes(_ load: Double) {
    #expect(abs(Self.surface().number(at: load) / (load / (1 - load)) - 1) < 0.035)
    let constant = load + load * load / 2 / (1 - load)
    #expect(abs(Self.surface(constant: true).number(at: load) / constant - 1) < 0.06)
  }

  @Test func loadIsTheInverse() {
    for surface in [Self.surface(), Self.surface(constant: true)] {
      for step in 1..<1000 {
        let load = Double(step) / 1000
        let back = surface.load(ofNumber: surface.number(at: load))
        #expect(abs(back - load) < 1e-9)
      }
    }
  }

  /// dρ/dL of M/M/1 is (1 - ρ)²; the curve between nodes is close, its slope a little less.
  @Test func relaxation() {
    for load in [0.3, 0.6, 0.9, 0.97] {
      #expect(abs(Self.surface().relaxation(at: load) * (1 - load) * (1 - load) - 1) < 0.1)
    }
  }

  /// ln q is straight in -ln(1 - ρ) for exponential laws, so that nothing is lost between nodes.
  @Test func lawsMoveBetweenNodes() throws {
    for load in [0.1, 0.35, 0.62, 0.88, 0.96] {
      let law = try #require(Self.surface().law(at: load))
      for p in [0.1, 0.5, 0.9, 0.99] {
        let exact = -PortableMath.log1p(-p) / (1 - load) * 1e9
        #expect(abs(law.quantile(p) / exact - 1) < 1e-9)
      }
    }
  }

  @Test func fallingValuesArePooled() {
    #expect(ResponseSurface.risen([1, 3, 2, 4]) == [1, 2.5, 2.5, 4])
    #expect(ResponseSurface.risen([3, 2, 1]) == [2, 2, 2])
    #expect(ResponseSurface.risen([1, 2, 3]) == [1, 2, 3])
  }

  @Test func aPoolOfManyServersWaitsLess() {
    let surface = ResponseSurface(replicas: 4, pooled: Self.surface())
    // At ρ = 0.8 the chance of waiting is that of one server at 0.6.
    #expect(abs(surface.waiting(at: 0.8) - 0.6 * 0.6 / 0.4 / 2) < 0.1)
    #expect(surface.number(at: 0.8) < Self.surface().number(at: 0.8))
    #expect(surface.topLoad > 0.98)
  }

  @Test func replicasBetweenMeasuredNumbers() {
    let spec = SurfaceNodeTests.spec(
      .random(.exponential(mean: 1)), balancer: .leastOutstanding)
    #expect(spec.bracket(12) == (12, 12, 0))
    let (low, high, share) = spec.bracket(10)
    #expect(low == 8 && high == 12)
    #expect(abs(share - PortableMath.log(1.25) / PortableMath.log(1.5)) < 1e-12)
    #expect(spec.bracket(500) == (64, 64, 0))
    var random = spec
    random.balancer = .random
    #expect(random.bracket(500) == (1, 1, 0))
  }
}

@Suite struct SurfaceStoreTests {
  static func figures(_ surface: ResponseSurface) -> [Double] {
    [0.1, 0.5, 0.9, 0.97].flatMap { load in
      [
        surface.number(at: load), surface.busy(at: load), surface.noise(at: load).deviation,
        surface.law(at: load)?.quantile(0.99) ?? 0,
      ]
    }
  }

  /// Whoever asks first and however many ask at once, the surfaces are the same to the bit.
  @Test func orderAndThreadsDoNotMatter() async throws {
    let fast = SurfaceNodeTests.spec(
      .affine(fixed: .milliseconds(4), perItem: .milliseconds(1)), requests: 8,
      balancer: .leastOutstanding)
    var slow = fast
    slow.timeFactor = 1.25
    let specs = [fast, slow]
    func all(_ store: SurfaceStore, reversed: Bool) throws -> [[Double]] {
      var found = [[Double]](repeating: [], count: 4)
      for index in reversed ? [3, 2, 1, 0] : [0, 1, 2, 3] {
        found[index] = Self.figures(
          try store.surface(specs[index / 2], replicas: index % 2 == 0 ? 2 : 3))
      }
      return found
    }
    let expected = try all(SurfaceStore(effort: 0.02), reversed: false)
    #expect(try all(SurfaceStore(effort: 0.02), reversed: true) == expected)
    let shared = SurfaceStore(effort: 0.02)
    let found = try await withThrowingTaskGroup(of: [[Double]].self) { group in
      for index in 0..<4 {
        group.addTask { try all(shared, reversed: index % 2 == 1) }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(found.allSatisfy { $0 == expected })
    #expect(expected[0] != expected[2])
    let (a, b) = (
      try shared.surface(fast, replicas: 2), try shared.surface(fast, replicas: 2)
    )
    #expect(a === b)
  }

  @Test func cancelled() {
    let spec = SurfaceNodeTests.spec(.random(.exponential(mean: 1)))
    #expect(throws: RunCancelled.self) {
      try SurfaceStore().surface(spec, replicas: 1, isCancelled: { true })
    }
  }
}
