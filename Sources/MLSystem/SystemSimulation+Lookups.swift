import DiscreteEvents
import Quantities
import Randomness
import Statistics

// Lookups: an answer after a latency, below a limit on the rate.
extension SystemSimulation {
  /// Starts a lookup, or fails it above the limit.
  mutating func look(
    up request: UInt32, _ service: Int, _ now: Instant,
    _ calendar: inout EventCalendar<SystemEvent>
  ) {
    if _slowPath(services[service].isDown) { return fail(request, .crashed, now, &calendar) }
    if services[service].bucket?.take(at: now) == false {
      return fail(request, .throttled, now, &calendar)
    }
    requests[request].place = .lookup
    let slot = requests[request]
    if slot.isCounted { serviceRecords[service].wait.add(0) }
    var draws = services[service].draws[Int(slot.stream)].draws(
      of: slot.number, from: slot.firstDraw)
    let drawn = services[service].time?.sample(&draws) ?? 0
    let latency = drawn * groups[service &* 2 &+ Int(slot.arm)].timeFactor
    calendar.schedule(
      .answer(request: requests.ticket(request)), at: now + Duration(drawn: latency))
  }

  /// A lookup answers, unless its request has given up.
  mutating func answerLookup(
    _ ticket: GenerationPool.Ticket, _ now: Instant, _ calendar: inout EventCalendar<SystemEvent>
  ) {
    guard let request = requests.current(ticket) else { return }
    completeStep(request, service(of: requests[request]), now, &calendar)
  }
}
