import Quantities
import Randomness
import Statistics

/// How often tests and drift rules alarm where nothing has changed, against the rate that they
/// state.
///
/// Every case is 10,000 windows of rows, or of the counts of rows, drawn anew. A row says whether
/// the 99 % interval of its rate holds the stated one; the last row judges how many do not, as more
/// than the binomial bound has a chance of one in a thousand where all is right.
enum AlarmChecks {
  @Sendable static func run() async -> [Check] {
    let rows =
      samples() + ranks() + proportions() + families() + sizeAware() + fixedThresholds()
      + canaries()
    let misses = rows.count { $0.bound == outside }
    let allowed = Int(Binomial.quantile(0.999, trials: Int64(rows.count), p: 0.01))
    let expected = QuantityFormatter.fixed(Double(rows.count) * 0.01, decimals: 2)
    return rows + [
      Check(
        name: "rates of false alarms: intervals that miss",
        expected: "\(expected) of \(rows.count)", observed: "\(misses)",
        bound: "at most \(allowed) (false alarm below 0.001)",
        outcome: misses <= allowed ? .passed : .failed)
    ]
  }

  // MARK: Rows of two samples

  private static func samples() -> [Check] {
    [
      row("Kolmogorov-Smirnov, exact p < 0.05, 100 and 997 rows", 0.05) { source in
        KolmogorovSmirnovTest(normals(997, &source), normals(100, &source)).exactP < 0.05
      },
      row("Kolmogorov-Smirnov, asymptotic p < 0.05, 400 and 1,999 rows", 0.05) { source in
        KolmogorovSmirnovTest(normals(1999, &source), normals(400, &source)).asymptoticP < 0.05
      },
      row("Welch, p < 0.05, 20 and 40 rows, threefold deviation", 0.05) { source in
        let wide = normals(20, &source).map { 3 * $0 }
        return WelchTest(wide, normals(40, &source)).twoSided < 0.05
      },
      row("Student, p < 0.05, 15 and 25 rows", 0.05) { source in
        StudentTest(normals(15, &source), normals(25, &source)).twoSided < 0.05
      },
      row("chi-square, p < 0.05, 8 categories, 500 and 2,000 rows", 0.05) { source in
        ChiSquareTest(contingency: categories(2000, &source), categories(500, &source)).pValue
          < 0.05
      },
    ]
  }

  private static func ranks() -> [Check] {
    [
      row("Mann-Whitney, p < 0.05, 80 and 60 skewed rows", 0.05) { source in
        MannWhitneyTest(exponentials(80, &source), exponentials(60, &source)).twoSided < 0.05
      },
      row("Mann-Whitney, one-sided p < 0.01, 200 and 200 rows", 0.01) { source in
        MannWhitneyTest(exponentials(200, &source), exponentials(200, &source)).firstIsGreater
          < 0.01
      },
      row("Mann-Whitney, exact p < 0.05, 8 and 9 rows", 0.05, isBound: true) { source in
        (MannWhitneyTest(normals(8, &source), normals(9, &source)).exactTwoSided ?? 1) < 0.05
      },
    ]
  }

  private static func proportions() -> [Check] {
    [
      row("two shares, p < 0.05, 4 % of 3,000 and 5,000", 0.05) { source in
        shares(0.04, 3000, 5000, &source).twoSided < 0.05
      },
      row("two shares, one-sided p < 0.01, 1 % of 20,000 and 20,000", 0.01) { source in
        shares(0.01, 20_000, 20_000, &source).secondIsGreater < 0.01
      },
      row("Fisher, p < 0.05, 10 % of 60 and 90", 0.05, isBound: true) { source in
        let a = Binomial.sample(trials: 60, p: 0.1, &source)
        let b = Binomial.sample(trials: 90, p: 0.1, &source)
        return FisherExactTest(first: a, of: 60, second: b, of: 90).twoSided < 0.05
      },
    ]
  }

  private static func shares(
    _ p: Double, _ n: Int64, _ m: Int64, _ source: inout RandomStream
  ) -> TwoProportionTest {
    TwoProportionTest(
      first: Binomial.sample(trials: n, p: p, &source), of: n,
      second: Binomial.sample(trials: m, p: p, &source), of: m)
  }

  // MARK: Several features at once

  /// Any of the top ten features: independent tests of means, 40 rows each.
  private static func families() -> [Check] {
    func p(_ source: inout RandomStream) -> [Double] {
      (0..<10).map { _ in StudentTest(normals(20, &source), normals(20, &source)).twoSided }
    }
    // Of ten independent p-values below 0.05, and below 0.005.
    let plain = 1 - PortableMath.pow(0.95, 10)
    let held = 1 - PortableMath.pow(0.995, 10)
    return [
      row("any of the top 10 at p < 0.05, uncorrected", plain) { source in
        p(&source).contains { $0 < 0.05 }
      },
      row("any of the top 10 at p < 0.05, Bonferroni", held) { source in
        MultipleTesting.bonferroni(p(&source)).contains { $0 < 0.05 }
      },
      row("any of the top 10 at p < 0.05, Holm", held) { source in
        MultipleTesting.holm(p(&source)).contains { $0 < 0.05 }
      },
      // Under independence the procedure of Benjamini and Hochberg is exact (Simes 1986).
      row("any of the top 10 at p < 0.05, Benjamini-Hochberg", 0.05) { source in
        MultipleTesting.benjaminiHochberg(p(&source)).contains { $0 < 0.05 }
      },
    ]
  }

  // MARK: Distances

  private static func sizeAware() -> [Check] {
    let sizes: [(bins: Int, rows: Int64, reference: Int64)] = [
      (10, 100, 10_000), (30, 100, 10_000), (10, 200, 200), (10, 1000, 10_000),
      (10, 10_000, 100_000), (10, 100_000, 100_000),
    ]
    var checks = sizes.map { size in
      let law = BinnedDistanceLaw(
        .stabilityIndex, bins: size.bins, reference: Double(size.reference),
        current: Double(size.rows))
      let limit = law.critical()
      let even = [Double](repeating: 1 / Double(size.bins), count: size.bins)
      return row(
        "size-aware PSI at 5 %, \(size.bins) bins, \(size.rows) against \(size.reference)", 0.05
      ) { source in
        let p = counted(size.reference, even, &source)
        return populationStabilityIndex(
          reference: p, current: counted(size.rows, even, &source)) > limit
      }
    }
    let ten = BinnedDistanceLaw(.stabilityIndex, bins: 10, reference: 1000, current: 250)
    let limit = ten.critical(level: 0.99)
    checks.append(
      row("size-aware PSI at 1 %, deciles of 1,000 rows, 250 rows", 0.01) { source in
        let reference = normals(1000, &source)
        let bins = QuantileBins(of: reference)
        return populationStabilityIndex(
          reference: Statistics.shares(of: bins.counts(of: reference)),
          current: Statistics.shares(of: bins.counts(of: normals(250, &source)))) > limit
      })
    return checks
  }

  /// The thresholds of the tools say nothing of size; the laws say how often they alarm.
  private static func fixedThresholds() -> [Check] {
    func rate(_ measure: BinnedDistanceLaw.Measure, _ rows: Double, _ limit: Double) -> Double {
      BinnedDistanceLaw(measure, bins: 10, reference: 10_000, current: rows).pValue(of: limit)
    }
    let even = [Double](repeating: 0.1, count: 10)
    let distance = SampleDistanceLaw(
      current: NormalMixture(), referenceRows: 1000, currentRows: 300)
    var source = RandomStream(seed: 99)
    let draws = 40_000
    var above = 0
    for _ in 0..<draws where distance.sample(&source).wasserstein > 0.1 { above += 1 }
    return [
      row("PSI > 0.1, 10 bins, 150 rows", rate(.stabilityIndex, 150, 0.1)) { source in
        let p = counted(10_000, even, &source)
        return populationStabilityIndex(reference: p, current: counted(150, even, &source)) > 0.1
      },
      row("JS distance > 0.1, 10 bins, 200 rows", rate(.jensenShannon, 200, 0.01)) { source in
        let p = counted(10_000, even, &source)
        return Divergence.jensenShannonDistance(p, counted(200, even, &source)) > 0.1
      },
      row(
        "KL of the current rows > 0.1, 10 bins, 100 rows",
        rate(.kullbackLeiblerOfCurrent, 100, 0.1)
      ) { source in
        let p = counted(10_000, even, &source)
        return Divergence.kullbackLeibler(of: counted(100, even, &source), from: p) > 0.1
      },
      row(
        "Wasserstein > 0.1, 300 against 1,000 rows, by the law's draws",
        Double(above) / Double(draws)
      ) { source in
        SampleDistance.wasserstein(normals(1000, &source), normals(300, &source)) > 0.1
      },
    ]
  }

  private static func canaries() -> [Check] {
    let judge = KayentaJudge()
    return [
      row("Kayenta's judge at 98 %, 40 and 40 skewed rows", 0.02, isBound: true) { source in
        judge.judge(canary: exponentials(40, &source), baseline: exponentials(40, &source)).label
          != .pass
      }
    ]
  }

  // MARK: Windows

  private static func normals(_ count: Int, _ source: inout RandomStream) -> [Double] {
    (0..<count).map { _ in Ziggurat.normal(&source) }
  }

  private static func exponentials(_ count: Int, _ source: inout RandomStream) -> [Double] {
    (0..<count).map { _ in Ziggurat.exponential(&source) }
  }

  /// Rows in eight categories of falling shares, counted.
  private static func categories(_ rows: Int, _ source: inout RandomStream) -> [Double] {
    var counts = [Double](repeating: 0, count: 8)
    for _ in 0..<rows { counts[min(7, Int(2 * Ziggurat.exponential(&source)))] += 1 }
    return counts
  }

  /// The shares of so many rows over bins of true `shares`.
  private static func counted(
    _ rows: Int64, _ shares: [Double], _ source: inout RandomStream
  ) -> [Double] {
    var left = rows
    var rest = 1.0
    return shares.map { share in
      let count = Binomial.sample(trials: left, p: min(1, share / rest), &source)
      left -= count
      rest = max(share, rest - share)
      return Double(count) / Double(rows)
    }
  }

  // MARK: Rows of the table

  private static let inside = "inside the 99 % interval"
  private static let outside = "OUTSIDE the 99 % interval"

  /// The alarms of 10,000 windows against a stated rate, or against one that is not to be exceeded.
  private static func row(
    _ name: String, _ stated: Double, isBound: Bool = false,
    _ alarms: (inout RandomStream) -> Bool
  ) -> Check {
    let windows: Int64 = 10_000
    // Each case has a stream of its own, so that one more changes no other.
    var source = RandomStream(
      seed: name.utf8.reduce(14_695_981_039_346_656_037) {
        ($0 ^ UInt64($1)) &* 1_099_511_628_211
      })
    var count: Int64 = 0
    for _ in 0..<windows where alarms(&source) { count += 1 }
    let interval = ConfidenceInterval.ofProportion(
      successes: count, trials: windows, level: 0.99)
    let holds = interval.low <= stated && (isBound || stated <= interval.high)
    return Check(
      name: name,
      expected: (isBound ? "at most " : "") + QuantityFormatter.percent(stated, decimals: 2),
      observed: "\(QuantityFormatter.percent(interval.estimate, decimals: 2)) "
        + "[\(QuantityFormatter.percent(interval.low, decimals: 2)), "
        + "\(QuantityFormatter.percent(interval.high, decimals: 2))]",
      bound: holds ? inside : outside, outcome: .passed)
  }
}
