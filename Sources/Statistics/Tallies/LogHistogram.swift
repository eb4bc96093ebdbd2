/// A histogram of whole numbers, such as latencies in nanoseconds, with a known relative error.
///
/// Values up to 255 have a bucket each; above, every octave [2^k, 2^(k+1)) is cut into 128 buckets
/// of equal width, and a value is known to half a bucket: `relativeError`, 0.4 %. Memory is taken
/// only for the octaves that are touched, 1 KiB each. Count, sum, minimum and maximum are exact.
/// Histograms merge into the histogram of all their values, so the quantiles of several
/// replications are those of their merged histogram.
///
/// - Complexity: O(1) to add, about 2 ns; O(buckets touched) to merge and to ask.
@frozen
public struct LogHistogram: Sendable {
  /// The most by which a quantile differs, relatively, from the value whose bucket it names.
  @inlinable public static var relativeError: Double { 1.0 / 256 }
  /// The pages that the non-negative values of 64 bits need; page p + 1 is the octave of 2^(p+8).
  @inlinable static var pages: Int { 57 }
  /// The buckets of a page.
  @inlinable static var pageSize: Int { 128 }

  /// Where each page begins in this array, 0 while it is untouched, followed by the counts of the
  /// pages in the order in which they were touched: one array, so that one check covers both.
  @usableFromInline var words: ContiguousArray<Int64>
  /// The number of values.
  public var count: Int64 { @inlinable get { total } }
  /// The sum of the values.
  public var sum: Int128 { @inlinable get { exactSum } }
  @usableFromInline var total: Int64
  @usableFromInline var exactSum: Int128
  @usableFromInline var least: Int64
  @usableFromInline var greatest: Int64

  /// A histogram of nothing.
  @inlinable
  public init() {
    words = ContiguousArray(repeating: 0, count: Self.pages)
    total = 0
    exactSum = 0
    least = .max
    greatest = -1
  }

  /// Whether there is no value.
  @inlinable public var isEmpty: Bool { total == 0 }
  /// The least value, or nil if there is none.
  @inlinable public var minimum: Int64? { total > 0 ? least : nil }
  /// The greatest value, or nil if there is none.
  @inlinable public var maximum: Int64? { total > 0 ? greatest : nil }
  /// The exact mean, or nil if there is no value.
  @inlinable public var mean: Double? { total > 0 ? Double(exactSum) / Double(total) : nil }

  /// The memory that the counts take.
  package var byteCount: Int { words.count * MemoryLayout<Int64>.size }

  // MARK: Adding

  /// Adds `weight` values that are `value`.
  ///
  /// - Precondition: neither is negative.
  @inlinable
  @inline(__always)
  public mutating func add(_ value: Int64, weight: Int64 = 1) {
    precondition(value >= 0 && weight >= 0, "a histogram takes no negative value or weight")
    if _slowPath(weight == 0) { return }
    addToBucket(Self.bucket(of: value), weight)
    total &+= weight
    exactSum &+= Int128(value) &* Int128(weight)
    least = value < least ? value : least
    greatest = value > greatest ? value : greatest
  }

  /// Adds `weight` values at each of first, first + step, first + 2 step and so on, `count` terms.
  ///
  /// - Complexity: O(buckets touched), not O(count).
  /// - Precondition: nothing is negative, and the last term fits into 64 bits.
  @inlinable
  public mutating func addRamp(first: Int64, step: Int64, count: Int64, weight: Int64 = 1) {
    precondition(first >= 0 && step >= 0, "a ramp rises from a value that is not negative")
    precondition(count >= 0 && weight >= 0, "a histogram takes no negative weight")
    if count == 0 || weight == 0 { return }
    let last = first + step * (count &- 1)
    let bucket = Self.bucket(of: first)
    if bucket == Self.bucket(of: last) {
      addToBucket(bucket, count &* weight)
    } else {
      addLongRamp(first: first, step: step, count: count, weight: weight)
    }
    total &+= count &* weight
    // The sum of an arithmetic progression; twice it is even.
    exactSum &+= (Int128(first) &+ Int128(last)) &* Int128(count) / 2 &* Int128(weight)
    least = min(least, first)
    greatest = max(greatest, last)
  }

  /// Adds a ramp bucket by bucket.
  @inlinable
  @inline(never)
  mutating func addLongRamp(first: Int64, step: Int64, count: Int64, weight: Int64) {
    var value = first
    var left = count
    while true {
      let bucket = Self.bucket(of: value)
      let room = Self.lowest(of: bucket) &+ (Self.width(of: bucket) &- 1) &- value
      // A step of 0 stays in the first bucket and does not come here.
      let here = min(left, room / step &+ 1)
      addToBucket(bucket, here &* weight)
      left &-= here
      if left == 0 { return }
      value &+= here &* step
    }
  }

  /// Adds the values of `other`.
  public mutating func merge(_ other: LogHistogram) {
    for page in 0..<Self.pages where other.words[page] != 0 {
      let mine = start(of: page)
      let theirs = Int(other.words[page])
      for i in 0..<Self.pageSize { words[mine + i] += other.words[theirs + i] }
    }
    total += other.total
    exactSum += other.exactSum
    least = min(least, other.least)
    greatest = max(greatest, other.greatest)
  }

  // MARK: Buckets

  /// The number of bits that a value's bucket forgets.
  @inlinable
  @inline(__always)
  static func shift(of value: Int64) -> Int64 { max(0, 56 &- Int64(value.leadingZeroBitCount)) }

  /// The bucket of a value that is not negative: values keep their order.
  @inlinable
  @inline(__always)
  static func bucket(of value: Int64) -> Int {
    let shift = shift(of: value)
    return Int((shift &<< 7) &+ (value &>> shift))
  }

  /// The lowest value of a bucket.
  @inlinable
  static func lowest(of bucket: Int) -> Int64 {
    let shift = Int64(max(0, bucket &>> 7 &- 1))
    return (Int64(bucket) &- (shift &<< 7)) &<< shift
  }

  /// The number of values of a bucket.
  @inlinable
  static func width(of bucket: Int) -> Int64 { 1 &<< Int64(max(0, bucket &>> 7 &- 1)) }

  /// Adds to the count of a bucket.
  @inlinable
  @inline(__always)
  mutating func addToBucket(_ bucket: Int, _ weight: Int64) {
    let start = start(of: bucket &>> 7)
    words[start &+ bucket & 127] &+= weight
  }

  /// Where the counts of a page begin, which is touched if it was not.
  @inlinable
  @inline(__always)
  mutating func start(of page: Int) -> Int {
    let start = Int(words[page])
    return _fastPath(start != 0) ? start : touch(page)
  }

  /// Appends the counts of a page.
  @inlinable
  @inline(never)
  mutating func touch(_ page: Int) -> Int {
    let start = words.count
    words.append(contentsOf: repeatElement(0, count: Self.pageSize))
    words[page] = Int64(start)
    return start
  }
}
