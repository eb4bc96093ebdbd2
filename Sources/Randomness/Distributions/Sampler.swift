/// A distribution made ready to draw from: constants worked out, tables built.
///
/// Build it once, when a model is put together. A sampler is plain data of four words that can
/// stand in struct-of-arrays; drawing allocates nothing, takes no lock and counts no references.
///
/// Unchecked, because pointers are not sendable: the tables are written before a sampler exists,
/// never again, and live as long as the process.
@frozen
public struct Sampler: @unchecked Sendable, BitwiseCopyable {
  /// How it is drawn.
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

  /// A factor or a place.
  @usableFromInline var a: Double
  /// A shape or a spread.
  @usableFromInline var b: Double
  /// The rows of a table.
  @usableFromInline let table: UnsafeRawPointer?
  @usableFromInline let count: UInt32
  @usableFromInline let guideBits: UInt8
  @usableFromInline let method: Method

  /// A sampler of `distribution`, which must have no `problem`.
  ///
  /// - Complexity: O(n) for tables of n values.
  public init(_ distribution: Distribution) {
    let problem = distribution.problem
    precondition(problem == nil, problem ?? "")
    let recipe = Recipe(distribution)
    method = recipe.method
    a = recipe.a
    b = recipe.b
    table = recipe.table
    count = recipe.count
    guideBits = recipe.guideBits
  }

  /// One draw.
  @inlinable
  public func sample<S: RandomSource>(_ source: inout S) -> Double {
    switch method {
    case .exponential: return a * Ziggurat.exponential(&source)
    case .constant: return a
    case .uniform: return a + b * source.uniform()
    case .normal: return a + b * Ziggurat.normal(&source)
    case .lognormal: return a * PortableMath.exp(b * Ziggurat.normal(&source))
    case .discrete: return a * rows.alias(source.next())
    default: return sampleOther(&source)
    }
  }

  /// The laws that take a loop, a table or a power.
  @inlinable
  @inline(never)
  func sampleOther<S: RandomSource>(_ source: inout S) -> Double {
    switch method {
    case .gamma: return a * MarsagliaTsang.draw(b, &source)
    case .smallGamma:
      // A gamma of shape k < 1 is one of shape k + 1 times U^(1/k).
      let power = PortableMath.exp(-Ziggurat.exponential(&source) / b)
      return a * MarsagliaTsang.draw(b + 1, &source) * power
    case .weibull: return a * PortableMath.pow(Ziggurat.exponential(&source), b)
    case .pareto: return a * PortableMath.exp(b * Ziggurat.exponential(&source))
    case .erlang:
      var sum = 0.0
      var left = b
      while left > 0 {
        sum += Ziggurat.exponential(&source)
        left -= 1
      }
      return a * sum
    case .geometric: return (1 + Ziggurat.exponential(&source) * a).rounded(.down)
    case .hyperexponential:
      return a * rows.alias(source.next()) * Ziggurat.exponential(&source)
    case .empirical: return a * rows.pick(source.next())
    case .quantileTable: return a * rows.quantile(source.next())
    case .constant, .exponential, .uniform, .normal, .lognormal, .discrete: return sample(&source)
    }
  }

  /// The table, for the laws that have one.
  @inlinable var rows: SamplerTable {
    guard let table else { preconditionFailure("a law with a table has its table") }
    return SamplerTable(
      rows: table.assumingMemoryBound(to: SamplerRow.self), count: count, guideBits: guideBits)
  }
}

extension Sampler {
  /// A sampler of `factor` times the quantity, which shares the tables; `factor` must be above 0.
  ///
  /// Draws of the two are in the same proportion, draw by draw, up to rounding. A geometric count
  /// is no law of counts any more once it is scaled, and stops the programme.
  public func scaled(by factor: Double) -> Sampler {
    precondition(factor > 0 && factor.isFinite, "a scale is a finite number above 0")
    precondition(method != .geometric, "a count is not scaled")
    var result = self
    result.a *= factor
    // Only here the second parameter is a length as well; elsewhere it is a shape.
    if method == .uniform || method == .normal { result.b *= factor }
    return result
  }

  /// What a sampler is made of.
  private struct Recipe {
    var method: Method
    var a: Double
    var b = 0.0
    var table: UnsafeRawPointer?
    var count: UInt32 = 0
    var guideBits: UInt8 = 0

    init(_ method: Method, _ a: Double, _ b: Double = 0) {
      self.method = method
      self.a = a
      self.b = b
    }

    init(_ method: Method, _ rows: SamplerTable) {
      self.init(method, 1)
      table = UnsafeRawPointer(rows.rows)
      count = rows.count
      guideBits = rows.guideBits
    }

    init(_ distribution: Distribution) {
      switch distribution {
      case .constant(let value): self.init(.constant, value)
      case .exponential(let mean): self.init(.exponential, mean)
      case .uniform(let low, let high): self.init(.uniform, low, high - low)
      case .normal(let mean, let deviation): self.init(.normal, mean, deviation)
      case .lognormal(let p50, let sigma): self.init(.lognormal, p50, sigma)
      case .gamma(let shape, let scale):
        self.init(shape < 1 ? .smallGamma : .gamma, scale, shape)
      case .weibull(let shape, let scale): self.init(.weibull, scale, 1 / shape)
      case .pareto(let shape, let scale): self.init(.pareto, scale, 1 / shape)
      case .erlang(let stages, let mean):
        // From about six stages on, the method for gamma variates is faster than a sum.
        self.init(stages > 6 ? .gamma : .erlang, mean / Double(stages), Double(stages))
      case .hyperexponential(let probabilities, let means):
        self.init(.hyperexponential, SamplerTables.alias(values: means, weights: probabilities))
      case .geometric(let mean):
        if mean == 1 {
          self.init(.constant, 1)
        } else {
          self.init(.geometric, -1 / PortableMath.log1p(-1 / mean))
        }
      case .discrete(let values, let weights):
        self.init(.discrete, SamplerTables.alias(values: values, weights: weights))
      case .empirical(let values): self.init(.empirical, SamplerTables.values(values))
      case .quantileTable(let points): self.init(.quantileTable, SamplerTables.quantiles(points))
      }
    }
  }
}
