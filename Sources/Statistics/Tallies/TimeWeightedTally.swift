/// The mean and the extremes of a value that holds over time, such as a queue length.
///
/// Times are nanoseconds of simulated time. The value counts from the instant at which it is set;
/// `close(at:)` brings the account up to the end of the observation. Tallies of several stretches
/// or replications merge into one that weighs each by its length.
@frozen
public struct TimeWeightedTally: Hashable, Sendable, BitwiseCopyable {
  /// The value that holds now.
  public var value: Double
  /// The least value that has held.
  public var minimum: Double
  /// The greatest value that has held.
  public var maximum: Double
  /// The integral of the value over the time accounted for, in value-nanoseconds.
  public var integral: Double
  /// The time accounted for, in nanoseconds.
  public var duration: Int64
  @usableFromInline var since: Int64

  /// A tally of `value`, which holds from `start` on.
  @inlinable
  public init(_ value: Double = 0, from start: Int64 = 0) {
    self.value = value
    minimum = value
    maximum = value
    integral = 0
    duration = 0
    since = start
  }

  /// Accounts for the value that held until `time`, which is not before the last time given.
  @inlinable
  public mutating func close(at time: Int64) {
    let span = time &- since
    precondition(span >= 0, "time cannot run back")
    integral += value * Double(span)
    duration &+= span
    since = time
  }

  /// Lets the value be `newValue` from `time` on.
  @inlinable
  public mutating func set(_ newValue: Double, at time: Int64) {
    close(at: time)
    value = newValue
    minimum = newValue < minimum ? newValue : minimum
    maximum = newValue > maximum ? newValue : maximum
  }

  /// Changes the value by `step` from `time` on.
  @inlinable
  public mutating func add(_ step: Double, at time: Int64) { set(value + step, at: time) }

  /// Forgets what was before `time` and keeps the value: the end of a warm-up.
  @inlinable
  public mutating func restart(at time: Int64) { self = TimeWeightedTally(value, from: time) }

  /// Adds the time that `other` has accounted for; the value that holds stays this one's.
  @inlinable
  public mutating func merge(_ other: TimeWeightedTally) {
    integral += other.integral
    duration += other.duration
    minimum = min(minimum, other.minimum)
    maximum = max(maximum, other.maximum)
  }

  /// The mean over the time accounted for, or the value itself while that is none.
  @inlinable public var mean: Double { duration > 0 ? integral / Double(duration) : value }
}
