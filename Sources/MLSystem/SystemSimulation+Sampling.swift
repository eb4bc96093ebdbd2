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
    for service in serviceRecords.indices {
      serviceRecords[service].beginCounting(at: now)
      if services[service].kind == .llm { fleets[service].beginMeasuring(at: now) }
    }
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
    var firstToken: Duration?
    if routeRecords[route].hasTokens {
      firstToken = recordTokens(slot, request, route, now)
    }
    let isGood =
      routeRecords[route].objectives.isEmpty
      || judge(route, latency: now - slot.arrival, firstToken: firstToken)
    routeRecords[route].note(slot) { tally in
      tally.counts.served &+= 1
      tally.latency.add(latency)
      if isGood { tally.good &+= 1 }
    }
  }

  /// Records the tokens of a served request; returns the time to its first.
  private mutating func recordTokens(
    _ slot: RequestSlot, _ request: UInt32, _ route: Int, _ now: Instant
  ) -> Duration? {
    let first = Int(request) < firstTokens.count ? firstTokens[request] : .never
    if first == .never { return nil }
    routeRecords[route].note(slot) { tally in
      tally.firstToken.add((first - slot.arrival).nanoseconds)
      if slot.output > 1 {
        tally.perToken.add((now - first).nanoseconds / Int64(slot.output - 1))
      }
    }
    return first - slot.arrival
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
    _ = judge(route, latency: nil, firstToken: nil)
  }

  /// Holds an ended request against the objectives of its route; true if it met them all.
  private mutating func judge(_ route: Int, latency: Duration?, firstToken: Duration?) -> Bool {
    var meetsAll = latency != nil
    for i in routeRecords[route].objectives.indices {
      let isMet: Bool
      switch routeRecords[route].objectives[i].good {
      case .answered: isMet = latency != nil
      case .latencyBelow(let limit): isMet = latency.map { $0 < limit } ?? false
      case .firstTokenBelow(let limit): isMet = firstToken.map { $0 < limit } ?? false
      }
      routeRecords[route].objectives[i].ended += 1
      if isMet { routeRecords[route].objectives[i].met += 1 } else { meetsAll = false }
    }
    return meetsAll
  }
}
