import Randomness
import Statistics
import TestSupport
import Testing

/// SciPy 1.17.1: `kstwobign`, `kstwo`, `ksone`, `ks_2samp(method="exact")`.
@Suite("Kolmogorov and Smirnov")
struct KolmogorovTests {
  private func close(_ a: Double, _ b: Double, _ tolerance: Double = 1e-10) -> Bool {
    abs(a - b) <= tolerance * abs(b)
  }

  @Test(
    "The limit law",
    arguments: [
      (0.3, 0.9999906941986655, 9.305801334566636e-06),
      (0.5, 0.9639452436648751, 0.036054756335124914),
      (0.9, 0.3927307079406543, 0.6072692920593457),
      (1.0, 0.26999967167735456, 0.7300003283226455),
      (1.3580986393225505, 0.05, 0.95), (2, 0.0006709252557796953, 0.9993290747442203),
      (3, 3.045995948942526e-08, 0.9999999695400406),
    ])
  func limit(x: Double, survival: Double, cumulative: Double) {
    #expect(close(Kolmogorov.survival(x), survival))
    #expect(close(Kolmogorov.cumulative(x), cumulative))
    #expect(close(Kolmogorov.quantile(cumulative), x, 1e-7))
  }

  @Test("Quantiles and moments of the limit law")
  func quantiles() {
    for (p, x) in [(0.001, 0.3742196902782784), (0.5, 0.8275735551899059)] {
      #expect(close(Kolmogorov.quantile(p), x))
    }
    for (p, x) in [(0.99, 1.6276236115189502), (0.999, 1.949474603504375)] {
      #expect(close(Kolmogorov.quantile(p), x))
    }
    // √(π/2) ln 2 and π²/12 - (π/2) ln² 2.
    #expect(close(Kolmogorov.mean, 0.8687311606361591))
    #expect(close(Kolmogorov.variance, 0.06777320397404, 1e-9))
  }

  /// Every branch: below 1/n, the matrix, the one-sided tail, the expansion for large samples.
  @Test(
    "One sample",
    arguments: [
      (1, 0.7, 0.6), (5, 0.15, 0.9988), (5, 0.3, 0.664), (5, 0.85, 0.000151875),
      (10, 0.274, 0.3715203845434957), (12, 0.55, 0.0006161899863954289),
      (51, 0.2055555555555556, 0.022882259852678666), (100, 0.08, 0.5182193645480672),
      (140, 0.169, 0.0005778682806183945), (140, 0.18, 0.0001932001834783552),
      (200, 0.06, 0.45015844138021865), (500, 0.05, 0.15866260223815387),
      (1000, 0.043, 0.04811098765192656), (3000, 0.03, 0.008848227794930863),
      (3000, 0.012, 0.77592168192869), (20_000, 0.01, 0.03638603905248727),
      (20_000, 0.004, 0.9048968240702959),
    ])
  func oneSample(count: Int, distance: Double, survival: Double) {
    #expect(close(OneSampleKolmogorov(count: count).survival(distance), survival, 1e-9))
  }

  @Test("One sample, one side")
  func oneSided() {
    for (n, distance, chance) in [
      (10, 0.3, 0.1354635556), (100, 0.1, 0.1265906584562817), (5000, 0.02, 0.01806981293722266),
    ] {
      #expect(close(OneSampleKolmogorov(count: n).oneSided(distance), chance))
    }
  }

  @Test(
    "Two samples, exactly",
    arguments: [
      (3, 4, 0.4166666666666667, 0.8857142857142858), (7, 5, 0.2, 0.9974747474747474),
      (100, 60, 0.1, 0.8153944043074798), (300, 200, 0.09333333333333334, 0.23649002151756407),
      (50, 50, 0.1, 0.9667464356809096),
    ])
  func exact(n: Int, m: Int, statistic: Double, chance: Double) {
    let x = (0..<n).map(Double.init)
    let y = (0..<m).map { Double($0) * (Double(n) / Double(m)) * 1.1 + 0.3 }
    let test = KolmogorovSmirnovTest(x, y)
    #expect(close(test.statistic, statistic, 1e-12))
    #expect(close(test.exactP, chance))
    #expect(KolmogorovSmirnovTest(x, x).exactP == 1)
  }
}
