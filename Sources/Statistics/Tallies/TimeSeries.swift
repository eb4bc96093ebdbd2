/// Values gathered into buckets of equal length over a horizon: sum, count and maximum of each.
///
/// Times are nanoseconds from the start of the series. What lies beyond the last bucket goes into
/// the last one, so that nothing is lost. Series of equal shape merge bucket by bucket.
public struct TimeSeries: Hashable, Sendable {
  /// The length of a bucket in nanoseconds.
  public let width: Int64
  /// The sum of the values of each bucket, or for a level its integral in value-nanoseconds.
  public var sums: [Double]
  /// The number of values of each bucket, or for a level the nanoseconds accounted for.
  public var counts: [Int64]
  /// The greatest value of each bucket, or minus infinity where there is none.
  public var maxima: [Double]

  /// A series of `buckets` of `width` nanoseconds.
  public init(width: Int64, buckets: Int) {
    precondition(width > 0, "a bucket has a positive width")
    precondition(buckets > 0, "a series has at least one bucket")
    self.width = width
    sums = Array(repeating: 0, count: buckets)
    counts = Array(repeating: 0, count: buckets)
    maxima = Array(repeating: -.infinity, count: buckets)
  }

  /// A series of at most `buckets` that covers `horizon` nanoseconds.
  public init(horizon: Int64, buckets: Int) {
    precondition(horizon > 0, "a horizon has a positive length")
    let width = max(1, (horizon - 1) / Int64(max(1, buckets)) + 1)
    self.init(width: width, buckets: Int((horizon - 1) / width) + 1)
  }

  /// The number of buckets.
  @inlinable public var buckets: Int { sums.count }

  /// The bucket of `time`.
  @inlinable
  public func bucket(of time: Int64) -> Int { min(Int(time / width), sums.count - 1) }

  /// Adds `value`, observed at `time`.
  @inlinable
  public mutating func add(_ value: Double, at time: Int64) {
    let i = bucket(of: time)
    sums[i] += value
    counts[i] &+= 1
    if value > maxima[i] { maxima[i] = value }
  }

  /// Adds a level that held from `start` until `end`, spread over the buckets that it touches.
  ///
  /// - Complexity: O(1) and the buckets touched.
  @inlinable
  public mutating func addLevel(_ value: Double, from start: Int64, to end: Int64) {
    precondition(start <= end, "time cannot run back")
    var time = start
    while time < end {
      let i = bucket(of: time)
      let edge = i == sums.count - 1 ? end : min(end, Int64(i + 1) * width)
      sums[i] += value * Double(edge - time)
      counts[i] += edge - time
      if value > maxima[i] { maxima[i] = value }
      time = edge
    }
  }

  /// Adds the values of `other`, a series of the same shape.
  public mutating func merge(_ other: TimeSeries) {
    precondition(
      width == other.width && buckets == other.buckets, "only series of one shape can be merged")
    for i in sums.indices {
      sums[i] += other.sums[i]
      counts[i] += other.counts[i]
      maxima[i] = max(maxima[i], other.maxima[i])
    }
  }

  /// The mean of the values of `bucket`, or of the level over the time accounted for; nil if none.
  @inlinable
  public func mean(of bucket: Int) -> Double? {
    counts[bucket] > 0 ? sums[bucket] / Double(counts[bucket]) : nil
  }

  /// The values of `bucket` per second of its length.
  @inlinable
  public func countPerSecond(of bucket: Int) -> Double {
    Double(counts[bucket]) * 1e9 / Double(width)
  }
}
