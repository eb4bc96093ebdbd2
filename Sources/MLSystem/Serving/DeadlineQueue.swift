import Quantities

/// The deadlines of the requests of one route, in order of time, behind one calendar event.
///
/// A route has one time-out, so deadlines pass in the order of arrival: a queue holds them all, and
/// the calendar holds one event for the oldest that still matters instead of one for every request.
package struct DeadlineQueue {
  private struct Entry: BitwiseCopyable {
    var due: Instant
    var request: UInt32
    var generation: UInt32
  }

  private var entries = Ring<Entry>()
  /// Whether the calendar holds the event.
  private var isScheduled = false

  package init() {}

  /// Deadlines held, those of requests that are gone among them.
  package var count: Int { entries.count }

  /// Adds a deadline, not before any that was added; returns whether an event has to be scheduled.
  @inline(__always)
  package mutating func append(
    _ request: UInt32, due: Instant, pool: borrowing RequestPool
  ) -> Bool {
    entries.append(Entry(due: due, request: request, generation: pool[request].generation))
    // A long time-out would keep an entry for everyone who was served long ago.
    if _slowPath(entries.count > 4096 &+ 4 &* pool.live) { forgetTheServed(pool) }
    if isScheduled { return false }
    isScheduled = true
    return true
  }

  @inline(never)
  private mutating func forgetTheServed(_ pool: borrowing RequestPool) {
    for _ in 0..<entries.count {
      let entry = entries.removeFirst()
      if pool[entry.request].generation == entry.generation { entries.append(entry) }
    }
  }

  /// The next request whose deadline is `now`, nil when there is none left.
  mutating func nextDue(at now: Instant, pool: borrowing RequestPool) -> UInt32? {
    while entries.count > 0, entries.first.due <= now {
      let entry = entries.removeFirst()
      if pool[entry.request].generation == entry.generation { return entry.request }
    }
    return nil
  }

  /// Forgets requests that are done and returns the oldest deadline left, to schedule the event.
  mutating func nextDeadline(pool: borrowing RequestPool) -> Instant {
    while entries.count > 0 {
      let entry = entries.first
      if pool[entry.request].generation == entry.generation { return entry.due }
      entries.removeFirst()
    }
    isScheduled = false
    return .never
  }
}
