import DiscreteEvents
import Quantities
import Randomness

// Replicas of a fluid: who takes part, what is lost with one, how long one drains, what the
// autoscaler sees.
extension SystemSimulation {
  /// Tells the fluid which replicas of a group take requests now.
  mutating func tellFluid(_ group: Int) {
    guard fluid.isOn else { return }
    do {
      try fluid.setReplicas(
        group, groups[group].ready, timeFactor: groups[group].timeFactor)
    } catch {
      failure = error
    }
  }

  /// Tells the fluid how fast the version of a group works.
  mutating func tellPace(_ group: Int) {
    guard fluid.isOn else { return }
    do {
      try fluid.chooseCurve(group, timeFactor: groups[group].timeFactor)
    } catch {
      failure = error
    }
  }

  /// A replica goes down with what it has.
  mutating func loseFluid(of replica: UInt32, _ service: Int) {
    let group = replicas[replica].group
    var lost = fluid.groups[group].number(of: replica)
    if fluid.services[service].sharesLine, fluid.current[group] >= 0 {
      // Only what it works on; who waits, waits on.
      lost = min(lost, fluid.curves[fluid.current[group]].serving)
      fluid.groups[group].remove(lost)
    }
    fluid.setNumber(of: replica, 0)
    if lost <= 0 { return }
    fluid.tallies[group].errors += lost
    let place = FlowOutcomes.place(.crashed)
    for use in fluid.services[service].uses where use.mix > 0 {
      let mass = lost * use.mix
      let again = fluid.routes[use.route].retry(mass, after: 0, at: fluid.time.seconds)
      fluid.routes[use.route].outcomes[place] += mass - again
    }
  }

  /// Lets a replica that takes nothing new go when the last of its requests is done.
  mutating func drainFluid(
    _ replica: UInt32, _ number: Double, _ now: Instant,
    _ calendar: inout EventCalendar<SystemEvent>
  ) {
    let group = replicas[replica].group
    var seconds = 0.0
    if fluid.current[group] >= 0, number > 0.05 {
      let curve = fluid.curves[fluid.current[group]]
      let load = curve.load(ofNumber: number).load
      let law = curve.law(min(load, curve.topLoad), nil).latency
      seconds = law.longest(of: number)
      if load > curve.topLoad { seconds += max(0, number - curve.serving) / curve.capacity }
      if fluid.services[group / 2].sharesLine {
        seconds = curve.saturated(nil).latency.mean
        fluid.groups[group].remove(min(number, curve.serving))
      }
    }
    serviceRecords[group / 2].busy.accrue(seconds: seconds * min(1, number), at: now)
    calendar.schedule(
      .replica(replica, generation: replicas[replica].generation),
      at: now + Duration(drawn: seconds), priority: EventPriority.control)
  }

  /// What the autoscaler sees of a fluid: means since it last looked, and noise as it would be.
  mutating func fluidSample(
    of service: Int, _ plan: AutoscalerPlan, _ now: Instant
  ) -> ReplicaSample? {
    let record = serviceRecords[service]
    let last = readings[service]
    let busy = record.busy.area(at: now)
    readings[service] = ScalerReading(at: now, busy: busy, calls: 0)
    let calls = fluid.services[service].allCalls - fluid.services[service].reading.calls
    fluid.services[service].reading = ScalerMeans(
      at: now, calls: fluid.services[service].allCalls)
    let span = (now - last.at).seconds
    if span == 0 { return nil }
    let noise = metricNoise(service, span)
    let ready = Double(record.ready.level)
    switch plan.metric {
    case .busy:
      // Between two looks there are fewer than 2^63 replica-nanoseconds.
      let worked = Double(Int64(truncatingIfNeeded: busy - last.busy)) * 1e-9
      let used = worked / span + noise * ready
      let usage = Int64((max(0, min(ready, used)) * 1000).rounded())
      return .utilisation(
        ReplicaSample.Utilisation(
          usage: usage, ready: Int(record.ready.level),
          unready: max(0, groups[2 * service].wanted - groups[2 * service].ready.count)))
    case .concurrency:
      let inside = fluid.groups[2 * service].total + fluid.groups[2 * service + 1].total
      return .total(max(0, inside + noise * ready))
    case .waiting: return .total(max(0, Double(record.waiting.level) + noise * ready))
    case .rate: return .total(max(0, calls / span + noise * ready))
    }
  }

  /// The next value of the noise of the mean that an autoscaler reads.
  private mutating func metricNoise(_ service: Int, _ span: Double) -> Double {
    let place = fluid.current[2 * service]
    if place < 0 { return 0 }
    let (deviation, correlation) = fluid.curves[place].noise(at: fluid.groups[2 * service].load)
    var draws = fluid.noise[service].draws(of: fluid.services[service].decisions)
    fluid.services[service].decisions += 1
    let memory = min(max(correlation, 0), 0.99)
    fluid.services[service].deviate =
      memory * fluid.services[service].deviate
      + (1 - memory * memory).squareRoot() * Ziggurat.normal(&draws)
    // It was measured over 15 s.
    return deviation * fluid.services[service].deviate * min(1, (15 / span).squareRoot())
  }
}

extension Spectrum {
  /// Seconds until the last of so many requests is done that are met on their way: the quantile
  /// 1 - 1/(n + 1) of the stationary excess of this law.
  package func longest(of number: Double) -> Double {
    let whole = mean * total
    if whole <= 0 { return 0 }
    let wanted = whole / (number + 1)
    var (tail, above) = (0.0, 0.0)
    var last: Double?
    for point in points.reversed() {
      if let last { tail += above * (last - point.value) }
      if tail >= wanted { return point.value }
      above += point.mass
      last = point.value
    }
    return (last ?? 0) * 0.5
  }
}
