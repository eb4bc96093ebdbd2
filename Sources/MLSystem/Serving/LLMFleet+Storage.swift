import Quantities

/// Slots, heaps of completions, and room for more replicas.
extension LLMFleet {
  // MARK: Slots

  @inline(__always)
  mutating func takeSlot(for request: UInt32) -> Int32 {
    if _slowPath(Int(request) >= requestRoom) { growRequests(to: Int(request)) }
    var s = freeSlot
    if s >= 0 {
      freeSlot = slots[Int(s)].next
    } else {
      if slotCount == slotRoom { growSlots() }
      s = Int32(truncatingIfNeeded: slotCount)
      slotCount &+= 1
    }
    slotOfRequest[Int(request)] = s
    return s
  }

  @inline(__always)
  mutating func releaseSlot(_ s: Int32) {
    slots[Int(s)].mark = -1
    slots[Int(s)].cohort = -1
    slots[Int(s)].next = freeSlot
    freeSlot = s
  }

  /// Writes a request that leaves into the outbox.
  @inline(__always)
  mutating func report(_ s: Int32, _ kind: LLMOutcome.Kind, _ r: Int, at now: Int64) {
    let slot = slots + Int(s)
    slotOfRequest[Int(slot.pointee.request)] = -1
    outbox.append(
      LLMOutcome(
        kind: kind, request: slot.pointee.request, replica: Int32(truncatingIfNeeded: r),
        scheduled: Self.instant(slot.pointee.scheduled),
        firstToken: Self.instant(slot.pointee.firstToken), left: Instant(nanoseconds: now),
        prompt: slot.pointee.prompt, output: slot.pointee.output,
        preemptions: Int32(slot.pointee.preemptions)))
  }

  /// An instant of which -1 stands for never.
  @inline(__always)
  private static func instant(_ value: Int64) -> Instant {
    value < 0 ? .never : Instant(nanoseconds: value)
  }

  @inline(never)
  private mutating func growSlots() {
    precondition(slotRoom < 1 << 24, "more than 16 million requests wait for an LLM service")
    slots = Self.moved(slots - 1, slotRoom + 1, to: slotRoom * 2 + 1) + 1
    slotRoom *= 2
  }

  @inline(never)
  private mutating func growRequests(to request: Int) {
    let room = max(requestRoom * 2, request + 1)
    let before = requestRoom
    slotOfRequest = Self.moved(slotOfRequest, before, to: room)
    (slotOfRequest + before).initialize(repeating: -1, count: room - before)
    requestRoom = room
  }

  static func moved<T>(
    _ old: UnsafeMutablePointer<T>, _ count: Int, to room: Int
  ) -> UnsafeMutablePointer<T> {
    let new = UnsafeMutablePointer<T>.allocate(capacity: room)
    new.moveInitialize(from: old, count: count)
    old.deallocate()
    return new
  }

  /// Makes room for `count` replicas; those there keep their number and state.
  package mutating func grow(to count: Int) {
    if count <= capacity { return }
    let old = capacity
    let stages = Int(pipeline.stages)
    let more = count - old
    replicas = Self.moved(replicas, old, to: count)
    (replicas + old).initialize(repeating: LLMReplica(free: blocks), count: more)
    cohorts = Self.moved(cohorts, old * stages, to: count * stages)
    (cohorts + old * stages).initialize(repeating: LLMCohort(), count: more * stages)
    lines = Self.moved(lines, old * levels, to: count * levels)
    (lines + old * levels).initialize(repeating: LLMLine(), count: more * levels)
    let block = 1 << Int(blockShift)
    residues = Self.moved(residues, old * stages * block, to: count * stages * block)
    (residues + old * stages * block).initialize(repeating: 0, count: more * stages * block)
    heaps = Self.moved(heaps, old * stages * heapRoom, to: count * stages * heapRoom)
    (heaps + old * stages * heapRoom).initialize(repeating: .max, count: more * stages * heapRoom)
    capacity = count
  }

  // MARK: Heaps of completions

  /// Whether an entry is of a request that decodes in the cohort and ends then.
  ///
  /// Preempted and aborted requests leave their entry behind. A slot that is used again in the same
  /// cohort for a request with the same end makes two like entries: the second is dead by then.
  @inline(__always)
  func isLive(_ entry: UInt64, _ c: Int) -> Bool {
    let slot = slots + Int(entry & 0xFF_FFFF)
    return slot.pointee.mark == Int64(entry &>> 24) && slot.pointee.cohort == Int32(c)
  }

  @inline(__always)
  mutating func pushHeap(_ c: Int, _ entry: UInt64) {
    let heap = heaps + c &* heapRoom
    if _slowPath(Int(cohorts[c].heapCount) == heapRoom &- 1) { sweepHeap(c) }
    var i = Int(cohorts[c].heapCount)
    cohorts[c].heapCount &+= 1
    while i > 0 {
      let parent = (i &- 1) &>> 1
      if heap[parent] <= entry { break }
      heap[i] = heap[parent]
      i = parent
    }
    heap[i] = entry
  }

  @inline(__always)
  mutating func popHeap(_ c: Int) {
    let heap = heaps + c &* heapRoom
    cohorts[c].heapCount &-= 1
    let count = Int(cohorts[c].heapCount)
    Self.sink(heap, count, from: 0, heap[count])
    heap[count] = .max
  }

  @inline(__always)
  private static func sink(
    _ heap: UnsafeMutablePointer<UInt64>, _ count: Int, from: Int, _ entry: UInt64
  ) {
    var i = from
    while true {
      var child = 2 &* i &+ 1
      if child >= count { break }
      // A selection, for nobody could predict a branch; beyond the last entry all is high.
      child &+= heap[child &+ 1] < heap[child] ? 1 : 0
      if heap[child] >= entry { break }
      heap[i] = heap[child]
      i = child
    }
    heap[i] = entry
  }

  /// Drops dead entries: there is room for twice the live ones, so what died pays for it.
  @inline(never)
  private mutating func sweepHeap(_ c: Int) {
    let heap = heaps + c &* heapRoom
    var kept = 0
    for i in 0..<Int(cohorts[c].heapCount) where isLive(heap[i], c) {
      heap[kept] = heap[i]
      kept += 1
    }
    for i in kept..<Int(cohorts[c].heapCount) { heap[i] = .max }
    cohorts[c].heapCount = Int32(kept)
    var i = kept / 2 - 1
    while i >= 0 {
      Self.sink(heap, kept, from: i, heap[i])
      i -= 1
    }
  }
}
