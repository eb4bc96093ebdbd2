/// One pending event with its place in the total order.
///
/// The place is one 128-bit number, time above priority above order, so that a comparison is one
/// subtraction without a branch: pending events are in no predictable order, and a mispredicted
/// branch costs more than the comparison.
@frozen
@usableFromInline
struct CalendarEntry<Event: BitwiseCopyable & Sendable>: BitwiseCopyable, Sendable {
  /// The time in nanoseconds, never negative, or all ones for no event.
  @usableFromInline var time: UInt64
  /// The priority in the top 8 bits, the sequence or rank in the other 56.
  @usableFromInline var order: UInt64
  @usableFromInline var event: Event

  @inlinable
  init(time: UInt64, order: UInt64, event: Event) {
    self.time = time
    self.order = order
    self.event = event
  }

  /// The place in the total order.
  @inlinable
  var key: UInt128 {
    @inline(__always) get { UInt128(_low: order, _high: time) }
  }
}
