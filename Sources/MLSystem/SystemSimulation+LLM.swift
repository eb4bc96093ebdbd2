import DiscreteEvents
import Quantities
import Randomness
import Statistics

// LLM servers: what goes into their fleets and what comes out.
extension SystemSimulation {
  /// The request comes to an LLM service: to what stands before its engine, if anything does.
  mutating func approach(
    _ request: UInt32, _ service: Int, _ now: Instant,
    _ calendar: inout EventCalendar<SystemEvent>, isLast: Bool
  ) {
    let frontEnd = services[service].frontEnd
    if frontEnd == .zero { return generate(request, service, now, &calendar, isLast: isLast) }
    requests[request].place = .lookup
    calendar.schedule(.engine(request: requests.ticket(request)), at: now + frontEnd)
  }

  /// A request has passed what stands before an engine, unless it has given up.
  mutating func reachEngine(
    _ ticket: GenerationPool.Ticket, _ now: Instant, _ calendar: inout EventCalendar<SystemEvent>
  ) {
    guard let request = requests.current(ticket) else { return }
    generate(request, service(of: requests[request]), now, &calendar, isLast: true)
  }

  /// The request joins the waiting line of an LLM replica, or is refused.
  ///
  /// When that is the last thing of an event, the replica goes on at once.
  private mutating func generate(
    _ request: UInt32, _ service: Int, _ now: Instant,
    _ calendar: inout EventCalendar<SystemEvent>, isLast: Bool
  ) {
    let slot = requests[request]
    let group = service &* 2 &+ Int(slot.arm)
    let streams = services[service].balancing
    let replica = groups[group].choose(
      replicas, streams[Int(slot.stream)].draws(of: slot.number, from: slot.firstDraw))
    guard let replica else { return fail(request, .crashed, now, &calendar) }
    let place = Int(replicas[replica].slot)
    if fleets[service].waiting(place) >= Int(services[service].queueLimit),
      fleets[service].outstanding(place) > 0
    {
      return fail(request, .refused, now, &calendar)
    }
    let fits = fleets[service].enqueue(
      request: request, prompt: slot.prompt, output: slot.output, priority: slot.priority,
      replica: place, at: now)
    if !fits { return fail(request, .neverFits, now, &calendar) }
    requests[request].place = .llm
    requests[request].holder = replica
    replicas[replica].outstanding &+= 1
    groups[group].noteOutstanding(at: replicas[replica].place, replicas[replica].outstanding)
    if isLast {
      // It has work from this instant on, not from where it will have run to.
      noteBusy(replica, service, true, now)
      runOn(replica, service, now, &calendar)
    } else {
      follow(replica, service, now, &calendar)
    }
  }

  /// Something is due at an LLM replica, or was when its event was scheduled.
  mutating func endIteration(
    _ replica: UInt32, _ generation: UInt16, _ now: Instant,
    _ calendar: inout EventCalendar<SystemEvent>
  ) {
    if replicas[replica].iterations != generation { return }
    let service = Int(replicas[replica].service)
    let place = Int(replicas[replica].slot)
    replicas[replica].alarm = .never
    if fleets[service].due(place) == now {
      fleets[service].advance(place, at: now)
      takeOutcomes(replica, service, now, &calendar)
    }
    runOn(replica, service, now, &calendar)
    if replicas[replica].state == .draining { retireIfDone(replica, now) }
  }

  /// Lets an LLM replica do what is due before anything else happens.
  ///
  /// The calendar need not hold that. It is the last thing of an event, for it moves the clock on.
  private mutating func runOn(
    _ replica: UInt32, _ service: Int, _ now: Instant, _ calendar: inout EventCalendar<SystemEvent>
  ) {
    let place = Int(replicas[replica].slot)
    var now = now
    while replicas[replica].state == .ready, calendar.skip(to: fleets[service].due(place)) {
      noteWaiting(replica, service, now)
      now = fleets[service].due(place)
      fleets[service].advance(place, at: now)
      takeOutcomes(replica, service, now, &calendar)
    }
    follow(replica, service, now, &calendar)
  }

  /// Lets the requests that have left a fleet go on.
  private mutating func takeOutcomes(
    _ replica: UInt32, _ service: Int, _ now: Instant,
    _ calendar: inout EventCalendar<SystemEvent>
  ) {
    let count = fleets[service].outbox.count
    if count == 0 { return }
    releaseOutstanding(replica, Int32(truncatingIfNeeded: count))
    for index in 0..<count {
      let outcome = fleets[service].outbox[index]
      let request = outcome.request
      switch outcome.kind {
      case .lost: fail(request, .crashed, now, &calendar)
      case .completed:
        let slot = requests[request]
        noteFirstToken(of: request, outcome.firstToken)
        if slot.isCounted { serviceRecords[service].noteTokens(outcome, slot, now) }
        completeStep(request, service, now, &calendar)
      }
    }
    fleets[service].outbox.removeAll()
  }

  /// Keeps the first token's instant until the request ends.
  @inline(__always)
  private mutating func noteFirstToken(of request: UInt32, _ instant: Instant) {
    while firstTokens.count <= Int(request) { firstTokens.append(.never) }
    firstTokens[request] = instant
  }

  /// Brings event and levels of an LLM replica in line with its fleet, after every change there.
  mutating func follow(
    _ replica: UInt32, _ service: Int, _ now: Instant, _ calendar: inout EventCalendar<SystemEvent>
  ) {
    let place = Int(replicas[replica].slot)
    let due = fleets[service].due(place)
    // An event that comes too early looks again; one that would come too late is stale.
    if due < replicas[replica].alarm {
      replicas[replica].alarm = due
      replicas[replica].iterations &+= 1
      calendar.schedule(
        .iterationEnd(replica: replica, generation: replicas[replica].iterations), at: due,
        priority: EventPriority.iteration, rank: UInt64(replica))
    }
    noteWaiting(replica, service, now)
    let working = replicas[replica].outstanding &- replicas[replica].waiting
    serviceRecords[service].working &+= Int64(working &- replicas[replica].running)
    replicas[replica].running = working
    noteBusy(replica, service, due != .never, now)
  }

  /// Brings the level of busy replicas in line with whether one has work.
  @inline(__always)
  private mutating func noteBusy(
    _ replica: UInt32, _ service: Int, _ isBusy: Bool, _ now: Instant
  ) {
    if isBusy == replicas[replica].isBusy { return }
    replicas[replica].isBusy = isBusy
    serviceRecords[service].busy.change(by: isBusy ? 1 : -1, at: now)
  }

  /// Brings the level of waiting requests in line with a fleet.
  @inline(__always)
  private mutating func noteWaiting(_ replica: UInt32, _ service: Int, _ now: Instant) {
    let place = Int(replicas[replica].slot)
    let waiting = Int32(truncatingIfNeeded: fleets[service].waiting(place))
    let step = waiting &- replicas[replica].waiting
    if step != 0 {
      serviceRecords[service].waiting.change(by: Int64(step), at: now)
      replicas[replica].waiting = waiting
    }
  }

  /// A request that is with an LLM replica gives up.
  mutating func abort(
    _ request: UInt32, _ now: Instant, _ calendar: inout EventCalendar<SystemEvent>
  ) {
    let replica = requests[request].holder
    let service = Int(replicas[replica].service)
    let place = Int(replicas[replica].slot)
    let waiting = fleets[service].waiting(place)
    fleets[service].abort(request, replica: place, at: now)
    if fleets[service].waiting(place) < waiting { requests[request].place = .waiting }
    releaseOutstanding(replica, 1)
    follow(replica, service, now, &calendar)
    if replicas[replica].state == .draining { retireIfDone(replica, now) }
  }

  /// Fails the requests that an LLM replica had when it crashed.
  mutating func loseTokens(
    of replica: UInt32, _ service: Int, _ now: Instant,
    _ calendar: inout EventCalendar<SystemEvent>
  ) {
    fleets[service].fail(Int(replicas[replica].slot), at: now)
    takeOutcomes(replica, service, now, &calendar)
    replicas[replica].outstanding = 0
    follow(replica, service, now, &calendar)
  }

  /// Lets the iterations of a replica take the time of the version that it serves.
  mutating func setPace(of replica: UInt32, _ now: Instant) {
    let slot = replicas[replica]
    let service = Int(slot.service)
    guard services[service].kind == .llm else { return }
    fleets[service].grow(to: Int(slot.slot) + 1)
    fleets[service].setTimeFactor(Int(slot.slot), groups[slot.group].timeFactor, at: now)
  }
}

extension ServiceRecord {
  /// Records the times of a call that an LLM replica has completed.
  @inline(__always)
  mutating func noteTokens(_ outcome: LLMOutcome, _ slot: RequestSlot, _ now: Instant) {
    let waited = (outcome.scheduled - slot.entered).nanoseconds
    let first = (outcome.firstToken - slot.entered).nanoseconds
    wait.add(waited)
    firstToken.add(first)
    let time = outcome.timePerToken
    if let time { perToken.add(time.nanoseconds) }
    if _slowPath(!started.isEmpty) {
      let stream = Int(slot.stream)
      started[stream].answer.add((now - outcome.scheduled).nanoseconds)
      started[stream].firstToken.add((outcome.firstToken - outcome.scheduled).nanoseconds)
    }
    if windows.isEmpty { return }
    noteTime(.wait, waited, slot)
    noteTime(.ttft, first, slot)
    if let time { noteTime(.tpot, time.nanoseconds, slot) }
  }
}
