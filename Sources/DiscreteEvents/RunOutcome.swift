import Quantities

/// What a run may use before it is ended, so that no scenario can hang or fill the memory.
@frozen
public struct RunLimits: Hashable, Sendable {
  /// The most events that one call of `run` handles.
  public var events: Int64
  /// The most events that may be pending at one time.
  public var pending: Int

  /// Limits of `events` handled and `pending` pending at one time; without any by default.
  @inlinable
  public init(events: Int64 = .max, pending: Int = .max) {
    precondition(events >= 0, "a run cannot handle a negative number of events")
    precondition(pending > 0, "a run needs room for one pending event")
    self.events = events
    self.pending = pending
  }

  /// No limit but the horizon.
  @inlinable public static var none: RunLimits { RunLimits() }
}

/// How a run ended, when, and after how many events.
@frozen
public struct RunOutcome: Hashable, Sendable {
  /// Why a run ended.
  @frozen
  public enum Reason: String, Hashable, Sendable, CaseIterable {
    /// Every event before the horizon has happened, and later ones are pending.
    case horizon
    /// No event was pending any more.
    case empty
    /// The limit of events handled was reached.
    case eventLimit
    /// More events were pending than the limit allows.
    case pendingLimit
    /// The model asked for the end.
    case stoppedByModel
  }

  /// Why the run ended.
  public var reason: Reason
  /// Where simulated time stood: the horizon if it was reached, else the time of the last event.
  public var time: Instant
  /// The number of events that this call of `run` handled.
  public var events: Int64

  /// An outcome with these parts.
  @inlinable
  public init(reason: Reason, time: Instant, events: Int64) {
    self.reason = reason
    self.time = time
    self.events = events
  }
}
