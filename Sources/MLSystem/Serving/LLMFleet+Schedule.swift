/// Beginning an iteration: preemption, admission, price, and how far it is to the next event.
extension LLMFleet {
  /// Begins the next iteration of the cohort at the boundary and draws the stretch ahead.
  @inline(__always)
  mutating func schedule(_ r: Int, _ pipe: some Pipeline) {
    let replica = replicas + r
    let c = firstCohort(r) &+ Int(replica.pointee.position)
    let cohort = cohorts + c
    cohort.pointee.isStale = false
    if replica.pointee.running &+ replica.pointee.waiting == 0 {
      replica.pointee.isBusy = false
      replica.pointee.length = 0
      replica.pointee.due = .max
      return
    }
    cohort.pointee.isMixed = false
    // Without a pipeline the first chunk asked for may have changed; with one nothing has.
    if pipe.stages == 1 { replica.pointee.isRefused = false }
    var demand = decodeBlocks(c, from: cohort.pointee.iterations, 1)
    var chunk: Int64 = 0
    var remaining: Int64 = 0
    if cohort.pointee.prefill >= 0 {
      let slot = slots + Int(cohort.pointee.prefill)
      let done = Int64(slot.pointee.computed)
      remaining = Int64(slot.pointee.prompt &+ slot.pointee.made) &- done
      chunk = min(remaining, budget &- cohort.pointee.decoding)
      demand &+= blockCount(done &+ chunk) &- blockCount(done)
    }
    let preempting = demand > replica.pointee.free
    if _slowPath(preempting) {
      // A prefilling one is the newest, so it goes first.
      repeat {
        preemptNewest(r, c)
        chunk = 0
        demand = decodeBlocks(c, from: cohort.pointee.iterations, 1)
      } while demand > replica.pointee.free
    }
    cohort.pointee.chunk = chunk
    let isAdmitting =
      !preempting && replica.pointee.waiting > 0 && !replica.pointee.isRefused
      && admit(r, c, demand: demand, leftover: budget &- cohort.pointee.decoding &- chunk)
    if !isAdmitting {
      replica.pointee.free &-= demand
      if chunk > 0, chunk == remaining {
        startLastChunk(replica, cohort)
      } else {
        startRamp(replica, c, remaining: remaining)
      }
    }
    cohort.pointee.start =
      replica.pointee.clock &<< Self.fractionBits &+ replica.pointee.fraction
    drawStretch(r, pipe)
  }

  // MARK: Preemption and admission

  private mutating func preemptNewest(_ r: Int, _ c: Int) {
    let s = cohorts[c].tail
    let slot = slots + Int(s)
    if s == cohorts[c].prefill {
      cohorts[c].prefill = -1
      free(r, Int64(slot.pointee.computed))
    } else {
      let left = slot.pointee.mark &- cohorts[c].iterations
      slot.pointee.made = slot.pointee.output &- Int32(truncatingIfNeeded: left)
      free(r, Int64(slot.pointee.prompt &+ slot.pointee.made) &- 1)
      // Its heap entry stays and is known as stale by `mark` and `cohort`.
      stopDecoding(c, s)
      slot.pointee.mark = -2 &- replicas[r].clock
    }
    unlink(r, c, s)
    slot.pointee.computed = 0
    if slot.pointee.preemptions < .max { slot.pointee.preemptions &+= 1 }
    slot.pointee.prev = -1
    let line = lines + (r &* levels &+ Int(slot.pointee.level))
    slot.pointee.next = line.pointee.head
    if line.pointee.head >= 0 {
      slots[Int(line.pointee.head)].prev = s
    } else {
      line.pointee.tail = s
    }
    line.pointee.head = s
    replicas[r].waiting &+= 1
    totals.preemptions &+= 1
  }

  /// The request that is admitted next, -1 if none waits.
  @inline(__always)
  func headOfLine(_ r: Int) -> Int32 {
    let first = lines + r &* levels
    if levels == 1 { return first.pointee.head }
    for level in 0..<levels where first[level].head >= 0 { return first[level].head }
    return -1
  }

  /// Admits from the head of the line; if anyone was, begins the iteration and returns true.
  @inline(__always)
  private mutating func admit(
    _ r: Int, _ c: Int, demand: Int64, leftover: Int64
  ) -> Bool {
    let replica = replicas + r
    let cohort = cohorts + c
    var left = replica.pointee.free &- demand
    var leftover = leftover
    var tokens: Int64 = 0
    var pairs: Int64 = 0
    var prefills: Int64 = 0
    while replica.pointee.waiting > 0, leftover > 0, cohort.pointee.running < cap {
      let s = headOfLine(r)
      let slot = slots + Int(s)
      let target = Int64(slot.pointee.prompt &+ slot.pointee.made)
      let chunk = min(target, leftover)
      let need = blockCount(chunk)
      let gate = reservesWholePrompt ? blockCount(target) : need
      if left &- gate < (replica.pointee.running > 0 ? watermark : 0) {
        replica.pointee.isRefused = true
        break
      }
      takeHead(r, s)
      if prefills == 0 {
        if cohort.pointee.prefill >= 0 {
          // It ends in this very iteration, or there would be no budget left.
          prefills = 1
          tokens = cohort.pointee.chunk
          pairs = pairsOfChunk(cohort.pointee.prefill, tokens)
        } else {
          cohort.pointee.prefill = s
        }
      }
      slot.pointee.prev = cohort.pointee.tail
      slot.pointee.next = -1
      if cohort.pointee.tail >= 0 { slots[Int(cohort.pointee.tail)].next = s }
      cohort.pointee.tail = s
      cohort.pointee.running &+= 1
      replica.pointee.running &+= 1
      slot.pointee.cohort = Int32(truncatingIfNeeded: c)
      slot.pointee.computed = 0
      slot.pointee.chunk = Int32(truncatingIfNeeded: chunk)
      if slot.pointee.scheduled < 0 { slot.pointee.scheduled = replica.pointee.clock }
      left &-= need
      leftover &-= chunk
      tokens &+= chunk
      pairs &+= LLMPriceTable.pairs(start: 0, count: chunk)
      prefills &+= 1
      totals.admissions &+= 1
    }
    if tokens == 0 { return false }
    replica.pointee.free = left
    let first = slots + Int(cohort.pointee.prefill)
    let target = Int64(first.pointee.prompt &+ first.pointee.made)
    if prefills == 1, tokens < target {
      // Alone and longer than the budget: its first chunk is like those that follow.
      cohort.pointee.chunk = tokens
      startRamp(replica, c, remaining: target)
      return true
    }
    startMixed(replica, cohort, tokens: tokens, prefills: prefills, pairs: pairs)
    return true
  }

  /// Notes the chunk of a prefill that goes on, and returns its pairs.
  @inline(__always)
  private func pairsOfChunk(_ s: Int32, _ chunk: Int64) -> Int64 {
    slots[Int(s)].chunk = Int32(truncatingIfNeeded: chunk)
    return LLMPriceTable.pairs(start: Int64(slots[Int(s)].computed), count: chunk)
  }

  /// Takes the head out of its waiting line.
  @inline(__always)
  mutating func takeHead(_ r: Int, _ s: Int32) {
    let line = lines + (r &* levels &+ Int(slots[Int(s)].level))
    let next = slots[Int(s)].next
    line.pointee.head = next
    if next >= 0 { slots[Int(next)].prev = -1 } else { line.pointee.tail = -1 }
    replicas[r].waiting &-= 1
  }

  // MARK: The price of the iterations that begin

  @inline(__always)
  private func startLastChunk(_ replica: Replica, _ cohort: Cohort) {
    let chunk = cohort.pointee.chunk
    startMixed(
      replica, cohort, tokens: chunk, prefills: 1,
      pairs: pairsOfChunk(cohort.pointee.prefill, chunk))
  }

  /// One iteration that stands alone.
  @inline(__always)
  private func startMixed(
    _ replica: Replica, _ cohort: Cohort, tokens: Int64, prefills: Int64, pairs: Int64
  ) {
    let price = prices + Int(replica.pointee.price)
    let decoding = cohort.pointee.decoding
    var first =
      price.pointee.fixed(tokens: decoding &+ tokens, sequences: cohort.pointee.running)
      &+ price.pointee.prompts(sequences: prefills, tokens: tokens, pairs: pairs)
    if decoding > 0 {
      first &+= price.pointee.decodeBesidePrefill.piece(decoding, cohort.pointee.context).value
    }
    cohort.pointee.isMixed = true
    cohort.pointee.first = first
    cohort.pointee.slope = 0
    cohort.pointee.limit = 1
    cohort.pointee.chunk = 0
  }

  /// Like iterations until a request ends, a prefill comes to its last chunk, or the price bends.
  @inline(__always)
  private mutating func startRamp(_ replica: Replica, _ c: Int, remaining: Int64) {
    let cohort = cohorts + c
    if cohort.pointee.running == 0 {
      cohort.pointee.slope = 0
      cohort.pointee.first = 0
      cohort.pointee.limit = LLMCohort.farAway
      return
    }
    let price = prices + Int(replica.pointee.price)
    let decoding = cohort.pointee.decoding
    let chunk = cohort.pointee.chunk
    var first = price.pointee.fixed(tokens: decoding &+ chunk, sequences: cohort.pointee.running)
    var slope: Int64 = 0
    var limit = Int64.max
    if decoding > 0 {
      let heap = heaps + c &* heapRoom
      while !isLive(heap[0], c) { popHeap(c) }
      limit = Int64(heap[0] &>> 24) &- cohort.pointee.iterations
      let context = cohort.pointee.context
      let piece =
        chunk > 0
        ? price.pointee.decodeBesidePrefill.piece(decoding, context)
        : price.pointee.decode.piece(decoding, context)
      first &+= piece.value
      slope = piece.slope &* decoding
      // Iterations that begin below the bend.
      let room = piece.end &- context
      if room < limit &* decoding { limit = (room &+ decoding &- 1) / decoding }
    }
    if chunk > 0 {
      limit = min(limit, (remaining &- 1) / chunk)
      let done = Int64(slots[Int(cohort.pointee.prefill)].computed)
      first &+= price.pointee.prompts(
        sequences: 1, tokens: chunk, pairs: LLMPriceTable.pairs(start: done, count: chunk))
      slope &+= price.pointee.perPair &* chunk &* chunk
    }
    cohort.pointee.first = first
    cohort.pointee.slope = slope
    cohort.pointee.limit = limit
  }

  // MARK: The stretch ahead

  /// Whether the head of the line could be admitted to the cohort at its next boundary.
  @inline(__always)
  func hasRoom(_ cohort: Cohort) -> Bool {
    cohort.pointee.running < cap && cohort.pointee.prefill < 0
      && cohort.pointee.decoding < budget
  }

  /// How many beats until something must be looked at, and when that is.
  @inline(__always)
  mutating func drawStretch(_ r: Int, _ pipe: some Pipeline) {
    let replica = replicas + r
    let base = cohorts + firstCohort(r)
    let isTrying = replica.pointee.waiting > 0 && !replica.pointee.isRefused
    var beats = longestJump
    var slowest = 0
    for c in 0..<Int(pipe.stages) {
      let cohort = base + c
      let isCut = cohort.pointee.isStale || (isTrying && hasRoom(cohort))
      let limit = isCut ? 1 : cohort.pointee.limit
      beats = min(beats, distance(replica, c, pipe) &+ (limit &- 1) &* pipe.stages)
      if cohort.pointee.first > base[slowest].first { slowest = c }
    }
    if pipe.stages > 1 { beats = beatsOfSlowest(r, slowest, beats, pipe) }
    replica.pointee.first = base[slowest].first
    replica.pointee.slope = base[slowest].slope
    replica.pointee.offset = distance(replica, slowest, pipe)
    if _slowPath(mayRunOut(r, beats, pipe)) { beats = beatsThatFit(r, beats, pipe) }
    setEvent(replica, beats, pipe)
  }

  /// A quick bound on the blocks that the stretch takes; exceeded only near the end of the cache.
  @inline(__always)
  private func mayRunOut(_ r: Int, _ beats: Int64, _ pipe: some Pipeline) -> Bool {
    let base = cohorts + firstCohort(r)
    let starts = pipe.stages == 1 ? beats : pipe.rounds(beats) &+ 1
    var bound: Int64 = 0
    for c in 0..<Int(pipe.stages) {
      bound &+= (starts &>> blockShift &+ 1) &* base[c].decoding
      bound &+= blockCount(starts &* base[c].chunk) &+ 1
    }
    return bound > replicas[r].free
  }

  /// The longest stretch that begins only iterations whose blocks fit.
  ///
  /// It changes nothing; a mutating method is not handed a copy of the fleet.
  @inline(never)
  private mutating func beatsThatFit(
    _ r: Int, _ beats: Int64, _ pipe: some Pipeline
  ) -> Int64 {
    if blocksToStart(r, beats &- 1, pipe) <= replicas[r].free { return beats }
    var fits: Int64 = 1
    var fails = beats
    while fails &- fits > 1 {
      let middle = (fits &+ fails) / 2
      let need = blocksToStart(r, middle &- 1, pipe)
      if need <= replicas[r].free { fits = middle } else { fails = middle }
    }
    return fits
  }

  /// The beats in which no other cohort becomes slower than the slowest: a bend of the clock.
  @inline(__always)
  private func beatsOfSlowest(
    _ r: Int, _ slowest: Int, _ beats: Int64, _ pipe: some Pipeline
  ) -> Int64 {
    let replica = replicas + r
    let base = cohorts + firstCohort(r)
    let ahead = distance(replica, slowest, pipe)
    let first = base[slowest].first
    let slope = base[slowest].slope
    let most = pipe.rounds(beats) &+ 1
    var beats = beats
    for c in 0..<Int(pipe.stages) where c != slowest && base[c].running > 0 {
      let margin = first &- base[c].first
      let gain = base[c].slope &- slope
      // The other one is at most one iteration further on, and gains in all `most` iterations.
      if margin >= base[c].slope &+ most &* max(0, gain) { continue }
      beats = min(beats, takeover(margin, gain, slope, ahead, distance(replica, c, pipe), pipe))
    }
    return beats
  }

  /// The first beat in which another cohort is slower, from its margin now and its gain a round.
  ///
  /// Within a round the difference changes at the boundaries of the two.
  @inline(__always)
  private func takeover(
    _ margin: Int64, _ gain: Int64, _ slope: Int64, _ ahead: Int64, _ distance: Int64,
    _ pipe: some Pipeline
  ) -> Int64 {
    let between = distance < ahead ? gain &+ slope : 0 &- slope
    let first = round(of: margin, gain, from: 0, pipe)
    let second = round(of: margin &- between, gain, from: min(ahead, distance), pipe)
    let third = round(of: margin &- gain, gain, from: max(ahead, distance), pipe)
    return min(first, min(second, third))
  }

  /// The first beat of a phase at which `gain` a round has made up for more than `margin`.
  @inline(__always)
  private func round(
    of margin: Int64, _ gain: Int64, from phase: Int64, _ pipe: some Pipeline
  ) -> Int64 {
    if phase >= pipe.stages { return .max }
    if margin < 0 { return phase }
    return gain > 0 ? phase &+ (margin / gain &+ 1) &* pipe.stages : .max
  }
}
