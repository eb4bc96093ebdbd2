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
  func firstCohort(_ r: Int) -> Int { r &* Int(pipeline.stages) }

  /// Beats until the next boundary of cohort `c` of the replica: 1 to the number of stages.
  @inline(__always)
  func distance(_ replica: Replica, _ c: Int, _ pipe: some Pipeline) -> Int64 {
    let ahead = Int64(c) &- replica.pointee.position
    // A mask instead of a branch: whose boundary it is changes from event to event.
    return ahead &+ (pipe.stages & ((ahead &- 1) &>> 63))
  }

  /// Iterations that a cohort ends within `beats`, its next boundary being `distance` ahead.
  @inline(__always)
  func endings(_ beats: Int64, _ distance: Int64, _ pipe: some Pipeline) -> Int64 {
    pipe.stages == 1 ? beats : pipe.rounds(beats &- distance &+ pipe.stages)
  }

  /// The first boundary of a cohort at or after `beats`.
  @inline(__always)
  func boundary(atOrAfter beats: Int64, _ distance: Int64, _ pipe: some Pipeline) -> Int64 {
    if pipe.stages == 1 || beats <= distance { return max(beats, distance) }
    return distance &+ pipe.rounds(beats &- distance &+ pipe.stages &- 1) &* pipe.stages
  }

  // MARK: Time

  /// Boundaries of the slowest cohort up to each of the first `beats` beats, added up.
  ///
  /// Beat j takes `first` plus one `slope` for each such boundary up to it.
  @inline(__always)
  private func slopes(_ replica: Replica, _ beats: Int64, _ pipe: some Pipeline) -> Int64 {
    // No branch on whether there are any: that changes from event to event.
    let rest = max(0, beats &- replica.pointee.offset)
    if pipe.stages == 1 {
      return rest & 1 == 0 ? (rest &>> 1) &* (rest &+ 1) : rest &* ((rest &+ 1) &>> 1)
    }
    let full = pipe.rounds(rest)
    return (full &* (full &+ 1)) &>> 1 &* pipe.stages &+ (rest &- full &* pipe.stages)
      &* (full &+ 1)
  }

  /// The time of the first `beats` beats in units of 2^-20 ns: exact.
  @inline(__always)
  func elapsed(_ replica: Replica, _ beats: Int64, _ pipe: some Pipeline) -> Int128 {
    Self.product(beats, replica.pointee.first)
      &+ Self.product(slopes(replica, beats, pipe), replica.pointee.slope)
  }

  @inline(__always)
  static func product(_ a: Int64, _ b: Int64) -> Int128 {
    let product = a.multipliedFullWidth(by: b)
    return Int128(_low: product.low, _high: product.high)
  }

  /// The end of the first `beats` beats, in ns and 2^-20 ns.
  @inline(__always)
  func boundary(_ replica: Replica, _ beats: Int64, _ pipe: some Pipeline) -> (
    clock: Int64, fraction: Int64
  ) {
    let fine = elapsed(replica, beats, pipe) &+ Int128(replica.pointee.fraction)
    return (
      replica.pointee.clock &+ Int64(truncatingIfNeeded: fine &>> Int128(Self.fractionBits)),
      Int64(truncatingIfNeeded: fine) & Self.fractionMask
    )
  }

  /// Makes the end of the first `beats` beats the next event.
  @inline(__always)
  func setEvent(_ replica: Replica, _ beats: Int64, _ pipe: some Pipeline) {
    let (clock, fraction) = boundary(replica, beats, pipe)
    replica.pointee.length = beats
    replica.pointee.due = clock
    replica.pointee.dueFraction = fraction
  }

  /// The least number of beats whose end is at or after `now`.
  ///
  /// A quadratic in floating point, then put right in integers: the integer test decides.
  @inline(__always)
  func beatsUntil(_ replica: Replica, _ now: Int64, _ pipe: some Pipeline) -> Int64 {
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
      let root = (b * b + 2 * slope / Double(pipe.stages) * rest).squareRoot()
      beats = replica.pointee.offset &+ Int64(2 * rest / (b + root)) &+ 1
    } else if wanted > 0 {
      beats = Int64(wanted / first) &+ 1
    }
    while beats > 0, boundary(replica, beats &- 1, pipe).clock >= now { beats &-= 1 }
    while boundary(replica, beats, pipe).clock < now { beats &+= 1 }
    return beats
  }

  // MARK: Blocks

  /// Blocks that `tokens` tokens take.
  @inline(__always)
  func blockCount(_ tokens: Int64) -> Int64 { (tokens &+ blockMask) &>> blockShift }

  /// Notes that one request more, or less, of residue `residue` decodes in a cohort.
  ///
  /// All counts are gone through, so that the loop needs no branch and goes in vectors.
  @inline(__always)
  func countResidue(_ c: Int, _ residue: Int64, _ change: Int32) {
    let counts = residues + c &<< Int(blockShift)
    let residue = Int32(truncatingIfNeeded: residue & blockMask)
    for i in 0...Int32(truncatingIfNeeded: blockMask) {
      counts[Int(i)] &+= i >= residue ? change : 0
    }
  }

  /// Blocks that the decoding requests of a cohort take in the `count` iterations from `iteration`.
  ///
  /// A request with residue r takes one in iteration i if r + i is a multiple of the block size: so
  /// do those whose residues lie, modulo the block size, just below that of the first iteration.
  @inline(__always)
  func decodeBlocks(_ c: Int, from iteration: Int64, _ count: Int64) -> Int64 {
    let counts = residues + c &<< Int(blockShift)
    let decoding = cohorts[c].decoding
    let last = (0 &- iteration) & blockMask
    let before = last &- (count & blockMask)
    // Below the first residue it goes on with the last: then all are counted and the rest is less.
    return (count &>> blockShift) &* decoding &+ (decoding & (before &>> 63))
      &+ Int64(counts[Int(last)]) &- Int64(counts[Int(before & blockMask)])
  }

  /// Blocks that a cohort takes when its next `count` iterations begin, after the one under way.
  @inline(__always)
  func blocksToStart(cohort c: Int, _ count: Int64) -> Int64 {
    let cohort = cohorts + c
    let chunk = cohort.pointee.chunk
    let done = Int64(slots[Int(cohort.pointee.prefill)].computed) &+ chunk
    return decodeBlocks(c, from: cohort.pointee.iterations &+ 1, count)
      &+ blockCount(done &+ count &* chunk) &- blockCount(done)
  }

  /// Blocks that all cohorts take at the boundaries from 1 to `beats`.
  @inline(__always)
  func blocksToStart(_ r: Int, _ beats: Int64, _ pipe: some Pipeline) -> Int64 {
    var need: Int64 = 0
    if beats == 0 { return 0 }
    for c in 0..<Int(pipe.stages) {
      let starts = endings(beats, distance(replicas + r, c, pipe), pipe)
      if starts > 0 { need &+= blocksToStart(cohort: firstCohort(r) &+ c, starts) }
    }
    return need
  }
}
