import MLSystem
import Randomness
import Statistics
import Testing

@Suite struct SurfaceLawTests {
  @Test func levels() {
    #expect(LatencyLaw.levels.count == 112)
    #expect(zip(LatencyLaw.levels, LatencyLaw.levels.dropFirst()).allSatisfy { $0 < $1 })
  }

  @Test func quantilesAndSharesAreInverse() {
    let law = LatencyLaw(.exponential(mean: 1))
    for p in [0.01, 0.2, 0.5, 0.87, 0.99, 0.9985, 0.9999] {
      #expect(abs(law.share(below: law.quantile(p)) - p) < 1e-9)
    }
    #expect(abs(law.quantile(0.5) - 0.693147e9) < 1e4)
    #expect(abs(law.mean / 1e9 - 1) < 0.005)
    #expect(law.share(below: 0) == 0)
    #expect(law.share(below: 1e12) == 1)
  }

  /// The law of a histogram is known to a bucket, 0.8 %.
  @Test func ofAHistogram() throws {
    var histogram = LogHistogram()
    for value in 1...100_000 { histogram.add(Int64(value) * 1000) }
    let law = try #require(LatencyLaw(histogram))
    for p in [0.01, 0.5, 0.99, 0.999] {
      #expect(abs(law.quantile(p) / (p * 1e8) - 1) < 0.005)
    }
    #expect(LatencyLaw(LogHistogram()) == nil)
  }

  @Test func movedAndShifted() {
    let (short, long) = (LatencyLaw.constant(1e6), LatencyLaw.constant(4e6))
    // Half-way in the logarithm.
    #expect(abs(short.moved(toward: long, by: 0.5).quantile(0.5) / 2e6 - 1) < 1e-9)
    #expect(short.shifted(by: 5e5).quantile(0.9) == 1.5e6)
  }
}
