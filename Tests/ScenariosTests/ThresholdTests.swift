import MLSystem
import Quantities
import Scenarios
import Syntax
import Testing

@Suite struct ThresholdTests {
  private func threshold(_ text: String) throws -> Threshold {
    let set = try load(
      minimal("thresholds: [\"\(text)\"],", stream: "tenants: { free: 0.7, paid: 0.3 },"))
    return try #require(set.base.thresholds.first)
  }

  @Test func `reads every part`() throws {
    let full = try threshold(
      "search.latency.p99.9 < 150 ms in every 5 min after 0d 00:10 in 90 % of runs")
    #expect(full.metric == MetricName("search", "latency"))
    #expect(full.statistic == .quantile(0.999))
    #expect(full.comparison == .below)
    #expect(full.limit == 0.15)
    #expect(full.window == .minutes(5))
    #expect(full.after == Instant(nanoseconds: 600_000_000_000))
    #expect(full.shareOfRuns == 0.9)
    #expect(
      full.text == "search.latency.p99.9 < 150 ms in every 5 min after 0d 00:10 in 90 % of runs")
  }

  @Test func `reads limits in the unit of the metric`() throws {
    #expect(try threshold("search.availability >= 99.9 %").limit == 0.999)
    #expect(try threshold("search.requests > 5k/s").limit == 5_000)
    #expect(try threshold("cost.perMonth <= $5k").limit == 5_000)
    #expect(try threshold("embed.peak.replicas <= 4").limit == 4)
    #expect(try threshold("search.latency.mean < 2 s").statistic == .mean)
    #expect(try threshold("search.latency.max < 2 s").statistic == .maximum)
    #expect(try threshold("embed.busy < 80 %").statistic == .value)
    let share = try threshold("cost.total < $5 in 99.5 % of runs")
    #expect(share.shareOfRuns == 0.995)
  }

  @Test func `reads selectors`() throws {
    let selected = try threshold("search[tenant=paid].latency.p95 < 1 s")
    #expect(selected.metric.description == "search[tenant=paid].latency")
  }

  private func broken(
    _ text: String, _ code: DiagnosticCode, _ message: String, help: String? = nil
  ) {
    expect(
      minimal("thresholds: ['\(text)'],", stream: "tenants: { free: 0.7, paid: 0.3 },"),
      Finding(1, code, message, help: help))
  }

  @Test func `a metric that cannot exist is an error before the run`() {
    broken(
      "«1»search.latncy.p99 < 1 s", .unknownMetric,
      "no metric `search.latncy.p99`, so this threshold could never be judged",
      help: "did you mean `search.latency.p99`?")
    broken(
      "«1»serch.latency.p99 < 1 s", .unknownMetric, "nothing is called `serch`",
      help: "did you mean `search`?")
    broken(
      "«1»search.ttft.p99 < 1 s", .unknownMetric,
      "no metric `search.ttft.p99`, so this threshold could never be judged")
    broken(
      "«1»search.latency < 1 s", .unknownMetric,
      "`search.latency` is a distribution: which statistic of it?",
      help: "write `search.latency.p99`")
    broken(
      "«1»embed.busy.p99 < 1 s", .unknownMetric,
      "`embed.busy` is a single figure without statistics", help: "write `embed.busy`")
    broken("«1»search.latency.p100 < 1 s", .unknownMetric, "no statistic `p100`")
  }

  @Test func `selectors must select something`() {
    broken(
      "«1»search[tenant=pad].latency.p95 < 1 s", .badSelector, "no requests are `tenant=pad` here",
      help: "did you mean `tenant=paid`?")
    broken(
      "«1»search[tenant=paid.latency.p95 < 1 s", .badSelector, "the selector is never closed")
  }

  @Test func `the parts are held against each other`() {
    broken(
      "search.latency.p99 < «1»150", .missingUnit, "`150`: needs a unit",
      help: "write \"150 ms\" or \"150 s\"")
    broken(
      "search.latency.p99 < «1»99 %", .wrongDimension,
      "`99 %`: a duration is wanted, this is a percentage")
    broken(
      "search.latency.p99 < 1 s in every «1»2h", .afterHorizon,
      "the window is longer than the horizon")
    broken(
      "search.latency.p99 < 1 s in every 1 min after «1»3h", .afterHorizon,
      "the horizon ends before this")
    broken(
      "search.latency.p99 < 1 s after «1»10 min", .badThreshold, "`after` goes with `in every`")
    broken(
      "search.latency.p99 < 1 s in «1»120 % of runs", .outOfRange,
      "a share of the runs lies between 0 and 100 %")
    broken(
      "embed.busy < 80 % in every «1»5 min", .notSimulated, "`embed.busy` is not kept by window")
  }

  @Test(arguments: [
    "fast please", "search.latency.p99 <", "< 1 s", "search.latency.p99 == 1 s", "",
  ])
  func `a text that is no threshold`(text: String) throws {
    let error = try #require(mistakes(minimal("thresholds: ['\(text)'],")))
    let code = try #require(error.diagnostics.list.first?.code)
    #expect([.badThreshold, .outOfRange].contains(code))
  }

  @Test func `a share of runs needs enough runs`() throws {
    // 0.9^35 = 0.0250 > 0.025 > 0.9^36 (Clopper and Pearson): 36 runs at least.
    func warnings(_ runs: Int) throws -> [String] {
      try load(
        minimal("replications: \(runs), thresholds: ['cost.total < $5 in 90 % of runs'],")
      ).base.warnings.filter { $0.code == .undecidableThreshold }.map(\.message)
    }
    #expect(try warnings(35) == ["35 replications cannot prove something of 90 % of runs"])
    #expect(try warnings(36) == [])
  }
}
