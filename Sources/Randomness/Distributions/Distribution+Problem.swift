extension Distribution {
  /// What is wrong with the parameters, in words for the user; nil if nothing is.
  public var problem: String? {
    switch self {
    case .constant(let value): return value.isFinite ? nil : "the value must be a finite number"
    case .exponential(let mean): return Self.positive(mean, "the mean")
    case .uniform(let low, let high):
      guard low.isFinite, high.isFinite else { return "both ends must be finite numbers" }
      return low <= high ? nil : "the low end must not exceed the high end"
    case .normal(let mean, let deviation):
      guard mean.isFinite else { return "the mean must be a finite number" }
      return deviation >= 0 && deviation.isFinite
        ? nil : "the standard deviation must be a finite number, 0 or more"
    case .lognormal(let p50, let sigma):
      if let problem = Self.positive(p50, "the median") { return problem }
      return sigma >= 0 && sigma.isFinite
        ? nil : "the upper percentile must not be below the median"
    case .gamma(let shape, let scale), .weibull(let shape, let scale),
      .pareto(let shape, let scale):
      return Self.positive(shape, "the shape") ?? Self.positive(scale, "the scale")
    case .erlang(let stages, let mean):
      return stages >= 1 ? Self.positive(mean, "the mean") : "there must be at least one stage"
    case .hyperexponential(let probabilities, let means):
      if let problem = Self.weighted(probabilities, means.count, "means") { return problem }
      return means.allSatisfy { $0 > 0 && $0.isFinite } ? nil : "every mean must be above 0"
    case .geometric(let mean):
      return mean >= 1 && mean.isFinite ? nil : "the mean number of trials must be 1 or more"
    case .discrete(let values, let weights):
      if let problem = Self.weighted(weights, values.count, "values") { return problem }
      return values.allSatisfy(\.isFinite) ? nil : "every value must be a finite number"
    case .empirical(let values):
      if values.isEmpty { return "there must be at least one value" }
      return values.allSatisfy(\.isFinite) ? nil : "every value must be a finite number"
    case .quantileTable(let points): return Self.table(points)
    }
  }

  private static func positive(_ value: Double, _ name: String) -> String? {
    value > 0 && value.isFinite ? nil : "\(name) must be a finite number above 0"
  }

  private static func weighted(_ weights: [Double], _ count: Int, _ name: String) -> String? {
    if weights.isEmpty { return "there must be at least one weight" }
    if weights.count != count { return "there must be as many weights as \(name)" }
    guard weights.allSatisfy({ $0 >= 0 && $0.isFinite }) else {
      return "every weight must be a finite number, 0 or more"
    }
    let sum = weights.reduce(0, +)
    return sum > 0 && sum.isFinite ? nil : "the weights must add to more than 0"
  }

  private static func table(_ points: [QuantilePoint]) -> String? {
    if points.isEmpty { return "there must be at least one point" }
    guard points.allSatisfy({ $0.value.isFinite && $0.probability >= 0 && $0.probability <= 1 })
    else { return "every probability must lie in 0...1 and every value be a finite number" }
    for (a, b) in zip(points, points.dropFirst()) {
      if b.probability <= a.probability { return "the probabilities must rise" }
      if b.value < a.value { return "the values must not fall" }
    }
    return nil
  }
}
