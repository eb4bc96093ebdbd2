import Experiments
import Quantities
import Reports
import TestSupport
import Testing

@Suite struct BudgetReportTests {
  static let forecast = BudgetBuilder.forecast(SampleResults.results(), limit: nil)

  @Test func terminal() {
    let text = TerminalRenderer().render(BudgetReport.report(Self.forecast))
    #expect(Golden.difference(of: text, from: "Reports/budget.txt") == nil)
  }

  @Test func page() {
    let text = HTMLRenderer().render(BudgetReport.report(Self.forecast))
    #expect(Golden.difference(of: text, from: "Reports/budget.html") == nil)
  }

  @Test func tables() {
    for file in CSVRenderer().files(BudgetReport.report(Self.forecast))
    where ["months.csv", "tree.csv"].contains(file.name) {
      let name = "Reports/budget-\(file.name)"
      #expect(Golden.difference(of: file.text, from: name) == nil)
    }
  }
}
