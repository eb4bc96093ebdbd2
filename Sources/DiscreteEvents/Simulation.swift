import Quantities

/// A model and its calendar, advanced event by event.
///
///     var simulation = Simulation(Queue())
///     simulation.calendar.schedule(.arrival, at: .start)
///     let outcome = simulation.run(until: .start + .seconds(3600))
///
/// It neither prints, nor reads a clock, nor touches a file; nothing in it is shared.
@frozen
public struct Simulation<Model: SimulationModel & ~Copyable>: ~Copyable {
  /// The simulated system.
  public var model: Model
  /// The pending events and the simulated time.
  public var calendar: EventCalendar<Model.Event>

  /// A simulation of `model` at the start of simulated time with room for `capacity` events.
  @inlinable
  public init(_ model: consuming Model, capacity: Int = 256) {
    self.model = model
    calendar = EventCalendar(capacity: capacity)
  }

  /// Lets every event happen that is due before `horizon`, within `limits`.
  ///
  /// The horizon is exclusive: an event due at it stays pending, so that runs that meet at an
  /// instant equal one long run, and a month ends where the next begins.
  ///
  /// - Complexity: O(log n) and the handler per event, n being the number pending.
  @inlinable
  public mutating func run(
    until horizon: Instant = .never, limits: RunLimits = .none
  ) -> RunOutcome {
    calendar.begin(until: horizon, pendingLimit: limits.pending)
    var events: Int64 = 0
    while events < limits.events, calendar.isNextBeforeBound() {
      let (now, event) = calendar.popNext()
      events &+= 1
      model.handle(event, at: now, calendar: &calendar)
    }
    return outcome(horizon: horizon, events: events)
  }

  /// Names the reason for which the loop ended.
  @inlinable
  mutating func outcome(horizon: Instant, events: Int64) -> RunOutcome {
    let next = calendar.nextTime
    let reason: RunOutcome.Reason
    var time = calendar.now
    switch calendar.stop {
    case .model: reason = .stoppedByModel
    case .pendingLimit: reason = .pendingLimit
    case .none:
      if next == .never {
        reason = .empty
      } else if next < horizon {
        reason = .eventLimit
      } else {
        reason = .horizon
        time = horizon
      }
    }
    return RunOutcome(reason: reason, time: time, events: events)
  }

  /// Gives the model back when the simulation is over.
  @inlinable
  public consuming func finish() -> Model { model }
}
