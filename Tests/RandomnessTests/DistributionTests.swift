import Randomness
import Testing

@Suite struct DistributionTests {
  private func expectClose(
    _ value: Double, _ exact: Double, _ tolerance: Double = 1e-12, _ label: Comment = "",
    _ location: SourceLocation = #_sourceLocation
  ) {
    let error = (value - exact).magnitude
    #expect(
      error <= tolerance * max(1, exact.magnitude), "\(label) \(value) for \(exact)",
      sourceLocation: location)
  }

  /// Means and variances from textbooks, worked out by hand for these parameters.
  @Test func momentsMatchTheory() {
    let root = 3.141592653589793.squareRoot()
    let e = 2.718281828459045
    let cases: [(Distribution, mean: Double, variance: Double)] = [
      (.constant(3), 3, 0),
      (.exponential(mean: 2), 2, 4),
      (.uniform(low: -1, high: 5), 2, 3),
      (.normal(mean: -1, standardDeviation: 3), -1, 9),
      (.lognormal(p50: 2, sigma: 1), 2 * e.squareRoot(), 4 * e * (e - 1)),
      (.gamma(shape: 3, scale: 2), 6, 12),
      // Gamma(1.5) = √π / 2, Gamma(2) = 1.
      (.weibull(shape: 2, scale: 2), root, 4 - root * root),
      (.pareto(shape: 3, scale: 2), 3, 3),
      (.erlang(stages: 4, mean: 8), 8, 16),
      // Half of 1 and 3: E X² = 1 + 9, so the variance is 10 - 4.
      (.hyperexponential(probabilities: [1, 1], means: [1, 3]), 2, 6),
      (.geometric(mean: 4), 4, 12),
      (.discrete(values: [0, 10], weights: [3, 1]), 2.5, 18.75),
      (.empirical([1, 2, 6]), 3, 14.0 / 3),
      // Uniform on 0...2 with chance 1/2, else 2.
      (
        .quantileTable([
          QuantilePoint(probability: 0, value: 0), QuantilePoint(probability: 0.5, value: 2),
        ]), 1.5, 0.5 * (4.0 / 3) + 0.5 * 4 - 2.25
      ),
    ]
    for (law, mean, variance) in cases {
      #expect(law.problem == nil)
      expectClose(law.mean, mean, 1e-13, "mean of \(law)")
      expectClose(law.variance, variance, 1e-13, "variance of \(law)")
    }
    #expect(Distribution.pareto(shape: 1, scale: 1).mean == .infinity)
    #expect(Distribution.pareto(shape: 2, scale: 1).variance == .infinity)
  }

  @Test func quantilesUndoDistributionFunctions() {
    let laws: [Distribution] = [
      .exponential(mean: 2), .uniform(low: -1, high: 5), .normal(mean: -1, standardDeviation: 3),
      .lognormal(p50: 2, sigma: 1), .gamma(shape: 0.3, scale: 2), .gamma(shape: 30, scale: 2),
      .weibull(shape: 0.7, scale: 2), .pareto(shape: 3, scale: 2), .erlang(stages: 4, mean: 8),
      .hyperexponential(mean: 3, cv: 2.5),
    ]
    for law in laws {
      for p in [0.001, 0.1, 0.5, 0.77, 0.99, 0.9999] {
        expectClose(law.cumulative(law.quantile(p)), p, 1e-12, "\(law) at \(p)")
      }
      #expect(law.cumulative(law.quantile(0.5) - 1e6) == 0 || law.cumulative(-1e6) < 1e-300)
    }
  }

  @Test func quantilesOfSteps() {
    let geometric = Distribution.geometric(mean: 2)
    // P(X <= k) = 1 - 2^-k.
    #expect([0, 0.5, 0.51, 0.75, 0.76, 0.9].map(geometric.quantile) == [1, 1, 2, 2, 3, 4])
    #expect([0.5, 1, 1.9, 2].map(geometric.cumulative) == [0, 0.5, 0.5, 0.75])
    let discrete = Distribution.discrete(values: [5, 1, 9], weights: [1, 2, 0])
    #expect([0, 0.5, 0.66, 0.67, 1].map(discrete.quantile) == [1, 1, 1, 5, 5])
    let empirical = Distribution.empirical([4, 2, 8, 6])
    #expect([0, 0.25, 0.26, 0.5, 1].map(empirical.quantile) == [2, 2, 4, 4, 8])
    #expect(empirical.cumulative(6) == 0.75)
    let table = Distribution.quantileTable([
      QuantilePoint(probability: 0.5, value: 10), QuantilePoint(probability: 0.9, value: 20),
      QuantilePoint(probability: 0.99, value: 110),
    ])
    #expect([0, 0.5, 0.7, 0.9, 1].map(table.quantile) == [10, 10, 15, 20, 110])
    expectClose(table.cumulative(15), 0.7)
    #expect(table.cumulative(9.99) == 0)
    #expect(table.cumulative(110) == 1)
  }

  @Test func makersMeetWhatTheyAreMadeOf() {
    let tail = Distribution.lognormal(p50: 3, p99: 11)
    expectClose(tail.quantile(0.5), 3)
    expectClose(tail.quantile(0.99), 11)
    expectClose(Distribution.lognormal(p50: 8, p90: 25).quantile(0.9), 25)
    expectClose(Distribution.lognormal(p50: 8, p95: 25).quantile(0.95), 25)
    let belief = Distribution.lognormal(p10: 2, p90: 8)
    expectClose(belief.quantile(0.1), 2)
    expectClose(belief.quantile(0.9), 8)
    let normal = Distribution.normal(p10: -1, p90: 5)
    expectClose(normal.quantile(0.1), -1)
    expectClose(normal.quantile(0.9), 5)
    for law: Distribution in [
      .lognormal(mean: 5, cv: 1.7), .gamma(mean: 5, cv: 1.7), .hyperexponential(mean: 5, cv: 1.7),
    ] {
      expectClose(law.mean, 5)
      expectClose(law.coefficientOfVariation, 1.7)
    }
    expectClose(Distribution.weibull(mean: 5, shape: 0.7).mean, 5)
  }

  @Test func scalingScalesEveryQuantile() {
    for law in Self.oneOfEach {
      guard let scaled = law.scaled(by: 2.5) else {
        #expect(law == .geometric(mean: 3))
        continue
      }
      expectClose(scaled.mean, law.mean * 2.5)
      for p in [0.05, 0.3, 0.9] { expectClose(scaled.quantile(p), law.quantile(p) * 2.5) }
      #expect(law.scaled(by: 0) == nil)
      #expect(law.scaled(by: -1) == nil)
    }
  }

  @Test func badParametersAreNamed() {
    let bad: [(Distribution, String)] = [
      (.constant(.nan), "the value must be a finite number"),
      (.exponential(mean: 0), "the mean must be a finite number above 0"),
      (.exponential(mean: .nan), "the mean must be a finite number above 0"),
      (.uniform(low: 2, high: 1), "the low end must not exceed the high end"),
      (
        .normal(mean: 0, standardDeviation: -1),
        "the standard deviation must be a finite number, 0 or more"
      ),
      (.lognormal(p50: 5, p99: 4), "the upper percentile must not be below the median"),
      (.lognormal(p50: -5, p99: 4), "the median must be a finite number above 0"),
      (.gamma(shape: 0, scale: 1), "the shape must be a finite number above 0"),
      (.weibull(shape: 1, scale: .infinity), "the scale must be a finite number above 0"),
      (.erlang(stages: 0, mean: 1), "there must be at least one stage"),
      (.geometric(mean: 0.5), "the mean number of trials must be 1 or more"),
      (.discrete(values: [1], weights: []), "there must be at least one weight"),
      (.discrete(values: [1], weights: [0]), "the weights must add to more than 0"),
      (
        .discrete(values: [1, 2], weights: [1, -1]),
        "every weight must be a finite number, 0 or more"
      ),
      (
        .hyperexponential(probabilities: [1], means: [1, 2]),
        "there must be as many weights as means"
      ),
      (.empirical([]), "there must be at least one value"),
      (.quantileTable([]), "there must be at least one point"),
      (
        .quantileTable([
          QuantilePoint(probability: 0.5, value: 2), QuantilePoint(probability: 0.5, value: 3),
        ]), "the probabilities must rise"
      ),
      (
        .quantileTable([
          QuantilePoint(probability: 0.1, value: 2), QuantilePoint(probability: 0.5, value: 1),
        ]), "the values must not fall"
      ),
    ]
    for (law, problem) in bad { #expect(law.problem == problem) }
  }

  /// One law of every kind.
  static let oneOfEach: [Distribution] = [
    .constant(3), .exponential(mean: 2), .uniform(low: 1, high: 5),
    .normal(mean: 4, standardDeviation: 3), .lognormal(p50: 2, sigma: 0.8),
    .gamma(shape: 0.4, scale: 2), .gamma(shape: 2.7, scale: 2), .weibull(shape: 1.6, scale: 2),
    .pareto(shape: 4.5, scale: 2), .erlang(stages: 3, mean: 8), .erlang(stages: 12, mean: 8),
    .hyperexponential(mean: 3, cv: 2), .geometric(mean: 3),
    .discrete(values: [5, 1, 9, 2], weights: [1, 2, 0.5, 4]), .empirical([4, 2, 8, 6, 9, 13, 1]),
    .quantileTable([
      QuantilePoint(probability: 0.1, value: 1), QuantilePoint(probability: 0.5, value: 2),
      QuantilePoint(probability: 0.99, value: 10),
    ]),
  ]
}
