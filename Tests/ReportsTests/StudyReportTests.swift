import Experiments
import MLSystem
import Quantities
import Reports
import Testing

/// What reports of sweeps show beside their points: pictures, prices, defaults, the fidelity.
@Suite struct StudyReportTests {
  /// A sweep over words: cost by accelerator, whose points are exact or `[x - half, x + half]`.
  private func sweep(_ means: [Double], half: Double, runs: Int = 2) throws -> SweepResults {
    let words = ["h100", "l40s", "a10g"].prefix(means.count).joined(separator: ",")
    var plan = SweepPlan(
      file: "f.json5", variant: "base", title: "t", digest: "d", toolVersion: "0.1.0", seed: 1,
      replications: runs, horizon: .seconds(10),
      axes: [try SettingAxis.read("services.llm.accelerator=\(words)")], design: .grid,
      metrics: [SweepMetric(name: "cost.perMonth", unit: .dollars)])
    plan.fidelity = FidelityChoice(.flow, reason: "a run has 22M requests at h100, more than 20M")
    plan.defaults = [AppliedDefault(path: "services.llm.ready", value: "\"0 s\"")]
    plan.settings = ["horizon=1h"]
    var assumptions = Assumptions()
    assumptions.flow = FlowStatement(
      p50: 0.02, p99: 0.05, utilisation: 0.004, cost: 0, attainment: 0.001, doubtful: 0,
      reasons: [])
    let results = zip(plan.points, means).map { point, mean in
      assumptions.prices = [
        PriceUsed(item: "gpu", price: "$\(mean) per hour", date: "2026-07-01", source: "s")
      ]
      let cell = SweepCell(
        estimate: mean, low: runs > 1 ? mean - half : nil, high: runs > 1 ? mean + half : nil,
        values: Array(repeating: mean, count: runs))
      return SweepResult(point: point, cells: [cell], outcome: .met, assumptions: assumptions)
    }
    return SweepResults(plan: plan, results: results)
  }

  private func charts(_ sweep: SweepResults) -> [Chart] {
    SweepReport.report(sweep).sections.flatMap(\.blocks).compactMap { block in
      if case .chart(let chart) = block { chart } else { nil }
    }
  }

  @Test func `words get a dot each, with the finding as title`() throws {
    let charts = charts(try sweep([900, 500], half: 20))
    #expect(charts.count == 1)
    #expect(charts[0].title == "cost.perMonth goes from $500 at accelerator l40s to $900 at h100")
    guard case .intervals(let plot) = charts[0].content else {
      Issue.record("no dots")
      return
    }
    #expect(plot.zeroLabel == nil)
    #expect(plot.dots.map(\.label) == ["h100", "l40s"])
    #expect(plot.dots[1].interval == Reading.Bounds(480, 520))
  }

  @Test func `no finding is claimed where intervals overlap or are missing`() throws {
    let near = charts(try sweep([510, 500], half: 20))
    #expect(near[0].title == "No accelerator shows another cost.perMonth: the intervals overlap")
    let single = charts(try sweep([900, 500], half: 20, runs: 1))
    #expect(
      single[0].title
        == "cost.perMonth by accelerator: one run each, so that no difference is sure")
    // What does not move needs no picture.
    #expect(charts(try sweep([500, 500], half: 20)).isEmpty)
  }

  @Test func `prices of all points, defaults and the fidelity are told`() throws {
    let report = SweepReport.report(try sweep([900, 500, 700], half: 20))
    #expect(
      report.banner.basis.contains(
        "Fidelity flow at all points: a run has 22M requests at h100, more than 20M"))
    #expect(report.banner.basis.contains { $0.hasPrefix("flow: p50 +-2.0 %, p99 +-5.0 %") })
    let text = MarkdownRenderer().render(report)
    for words in [
      "$900.0 per hour", "$500.0 per hour", "$700.0 per hour", "services.llm.ready",
      "--set horizon=1h --set services.llm.accelerator=l40s",
    ] {
      #expect(text.contains(words), "\(words)")
    }
  }
}
