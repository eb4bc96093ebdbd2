import Randomness
import Statistics
import TestSupport
import Testing

/// Laws from which monitors draw, against rows and counts that are really simulated.
@Suite("Sampling laws of distances")
struct SamplingLawTests {
  private func counts(
    _ rows: Int64, _ shares: [Double], _ source: inout RandomStream
  ) -> [Double] {
    var left = rows
    var rest = 1.0
    return shares.map { share in
      let count = Binomial.sample(trials: left, p: min(1, share / rest), &source)
      left -= count
      rest = max(share, rest - share)
      return Double(count)
    }
  }

  private func distance(
    _ measure: BinnedDistanceLaw.Measure, _ reference: [Double], _ current: [Double]
  ) -> Double {
    let (p, q) = (shares(of: reference), shares(of: current))
    switch measure {
    case .stabilityIndex: return populationStabilityIndex(reference: p, current: q)
    case .kullbackLeiblerOfReference: return Divergence.kullbackLeibler(of: p, from: q)
    case .kullbackLeiblerOfCurrent: return Divergence.kullbackLeibler(of: q, from: p)
    case .jensenShannon: return Divergence.jensenShannon(p, q)
    case .contingency: return ChiSquareTest(contingency: reference, current).statistic
    }
  }

  /// 2,000 pairs of counts: at a rate of 4.6 % or more and 5.2 % or less, the number of alarms is
  /// outside 61 to 137 once in 1,000 times at most, the mean outside 5 standard errors never.
  @Test(
    "Every measure without drift: rate of alarms, mean and variance",
    arguments: [(Int64(100), Int64(10_000)), (1000, 10_000), (100_000, 50_000)])
  func withoutDrift(current: Int64, reference: Int64) {
    let flat = [Double](repeating: 0.1, count: 10)
    var source = RandomStream(seed: UInt64(current))
    let pairs = (0..<2000).map { _ in
      (counts(reference, flat, &source), counts(current, flat, &source))
    }
    for measure in BinnedDistanceLaw.Measure.allCases {
      let law = BinnedDistanceLaw(
        measure, bins: 10, reference: Double(reference), current: Double(current))
      let values = pairs.map { distance(measure, $0.0, $0.1) }
      let limit = law.critical()
      let alarms = values.count { $0 > limit }
      #expect(alarms >= 61 && alarms <= 137, "\(measure): \(alarms)")
      let tally = Tally(values)
      let error = (law.variance() / 2000).squareRoot()
      #expect(abs(tally.mean - law.mean()) < 5 * error, "\(measure)")
      // The variance of 2,000 values with a kurtosis of up to 20 errs by 10 %.
      #expect(abs(tally.variance / law.variance() - 1) < 0.4, "\(measure)")
    }
  }

  /// What the chi-square law would do to the bar of the index.
  @Test("Ten values per bin: the computed tail holds its rate where the chi-square does not")
  func smallSample() {
    let law = BinnedDistanceLaw(.stabilityIndex, bins: 30, reference: 10_000, current: 100)
    let plain = StabilityIndexLaw(bins: 30, reference: 10_000, current: 100)
    let flat = [Double](repeating: 1.0 / 30, count: 30)
    var source = RandomStream(seed: 8)
    let values = (0..<1000).map { _ in
      distance(
        .stabilityIndex, counts(10_000, flat, &source), counts(100, flat, &source))
    }
    // 5 %: outside 27 to 77 of 1,000 once in 1,000 times.
    let alarms = values.count { $0 > law.critical() }
    #expect(alarms >= 27 && alarms <= 77, "\(alarms)")
    #expect(values.count { $0 > plain.critical() } > 400)
    #expect(abs(law.pValue(of: law.critical(level: 0.99)) - 0.01) < 1e-3)
  }

  /// Two bins of n values: the statistic is (2 X - n)² / n of a binomial X.
  @Test("The computed tail of two bins is the binomial one")
  func twoBins() {
    let tail = SmallSampleTail(bins: 2, rows: 400) { count in
      (count / 400 - 0.5) * (count / 400 - 0.5) / 0.5 * 400
    }
    for distance in [10, 20, 30, 40, 50] as [Int64] {
      // Half way to the next value: X is `distance` / 2 or more away from 200.
      let value = Double(distance * distance - 2 * distance + 2) / 400
      let exact = 2 * Binomial.cumulative(200 - distance / 2, trials: 400, p: 0.5)
      #expect(abs(tail.survival(value) - exact) < 3e-3 + 0.02 * exact, "\(distance)")
    }
    let moments = tail.moments
    #expect(abs(moments.mean - 1) < 0.01)
    // 2 - 2/n.
    #expect(abs(moments.variance - 1.995) < 0.05)
  }

  /// 3,000 draws: rate within 4 standard errors of 5 % (once in 16,000 times).
  @Test("Draws alarm at the stated rate and have the law's moments, with and without drift")
  func draws() {
    var source = RandomStream(seed: 12)
    for measure in BinnedDistanceLaw.Measure.allCases {
      let law = BinnedDistanceLaw(measure, bins: 10, reference: 20_000, current: 300)
      let limit = law.critical()
      var alarms = 0
      var (still, moved) = (Tally(), Tally())
      let truth = 12 * law.unit
      for _ in 0..<3000 {
        let value = law.sample(true: 0, &source)
        still.add(value)
        if value > limit { alarms += 1 }
        moved.add(law.sample(true: truth, &source))
      }
      #expect(alarms > 102 && alarms < 198, "\(measure): \(alarms)")
      #expect(abs(still.mean - law.mean()) < 4 * (law.variance() / 3000).squareRoot())
      let spread = law.variance(of: truth)
      #expect(abs(moved.mean - law.mean(of: truth)) < 4 * (spread / 3000).squareRoot())
      #expect(abs(moved.variance / spread - 1) < 0.15, "\(measure)")
    }
  }

  /// A shift of 0.3 deviations at 400 rows against 5,000, 800 pairs: means within 4 standard
  /// errors, deviations within 15 % (six of their own).
  @Test("Under a normal shift the laws agree with counts")
  func shifted() {
    let feature = NormalMixture()
    let edges = feature.edges(count: 10)
    let p = feature.shares(between: edges)
    let q = NormalMixture(mean: 0.3).shares(between: edges)
    var source = RandomStream(seed: 77)
    let pairs = (0..<800).map { _ in (counts(5000, p, &source), counts(400, q, &source)) }
    for measure in BinnedDistanceLaw.Measure.allCases {
      let law = BinnedDistanceLaw(measure, bins: 10, reference: 5000, current: 400)
      let scale = 1 / 5000.0 + 1 / 400.0
      let pooled = zip(p, q).map { ($0 * 5000 + $1 * 400) / 5400 }
      let truth =
        measure == .contingency
        ? zip(zip(p, q), pooled).reduce(0) {
          $0 + ($1.0.0 - $1.0.1) * ($1.0.0 - $1.0.1) / $1.1
        } / scale : distance(measure, p, q)
      let tally = Tally(pairs.map { distance(measure, $0.0, $0.1) })
      let spread = law.variance(of: truth).squareRoot()
      #expect(abs(tally.mean - law.mean(of: truth)) < 4 * spread / 800.0.squareRoot(), "\(measure)")
      #expect(abs(tally.standardDeviation / spread - 1) < 0.15, "\(measure)")
    }
  }

  // MARK: Empirical distribution functions

  @Test("True distances of a normal shift")
  func truths() {
    let law = SampleDistanceLaw(
      current: NormalMixture(mean: 0.7), referenceRows: 1000, currentRows: 100)
    // The functions are farthest apart half way: 2 Φ(δ/2) - 1.
    #expect(abs(law.trueKolmogorov - (2 * PortableMath.normalCDF(0.35) - 1)) < 1e-9)
    #expect(abs(law.trueWasserstein - 0.7) < 1e-4)
    let still = SampleDistanceLaw(
      current: NormalMixture(), referenceRows: 1000, currentRows: 100)
    #expect(still.trueKolmogorov == 0 && still.trueWasserstein == 0)
    #expect(abs(still.effectiveCount - 1000.0 / 11) < 1e-9)
    let edges = NormalMixture().edges(count: 4)
    #expect(abs(edges[0] - PortableMath.normalQuantile(0.25)) < 1e-9)
    // 10 bins: 0.96 δ² at δ = 0.1, and 0.95 δ² at 0.5.
    let deciles = NormalMixture().edges(count: 10)
    for (shift, share) in [(0.1, 0.96), (0.5, 0.95)] {
      let index = populationStabilityIndex(
        reference: NormalMixture().shares(between: deciles),
        current: NormalMixture(mean: shift).shares(between: deciles))
      #expect(abs(index / (shift * shift) - share) < 0.006)
    }
    let mixture = NormalMixture([
      .init(mean: -1, weight: 0.5), .init(mean: 1, deviation: 2, weight: 0.5),
    ])
    #expect(
      abs(mixture.cumulative(1) - (PortableMath.normalCDF(2) + 0.5) / 2) < 1e-15)
  }

  /// 3,000 draws: rates within 4 standard errors of 5 %, means within 4, deviations within 8 % (six
  /// of their own).
  @Test("Without drift D follows Kolmogorov's law")
  func kolmogorov() {
    let law = SampleDistanceLaw(
      current: NormalMixture(), referenceRows: 10_000, currentRows: 400)
    let null = law.kolmogorovWithoutDrift
    let exact = OneSampleKolmogorov(count: Int(law.effectiveCount.rounded()))
    var source = RandomStream(seed: 3)
    var (d, w) = (Tally(), Tally())
    var alarms = 0
    for _ in 0..<3000 {
      let draw = law.sample(&source)
      d.add(draw.kolmogorov)
      w.add(draw.wasserstein)
      // The exact p-value falls as D rises, so the limit is asked by one value near it.
      if draw.kolmogorov * law.effectiveCount.squareRoot() > 1.2,
        exact.survival(draw.kolmogorov) < 0.05
      {
        alarms += 1
      }
    }
    #expect(alarms > 102 && alarms < 198, "\(alarms)")
    #expect(abs(d.mean - null.mean) < 4 * null.deviation / 3000.0.squareRoot())
    #expect(abs(d.standardDeviation / null.deviation - 1) < 0.08)
    let mean = law.wasserstein
    #expect(abs(w.mean - mean.mean) < 4 * mean.deviation / 3000.0.squareRoot())
    #expect(abs(w.standardDeviation / mean.deviation - 1) < 0.08)
  }

  /// 400 pairs of samples with rows: means within 4 standard errors, deviations within 16 % (four
  /// of their own and a little).
  @Test(
    "D and the Wasserstein distance of simulated rows have the moments of the law",
    arguments: [(0.0, 1.0), (0.2, 1.0), (0.0, 1.3), (0.6, 1.0)])
  func rows(shift: Double, spread: Double) {
    let law = SampleDistanceLaw(
      current: NormalMixture(mean: shift, deviation: spread), referenceRows: 600, currentRows: 150)
    var source = RandomStream(seed: 40)
    var (d, w, drawnD, drawnW) = (Tally(), Tally(), Tally(), Tally())
    for _ in 0..<400 {
      let x = (0..<600).map { _ in Ziggurat.normal(&source) }
      let y = (0..<150).map { _ in shift + spread * Ziggurat.normal(&source) }
      d.add(KolmogorovSmirnovTest(x, y).statistic)
      w.add(SampleDistance.wasserstein(x, y))
    }
    for _ in 0..<1000 {
      let draw = law.sample(&source)
      drawnD.add(draw.kolmogorov)
      drawnW.add(draw.wasserstein)
    }
    #expect(abs(d.mean - drawnD.mean) < 4 * drawnD.standardDeviation / 20)
    #expect(abs(d.standardDeviation / drawnD.standardDeviation - 1) < 0.16)
    #expect(abs(w.mean - law.wasserstein.mean) < 4 * law.wasserstein.deviation / 20)
    #expect(abs(w.standardDeviation / law.wasserstein.deviation - 1) < 0.16)
    #expect(
      abs(drawnW.mean - law.wasserstein.mean) < 4 * law.wasserstein.deviation / 1000.0.squareRoot())
    if shift == 0.6 {
      // √(n m / (n + m)) D is 2.6: the normal limit lacks what the search for a peak adds.
      let normal = law.kolmogorovUnderDrift
      #expect(drawnD.mean > normal.mean && drawnD.mean < normal.mean * 1.2)
      #expect(abs(drawnD.standardDeviation / normal.deviation - 1) < 0.15)
    }
  }
}
