import Randomness
import Statistics
import Testing

@Suite("Drift")
struct DriftTests {
  /// `lifecycle-divergence` of the golden values: exact formulas and SciPy 1.17.1.
  @Test(
    "Stability index, its expectation, limit and p-value",
    arguments: [
      (
        Array(repeating: 100.0, count: 10),
        [60.0, 80, 95, 105, 110, 120, 115, 110, 105, 100],
        [0.033289327958148866, 0.018, 0.0338379552092409, 0.05458012744339795]
      ),
      (
        [500.0, 300, 150, 50], [450.0, 320, 160, 70],
        [0.01393362614944271, 0.006, 0.01562945580650236, 0.07296310882569167]
      ),
      (
        [10.0, 20, 30, 40], [0.0, 25, 35, 40],
        [0.7089494639273889, 0.06, 0.1562945580650236, 9.799020254376396e-08]
      ),
      (
        [1051.0, 957, 993, 1046, 994, 944, 967, 1041, 984, 1023],
        [21.0, 37, 49, 36, 51, 47, 58, 54, 67, 80],
        [0.1161755408983357, 0.0189, 0.03552985296970294, 1.0575583261265954e-08]
      ),
    ])
  func golden(reference: [Double], current: [Double], expected: [Double]) {
    let n = reference.reduce(0, +)
    let m = current.reduce(0, +)
    let index = populationStabilityIndex(
      reference: reference.map { $0 / n }, current: current.map { $0 / m })
    #expect(abs(index - expected[0]) < 1e-9 * expected[0])
    let law = StabilityIndexLaw(bins: reference.count, reference: n, current: m)
    #expect(abs(law.mean() - expected[1]) < 1e-12)
    #expect(abs(law.critical() - expected[2]) < 1e-9 * expected[2])
    #expect(abs(law.pValue(of: index) - expected[3]) < 1e-7 * expected[3])
  }

  /// The false-alarm rate of the limit at 5 % in 2,000 draws: outside 3.2 to 6.8 % once in 4,000.
  @Test("The sampled index crosses its limit at the stated rate, and has the law's moments")
  func sampling() {
    let law = StabilityIndexLaw(bins: 10, reference: 5000, current: 2000)
    var source = RandomStream(seed: 31)
    let limit = law.critical()
    var alarms = 0
    var tally = Tally()
    for _ in 0..<2000 {
      if law.sample(true: 0, &source) > limit { alarms += 1 }
      tally.add(law.sample(true: 0.1, &source))
    }
    #expect(alarms > 64 && alarms < 136)
    #expect(abs(tally.mean - law.mean(of: 0.1)) < 4 * (law.variance(of: 0.1) / 2000).squareRoot())
    #expect(abs(tally.variance / law.variance(of: 0.1) - 1) < 0.15)
  }

  /// `lifecycle-tests` of the golden values: 25 positives, 40 negatives.
  @Test("Variance of a measured area by Hanley and McNeil")
  func area() {
    let variance = hanleyMcNeilVariance(area: 0.871, positives: 25, negatives: 40)
    #expect(abs(variance - 0.0024604128405181116) < 1e-15)
    #expect(hanleyMcNeilVariance(area: 1, positives: 10, negatives: 10) == 0)
  }
}
