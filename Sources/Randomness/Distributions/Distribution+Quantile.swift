extension Distribution {
  /// The smallest value that is not exceeded with probability `p`, for p in 0...1.
  ///
  /// For samples this is the inverse of the step function (type 1 of Hyndman and Fan), not an
  /// interpolation.
  ///
  /// - Complexity: O(n log n) for tables of n values, some dozens of steps for the
  ///   hyperexponential.
  public func quantile(_ p: Double) -> Double {
    precondition(p >= 0 && p <= 1, "a probability lies in 0...1")
    switch self {
    case .constant(let value): return value
    case .exponential(let mean): return -mean * PortableMath.log1p(-p)
    case .uniform(let low, let high): return low + p * (high - low)
    case .normal(let mean, let deviation):
      return deviation == 0 ? mean : mean + deviation * PortableMath.normalQuantile(p)
    case .lognormal(let p50, let sigma):
      if sigma == 0 { return p50 }
      return p50 * PortableMath.exp(sigma * PortableMath.normalQuantile(p))
    case .gamma(let shape, let scale):
      return scale * PortableMath.inverseIncompleteGamma(shape, p)
    case .weibull(let shape, let scale):
      return scale * PortableMath.pow(-PortableMath.log1p(-p), 1 / shape)
    case .pareto(let shape, let scale):
      return scale * PortableMath.exp(-PortableMath.log1p(-p) / shape)
    case .erlang(let stages, let mean):
      let shape = Double(stages)
      return mean / shape * PortableMath.inverseIncompleteGamma(shape, p)
    case .hyperexponential(_, let means): return searchedQuantile(p, scale: means.max() ?? 0)
    case .geometric(let mean):
      if mean == 1 { return 1 }
      return max(1, (PortableMath.log1p(-p) / PortableMath.log1p(-1 / mean)).rounded(.up))
    case .discrete(let values, let weights): return Self.weightedQuantile(p, values, weights)
    case .empirical(let values):
      let index = (p * Double(values.count)).rounded(.up) - 1
      return values.sorted()[max(0, min(values.count - 1, Int(index)))]
    case .quantileTable(let points): return Self.tableQuantile(p, points)
    }
  }

  /// The probability of a value of at most `x`.
  public func cumulative(_ x: Double) -> Double {
    switch self {
    case .constant(let value): return x >= value ? 1 : 0
    case .exponential(let mean): return x <= 0 ? 0 : -PortableMath.expm1(-x / mean)
    case .uniform(let low, let high):
      if x >= high { return 1 }
      return x < low ? 0 : (x - low) / (high - low)
    case .normal(let mean, let deviation):
      if deviation == 0 { return x >= mean ? 1 : 0 }
      return PortableMath.normalCDF((x - mean) / deviation)
    case .lognormal(let p50, let sigma):
      if x <= 0 { return 0 }
      if sigma == 0 { return x >= p50 ? 1 : 0 }
      return PortableMath.normalCDF(PortableMath.log(x / p50) / sigma)
    case .gamma(let shape, let scale):
      return x <= 0 ? 0 : PortableMath.incompleteGamma(shape, x / scale)
    case .weibull(let shape, let scale):
      return x <= 0 ? 0 : -PortableMath.expm1(-PortableMath.pow(x / scale, shape))
    case .pareto(let shape, let scale):
      return x <= scale ? 0 : -PortableMath.expm1(-shape * PortableMath.log(x / scale))
    case .erlang(let stages, let mean):
      let shape = Double(stages)
      return x <= 0 ? 0 : PortableMath.incompleteGamma(shape, x * shape / mean)
    case .hyperexponential(let probabilities, let means):
      if x <= 0 { return 0 }
      return Self.weightedShare(
        means.map { -PortableMath.expm1(-x / $0) }, probabilities)
    case .geometric(let mean):
      if x < 1 { return 0 }
      if mean == 1 { return 1 }
      return -PortableMath.expm1(x.rounded(.down) * PortableMath.log1p(-1 / mean))
    case .discrete(let values, let weights):
      return Self.weightedShare(values.map { $0 <= x ? 1 : 0 }, weights)
    case .empirical(let values):
      return Double(values.count { $0 <= x }) / Double(values.count)
    case .quantileTable(let points): return Self.tableCumulative(x, points)
    }
  }

  private static func weightedShare(_ shares: [Double], _ weights: [Double]) -> Double {
    let total = weights.reduce(0, +)
    return zip(shares, weights).reduce(0) { $0 + $1.0 * $1.1 } / total
  }

  /// Bisection of the distribution function, for laws whose quantile has no closed form.
  private func searchedQuantile(_ p: Double, scale: Double) -> Double {
    if p == 0 { return 0 }
    if p == 1 { return .infinity }
    var low = 0.0
    var high = scale
    while cumulative(high) < p { high *= 2 }
    while true {
      let middle = low + (high - low) / 2
      if middle <= low || middle >= high { return high }
      if cumulative(middle) < p { low = middle } else { high = middle }
    }
  }

  private static func weightedQuantile(
    _ p: Double, _ values: [Double], _ weights: [Double]
  ) -> Double {
    let pairs = zip(values, weights).filter { $0.1 > 0 }.sorted { $0.0 < $1.0 }
    let total = pairs.reduce(0) { $0 + $1.1 }
    var sum = 0.0
    for pair in pairs {
      sum += pair.1
      if sum >= p * total { return pair.0 }
    }
    return pairs.last?.0 ?? .nan
  }

  private static func tableQuantile(_ p: Double, _ points: [QuantilePoint]) -> Double {
    guard let first = points.first, let last = points.last else { return .nan }
    if p <= first.probability { return first.value }
    for (a, b) in zip(points, points.dropFirst()) where p <= b.probability {
      let share = (p - a.probability) / (b.probability - a.probability)
      return a.value + share * (b.value - a.value)
    }
    return last.value
  }

  private static func tableCumulative(_ x: Double, _ points: [QuantilePoint]) -> Double {
    guard let first = points.first, let last = points.last else { return .nan }
    if x < first.value { return 0 }
    if x >= last.value { return 1 }
    var result = first.probability
    for (a, b) in zip(points, points.dropFirst()) where x >= a.value {
      if x >= b.value {
        result = b.probability
      } else {
        let share = (x - a.value) / (b.value - a.value)
        result = a.probability + share * (b.probability - a.probability)
      }
    }
    return result
  }
}
