import Experiments
import MLSystem
import Pricing
import Quantities
import Scenarios
import Statistics
import Testing

@Suite struct ComparisonTests {
  static func results(_ values: [Double], name: String = "base") -> Results {
    let figure = FigureJoining.figure(
      MetricName("r", "latency"), .quantile(0.99), unit: .seconds,
      values: values.map { .scalar($0) })
    let zero = MoneyFigure(
      expected: .zero, interval: nil, range: nil, values: values.map { _ in .zero })
    return Results(
      identity: Identity(
        title: "t", file: "f", variant: name, digest: "d", resolved: "", toolVersion: "0",
        seed: 1, replications: values.count, start: .defaultStart, horizon: .hours(1),
        warmUp: .zero, subjects: [Subject(kind: .route, name: "r")]),
      figures: [figure], distributions: [], verdicts: [], counts: [],
      cost: CostSummary(basis: "", lines: [], total: zero, perMonth: zero, months: []),
      series: [], timeline: [], saturations: [], earlyStops: [])
  }

  /// Differences 1, 2, 3 of the arms' replications: mean 2, t(0.975, 2) = 4.3027, half-width 2.484.
  @Test func differencesArePairedByReplication() throws {
    let comparison = ComparisonBuilder.comparison(
      of: [
        .init(name: "base", results: Self.results([10, 20, 30])),
        .init(name: "b", results: Self.results([11, 22, 33])),
      ], baseline: 0)
    let row = try #require(comparison.rows.first { $0.name == "r.latency.p99" })
    #expect(row.betterIsLower == true)
    #expect(row.differences[0] == nil)
    let difference = try #require(row.differences[1])
    #expect(abs(difference.estimate - 2) < 1e-12)
    #expect(abs(difference.interval.halfWidth - 2.484_138) < 1e-4)
    #expect(!difference.isShown)
  }

  @Test func intervalsHoldJointly() throws {
    let two = ComparisonBuilder.comparison(
      of: [
        .init(name: "base", results: Self.results([1, 2, 4])),
        .init(name: "b", results: Self.results([2, 3, 6])),
      ], baseline: 0)
    let three = ComparisonBuilder.comparison(
      of: [
        .init(name: "base", results: Self.results([1, 2, 4])),
        .init(name: "b", results: Self.results([2, 3, 6])),
        .init(name: "c", results: Self.results([2, 3, 6])),
      ], baseline: 0)
    let narrow = try #require(two.rows.first?.differences[1])
    let wide = try #require(three.rows.first?.differences[1])
    // Bonferroni: two comparisons at 97.5 % each, t(0.9875, 2) = 6.2053 against t(0.975, 2) =
    // 4.3027.
    #expect(abs(wide.interval.halfWidth / narrow.interval.halfWidth - 6.205_347 / 4.302_653) < 1e-5)
  }

  @Test func namesThatSomeArmsLackAreSaid() {
    var other = Self.results([1, 2])
    other.identity.subjects.append(Subject(kind: .lookup, name: "cache"))
    let comparison = ComparisonBuilder.comparison(
      of: [
        .init(name: "a", results: Self.results([1, 2])), .init(name: "b", results: other),
      ], baseline: 0)
    #expect(comparison.unpaired == ["cache"])
  }
}
