/// Count, mean, variance and extremes of a stream of values, in one pass and without storing it.
///
/// Tallies of parts merge into the tally of the whole. Mean and variance follow Welford 1962
/// (doi 10.1080/00401706.1962.10490022), merging follows Chan, Golub and LeVeque 1983
/// (doi 10.1080/00031305.1983.10483115): both stay accurate where a sum of squares cancels.
@frozen
public struct Tally: Hashable, Sendable, BitwiseCopyable {
  /// The number of values.
  public var count: Int64
  /// The mean, or 0 while there is no value.
  public var mean: Double
  /// The sum of the squared differences from the mean.
  public var squares: Double
  /// The least value, or infinity while there is none.
  public var minimum: Double
  /// The greatest value, or minus infinity while there is none.
  public var maximum: Double

  /// A tally of nothing.
  @inlinable
  public init() {
    count = 0
    mean = 0
    squares = 0
    minimum = .infinity
    maximum = -.infinity
  }

  /// A tally of `values`.
  @inlinable
  public init(_ values: some Sequence<Double>) {
    self.init()
    for value in values { add(value) }
  }

  /// Adds one value.
  @inlinable
  public mutating func add(_ value: Double) {
    count &+= 1
    let step = value - mean
    mean += step / Double(count)
    squares += step * (value - mean)
    minimum = value < minimum ? value : minimum
    maximum = value > maximum ? value : maximum
  }

  /// Adds what `other` has seen.
  @inlinable
  public mutating func merge(_ other: Tally) {
    if other.count == 0 { return }
    if count == 0 {
      self = other
      return
    }
    let a = Double(count)
    let b = Double(other.count)
    let step = other.mean - mean
    mean += step * (b / (a + b))
    squares += other.squares + step * step * (a * b / (a + b))
    count += other.count
    minimum = min(minimum, other.minimum)
    maximum = max(maximum, other.maximum)
  }

  /// The sum of the values.
  @inlinable public var sum: Double { mean * Double(count) }

  /// The unbiased variance (divisor n - 1), or 0 with fewer than two values.
  @inlinable public var variance: Double { count > 1 ? max(0, squares) / Double(count - 1) : 0 }

  /// The square root of the unbiased variance.
  @inlinable public var standardDeviation: Double { variance.squareRoot() }

  /// The standard error of the mean of independent values.
  @inlinable
  public var standardError: Double { count > 1 ? (variance / Double(count)).squareRoot() : 0 }
}
