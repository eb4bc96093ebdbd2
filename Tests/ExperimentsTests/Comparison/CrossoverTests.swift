import Experiments
import MLSystem
import Quantities
import Scenarios
import Statistics
import Testing

@Suite struct CrossoverTests {
  /// Bills of 100 m for the first arm; `other` gives the second's, with the chance that is its
  /// own as a multiple of the first's.
  static func search(
    overloadedFrom limit: Double = .infinity, own: Double = -1,
    _ other: @escaping (Double) -> Double
  ) async throws -> (crossover: Crossover, runs: Int) {
    var runs = 0
    func outcome(_ arm: Int, _ multiple: Double) -> Crossover.Outcome {
      let mean = arm == 0 ? 100 * multiple : other(multiple)
      let values = ComparedArms.values(mean, own: arm == 0 ? 1 : own)
      return Crossover.Outcome(
        cost: ComparedArms.figure(MetricName("cost", "perMonth"), .value, .dollars, values),
        isOverloaded: arm == 1 && multiple >= limit)
    }
    let search = CrossoverSearch(
      baseline: 0, arms: [1], armCount: 2, streams: ["s"], rate: 100)
    let crossover = try await search.run(known: [outcome(0, 1), outcome(1, 1)]) { arm, multiple in
      runs += 1
      return outcome(arm, multiple)
    }
    return (crossover, runs)
  }

  /// 100 m = 100 + 40 m at m = 5/3.
  @Test func aCrossingIsBracketed() async throws {
    let (crossover, runs) = try await Self.search { 100 + 40 * $0 }
    guard case .cheaperAbove(let crossing)? = crossover.findings.first?.verdict else {
      Issue.record("no crossing: \(crossover.findings)")
      return
    }
    let low = try #require(crossing.low)
    let high = try #require(crossing.high)
    #expect(abs(crossing.multiple - 5.0 / 3) < 0.02)
    #expect(low < 5.0 / 3 && 5.0 / 3 < high && high / low < 1.35)
    #expect(runs <= 8 + 2 * CrossoverSearch.refinements)
    #expect(
      zip(crossover.points, crossover.points.dropFirst()).allSatisfy {
        $0.multiple < $1.multiple
      })
  }

  @Test func theOtherWayRound() async throws {
    let (crossover, _) = try await Self.search { 160 * $0 - 40 }
    guard case .cheaperBelow(let crossing)? = crossover.findings.first?.verdict else {
      Issue.record("no crossing: \(crossover.findings)")
      return
    }
    // 100 m = 160 m - 40 at 2/3.
    #expect(abs(crossing.multiple - 2.0 / 3) < 0.02)
  }

  @Test func whatIsAlwaysCheaperOrTheSame() async throws {
    #expect(try await Self.search { 50 * $0 }.crossover.findings[0].verdict == .cheaper)
    #expect(try await Self.search { 150 * $0 }.crossover.findings[0].verdict == .dearer)
  }

  /// Both pay for the same least fleet until one of them grows: that is no crossing.
  @Test func equalBelowAndDearerAboveIsNoCrossing() async throws {
    let (dearer, _) = try await Self.search(own: 1) { max(100 * $0, 150 * $0 - 100) }
    #expect(dearer.findings[0].verdict == .neverCheaper)
    let (cheaper, _) = try await Self.search(own: 1) { min(100 * $0, 50 * $0 + 100) }
    #expect(cheaper.findings[0].verdict == .neverDearer)
    // 0.04 % dearer: no reason for either.
    let (equal, _) = try await Self.search(own: 1) { 100.04 * $0 }
    #expect(equal.findings[0].verdict == .equal)
  }

  @Test func chanceIsNoCrossing() async throws {
    // The difference is 0.002 m, a hundredth of what the runs differ by.
    let (crossover, _) = try await Self.search { 100.002 * $0 }
    #expect(crossover.findings[0].verdict == .open)
  }

  /// A bill that is smaller because the system does not hold is no argument: 100 m = 150 at 1.5,
  /// but the multiples that hold, up to 1, are all beneath it.
  @Test func overloadedMultiplesDoNotCount() async throws {
    let (crossover, _) = try await Self.search(overloadedFrom: 2) { _ in 150 }
    #expect(crossover.findings[0].verdict == .dearer)
    let (none, _) = try await Self.search(overloadedFrom: 0.5) { _ in 150 }
    #expect(none.findings[0].verdict == .overloaded)
  }
}

@Suite struct RatioIntervalTests {
  /// By definition each end r is a ratio at which the mean of `parts - r wholes` may just be 0.
  @Test func theEndsAreFiellers() throws {
    let parts = [3.1, 2.7, 3.4, 2.9, 3.3]
    let wholes = [6.0, 5.6, 6.5, 6.1, 6.2]
    let ratio = try #require(RatioInterval.of(parts, wholes, level: 0.95))
    #expect(abs(ratio.estimate - 15.4 / 30.4) < 1e-12)
    for end in [ratio.low, ratio.high] {
      let mean = ConfidenceInterval.ofMean(
        zip(parts, wholes).map { $0 - end * $1 }, level: 0.95)
      #expect(min(abs(mean.low), abs(mean.high)) < 1e-9)
    }
  }

  @Test func equalSharesHaveNoWidth() throws {
    let ratio = try #require(RatioInterval.of([10, 11, 12], [20, 22, 24], level: 0.95))
    #expect(abs(ratio.low - 0.5) < 1e-9 && abs(ratio.high - 0.5) < 1e-9)
  }

  @Test func aWholeThatMayBeZeroHasNoRatio() {
    #expect(RatioInterval.of([1, 2, 3], [1, -1, 0.1], level: 0.95) == nil)
  }
}
