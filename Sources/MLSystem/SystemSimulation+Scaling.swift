import DiscreteEvents
import Quantities

// How many replicas a group has: the autoscaler, and the following of a wanted size.
extension SystemSimulation {
  /// Brings a group to `size` replicas that are or will be ready.
  mutating func resize(
    _ group: Int, to size: Int, _ now: Instant, _ calendar: inout EventCalendar<SystemEvent>
  ) {
    let service = group / 2
    let before = groups[group].wanted
    while groups[group].wanted < size {
      if !start(group: group, now, &calendar) { break }
      groups[group].wanted += 1
    }
    while groups[group].wanted > size, let replica = leastNeeded(in: group) {
      groups[group].wanted -= 1
      drain(replica, now, &calendar)
    }
    let after = groups[group].wanted
    serviceRecords[service].wanted.change(by: Int64(after - before), at: now)
    if after != before, group % 2 == 0 {
      timeline.note(
        .scaling, model.services[service].name, at: now, "\(before) -> \(after) replicas")
    }
    if after < size { noteShortage(service, now) }
    if group % 2 == 0, groups[group + 1].share > 0, after != before {
      resize(group + 1, to: candidateSize(of: service), now, &calendar)
    }
  }

  /// A replica that is not ready, or else the one of the highest slot.
  func leastNeeded(in group: Int) -> UInt32? {
    let own = services[group / 2].slots.filter { replica in
      guard replicas[replica].group == group else { return false }
      switch replicas[replica].state {
      case .absent, .draining: return false
      case .provisioning, .starting, .ready, .failed: return true
      }
    }
    return own.last { replicas[$0].state != .ready } ?? own.last
  }

  /// Says once that a pool has no room for what a service wants.
  private mutating func noteShortage(_ service: Int, _ now: Instant) {
    if services[service].isShort { return }
    services[service].isShort = true
    timeline.note(
      .incident, model.services[service].name, at: now, "no machines left for more replicas")
  }

  /// The autoscaler of a service decides.
  mutating func scale(
    _ service: Int, _ now: Instant, _ calendar: inout EventCalendar<SystemEvent>
  ) {
    guard var scaler = scalers[service] else { return }
    if isRolling(service) {
      // Replicas change hands: their number is looked at again when they have.
      calendar.schedule(
        .autoscaler(service: UInt16(service)), at: now + scaler.plan.sync,
        priority: EventPriority.control)
      return
    }
    let sample = replicaSample(of: service, scaler.plan, now)
    let decision = scaler.decide(at: now, current: groups[2 * service].wanted, sample: sample)
    scalers[service] = scaler
    resize(2 * service, to: decision.desired, now, &calendar)
    calendar.schedule(
      .autoscaler(service: UInt16(service)), at: now + scaler.plan.sync,
      priority: EventPriority.control)
  }

  /// What the autoscaler sees: levels now, and shares and rates since it last looked.
  private mutating func replicaSample(
    of service: Int, _ plan: AutoscalerPlan, _ now: Instant
  ) -> ReplicaSample? {
    if fluid.isFlowing { return fluidSample(of: service, plan, now) }
    let record = serviceRecords[service]
    let last = readings[service]
    let reading = ScalerReading(
      at: now, busy: record.busy.area(at: now), calls: record.allCalls)
    readings[service] = reading
    let span = (now - last.at).nanoseconds
    if span == 0 { return nil }
    switch plan.metric {
    case .busy:
      let thousandths = (reading.busy - last.busy) * 1000 / Int128(span)
      return .utilisation(
        ReplicaSample.Utilisation(
          usage: Int64(thousandths), ready: Int(record.ready.level),
          unready: max(0, groups[2 * service].wanted - groups[2 * service].ready.count)))
    case .concurrency: return .total(Double(record.waiting.level + record.working))
    case .waiting: return .total(Double(record.waiting.level))
    case .rate: return .total(Double(reading.calls - last.calls) * 1e9 / Double(span))
    }
  }
}

/// What an autoscaler had seen when it last looked.
struct ScalerReading {
  var at = Instant.start
  var busy: Int128 = 0
  var calls: Int64 = 0
}
