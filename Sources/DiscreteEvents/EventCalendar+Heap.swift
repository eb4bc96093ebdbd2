import Quantities

// The 4-ary heap below the calendar. The children of entry i are the entries 4i + 1 ... 4i + 4.
// Whatever lies beyond the last entry has a key above all others, so that the smallest of four
// children is found by three comparisons and selections whether or not all four are there.
extension EventCalendar {
  /// A buffer for `capacity` entries and the empty siblings of the last, all without an event.
  ///
  /// The first entry is placed so that four siblings start at a cache line or close to it.
  @inlinable
  static func buffer(capacity: Int) -> UnsafeMutablePointer<Entry> {
    let raw = UnsafeMutableRawPointer.allocate(
      byteCount: (capacity + 8) * MemoryLayout<Entry>.stride, alignment: 64)
    let entries = raw.bindMemory(to: Entry.self, capacity: capacity + 8) + 3
    for i in 0..<(capacity + 5) { clear(entries + i) }
    return entries
  }

  /// Gives the memory back to the system.
  @inlinable
  static func release(_ entries: UnsafeMutablePointer<Entry>) {
    UnsafeMutableRawPointer(entries - 3).deallocate()
  }

  /// Marks an entry as holding no event: only its key is written, and only its key is read.
  @inlinable
  @inline(__always)
  static func clear(_ entry: UnsafeMutablePointer<Entry>) {
    entry.pointee.time = .max
  }

  /// Enters an event whose place among those of its instant is `order`.
  @inlinable
  @inline(__always)
  mutating func enter(_ event: Event, at time: Instant, order: UInt64) {
    let nanoseconds = time.nanoseconds
    // One comparison finds the times before `now` and the one that never comes.
    if _slowPath(UInt64(bitPattern: nanoseconds &- clock) >= UInt64(bitPattern: .max &- clock)) {
      precondition(nanoseconds == .max, "an event was scheduled into the past")
      return
    }
    let entry = Entry(time: UInt64(bitPattern: nanoseconds), order: order, event: event)
    if hole != 0 {
      hole = 0
      sink(entry)
    } else {
      if _slowPath(size >= room) { makeRoom() }
      rise(entry)
    }
  }

  /// Fills the hole that the latest event left, if nothing else has.
  @inlinable
  @inline(__always)
  mutating func settle() {
    if hole == 0 { return }
    hole = 0
    size &-= 1
    let last = entries[size]
    Self.clear(entries + size)
    if size > 0 { sink(last) }
  }

  /// Whether the run loop may take the next event; false where there is none.
  @inlinable
  @inline(__always)
  mutating func isNextBeforeBound() -> Bool {
    settle()
    // The root of an empty calendar has a time above every bound.
    return entries[0].time < bound
  }

  /// Moves an empty place from the end towards the root until `entry` fits there.
  @inlinable
  @inline(__always)
  mutating func rise(_ entry: Entry) {
    let entries = entries
    let key = entry.key
    var place = size
    size &+= 1
    while place > 0 {
      let parent = (place &- 1) &>> 2
      if !(key < entries[parent].key) { break }
      entries[place] = entries[parent]
      place = parent
    }
    entries[place] = entry
  }

  /// Moves the empty place at the root towards the end until `entry` fits there.
  @inlinable
  @inline(__always)
  mutating func sink(_ entry: Entry) {
    let entries = entries
    let size = size
    let key = entry.key
    var place = 0
    while true {
      let child = place &* 4 &+ 1
      var least = child
      if child &+ 1 < size {
        let x = child &+ (entries[child &+ 1].key < entries[child].key ? 1 : 0)
        let y = child &+ 2 &+ (entries[child &+ 3].key < entries[child &+ 2].key ? 1 : 0)
        least = entries[y].key < entries[x].key ? y : x
      } else if child >= size {
        break
      }
      if !(entries[least].key < key) { break }
      entries[place] = entries[least]
      place = least
    }
    entries[place] = entry
  }

  /// Makes room for one more; beyond the limit of pending events it asks the run loop to end.
  @inlinable
  @inline(never)
  mutating func makeRoom() {
    if size >= pendingLimit {
      stop = .pendingLimit
      bound = 0
      // The handler in hand may go on scheduling.
      room = capacity
      if size < capacity { return }
    }
    let (doubled, overflow) = capacity.multipliedReportingOverflow(by: 2)
    precondition(!overflow, "a calendar cannot hold so many events")
    let grown = Self.buffer(capacity: doubled)
    grown.update(from: entries, count: size)
    Self.release(entries)
    entries = grown
    capacity = doubled
    room = size < pendingLimit ? min(capacity, pendingLimit) : capacity
  }

  /// Sets the limits of the next stretch of the run loop.
  @inlinable
  mutating func begin(until horizon: Instant, pendingLimit: Int) {
    bound = UInt64(bitPattern: max(horizon.nanoseconds, 0))
    self.pendingLimit = pendingLimit
    // Where the heap grows is also where the limit is checked, so that it costs nothing elsewhere.
    room = min(capacity, max(pendingLimit, size))
    stop = .none
  }

  /// What one pending event takes.
  package static var bytesPerEvent: Int { MemoryLayout<Entry>.stride }

  /// Checks the heap: every parent before its children, nothing before `now`, empty places empty.
  package func checkInvariants() {
    precondition(size >= hole && size <= capacity)
    for i in max(1, hole)..<max(1, size) {
      precondition(Int64(bitPattern: entries[i].time) >= clock, "an event lies in the past")
      let parent = (i - 1) / 4
      if parent > 0 || hole == 0 {
        precondition(entries[parent].key <= entries[i].key, "a parent is after its child")
      }
    }
    for i in size..<(capacity + 5) { precondition(entries[i].time == .max) }
  }
}
