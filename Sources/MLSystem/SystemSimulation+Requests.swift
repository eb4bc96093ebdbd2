import DiscreteEvents
import Quantities
import Randomness
import Statistics

// The way of a request through its route: arrival, steps, answer, failure, retry, deadline.
extension SystemSimulation {
  /// A request of `stream` arrives; the next one is scheduled.
  mutating func arrive(
    _ stream: Int, _ now: Instant, _ calendar: inout EventCalendar<SystemEvent>
  ) {
    let request = requests.take()
    let route = streamRoutes[stream]
    let number = numbers[stream]
    numbers[stream] = number &+ 1
    fill(request, stream: stream, number: number, at: now)
    scheduleArrival(stream, &calendar)

    routes[Int(route)].arrived &+= 1
    let slot = requests[request]
    if slot.isCounted {
      routeRecords[Int(route)].note(slot) { $0.counts.arrived &+= 1 }
      if !routeRecords[Int(route)].windows.isEmpty { routeRecords[Int(route)].noteArrival(slot) }
    }
    if let timeout = routes[Int(route)].timeout {
      let due = now + timeout
      if routes[Int(route)].deadlines.append(request, due: due, pool: requests) {
        calendar.schedule(.deadline(route: route), at: due, priority: EventPriority.deadline)
      }
    }
    if _slowPath(requests.live > crowdLimit) { watchCrowd(now, &calendar) }
    enterStep(request, now, &calendar, isLast: true)
  }

  /// Sets every field of a new request.
  @inline(__always)
  mutating func fill(_ request: UInt32, stream: Int, number: UInt64, at now: Instant) {
    let generation = requests[request].generation
    requests[request] = streamKinds[stream].template
    requests[request].generation = generation
    requests[request].number = number
    requests[request].arrival = now
    requests[request].isCounted = now >= warmUpEnd
    if streamKinds[stream].draws { makers[stream].fill(&requests[request]) }
    if streamKinds[stream].isTrace { sources[stream].size(&requests[request]) }
  }

  /// Enters the next arrival of `stream`; a mistake in its trace ends the run.
  @inline(__always)
  mutating func scheduleArrival(_ stream: Int, _ calendar: inout EventCalendar<SystemEvent>) {
    do {
      let next = try sources[stream].next()
      if next < arrivalsEnd {
        calendar.schedule(
          .arrival(stream: UInt16(truncatingIfNeeded: stream)), at: next,
          priority: EventPriority.arrival, rank: UInt64(stream))
      } else {
        nextArrivals[stream] = next
      }
    } catch {
      failure = error
      calendar.requestStop()
    }
  }

  /// The service of the step that the request is at.
  @inline(__always)
  func service(of slot: RequestSlot) -> Int {
    Int(steps[routes[Int(streamRoutes[Int(slot.stream)])].firstStep &+ Int(slot.step)])
  }

  /// The request calls the service of its step, which may be the last thing of an event.
  mutating func enterStep(
    _ request: UInt32, _ now: Instant, _ calendar: inout EventCalendar<SystemEvent>,
    isLast: Bool = false
  ) {
    let service = service(of: requests[request])
    requests[request].entered = now
    requests[request].arm = arm(of: requests[request], service)
    let slot = requests[request]
    serviceRecords[service].allCalls &+= 1
    if slot.isCounted {
      serviceRecords[service].calls &+= 1
      if !serviceRecords[service].windows.isEmpty { serviceRecords[service].noteCall(slot) }
    }
    let hasCopy = candidates.mirrors > 0
    send(request, service, now, &calendar, isLast: isLast && !hasCopy)
    if _slowPath(hasCopy) { sendCopy(of: slot, service, now, &calendar) }
  }

  /// Hands a request to its service.
  @inline(__always)
  mutating func send(
    _ request: UInt32, _ service: Int, _ now: Instant,
    _ calendar: inout EventCalendar<SystemEvent>, isLast: Bool = false
  ) {
    switch services[service].kind {
    case .model: enqueue(request, service, now, &calendar)
    case .lookup: look(up: request, service, now, &calendar)
    case .llm: approach(request, service, now, &calendar, isLast: isLast)
    }
  }

  /// The service of the request's step has answered: on to the next, or to the end.
  mutating func completeStep(
    _ request: UInt32, _ service: Int, _ now: Instant, _ calendar: inout EventCalendar<SystemEvent>
  ) {
    let slot = requests[request]
    if slot.isCounted {
      let latency = (now - slot.entered).nanoseconds
      serviceRecords[service].latency.add(latency)
      if !serviceRecords[service].windows.isEmpty {
        serviceRecords[service].noteTime(.latency, latency, slot)
      }
    }
    let share = groups[service &* 2 &+ Int(slot.arm)].errorShare
    if _slowPath(share > 0) {
      var draws = services[service].errors[Int(slot.stream)].draws(
        of: slot.number, from: slot.firstDraw)
      if draws.uniform() < share { return fail(request, .error, now, &calendar) }
    }
    if _slowPath(slot.isCopy) { return endCopy(request, isAnswer: true, now) }
    if services[service].model >= 0 {
      counters.recordAnswer(
        model: services[service].model, slot.arm == 0 ? .stable : .candidate,
        latency: (now - slot.entered).nanoseconds)
    }
    let route = Int(streamRoutes[Int(slot.stream)])
    if slot.step &+ 1 < routes[route].steps {
      requests[request].step = slot.step &+ 1
      enterStep(request, now, &calendar)
    } else {
      if slot.isCounted { recordServed(slot, request, route, now) }
      requests.release(request)
    }
  }

  /// The attempt of a request has failed, and the request stands in no line any more.
  mutating func fail(
    _ request: UInt32, _ reason: FailureReason, _ now: Instant,
    _ calendar: inout EventCalendar<SystemEvent>
  ) {
    let slot = requests[request]
    if _slowPath(slot.isCopy) { return endCopy(request, isAnswer: false, now) }
    let route = Int(streamRoutes[Int(slot.stream)])
    noteFailure(slot, reason)
    if reason.mayRetry, slot.attempt < routes[route].mostRetries {
      let due = now + routes[route].wait(after: slot.attempt)
      if due < routes[route].deadline(of: slot.arrival), routes[route].takeRetry() {
        requests[request].place = .backingOff
        requests[request].attempt = slot.attempt &+ 1
        requests[request].step = 0
        calendar.schedule(.retry(request: requests.ticket(request)), at: due)
        return
      }
    }
    if routes[route].hasFallback { counters.recordFallback(route: route) }
    routes[route].lost += 1
    if slot.isCounted { recordFailed(slot, reason, route, now) }
    requests.release(request)
  }

  /// Counts a failed attempt at the service where it failed.
  private mutating func noteFailure(_ slot: RequestSlot, _ reason: FailureReason) {
    if slot.place == .backingOff { return }
    let service = service(of: slot)
    switch reason {
    case .refused, .tooLate, .throttled: serviceRecords[service].lost += 1
    case .timedOut: if slot.place == .waiting { serviceRecords[service].lost += 1 }
    case .crashed, .error, .neverFits: break
    }
    let model = services[service].model
    if model < 0 { return }
    switch reason {
    case .error, .crashed, .timedOut:
      counters.recordError(model: model, slot.arm == 0 ? .stable : .candidate)
    case .refused, .tooLate, .throttled, .neverFits: break
    }
  }

  /// The wait before another attempt is over.
  mutating func retry(
    _ ticket: GenerationPool.Ticket, _ now: Instant, _ calendar: inout EventCalendar<SystemEvent>
  ) {
    guard let request = requests.current(ticket) else { return }
    let slot = requests[request]
    if slot.isCounted {
      let route = Int(streamRoutes[Int(slot.stream)])
      routeRecords[route].note(slot) { $0.retries += 1 }
      routeRecords[route].noteRetry(slot)
    }
    enterStep(request, now, &calendar)
  }

  /// Gives up the requests of a route whose deadline is now.
  mutating func passDeadlines(
    _ route: Int, _ now: Instant, _ calendar: inout EventCalendar<SystemEvent>
  ) {
    while let request = routes[route].deadlines.nextDue(at: now, pool: requests) {
      withdraw(request, now, &calendar)
      fail(request, .timedOut, now, &calendar)
    }
    let next = routes[route].deadlines.nextDeadline(pool: requests)
    calendar.schedule(
      .deadline(route: UInt16(route)), at: next, priority: EventPriority.deadline)
  }

  /// Takes a request out of wherever it stands; work that has begun goes on for nobody.
  private mutating func withdraw(
    _ request: UInt32, _ now: Instant, _ calendar: inout EventCalendar<SystemEvent>
  ) {
    switch requests[request].place {
    case .waiting: leaveLine(request, now, &calendar)
    case .batch: leaveBatch(request)
    case .llm: abort(request, now, &calendar)
    case .free, .arriving, .lookup, .backingOff: break
    }
  }
}
