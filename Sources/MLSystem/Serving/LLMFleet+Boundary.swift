/// Moving along a stretch, and what happens when an iteration ends.
extension LLMFleet {
  /// Moves a replica `beats` ahead within its stretch, which may be done at any boundary and
  /// changes no result; the cohort at the boundary begins its next iteration too.
  mutating func settle(_ r: Int, _ beats: Int64, _ pipe: some Pipeline) {
    let replica = replicas + r
    let (clock, fraction) = boundary(replica, beats, pipe)
    let need = settleCohorts(r, beats, pipe, goingOn: true)
    replica.pointee.length &-= beats
    let ends = endings(beats, replica.pointee.offset, pipe)
    replica.pointee.first &+= ends &* replica.pointee.slope
    replica.pointee.offset &+= ends &* pipe.stages &- beats
    move(replica, beats, pipe, to: clock, fraction, need: need)
  }

  /// Moves a replica to the event at the end of its stretch, where `schedule` draws the next one.
  @inline(__always)
  mutating func finishStretch(_ r: Int, _ pipe: some Pipeline) {
    let replica = replicas + r
    let beats = replica.pointee.length
    let need = settleCohorts(r, beats, pipe, goingOn: false)
    move(
      replica, beats, pipe, to: replica.pointee.due, replica.pointee.dueFraction, need: need)
  }

  /// Counts what the cohorts do within `beats` and returns the blocks that they take, those of
  /// iterations that begin at the last boundary only when the stretch is `goingOn`.
  @inline(__always)
  private mutating func settleCohorts(
    _ r: Int, _ beats: Int64, _ pipe: some Pipeline, goingOn: Bool
  ) -> Int64 {
    let replica = replicas + r
    let base = firstCohort(r)
    var need: Int64 = 0
    for c in 0..<Int(pipe.stages) {
      let cohort = cohorts + (base &+ c)
      if cohort.pointee.running == 0 { continue }
      let distance = distance(replica, c, pipe)
      let ends = endings(beats, distance, pipe)
      if ends == 0 { continue }
      let last = distance &+ (ends &- 1) &* pipe.stages
      need &+= blocksToStart(
        cohort: base &+ c, ends &- (last == beats && !goingOn ? 1 : 0))
      if pipe.stages == 1 {
        gaps.addRamp(
          first: replica.pointee.first, step: replica.pointee.slope, count: ends,
          weight: cohort.pointee.decoding)
      } else {
        countGaps(replica, cohort, distance, ends, pipe)
      }
      settleCohort(cohort, ends)
    }
    return need
  }

  /// Moves clock, blocks and position `beats` on.
  @inline(__always)
  private mutating func move(
    _ replica: Replica, _ beats: Int64, _ pipe: some Pipeline, to clock: Int64, _ fraction: Int64,
    need: Int64
  ) {
    let lasted = clock &- replica.pointee.clock
    let used = 2 &* (blocks &- replica.pointee.free) &+ need
    replica.pointee.free &-= need
    replica.pointee.clock = clock
    replica.pointee.fraction = fraction
    if pipe.stages > 1 {
      let position = replica.pointee.position &+ beats
      replica.pointee.position = position &- pipe.rounds(position) &* pipe.stages
    }
    totals.busyTime &+= lasted
    totals.blockSeconds += 0.5e-9 * Double(used) * Double(lasted)
  }

  /// Ends `ends` iterations of a cohort that is not empty and counts their tokens.
  @inline(__always)
  private mutating func settleCohort(_ cohort: Cohort, _ ends: Int64) {
    let decoding = cohort.pointee.decoding
    // Mostly nobody prefills on a ramp; then this is nothing, done to the slot before the first.
    let tokens = ends &* cohort.pointee.chunk
    slots[Int(cohort.pointee.prefill)].computed &+= Int32(truncatingIfNeeded: tokens)
    totals.promptTokens &+= tokens
    totals.iterations &+= ends
    totals.sequences &+= ends &* cohort.pointee.running
    totals.decodedTokens &+= ends &* decoding
    cohort.pointee.iterations &+= ends
    cohort.pointee.context &+= ends &* decoding
    cohort.pointee.first &+= ends &* cohort.pointee.slope
    cohort.pointee.limit &-= ends
  }

  /// With a pipeline an iteration is p beats, the first ones perhaps before this stretch.
  ///
  /// All in 64 bits modulo 2^64, which does for an iteration. Mutating only so that it is not
  /// handed a copy of the fleet where it is not inlined.
  @inline(__always)
  private mutating func countGaps(
    _ replica: Replica, _ cohort: Cohort, _ distance: Int64, _ ends: Int64,
    _ pipe: some Pipeline
  ) {
    let decoding = cohort.pointee.decoding
    let first = replica.pointee.first
    let slope = replica.pointee.slope
    let ahead = distance &- replica.pointee.offset
    // The first boundary; then each iteration has p beats, and p slopes more than the one before.
    let boundary =
      replica.pointee.clock &<< Self.fractionBits &+ replica.pointee.fraction
      &+ distance &* first &+ max(0, ahead) &* slope
    gaps.add(boundary &- cohort.pointee.start, weight: decoding)
    let second = pipe.stages &* first &+ (pipe.stages &+ ahead) &* slope
    let step = pipe.stages &* slope
    let more = ends &- 1
    if more > 0 { gaps.addRamp(first: second, step: step, count: more, weight: decoding) }
    cohort.pointee.start = boundary &+ more &* second &+ (more &* (more &- 1)) &>> 1 &* step
  }

  // MARK: The end of an iteration

  /// What happens at a boundary before the cohort there is scheduled again.
  @inline(__always)
  mutating func finishIteration(_ r: Int) {
    let c = firstCohort(r) &+ Int(replicas[r].position)
    if _slowPath(cohorts[c].aborted >= 0) { removeAborted(r, c) }
    completeDecodes(r, c)
    if cohorts[c].isMixed { finishPrefills(r, c) }
  }

  /// Takes out the requests whose last token is out.
  @inline(__always)
  private mutating func completeDecodes(_ r: Int, _ c: Int) {
    let cohort = cohorts + c
    let heap = heaps + c &* heapRoom
    while cohort.pointee.heapCount > 0, Int64(heap[0] &>> 24) <= cohort.pointee.iterations {
      let entry = heap[0]
      let s = Int32(truncatingIfNeeded: entry & 0xFF_FFFF)
      let live = isLive(entry, c)
      popHeap(c)
      if live {
        let slot = slots + Int(s)
        free(r, Int64(slot.pointee.prompt &+ slot.pointee.output) &- 1)
        stopDecoding(c, s)
        leave(r, c, s)
      }
    }
  }

  /// Takes a decoding request out of the sums; its context follows from how far it is from its end.
  @inline(__always)
  mutating func stopDecoding(_ c: Int, _ s: Int32) {
    let slot = slots + Int(s)
    let cohort = cohorts + c
    let final = Int64(slot.pointee.prompt &+ slot.pointee.output)
    let end = slot.pointee.mark
    countResidue(c, final &- 1 &- end, -1)
    cohort.pointee.decoding &-= 1
    cohort.pointee.context &-= final &- (end &- cohort.pointee.iterations)
    slot.pointee.mark = -1
  }

  /// After a mixed iteration every prefilling request but perhaps the last emits its next token.
  @inline(__always)
  private mutating func finishPrefills(_ r: Int, _ c: Int) {
    let cohort = cohorts + c
    let clock = replicas[r].clock
    var s = cohort.pointee.prefill
    cohort.pointee.prefill = -1
    while s >= 0 {
      let slot = slots + Int(s)
      let next = slot.pointee.next
      slot.pointee.computed &+= slot.pointee.chunk
      totals.promptTokens &+= Int64(slot.pointee.chunk)
      if slot.pointee.computed < slot.pointee.prompt &+ slot.pointee.made {
        cohort.pointee.prefill = s
        return
      }
      slot.pointee.made &+= 1
      totals.prefills &+= 1
      if slot.pointee.firstToken < 0 {
        slot.pointee.firstToken = clock
      } else {
        // The gap that the preemption tore.
        let gap = clock &+ 2 &+ slot.pointee.mark
        tornGaps.add(gap, weight: 1)
        totals.preemptedTime &+= gap
      }
      slot.pointee.mark = -1
      if slot.pointee.made == slot.pointee.output {
        free(r, Int64(slot.pointee.computed))
        leave(r, c, s)
      } else {
        startDecoding(c, s)
      }
      s = next
    }
  }

  @inline(__always)
  private mutating func startDecoding(_ c: Int, _ s: Int32) {
    let slot = slots + Int(s)
    let cohort = cohorts + c
    let end = cohort.pointee.iterations &+ Int64(slot.pointee.output &- slot.pointee.made)
    let final = Int64(slot.pointee.prompt &+ slot.pointee.output)
    slot.pointee.mark = end
    countResidue(c, final &- 1 &- end, 1)
    cohort.pointee.decoding &+= 1
    cohort.pointee.context &+= Int64(slot.pointee.computed) &+ 1
    pushHeap(c, UInt64(bitPattern: end) &<< 24 | UInt64(UInt32(bitPattern: s)))
  }

  // MARK: Leaving

  /// Gives back the blocks of `tokens` tokens.
  @inline(__always)
  mutating func free(_ r: Int, _ tokens: Int64) {
    replicas[r].free &+= blockCount(tokens)
    replicas[r].isRefused = false
  }

  /// Takes a request out of the running list of its cohort.
  @inline(__always)
  mutating func unlink(_ r: Int, _ c: Int, _ s: Int32) {
    let prev = slots[Int(s)].prev
    let next = slots[Int(s)].next
    if prev >= 0 { slots[Int(prev)].next = next }
    if next >= 0 { slots[Int(next)].prev = prev } else { cohorts[c].tail = prev }
    slots[Int(s)].cohort = -1
    cohorts[c].running &-= 1
    replicas[r].running &-= 1
  }

  /// A running request has its last token.
  @inline(__always)
  private mutating func leave(_ r: Int, _ c: Int, _ s: Int32) {
    unlink(r, c, s)
    replicas[r].outstanding &-= 1
    totals.completed &+= 1
    report(s, .completed, r, at: replicas[r].clock)
    releaseSlot(s)
  }
}
