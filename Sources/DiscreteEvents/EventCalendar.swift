import Quantities

/// The pending events of a simulation, in the order in which they happen.
///
/// The order is total: by time, then by priority (low first), then by sequence or rank. Events of
/// one priority that are due at one instant happen in the order in which they were scheduled, or,
/// where the caller gives each a rank, in the order of ranks whatever the order of scheduling.
///
///     var calendar = EventCalendar<Doorbell>()
///     calendar.schedule(.rings, at: Instant.start + .seconds(2))
///     let next = calendar.popNext()
///
/// It is a 4-ary heap in one owned buffer. Removing the earliest event leaves a hole at the root,
/// which the next event to be scheduled fills: most handlers schedule a successor.
///
/// - Complexity: O(log n) to schedule and to remove, O(1) to look at the earliest; memory is
///   16 bytes and the event, in practice 24 bytes, per pending event.
@frozen
public struct EventCalendar<Event: BitwiseCopyable & Sendable>: ~Copyable {
  @usableFromInline typealias Entry = CalendarEntry<Event>

  /// The heap; its first entry is empty while `hole` is 1, and three beyond the last are empty.
  @usableFromInline var entries: UnsafeMutablePointer<Entry>
  /// The number of entries, the hole among them.
  @usableFromInline var size: Int
  /// Is the first entry a hole? One or zero, to be subtracted without a branch.
  @usableFromInline var hole: Int
  @usableFromInline var capacity: Int
  /// The number of entries at which the heap has to grow, or the limit of pending events is met.
  @usableFromInline var room: Int
  @usableFromInline var sequence: UInt64
  /// The time of the latest event that was taken, in nanoseconds.
  @usableFromInline var clock: Int64
  /// The run loop takes events earlier than this only; a request to stop moves it below them all.
  @usableFromInline var bound: UInt64
  @usableFromInline var pendingLimit: Int
  @usableFromInline var stop: StopRequest

  /// Why the run loop has to end after the event in hand.
  @frozen
  @usableFromInline
  enum StopRequest: UInt8, Sendable {
    case none
    case model
    case pendingLimit
  }

  /// An empty calendar at the start of simulated time with room for `capacity` events; it grows.
  @inlinable
  public init(capacity: Int = 256) {
    precondition(capacity >= 0, "a calendar cannot have a negative capacity")
    self.capacity = max(capacity, 4)
    room = self.capacity
    entries = Self.buffer(capacity: self.capacity)
    size = 0
    hole = 0
    sequence = 0
    clock = 0
    bound = UInt64(Int64.max)
    pendingLimit = .max
    stop = .none
  }

  deinit { Self.release(entries) }

  // MARK: Looking

  /// The number of pending events.
  @inlinable public var count: Int { size &- hole }

  /// Whether no event is pending.
  @inlinable public var isEmpty: Bool { size == hole }

  /// The simulated time: that of the latest event taken.
  @inlinable public var now: Instant { Instant(nanoseconds: clock) }

  /// The time of the earliest pending event, or `never`.
  @inlinable
  public var nextTime: Instant {
    if size == hole { return .never }
    var time = entries[hole].time
    // The earliest is at the root, or among the children of a root that is a hole.
    if hole != 0 { for i in 2...4 { time = min(time, entries[i].time) } }
    return Instant(nanoseconds: Int64(bitPattern: time))
  }

  // MARK: Scheduling

  /// Enters `event` to happen at `time`, after those of its instant and priority that are pending.
  ///
  /// An event due at `never` does not happen and is not entered.
  ///
  /// - Precondition: `time` is not before `now`.
  @inlinable
  @inline(__always)
  public mutating func schedule(_ event: Event, at time: Instant, priority: UInt8 = 128) {
    enter(event, at: time, order: UInt64(priority) &<< 56 | sequence)
    // 2^56 events take more than ten years to schedule at the fastest rate measured.
    sequence &+= 1
  }

  /// Enters `event` to happen at `time`; those of its instant and priority happen by `rank`.
  ///
  /// Ranks suit events that are taken out and entered again, such as the next arrival of each of
  /// several streams: their order cannot depend on when they were entered. A priority is used with
  /// ranks or without, not both, and two pending events of one instant and priority differ in rank.
  ///
  /// - Precondition: `time` is not before `now`, and `rank` is below 2^56.
  @inlinable
  @inline(__always)
  public mutating func schedule(
    _ event: Event, at time: Instant, priority: UInt8, rank: UInt64
  ) {
    precondition(rank &>> 56 == 0, "a rank has at most 56 bits")
    enter(event, at: time, order: UInt64(priority) &<< 56 | rank)
  }

  // MARK: Taking

  /// Removes the earliest event and moves `now` to its time.
  ///
  /// - Precondition: the calendar is not empty.
  @inlinable
  @inline(__always)
  public mutating func popNext() -> (time: Instant, event: Event) {
    settle()
    precondition(size > 0, "an empty calendar has no next event")
    let first = entries[0]
    clock = Int64(bitPattern: first.time)
    hole = 1
    return (Instant(nanoseconds: clock), first.event)
  }

  /// Moves `now` on to `time` if nothing is pending until then and the run goes on so far.
  ///
  /// A handler that knows what follows at `time` can then go on with it at once, as if it had been
  /// scheduled and taken. An event that is due at `time` itself goes through the calendar, for the
  /// order among those of one instant.
  ///
  /// - Precondition: `time` is not before `now`.
  @inlinable
  @inline(__always)
  public mutating func skip(to time: Instant) -> Bool {
    let nanoseconds = UInt64(bitPattern: time.nanoseconds)
    assert(time.nanoseconds >= clock, "a skip into the past")
    // The bound is at most the instant `never`, at which nothing happens.
    if nanoseconds >= bound || time >= nextTime { return false }
    clock = time.nanoseconds
    return true
  }

  /// Asks the run loop to end after the event in hand.
  @inlinable
  public mutating func requestStop() {
    stop = .model
    bound = 0
  }

  /// Forgets every pending event; the clock stays.
  @inlinable
  public mutating func removeAll() {
    for i in 0..<size { entries[i].time = .max }
    size = 0
    hole = 0
  }
}
