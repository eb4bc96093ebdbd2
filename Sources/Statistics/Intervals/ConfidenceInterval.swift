import Randomness

/// An estimate and the interval that holds the true value with the stated confidence.
///
/// It says how well the simulation knows a figure, and shrinks with replications; the range of
/// outcomes that may happen is something else.
@frozen
public struct ConfidenceInterval: Hashable, Sendable {
  /// The best single figure.
  public var estimate: Double
  /// The lower end; minus infinity where nothing bounds it.
  public var low: Double
  /// The upper end; infinity where nothing bounds it.
  public var high: Double
  /// The confidence, such as 0.95.
  public var level: Double

  /// An interval with these parts.
  @inlinable
  public init(estimate: Double, low: Double, high: Double, level: Double) {
    precondition(level > 0 && level < 1, "a confidence level lies between 0 and 1")
    self.estimate = estimate
    self.low = low
    self.high = high
    self.level = level
  }

  /// Half the length of the interval.
  @inlinable public var halfWidth: Double { (high - low) / 2 }

  /// The half-width as a share of the estimate, or infinity where the estimate is 0.
  @inlinable
  public var relativeHalfWidth: Double {
    halfWidth == 0 ? 0 : estimate == 0 ? .infinity : halfWidth / abs(estimate)
  }

  /// Whether `value` lies in the interval.
  @inlinable public func contains(_ value: Double) -> Bool { low <= value && value <= high }

  /// The interval of the value times `factor`, for a change of unit.
  @inlinable
  public func scaled(by factor: Double) -> ConfidenceInterval {
    ConfidenceInterval(
      estimate: estimate * factor, low: min(low * factor, high * factor),
      high: max(low * factor, high * factor), level: level)
  }
}
