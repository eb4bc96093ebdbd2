import Randomness
import Statistics
import Testing

@testable import MLSystem

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

  /// Two exponential stages are an Erlang law: quantiles 1.6783 and 6.6384 means.
  @Test func stepsInSeries() {
    let stage = LatencyLaw(.exponential(mean: 0.01))
    let both = stage.convolved(with: stage)
    #expect(abs(both.quantile(0.5) / 1.67835e7 - 1) < 0.01)
    #expect(abs(both.quantile(0.99) / 6.63835e7 - 1) < 0.015)
    #expect(abs(both.mean / 2e7 - 1) < 0.01)
    let later = stage.convolved(with: .constant(5e6))
    #expect(abs(later.quantile(0.5) / (5e6 + 6.93147e6) - 1) < 0.01)
  }

  @Test func afterANormalWait() {
    let law = LatencyLaw.constant(1e6).after(wait: 1e8, deviation: 1e7)
    #expect(abs(law.mean / 1.01e8 - 1) < 0.005)
    #expect(abs(law.quantile(0.99) / (1.01e8 + 2.326e7) - 1) < 0.03)
    #expect(LatencyLaw.constant(1e6).after(wait: 2e6, deviation: 0).quantile(0.3) == 3e6)
  }

  /// A mixture of nine parts at one law and one at another, folded by weight.
  @Test func mixtures() {
    var book = LawBook()
    let short = book.law(.constant(1e6))
    let long = book.law(LatencyLaw(.uniform(low: 0.01, high: 0.02)))
    var mixture = LawMixture()
    mixture.add(short, weight: 9)
    mixture.add(long, weight: 1)
    var histogram = LogHistogram()
    mixture.fold(count: 100_000, from: &book, into: &histogram)
    #expect(histogram.count == 100_000)
    #expect(abs(histogram.fractionBelow(2_000_000) - 0.9) < 1e-4)
    // The 95th percentile is the median of the long part.
    #expect(abs((histogram.quantile(0.95) ?? 0) / 1.5e7 - 1) < 0.01)
    let share = mixture.share(below: 1.5e7, from: &book) ?? 0
    #expect(abs(share - 0.95) < 1e-9)
    let mean = mixture.mean(from: &book) ?? 0
    #expect(abs(mean / (0.9e6 + 1.5e6) - 1) < 1e-4)
    let tokens = mixture.share(below: 1, .firstToken, from: &book)
    #expect(tokens == nil)
  }

  /// Many folds of few requests together have the law, tails included.
  @Test func smallCountsKeepTheTail() {
    var book = LawBook()
    let law = book.law(LatencyLaw(.exponential(mean: 1)))
    var histogram = LogHistogram()
    var mixture = LawMixture()
    for _ in 0..<20_000 {
      mixture.removeAll()
      mixture.add(law, weight: 0.3)
      mixture.fold(count: 1, from: &book, into: &histogram)
    }
    #expect(histogram.count == 20_000)
    #expect(abs((histogram.quantile(0.5) ?? 0) / 0.693147e9 - 1) < 0.02)
    #expect(abs((histogram.quantile(0.99) ?? 0) / 4.60517e9 - 1) < 0.02)
  }

  /// The book finds the law of a load in its bin, and that of a backlog as wait and service.
  @Test func theBookKeepsLaws() {
    let surface = SurfaceShapeTests.surface()
    var book = LawBook()
    let id = book.law(of: surface, at: 0.8)
    #expect(id == book.law(of: surface, at: 0.8001))
    #expect(id != book.law(of: surface, at: 0.82))
    let law = book.law(id) ?? .constant(0)
    #expect(abs(law.quantile(0.5) / (0.693147e9 / 0.2) - 1) < 0.02)
    let waiting = book.law(of: surface, wait: 60, deviation: 2)
    let backlog = book.law(waiting) ?? .constant(0)
    #expect(abs(backlog.mean / 61e9 - 1) < 0.02)
    let both = book.series(id, waiting)
    #expect(both == book.series(id, waiting))
    let sum = book.law(both) ?? .constant(0)
    #expect(abs(sum.mean / 66e9 - 1) < 0.02)
    let token = book.law(id, .firstToken)
    #expect(token == nil)
    #expect(book.count == 4)
  }
}
