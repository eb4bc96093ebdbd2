/// Beginning an iteration: preemption, admission, price, and how far it is to the next event.
extension LLMFleet {
  /// Begins the next iteration of the cohort at the boundary and draws the stretch ahead.
  @inline(__always)
  mutating func schedule(_ r: Int) {
    if replicas[r].running &+ replicas[r].waiting == 0 {
      replicas[r].isBusy = false
      replicas[r].length = 0
      replicas[r].due = .max
      return
    }
    let c = r &* Int(stages) &+ Int(replicas[r].position)
    let cohort = cohorts + c
    cohort.pointee.isStale = false
    cohort.pointee.isMixed = false
    // Without a pipeline the first chunk asked for may have changed; with one nothing has.
    if stages == 1 { replicas[r].isRefused = false }
    var demand = decodeBlocks(c, from: cohort.pointee.iterations, 1)
    var chunk: Int64 = 0
    var remaining: Int64 = 0
    if cohort.pointee.prefill >= 0 {
      let slot = slots[Int(cohort.pointee.prefill)]
      remaining = Int64(slot.prompt &+ slot.made &- slot.computed)
      chunk = min(remaining, budget &- cohort.pointee.decoding)
      let done = Int64(slot.computed)
      demand &+= blockCount(done &+ chunk) &- blockCount(done)
    }
    let preempting = demand > replicas[r].free
    if _slowPath(preempting) {
      // A prefilling one is the newest, so it goes first.
      repeat {
        preemptNewest(r, c)
        chunk = 0
        demand = decodeBlocks(c, from: cohort.pointee.iterations, 1)
      } while demand > replicas[r].free
    }
    cohort.pointee.chunk = chunk
    let isAdmitting =
      !preempting && replicas[r].waiting > 0 && !replicas[r].isRefused
      && admit(r, c, demand: demand, leftover: budget &- cohort.pointee.decoding &- chunk)
    if !isAdmitting {
      replicas[r].free &-= demand
      if chunk > 0, chunk == remaining {
        startLastChunk(r, c)
      } else {
        startRamp(r, c, remaining: remaining)
      }
    }
    cohort.pointee.startClock = replicas[r].clock
    cohort.pointee.startFraction = replicas[r].fraction
    drawStretch(r)
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

  /// Admits from the head of the line; if anyone was, starts a mixed iteration and returns true.
  @inline(__always)
  private mutating func admit(
    _ r: Int, _ c: Int, demand: Int64, leftover: Int64
  ) -> Bool {
    let cohort = cohorts + c
    var left = replicas[r].free &- demand
    var leftover = leftover
    var tokens: Int64 = 0
    var pairs: Int64 = 0
    var prefills: Int64 = 0
    while replicas[r].waiting > 0, leftover > 0, cohort.pointee.running < cap {
      let s = headOfLine(r)
      let slot = slots + Int(s)
      let target = Int64(slot.pointee.prompt &+ slot.pointee.made)
      let chunk = min(target, leftover)
      let need = blockCount(chunk)
      let gate = reservesWholePrompt ? blockCount(target) : need
      if left &- gate < (replicas[r].running > 0 ? watermark : 0) {
        replicas[r].isRefused = true
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
      replicas[r].running &+= 1
      slot.pointee.cohort = Int32(truncatingIfNeeded: c)
      slot.pointee.computed = 0
      slot.pointee.chunk = Int32(truncatingIfNeeded: chunk)
      if slot.pointee.scheduled < 0 { slot.pointee.scheduled = replicas[r].clock }
      left &-= need
      leftover &-= chunk
      tokens &+= chunk
      pairs &+= LLMPriceTable.pairs(start: 0, count: chunk)
      prefills &+= 1
      totals.admissions &+= 1
    }
    if tokens == 0 { return false }
    replicas[r].free = left
    startMixed(r, c, tokens: tokens, prefills: prefills, pairs: pairs)
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

  private mutating func startLastChunk(_ r: Int, _ c: Int) {
    let chunk = cohorts[c].chunk
    startMixed(
      r, c, tokens: chunk, prefills: 1, pairs: pairsOfChunk(cohorts[c].prefill, chunk))
  }

  /// One iteration that stands alone.
  @inline(__always)
  private mutating func startMixed(
    _ r: Int, _ c: Int, tokens: Int64, prefills: Int64, pairs: Int64
  ) {
    let cohort = cohorts + c
    let price = prices[Int(replicas[r].price)]
    let decoding = cohort.pointee.decoding
    var first =
      price.fixed(tokens: decoding &+ tokens, sequences: cohort.pointee.running)
      &+ price.prompts(sequences: prefills, tokens: tokens, pairs: pairs)
    if decoding > 0 {
      first &+= price.attention(decoding, cohort.pointee.context, besidePrefill: true).value
    }
    cohort.pointee.isMixed = true
    cohort.pointee.first = first
    cohort.pointee.slope = 0
    cohort.pointee.limit = 1
  }

  /// Like iterations until a request ends, a prefill comes to its last chunk, or the price bends.
  @inline(__always)
  private mutating func startRamp(_ r: Int, _ c: Int, remaining: Int64) {
    let cohort = cohorts + c
    cohort.pointee.slope = 0
    cohort.pointee.first = 0
    cohort.pointee.limit = .max
    if cohort.pointee.running == 0 { return }
    let price = prices[Int(replicas[r].price)]
    let decoding = cohort.pointee.decoding
    let chunk = cohort.pointee.chunk
    var first = price.fixed(tokens: decoding &+ chunk, sequences: cohort.pointee.running)
    var slope: Int64 = 0
    var limit = Int64.max
    if decoding > 0 {
      let heap = heaps + c &* heapRoom
      while !isLive(heap[0], c) { popHeap(c) }
      limit = Int64(heap[0] &>> 24) &- cohort.pointee.iterations
      let context = cohort.pointee.context
      let piece = price.attention(decoding, context, besidePrefill: chunk > 0)
      first &+= piece.value
      slope = piece.slope &* decoding
      // Iterations that begin below the bend.
      let room = piece.end &- context
      if room < limit &* decoding { limit = (room &+ decoding &- 1) / decoding }
    }
    if chunk > 0 {
      limit = min(limit, (remaining &- 1) / chunk)
      first &+= price.prompts(
        sequences: 1, tokens: chunk,
        pairs: LLMPriceTable.pairs(
          start: Int64(slots[Int(cohort.pointee.prefill)].computed), count: chunk))
      slope &+= price.perPair &* chunk &* chunk
    }
    cohort.pointee.first = first
    cohort.pointee.slope = slope
    cohort.pointee.limit = limit
  }

  // MARK: The stretch ahead

  /// Whether the head of the line could be admitted to the cohort at its next boundary.
  @inline(__always)
  func hasRoom(_ c: Int) -> Bool {
    let cohort = cohorts + c
    return cohort.pointee.running < cap && cohort.pointee.prefill < 0
      && cohort.pointee.decoding < budget
  }

  /// How many beats until something must be looked at, and when that is.
  @inline(__always)
  mutating func drawStretch(_ r: Int) {
    let base = r &* Int(stages)
    let isTrying = replicas[r].waiting > 0 && !replicas[r].isRefused
    var beats = longestJump
    var slowest = base
    for c in base..<(base &+ Int(stages)) {
      let cohort = cohorts + c
      let distance = distance(r, c &- base)
      let isDisturbed = cohort.pointee.isStale || cohort.pointee.aborted >= 0
      if cohort.pointee.isMixed || isDisturbed || (isTrying && hasRoom(c)) {
        beats = min(beats, distance)
      } else if cohort.pointee.running > 0, cohort.pointee.limit < .max / 64 {
        beats = min(beats, distance &+ (cohort.pointee.limit &- 1) &* stages)
      }
      if cohort.pointee.first > cohorts[slowest].first { slowest = c }
    }
    if stages > 1 { beats = beatsOfSlowest(r, slowest &- base, beats) }
    replicas[r].first = cohorts[slowest].first
    replicas[r].slope = cohorts[slowest].slope
    replicas[r].offset = distance(r, slowest &- base)
    if beats > 1, mayRunOut(r, beats) { beats = beatsThatFit(r, beats) }
    replicas[r].length = beats
    replicas[r].due = boundary(r, beats)
  }

  /// A quick bound on the blocks that the stretch takes; exceeded only near the end of the cache.
  @inline(__always)
  private func mayRunOut(_ r: Int, _ beats: Int64) -> Bool {
    let base = r &* Int(stages)
    let starts = stages == 1 ? beats : beats / stages &+ 1
    var bound: Int64 = 0
    for c in base..<(base &+ Int(stages)) {
      bound &+= (starts &>> blockShift &+ 1) &* cohorts[c].decoding
      if cohorts[c].prefill >= 0, !cohorts[c].isMixed {
        bound &+= blockCount(starts &* cohorts[c].chunk) &+ 1
      }
    }
    return bound > replicas[r].free
  }

  /// The longest stretch that begins only iterations whose blocks fit.
  private func beatsThatFit(_ r: Int, _ beats: Int64) -> Int64 {
    if blocksToStart(r, beats &- 1) <= replicas[r].free { return beats }
    var fits: Int64 = 1
    var fails = beats
    while fails &- fits > 1 {
      let middle = (fits &+ fails) / 2
      if blocksToStart(r, middle &- 1) <= replicas[r].free { fits = middle } else { fails = middle }
    }
    return fits
  }

  /// The beats in which no other cohort becomes slower than the slowest: a bend of the clock.
  private func beatsOfSlowest(_ r: Int, _ slowest: Int, _ beats: Int64) -> Int64 {
    let base = r &* Int(stages)
    let ahead = distance(r, slowest)
    let lead = cohorts[base &+ slowest]
    var beats = beats
    for c in 0..<Int(stages) where c != slowest && cohorts[base &+ c].running > 0 {
      let other = cohorts[base &+ c]
      let margin = lead.first &- other.first
      let gain = other.slope &- lead.slope
      let distance = distance(r, c)
      // Within a round the difference changes at the boundaries of the two.
      let early = min(ahead, distance)
      let late = max(ahead, distance)
      let between = distance < ahead ? other.slope : 0 &- lead.slope
      for (phase, bonus) in [(0, 0), (early, between), (late, gain)] where phase < stages {
        let excess = margin &- bonus
        if excess < 0 {
          beats = min(beats, phase)
        } else if gain > 0 {
          beats = min(beats, phase &+ (excess / gain &+ 1) &* stages)
        }
      }
    }
    return max(beats, 1)
  }
}
