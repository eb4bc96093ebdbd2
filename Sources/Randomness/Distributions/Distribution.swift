/// A law by which a quantity spreads from draw to draw.
///
/// What is drawn has the unit of the parameters. A law whose parameters came from a user is asked
/// for its `problem` first; everything else takes for granted that there is none.
public enum Distribution: Hashable, Sendable {
  /// Always the same value.
  case constant(Double)
  /// Memoryless, of mean > 0.
  case exponential(mean: Double)
  /// Equally likely on [low, high).
  case uniform(low: Double, high: Double)
  /// The bell curve.
  case normal(mean: Double, standardDeviation: Double)
  /// exp of a normal variate: median `p50`, standard deviation `sigma` of the logarithm.
  case lognormal(p50: Double, sigma: Double)
  /// Gamma of mean shape × scale.
  case gamma(shape: Double, scale: Double)
  /// Weibull: P(X > x) = exp(-(x / scale)^shape).
  case weibull(shape: Double, scale: Double)
  /// Pareto on [scale, infinity): P(X > x) = (scale / x)^shape.
  case pareto(shape: Double, scale: Double)
  /// The sum of `stages` equal exponentials, of total mean `mean`.
  case erlang(stages: Int, mean: Double)
  /// One of several exponentials, chosen by probability (weights need not add to one).
  case hyperexponential(probabilities: [Double], means: [Double])
  /// The number of trials to the first success, 1, 2, 3, ..., of mean >= 1.
  case geometric(mean: Double)
  /// One of some values, by weight (weights need not add to one).
  case discrete(values: [Double], weights: [Double])
  /// One of the observed values, each equally likely.
  case empirical([Double])
  /// The quantile function is linear between the points; below the first probability the value is
  /// the first point's, above the last the last's.
  case quantileTable([QuantilePoint])
}

/// A point of a quantile function: with probability `probability` the value is at most `value`.
@frozen
public struct QuantilePoint: Hashable, Sendable, BitwiseCopyable {
  /// The probability, 0...1.
  public var probability: Double
  /// The value at that probability.
  public var value: Double

  /// The point (`probability`, `value`).
  @inlinable
  public init(probability: Double, value: Double) {
    self.probability = probability
    self.value = value
  }
}
