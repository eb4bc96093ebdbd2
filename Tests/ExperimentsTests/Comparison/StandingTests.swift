import Experiments
import MLSystem
import Scenarios
import Statistics
import Testing

@Suite struct StandingTests {
  /// Costs 100, 90 and 101; waits 1, 1 and 0.5: the second is cheapest, the third fastest, and the
  /// first is beaten by neither in both, but by the second in cost at the same wait.
  @Test func theBestOfEachMetricAndThePareto() {
    let same = ComparedArms.values(1, 0.01)
    let comparison = ComparisonBuilder.comparison(
      of: [
        ComparedArms.arm("base", cost: ComparedArms.values(100), latency: same),
        ComparedArms.arm("cheap", cost: ComparedArms.values(90, own: -1), latency: same),
        ComparedArms.arm(
          "fast", cost: ComparedArms.values(101, own: 2), latency: ComparedArms.values(0.5, 0.01)),
      ], baseline: 0)
    #expect(comparison.chosen == ["cost.perMonth", "r.latency.p99"])
    #expect(comparison.best.map(\.possible) == [[1], [2]])
    #expect(comparison.best.map(\.leader) == [1, 2])
    #expect(comparison.standings == [.dominated(by: 1), .notDominated, .notDominated])
  }

  /// The second is cheaper for sure; its wait differs by chance alone.
  @Test func whatIntervalsLeaveOpenIsSaid() {
    let noise = [1.0, 1.2, 0.9, 1.1, 1.0, 0.8]
    let comparison = ComparisonBuilder.comparison(
      of: [
        ComparedArms.arm("base", cost: ComparedArms.values(100), latency: noise),
        ComparedArms.arm(
          "b", cost: ComparedArms.values(90, own: -1), latency: Array(noise.reversed())),
      ], baseline: 0)
    #expect(comparison.standings == [.possiblyDominated(by: 1), .notDominated])
    #expect(comparison.best.map(\.possible) == [[1], [0, 1]])
  }

  /// A queue without end makes a wait without end, whatever was seen before the horizon.
  @Test func anOverloadedArmIsNotFast() {
    let comparison = ComparisonBuilder.comparison(
      of: [
        ComparedArms.arm("base", cost: ComparedArms.values(100), latency: ComparedArms.values(2)),
        ComparedArms.arm(
          "b", cost: ComparedArms.values(100), latency: ComparedArms.values(1), overloaded: true),
      ], baseline: 0)
    #expect(comparison.standings == [.notDominated, .dominated(by: 0)])
    #expect(comparison.best.last?.possible == [0])
  }

  @Test func metricsCanBeChosen() {
    let comparison = ComparisonBuilder.comparison(
      of: [
        ComparedArms.arm("base", cost: ComparedArms.values(100), latency: ComparedArms.values(2)),
        ComparedArms.arm("b", cost: ComparedArms.values(90), latency: ComparedArms.values(3)),
      ], baseline: 0, metrics: ["r.latency.p99"])
    #expect(comparison.chosen == ["r.latency.p99"])
    #expect(comparison.standings == [.notDominated, .dominated(by: 0)])
  }

  /// Who has promised something is judged by it, and by what is usual where nothing is promised.
  @Test func armsAreJudgedByTheirThresholds() {
    let quality = ComparedArms.values(0.8, 0.001)
    var arms = ["a", "b"].map {
      ComparedArms.arm(
        $0, cost: ComparedArms.values(100), latency: ComparedArms.values(1, 0.01), quality: quality)
    }
    for metric in ["auc.worst-day", "age"] {
      let figure = ComparedArms.figure(MetricName("m", metric), .value, .score, quality)
      arms[1].results.figures.append(figure)
      arms[1].results.verdicts.append(
        Verdict(threshold: "t", outcome: .met, observed: figure))
    }
    let comparison = ComparisonBuilder.comparison(of: arms, baseline: 0)
    // Nobody knows whether an old model is better, and the AUC of the worst day is a quality.
    #expect(comparison.chosen == ["cost.perMonth", "m.auc.worst-day", "r.latency.p99"])
  }

  /// Half the traffic at half the price is another task, not a better design.
  @Test func otherTrafficIsNoRival() {
    var arms = [100.0, 50, 90].map {
      ComparedArms.arm(
        "\($0)", cost: ComparedArms.values($0), latency: ComparedArms.values(1, 0.01))
    }
    for (arm, rate) in ["20/s", "10/s", "20/s"].enumerated() {
      arms[arm].results.identity.resolved = "{ traffic: { users: { rate: '\(rate)' } } }"
    }
    let comparison = ComparisonBuilder.comparison(of: arms, baseline: 0)
    #expect(comparison.standings == [.dominated(by: 2), .notJudged, .notDominated])
    #expect(comparison.best.first?.possible == [2])
    #expect(comparison.row("cost.perMonth")?.differences[1]?.isShown == true)
  }

  /// Two arms that share nearly all of their chance are far narrower in pairs.
  @Test func narrowingIsTheRatioOfTheWidths() throws {
    let first = ComparedArms.values(100)
    let comparison = ComparisonBuilder.comparison(
      of: [
        ComparedArms.arm("base", cost: first, latency: first),
        ComparedArms.arm("b", cost: ComparedArms.values(90, own: -1), latency: first),
      ], baseline: 0)
    let ratio = try #require(comparison.row("cost.perMonth")?.differences[1]?.narrowing)
    // The parts: s^2 of the two samples and of their differences, Welch with 10 and t with 5
    // degrees.
    let a = Tally(first).variance
    let b = Tally(ComparedArms.values(90, own: -1)).variance
    let d = Tally(zip(first, ComparedArms.values(90, own: -1)).map { $1 - $0 }).variance
    let level = 1 - 0.05 / Double(comparison.rows.count)
    let degrees = 5 * (a + b) * (a + b) / (a * a + b * b)
    let expected =
      StudentT.quantile(1 - (1 - level) / 2, degrees: degrees) * (a + b).squareRoot()
      / (StudentT.quantile(1 - (1 - level) / 2, degrees: 5) * d.squareRoot())
    #expect(abs(ratio / expected - 1) < 1e-9)
    #expect(ratio > 10)
  }
}

@Suite struct SimplestTests {
  static func arms(middle: Double) -> [Comparison.Arm] {
    let latency = ComparedArms.values(1, 0.01)
    func arm(_ name: String, _ cost: Double, _ quality: Double, _ words: Int, _ own: Double)
      -> Comparison.Arm
    {
      ComparedArms.arm(
        name, cost: ComparedArms.values(cost, own: own), latency: latency,
        quality: ComparedArms.values(quality, 0.001, own: own), declared: words)
    }
    return [
      arm("rules", 50, 0.70, 10, 1), arm("weekly", 80, middle, 20, -1),
      arm("daily", 160, 0.80, 30, 0),
    ]
  }

  /// Gains over `rules`: 0.098 of 0.1 at 80 of 160.
  @Test func theSimplestThatKeepsTheGain() throws {
    let comparison = ComparisonBuilder.comparison(of: Self.arms(middle: 0.798), baseline: 0)
    let choice = try #require(comparison.simplest)
    #expect(choice.metric == "m.auc" && choice.best == 2 && choice.reference == 0)
    let chosen = try #require(choice.chosen)
    #expect(chosen.arm == 1 && chosen.declared == 20)
    #expect(abs(chosen.gain.estimate - 0.98) < 1e-3 && chosen.gain.contains(0.98))
    #expect(abs((chosen.cost?.estimate ?? 0) - 0.5) < 1e-2)
  }

  @Test func aShareThatIsNotKeptIsNotChosen() throws {
    let strict = ComparisonBuilder.comparison(
      of: Self.arms(middle: 0.798), baseline: 0, wish: .init(gain: 0.95, cost: 0.4))
    #expect(strict.simplest?.chosen == nil && strict.simplest?.candidates.count == 1)
    let poor = ComparisonBuilder.comparison(of: Self.arms(middle: 0.75), baseline: 0)
    #expect(poor.simplest?.chosen == nil)
  }

  /// Where the simplest is as good as any there is nothing to give up.
  @Test func nothingIsGainedOverTheSimplest() {
    let arms = [
      ComparedArms.arm(
        "a", cost: [1, 2, 3], latency: [1, 2, 3], quality: [0.8, 0.81, 0.79], declared: 5),
      ComparedArms.arm(
        "b", cost: [1, 2, 3], latency: [1, 2, 3], quality: [0.8, 0.80, 0.80], declared: 9),
    ]
    #expect(ComparisonBuilder.comparison(of: arms, baseline: 0).simplest == nil)
  }
}
