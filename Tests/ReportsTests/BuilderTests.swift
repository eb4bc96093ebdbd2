import Experiments
import MLSystem
import Quantities
import Reports
import Statistics
import TestSupport
import Testing

/// What every report keeps, whatever the results hold.
@Suite struct BuilderTests {
  static let comparison: Comparison = {
    var comparison = ComparisonBuilder.comparison(
      of: (0..<6).map { arm in
        .init(
          name: "architecture-\(arm)",
          results: SampleResults.results(
            variant: "architecture-\(arm)", latency: 0.188 - Double(arm) * 0.011,
            serving: 1_402.11 + Double(arm * arm) * 31.7))
      }, baseline: 0)
    comparison.words = ["scenarios/ctr-ranking.json5"]
    return comparison
  }()

  static var reports: [Report] {
    [
      RunReport.report(SampleResults.results(saturated: true)),
      ComparisonReport.report(ComparisonReportTests.comparison),
      ComparisonReport.report(comparison), BudgetReport.report(BudgetReportTests.forecast),
    ]
  }

  @Test func manyArmsAreSplitOverTables() {
    let text = TerminalRenderer().render(ComparisonReport.report(Self.comparison))
    #expect(Golden.difference(of: text, from: "Reports/compare-six.txt") == nil)
  }

  @Test func everyWidthHolds() {
    for report in Self.reports {
      for width in [24, 40, 80, 132] {
        let lines = TerminalRenderer(width: width).render(report).split(separator: "\n")
        #expect(lines.allSatisfy { TerminalText.width(String($0)) <= width })
      }
    }
  }

  @Test func nothingSimulatedStandsWithoutItsInterval() {
    for report in Self.reports {
      for reading in report.sections.flatMap({ $0.blocks.flatMap(readings) })
      where reading.certainty == .simulated {
        #expect(reading.interval != nil, "\(reading)")
      }
    }
  }

  @Test func nothingUnknownLooksLikeZero() {
    let unknown = Self.reports.flatMap { $0.sections.flatMap { $0.blocks.flatMap(readings) } }
      .filter { $0.certainty == .unknown }
    #expect(!unknown.isEmpty)
    #expect(unknown.allSatisfy { $0.value == nil && !$0.text.value.contains("0") })
  }

  private func readings(_ block: Block) -> [Reading] {
    switch block {
    case .highlights(let rows): rows.map(\.reading)
    case .verdicts(let rows): rows.map(\.reading)
    case .table(let table):
      table.rows.flatMap(\.cells).compactMap { cell in
        if case .reading(let reading) = cell { reading } else { nil }
      }
    case .only(_, let inner): readings(inner)
    case .paragraph, .chart, .notes, .commands: []
    }
  }

  @Test func costLinesAddUpInEveryRendering() {
    let results = SampleResults.results()
    let section = CostSection.section(results)
    guard case .table(let table)? = section.blocks.first else {
      Issue.record("the cost section begins with its table")
      return
    }
    let cells = table.rows.map { $0.cells[1] }
    let cents = cells.map { cell -> Double in
      guard case .reading(let reading) = cell else { return 0 }
      return ((reading.value ?? 0) * 100).rounded()
    }
    let shown = cells.map { cell -> Double in
      guard case .reading(let reading) = cell else { return 0 }
      return reading.shown ?? 0
    }
    #expect(cents.dropLast().reduce(0, +) == cents.last)
    #expect(shown.dropLast().reduce(0, +) == shown.last)
  }

  @Test func anEmptySystemHasAReport() {
    var results = SampleResults.results()
    results.figures = []
    results.verdicts = []
    results.distributions = []
    results.series = []
    results.timeline = []
    results.counts = []
    results.identity.defaults = []
    results.identity.budget = nil
    let nothing = MoneyFigure(expected: .zero, interval: nil, range: nil, values: [])
    results.cost = CostSummary(
      basis: "calendar months", lines: [], total: nothing, perMonth: nothing, months: [])
    let report = RunReport.report(results)
    #expect(report.banner.verdict == nil)
    #expect(report.sections.map(\.id) == ["cost", "next", "reproduction"])
    let budget = BudgetReport.report(BudgetBuilder.forecast(results, limit: nil))
    #expect(budget.banner.sentence.contains("no cost is declared"))
    for report in [report, budget] {
      #expect(TerminalRenderer().render(report).contains("no cost is declared"))
      #expect(MarkdownRenderer().render(report).contains("no cost is declared"))
      #expect(HTMLRenderer().render(report).contains("no cost is declared"))
      #expect(CSVRenderer().render(report).hasPrefix("section,row,column,value"))
    }
  }

  @Test func oneRunSaysThatItHasNoInterval() {
    var results = SampleResults.results()
    results.identity.replications = 1
    results.figures = results.figures.map { figure in
      var one = figure
      one.values = [figure.values[0]]
      one.interval = nil
      one.range = nil
      return one
    }
    let text = TerminalRenderer().render(RunReport.report(results))
    #expect(text.contains("One run gives no interval"))
    #expect(text.contains("3,430  one run"))
    #expect(text.contains("--replications 10"))
  }

  @Test(arguments: [
    ("a.p99 < 1 s", "a.p99 < 1 s", ""),
    ("a < 1 in every 1h after 2d", "a < 1", "in every 1h after 2d"),
    ("a < 1 after 2d", "a < 1", "after 2d"), ("in", "in", ""),
  ])
  func aThresholdAndItsQualifier(text: String, promise: String, qualifier: String) {
    let (first, second) = RunReport.split(text)
    #expect(first == promise && second == qualifier)
  }

  @Test(arguments: [
    ("plain.json5", "plain.json5"), ("with space.json5", "'with space.json5'"),
    ("it's", "'it'\\''s'"), ("$(rm -rf x)", "'$(rm -rf x)'"), ("", "''"),
  ])
  func fileNamesAreQuotedForTheShell(name: String, quoted: String) {
    #expect(ShellText.quoted(name) == quoted)
  }
}
