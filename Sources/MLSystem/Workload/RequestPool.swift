import DiscreteEvents
import Quantities

/// One request in flight: everything that is known of it, in one cache line.
///
/// The fields stand together because a step of a request reads most of them: one miss, not ten.
package struct RequestSlot: BitwiseCopyable {
  /// Counts the requests of its stream from 0; draws that belong to the request follow from it.
  package var number: UInt64 = 0
  var arrival = Instant.start
  /// When it came to the service where it is.
  var entered = Instant.start
  var items: Int32 = 1
  var prompt: Int32 = 0
  var output: Int32 = 0
  /// Neighbours in the waiting line or batch that holds it.
  var next = RequestSlot.none
  var previous = RequestSlot.none
  /// The waiting line, or the replica, that holds it.
  var holder: UInt32 = 0
  /// Tells the uses of the slot apart.
  var generation: UInt32 = 0
  var stream: UInt16 = 0
  /// Index into the steps of its route.
  var step: UInt16 = 0
  /// Index plus one of its tenant in those of its route; 0 for none.
  var tenant: UInt16 = 0
  /// The same of its segment.
  var segment: UInt8 = 0
  var place = Place.free
  /// Attempts before this one.
  var attempt: UInt8 = 0
  /// Class within a waiting line that orders by priority, 0 first.
  var priority: UInt8 = 0
  /// Of its replica: 0 for the stable group, 1 for the candidate.
  var arm: UInt8 = 0
  /// Whether it arrived after the warm-up.
  var isCounted = false

  package init() {}

  /// No slot.
  static let none = UInt32.max

  /// Whether it is a copy for a candidate, whose answer nobody gets: its attempt is one that no
  /// request reaches.
  var isCopy: Bool {
    @inline(__always)
    get { attempt == .max }
  }

  /// Where a request is.
  enum Place: UInt8 {
    case free, arriving, waiting, batch, llm, backingOff
    /// An event will come for it: a lookup's answer, or its entry to an engine.
    case lookup
  }
}

/// The requests in flight.
///
/// Slots are used again, so memory follows what is in flight.
package struct RequestPool: ~Copyable {
  private var slots = Slab<RequestSlot>(capacity: 1024)
  private var free = Slab<UInt32>(capacity: 1024)

  package init() {}

  /// The number of requests in flight.
  package var live: Int { slots.count &- free.count }
  /// The number of slots ever made: every index lies below it.
  var slotCount: Int { slots.count }

  subscript(request: UInt32) -> RequestSlot {
    @inline(__always)
    _read { yield slots[request] }
    @inline(__always)
    _modify { yield &slots[request] }
  }

  /// Takes a slot; the caller sets every field but the generation.
  @inline(__always)
  package mutating func take() -> UInt32 {
    if free.count > 0 { return free.removeLast() }
    slots.append(RequestSlot())
    return UInt32(truncatingIfNeeded: slots.count &- 1)
  }

  /// Gives the slot of a finished request back; tickets for it are stale from now on.
  @inline(__always)
  package mutating func release(_ request: UInt32) {
    slots[request].place = .free
    slots[request].generation &+= 1
    free.append(request)
  }

  /// A ticket that names this use of the slot, for events.
  @inline(__always)
  package func ticket(_ request: UInt32) -> GenerationPool.Ticket {
    GenerationPool.Ticket(slot: request, generation: slots[request].generation)
  }

  /// Makes every ticket of the request stale while it stays in flight.
  @inline(__always)
  mutating func renew(_ request: UInt32) { slots[request].generation &+= 1 }

  /// The request of a ticket, nil if it has gone on since.
  @inline(__always)
  package func current(_ ticket: GenerationPool.Ticket) -> UInt32? {
    let request = ticket.slot
    return slots[request].generation & 0xFF_FFFF == ticket.generation ? request : nil
  }
}
