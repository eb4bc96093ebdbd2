import Experiments
import MLSystem
import Quantities
import Reports
import TestSupport
import Testing

@Suite struct RunReportTests {
  static let report = RunReport.report(SampleResults.results())

  @Test func terminal() {
    let text = TerminalRenderer().render(Self.report)
    #expect(Golden.difference(of: text, from: "Reports/run.txt") == nil)
  }

  @Test func page() {
    let text = HTMLRenderer().render(Self.report)
    #expect(Golden.difference(of: text, from: "Reports/run.html") == nil)
  }

  @Test func markdown() {
    let text = MarkdownRenderer().render(Self.report)
    #expect(Golden.difference(of: text, from: "Reports/run.md") == nil)
  }

  @Test func overload() {
    let report = RunReport.report(SampleResults.results(saturated: true))
    let text = TerminalRenderer().render(report)
    #expect(Golden.difference(of: text, from: "Reports/run-overload.txt") == nil)
  }
}
