import Randomness

/// Adaptive windowing: keeps the longest window of recent items whose mean has not changed, and
/// alarms when it drops items from its old end.
///
/// Bifet & Gavaldà 2007, "Learning from time-changing data with adaptive windowing", SDM, pp.
/// 443-448 (doi 10.1137/1.9781611972771.42), with the rules of River 0.26: every `clock` items all
/// cuts between buckets are tried from the oldest side, the oldest bucket goes as long as one of
/// them shows a change, and the item after an alarm starts an empty window.
///
/// - Complexity: O(log W) storage; an item costs O(1) on average, a look at the cuts O(log W).
public struct ADWIN: DriftDetector, Hashable {
  /// The significance of one look at the cuts.
  public let delta: Double
  /// How many items pass between two looks.
  public let clock: Int
  /// How many buckets of one size there may be before two are joined.
  public let maxBuckets: Int
  /// The fewest items on either side of a cut.
  public let minWindow: Int
  /// How many items there must be beyond which looks begin.
  public let grace: Int

  /// The number of items in the window.
  public var width: Int { Int(length) }
  /// The mean of the items in the window; 0 when there is none.
  public var mean: Double { length > 0 ? total / length : 0 }
  /// The sum of squared deviations of the items in the window from their mean.
  public private(set) var squares = 0.0
  /// The number of items since the start or the latest alarm.
  public private(set) var count = 0
  /// The first cut of the latest alarm; nil without one.
  public private(set) var evidence: DetectorEvidence?

  // Row r holds buckets of 2^r items, the oldest first, in `stride` places of `buckets`.
  private var buckets: [Bucket]
  private var held: [Int]
  private let stride: Int
  private var rows = 1
  private var length = 0.0
  private var total = 0.0
  private var isOver = false

  private struct Bucket: Hashable {
    var total = 0.0
    var squares = 0.0
  }

  /// Defaults are those of River.
  public init(
    delta: Double = 0.002, clock: Int = 32, maxBuckets: Int = 5, minWindow: Int = 5,
    grace: Int = 10
  ) {
    precondition(delta > 0 && delta < 1, "a significance lies between 0 and 1")
    precondition(clock > 0 && maxBuckets > 0 && minWindow > 0 && grace >= 0, "counts of items")
    self.delta = delta
    self.clock = clock
    self.maxBuckets = maxBuckets
    self.minWindow = minWindow
    self.grace = grace
    stride = maxBuckets + 1
    buckets = Array(repeating: Bucket(), count: stride * 8)
    held = Array(repeating: 0, count: 8)
  }

  /// Forgets every item.
  public mutating func reset() {
    for row in 0..<rows { held[row] = 0 }
    rows = 1
    length = 0
    total = 0
    squares = 0
    count = 0
    evidence = nil
    isOver = false
  }

  /// Takes the next item and says what it makes of it.
  public mutating func update(_ x: Double) -> DetectorState {
    if isOver { reset() }
    count += 1
    insert(x)
    guard count % clock == 0, length > Double(grace) else { return .steady }
    while dropsOldest() { isOver = true }
    return isOver ? .alarm : .steady
  }

  private mutating func insert(_ x: Double) {
    append(Bucket(total: x), to: 0)
    length += 1
    if length > 1 {
      let gap = x - total / (length - 1)
      squares += (length - 1) * gap * gap / length
    }
    total += x
    join()
  }

  private mutating func append(_ bucket: Bucket, to row: Int) {
    if row == rows {
      rows += 1
      if row == held.count {
        held.append(0)
        buckets.append(contentsOf: repeatElement(Bucket(), count: stride))
      }
    }
    buckets[row * stride + held[row]] = bucket
    held[row] += 1
  }

  /// Joins the two oldest buckets of every row that has one too many.
  private mutating func join() {
    var row = 0
    var size = 1.0
    while row < rows, held[row] == stride {
      let first = buckets[row * stride]
      let second = buckets[row * stride + 1]
      let gap = first.total / size - second.total / size
      let joined = Bucket(
        total: first.total + second.total,
        squares: first.squares + second.squares + size * 0.5 * gap * gap)
      remove(2, from: row)
      append(joined, to: row + 1)
      row += 1
      size *= 2
    }
  }

  private mutating func remove(_ removed: Int, from row: Int) {
    let start = row * stride
    for place in start..<start + held[row] - removed { buckets[place] = buckets[place + removed] }
    held[row] -= removed
  }

  /// Tries all cuts, the oldest first; on the first that shows a change the oldest bucket goes.
  ///
  /// A cut of n₀ older and n₁ newer items shows one where |μ₀ - μ₁| exceeds
  /// √(2 m σ² ln(2 ln W / δ)) + ⅔ m ln(2 ln W / δ), with m = 1/(n₀ - min + 1) + 1/(n₁ - min + 1).
  private mutating func dropsOldest() -> Bool {
    let least = Double(minWindow)
    let confidence = PortableMath.log(2 * PortableMath.log(length) / delta)
    let variance = squares / length
    var older = (count: 0.0, total: 0.0)
    var newer = (count: length, total: total)
    var row = rows - 1
    while row >= 0 {
      let size = Self.size(of: row)
      for place in row * stride..<row * stride + held[row] {
        let bucket = buckets[place].total
        older = (older.count + size, older.total + bucket)
        newer = (newer.count - size, newer.total - bucket)
        // The newest item alone is no window.
        if row == 0, place == held[0] - 1 { return false }
        guard older.count >= least, newer.count >= least else { continue }
        let gap = (older.total / older.count - newer.total / newer.count).magnitude
        let m = 1 / (older.count - least + 1) + 1 / (newer.count - least + 1)
        let line = (2 * m * variance * confidence).squareRoot() + 2 / 3 * confidence * m
        if gap > line {
          if !isOver { evidence = DetectorEvidence(gap, line: line) }
          deleteOldest()
          return true
        }
      }
      row -= 1
    }
    return false
  }

  private mutating func deleteOldest() {
    let row = rows - 1
    let size = Self.size(of: row)
    let bucket = buckets[row * stride]
    length -= size
    total -= bucket.total
    let gap = bucket.total / size - total / length
    squares -= bucket.squares + size * length * gap * gap / (size + length)
    remove(1, from: row)
    if held[row] == 0 { rows -= 1 }
  }

  /// The number of items in a bucket of a row.
  private static func size(of row: Int) -> Double { Double(UInt64(1) << UInt64(row)) }
}
