import Randomness
import TestSupport
import Testing

/// Counts against their exact laws; each test raises a false alarm once in a million seeds.
struct CountSamplingTests {
  private static let draws = 20_000

  @Test(
    "Poisson counts have their law",
    arguments: [0.3, 4.0, 15.9, 16.1, 40.0, 900.0])
  func poisson(_ mean: Double) {
    var source = StreamFamily(seed: 11, replication: 0).stream("poisson \(mean)")
    let sample = (0..<Self.draws).map { _ in
      Double(CountSampling.poisson(mean: mean, &source))
    }
    checkLaw(sample) { count in
      // P(X <= k) = Q(k + 1, mean).
      count < 0 ? 0 : PortableMath.complementedIncompleteGamma(count + 1, mean)
    }
  }

  @Test(
    "binomial counts have their law",
    arguments: [
      (20, 0.3), (20, 0.9), (1_000, 0.001), (1_000, 0.2), (1_000, 0.5), (50_000, 0.01),
      (1_000_000, 0.97),
    ] as [(Int64, Double)])
  func binomial(_ trials: Int64, _ share: Double) {
    var source = StreamFamily(seed: 12, replication: 0).stream("binomial \(trials) \(share)")
    let sample = (0..<Self.draws).map { _ in
      Double(CountSampling.binomial(count: trials, share: share, &source))
    }
    checkLaw(sample) { count in
      // P(X <= k) = I_(1-p)(n - k, k + 1).
      if count < 0 { return 0 }
      if count >= Double(trials) { return 1 }
      return PortableMath.incompleteBeta(Double(trials) - count, count + 1, 1 - share)
    }
  }

  @Test("the ends are certain")
  func ends() {
    var source = StreamFamily(seed: 13, replication: 0).stream("ends")
    #expect(CountSampling.poisson(mean: 0, &source) == 0)
    #expect(CountSampling.binomial(count: 0, share: 0.4, &source) == 0)
    #expect(CountSampling.binomial(count: 1_000_000_000_000, share: 0, &source) == 0)
    #expect(
      CountSampling.binomial(count: 1_000_000_000_000, share: 1, &source) == 1_000_000_000_000)
  }

  @Test("a huge count costs no more than its logarithm")
  func huge() {
    var source = StreamFamily(seed: 14, replication: 0).stream("huge")
    let mean = 1e15
    let score = (Double(CountSampling.poisson(mean: mean, &source)) - mean) / mean.squareRoot()
    #expect(abs(score) < StatisticalChecks.scoreLimit(falseAlarm: 1e-6))
  }

  /// Holds a sample of counts against its distribution function at every value that occurs.
  private func checkLaw(_ sample: [Double], _ cumulative: (Double) -> Double) {
    let sorted = sample.sorted()
    let count = Double(sorted.count)
    var largest = 0.0
    for (index, value) in sorted.enumerated() {
      let isLast = index + 1 == sorted.count || sorted[index + 1] != value
      if isLast { largest = max(largest, abs(Double(index + 1) / count - cumulative(value))) }
    }
    #expect(
      largest < StatisticalChecks.kolmogorovLimit(count: sorted.count, falseAlarm: 1e-6))
  }
}
