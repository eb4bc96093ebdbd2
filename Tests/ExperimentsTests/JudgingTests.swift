import Experiments
import MLSystem
import Quantities
import Scenarios
import Statistics
import Testing

@Suite struct JudgingTests {
  private func figure(_ values: [Double], metric: String = "latency") -> Figure {
    FigureJoining.figure(
      MetricName("r", metric), .value, unit: .seconds, values: values.map { .scalar($0) })
  }

  private func judge(
    _ values: [Double], _ comparison: Threshold.Comparison, _ limit: Double,
    share: Double? = nil, subject: String = "r", unknown: [UnknownCost] = []
  ) -> Verdict {
    var figure = figure(values)
    figure.name = "\(subject).latency"
    let threshold = Threshold(
      text: "t", metric: MetricName(subject, "latency"), statistic: .value,
      comparison: comparison, limit: limit, shareOfRuns: share)
    return Judging.verdict(
      on: threshold, figures: [figure], records: [], unknownCosts: unknown)
  }

  @Test func aClearIntervalDecides() {
    // Mean 10, standard deviation 1, n 5: half-width 2.776 / sqrt 5 = 1.24.
    let values = [8.735, 9.3675, 10, 10.6325, 11.265]
    #expect(judge(values, .below, 11.3).outcome == .met)
    #expect(judge(values, .below, 8.7).outcome == .breached)
    #expect(judge(values, .below, 10.5).outcome == .undecided)
    #expect(judge(values, .above, 8.7).outcome == .met)
  }

  @Test func oneReplicationDecidesNothing() {
    let verdict = judge([1], .below, 100)
    #expect(verdict.outcome == .undecided)
    #expect(verdict.detail == "one replication gives no interval; run 2 or more")
  }

  @Test func equalReplicationsAreExact() {
    #expect(judge([3, 3, 3], .atMost, 3).outcome == .met)
    #expect(judge([3, 3, 3], .below, 3).outcome == .breached)
  }

  /// Clopper-Pearson at 95 %: 36 of 36 has a lower end of 0.025^(1/36) = 0.9026, 35 of 35 of
  /// 0.8999.
  @Test(arguments: [(36, Verdict.Outcome.met), (35, .undecided)])
  func aShareOfRunsNeedsEnoughRuns(_ runs: Int, _ outcome: Verdict.Outcome) {
    let values = (0..<runs).map { 1 + Double($0) / 1000 }
    let verdict = judge(values, .below, 2, share: 0.9)
    #expect(verdict.outcome == outcome)
    #expect(verdict.runs?.held == runs)
  }

  @Test func aShareOfRunsThatIsFarOffIsBreached() {
    // 10 of 40: the upper end of the exact interval is 0.412.
    let values = (0..<40).map { $0 < 10 ? 1.0 : 3.0 + Double($0) / 100 }
    #expect(judge(values, .below, 2, share: 0.9).outcome == .breached)
  }

  @Test func anUnknownPriceLeavesAMetCostLimitOpen() {
    let unknown = [UnknownCost(path: ["labels"], reason: "no price")]
    #expect(judge([3, 3], .below, 5, subject: "cost", unknown: unknown).outcome == .undecided)
    #expect(judge([6, 6], .below, 5, subject: "cost", unknown: unknown).outcome == .breached)
    #expect(judge([3, 3], .below, 5, subject: "r", unknown: unknown).outcome == .met)
  }
}
