/// The tables of a sampler: built once, then only read.
///
/// A final class, so that samplers are copied without copying tables; the rows lie behind a
/// pointer, so that a draw costs no bounds check and no further retain.
///
/// Unchecked, because a pointer is not sendable: nothing writes through it after initialisation,
/// and it is freed with the last owner.
@usableFromInline
final class SamplerTables: @unchecked Sendable {
  @usableFromInline let rows: UnsafeMutablePointer<SamplerRow>
  @usableFromInline let count: Int

  /// Walker's alias table: a row keeps its value with probability `threshold` and else gives
  /// another.
  ///
  /// (M. D. Vose, IEEE Trans. Software Eng. 17(9), 1991, doi 10.1109/32.92917).
  init(values: [Double], weights: [Double]) {
    count = values.count
    rows = .allocate(capacity: count)
    let total = weights.reduce(0, +)
    var shares = weights.map { $0 / total * Double(values.count) }
    var small: [Int] = []
    var large: [Int] = []
    for index in shares.indices.reversed() {
      if shares[index] < 1 { small.append(index) } else { large.append(index) }
    }
    for index in values.indices {
      (rows + index).initialize(
        to: SamplerRow(threshold: 1, value: values[index], other: values[index]))
    }
    while let poor = small.popLast(), let rich = large.last {
      rows[poor].threshold = shares[poor]
      rows[poor].other = values[rich]
      shares[rich] -= 1 - shares[poor]
      if shares[rich] < 1 {
        large.removeLast()
        small.append(rich)
      }
    }
  }

  /// Every value with the same chance.
  init(values: [Double]) {
    count = values.count
    rows = .allocate(capacity: count)
    for (index, value) in values.enumerated() {
      (rows + index).initialize(to: SamplerRow(threshold: 1, value: value, other: value))
    }
  }

  /// A quantile function: rows start at `threshold`, with value and slope.
  init(points: [QuantilePoint]) {
    var table: [SamplerRow] = []
    if let first = points.first, first.probability > 0 {
      table.append(SamplerRow(threshold: 0, value: first.value, other: 0))
    }
    for (a, b) in zip(points, points.dropFirst()) {
      let slope = (b.value - a.value) / (b.probability - a.probability)
      table.append(SamplerRow(threshold: a.probability, value: a.value, other: slope))
    }
    if let last = points.last, last.probability < 1 || table.isEmpty {
      table.append(SamplerRow(threshold: last.probability, value: last.value, other: 0))
    }
    count = table.count
    rows = .allocate(capacity: count)
    rows.initialize(from: table, count: table.count)
  }

  deinit {
    rows.deinitialize(count: count)
    rows.deallocate()
  }

  /// The row is the upper half of word × count, the place in the row the lower half.
  @inlinable
  func alias(_ word: UInt64) -> Double {
    let (high, low) = word.multipliedFullWidth(by: UInt64(truncatingIfNeeded: count))
    let row = rows + Int(truncatingIfNeeded: high)
    let place = Double(Int64(bitPattern: low &>> 11)) * 0x1p-53
    return place < row.pointee.threshold ? row.pointee.value : row.pointee.other
  }

  /// A value at random.
  @inlinable
  func pick(_ word: UInt64) -> Double {
    let (high, _) = word.multipliedFullWidth(by: UInt64(truncatingIfNeeded: count))
    return (rows + Int(truncatingIfNeeded: high)).pointee.value
  }

  /// The value of the quantile function at `u`: a binary search for its stretch.
  @inlinable
  func quantile(_ u: Double) -> Double {
    var low = 0
    var length = count
    while length > 1 {
      let half = length &>> 1
      low = (rows + (low &+ half)).pointee.threshold <= u ? low &+ half : low
      length = length &- half
    }
    let row = rows + low
    return row.pointee.value + (u - row.pointee.threshold) * row.pointee.other
  }
}

/// A row of an alias table or of a quantile function.
@frozen
@usableFromInline
struct SamplerRow: BitwiseCopyable, Sendable {
  @usableFromInline var threshold: Double
  @usableFromInline var value: Double
  @usableFromInline var other: Double

  init(threshold: Double, value: Double, other: Double) {
    self.threshold = threshold
    self.value = value
    self.other = other
  }
}
