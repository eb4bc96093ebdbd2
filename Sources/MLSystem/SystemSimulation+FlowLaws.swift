import DiscreteEvents
import Quantities
import Randomness
import Statistics

// Latencies of a fluid: laws mixed over a stretch of time and drawn into the records.
extension SystemSimulation {
  /// Draws the latencies of those who were served since the last time.
  mutating func foldLaws(_ now: Instant) {
    guard fluid.isFlowing, fluid.folded < now else { return }
    fluid.looks += 1
    var draws = fluid.draws.draws(of: fluid.looks)
    for route in fluid.routes.indices { foldRoute(route, &draws) }
    for service in fluid.services.indices { foldService(service, &draws) }
    fluid.folded = now
  }

  private mutating func foldRoute(_ route: Int, _ draws: inout CounterDraws) {
    let law = fluid.routes[route].mixture()
    fluid.routes[route].weights.removeAll()
    let served = fluid.routes[route].served
    for slice in served.indices {
      fluid.routes[route].served[slice] = 0
      if served[slice] > 0 { fold(served[slice], law, slice, route, &draws) }
    }
  }

  private mutating func fold(
    _ count: Int64, _ law: PathLaw, _ slice: Int, _ route: Int, _ draws: inout CounterDraws
  ) {
    var latencies = LogHistogram()
    var first = LogHistogram()
    var perToken = LogHistogram()
    law.latency.draw(count, into: &latencies, &draws)
    if routeRecords[route].hasTokens {
      law.firstToken?.draw(count, into: &first, &draws)
      law.perToken?.draw(count, into: &perToken, &draws)
    }
    var good = count
    for index in routeRecords[route].objectives.indices {
      let met = FlowSampling.binomial(
        count, law.share(of: routeRecords[route].objectives[index].good), &draws)
      // Laws of one request tend to be met together.
      good = min(good, met)
      if slice > 0 { continue }
      routeRecords[route].objectives[index].ended += count
      routeRecords[route].objectives[index].met += met
    }
    routeRecords[route].change(slice) { tally in
      tally.good += good
      tally.latency.merge(latencies)
      tally.firstToken.merge(first)
      tally.perToken.merge(perToken)
    }
    for index in routeRecords[route].windows.indices
    where routeRecords[route].windows[index].covers(
      slice, tenants: routeRecords[route].tenants.count)
    {
      switch routeRecords[route].windows[index].metric {
      case .latency: routeRecords[route].windows[index].merge(latencies, at: fluid.folded)
      case .ttft: routeRecords[route].windows[index].merge(first, at: fluid.folded)
      case .tpot: routeRecords[route].windows[index].merge(perToken, at: fluid.folded)
      case .goodput:
        routeRecords[route].windows[index].add(Double(good), over: 0, at: fluid.folded)
      default: break
      }
    }
  }

  private mutating func foldService(_ service: Int, _ draws: inout CounterDraws) {
    var weights = fluid.weights[2 * service]
    for law in fluid.weights[2 * service + 1].touched {
      weights.add(fluid.weights[2 * service + 1][law], to: law)
    }
    fluid.weights[2 * service].removeAll()
    fluid.weights[2 * service + 1].removeAll()
    let count = fluid.services[service].answered
    fluid.services[service].answered = 0
    if count == 0 || weights.touched.isEmpty { return }
    let law = fluid.mixture(weights)
    fold(count, law.latency, .latency, service, \.latency, &draws)
    if let wait = law.wait { fold(count, wait, .wait, service, \.wait, &draws) }
    if let first = law.firstToken { fold(count, first, .ttft, service, \.firstToken, &draws) }
    if let time = law.perToken { fold(count, time, .tpot, service, \.perToken, &draws) }
  }

  private mutating func fold(
    _ count: Int64, _ law: Spectrum, _ metric: MetricWindows.Metric, _ service: Int,
    _ place: WritableKeyPath<ServiceRecord, LogHistogram>, _ draws: inout CounterDraws
  ) {
    var times = LogHistogram()
    law.draw(count, into: &times, &draws)
    serviceRecords[service][keyPath: place].merge(times)
    for index in serviceRecords[service].windows.indices
    where serviceRecords[service].windows[index].metric == metric {
      serviceRecords[service].windows[index].merge(times, at: fluid.folded)
    }
  }
}

extension FluidPlane {
  /// The mixture of the laws of calls with these masses.
  func mixture(_ weights: LawWeights) -> CallLaw {
    var sum = CallLaw()
    for law in weights.touched {
      let (call, mass) = (calls.laws[Int(law)], weights[law])
      sum.latency.add(call.latency, weight: mass)
      Spectrum.add(call.wait, mass, to: &sum.wait)
      Spectrum.add(call.firstToken, mass, to: &sum.firstToken)
      Spectrum.add(call.perToken, mass, to: &sum.perToken)
    }
    return sum
  }
}

extension FluidRoute {
  /// The mixture of the laws of the ways since the last time, without who came too late.
  func mixture() -> PathLaw {
    var sum = PathLaw(latency: Spectrum())
    for path in weights.touched {
      let (law, mass) = (paths.laws[Int(path)], weights[path])
      sum.latency.add(law.latency, weight: mass)
      Spectrum.add(law.firstToken, mass, to: &sum.firstToken)
      Spectrum.add(law.perToken, mass, to: &sum.perToken)
    }
    if let timeout { sum.latency = sum.latency.cut(above: timeout) }
    return sum
  }
}

extension Spectrum {
  /// Adds a law that may not be known.
  static func add(_ law: Spectrum?, _ mass: Double, to sum: inout Spectrum?) {
    guard let law else { return }
    sum = sum ?? Spectrum()
    sum?.add(law, weight: mass)
  }
}

extension PathLaw {
  /// Share of the served requests that are good in a sense.
  func share(of good: Objective.Good) -> Double {
    switch good {
    case .answered: 1
    case .latencyBelow(let limit): 1 - latency.share(above: limit.seconds)
    case .firstTokenBelow(let limit): firstToken.map { 1 - $0.share(above: limit.seconds) } ?? 0
    }
  }
}

// MARK: Records

extension RouteRecord {
  /// Changes the tally of all, of a tenant or of a segment: slices in this order.
  mutating func change(_ slice: Int, _ body: (inout RequestTally) -> Void) {
    if slice == 0 {
      body(&all)
    } else if slice <= tenants.count {
      body(&tenants[slice - 1])
    } else {
      body(&segments[slice - 1 - tenants.count])
    }
  }

  /// Adds how requests of a slice ended.
  mutating func note(_ ends: RequestEnds, slice: Int, hasFallback: Bool) {
    change(slice) { tally in
      tally.counts.arrived += ends.arrived
      tally.counts.served += ends.ends[FlowOutcomes.served]
      tally.counts.inFlight += ends.ends[FlowOutcomes.inFlight]
      tally.counts.shed += ends.shed
      tally.counts.failed += ends.lost - ends.shed
      tally.timeouts += ends.ends[FlowOutcomes.place(.timedOut)]
      tally.retries += ends.retries
      if hasFallback { tally.counts.fallback += ends.lost }
    }
  }

  /// Requests of a slice that counted as served have not come to an end.
  mutating func moveToFlight(_ count: Int64, slice: Int) {
    change(slice) { tally in
      tally.counts.served -= count
      tally.counts.inFlight += count
    }
  }

  /// Adds how requests of a slice ended to the windows that look at it.
  mutating func noteWindows(_ ends: RequestEnds, slice: Int, hasFallback: Bool, at now: Instant) {
    let (served, lost) = (Double(ends.ends[FlowOutcomes.served]), Double(ends.lost))
    let arrived = Double(ends.arrived)
    for index in windows.indices where windows[index].covers(slice, tenants: tenants.count) {
      switch windows[index].metric {
      case .requests: windows[index].add(arrived, over: 0, at: now)
      case .retries: windows[index].add(Double(ends.retries), over: arrived, at: now)
      case .fallback: windows[index].add(hasFallback ? lost : 0, over: arrived, at: now)
      case .availability: windows[index].add(served, over: served + lost, at: now)
      case .shed: windows[index].add(Double(ends.shed), over: served + lost, at: now)
      case .failed:
        windows[index].add(Double(ends.lost - ends.shed), over: served + lost, at: now)
      case .timeouts:
        windows[index].add(
          Double(ends.ends[FlowOutcomes.place(.timedOut)]), over: served + lost, at: now)
      default: break
      }
    }
  }
}

extension MetricWindows {
  /// Whether a slice of a route's requests is what is looked at.
  func covers(_ slice: Int, tenants: Int) -> Bool {
    slice == self.slice(tenants: tenants)
  }

  /// Adds times of things that came from `instant` on, within one window.
  mutating func merge(_ times: LogHistogram, at instant: Instant) {
    let place = place(of: instant)
    if place < histograms.count { histograms[place].merge(times) }
  }
}
