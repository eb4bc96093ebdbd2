import Quantities
import Statistics

/// All replicas of one LLM service, simulated in jumps.
///
/// A stretch of like iterations is one event, no event touches the batch, and every completion
/// still falls on the same nanosecond as in step-by-step simulation. The caller keeps the calendar:
/// it asks `due` of a replica after every call that may change it, and calls `advance` then. At one
/// instant arrivals go before iteration ends, and these by replica number.
///
/// With p pipeline stages p micro-batches ("cohorts") go round in lock step: in a beat each moves
/// one stage on, so a beat lasts as long as the slowest cohort takes for a stage, and an iteration
/// of a cohort lasts p beats. At the end of a beat one cohort comes out; its requests have a token
/// more, and it alone may preempt, admit and go in again.
package struct LLMFleet: ~Copyable {
  let blocks: Int64
  let watermark: Int64
  /// Tokens and sequences that one iteration of a cohort may have.
  let budget: Int64
  let cap: Int64
  let blockShift: Int64
  let blockMask: Int64
  /// Its stages are the cohorts of a replica.
  let pipeline: AnyStages
  let reservesWholePrompt: Bool
  let levels: Int
  let heapRoom: Int

  var capacity: Int
  var replicas: UnsafeMutablePointer<LLMReplica>
  var cohorts: UnsafeMutablePointer<LLMCohort>
  var lines: UnsafeMutablePointer<LLMLine>
  /// Per cohort: how many of its decoding requests have a residue up to this one.
  ///
  /// The residue is (tokens in the cache - iterations) modulo block size, which does not change
  /// while a request decodes.
  var residues: UnsafeMutablePointer<Int32>
  /// Per cohort: a heap of `mark << 24 | slot`; what lies beyond its last entry is above them all.
  var heaps: UnsafeMutablePointer<UInt64>
  /// There is a slot -1 as well, so that a link that leads nowhere can be followed without asking.
  var slots: UnsafeMutablePointer<LLMSlot>
  var slotRoom = 1024
  var slotCount = 0
  var freeSlot: Int32 = -1
  /// The slot of each request that is with us; stale for others.
  var slotOfRequest: UnsafeMutablePointer<Int32>
  var requestRoom = 1024
  let time: IterationTime
  /// The price in force by default, followed by those of other time factors.
  var prices: UnsafeMutablePointer<LLMPriceTable>
  var priceFactors: [Double]

  /// Requests that left since the caller last took them, in the order in which they did.
  var outbox: Slab<LLMOutcome>
  /// What happened since measuring began, up to the last event of each replica.
  ///
  /// The times between tokens come in with `settleTotals`.
  package internal(set) var totals: LLMTotals
  /// Time between two tokens of a request that ran in between, in units of 2^-20 ns.
  let gaps: LLMGapHistogram
  /// Time between two tokens of a request that was preempted in between, in nanoseconds.
  let tornGaps: LLMGapHistogram
  /// A cap on the beats between two events: it changes the speed, never a result.
  package var longestJump = Int64.max

  /// A fleet of `capacity` idle replicas.
  ///
  /// - Precondition: the token budget covers a cohort's sequences, the block size is a power of
  ///   two.
  package init(plan: LLMServerPlan, replicas capacity: Int) {
    let rules = plan.rules
    precondition(rules.pipelineStages >= 1 && rules.maximumSequences >= rules.pipelineStages)
    precondition(rules.blockSize > 0 && rules.blockSize & (rules.blockSize - 1) == 0)
    precondition(rules.blocks > 0 && rules.watermark >= 0 && rules.priorityLevels >= 1)
    let cap = rules.maximumSequences / rules.pipelineStages
    precondition(rules.tokenBudget >= cap, "every sequence of an iteration takes a token")
    // Nothing from here on can trap: a trap between the first and the last member miscompiles.
    blocks = Int64(truncatingIfNeeded: rules.blocks)
    watermark = Int64(truncatingIfNeeded: rules.watermark)
    budget = Int64(truncatingIfNeeded: rules.tokenBudget)
    self.cap = Int64(truncatingIfNeeded: cap)
    pipeline = AnyStages(rules.pipelineStages)
    blockShift = Int64(truncatingIfNeeded: rules.blockSize.trailingZeroBitCount)
    blockMask = Int64(truncatingIfNeeded: rules.blockSize &- 1)
    reservesWholePrompt = rules.reservesWholePrompt || rules.pipelineStages > 1
    levels = rules.priorityLevels
    heapRoom = 2 &* cap &+ 3
    self.capacity = 0
    replicas = .allocate(capacity: 0)
    cohorts = .allocate(capacity: 0)
    lines = .allocate(capacity: 0)
    residues = .allocate(capacity: 0)
    heaps = .allocate(capacity: 0)
    slots = UnsafeMutablePointer.allocate(capacity: 1025) + 1
    slotOfRequest = .allocate(capacity: 1024)
    slotOfRequest.initialize(repeating: -1, count: 1024)
    prices = .allocate(capacity: 1)
    time = plan.time
    gaps = LLMGapHistogram()
    tornGaps = LLMGapHistogram()
    priceFactors = [1]
    outbox = Slab()
    totals = LLMTotals()
    (slots - 1).initialize(to: LLMSlot())
    prices.initialize(to: LLMPriceTable(plan.time))
    grow(to: capacity)
  }

  deinit {
    replicas.deallocate()
    cohorts.deallocate()
    lines.deallocate()
    residues.deallocate()
    heaps.deallocate()
    (slots - 1).deallocate()
    slotOfRequest.deallocate()
    for i in 0..<priceFactors.count { prices[i].deallocate() }
    prices.deallocate()
    gaps.deallocate()
    tornGaps.deallocate()
  }

  // MARK: What the caller sees

  /// When `advance` must be called for the replica; `.never` while it is idle.
  @inline(__always)
  package func due(_ replica: Int) -> Instant { Instant(nanoseconds: replicas[replica].due) }
  /// Requests with the replica, waiting or running, the aborted ones left out.
  @inline(__always)
  package func outstanding(_ replica: Int) -> Int { Int(replicas[replica].outstanding) }
  /// Requests in the waiting line of the replica.
  @inline(__always)
  package func waiting(_ replica: Int) -> Int { Int(replicas[replica].waiting) }
  /// Sequences that run on the replica.
  package func running(_ replica: Int) -> Int { Int(replicas[replica].running) }

  /// Takes out the requests that left, in the order in which they did.
  package mutating func takeOutcomes() -> [LLMOutcome] {
    var outcomes: [LLMOutcome] = []
    for i in 0..<outbox.count { outcomes.append(outbox[i]) }
    forgetOutcomes()
    return outcomes
  }

  /// Forgets the requests that left.
  package mutating func forgetOutcomes() { outbox.removeAll() }

  // MARK: Arrivals

  /// Puts a request into the waiting line of a replica; false if its KV cache could never hold it.
  ///
  /// `request` is the caller's number, small and unique among the requests that are with the fleet.
  /// A prompt or output of less than one token counts as one.
  package mutating func enqueue(
    request: UInt32, prompt: Int32, output: Int32, priority: UInt8, replica: Int, at now: Instant
  ) -> Bool {
    let prompt = max(prompt, 1)
    let output = max(output, 1)
    if blockCount(Int64(prompt) &+ Int64(output) &- 1) > blocks {
      totals.refused += 1
      return false
    }
    let s = takeSlot(for: request)
    let level = min(Int(priority), levels - 1)
    slots[Int(s)] = LLMSlot()
    slots[Int(s)].request = request
    slots[Int(s)].prompt = prompt
    slots[Int(s)].output = output
    slots[Int(s)].level = UInt8(truncatingIfNeeded: level)
    let line = lines + (replica &* levels &+ level)
    slots[Int(s)].prev = line.pointee.tail
    if line.pointee.tail >= 0 {
      slots[Int(line.pointee.tail)].next = s
    } else {
      line.pointee.head = s
    }
    line.pointee.tail = s
    let r = replicas + replica
    r.pointee.waiting &+= 1
    r.pointee.outstanding &+= 1
    if !r.pointee.isBusy {
      // It wakes at this instant, after all arrivals of the instant, so a burst starts as one
      // batch.
      r.pointee.isBusy = true
      r.pointee.isRefused = false
      r.pointee.clock = now.nanoseconds
      r.pointee.fraction = 0
      r.pointee.length = 0
      r.pointee.due = now.nanoseconds
    } else if r.pointee.waiting == 1 || headOfLine(replica) == s {
      r.pointee.isRefused = false
      cutForAdmission(replica, at: now.nanoseconds)
    }
    return true
  }

  /// Performs what is due at a replica; `takeOutcomes` says who has left.
  package mutating func advance(_ replica: Int, at now: Instant) {
    precondition(replicas[replica].due == now.nanoseconds, "advanced at an instant not due")
    switch pipeline.stages {
    case 1: advance(replica, OneStage())
    case 2: advance(replica, TwoStages())
    default: advance(replica, pipeline)
    }
  }

  private mutating func advance(_ replica: Int, _ pipe: some Pipeline) {
    totals.events &+= 1
    if replicas[replica].length > 0 {
      finishStretch(replica, pipe)
      finishIteration(replica)
    }
    schedule(replica, pipe)
  }

  // MARK: Statistics

  /// Brings the totals of all replicas up to `now` and begins to measure anew.
  package mutating func beginMeasuring(at now: Instant) {
    settleTotals(at: now)
    totals = LLMTotals()
    gaps.clear()
    tornGaps.clear()
  }

  /// Brings the totals of all replicas up to the last boundary at or before `now`.
  ///
  /// What is under way at that instant counts when it ends.
  package mutating func settleTotals(at now: Instant) {
    for r in 0..<capacity where replicas[r].length > 1 {
      let beats = min(
        replicas[r].length - 1, beatsUntil(replicas + r, now.nanoseconds + 1, pipeline) - 1)
      if beats > 0 { settle(r, beats, pipeline) }
    }
    totals.interTokenLatency = LogHistogram()
    gaps.add(to: &totals.interTokenLatency, unit: IterationTime.unitsPerNanosecond)
    tornGaps.add(to: &totals.interTokenLatency, unit: 1)
  }

  /// The state of a replica as after all boundaries before `now`.
  package func snapshot(_ replica: Int, at now: Instant) -> LLMSnapshot {
    let r = replicas + replica
    var beats: Int64 = 0
    if r.pointee.length > 1 {
      beats = max(0, min(r.pointee.length - 1, beatsUntil(r, now.nanoseconds, pipeline) - 1))
    }
    var context: Int64 = 0
    for c in 0..<Int(pipeline.stages) {
      let cohort = cohorts + (firstCohort(replica) + c)
      let ends = endings(beats, distance(r, c, pipeline), pipeline)
      context += cohort.pointee.context + ends * cohort.pointee.decoding
    }
    return LLMSnapshot(
      running: r.pointee.running, waiting: r.pointee.waiting,
      freeBlocks: r.pointee.free - blocksToStart(replica, beats, pipeline), context: context)
  }
}
