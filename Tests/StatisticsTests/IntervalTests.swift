import Randomness
import Statistics
import Testing

@Suite("Intervals")
struct IntervalTests {
  private func expect(
    _ interval: ConfidenceInterval, _ low: Double, _ high: Double, _ tolerance: Double = 1e-9
  ) {
    #expect(abs(interval.low - low) <= tolerance * max(abs(low), 1e-3))
    #expect(abs(interval.high - high) <= tolerance * max(abs(high), 1e-3))
  }

  /// SciPy 1.17.1 (`lifecycle-tests` of the golden values).
  @Test("Mean by Student's t")
  func mean() {
    let values = [9.2854, 6.1243, 11.7753, 13.7689, 3.4451]
    let interval = ConfidenceInterval.ofMean(values)
    #expect(abs(interval.estimate - 8.8798) < 1e-12)
    expect(interval, 3.701135368106412, 14.058464631893587)
    let one = ConfidenceInterval.ofMean([5])
    #expect(one.low == -.infinity)
    #expect(one.high == .infinity)
    let constant = ConfidenceInterval.ofMean([2, 2, 2])
    #expect(constant.low == 2)
    #expect(constant.high == 2)
  }

  /// statsmodels 0.15 and SciPy 1.17.1: 95 % Clopper-Pearson, 95 % and 99 % Wilson.
  @Test("Proportions")
  func proportions() {
    expect(.ofProportion(successes: 0, trials: 20), 0, 0.16843347098308534)
    expect(.ofProportion(successes: 7, trials: 50), 0.05819170034037209, 0.2673960024970084)
    expect(.ofProportion(successes: 50, trials: 50), 0.9288782635358024, 1)
    expect(.ofProportion(successes: 32, trials: 400), 0.05536166558497644, 0.11106052465964122)
    expect(
      .ofProportion(successes: 3, trials: 500, level: 0.99), 0.0006768527540530409,
      0.02178049855729845)
    expect(
      .ofProportion(successes: 999, trials: 1000, level: 0.99), 0.992593713061647,
      0.9999949874707392)
    expect(.ofProportionWilson(successes: 0, trials: 20), 0, 0.1611251580528194)
    expect(
      .ofProportionWilson(successes: 32, trials: 400), 0.05723575041013351, 0.11075457683067555)
    expect(
      .ofProportionWilson(successes: 7, trials: 50, level: 0.99), 0.05614371860633749,
      0.30820578743035476)
  }

  /// SciPy 1.17.1, chi2.ppf(p, 2 k) / 2.
  @Test("Poisson rates")
  func poissonRates() {
    expect(.ofPoissonRate(events: 0, exposure: 1), 0, 3.6888794541139354)
    expect(.ofPoissonRate(events: 1, exposure: 1), 0.025317807984289876, 5.571643390938898)
    expect(.ofPoissonRate(events: 5, exposure: 2), 0.8117431950592109, 5.834166039661635)
    expect(.ofPoissonRate(events: 120, exposure: 1), 99.4919256259387, 143.49058536935226)
  }

  @Test("Exact intervals cover at their level at least, whatever the truth")
  func coverage() {
    for p in [0.01, 0.2, 0.5, 0.93] {
      var covered = 0.0
      for k in 0...40 as ClosedRange<Int64> {
        let mass =
          Binomial.cumulative(k, trials: 40, p: p) - Binomial.cumulative(k - 1, trials: 40, p: p)
        if ConfidenceInterval.ofProportion(successes: k, trials: 40).contains(p) {
          covered += mass
        }
      }
      #expect(covered >= 0.95)
      #expect(covered < 1)
    }
  }

  @Test("Quantiles by order statistics")
  func quantiles() {
    let values = (1...100).map(Double.init)
    let median = ConfidenceInterval.ofQuantile(0.5, sorted: values)
    // The binomial quantiles of 0.025 and 0.975 are 40 and 60.
    #expect(median.low == 40)
    #expect(median.high == 61)
    #expect(median.estimate == 50.5)
    let tail = ConfidenceInterval.ofQuantile(0.99, sorted: values)
    #expect(tail.high == .infinity)
    let few = ConfidenceInterval.ofQuantile(0.5, sorted: [1, 2, 3])
    #expect(few.low == -.infinity)
    #expect(few.high == .infinity)
  }

  @Test("Sample quantiles of type 7")
  func typeSeven() {
    // R's default, by hand: place q (n - 1).
    let values = [1.0, 2, 4, 8]
    #expect(quantile(0, ofSorted: values) == 1)
    #expect(quantile(1, ofSorted: values) == 8)
    #expect(quantile(0.5, ofSorted: values) == 3)
    #expect(abs(quantile(0.9, ofSorted: values) - 6.8) < 1e-14)
    #expect(quantile(0.3, ofSorted: [5]) == 5)
  }

  @Test("A paired comparison takes out what both have in common")
  func paired() {
    var source = RandomStream(seed: 29)
    var baseline: [Double] = []
    var alternative: [Double] = []
    for _ in 0..<20 {
      let common = Ziggurat.normal(&source) * 100
      baseline.append(common)
      alternative.append(common + 1 + Ziggurat.normal(&source) * 0.5)
    }
    let comparison = PairedComparison(baseline: baseline, alternative: alternative)
    #expect(comparison.verdict == .higher)
    #expect(comparison.difference.halfWidth < 0.5)
    #expect((comparison.correlation ?? 0) > 0.99)
    let reversed = PairedComparison(baseline: alternative, alternative: baseline)
    #expect(reversed.verdict == .lower)
    #expect(reversed.difference.high == -comparison.difference.low)
    #expect(PairedComparison(baseline: [1, 2], alternative: [2, 1]).verdict == .undecided)
    let joint = PairedComparison(baseline: baseline, alternative: alternative, comparisons: 5)
    #expect(abs(joint.difference.level - 0.99) < 1e-15)
    #expect(joint.jointLevel == 0.95)
    #expect(joint.difference.halfWidth > comparison.difference.halfWidth)
  }

  /// SciPy 1.17.1 and statsmodels 0.15 (`lifecycle-tests` of the golden values).
  @Test("Two samples")
  func twoSamples() {
    let x = [0.0404, 0.8311, -0.8001, -1.6352, 0.2738, 0.7931, 0.0714, -0.1686]
    let y = [1.1637, -0.37, 1.027, 0.0192, 1.7392, 0.7501, -0.5252, -0.2231, -0.0663]
    let welch = WelchTest(x, y)
    #expect(abs(welch.t + 1.1819171830163344) < 1e-12)
    #expect(abs(welch.degrees - 14.659271370467794) < 1e-9)
    #expect(abs(welch.twoSided - 0.25605688214877825) < 1e-10)
    expect(.ofDifference(x, y), -1.3046385029971534, 0.37509128077493126)
    let ranks = MannWhitneyTest(x, y)
    #expect(ranks.u == 30)
    #expect(abs(ranks.share - 0.4166666666666667) < 1e-15)
    #expect(abs(ranks.twoSided - 0.5966405346973952) < 1e-12)
    let canary = TwoProportionTest(first: 45, of: 1000, second: 62, of: 1000)
    #expect(abs(canary.z - 1.6892608746519748) < 1e-12)
    #expect(abs(canary.secondIsGreater - 0.045584723854186195) < 1e-12)
    #expect(abs(canary.twoSided - 0.09116944770837239) < 1e-12)
    #expect(TwoProportionTest(first: 0, of: 10, second: 0, of: 20).z == 0)
  }

  /// SciPy 1.17.1: many ties.
  @Test("Ranks with ties")
  func ties() {
    let x: [Double] = [
      4, 3, 8, 1, 7, 11, 10, 1, 7, 8, 1, 10, 4, 7, 7, 7, 4, 0, 9, 10, 6, 2, 9, 11, 3, 6, 2, 5, 8, 3,
      3, 4, 11, 9, 4, 0, 6, 0, 1, 10,
    ]
    let y: [Double] = [
      10, 3, 13, 8, 11, 2, 9, 8, 3, 10, 10, 8, 12, 11, 9, 13, 11, 2, 10, 12, 4, 4, 9, 9, 2, 6, 3,
      12, 10, 11, 6, 10, 12, 7, 6, 3, 7, 10, 7, 11, 4, 4, 9, 6, 3, 5, 3, 13, 4, 9,
    ]
    let ranks = MannWhitneyTest(x, y)
    #expect(ranks.u == 666.5)
    #expect(abs(ranks.twoSided - 0.006629513913251084) < 1e-12)
  }
}
