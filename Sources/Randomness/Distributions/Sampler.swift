/// A distribution made ready to draw from: constants worked out, tables built.
///
/// Build it once, when a model is put together. A sampler is five words; drawing allocates nothing
/// and takes no lock. Laws without tables (all but `discrete`, `empirical`, `quantileTable` and
/// `hyperexponential`) hold no reference either.
@frozen
public struct Sampler: Sendable {
  /// Which of the methods below draws.
  @frozen
  @usableFromInline
  enum Method: UInt8, Sendable, BitwiseCopyable {
    case constant
    case exponential
    case uniform
    case normal
    case lognormal
    case gamma
    case smallGamma
    case weibull
    case pareto
    case erlang
    case hyperexponential
    case geometric
    case discrete
    case empirical
    case quantileTable
  }

  @usableFromInline let method: Method
  @usableFromInline let a: Double
  @usableFromInline let b: Double
  @usableFromInline let tables: SamplerTables?

  /// A sampler of `distribution`, which must have no `problem`.
  ///
  /// - Complexity: O(n) for tables of n values.
  public init(_ distribution: Distribution) {
    let problem = distribution.problem
    precondition(problem == nil, problem ?? "")
    let prepared = Self.prepared(distribution)
    method = prepared.method
    a = prepared.a
    b = prepared.b
    tables = prepared.tables
  }

  /// One draw.
  @inlinable
  public func sample<S: RandomSource>(_ source: inout S) -> Double {
    switch method {
    case .constant: return a
    case .exponential: return a * Ziggurat.exponential(&source)
    case .uniform: return a + b * source.uniform()
    case .normal: return a + b * Ziggurat.normal(&source)
    case .lognormal: return a * PortableMath.exp(b * Ziggurat.normal(&source))
    case .weibull: return a * PortableMath.pow(Ziggurat.exponential(&source), b)
    case .pareto: return a * PortableMath.exp(b * Ziggurat.exponential(&source))
    default: return sampleOther(&source)
    }
  }

  /// The laws that take a loop or a table.
  @inlinable
  @inline(never)
  func sampleOther<S: RandomSource>(_ source: inout S) -> Double {
    switch method {
    case .gamma: return a * MarsagliaTsang.draw(b, &source)
    case .smallGamma:
      // A gamma of shape k < 1 is one of shape k + 1 times U^(1/k).
      let power = PortableMath.exp(-Ziggurat.exponential(&source) / b)
      return a * MarsagliaTsang.draw(b + 1, &source) * power
    case .erlang:
      var sum = 0.0
      var left = b
      while left > 0 {
        sum += Ziggurat.exponential(&source)
        left -= 1
      }
      return a * sum
    case .geometric: return (1 + (Ziggurat.exponential(&source) * a)).rounded(.down)
    default: break
    }
    guard let tables else { preconditionFailure("a sampler with a table has its table") }
    switch method {
    case .hyperexponential:
      return tables.alias(source.next()) * Ziggurat.exponential(&source)
    case .discrete: return tables.alias(source.next())
    case .empirical: return tables.pick(source.next())
    default: return tables.quantile(source.uniform())
    }
  }

  private static func prepared(
    _ distribution: Distribution
  ) -> (method: Method, a: Double, b: Double, tables: SamplerTables?) {
    switch distribution {
    case .constant(let value): return (.constant, value, 0, nil)
    case .exponential(let mean): return (.exponential, mean, 0, nil)
    case .uniform(let low, let high): return (.uniform, low, high - low, nil)
    case .normal(let mean, let deviation): return (.normal, mean, deviation, nil)
    case .lognormal(let p50, let sigma): return (.lognormal, p50, sigma, nil)
    case .gamma(let shape, let scale): return (shape < 1 ? .smallGamma : .gamma, scale, shape, nil)
    case .weibull(let shape, let scale): return (.weibull, scale, 1 / shape, nil)
    case .pareto(let shape, let scale): return (.pareto, scale, 1 / shape, nil)
    case .erlang(let stages, let mean):
      // From about six stages on, the method for gamma variates is faster than a sum.
      let scale = mean / Double(stages)
      return (stages > 6 ? .gamma : .erlang, scale, Double(stages), nil)
    case .hyperexponential(let probabilities, let means):
      return (.hyperexponential, 0, 0, SamplerTables(values: means, weights: probabilities))
    case .geometric(let mean):
      return mean == 1
        ? (.constant, 1, 0, nil) : (.geometric, -1 / PortableMath.log1p(-1 / mean), 0, nil)
    case .discrete(let values, let weights):
      return (.discrete, 0, 0, SamplerTables(values: values, weights: weights))
    case .empirical(let values): return (.empirical, 0, 0, SamplerTables(values: values))
    case .quantileTable(let points): return (.quantileTable, 0, 0, SamplerTables(points: points))
    }
  }
}
