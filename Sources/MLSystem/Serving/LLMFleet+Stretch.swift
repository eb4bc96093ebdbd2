/// The stretch between two events in closed form. No rounding happens before the final shift to
/// nanoseconds, so a boundary is the same however the stretch was cut.
extension LLMFleet {
  static var fractionBits: Int64 { 20 }
  static var fractionMask: Int64 { (1 << fractionBits) - 1 }

  /// Beats until the next boundary of cohort `c` of the replica: 1 to the number of stages.
  @inline(__always)
  func distance(_ r: Int, _ c: Int) -> Int64 {
    let ahead = Int64(c) &- replicas[r].position
    return ahead > 0 ? ahead : ahead &+ stages
  }

  /// Iterations that a cohort ends within `beats`, its next boundary being `distance` ahead.
  @inline(__always)
  func endings(_ beats: Int64, _ distance: Int64) -> Int64 {
    if stages == 1 { return beats }
    return beats < distance ? 0 : (beats &- distance) / stages &+ 1
  }

  /// The first boundary of a cohort at or after `beats`.
  @inline(__always)
  func boundary(atOrAfter beats: Int64, _ distance: Int64) -> Int64 {
    if stages == 1 || beats <= distance { return max(beats, distance) }
    return distance &+ (beats &- distance &+ stages &- 1) / stages &* stages
  }

  // MARK: Time

  /// The time of the first `beats` beats in units of 2^-20 ns: exact.
  ///
  /// Beat j takes `first` plus one `slope` for each boundary of the slowest cohort up to it.
  @inline(__always)
  func elapsed(_ r: Int, _ beats: Int64) -> Int128 {
    let replica = replicas + r
    let rest = beats &- replica.pointee.offset
    let plain = Self.product(beats, replica.pointee.first)
    if rest <= 0 { return plain }
    let slopes: Int64
    if stages == 1 {
      slopes = rest & 1 == 0 ? (rest &>> 1) &* (rest &+ 1) : rest &* ((rest &+ 1) &>> 1)
    } else {
      let full = rest / stages
      slopes = full &* (full &+ 1) / 2 &* stages &+ (rest &- full &* stages) &* (full &+ 1)
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
  func boundary(_ r: Int, _ beats: Int64) -> Int64 {
    let fine = elapsed(r, beats) &+ Int128(replicas[r].fraction)
    return replicas[r].clock &+ Int64(truncatingIfNeeded: fine &>> Int128(Self.fractionBits))
  }

  /// The least number of beats whose end is at or after `now`.
  ///
  /// A quadratic in floating point, then put right in integers: the integer test decides.
  @inline(__always)
  func beatsUntil(_ r: Int, _ now: Int64) -> Int64 {
    let replica = replicas[r]
    let first = Double(replica.first)
    let slope = Double(replica.slope)
    let wanted =
      Double(now &- replica.clock) * Double(Int64(1) << Self.fractionBits)
      - Double(replica.fraction)
    var beats: Int64 = 0
    let plain = Double(replica.offset) * first
    if wanted > plain {
      let b = first + 0.5 * slope
      let rest = wanted - plain
      let root = (b * b + 2 * slope / Double(stages) * rest).squareRoot()
      beats = replica.offset &+ Int64((2 * rest / (b + root)).rounded(.up))
    } else if wanted > 0 {
      beats = Int64((wanted / first).rounded(.up))
    }
    while beats > 0, boundary(r, beats &- 1) >= now { beats &-= 1 }
    while boundary(r, beats) < now { beats &+= 1 }
    return beats
  }

  // MARK: Blocks

  /// Blocks that `tokens` tokens take.
  @inline(__always)
  func blockCount(_ tokens: Int64) -> Int64 { (tokens &+ blockMask) &>> blockShift }

  /// Blocks that the decoding requests of a cohort take in the `count` iterations from `iteration`.
  ///
  /// A request with residue r takes one in iteration i if r + i is a multiple of the block size.
  @inline(__always)
  func decodeBlocks(_ cohort: Int, from iteration: Int64, _ count: Int64) -> Int64 {
    let histogram = residues + cohort &<< Int(blockShift)
    var sum = (count &>> blockShift) &* cohorts[cohort].decoding
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
    var need = decodeBlocks(c, from: cohorts[c].iterations &+ 1, count)
    let prefill = cohorts[c].prefill
    if prefill >= 0, !cohorts[c].isMixed {
      let done = Int64(slots[Int(prefill)].computed) &+ cohorts[c].chunk
      need &+= blockCount(done &+ count &* cohorts[c].chunk) &- blockCount(done)
    }
    return need
  }

  /// Blocks that all cohorts take at the boundaries from 1 to `beats`.
  func blocksToStart(_ r: Int, _ beats: Int64) -> Int64 {
    var need: Int64 = 0
    for c in 0..<Int(stages) {
      let starts = endings(beats, distance(r, c))
      if starts > 0 { need &+= blocksToStart(cohort: r &* Int(stages) &+ c, starts) }
    }
    return need
  }
}
