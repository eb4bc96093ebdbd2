/// The stretch between two events in closed form.
///
/// No rounding happens before the final shift to nanoseconds, so a boundary is the same however the
/// stretch was cut.
extension LLMFleet {
  typealias Replica = UnsafeMutablePointer<LLMReplica>
  typealias Cohort = UnsafeMutablePointer<LLMCohort>
  typealias Slot = UnsafeMutablePointer<LLMSlot>

  static var fractionBits: Int64 { 20 }
  static var fractionMask: Int64 { (1 << fractionBits) - 1 }

  /// The number of the first cohort of a replica.
  @inline(__always)
  func firstCohort(_ r: Int) -> Int { r &* Int(stages) }

  /// `count / stages`, by a shift where that does it.
  @inline(__always)
  func rounds(_ count: Int64) -> Int64 {
    stageShift >= 0 ? count &>> stageShift : count / stages
  }

  /// Beats until the next boundary of cohort `c` of the replica: 1 to the number of stages.
  @inline(__always)
  func distance(_ replica: Replica, _ c: Int) -> Int64 {
    let ahead = Int64(c) &- replica.pointee.position
    return ahead > 0 ? ahead : ahead &+ stages
  }

  /// Iterations that a cohort ends within `beats`, its next boundary being `distance` ahead.
  @inline(__always)
  func endings(_ beats: Int64, _ distance: Int64) -> Int64 {
    if stages == 1 { return beats }
    return beats < distance ? 0 : rounds(beats &- distance) &+ 1
  }

  /// The first boundary of a cohort at or after `beats`.
  @inline(__always)
  func boundary(atOrAfter beats: Int64, _ distance: Int64) -> Int64 {
    if stages == 1 || beats <= distance { return max(beats, distance) }
    return distance &+ rounds(beats &- distance &+ stages &- 1) &* stages
  }

  // MARK: Time

  /// The time of the first `beats` beats in units of 2^-20 ns: exact.
  ///
  /// Beat j takes `first` plus one `slope` for each boundary of the slowest cohort up to it.
  @inline(__always)
  func elapsed(_ replica: Replica, _ beats: Int64) -> Int128 {
    let rest = beats &- replica.pointee.offset
    let plain = Self.product(beats, replica.pointee.first)
    if rest <= 0 { return plain }
    let slopes: Int64
    if stages == 1 {
      slopes = rest & 1 == 0 ? (rest &>> 1) &* (rest &+ 1) : rest &* ((rest &+ 1) &>> 1)
    } else {
      let full = rounds(rest)
      slopes = (full &* (full &+ 1)) &>> 1 &* stages &+ (rest &- full &* stages) &* (full &+ 1)
    }
    return plain &+ Self.product(slopes, replica.pointee.slope)
  }

  @inline(__always)
  static func product(_ a: Int64, _ b: Int64) -> Int128 {
    let product = a.multipliedFullWidth(by: b)
    return Int128(_low: product.low, _high: product.high)
  }

  /// The instant at the end of the first `beats` beats.
  @inline(__always)
  func boundary(_ replica: Replica, _ beats: Int64) -> Int64 {
    let fine = elapsed(replica, beats) &+ Int128(replica.pointee.fraction)
    return replica.pointee.clock &+ Int64(truncatingIfNeeded: fine &>> Int128(Self.fractionBits))
  }

  /// The least number of beats whose end is at or after `now`.
  ///
  /// A quadratic in floating point, then put right in integers: the integer test decides.
  @inline(__always)
  func beatsUntil(_ replica: Replica, _ now: Int64) -> Int64 {
    let first = Double(replica.pointee.first)
    let slope = Double(replica.pointee.slope)
    let wanted =
      Double(now &- replica.pointee.clock) * Double(Int64(1) << Self.fractionBits)
      - Double(replica.pointee.fraction)
    var beats: Int64 = 0
    let plain = Double(replica.pointee.offset) * first
    if wanted > plain {
      let b = first + 0.5 * slope
      let rest = wanted - plain
      let root = (b * b + 2 * slope / Double(stages) * rest).squareRoot()
      beats = replica.pointee.offset &+ Int64((2 * rest / (b + root)).rounded(.up))
    } else if wanted > 0 {
      beats = Int64((wanted / first).rounded(.up))
    }
    while beats > 0, boundary(replica, beats &- 1) >= now { beats &-= 1 }
    while boundary(replica, beats) < now { beats &+= 1 }
    return beats
  }

  // MARK: Blocks

  /// Blocks that `tokens` tokens take.
  @inline(__always)
  func blockCount(_ tokens: Int64) -> Int64 { (tokens &+ blockMask) &>> blockShift }

  /// The residues of a cohort.
  @inline(__always)
  func residues(_ c: Int) -> UnsafeMutablePointer<Int32> { residues + c &<< Int(blockShift) }

  /// Blocks that the decoding requests of a cohort take in the `count` iterations from `iteration`.
  ///
  /// A request with residue r takes one in iteration i if r + i is a multiple of the block size.
  @inline(__always)
  func decodeBlocks(_ c: Int, from iteration: Int64, _ count: Int64) -> Int64 {
    let histogram = residues(c)
    var sum = (count &>> blockShift) &* cohorts[c].decoding
    var i = (0 &- iteration) & blockMask
    for _ in 0..<(count & blockMask) {
      sum &+= Int64(histogram[Int(i)])
      i = (i &- 1) & blockMask
    }
    return sum
  }

  /// Blocks that a cohort takes when its next `count` iterations begin, after the one under way.
  @inline(__always)
  func blocksToStart(cohort c: Int, _ count: Int64) -> Int64 {
    let cohort = cohorts + c
    var need: Int64 = 0
    if cohort.pointee.decoding > 0 {
      need = decodeBlocks(c, from: cohort.pointee.iterations &+ 1, count)
    }
    let prefill = cohort.pointee.prefill
    if prefill >= 0, !cohort.pointee.isMixed {
      let done = Int64(slots[Int(prefill)].computed) &+ cohort.pointee.chunk
      need &+= blockCount(done &+ count &* cohort.pointee.chunk) &- blockCount(done)
    }
    return need
  }

  /// Blocks that all cohorts take at the boundaries from 1 to `beats`.
  @inline(__always)
  func blocksToStart(_ r: Int, _ beats: Int64) -> Int64 {
    var need: Int64 = 0
    if beats == 0 { return 0 }
    for c in 0..<Int(stages) {
      let starts = endings(beats, distance(replicas + r, c))
      if starts > 0 { need &+= blocksToStart(cohort: firstCohort(r) &+ c, starts) }
    }
    return need
  }
}
