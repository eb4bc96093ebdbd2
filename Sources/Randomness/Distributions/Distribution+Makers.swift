extension Distribution {
  /// The lognormal law of median `p50` and 99th percentile `p99`.
  ///
  /// Needs 0 < p50 <= p99; other numbers make a law with a `problem`.
  public static func lognormal(p50: Double, p99: Double) -> Distribution {
    lognormal(p50: p50, quantile: p99, at: 0.99)
  }

  /// The lognormal law of median `p50` and 90th percentile `p90`.
  public static func lognormal(p50: Double, p90: Double) -> Distribution {
    lognormal(p50: p50, quantile: p90, at: 0.9)
  }

  /// The lognormal law of median `p50` and 95th percentile `p95`.
  public static func lognormal(p50: Double, p95: Double) -> Distribution {
    lognormal(p50: p50, quantile: p95, at: 0.95)
  }

  /// The lognormal law of 10th percentile `p10` and 90th percentile `p90`.
  public static func lognormal(p10: Double, p90: Double) -> Distribution {
    let spread = PortableMath.log(p90 / p10)
    return .lognormal(
      p50: (p10 * p90).squareRoot(), sigma: spread / (2 * PortableMath.normalQuantile(0.9)))
  }

  /// The lognormal law of mean `mean` and coefficient of variation `cv`.
  public static func lognormal(mean: Double, cv: Double) -> Distribution {
    let variance = PortableMath.log1p(cv * cv)
    return .lognormal(
      p50: mean / (1 + cv * cv).squareRoot(), sigma: variance.squareRoot())
  }

  /// The normal law of 10th percentile `p10` and 90th percentile `p90`.
  public static func normal(p10: Double, p90: Double) -> Distribution {
    .normal(
      mean: (p10 + p90) / 2,
      standardDeviation: (p90 - p10) / (2 * PortableMath.normalQuantile(0.9)))
  }

  /// The gamma law of mean `mean` and coefficient of variation `cv`.
  public static func gamma(mean: Double, cv: Double) -> Distribution {
    .gamma(shape: 1 / (cv * cv), scale: mean * cv * cv)
  }

  /// The Weibull law of mean `mean` and shape `shape`.
  public static func weibull(mean: Double, shape: Double) -> Distribution {
    .weibull(
      shape: shape, scale: mean / PortableMath.exp(PortableMath.logGamma(1 + 1 / shape)))
  }

  /// The hyperexponential law of two phases with balanced means (each phase carries half of the
  /// mean) for a coefficient of variation `cv` >= 1.
  public static func hyperexponential(mean: Double, cv: Double) -> Distribution {
    let square = cv * cv
    let p = (1 + ((square - 1) / (square + 1)).squareRoot()) / 2
    return .hyperexponential(
      probabilities: [p, 1 - p], means: [mean / (2 * p), mean / (2 * (1 - p))])
  }

  /// The law of `factor` times the quantity, where it is a law of the same list; nil where it is
  /// not (a geometric count times something is no geometric count) or where `factor` is not
  /// positive.
  public func scaled(by factor: Double) -> Distribution? {
    guard factor > 0, factor.isFinite else { return nil }
    switch self {
    case .constant(let value): return .constant(value * factor)
    case .exponential(let mean): return .exponential(mean: mean * factor)
    case .uniform(let low, let high): return .uniform(low: low * factor, high: high * factor)
    case .normal(let mean, let deviation):
      return .normal(mean: mean * factor, standardDeviation: deviation * factor)
    case .lognormal(let p50, let sigma): return .lognormal(p50: p50 * factor, sigma: sigma)
    case .gamma(let shape, let scale): return .gamma(shape: shape, scale: scale * factor)
    case .weibull(let shape, let scale): return .weibull(shape: shape, scale: scale * factor)
    case .pareto(let shape, let scale): return .pareto(shape: shape, scale: scale * factor)
    case .erlang(let stages, let mean): return .erlang(stages: stages, mean: mean * factor)
    case .hyperexponential(let probabilities, let means):
      return .hyperexponential(probabilities: probabilities, means: means.map { $0 * factor })
    case .geometric: return factor == 1 ? self : nil
    case .discrete(let values, let weights):
      return .discrete(values: values.map { $0 * factor }, weights: weights)
    case .empirical(let values): return .empirical(values.map { $0 * factor })
    case .quantileTable(let points):
      return .quantileTable(
        points.map { QuantilePoint(probability: $0.probability, value: $0.value * factor) })
    }
  }

  private static func lognormal(p50: Double, quantile: Double, at p: Double) -> Distribution {
    .lognormal(
      p50: p50, sigma: PortableMath.log(quantile / p50) / PortableMath.normalQuantile(p))
  }
}
