import Experiments
import MLSystem
import Scenarios
import Statistics
import Testing

@Suite struct FigureJoiningTests {
  private func histogram(_ values: [Int64]) -> LogHistogram {
    var histogram = LogHistogram()
    for value in values { histogram.add(value) }
    return histogram
  }

  @Test func quantilesPoolAndIntervalsComeFromReplications() throws {
    // Values up to 255 are exact. The pooled median of {1...100} and {101...200} is 100.
    let figure = FigureJoining.figure(
      MetricName("r", "x"), .quantile(0.5), unit: .count,
      values: [
        .distribution(histogram(Array(1...100))), .distribution(histogram(Array(101...200))),
      ])
    #expect(figure.name == "r.x.p50")
    let estimate = try #require(figure.estimate)
    #expect(abs(estimate - 100.5) <= 1)
    let each = figure.values.compactMap { $0 }
    #expect(each.count == 2)
    #expect(abs(each[0] - 50.5) <= 1 && abs(each[1] - 150.5) <= 1)
    // t(0.975, 1) = 12.706; the values differ by 100, so the half-width is 12.706 * 50.
    let interval = try #require(figure.interval)
    #expect(abs(interval.high - (estimate + 635.3)) < 15)
    #expect(interval.low == 0)
  }

  @Test func timesAreSecondsOfNanoseconds() {
    let figure = FigureJoining.figure(
      MetricName("r", "latency"), .mean, unit: .seconds,
      values: [.distribution(histogram([1_000_000, 3_000_000]))])
    #expect(figure.estimate == 0.002)
    #expect(figure.interval == nil)
  }

  @Test func ratiosPoolByAdding() {
    let figure = FigureJoining.figure(
      MetricName("r", "availability"), .value, unit: .share,
      values: [.ratio(9, over: 10), .ratio(90, over: 90)])
    #expect(figure.estimate == 0.99)
    #expect(figure.values == [0.9, 1])
  }

  /// No failure in 1,000 requests: the exact 95 % bound is 1 - 0.025^(1/1000) = 0.36817 % below
  /// one.
  @Test func aShareThatNeverMovedGetsTheBinomialBound() throws {
    let figure = FigureJoining.figure(
      MetricName("r", "availability"), .value, unit: .share,
      values: [.ratio(500, over: 500), .ratio(500, over: 500)])
    let interval = try #require(figure.interval)
    #expect(abs(interval.low - 0.9963179) < 1e-6)
    #expect(interval.high == 1)
  }

  @Test func nothingObservedIsSaid() {
    let figure = FigureJoining.figure(
      MetricName("m", "detection-delay"), .value, unit: .seconds, values: [.missing, .scalar(4)])
    #expect(figure.values == [nil, 4])
    #expect(figure.estimate == 4)
    #expect(figure.interval == nil)
  }

  @Test func rangesNeedTenReplications() {
    #expect(FigureJoining.range(of: Array(repeating: 1, count: 9)) == nil)
    // Type 7 over 1...11: P10 = 2, P50 = 6, P90 = 10.
    #expect(
      FigureJoining.range(of: (1...11).map(Double.init)) == OutcomeRange(p10: 2, p50: 6, p90: 10))
  }
}
