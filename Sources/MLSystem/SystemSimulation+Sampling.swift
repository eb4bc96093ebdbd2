import DiscreteEvents
import Quantities
import Statistics

// Readings of levels over time, the end of the warm-up, and the ends of requests in the records.
extension SystemSimulation {
  /// Reads the queues, for pictures and for the verdict on growth.
  mutating func sample(_ now: Instant, _ calendar: inout EventCalendar<SystemEvent>) {
    samples.add { Double(serviceRecords[$0].waiting.level) }
    calendar.schedule(.sample, at: now + samples.step, priority: EventPriority.sample)
    if isCancelled() { calendar.requestStop() }
  }

  /// The warm-up is over: what is averaged over time begins anew.
  mutating func beginCounting(at now: Instant) {
    for service in serviceRecords.indices { serviceRecords[service].beginCounting(at: now) }
  }

  /// A month ends, or the run: what was counted is booked.
  mutating func bookTotals(until end: Instant) {
    let calls = serviceRecords.map(\.allCalls)
    let labels = model.tasks.indices.map { Int64(learning.labelsArrived(task: $0, by: end)) }
    accounts.bookTotals(until: end) { source in
      switch source {
      case .calls(let service): calls[service]
      case .labels(let task): labels[task]
      }
    }
  }

  /// A counted request was answered.
  @inline(__always)
  mutating func recordServed(
    _ slot: RequestSlot, _ request: UInt32, _ route: Int, _ now: Instant
  ) {
    let latency = (now - slot.arrival).nanoseconds
    routeRecords[route].note(slot) { tally in
      tally.counts.served &+= 1
      tally.latency.add(latency)
    }
    if !routeRecords[route].objectives.isEmpty { judge(route, latency: now - slot.arrival) }
  }

  /// A counted request was shed or has failed, after every retry.
  mutating func recordFailed(
    _ slot: RequestSlot, _ reason: FailureReason, _ route: Int, _ now: Instant
  ) {
    let hasFallback = routes[route].hasFallback
    routeRecords[route].note(slot) { tally in
      if reason.isShed { tally.counts.shed += 1 } else { tally.counts.failed += 1 }
      if reason == .timedOut { tally.timeouts += 1 }
      if hasFallback { tally.counts.fallback += 1 }
    }
    judge(route, latency: nil)
  }

  /// Holds an ended request against the objectives of its route.
  private mutating func judge(_ route: Int, latency: Duration?) {
    for i in routeRecords[route].objectives.indices {
      routeRecords[route].objectives[i].ended += 1
      guard let latency else { continue }
      switch routeRecords[route].objectives[i].good {
      case .answered: routeRecords[route].objectives[i].met += 1
      case .latencyBelow(let limit):
        if latency < limit { routeRecords[route].objectives[i].met += 1 }
      case .firstTokenBelow: break
      }
    }
  }
}
