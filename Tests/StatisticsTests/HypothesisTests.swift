import Statistics
import Testing

@Suite("Tests and laws beyond the golden cases")
struct HypothesisTests {
  private func close(_ a: Double, _ b: Double, _ tolerance: Double) -> Bool {
    abs(a - b) <= tolerance * abs(b)
  }

  /// A 30-digit integral over the chi law (mpmath 1.3), SciPy 1.17.1 where the shift is 0.
  @Test(
    "Noncentral t",
    arguments: [
      (2, 10, 1, 0.19238843746962474), (-1.5, 5, 2, 0.99918409305399065),
      (0.5, 168.06, 3.26, 0.99710743103911378), (1.97, 126, 2.828, 0.80382457339567093),
      (2.6, 71.5, 3.499, 0.81257959835991863), (5, 3, -1, 0.00092494283821221996),
      (10, 20, 8, 0.15701155755807656), (-2, 30, -1.5, 0.68007709929889713),
      (50, 8, 40, 0.25597087007644486), (1, 4.5, 0, 0.18400254194009424),
    ])
  func noncentralT(t: Double, degrees: Double, shift: Double, survival: Double) {
    #expect(
      close(
        NoncentralT.survival(t, degrees: degrees, noncentrality: shift), survival,
        survival < 0.01 ? 1e-9 : 1e-11))
    #expect(
      close(
        NoncentralT.cumulative(t, degrees: degrees, noncentrality: shift), 1 - survival, 1e-8))
  }

  /// SciPy 1.17.1.
  @Test(
    "Fisher's exact test",
    arguments: [
      (3, 10, 8, 9, 0.019766611097880443), (0, 5, 4, 7, 0.0808080808080808),
      (12, 30, 3, 40, 0.002342919260958176), (100, 1000, 90, 700, 0.07202750890143943),
    ])
  func fisher(a: Int64, n: Int64, b: Int64, m: Int64, chance: Double) {
    #expect(close(FisherExactTest(first: a, of: n, second: b, of: m).twoSided, chance, 1e-9))
    #expect(close(FisherExactTest(first: b, of: m, second: a, of: n).twoSided, chance, 1e-9))
  }

  @Test("Fisher's test of nothing and of everything says nothing")
  func fisherEdges() {
    #expect(FisherExactTest(first: 0, of: 5, second: 0, of: 9).twoSided == 1)
    #expect(FisherExactTest(first: 5, of: 5, second: 9, of: 9).twoSided == 1)
  }

  /// SciPy 1.17.1, method="exact".
  @Test("Ranks counted over all orders")
  func exactRanks() throws {
    let x = (0..<20).map(Double.init)
    let y = (0..<15).map { Double($0) * 1.1 + 3.05 }
    let test = MannWhitneyTest(x, y)
    #expect(test.u == 130)
    #expect(close(try #require(test.exactTwoSided), 0.5205621184577627, 1e-11))
    #expect(MannWhitneyTest([1, 2], [2, 3]).exactTwoSided == nil)
    // One value above another: both orders are as unequal.
    #expect(MannWhitneyTest([1], [2]).exactTwoSided == 1)
  }

  @Test("A larger effect, alpha or power never needs more of what it should need less")
  func sizes() {
    let base = SampleSize.student(effect: 0.3, power: 0.8)
    #expect(SampleSize.student(effect: 0.4, power: 0.8) < base)
    #expect(SampleSize.student(effect: 0.3, power: 0.9) > base)
    #expect(SampleSize.student(effect: 0.3, power: 0.8, alpha: 0.1) < base)
    #expect(SampleSize.student(effect: 3, power: 0.5) >= 2)
    // The sample's click rate: 5 % to 5.25 %, 122,121 per arm.
    #expect(SampleSize.unpooled(from: 0.05, to: 0.0525, power: 0.8).rounded(.up) == 122_121)
    // The angle of a share of 1 is π, of 0 it is 0.
    #expect(close(SampleSize.cohenH(from: 0, to: 1), .pi, 1e-15))
  }

  @Test("Distances of equal samples are 0, and of shifted ones the shift")
  func distances() {
    let x = [3.0, 1, 2, 8, 5]
    #expect(SampleDistance.wasserstein(x, x) == 0)
    #expect(SampleDistance.energy(x, x.reversed()) == 0)
    #expect(abs(SampleDistance.wasserstein(x, x.map { $0 + 0.5 }) - 0.5) < 1e-15)
    // A point at 0 against a point at 1: √(2 · 1).
    #expect(abs(SampleDistance.energy([0], [1]) - 2.squareRoot()) < 1e-15)
    // The spread of a constant reference counts as 0.001.
    #expect(abs(SampleDistance.normedWasserstein(reference: [1, 1], current: [2]) - 1000) < 1e-9)
  }

  @Test("Equal-width bins keep both ends, and a single value has one bin")
  func bins() {
    let bins = EqualWidthBins(sturges: (0...127).map(Double.init))
    // log₂ 128 + 1.
    #expect(bins.edges.count == 9)
    #expect(bins.counts(of: [0, 127, -1, 128]).reduce(0, +) == 2)
    #expect(EqualWidthBins(doane: [4, 4, 4]).edges == [3.5, 4.5])
    let quantiles = QuantileBins(of: (1...100).map(Double.init), count: 4)
    #expect(quantiles.edges == [25.75, 50.5, 75.25])
    #expect(quantiles.counts(of: [-9, 50.5, 50.4, 1e9]) == [1, 1, 1, 1])
  }

  @Test("Bins that are empty in both samples say nothing")
  func emptyBins() {
    let test = ChiSquareTest(contingency: [10, 0, 20], [12, 0, 18])
    #expect(test.degrees == 1)
    // SciPy 1.17.1, chi2_contingency without its correction, on the other two.
    #expect(close(test.statistic, 0.28708133971291866, 1e-12))
    #expect(close(test.pValue, 0.5920969758853978, 1e-12))
    #expect(ChiSquareTest(contingency: [5, 0], [7, 0]).pValue == 1)
  }
}
