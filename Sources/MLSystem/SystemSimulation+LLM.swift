import DiscreteEvents
import Quantities

// LLM servers: their fleets, and what comes out of them.
extension SystemSimulation {
  /// Fails the requests that an LLM replica had when it crashed.
  mutating func loseTokens(
    of replica: UInt32, _ now: Instant, _ calendar: inout EventCalendar<SystemEvent>
  ) {
  }
}
