import Quantities

/// What disturbs a stretch from outside: all of it is "settle, change, schedule", never a new rule.
extension LLMFleet {
  // MARK: Cuts

  /// Cuts the stretch at the first boundary at which the head of the line may be admitted.
  @inline(__always)
  mutating func cutForAdmission(_ r: Int, at now: Int64) {
    if replicas[r].length <= 1 { return }
    switch pipeline.stages {
    case 1: cutForAdmission(r, at: now, OneStage())
    case 2: cutForAdmission(r, at: now, TwoStages())
    default: cutForAdmission(r, at: now, pipeline)
    }
  }

  private mutating func cutForAdmission(_ r: Int, at now: Int64, _ pipe: some Pipeline) {
    var beats: Int64 = 0
    var cut = Int64.max
    let replica = replicas + r
    for c in 0..<Int(pipe.stages) where hasRoom(cohorts + (firstCohort(r) &+ c)) {
      if beats == 0 {
        beats = max(1, beatsUntil(replica, now, pipe))
        if beats >= replica.pointee.length { return }
      }
      cut = min(cut, boundary(atOrAfter: beats, distance(replica, c, pipe), pipe))
    }
    cutStretch(r, cut, pipe)
  }

  @inline(__always)
  private mutating func cutStretch(_ r: Int, _ beats: Int64, _ pipe: some Pipeline) {
    if beats >= replicas[r].length { return }
    setEvent(replicas + r, beats, pipe)
  }

  // MARK: Aborts

  /// Takes a request out, because nobody waits for it any more; false if it is not there.
  ///
  /// From the waiting line it goes at once. A running one goes at the next boundary of its
  /// micro-batch, with the work of the iteration under way wasted. Nothing more is reported of it.
  @discardableResult
  package mutating func abort(_ request: UInt32, replica r: Int, at now: Instant) -> Bool {
    guard Int(request) < requestRoom else { return false }
    let s = slotOfRequest[Int(request)]
    if s < 0 { return false }
    slotOfRequest[Int(request)] = -1
    replicas[r].outstanding &-= 1
    totals.aborted += 1
    let c = Int(slots[Int(s)].cohort)
    if c < 0 {
      abortWaiting(r, s, at: now.nanoseconds)
    } else {
      slots[Int(s)].isAborted = true
      slots[Int(s)].scheduled = Int64(cohorts[c].aborted)
      cohorts[c].aborted = s
      cohorts[c].isStale = true
      if replicas[r].length > 1 {
        let beats = max(1, beatsUntil(replicas + r, now.nanoseconds, pipeline))
        let distance = distance(replicas + r, c - firstCohort(r), pipeline)
        cutStretch(r, boundary(atOrAfter: beats, distance, pipeline), pipeline)
      }
    }
    return true
  }

  private mutating func abortWaiting(_ r: Int, _ s: Int32, at now: Int64) {
    let wasHead = headOfLine(r) == s
    let prev = slots[Int(s)].prev
    let next = slots[Int(s)].next
    let line = lines + (r &* levels &+ Int(slots[Int(s)].level))
    if prev >= 0 { slots[Int(prev)].next = next } else { line.pointee.head = next }
    if next >= 0 { slots[Int(next)].prev = prev } else { line.pointee.tail = prev }
    replicas[r].waiting -= 1
    releaseSlot(s)
    if wasHead, replicas[r].waiting > 0 {
      replicas[r].isRefused = false
      cutForAdmission(r, at: now)
    }
  }

  /// At the boundary of a cohort its aborted requests leave without emitting.
  mutating func removeAborted(_ r: Int, _ c: Int) {
    var s = cohorts[c].aborted
    cohorts[c].aborted = -1
    while s >= 0 {
      let slot = slots + Int(s)
      let following = Int32(slot.pointee.scheduled)
      if slot.pointee.mark >= 0 {
        let left = slot.pointee.mark &- cohorts[c].iterations
        free(r, Int64(slot.pointee.prompt &+ slot.pointee.output) &- 1 &- left)
        stopDecoding(c, s)
      } else {
        let chunk = cohorts[c].isMixed ? slot.pointee.chunk : 0
        free(r, Int64(slot.pointee.computed &+ chunk))
        if cohorts[c].prefill == s { cohorts[c].prefill = slot.pointee.next }
      }
      unlink(r, c, s)
      releaseSlot(s)
      s = following
    }
  }

  // MARK: Failure and speed

  /// The replica fails: all its requests are lost, reported cohort by cohort, then those in line.
  ///
  /// The iterations under way are dropped; the replica is idle and empty afterwards.
  package mutating func fail(_ r: Int, at now: Instant) {
    if !replicas[r].isBusy { return }
    if replicas[r].length > 1 {
      let beats = min(replicas[r].length, beatsUntil(replicas + r, now.nanoseconds, pipeline)) - 1
      if beats > 0 { settle(r, beats, pipeline) }
    }
    for c in firstCohort(r)..<firstCohort(r + 1) {
      var s = cohorts[c].tail
      while s >= 0 && slots[Int(s)].prev >= 0 { s = slots[Int(s)].prev }
      lose(r, from: s, at: now.nanoseconds)
      let iterations = cohorts[c].iterations
      (heaps + c * heapRoom).update(repeating: .max, count: Int(cohorts[c].heapCount))
      cohorts[c] = LLMCohort()
      cohorts[c].iterations = iterations
      (residues + c << Int(blockShift)).update(repeating: 0, count: 1 << Int(blockShift))
    }
    for level in 0..<levels {
      lose(r, from: lines[r * levels + level].head, at: now.nanoseconds)
      lines[r * levels + level] = LLMLine()
    }
    let price = replicas[r].price
    replicas[r] = LLMReplica(free: blocks)
    replicas[r].price = price
  }

  private mutating func lose(_ r: Int, from first: Int32, at now: Int64) {
    var s = first
    while s >= 0 {
      let next = slots[Int(s)].next
      if !slots[Int(s)].isAborted {
        report(s, .lost, r, at: now)
        totals.lost += 1
      }
      releaseSlot(s)
      s = next
    }
  }

  /// Iterations of the replica that begin from now on take `factor` times as long as the plan says.
  package mutating func setTimeFactor(_ r: Int, _ factor: Double, at now: Instant) {
    precondition(factor > 0, "a time factor is positive")
    let known = priceFactors.firstIndex(of: factor)
    if known == nil {
      prices = Self.moved(prices, priceFactors.count, to: priceFactors.count + 1)
      (prices + priceFactors.count).initialize(to: LLMPriceTable(time.scaled(by: factor)))
      priceFactors.append(factor)
    }
    let price = Int32(known ?? priceFactors.count - 1)
    if price == replicas[r].price { return }
    replicas[r].price = price
    for c in firstCohort(r)..<firstCohort(r + 1) where cohorts[c].running > 0 {
      cohorts[c].isStale = true
    }
    if replicas[r].length > 1 {
      let beats = beatsUntil(replicas + r, now.nanoseconds, pipeline)
      cutStretch(r, max(1, beats), pipeline)
    }
  }
}
