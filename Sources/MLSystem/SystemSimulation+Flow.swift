import DiscreteEvents
import Quantities
import Randomness

// Requests as a fluid: the ticks that bring it from one event to the next.
extension SystemSimulation {
  /// Seconds of a tick while nothing but the rate changes, and otherwise.
  private static var calmTick: Duration { .seconds(15) }
  private static var busyTick: Duration { .seconds(1) }

  /// Lets the fluid flow until `now`, before anything else happens there.
  mutating func flow(to now: Instant, _ calendar: inout EventCalendar<SystemEvent>) {
    flow(to: now)
    if _slowPath(failure != nil) { calendar.requestStop() }
    if _slowPath(fluid.total > Double(crowdLimit)) { watchCrowd(now, &calendar) }
  }

  /// Lets the fluid flow until `now`, tick by tick.
  mutating func flow(to now: Instant) {
    while fluid.time < now, failure == nil {
      let step = fluid.isCalm ? Self.calmTick : Self.busyTick
      tick(to: min(now, fluid.time + step))
    }
  }

  /// One tick: arrivals, every service in the order of the way, then what became of everyone.
  private mutating func tick(to now: Instant) {
    let from = fluid.time
    let span = (now - from).seconds
    var isCalm = beginTick(from, now, span)
    for service in fluid.order {
      if fluid.services[service].isLookup {
        flowThroughLookup(service, span)
      } else {
        flowThroughReplicas(service, span, now)
        isCalm = isCalm && fluid.groups[2 * service].isCalm && fluid.groups[2 * service + 1].isCalm
      }
    }
    for route in fluid.routes.indices { followRoute(route, from, span) }
    fluid.isCalm = isCalm
    fluid.time = now
  }

  /// The arrivals of a tick; false if there are many more or fewer than in the last one.
  private mutating func beginTick(_ from: Instant, _ now: Instant, _ span: Double) -> Bool {
    var isCalm = true
    for route in fluid.routes.indices {
      var mass = 0.0
      for stream in fluid.routes[route].streams {
        mass += fluid.streams[stream].expect(upTo: now)
      }
      let before = fluid.routes[route].attempts[0]
      fluid.routes[route].begin(mass, at: from.seconds, span: span)
      if abs(mass / span - before) > 0.01 * before { isCalm = false }
    }
    return isCalm
  }

  /// Adds up what comes to a service; who brings it is remembered.
  private mutating func gatherInflow(_ service: Int, _ span: Double) {
    var inflow = 0.0
    for use in fluid.services[service].uses {
      inflow += fluid.routes[use.route].stepRates[use.step]
    }
    fluid.services[service].inflow = inflow
    fluid.services[service].calls += inflow * span
    fluid.services[service].allCalls += inflow * span
    if inflow <= 0 { return }
    for place in fluid.services[service].uses.indices {
      let use = fluid.services[service].uses[place]
      fluid.services[service].uses[place].mix =
        fluid.routes[use.route].stepRates[use.step] / inflow
    }
  }

  /// Hands so many requests a second on to the next steps of those who brought them.
  private mutating func handOn(_ service: Int, _ rate: Double) {
    for use in fluid.services[service].uses
    where use.step + 1 < fluid.routes[use.route].stepRates.count {
      fluid.routes[use.route].stepRates[use.step + 1] = rate * use.mix
    }
  }

  private mutating func flowThroughLookup(_ service: Int, _ span: Double) {
    gatherInflow(service, span)
    let throttled = fluid.services[service].throttle(span)
    fluid.services[service].refused = throttled
    fluid.services[service].reason = .throttled
    let inflow = fluid.services[service].inflow
    fluid.services[service].lost += throttled * inflow * span
    setArms(service)
    if fluid.services[service].copies > 0 { noteCopies(service, inflow * span) }
    let errors = groups[2 * service].errorShare
    let share = fluid.services[service].candidate
    let passing = 1 - errors * (1 - share) - groups[2 * service + 1].errorShare * share
    handOn(service, inflow * (1 - throttled) * passing)
  }

  /// Which shares of a service's requests its candidate answers, and copies.
  private mutating func setArms(_ service: Int) {
    let model = services[service].model
    fluid.services[service].candidate = 0
    fluid.services[service].copies = 0
    guard model >= 0 else { return }
    let isThere = fluid.services[service].isLookup || fluid.groups[2 * service + 1].replicas > 0
    if !isThere { return }
    fluid.services[service].candidate = candidates.shares[model]
    if candidates.isMirrored[model] { fluid.services[service].copies = 1 }
  }

  private mutating func flowThroughReplicas(_ service: Int, _ span: Double, _ now: Instant) {
    gatherInflow(service, span)
    setArms(service)
    let inflow = fluid.services[service].inflow
    let share = fluid.services[service].candidate
    let copies = fluid.services[service].copies
    var completed = 0.0
    for arm in 0..<2 {
      let group = 2 * service + arm
      let own = inflow * (arm == 0 ? 1 - share : share)
      let rate = own + (arm == 1 ? inflow * copies : 0)
      if arm == 1, rate == 0, fluid.groups[group].total == 0 {
        fluid.groups[group].rest()
        continue
      }
      advance(group, rate, span)
      if arm == 1, copies > 0 { noteCopies(service, inflow * copies * span) }
      let passing = 1 - groups[group].errorShare
      let real = rate > 0 ? own / rate : (arm == 0 ? 1 : share)
      completed += fluid.groups[group].completed * real * passing
    }
    recordLevels(service, span, now)
    handOn(service, completed / span)
  }

  /// Counts copies that a candidate gets: its errors, and its latencies where they are compared.
  private mutating func noteCopies(_ service: Int, _ mass: Double) {
    let group = 2 * service + 1
    fluid.tallies[group].calls += mass
    fluid.tallies[group].copies += mass
    fluid.tallies[group].errors += mass * groups[group].errorShare
    guard comparesLatency(service), let route = fluid.services[service].uses.first?.route
    else { return }
    var failed = FlowOutcomes()
    var calls: [FluidCall] = []
    gatherCalls(group, 1, route, 0, &failed, &calls, fluid.time)
    for call in calls { fluid.compared[group].add(mass * call.share, to: call.law) }
  }

  /// Whether a rollout looks at the latencies of the versions that a service answers with.
  func comparesLatency(_ service: Int) -> Bool {
    let model = services[service].model
    return model >= 0 && counters.isCompared[model] && fluid.seesLatency[model]
  }

  /// Moves the replicas of a group on and counts what became of its requests.
  private mutating func advance(_ group: Int, _ rate: Double, _ span: Double) {
    let service = group / 2
    let replicas = fluid.groups[group].replicas
    if replicas == 0, !fluid.services[service].sharesLine {
      // Nobody is there who could take them.
      fluid.groups[group].rest(isCalm: rate == 0)
      fluid.tallies[group].errors += rate * span
      return
    }
    let place = fluid.current[group]
    if replicas == 0 || place < 0 {
      fluid.groups[group].wait(for: span, rate: rate)
      fluid.diaries[group].noteAbsence(fluid.time.seconds, span, rate)
      return
    }
    let curve = fluid.curves[place]
    let (cap, reason) = fluid.services[service].cap(curve, replicas: replicas)
    fluid.services[service].reason = reason
    fluid.groups[group].advance(
      by: span, rate: rate, curve: curve, cap: cap, isSure: reason != .refused)
    note(group, curve, rate, span)
    let cut = fluid.groups[group].cut
    fluid.services[service].lost += cut
    fluid.services[service].batches += fluid.groups[group].batches
    if reason == .timedOut {
      fluid.tallies[group].errors += cut
    } else {
      fluid.tallies[group].lost += cut
    }
  }

  /// Adds what was in use and what waited to the levels of a service.
  private mutating func recordLevels(_ service: Int, _ span: Double, _ now: Instant) {
    var (worked, waited, waiting, inside) = (0.0, 0.0, 0.0, 0.0)
    for group in [2 * service, 2 * service + 1] {
      worked += fluid.groups[group].worked
      waited += fluid.groups[group].waited
      waiting += span > 0 ? fluid.groups[group].waited / span : 0
      inside += fluid.groups[group].total
    }
    serviceRecords[service].busy.accrue(seconds: worked, at: now)
    serviceRecords[service].waiting.accrue(
      seconds: waited, at: now, level: Int64(waiting.rounded()))
    serviceRecords[service].working = Int64(max(0, inside - waiting).rounded())
  }

  // MARK: Routes

  /// What became of the requests of a route in a tick that began at `from`.
  private mutating func followRoute(_ route: Int, _ from: Instant, _ span: Double) {
    for attempt in fluid.routes[route].attempts.indices {
      let mass = fluid.routes[route].attempts[attempt] * span
      if mass > 0 { follow(mass, route, attempt, from, span) }
    }
  }

  private mutating func follow(
    _ mass: Double, _ route: Int, _ attempt: Int, _ from: Instant, _ span: Double
  ) {
    // The lists are taken out of the state, so that nobody else holds them while they change.
    var scratch = FluidScratch()
    swap(&scratch, &fluid.scratch)
    scratch.ways.removeAll(keepingCapacity: true)
    scratch.ways.append(FluidWay(path: fluid.routes[route].prefixes[attempt], mass: mass))
    var failed = FlowOutcomes()
    for step in fluid.routes[route].steps {
      pass(&scratch, step, route, &failed, from)
    }
    settleAttempt(scratch.ways, failed, route, attempt, from, span)
    swap(&scratch, &fluid.scratch)
  }

  /// Lets requests pass a service as its fluid did in this tick.
  private mutating func pass(
    _ scratch: inout FluidScratch, _ service: Int, _ route: Int, _ failed: inout FlowOutcomes,
    _ from: Instant
  ) {
    let alive = scratch.ways.reduce(0) { $0 + $1.mass }
    scratch.calls.removeAll(keepingCapacity: true)
    if alive > 0 { call(&scratch.calls, service, route, alive, &failed, from) }
    scratch.next.removeAll(keepingCapacity: true)
    for way in scratch.ways {
      for call in scratch.calls where call.share > 0 {
        let path = fluid.routes[route].paths.path(
          way.path, call.law, fluid.calls.laws[Int(call.law)])
        scratch.next.append(FluidWay(path: path, mass: way.mass * call.share))
      }
    }
    swap(&scratch.ways, &scratch.next)
  }

  /// The laws of the calls of `alive` requests at a service, and who fails there.
  private mutating func call(
    _ calls: inout [FluidCall], _ service: Int, _ route: Int, _ alive: Double,
    _ failed: inout FlowOutcomes, _ from: Instant
  ) {
    let error = FlowOutcomes.place(.error)
    for arm in 0..<2 {
      let candidate = fluid.services[service].candidate
      let part = arm == 0 ? 1 - candidate : candidate
      if part <= 0 { continue }
      let group = 2 * service + arm
      let errors = groups[group].errorShare
      let before = calls.count
      fluid.tallies[group].calls += alive * part
      gatherCalls(group, part, route, alive, &failed, &calls, from)
      for place in before..<calls.count {
        let passed = calls[place].share * alive
        fluid.weights[group].add(passed, to: calls[place].law)
        if comparesLatency(service) {
          fluid.compared[group].add(passed, to: calls[place].law)
        }
        if errors > 0 {
          failed[error] += passed * errors
          fluid.tallies[group].errors += passed * errors
          calls[place].share *= 1 - errors
        }
      }
    }
  }

  /// The laws that the requests of one version met, with their shares of `alive`.
  private mutating func gatherCalls(
    _ group: Int, _ part: Double, _ route: Int, _ alive: Double, _ failed: inout FlowOutcomes,
    _ calls: inout [FluidCall], _ from: Instant
  ) {
    let service = group / 2
    if fluid.services[service].isLookup {
      let refused = fluid.services[service].refused
      failed[FlowOutcomes.place(.throttled)] += alive * part * refused
      fluid.tallies[group].lost += alive * part * refused
      calls.append(
        FluidCall(law: fluid.services[service].call, share: part * (1 - refused)))
      return
    }
    if fluid.groups[group].replicas == 0 {
      let place = FlowOutcomes.place(.crashed)
      let waits = fluid.services[service].sharesLine
      failed[waits ? FlowOutcomes.inFlight : place] += alive * part
      return
    }
    let emitted = fluid.groups[group].emissions.reduce(0) { $0 + $1.mass }
    let cut = fluid.groups[group].cut
    let whole = emitted + cut
    if whole <= 0 { return }
    failed[FlowOutcomes.place(fluid.services[service].reason)] += alive * part * cut / whole
    let number = fluid.current[group]
    let curve = fluid.curves[number]
    for index in fluid.groups[group].emissions.indices {
      let emission = fluid.groups[group].emissions[index]
      let share = part * emission.mass / whole
      if share <= 0 { continue }
      if emission.wait >= 0 {
        if from.seconds + emission.wait > horizon.seconds {
          failed[FlowOutcomes.inFlight] += alive * share
          continue
        }
        let law = fluid.calls.delayed(curve, number: number, wait: emission.wait, view: route)
        calls.append(FluidCall(law: law, share: share))
      } else {
        fluid.calls.stationary(curve, number: number, load: emission.load, view: route) {
          calls.append(FluidCall(law: $0, share: share * $1))
        }
      }
    }
  }

  /// Those who have come through are served, if in time; who failed may try again.
  private mutating func settleAttempt(
    _ ways: [FluidWay], _ failed: FlowOutcomes, _ route: Int, _ attempt: Int, _ from: Instant,
    _ span: Double
  ) {
    var (served, late, early) = (0.0, 0.0, 0.0)
    for way in ways {
      let law = fluid.routes[route].paths.late(way.path)
      fluid.routes[route].weights.add(way.mass, to: way.path)
      served += way.mass * (1 - law.late)
      late += way.mass * law.late
      early += way.mass * law.early
    }
    let whole = served + late
    fluid.routes[route].outcomes[FlowOutcomes.served] += served
    fluid.routes[route].outcomes[FlowOutcomes.place(.timedOut)] += late
    if late > 0 { blame(late, route) }
    let timeout = fluid.routes[route].timeout ?? .infinity
    let isInTime = fluid.routes[route].backoffs(before: attempt + 1) < timeout
    for reason in FlowOutcomes.reasons {
      let place = FlowOutcomes.place(reason)
      let mass = failed[place]
      if mass <= 0 { continue }
      var again = 0.0
      if reason.mayRetry, isInTime {
        let share = reason == .error && whole > 0 ? early / whole : 1
        again = fluid.routes[route].retry(
          mass * share, after: attempt, at: from.seconds, within: span)
      }
      fluid.routes[route].outcomes[place] += mass - again
    }
    fluid.routes[route].outcomes[FlowOutcomes.inFlight] += failed[FlowOutcomes.inFlight]
  }

  /// A time-out counts against the version that had the request last.
  private mutating func blame(_ mass: Double, _ route: Int) {
    guard let service = fluid.routes[route].steps.last else { return }
    let share = fluid.services[service].candidate
    fluid.tallies[2 * service].errors += mass * (1 - share)
    fluid.tallies[2 * service + 1].errors += mass * share
  }
}
