import Randomness
import TestSupport
import Testing

/// Samples of 60,000 against theory.
///
/// Each check has a false-alarm rate of 1e-6; there are some
/// eighty, so a change of seed would fail one of 10,000 runs.
@Suite struct SamplerTests {
  private static let count = 60_000
  private static let rate = 1e-6

  private func sample(_ law: Distribution, _ name: String, _ count: Int = count) -> [Double] {
    let sampler = Sampler(law)
    var stream = StreamFamily(seed: 17, replication: 0).stream(name)
    return (0..<count).map { _ in sampler.sample(&stream) }
  }

  @Test(arguments: DistributionTests.oneOfEach.indices)
  func meanAndVarianceMatchTheory(_ index: Int) {
    let law = DistributionTests.oneOfEach[index]
    let values = sample(law, "moments \(index)")
    if case .constant(let value) = law {
      #expect(values.allSatisfy { $0 == value })
      return
    }
    let limit = StatisticalChecks.scoreLimit(falseAlarm: Self.rate)
    let mean = StatisticalChecks.meanScore(values, mean: law.mean, variance: law.variance)
    #expect(mean.magnitude < limit, "\(law)")
    // The standard error of a variance needs the fourth moment, taken from the sample itself. Heavy
    // tails, whose fourth moment a sample understates, are left to the distances below.
    let squares = values.map { ($0 - law.mean) * ($0 - law.mean) }
    let average = squares.reduce(0, +) / Double(squares.count)
    let spread =
      squares.reduce(0) { $0 + ($1 - average) * ($1 - average) } / Double(squares.count)
    if spread < 100 * law.variance * law.variance {
      let score = StatisticalChecks.meanScore(squares, mean: law.variance, variance: spread)
      #expect(score.magnitude < limit, "\(law)")
    }
  }

  @Test(
    arguments: [
      .exponential(mean: 2), .uniform(low: 1, high: 5), .normal(mean: 4, standardDeviation: 3),
      .lognormal(p50: 2, sigma: 0.8), .gamma(shape: 0.1, scale: 1), .gamma(shape: 0.4, scale: 2),
      .gamma(shape: 1, scale: 2), .gamma(shape: 2.7, scale: 2), .gamma(shape: 500, scale: 2),
      .weibull(shape: 0.6, scale: 2), .weibull(shape: 1.6, scale: 2), .pareto(shape: 0.8, scale: 2),
      .pareto(shape: 4.5, scale: 2), .erlang(stages: 1, mean: 2), .erlang(stages: 3, mean: 8),
      .erlang(stages: 12, mean: 8), .hyperexponential(mean: 3, cv: 2),
      .quantileTable(
        (0...20).map {
          QuantilePoint(probability: Double($0) / 20, value: Double($0 * $0))
        }),
    ] as [Distribution])
  func distanceFromTheLawIsSmall(_ law: Distribution) {
    let values = sample(law, "distance")
    let distance = StatisticalChecks.kolmogorovDistance(values, law.cumulative)
    let limit = StatisticalChecks.kolmogorovLimit(count: values.count, falseAlarm: Self.rate)
    #expect(distance < limit, "\(law)")
  }

  @Test func stepsComeWithTheirChances() {
    let weights = [1.0, 2, 0.5, 4]
    let seen = counts(
      sample(.discrete(values: [0, 1, 2, 3], weights: weights), "discrete"), cells: 4)
    expectCounts(seen, weights)
    expectCounts(counts(sample(.empirical([0, 1, 2, 2]), "empirical"), cells: 3), [1, 1, 2])
    let geometric = sample(.geometric(mean: 2), "geometric").map { min($0, 9) - 1 }
    // P(X = k) = 2^-k; what is 9 or more is one cell.
    expectCounts(counts(geometric, cells: 9), (1...8).map { 1 / Double(1 << $0) } + [1.0 / 256])
    // 1,000 equal cells: the choice of a row is uniform as well.
    let many = sample(.empirical((0..<1000).map(Double.init)), "many", 50_000)
    expectCounts(counts(many, cells: 1000), [Double](repeating: 1, count: 1000))
  }

  private func counts(_ values: [Double], cells: Int) -> [Double] {
    var result = [Double](repeating: 0, count: cells)
    for value in values { result[Int(value)] += 1 }
    return result
  }

  private func expectCounts(_ observed: [Double], _ weights: [Double]) {
    let scale = observed.reduce(0, +) / weights.reduce(0, +)
    let p = StatisticalChecks.chiSquarePValue(
      observed: observed, expected: weights.map { $0 * scale })
    #expect(p > Self.rate && p < 1 - Self.rate, "p = \(p)")
  }

  @Test func valuesOutsideATableSitAtItsEnds() {
    let law = Distribution.quantileTable([
      QuantilePoint(probability: 0.25, value: 1), QuantilePoint(probability: 0.75, value: 2),
    ])
    let values = sample(law, "ends")
    expectCounts(
      [
        Double(values.count { $0 == 1 }), Double(values.count { $0 > 1 && $0 < 2 }),
        Double(values.count { $0 == 2 }),
      ], [1, 2, 1])
    // One point is a constant.
    let point = Distribution.quantileTable([QuantilePoint(probability: 0.5, value: 7)])
    #expect(sample(point, "point", 100).allSatisfy { $0 == 7 })
  }

  @Test func aScaledSamplerDrawsInProportion() {
    for law in DistributionTests.oneOfEach where law != .geometric(mean: 3) {
      let plain = Sampler(law)
      let scaled = plain.scaled(by: 4)
      let counter = StreamFamily(seed: 2, replication: 0).counter("scaled")
      for request in 0..<50 as Range<UInt64> {
        var first = counter.draws(of: request)
        var second = counter.draws(of: request)
        #expect(scaled.sample(&second) == 4 * plain.sample(&first), "\(law)")
      }
    }
  }

  /// First draws of many requests are a sample of the law just as successive draws of one stream
  /// are.
  @Test func drawsOfRequestsFollowTheLaw() {
    let counter = StreamFamily(seed: 9, replication: 0).counter("requests")
    for law: Distribution in [
      .exponential(mean: 2), .normal(mean: 0, standardDeviation: 1), .gamma(shape: 2.7, scale: 2),
    ] {
      let sampler = Sampler(law)
      let values = (0..<Self.count).map { request in
        var draws = counter.draws(of: UInt64(request))
        return sampler.sample(&draws)
      }
      let limit = StatisticalChecks.kolmogorovLimit(count: values.count, falseAlarm: Self.rate)
      #expect(StatisticalChecks.kolmogorovDistance(values, law.cumulative) < limit, "\(law)")
    }
  }
}

@Suite struct ZigguratTests {
  /// Every layer has the area of the base with its tail, or the method would be wrong in that
  /// layer.
  @Test func layersHaveEqualAreas() {
    // Areas from Marsaglia and Tsang (2000), section 3, for 256 layers.
    check(
      (0...770).map { zigguratExponential[$0] }, area: 0.0039496598225815571993,
      density: { PortableMath.exp(-$0) }, tail: { PortableMath.exp(-$0) })
    check(
      (0...770).map { zigguratNormal[$0] }, area: 0.00492867323399,
      density: { PortableMath.exp(-0.5 * $0 * $0) },
      tail: { 2.5066282746310002 * PortableMath.normalCDF(-$0) })
  }

  /// Rows of the width times 2^-53, the next width, and the density at the width.
  private func check(
    _ table: [Double], area: Double, density: (Double) -> Double, tail: (Double) -> Double
  ) {
    let widths = (0...256).map { table[3 * $0] * 0x1p53 }
    #expect(widths[256] == 0)
    let base = widths[1] * density(widths[1]) + tail(widths[1])
    #expect((base / area - 1).magnitude < 1e-11)
    #expect((widths[0] * density(widths[1]) / base - 1).magnitude < 1e-12)
    #expect(table[1] == widths[1])
    for layer in 1..<256 {
      let height = density(widths[layer + 1]) - density(widths[layer])
      #expect((widths[layer] * height / base - 1).magnitude < 1e-9, "layer \(layer)")
      #expect(table[3 * layer + 1] == widths[layer + 1], "layer \(layer)")
      #expect(StatisticalChecks.ulps(table[3 * layer + 2], from: density(widths[layer])) <= 1)
    }
    #expect(table[770] == 1)
  }

  /// Beyond the last layer the draws come from another method: their number and their law are
  /// checked by themselves, false-alarm rate 1e-6 each.
  @Test func tailsFollowTheLaw() {
    var stream = StreamFamily(seed: 23, replication: 0).stream("tails")
    var normals: [Double] = []
    var upper = 0
    for _ in 0..<200_000 {
      let x = Ziggurat.normal(&stream)
      if x.magnitude > 3 {
        normals.append(x.magnitude)
        if x > 0 { upper += 1 }
      }
    }
    let chance = 2 * PortableMath.normalCDF(-3)
    let expected = 200_000 * chance
    #expect((Double(normals.count) - expected).magnitude < 4.9 * expected.squareRoot())
    let sides = (2 * Double(upper) - Double(normals.count)) / Double(normals.count).squareRoot()
    #expect(sides.magnitude < 4.9)
    let distance = StatisticalChecks.kolmogorovDistance(normals) {
      1 - 2 * PortableMath.normalCDF(-$0) / chance
    }
    #expect(
      distance < StatisticalChecks.kolmogorovLimit(count: normals.count, falseAlarm: 1e-6))
  }
}
