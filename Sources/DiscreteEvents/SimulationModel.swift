import Quantities

/// A system that is simulated: its state, and what each kind of event does to it.
///
/// `handle` is one `switch` over a closed enum of plain ids. It changes the state and schedules
/// what follows; it may call `calendar.requestStop()` to end the run.
public protocol SimulationModel: ~Copyable {
  /// What can happen: a plain value, 8 bytes in practice.
  associatedtype Event: BitwiseCopyable & Sendable

  /// Lets `event` happen at `now`.
  mutating func handle(
    _ event: Event, at now: Instant, calendar: inout EventCalendar<Event>)
}
