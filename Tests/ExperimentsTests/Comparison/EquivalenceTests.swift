import Experiments
import Statistics
import Syntax
import Testing

@Suite struct EquivalenceTests {
  static func compared(_ costs: [Double], margins: EquivalenceMargins = .init()) throws
    -> Comparison.Difference
  {
    let latency = ComparedArms.values(1, 0.01)
    let comparison = ComparisonBuilder.comparison(
      of: [
        ComparedArms.arm("a", cost: [100, 100, 100], latency: Array(latency.prefix(3))),
        ComparedArms.arm("b", cost: costs, latency: Array(latency.prefix(3))),
      ], baseline: 0, margins: margins)
    return try #require(comparison.row("cost.perMonth")?.differences[1])
  }

  /// Half a per mille of 100.04 is 0.050, of 100.06 as well.
  @Test func aMarginOfMoneyIsAShareOfTheLarger() throws {
    let near = try Self.compared([100.04, 100.04, 100.04])
    #expect(near.isEqualInPractice && !near.isShown && !near.isSame)
    #expect(abs(near.margin - 0.0005 * 100.04) < 1e-12)
    let far = try Self.compared([100.06, 100.06, 100.06])
    #expect(far.isShown && !far.isEqualInPractice)
  }

  /// Differences 0.03, 0.05, 0.07: they are more than 0 for sure, not more than the margin.
  @Test func whatIsOnBothSidesOfTheMarginIsOpen() throws {
    let difference = try Self.compared([100.045, 100.05, 100.055])
    #expect(difference.interval.low > 0 && difference.interval.high > difference.margin)
    #expect(!difference.isShown && !difference.isEqualInPractice)
  }

  @Test func noMarginLeavesEverythingThatIsNotNothing() throws {
    var none = EquivalenceMargins()
    none.amounts = .relative(0)
    let near = try Self.compared([100.000_1, 100.000_1, 100.000_1], margins: none)
    #expect(near.isShown && !near.isEqualInPractice)
    #expect(try Self.compared([100, 100, 100], margins: none).isEqualInPractice)
  }

  /// The second is better by 3e-9 of AUC in every run, and nobody would pay for that.
  @Test func aSureTrifleBeatsNobody() {
    let shared = ComparedArms.values(100)
    func comparison(_ margins: EquivalenceMargins) -> Comparison {
      ComparisonBuilder.comparison(
        of: [
          ComparedArms.arm(
            "a", cost: shared, latency: ComparedArms.values(1, 0.01),
            quality: ComparedArms.values(0.8, 0.001)),
          ComparedArms.arm(
            "b", cost: shared, latency: ComparedArms.values(1, 0.01),
            quality: ComparedArms.values(0.8 + 3e-9, 0.001)),
        ], baseline: 0, metrics: ["cost.perMonth", "m.auc"], margins: margins)
    }
    let usual = comparison(.init())
    #expect(usual.standings == [.notDominated, .notDominated])
    #expect(usual.best.map(\.possible) == [[0, 1], [0, 1]])
    var none = EquivalenceMargins()
    none.scores = .absolute(0)
    #expect(comparison(none).standings == [.dominated(by: 1), .notDominated])
  }

  /// A hundredth of a second's wait is none, whatever the histogram can tell: 0.4 % of each.
  @Test func waitsThatTheBucketsLeaveOpenAreEqual() throws {
    let latency = ComparedArms.values(1, 0)
    let comparison = ComparisonBuilder.comparison(
      of: [
        ComparedArms.arm("a", cost: latency, latency: latency),
        ComparedArms.arm("b", cost: latency, latency: latency.map { $0 * 1.001 }),
      ], baseline: 0)
    let difference = try #require(comparison.row("r.latency.p99")?.differences[1])
    // Estimate 0.001, buckets 2.001 / 256 = 0.0078, margin 0.01001.
    #expect(difference.isEqualInPractice && !difference.isSame)
  }

  @Test func theMarginsStandWithTheDifferencesInJSON() {
    let latency = ComparedArms.values(1, 0.01)
    let text = ComparisonJSON.json(
      ComparisonBuilder.comparison(
        of: [
          ComparedArms.arm("a", cost: [100, 100], latency: Array(latency.prefix(2))),
          ComparedArms.arm("b", cost: [100.04, 100.04], latency: Array(latency.prefix(2))),
        ], baseline: 0)
    ).text(.compact)
    #expect(text.contains("\"margin\":0.05002,\"shown\":false,\"equal\":true"))
  }
}
