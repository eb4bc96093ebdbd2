import Synchronization

/// A row of an alias table or of a quantile function.
@frozen
@usableFromInline
struct SamplerRow: Hashable, BitwiseCopyable, Sendable {
  @usableFromInline var threshold: Double
  @usableFromInline var value: Double
  @usableFromInline var other: Double

  init(threshold: Double, value: Double, other: Double) {
    self.threshold = threshold
    self.value = value
    self.other = other
  }
}

/// Where a table of rows lies: plain data, so that samplers are plain data too.
@frozen
@usableFromInline
struct SamplerTable: BitwiseCopyable {
  @usableFromInline var rows: UnsafePointer<SamplerRow>
  @usableFromInline var count: UInt32
  /// A quantile function is followed by 2^guideBits numbers of rows: where the search begins.
  @usableFromInline var guideBits: UInt8

  @inlinable
  init(rows: UnsafePointer<SamplerRow>, count: UInt32, guideBits: UInt8) {
    self.rows = rows
    self.count = count
    self.guideBits = guideBits
  }
}

/// The tables of all samplers of the process, each kept once and for good.
///
/// Reference-counted tables cost two atomic operations a draw where a sampler lies in an array,
/// four times the draw itself. Equal tables share their memory, so what is kept grows with the
/// different laws of a scenario and not with replications; a law that is only scaled shares the
/// table too.
enum SamplerTables {
  private struct Pointer: @unchecked Sendable {
    // Unchecked, because pointers are not sendable: nothing writes after initialisation.
    var table: SamplerTable
  }

  private static let kept = Mutex<[[SamplerRow]: Pointer]>([:])

  /// Walker's alias table: a row keeps its value with probability `threshold` and else gives
  /// another.
  ///
  /// (M. D. Vose, IEEE Trans. Software Eng. 17(9), 1991, doi 10.1109/32.92917)
  static func alias(values: [Double], weights: [Double]) -> SamplerTable {
    let total = weights.reduce(0, +)
    var shares = weights.map { $0 / total * Double(values.count) }
    var small: [Int] = []
    var large: [Int] = []
    for index in shares.indices.reversed() {
      if shares[index] < 1 { small.append(index) } else { large.append(index) }
    }
    var rows = values.map { SamplerRow(threshold: 1, value: $0, other: $0) }
    while let rich = large.last, let poor = small.popLast() {
      rows[poor].threshold = shares[poor]
      rows[poor].other = values[rich]
      shares[rich] -= 1 - shares[poor]
      if shares[rich] < 1 {
        large.removeLast()
        small.append(rich)
      }
    }
    return table(rows, guideBits: nil)
  }

  /// Every value with the same chance.
  static func values(_ values: [Double]) -> SamplerTable {
    table(values.map { SamplerRow(threshold: 1, value: $0, other: $0) }, guideBits: nil)
  }

  /// A quantile function: each row begins at the probability `threshold`, with a value and a slope.
  static func quantiles(_ points: [QuantilePoint]) -> SamplerTable {
    var rows: [SamplerRow] = []
    if let first = points.first, first.probability > 0 {
      rows.append(SamplerRow(threshold: 0, value: first.value, other: 0))
    }
    for (a, b) in zip(points, points.dropFirst()) {
      let slope = (b.value - a.value) / (b.probability - a.probability)
      rows.append(SamplerRow(threshold: a.probability, value: a.value, other: slope))
    }
    if let last = points.last, last.probability < 1 || rows.isEmpty {
      rows.append(SamplerRow(threshold: last.probability, value: last.value, other: 0))
    }
    // Four cells a row: then a draw passes over a quarter of a row on average.
    let bits = min(20, Int.bitWidth - (rows.count * 4 - 1).leadingZeroBitCount)
    return table(rows, guideBits: bits)
  }

  private static func table(_ rows: [SamplerRow], guideBits: Int?) -> SamplerTable {
    precondition(rows.count < 1 << 32, "a table has fewer than 2^32 rows")
    return kept.withLock { kept in
      if let known = kept[rows] { return known.table }
      let new = allocated(rows, guideBits: guideBits)
      kept[rows] = Pointer(table: new)
      return new
    }
  }

  private static func allocated(_ rows: [SamplerRow], guideBits: Int?) -> SamplerTable {
    let stride = MemoryLayout<SamplerRow>.stride
    let cells = guideBits.map { 1 << $0 } ?? 0
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: rows.count * stride + cells * MemoryLayout<UInt32>.stride, alignment: 16)
    let first = memory.initializeMemory(
      as: SamplerRow.self, from: rows, count: rows.count)
    var row = 0
    for cell in 0..<cells {
      let start = Double(cell) / Double(cells)
      while row + 1 < rows.count, rows[row + 1].threshold <= start { row += 1 }
      memory.storeBytes(
        of: UInt32(row), toByteOffset: rows.count * stride + cell * MemoryLayout<UInt32>.stride,
        as: UInt32.self)
    }
    return SamplerTable(
      rows: UnsafePointer(first), count: UInt32(rows.count), guideBits: UInt8(guideBits ?? 0))
  }
}

extension SamplerTable {
  /// The row is the upper half of word × count, the place in the row the lower half.
  @inlinable
  func alias(_ word: UInt64) -> Double {
    let (high, low) = word.multipliedFullWidth(by: UInt64(count))
    let row = rows + Int(truncatingIfNeeded: high)
    let place = Double(Int64(bitPattern: low &>> 11)) * 0x1p-53
    return place < row.pointee.threshold ? row.pointee.value : row.pointee.other
  }

  /// A value at random.
  @inlinable
  func pick(_ word: UInt64) -> Double {
    let (high, _) = word.multipliedFullWidth(by: UInt64(count))
    return (rows + Int(truncatingIfNeeded: high)).pointee.value
  }

  /// The value of the quantile function at a random place: its stretch is found from the guide.
  @inlinable
  func quantile(_ word: UInt64) -> Double {
    let u = Double(Int64(bitPattern: word &>> 11)) * 0x1p-53
    let guide = UnsafeRawPointer(rows + Int(count)).assumingMemoryBound(to: UInt32.self)
    let cell = guideBits == 0 ? 0 : Int(truncatingIfNeeded: word &>> (64 &- UInt64(guideBits)))
    var index = Int(guide[cell])
    let last = Int(count) &- 1
    while index < last, rows[index &+ 1].threshold <= u { index &+= 1 }
    let row = rows + index
    return row.pointee.value + (u - row.pointee.threshold) * row.pointee.other
  }
}
