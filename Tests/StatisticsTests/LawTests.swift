import Randomness
import Statistics
import Testing

/// Expected values from mpmath 1.3 with 30 digits unless said otherwise.
@Suite("Laws")
struct LawTests {
  private func close(_ a: Double, _ b: Double, _ tolerance: Double = 1e-12) -> Bool {
    abs(a - b) <= tolerance * max(abs(a), abs(b))
  }

  @Test(
    "Student's t: quantile and back",
    arguments: [
      (0.975, 1, 12.706204736174705), (0.975, 2, 4.3026527297494639),
      (0.975, 4, 2.7764451051977944), (0.995, 9, 3.2498355415921263),
      (0.9, 3, 1.6377443536962101), (0.6, 7, 0.26316686135202281),
      (0.51, 5, 0.026346712342273238), (0.9995, 30, 3.6459586350420218),
      (0.975, 199, 1.9719565442517538), (0.999999, 3, 103.29946778041934),
      (0.99, 2.5, 5.3531111730308743), (0.975, 100_000, 1.9599877075346096),
    ])
  func studentT(p: Double, degrees: Double, expected: Double) {
    #expect(close(StudentT.quantile(p, degrees: degrees), expected, 1e-10))
    #expect(close(StudentT.quantile(1 - p, degrees: degrees), -expected, 1e-9))
    #expect(close(StudentT.cumulative(expected, degrees: degrees), p))
    #expect(close(StudentT.twoSided(expected, degrees: degrees), 2 * (1 - p), 1e-9))
  }

  @Test(
    "Chi-square: quantile and back",
    arguments: [
      (0.95, 9, 16.91897760462045), (0.95, 1, 3.841458820694126), (0.05, 3, 0.3518463177492714),
      (0.999, 50, 86.660815190403139), (0.5, 2, 1.3862943611198906),
      (0.01, 200, 156.43196610759165),
    ])
  func chiSquare(p: Double, degrees: Double, expected: Double) {
    #expect(close(ChiSquare.quantile(p, degrees: degrees), expected, 1e-11))
    #expect(close(ChiSquare.cumulative(expected, degrees: degrees), p))
    #expect(close(ChiSquare.survival(expected, degrees: degrees), 1 - p, 1e-11))
  }

  /// Sums of exact terms with 40 digits.
  @Test(
    "Binomial distribution function",
    arguments: [
      (3, 10, 0.3, 0.6496107184), (0, 20, 0.05, 0.35848592240854223),
      (510, 1000, 0.5, 0.74666997868777351), (10_100, 100_000, 0.1, 0.85524452685123915),
      (90, 1_000_000, 0.0001, 0.17137259925265891),
    ])
  func binomial(k: Int64, trials: Int64, p: Double, expected: Double) {
    #expect(close(Binomial.cumulative(k, trials: trials, p: p), expected, 1e-10))
    #expect(close(Binomial.survival(k, trials: trials, p: p), 1 - expected, 1e-10))
  }

  /// Sums of exact terms with 40 digits.
  @Test(
    "Poisson distribution function",
    arguments: [
      (0, 0.5, 0.60653065971263342), (3, 2.5, 0.75757613313306596),
      (120, 100, 0.97733067092164731), (9900, 10_000, 0.15987118224528374),
      (202_000, 200_000, 0.99999601893483165),
    ])
  func poisson(k: Int64, mean: Double, expected: Double) {
    #expect(close(Poisson.cumulative(k, mean: mean), expected, 1e-11))
    #expect(close(Poisson.survival(k, mean: mean), 1 - expected, 1e-7))
  }

  @Test("A discrete quantile is the least number that reaches its share")
  func discreteQuantiles() {
    // SciPy 1.17.1, binom.ppf and poisson.ppf.
    #expect(Binomial.quantile(0.5, trials: 10, p: 0.3) == 3)
    #expect(Binomial.quantile(0.025, trials: 100, p: 0.5) == 40)
    #expect(Binomial.quantile(0.975, trials: 100, p: 0.5) == 60)
    #expect(Binomial.quantile(0.9, trials: 1_000_000, p: 0.001) == 1041)
    #expect(Binomial.quantile(0.001, trials: 1000, p: 0.9) == 870)
    #expect(Binomial.quantile(1e-6, trials: 50, p: 0.02) == 0)
    #expect(Poisson.quantile(0.5, mean: 0.3) == 0)
    #expect(Poisson.quantile(0.975, mean: 10) == 17)
    #expect(Poisson.quantile(0.001, mean: 1e6) == 996_911)
    #expect(Poisson.quantile(0.999, mean: 50) == 73)
    // Edges of what the laws can take.
    #expect(Binomial.quantile(0.3, trials: 0, p: 0.5) == 0)
    #expect(Binomial.quantile(0.3, trials: 9, p: 1) == 9)
    #expect(Binomial.quantile(1, trials: 9, p: 0.5) == 9)
    #expect(Poisson.quantile(0.999, mean: 0) == 0)
    for k in 0..<12 as Range<Int64> {
      let share = Binomial.cumulative(k, trials: 12, p: 0.37)
      #expect(Binomial.quantile(share * (1 - 1e-12), trials: 12, p: 0.37) == k)
      #expect(Binomial.quantile(share * (1 + 1e-12), trials: 12, p: 0.37) == k + 1)
    }
  }

  /// Chi-square of the counts against the law; a fixed seed, which at random would fail once in
  /// 10,000 times.
  @Test("Binomial and Poisson draws follow their laws")
  func discreteDraws() {
    var source = RandomStream(seed: 17)
    var binomial = [Double](repeating: 0, count: 9)
    var poisson = [Double](repeating: 0, count: 9)
    let draws = 4000
    for _ in 0..<draws {
      binomial[Int(Binomial.sample(trials: 8, p: 0.4, &source))] += 1
      poisson[Int(min(8, Poisson.sample(mean: 3, &source)))] += 1
    }
    var distance = (binomial: 0.0, poisson: 0.0)
    for k in 0...8 {
      let below = Int64(k) - 1
      let b =
        Binomial.survival(below, trials: 8, p: 0.4)
        - (k == 8 ? 0 : Binomial.survival(Int64(k), trials: 8, p: 0.4))
      let q = Poisson.survival(below, mean: 3) - (k == 8 ? 0 : Poisson.survival(Int64(k), mean: 3))
      let n = Double(draws)
      distance.binomial += (binomial[k] - n * b) * (binomial[k] - n * b) / (n * b)
      distance.poisson += (poisson[k] - n * q) * (poisson[k] - n * q) / (n * q)
    }
    // The 0.9999 quantile of chi-square with 8 degrees is 31.83.
    #expect(distance.binomial < 31.83)
    #expect(distance.poisson < 31.83)
  }

  @Test("More trials or a higher mean never draw less from the same word")
  func monotone() {
    for seed in 1...40 as ClosedRange<UInt64> {
      var last: (binomial: Int64, poisson: Int64) = (0, 0)
      for scale in [1.0, 1.1, 2, 50, 1e4] {
        var a = RandomStream(seed: seed)
        var b = RandomStream(seed: seed)
        let k = Binomial.sample(trials: Int64(100 * scale), p: 0.2, &a)
        let m = Poisson.sample(mean: 3 * scale, &b)
        #expect(k >= last.binomial)
        #expect(m >= last.poisson)
        last = (k, m)
      }
    }
  }

  /// Mean k + L and variance 2 (k + 2 L): the mean of 3,000 draws within 4 standard errors (false
  /// alarm 1 in 16,000 each), the variance within 15 % (more than 4 of its own).
  @Test("Noncentral chi-square draws have the law's moments", arguments: [(1, 0), (9, 0), (9, 30)])
  func noncentral(degrees: Int, noncentrality: Int) {
    var source = RandomStream(seed: 23)
    var tally = Tally()
    let k = Double(degrees)
    let shift = Double(noncentrality)
    for _ in 0..<3000 {
      tally.add(NoncentralChiSquare.sample(degrees: k, noncentrality: shift, &source))
    }
    let variance = 2 * (k + 2 * shift)
    #expect(abs(tally.mean - (k + shift)) < 4 * (variance / 3000).squareRoot())
    #expect(abs(tally.variance / variance - 1) < (degrees == 1 ? 0.3 : 0.15))
  }
}
