import DiscreteEvents
import Quantities
import Statistics

// Readings of levels over time, the end of the warm-up, and the ends of requests in the records.
extension SystemSimulation {
  /// Reads the levels, for pictures and for the verdict on growth.
  mutating func sample(_ now: Instant, _ calendar: inout EventCalendar<SystemEvent>) {
    takeCounts(now)
    samples.add(serviceRecords)
    takePictures(now)
    calendar.schedule(.sample, at: now + samples.step, priority: EventPriority.sample)
    if isCancelled() { calendar.requestStop() }
  }

  /// Adds what happened since the last reading to the pictures.
  mutating func takePictures(_ now: Instant) {
    for service in serviceRecords.indices {
      pictures.add(serviceRecords[service], of: service, at: now)
    }
    for route in routes.indices {
      pictures.add(arrived: routes[route].arrived, lost: routes[route].lost, of: route, at: now)
    }
    pictures.finishReading(at: now)
    if pictures.isLatencyDue(at: now) {
      foldLaws(now)
      for route in routes.indices {
        pictures.add(routeRecords[route].all.latency, of: route, at: now)
      }
      pictures.finishLatencies(at: now)
    }
  }

  /// The warm-up is over: what is averaged over time begins anew.
  mutating func beginCounting(at now: Instant) {
    takeCounts(now)
    foldLaws(now)
    for service in serviceRecords.indices {
      serviceRecords[service].beginCounting(at: now)
      if services[service].kind == .llm { fleets[service].beginMeasuring(at: now) }
    }
  }

  /// A month ends, or the run: what was counted is booked.
  mutating func bookTotals(until end: Instant) {
    var calls: [Int64] = []
    for service in serviceRecords.indices { calls.append(serviceRecords[service].allCalls) }
    let labels = model.tasks.indices.map { Int64(learning.labelsArrived(task: $0, by: end)) }
    let runs = model.models.indices.map { learning.pipelineRuns(of: $0) }
    let approvals = model.models.indices.map { learning.approvals(of: $0) }
    let work = model.paidWork.map { learning.done($0) }
    let reviews = model.models.indices.map { learning.reviews(of: $0) }
    let hours = model.models.indices.map { learning.reviewHours(of: $0) }
    accounts.bookTotals(until: end) { source in
      switch source {
      case .calls(let service): calls[service]
      case .labels(let task): labels[task]
      case .pipelineRuns(let model): runs[model]
      case .approvals(let model): approvals[model]
      case .work(let index): work[index]
      case .reviews(let model): reviews[model]
      case .reviewHours(let model): hours[model]
      }
    }
  }

  /// A counted request was answered.
  @inline(__always)
  mutating func recordServed(
    _ slot: RequestSlot, _ request: UInt32, _ route: Int, _ now: Instant
  ) {
    var end = RequestEnd(latency: now - slot.arrival)
    if routeRecords[route].hasTokens { noteTokens(of: request, slot, now, &end) }
    if !routeRecords[route].objectives.isEmpty { end.isGood = judge(route, end) }
    routeRecords[route].note(slot) { tally in
      tally.counts.served &+= 1
      tally.latency.add(end.latency.nanoseconds)
      if end.isGood { tally.good &+= 1 }
      if let first = end.firstToken { tally.firstToken.add(first.nanoseconds) }
      if let time = end.perToken { tally.perToken.add(time.nanoseconds) }
    }
    if !routeRecords[route].windows.isEmpty { routeRecords[route].noteServed(slot, end) }
  }

  /// Adds the times of the tokens of a request that ends.
  private func noteTokens(
    of request: UInt32, _ slot: RequestSlot, _ now: Instant, _ end: inout RequestEnd
  ) {
    guard Int(request) < firstTokens.count, firstTokens[request] != .never else { return }
    let first = firstTokens[request]
    end.firstToken = first - slot.arrival
    if slot.output > 1 {
      end.perToken = Duration(
        nanoseconds: (now - first).nanoseconds / Int64(slot.output - 1))
    }
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
    _ = judge(route, nil)
    if !routeRecords[route].windows.isEmpty {
      routeRecords[route].noteFailed(slot, reason, hasFallback: hasFallback)
    }
  }

  /// Holds an ended request against the objectives of its route; true if it met them all.
  ///
  /// `end` is nil for a request that was not served.
  private mutating func judge(_ route: Int, _ end: RequestEnd?) -> Bool {
    var meetsAll = end != nil
    for i in routeRecords[route].objectives.indices {
      let isMet: Bool
      switch routeRecords[route].objectives[i].good {
      case .answered: isMet = end != nil
      case .latencyBelow(let limit): isMet = end.map { $0.latency < limit } ?? false
      case .firstTokenBelow(let limit):
        isMet = end?.firstToken.map { $0 < limit } ?? false
      }
      routeRecords[route].objectives[i].ended += 1
      if isMet { routeRecords[route].objectives[i].met += 1 } else { meetsAll = false }
    }
    return meetsAll
  }
}
