import DiscreteEvents
import Quantities
import Randomness

// Episodes: stretches of a flow run in which requests are simulated one by one.
//
// An episode begins in calm with as many requests in every system as the fluid had there. They are
// counted already, so they only take room. It ends in calm, with as many in the fluid as there are
// requests; those end by themselves, and what they still use is the fluid's.
extension SystemSimulation {
  /// Enters the beginning of the next episode that is not over; at the start of a run it begins at
  /// once, so that one that takes the whole run is a run by request.
  mutating func scheduleEpisode(_ now: Instant, _ calendar: inout EventCalendar<SystemEvent>) {
    while fluid.begun < fluid.episodes.count, fluid.episodes[fluid.begun].end <= now {
      fluid.begun += 1
    }
    guard fluid.begun < fluid.episodes.count else { return }
    let start = max(now, fluid.episodes[fluid.begun].start)
    if start == .start {
      beginEpisode(now, &calendar)
    } else {
      calendar.schedule(.episodeBegins, at: start, priority: EventPriority.booking)
    }
  }

  mutating func beginEpisode(_ now: Instant, _ calendar: inout EventCalendar<SystemEvent>) {
    takeCounts(now)
    foldLaws(now)
    let end = fluid.episodes[fluid.begun].end
    fluid.begun += 1
    fluid.isFlowing = false
    fluid.zoomed -= arrivedSoFar
    arrivalsEnd = min(end, horizon)
    alignLevels(now)
    for service in services.indices { enterEpisode(service, now, &calendar) }
    for stream in sources.indices { resumeArrivals(stream, now, &calendar) }
    calendar.schedule(.episodeEnds, at: end, priority: EventPriority.booking)
  }

  /// The fluid takes over again, unless somebody still has a backlog; an overload without end is
  /// handed over as it is.
  mutating func endEpisode(_ now: Instant, _ calendar: inout EventCalendar<SystemEvent>) {
    let inside = insideByGroup()
    let came = fluid.zoomed + arrivedSoFar
    let isEndless = Double(came) > Episode.mostRequests || requests.live > Self.mostLive / 2
    if !isEndless, !isSettled(inside) {
      let later = now + .seconds(30)
      arrivalsEnd = min(later, horizon)
      for stream in sources.indices where nextArrivals[stream] < arrivalsEnd {
        enterArrival(stream, nextArrivals[stream], &calendar)
      }
      calendar.schedule(.episodeEnds, at: later, priority: EventPriority.booking)
      return
    }
    fluid.zoomed = came
    fluid.isFlowing = true
    fluid.isCalm = false
    (fluid.time, fluid.counted, fluid.folded) = (now, now, now)
    for stream in sources.indices {
      _ = fluid.streams[stream].expect(upTo: now)
      _ = fluid.streams[stream].take(upTo: now)
    }
    for route in routes.indices {
      fluid.routes[route].allArrived = Double(routes[route].arrived)
      fluid.routes[route].allRetried = Double(routes[route].retried)
    }
    for service in services.indices { leaveEpisode(service, inside, now) }
    scheduleEpisode(now, &calendar)
  }

  /// What of the run was simulated by request, where it ends in an episode.
  mutating func endInEpisode() {
    for service in services.indices {
      fluid.services[service].zoomed += Double(serviceRecords[service].allCalls)
    }
  }

  /// Requests that have arrived since the start of the run.
  private var arrivedSoFar: Int64 {
    var sum: Int64 = 0
    for route in routes.indices { sum += routes[route].arrived }
    return sum
  }

  // MARK: Begin

  private mutating func enterEpisode(
    _ service: Int, _ now: Instant, _ calendar: inout EventCalendar<SystemEvent>
  ) {
    let seen = fluid.services[service].allCalls - fluid.services[service].reading.calls
    readings[service].calls = serviceRecords[service].allCalls - Int64(max(0, seen).rounded())
    fluid.services[service].zoomed -= Double(serviceRecords[service].allCalls)
    for group in [2 * service, 2 * service + 1] {
      fluid.diaries[group].pause()
      if !fluid.services[service].isLookup { fill(group, now, &calendar) }
    }
    for use in fluid.services[service].uses {
      routes[use.route].retried = Int64(fluid.routes[use.route].allRetried.rounded())
    }
  }

  /// Gives a group as many requests as its fluid has.
  private mutating func fill(
    _ group: Int, _ now: Instant, _ calendar: inout EventCalendar<SystemEvent>
  ) {
    let service = group / 2
    fluid.looks += 1
    var draws = fluid.draws.draws(of: fluid.looks)
    let number = fluid.groups[group].total
    let count = Int(number) + (draws.uniform() < number - number.rounded(.down) ? 1 : 0)
    for _ in 0..<count {
      guard let (stream, step) = origin(of: service, &draws) else { return }
      let request = requests.take()
      // Their numbers are far beyond those of real requests, so that none has the draws of another.
      fill(request, stream: stream, number: (1 << 62) + fluid.standIns, at: now)
      fluid.standIns += 1
      requests[request].isCounted = false
      requests[request].step = UInt16(step)
      requests[request].entered = now
      requests[request].arm = UInt8(group % 2)
      send(request, service, now, &calendar)
    }
  }

  /// The stream and the step of one of the requests at a service.
  private func origin(of service: Int, _ draws: inout CounterDraws) -> (stream: Int, step: Int)? {
    var left = draws.uniform()
    for use in fluid.services[service].uses {
      let streams = fluid.routes[use.route].streams
      let whole = streams.reduce(0) { $0 + model.traffic[$1].rate.meanAtStart }
      for stream in streams where whole > 0 {
        left -= use.mix * model.traffic[stream].rate.meanAtStart / whole
        if left <= 0 { return (stream, use.step) }
      }
    }
    return nil
  }

  /// The first arrival of a stream in an episode: what was drawn last, if that is still to come.
  private mutating func resumeArrivals(
    _ stream: Int, _ now: Instant, _ calendar: inout EventCalendar<SystemEvent>
  ) {
    if nextArrivals[stream] > now {
      if nextArrivals[stream] < arrivalsEnd {
        enterArrival(stream, nextArrivals[stream], &calendar)
      }
    } else {
      sources[stream].skip(to: now)
      scheduleArrival(stream, &calendar)
    }
  }

  private func enterArrival(
    _ stream: Int, _ due: Instant, _ calendar: inout EventCalendar<SystemEvent>
  ) {
    calendar.schedule(
      .arrival(stream: UInt16(truncatingIfNeeded: stream)), at: due,
      priority: EventPriority.arrival, rank: UInt64(stream))
  }

  /// Makes the levels of all services those of the requests that are there one by one.
  private mutating func alignLevels(_ now: Instant) {
    let inside = insideByGroup()
    for service in services.indices {
      let busy = services[service].slots.count { replicas[$0].isBusy }
      let (stable, candidate) = (inside[2 * service], inside[2 * service + 1])
      serviceRecords[service].busy.accrue(seconds: 0, at: now, level: Int64(busy))
      serviceRecords[service].waiting.accrue(
        seconds: 0, at: now, level: stable.waiting + candidate.waiting)
      serviceRecords[service].working = stable.working + candidate.working
    }
  }

  // MARK: End

  private mutating func leaveEpisode(_ service: Int, _ inside: [RequestsInside], _ now: Instant) {
    // What was busy and waited until now is settled: the fluid's levels begin anew.
    serviceRecords[service].busy.change(by: 0, at: now)
    serviceRecords[service].waiting.change(by: 0, at: now)
    let calls = serviceRecords[service].allCalls
    fluid.services[service].zoomed += Double(calls)
    fluid.services[service].reading = ScalerMeans(
      at: readings[service].at,
      calls: fluid.services[service].allCalls - Double(max(0, calls - readings[service].calls)))
    for group in [2 * service, 2 * service + 1] {
      fluid.groups[group].setTotal(Double(inside[group].waiting + inside[group].working))
    }
  }

  /// Whether nobody has more requests than a calm load leaves.
  private func isSettled(_ inside: [RequestsInside]) -> Bool {
    for group in inside.indices where fluid.current[group] >= 0 {
      let curve = fluid.curves[fluid.current[group]]
      let calm = curve.number(at: 0.93) * Double(fluid.groups[group].replicas)
      let now = Double(inside[group].waiting + inside[group].working)
      if now > calm + 3 * calm.squareRoot() + 3 { return false }
    }
    return true
  }

  /// Requests that wait and that are worked on, by group.
  private func insideByGroup() -> [RequestsInside] {
    var inside = [RequestsInside](repeating: RequestsInside(), count: groups.count)
    for request in 0..<UInt32(requests.slotCount) {
      let slot = requests[request]
      switch slot.place {
      case .waiting: inside[2 * service(of: slot) + Int(slot.arm)].waiting += 1
      case .batch: inside[2 * service(of: slot) + Int(slot.arm)].working += 1
      case .free, .arriving, .llm, .backingOff, .lookup: break
      }
    }
    for service in services.indices where services[service].kind == .llm {
      for replica in services[service].slots {
        inside[replicas[replica].group].waiting += Int64(replicas[replica].waiting)
        inside[replicas[replica].group].working += Int64(replicas[replica].running)
      }
    }
    return inside
  }
}

/// Requests of a group one by one.
private struct RequestsInside {
  var waiting: Int64 = 0
  var working: Int64 = 0
}
