import DiscreteEvents
import Quantities
import Statistics

// The verdict on overload: fitted growth of queues, never a limit of events.
extension SystemSimulation {
  /// More requests are in flight than a stable system ever has: looks closely, then ends the run.
  mutating func watchCrowd(_ now: Instant, _ calendar: inout EventCalendar<SystemEvent>) {
    if live > liveLimit {
      calendar.requestStop()
    } else if crowd == nil {
      crowd = QueueSamples(services: services.count, from: now)
      calendar.schedule(.crowdSample, at: now, priority: EventPriority.sample)
    }
  }

  /// Requests in flight, one by one or as a fluid.
  private var live: Int { fluid.isFlowing ? Int(fluid.total) : requests.live }

  /// Reads the queues while many requests are in flight.
  mutating func sampleCrowd(_ now: Instant, _ calendar: inout EventCalendar<SystemEvent>) {
    guard live > crowdLimit / 2 else {
      crowd = nil
      return
    }
    takeCounts(now)
    crowd?.add(serviceRecords)
    if let step = crowd?.step {
      calendar.schedule(.crowdSample, at: now + step, priority: EventPriority.sample)
    }
  }

  /// The services whose queues grew without bound, or would have if nobody had been turned away.
  func saturations(at end: Instant) -> [Saturation] {
    model.services.indices.compactMap { service in
      if let found = growth(of: service, samples.waiting[service], samples) { return found }
      if live > liveLimit, let crowd,
        let found = growth(of: service, crowd.waiting[service], crowd)
      {
        return found
      }
      return turnsAway(service, end)
        ? growth(of: service, samples.unserved[service], samples, isBounded: true) : nil
    }
  }

  private func growth(
    of service: Int, _ lengths: [Double], _ samples: QueueSamples, isBounded: Bool = false
  ) -> Saturation? {
    guard let fit = GrowthFit(lengths, step: samples.step.seconds), fit.isUnbounded else {
      return nil
    }
    // A close look begins when the queue is long already: the line is followed back to its start.
    let before =
      samples.start > .start ? max(0, fit.end / fit.rate - span(lengths, samples, fit)) : 0
    let since = max(0, samples.start.seconds + fit.start - before)
    return Saturation(
      service: model.services[service].name, since: Instant.start + .seconds(since),
      growth: fit.rate, isBounded: isBounded)
  }

  /// Seconds from the start of a fitted growth to the last reading.
  private func span(_ lengths: [Double], _ samples: QueueSamples, _ fit: GrowthFit) -> Double {
    Double(lengths.count - 1) * samples.step.seconds - fit.start
  }

  /// Whether a service works without pause and still turns more than a twentieth away.
  private func turnsAway(_ service: Int, _ end: Instant) -> Bool {
    let record = serviceRecords[service]
    guard Double(record.lost) > 0.05 * Double(record.allCalls) else { return false }
    switch services[service].kind {
    case .lookup: return true
    case .model, .llm:
      return record.busy.seconds(at: end) > 0.95 * record.ready.seconds(at: end)
    }
  }
}
