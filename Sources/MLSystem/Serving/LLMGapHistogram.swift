import Statistics

/// Counts of times between tokens in units of 2^-20 ns, with the buckets of `LogHistogram`.
///
/// It keeps counts alone, in plain memory that its owner gives back, because it is written at every
/// event of a fleet.
struct LLMGapHistogram {
  private let counts: UnsafeMutablePointer<Int64>
  private static let size = 58 * 128

  init() {
    counts = .allocate(capacity: Self.size)
    counts.initialize(repeating: 0, count: Self.size)
  }

  func deallocate() { counts.deallocate() }
  func clear() { counts.update(repeating: 0, count: Self.size) }

  /// By how much a value is shifted so that it has 8 bits; smaller ones have a bucket each.
  @inline(__always)
  private static func shift(_ value: Int64) -> Int64 {
    max(0, 56 &- Int64(truncatingIfNeeded: value.leadingZeroBitCount))
  }

  @inline(__always)
  private static func index(_ value: Int64) -> Int {
    let shift = shift(value)
    return Int((shift &<< 7) &+ (value &>> shift))
  }

  /// Adds `weight` values that are `value`, which is not negative.
  @inline(__always)
  func add(_ value: Int64, weight: Int64) { counts[Self.index(value)] &+= weight }

  /// Adds `weight` values at each of first, first + step and so on, `count` terms.
  @inline(__always)
  func addRamp(first: Int64, step: Int64, count: Int64, weight: Int64) {
    let i = Self.index(first)
    if i == Self.index(first &+ step &* (count &- 1)) {
      counts[i] &+= count &* weight
    } else {
      addLongRamp(first: first, step: step, count: count, weight: weight)
    }
  }

  /// Bucket by bucket; a step of 0 stays in the first and does not come here.
  @inline(never)
  private func addLongRamp(first: Int64, step: Int64, count: Int64, weight: Int64) {
    var value = first
    var left = count
    while left > 0 {
      let shift = Self.shift(value)
      let beyond = ((value &>> shift) &+ 1) &<< shift
      let here = min(left, (beyond &- value &+ step &- 1) / step)
      counts[Self.index(value)] &+= here &* weight
      value &+= here &* step
      left &-= here
    }
  }

  /// Adds what was counted to a histogram of values `unit` times as large.
  ///
  /// Each bucket goes by its middle, so the error is that of the buckets.
  func add(to histogram: inout LogHistogram, unit: Int64) {
    for i in 0..<Self.size where counts[i] > 0 {
      let shift = max(0, Int64(i >> 7) - 1)
      let lowest = (Int64(i) - shift << 7) << shift
      let middle = lowest + (1 << shift - 1) / 2
      histogram.add(middle / unit, weight: counts[i])
    }
  }
}
