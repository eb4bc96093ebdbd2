import Randomness
import Statistics
import Testing

@Suite("Tallies")
struct TallyTests {
  @Test("Mean, variance and extremes by hand")
  func byHand() {
    let tally = Tally([2, 4, 4, 4, 5, 5, 7, 9])
    #expect(tally.count == 8)
    #expect(abs(tally.mean - 5) < 1e-15)
    // The squared differences are 9, 1, 1, 1, 0, 0, 4, 16.
    #expect(abs(tally.variance - 32.0 / 7) < 1e-14)
    #expect(tally.minimum == 2)
    #expect(tally.maximum == 9)
    #expect(abs(tally.standardError - (32.0 / 7 / 8).squareRoot()) < 1e-14)
  }

  @Test("A tally of nothing and of one value")
  func small() {
    #expect(Tally().mean == 0)
    #expect(Tally().variance == 0)
    #expect(Tally([3]).mean == 3)
    #expect(Tally([3]).variance == 0)
  }

  @Test("The variance survives a large offset")
  func offset() {
    let tally = Tally([4, 7, 13, 16].map { $0 + 1e9 })
    #expect(abs(tally.variance - 30) < 1e-6)
  }

  @Test("Parts merge into the whole", arguments: [0, 1, 7, 500, 999, 1000])
  func merge(cut: Int) {
    var source = RandomStream(seed: 11)
    let values = (0..<1000).map { _ in Ziggurat.normal(&source) * 3 + 1e4 }
    var parts = Tally(values[..<cut])
    parts.merge(Tally(values[cut...]))
    let whole = Tally(values)
    #expect(parts.count == whole.count)
    #expect(abs(parts.mean - whole.mean) < 1e-9)
    #expect(abs(parts.variance - whole.variance) < 1e-9)
    #expect(parts.minimum == whole.minimum)
    #expect(parts.maximum == whole.maximum)
  }

  @Test("A value that holds over time weighs by how long it holds")
  func timeWeighted() {
    var tally = TimeWeightedTally(2, from: 10)
    tally.set(6, at: 20)
    tally.add(-5, at: 25)
    tally.close(at: 35)
    // 2 for 10, 6 for 5 and 1 for 10 nanoseconds.
    #expect(tally.duration == 25)
    #expect(tally.mean == 60.0 / 25)
    #expect(tally.maximum == 6)
    #expect(tally.minimum == 1)
    var other = TimeWeightedTally(10)
    other.close(at: 25)
    tally.merge(other)
    #expect(tally.mean == 310.0 / 50)
    #expect(tally.maximum == 10)
    tally.restart(at: 100)
    #expect(tally.mean == 1)
    tally.close(at: 110)
    #expect(tally.duration == 10)
    #expect(tally.maximum == 1)
  }

  @Test("A series gathers values and levels in buckets")
  func series() {
    var series = TimeSeries(horizon: 100, buckets: 4)
    #expect(series.width == 25)
    #expect(series.buckets == 4)
    series.add(3, at: 0)
    series.add(5, at: 24)
    series.add(7, at: 25)
    series.add(9, at: 400)
    #expect(series.counts == [2, 1, 0, 1])
    #expect(series.sums == [8, 7, 0, 9])
    #expect(series.maxima == [5, 7, -.infinity, 9])
    #expect(series.mean(of: 0) == 4)
    #expect(series.mean(of: 2) == nil)
    var level = TimeSeries(width: 25, buckets: 4)
    level.addLevel(2, from: 10, to: 60)
    #expect(level.sums == [30, 50, 20, 0])
    #expect(level.counts == [15, 25, 10, 0])
    level.addLevel(1, from: 90, to: 200)
    #expect(level.sums == [30, 50, 20, 110])
    level.merge(level)
    #expect(level.sums == [60, 100, 40, 220])
    #expect(level.mean(of: 1) == 2)
  }
}
