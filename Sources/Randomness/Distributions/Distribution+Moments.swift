extension Distribution {
  /// The expected value; infinite for a Pareto of shape 1 or less.
  public var mean: Double {
    switch self {
    case .constant(let value): return value
    case .exponential(let mean), .erlang(_, let mean), .geometric(let mean): return mean
    case .uniform(let low, let high): return low + (high - low) / 2
    case .normal(let mean, _): return mean
    case .lognormal(let p50, let sigma): return p50 * PortableMath.exp(sigma * sigma / 2)
    case .gamma(let shape, let scale): return shape * scale
    case .weibull(let shape, let scale): return scale * Self.gammaOfOnePlus(1 / shape)
    case .pareto(let shape, let scale):
      return shape > 1 ? shape * scale / (shape - 1) : .infinity
    case .hyperexponential(let probabilities, let means):
      return Self.weightedMean(means, probabilities)
    case .discrete(let values, let weights): return Self.weightedMean(values, weights)
    case .empirical(let values):
      return Self.weightedMean(values, Array(repeating: 1, count: values.count))
    case .quantileTable(let points): return Self.tableMoments(points).mean
    }
  }

  /// The variance; infinite for a Pareto of shape 2 or less.
  public var variance: Double {
    switch self {
    case .constant: return 0
    case .exponential(let mean): return mean * mean
    case .uniform(let low, let high): return (high - low) * (high - low) / 12
    case .normal(_, let deviation): return deviation * deviation
    case .lognormal(let p50, let sigma):
      let square = sigma * sigma
      return p50 * p50 * PortableMath.exp(square) * PortableMath.expm1(square)
    case .gamma(let shape, let scale): return shape * scale * scale
    case .weibull(let shape, let scale):
      let first = Self.gammaOfOnePlus(1 / shape)
      return scale * scale * (Self.gammaOfOnePlus(2 / shape) - first * first)
    case .pareto(let shape, let scale):
      guard shape > 2 else { return .infinity }
      return scale * scale * shape / ((shape - 1) * (shape - 1) * (shape - 2))
    case .erlang(let stages, let mean): return mean * mean / Double(stages)
    case .hyperexponential(let probabilities, let means):
      // Each phase has second moment 2 m².
      let mean = Self.weightedMean(means, probabilities)
      return 2 * Self.weightedMean(means.map { $0 * $0 }, probabilities) - mean * mean
    case .geometric(let mean): return mean * (mean - 1)
    case .discrete(let values, let weights): return Self.weightedVariance(values, weights)
    case .empirical(let values):
      return Self.weightedVariance(values, Array(repeating: 1, count: values.count))
    case .quantileTable(let points): return Self.tableMoments(points).variance
    }
  }

  /// Standard deviation over mean.
  public var coefficientOfVariation: Double { variance.squareRoot() / mean }

  private static func gammaOfOnePlus(_ x: Double) -> Double {
    PortableMath.exp(PortableMath.logGamma(1 + x))
  }

  private static func weightedMean(_ values: [Double], _ weights: [Double]) -> Double {
    var sum = 0.0
    var total = 0.0
    for (value, weight) in zip(values, weights) {
      sum += value * weight
      total += weight
    }
    return sum / total
  }

  private static func weightedVariance(_ values: [Double], _ weights: [Double]) -> Double {
    let mean = weightedMean(values, weights)
    return weightedMean(values.map { ($0 - mean) * ($0 - mean) }, weights)
  }

  /// Each stretch between two points is uniform; what lies outside the table sits at its ends.
  private static func tableMoments(_ points: [QuantilePoint]) -> (mean: Double, variance: Double) {
    guard let first = points.first, let last = points.last else { return (.nan, .nan) }
    var mean = first.probability * first.value + (1 - last.probability) * last.value
    for (a, b) in zip(points, points.dropFirst()) {
      mean += (b.probability - a.probability) * (a.value + b.value) / 2
    }
    func square(_ x: Double) -> Double { (x - mean) * (x - mean) }
    var variance =
      first.probability * square(first.value) + (1 - last.probability) * square(last.value)
    for (a, b) in zip(points, points.dropFirst()) {
      let cross = (a.value - mean) * (b.value - mean)
      variance +=
        (b.probability - a.probability) * (square(a.value) + cross + square(b.value)) / 3
    }
    return (mean, variance)
  }
}
