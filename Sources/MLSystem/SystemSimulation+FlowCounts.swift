import DiscreteEvents
import Quantities
import Randomness
import Statistics

// Counts of a fluid: whole requests drawn from its masses whenever somebody looks.
extension SystemSimulation {
  /// Draws the counts since the last time, before anybody reads them.
  mutating func takeCounts(_ now: Instant) {
    guard fluid.isFlowing, fluid.counted < now else { return }
    let isCounted = fluid.counted >= warmUpEnd
    fluid.counted = now
    fluid.looks += 1
    var draws = fluid.draws.draws(of: fluid.looks)
    var ratios: [Double] = []
    for route in fluid.routes.indices {
      ratios.append(countRoute(route, now, isCounted, &draws))
    }
    for service in fluid.services.indices {
      countService(service, ratios, isCounted, &draws)
    }
  }

  /// Counts the requests of a route; returns how many came for each that was expected.
  private mutating func countRoute(
    _ route: Int, _ now: Instant, _ isCounted: Bool, _ draws: inout CounterDraws
  ) -> Double {
    let masses = fluid.routes[route].outcomes.masses
    let expected = fluid.routes[route].arrived
    let hasEnded = masses.contains { $0 > 0 }
    var came: Int64 = 0
    for (place, stream) in fluid.routes[route].streams.enumerated() {
      let new = fluid.streams[stream].take(upTo: now)
      came += new
      let count = new + fluid.routes[route].carried[place]
      fluid.routes[route].carried[place] = hasEnded ? 0 : count
      if !hasEnded || count == 0 { continue }
      var ends = [Int64](repeating: 0, count: FlowOutcomes.count)
      FlowSampling.split(count, over: masses, into: &ends, &draws)
      let retries =
        expected > 0
        ? FlowSampling.poisson(Double(count) * fluid.routes[route].retried / expected, &draws) : 0
      let lost = count - ends[FlowOutcomes.served] - ends[FlowOutcomes.inFlight]
      routes[route].arrived += count
      routes[route].lost += lost
      if routes[route].hasFallback { counters.addFallbacks(lost, route: route) }
      if isCounted {
        noteEnds(RequestEnds(arrived: count, retries: retries, ends: ends), stream, route, &draws)
      }
    }
    fluid.routes[route].arrived = 0
    fluid.routes[route].retried = 0
    if hasEnded { fluid.routes[route].outcomes.removeAll() }
    return expected > 0 ? Double(came) / expected : 0
  }

  /// Adds the ends of a stream's requests to the records of its route, tenants and segments.
  private mutating func noteEnds(
    _ ends: RequestEnds, _ stream: Int, _ route: Int, _ draws: inout CounterDraws
  ) {
    let hasFallback = routes[route].hasFallback
    note(ends, slice: 0, route, hasFallback)
    let slices = fluid.slices[stream]
    for dimension in [slices.tenants, slices.segments] where !dimension.isEmpty {
      for (slice, part) in ends.split(dimension, &draws) {
        note(part, slice: slice, route, hasFallback)
      }
    }
    let failed = ends.lost
    if failed == 0 { return }
    for index in routeRecords[route].objectives.indices {
      routeRecords[route].objectives[index].ended += failed
    }
  }

  private mutating func note(_ ends: RequestEnds, slice: Int, _ route: Int, _ hasFallback: Bool) {
    routeRecords[route].note(ends, slice: slice, hasFallback: hasFallback)
    routeRecords[route].noteWindows(
      ends, slice: slice, hasFallback: hasFallback, at: fluid.folded)
    fluid.routes[route].served[slice] += ends.ends[FlowOutcomes.served]
  }

  // MARK: Services

  /// Counts the calls of a service, and what its versions answered.
  private mutating func countService(
    _ service: Int, _ ratios: [Double], _ isCounted: Bool, _ draws: inout CounterDraws
  ) {
    let state = fluid.services[service]
    let ratio = state.uses.reduce(0) { $0 + $1.mix * ratios[$1.route] }
    let calls = fluid.services[service].whole(state.calls * ratio, .calls)
    let lost = fluid.services[service].whole(state.lost * ratio, .lost)
    let batches = fluid.services[service].whole(state.batches * ratio, .batches)
    fluid.services[service].calls = 0
    fluid.services[service].lost = 0
    fluid.services[service].batches = 0
    serviceRecords[service].allCalls += calls
    serviceRecords[service].lost += lost
    if isCounted {
      serviceRecords[service].calls += calls
      serviceRecords[service].batches += batches
      serviceRecords[service].batched += max(0, calls - lost)
      fluid.services[service].answered += max(0, calls - lost)
      for index in serviceRecords[service].windows.indices
      where serviceRecords[service].windows[index].metric == .calls {
        serviceRecords[service].windows[index].add(Double(calls), over: 0, at: fluid.folded)
      }
    }
    countVersions(service, calls, ratio, &draws)
  }

  /// Counts the answers and errors of the stable version and of the candidate.
  private mutating func countVersions(
    _ service: Int, _ calls: Int64, _ ratio: Double, _ draws: inout CounterDraws
  ) {
    let model = services[service].model
    let stable = fluid.tallies[2 * service]
    let candidate = fluid.tallies[2 * service + 1]
    fluid.tallies[2 * service] = GroupTally()
    fluid.tallies[2 * service + 1] = GroupTally()
    if model < 0 { return }
    // Copies come on top of the calls; everything else is shared between the versions.
    let own = max(0, candidate.calls - candidate.copies)
    let whole = stable.calls + own
    let second =
      whole > 0 ? FlowSampling.binomial(calls, min(1, own / whole), &draws) : 0
    let copies = FlowSampling.poisson(candidate.copies * ratio, &draws)
    for (arm, tally, count) in [
      (VersionArm.stable, stable, calls - second), (.candidate, candidate, second + copies),
    ] where count > 0 && tally.calls > 0 {
      var ends: [Int64] = [0, 0, 0]
      let rest = max(0, tally.calls - tally.errors - tally.lost)
      FlowSampling.split(count, over: [rest, tally.errors, tally.lost], into: &ends, &draws)
      counters.add(answered: ends[0], errors: ends[1], model: model, arm)
      let group = 2 * service + arm.rawValue
      if comparesLatency(service), ends[0] > 0 {
        let law = fluid.mixture(fluid.compared[group]).latency
        counters.addLatencies(ends[0], law, model: model, arm, &draws)
      }
      fluid.compared[group].removeAll()
    }
  }

  // MARK: The end

  /// Brings the fluid to the end of the run: who is inside then is in flight.
  mutating func flowToEnd(_ end: Instant) {
    flow(to: end)
    takeCounts(end)
    for route in fluid.routes.indices {
      leaveInFlight(route)
    }
    foldLaws(end)
  }

  /// What is known of the tokens of an LLM service: as many as its calls ask for.
  func fluidTotals(_ service: Int) -> LLMTotals {
    var totals = LLMTotals()
    var (sum, weight) = (0.0, 0.0)
    for use in fluid.services[service].uses {
      for stream in fluid.routes[use.route].streams {
        let mean = model.traffic[stream].size.output?.mean ?? 0
        sum += mean * use.mix * model.traffic[stream].rate.meanAtStart
        weight += use.mix * model.traffic[stream].rate.meanAtStart
      }
    }
    if weight > 0 {
      let calls = max(0, serviceRecords[service].latency.count)
      totals.decodedTokens = Int64((Double(calls) * sum / weight).rounded())
    }
    return totals
  }

  /// Takes those who are still inside from those who were served last.
  private mutating func leaveInFlight(_ route: Int) {
    var inside = 0.0
    for service in fluid.services.indices {
      for use in fluid.services[service].uses where use.route == route {
        let total = fluid.groups[2 * service].total + fluid.groups[2 * service + 1].total
        inside += total * use.mix
        if fluid.services[service].isLookup {
          let call = Int(fluid.services[service].call)
          inside +=
            fluid.services[service].inflow * use.mix * fluid.calls.laws[call].latency.mean
        }
      }
    }
    let served = fluid.routes[route].served
    let left = min(served[0], Int64(inside.rounded()))
    let tenants = 1..<(1 + routeRecords[route].tenants.count)
    for slices in [0..<1, tenants, tenants.upperBound..<served.count] {
      var (rest, whole) = (left, slices.reduce(0) { $0 + served[$1] })
      for slice in slices where rest > 0 {
        let own =
          slice == slices.upperBound - 1
          ? min(rest, served[slice])
          : Int64(Double(rest) * Double(served[slice]) / Double(max(1, whole)))
        whole -= served[slice]
        rest -= own
        fluid.routes[route].served[slice] -= own
        routeRecords[route].moveToFlight(own, slice: slice)
      }
    }
    for place in fluid.routes[route].carried.indices {
      let waiting = fluid.routes[route].carried[place]
      routes[route].arrived += waiting
      if fluid.counted >= warmUpEnd {
        routeRecords[route].all.counts.arrived += waiting
        routeRecords[route].all.counts.inFlight += waiting
      }
    }
  }
}

/// How so many requests ended.
struct RequestEnds {
  var arrived: Int64
  var retries: Int64
  /// By the places of `FlowOutcomes`.
  var ends: [Int64]

  /// Those that were shed or have failed.
  var lost: Int64 { arrived - ends[FlowOutcomes.served] - ends[FlowOutcomes.inFlight] }

  /// Those that were shed.
  var shed: Int64 {
    FlowOutcomes.reasons.reduce(0) { $1.isShed ? $0 + ends[FlowOutcomes.place($1)] : $0 }
  }

  /// The parts of shares that add up to 1.
  func split(
    _ shares: [(slice: Int, share: Double)], _ draws: inout CounterDraws
  ) -> [(Int, RequestEnds)] {
    let masses = shares.map(\.share)
    var parts = shares.map { _ in
      RequestEnds(
        arrived: 0, retries: 0, ends: [Int64](repeating: 0, count: FlowOutcomes.count))
    }
    for place in ends.indices where ends[place] > 0 {
      var counts = [Int64](repeating: 0, count: shares.count)
      FlowSampling.split(ends[place], over: masses, into: &counts, &draws)
      for part in parts.indices {
        parts[part].ends[place] = counts[part]
        parts[part].arrived += counts[part]
      }
    }
    var counts = [Int64](repeating: 0, count: shares.count)
    FlowSampling.split(retries, over: masses, into: &counts, &draws)
    for part in parts.indices { parts[part].retries = counts[part] }
    return zip(shares, parts).map { ($0.slice, $1) }
  }
}
