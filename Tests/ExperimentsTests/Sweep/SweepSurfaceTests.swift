import Experiments
import Testing

@Suite struct SweepSurfaceTests {
  /// Points of the shifted Sobol' sequence on [-1, 1]^2.
  static let points = (0..<32).map { number in
    SobolSequence(dimensions: 2, seed: 3).point(UInt32(number)).map { 2 * $0 - 1 }
  }

  /// y = 5 + 3 a - b + 2 a² + 0.5 a b: a quadratic is found as it is, and foreseen everywhere.
  @Test func aQuadraticIsFound() throws {
    let values = Self.points.map { 5 + 3 * $0[0] - $0[1] + 2 * $0[0] * $0[0] + 0.5 * $0[0] * $0[1] }
    let surface = try #require(SweepSurface(points: Self.points, values: values))
    #expect((surface.predicted - 1).magnitude < 1e-9)
    #expect(surface.effects.first?.term == .move(0))
    #expect(surface.effects.last?.term == .bend(1))
    let sizes: [SweepSurface.Term: Double] = [
      .move(0): 6, .move(1): -2, .bend(0): 2, .bend(1): 0, .joint(0, 1): 2,
    ]
    for effect in surface.effects {
      #expect((effect.size - (sizes[effect.term] ?? .nan)).magnitude < 1e-9, "\(effect.term)")
    }
  }

  /// Values that have nothing to do with the points are not foreseen.
  @Test func noiseIsNotPredicted() throws {
    let values = Self.points.indices.map { Double(($0 * 7919) % 31) }
    let surface = try #require(SweepSurface(points: Self.points, values: values))
    #expect(surface.predicted < 0.3)
  }

  @Test func fewPointsHaveNoSurface() {
    #expect(
      SweepSurface(points: Array(Self.points.prefix(8)), values: [1, 2, 3, 4, 5, 6, 7, 8]) == nil
    )
    #expect(SweepSurface(points: Self.points, values: Self.points.map { _ in 2 }) == nil)
  }
}
