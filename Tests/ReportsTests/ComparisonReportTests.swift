import Experiments
import Quantities
import Reports
import TestSupport
import Testing

@Suite struct ComparisonReportTests {
  static let comparison: Comparison = {
    var comparison = ComparisonBuilder.comparison(
      of: [
        .init(name: "base", results: SampleResults.results()),
        .init(
          name: "gpu-ranker",
          results: SampleResults.results(variant: "gpu-ranker", latency: 0.139, serving: 1_713.4)),
        .init(
          name: "ten-times",
          results: SampleResults.results(
            variant: "ten-times", latency: 8.2, serving: 15_000, saturated: true)),
      ], baseline: 0)
    comparison.words = ["scenarios/ctr-ranking.json5"]
    return comparison
  }()

  @Test func terminal() {
    let text = TerminalRenderer().render(ComparisonReport.report(Self.comparison))
    #expect(Golden.difference(of: text, from: "Reports/compare.txt") == nil)
  }

  @Test func page() {
    let text = HTMLRenderer().render(ComparisonReport.report(Self.comparison))
    #expect(Golden.difference(of: text, from: "Reports/compare.html") == nil)
  }

  /// The same arm twice: no figure may name a winner.
  @Test func equalArmsHaveNoWinner() {
    let results = SampleResults.results()
    let comparison = ComparisonBuilder.comparison(
      of: [.init(name: "a", results: results), .init(name: "b", results: results)], baseline: 0)
    let report = ComparisonReport.report(comparison)
    let text = TerminalRenderer().render(report)
    #expect(!text.contains("costs $"))
    #expect(!text.contains("lowers") && !text.contains("raises"))
    #expect(comparison.standings == [.notDominated, .notDominated])
    #expect(comparison.best.allSatisfy { $0.possible == [0, 1] })
  }

  /// Rounding to dollars makes no change of its own: lines that are the same show the same, and
  /// every column adds up.
  @Test func whatIsShownAddsUp() {
    for section in MoneyMoves.sections(Self.comparison) {
      guard case .table(let table)? = section.blocks.first else { continue }
      for column in 2...4 {
        let shown = table.rows.map { row -> Double in
          guard case .reading(let reading) = row.cells[column] else { return 0 }
          return reading.shown ?? reading.value ?? 0
        }
        #expect(shown.dropLast().reduce(0, +) == shown.last)
      }
      for row in table.rows where row.cells[0] == "" && row.emphasis == .plain {
        guard case .reading(let change) = row.cells[4] else { continue }
        #expect(change.shown == 0 && change.value == 0)
      }
    }
  }

  @Test func sharesAddToTheTotalWhateverIsMissing() {
    let parts = [10.4, 20.4, 30.4, -5.2].compactMap { Money(dollars: $0) }
    for target in [50, 54, 55, 56, 57, 60] {
      let shares = SharedMoney.shares(
        of: parts, addingTo: .dollars(Int64(target)), unit: .dollar)
      #expect(shares.total() == .dollars(Int64(target)))
    }
    #expect(SharedMoney.shares(of: [], addingTo: .zero, unit: .cent).isEmpty)
  }

  /// ten-times costs more and its queue has no end; its availability and quality are the same.
  @Test func aDearerAndSlowerArmIsDominated() {
    #expect(
      Self.comparison.standings == [.notDominated, .notDominated, .dominated(by: 0)])
  }
}
