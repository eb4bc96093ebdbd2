import Statistics
import Testing

/// The rules of `spinnaker/kayenta` at a69573b: expectations of its `ClassifierSuite` and
/// `ScorerSuite`, both of which use a tolerance of 0.1 at 95 %.
@Suite("Kayenta's judge")
struct KayentaTests {
  private let high = [20.0, 22, 21, 25, 30]
  private let low = [1.0, 2.2, 1.1, 2.5, 3]

  private func judge(_ change: (inout KayentaJudge) -> Void = { _ in }) -> KayentaJudge {
    var judge = KayentaJudge()
    judge.tolerance = 0.1
    judge.level = 0.95
    change(&judge)
    return judge
  }

  @Test("A higher or lower canary counts in the direction that is asked for")
  func directions() {
    #expect(judge().judge(canary: high, baseline: low).label == .high)
    #expect(judge().judge(canary: low, baseline: high).label == .low)
    let increase = judge { $0.direction = .increase }
    #expect(increase.judge(canary: low, baseline: high).label == .pass)
    let decrease = judge { $0.direction = .decrease }
    #expect(decrease.judge(canary: high, baseline: low).label == .pass)
    #expect(decrease.judge(canary: low, baseline: high).label == .low)
  }

  @Test("Data that are equal, tied or without scatter")
  func ties() {
    let judge = judge()
    func label(_ canary: [Double], _ baseline: [Double]) -> KayentaJudge.Label {
      judge.judge(canary: canary, baseline: baseline).label
    }
    let ones = [Double](repeating: 1, count: 5)
    let tens = [Double](repeating: 10, count: 5)
    let none = [Double](repeating: 0, count: 5)
    #expect(label([1, 1, 1], [1, 1]) == .pass)
    #expect(label([1, 2, 3, 4, 5], [5, 4, 3, 2, 1]) == .pass)
    #expect(label([0, 1, 1, 1, 1], ones) == .pass)
    #expect(label([1, 1, 1, 1, 10], ones) == .pass)
    #expect(label(tens, ones) == .high)
    #expect(label(tens, none) == .high)
    #expect(label(none, none) == .pass)
  }

  @Test("The effect has to reach what is allowed, and more to be critical")
  func effects() {
    let allowed = judge { $0.allowedIncrease = 1.2 }
    #expect(allowed.judge(canary: high, baseline: low).label == .high)
    let wide = judge { $0.allowedDecrease = 0.5 }
    #expect(
      wide.judge(canary: [10, 12.2, 10.1, 12.5, 23], baseline: high).label == .pass)
    // The mean ratio is 12.04.
    let critical = judge {
      $0.isCritical = true
      $0.criticalIncrease = 1.2
    }
    #expect(critical.judge(canary: high, baseline: low).isCritical)
    let mild = judge {
      $0.isCritical = true
      $0.allowedIncrease = 5
      $0.criticalIncrease = 13
    }
    let verdict = mild.judge(canary: high, baseline: low)
    #expect(verdict.label == .high && !verdict.isCritical)
    let deaf = judge {
      $0.isCritical = true
      $0.allowedIncrease = 13
    }
    #expect(deaf.judge(canary: high, baseline: low).label == .pass)
    let lower = judge {
      $0.isCritical = true
      $0.criticalDecrease = 1.2
    }
    let fall = lower.judge(canary: [2, 2, 2, 2, 3], baseline: [10, 20.2, 10.1, 20.5, 30])
    #expect(fall.label == .low && fall.isCritical)
  }

  @Test("An effect over a mean of 0 is not asked about")
  func zeroMean() {
    let judge = judge {
      $0.allowedIncrease = 1.2
      $0.allowedDecrease = 0.8
    }
    let none = [Double](repeating: 0, count: 5)
    let values = [54.9, 54.5, 55.1, 55.6, 57.4]
    let up = judge.judge(canary: values, baseline: none)
    #expect(up.label == .high && up.meanRatio.isNaN)
    let down = judge.judge(canary: none, baseline: values)
    #expect(down.label == .low && down.meanRatio.isNaN)
  }

  @Test("Pairs in which the canary is higher, as a measure of effect")
  func commonLanguage() {
    // Every canary value lies above every value of the baseline: the measure is 1.
    let strict = judge {
      $0.measure = .commonLanguage
      $0.allowedIncrease = 1
    }
    #expect(strict.judge(canary: high, baseline: low).label == .high)
    let overlap = [1.0, 22, 21, 25, 30]
    #expect(strict.judge(canary: overlap, baseline: low).label == .pass)
  }

  @Test("Missing data and outliers")
  func missing() {
    let values = [1.0, 2, 3, 4, 5]
    #expect(judge().judge(canary: [.nan], baseline: values).label == .noData)
    #expect(judge().judge(canary: [.nan] + values, baseline: values).label == .pass)
    let replaced = judge { $0.missingValues = .replace }
    #expect(replaced.judge(canary: [], baseline: values).label == .pass)
    let required = judge { $0.mustHaveData = true }
    #expect(required.judge(canary: [], baseline: values).label == .missingRequiredData)
    let critical = judge { $0.isCritical = true }
    let verdict = critical.judge(canary: [], baseline: values)
    #expect(verdict.label == .noData && verdict.isCritical)
    // Of 201 values from 0 to 200, 300 lies within three quartile distances (150 + 3 x 100), 1000
    // does not, and the hundredth that is kept ends at 198.
    let many = (0...200).map(Double.init)
    let cleaned = judge { $0.outlierFactor = 3 }
    #expect(cleaned.judge(canary: many + [1000], baseline: many).meanRatio == 1)
    #expect(cleaned.judge(canary: many + [300], baseline: many).meanRatio > 1)
  }

  private func score(
    _ labels: [(KayentaJudge.Label, String)], _ weights: [(String, Double)] = []
  ) -> KayentaScore {
    KayentaScore(
      labels.map { .init(.init(label: $0.0), groups: [$0.1]) },
      weights: weights.map { .init($0.0, $0.1) })
  }

  @Test("Scores of groups and of the canary")
  func scores() {
    #expect(score([(.pass, "a")]).summary == 100)
    #expect(score([(.high, "a")]).summary == 0)
    #expect(score([(.pass, "a"), (.high, "a")]).summary == 50)
    #expect(score([(.pass, "a"), (.high, "a"), (.low, "a")]).summary == 33.33)
    #expect(
      score([(.pass, "a"), (.pass, "a"), (.high, "b")], [("a", 75), ("b", 25)]).summary == 75)
    let halves = [("a", 50.0), ("b", 50.0)]
    #expect(score([(.pass, "a"), (.high, "a"), (.high, "b")], halves).summary == 25)
    #expect(score([(.pass, "a"), (.noData, "a"), (.high, "b")], halves).summary == 50)
    // An unweighted group takes what is left: 30 of 100.
    #expect(score([(.pass, "a"), (.high, "b")], [("a", 70)]).summary == 70)
    #expect(score([(.pass, "a"), (.missingRequiredData, "a")]).summary == 50)
  }

  @Test("No data, critical failures and thresholds")
  func limits() {
    #expect(score([(.noData, "a")]).summary == 0)
    let partly = score([(.pass, "a"), (.pass, "a"), (.noData, "b")])
    #expect(partly.summary == 100)
    #expect(partly.groups.map(\.score) == [100, nil])
    #expect(score([(.pass, "a"), (.noData, "b")]).summary == 0)
    let critical = KayentaScore([
      .init(.init(label: .pass), groups: ["a"]),
      .init(.init(label: .high, isCritical: true), groups: ["a"]),
    ])
    #expect(critical.summary == 0)
    let half = score([(.pass, "a"), (.high, "a")])
    #expect(half.outcome(pass: 50, marginal: 40) == .pass)
    #expect(half.outcome(pass: 80, marginal: 50) == .marginal)
    #expect(half.outcome(pass: 80, marginal: 60) == .fail)
  }
}
