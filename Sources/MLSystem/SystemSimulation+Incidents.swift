import DiscreteEvents
import Quantities
import Randomness

// What incidents do to services, replicas and machines.
extension SystemSimulation {
  /// Enters the beginnings of incidents, and the minutes at which alerts are looked at.
  mutating func scheduleIncidents(_ calendar: inout EventCalendar<SystemEvent>) {
    for (index, plan) in incidents.plans.enumerated() where plan.at < horizon {
      schedule(incident: index, .begins, at: plan.at, &calendar)
    }
    if !incidents.isQuiet { scheduleMinute(after: .start, &calendar) }
  }

  mutating func schedule(
    incident index: Int, _ stage: IncidentStage, at due: Instant,
    _ calendar: inout EventCalendar<SystemEvent>
  ) {
    calendar.schedule(
      .incident(UInt16(index), stage: stage), at: due, priority: EventPriority.control)
  }

  /// An incident begins, is answered or is over.
  mutating func incident(
    _ index: Int, _ stage: IncidentStage, _ now: Instant,
    _ calendar: inout EventCalendar<SystemEvent>
  ) {
    switch stage {
    case .begins: begin(incident: index, now, &calendar)
    case .ends, .mended:
      if incidents.isOn[index] { end(incident: index, stage, now, &calendar) }
    case .answered: answer(incident: index, now, &calendar)
    }
  }

  private mutating func begin(
    incident index: Int, _ now: Instant, _ calendar: inout EventCalendar<SystemEvent>
  ) {
    let plan = incidents.plans[index]
    lookAtFluid(now)
    incidents.watches[index].begin(harm(ofRoutes: incidents.routes[index]))
    incidents.isOn[index] = true
    if let last = plan.last { schedule(incident: index, .ends, at: now + last, &calendar) }
    if case .capacityLoss(let place, let share) = plan.kind {
      incidents.taken[index] = take(share, at: place)
      if case .pool(let pool) = place { incidents.mostMachines[pool] = machinesTaken(of: pool) }
    }
    apply(index, now)
    setPrices(of: index, isRaised: true, now)
    let lost = holdReplicas(of: index, now, &calendar)
    timeline.note(
      .incident, incidents.records[index].subject, at: now, plan.kind.detail(lost: lost))
    stopTrainings(now, &calendar)
  }

  private mutating func end(
    incident index: Int, _ stage: IncidentStage, _ now: Instant,
    _ calendar: inout EventCalendar<SystemEvent>
  ) {
    incidents.isOn[index] = false
    incidents.records[index].ended = now
    incidents.taken[index] = []
    if case .capacityLoss(.pool(let pool), _) = incidents.plans[index].kind {
      let isLost = incidents.plans.indices.contains { other in
        guard incidents.isOn[other],
          case .capacityLoss(.pool(pool), _) = incidents.plans[other].kind
        else { return false }
        return true
      }
      if !isLost { incidents.mostMachines[pool] = .max }
    }
    apply(index, now)
    setPrices(of: index, isRaised: false, now)
    for service in incidents.services[index] {
      for replica in services[service].slots where replicas[replica].isHeld {
        release(replica, now, &calendar)
      }
    }
    let cause = incidents.records[index].cause
    timeline.note(
      .recovery, incidents.records[index].subject, at: now,
      stage == .mended ? "\(cause) undone by the on-call" : "\(cause) over")
  }

  /// Brings speed, errors and refusals of the services that an incident hits up to date.
  private mutating func apply(_ index: Int, _ now: Instant) {
    for service in incidents.services[index] {
      incidents.refresh(service: service)
      refreshGroups(of: service, now)
      services[service].isDown =
        services[service].kind == .lookup && incidents.isDown(service: service)
    }
  }

  private mutating func setPrices(of index: Int, isRaised: Bool, _ now: Instant) {
    guard case .priceSpike = incidents.plans[index].kind else { return }
    var calls: [Int64] = []
    for service in serviceRecords.indices { calls.append(serviceRecords[service].allCalls) }
    accounts.setSpike(index, isOn: isRaised, at: now) { calls[$0] }
  }

  // MARK: Replicas

  /// Replicas that a loss of this share takes, spread evenly over those that there are.
  private func take(_ share: Double, at place: SystemIncident.Place) -> [UInt32] {
    var all: [UInt32] = []
    for service in model.services(hitBy: place) {
      all += services[service].slots.filter { replica in
        switch replicas[replica].state {
        case .absent, .draining: return false
        case .provisioning, .starting, .ready, .failed: return isInside(replica, place)
        }
      }
    }
    return all.enumerated().filter { place, _ in
      (Double(place + 1) * share).rounded() > (Double(place) * share).rounded()
    }.map(\.element)
  }

  /// Whether a replica stands where an incident is.
  private func isInside(_ replica: UInt32, _ place: SystemIncident.Place) -> Bool {
    guard case .zone(let zone) = place else { return true }
    return self.zone(of: replica) == zone
  }

  /// Takes the replicas that an incident keeps from serving out of service; returns how many.
  private mutating func holdReplicas(
    of index: Int, _ now: Instant, _ calendar: inout EventCalendar<SystemEvent>
  ) -> Int {
    var count = 0
    for service in incidents.services[index] {
      for replica in services[service].slots {
        switch replicas[replica].state {
        case .absent, .provisioning: continue
        case .starting, .ready, .draining, .failed:
          if holdIfNeeded(replica, now, &calendar) { count += 1 }
        }
      }
    }
    return count
  }

  /// Takes a replica out of service if an incident keeps it from serving.
  mutating func holdIfNeeded(
    _ replica: UInt32, _ now: Instant, _ calendar: inout EventCalendar<SystemEvent>
  ) -> Bool {
    let slot = replicas[replica]
    let service = Int(slot.service)
    let hold = incidents.hold(
      replica, service: service, pool: model.services[service].pool, zone: zone(of: replica))
    guard let hold else { return false }
    if slot.isHeld {
      if hold == .machine { replicas[replica].hasLostMachine = true }
      return false
    }
    let wasAlive = slot.isAlive
    if slot.state == .draining {
      enter(.absent, replica, now)
    } else {
      enter(.failed, replica, now)
      replicas[replica].isHeld = true
      replicas[replica].isRestart = false
      if hold == .machine { replicas[replica].hasLostMachine = true }
      if slot.state == .ready { refreshReady(slot.group) }
    }
    if wasAlive { loseWork(of: replica, service, now, &calendar) }
    bookMachines(slot.group, now)
    return true
  }

  /// Starts a replica anew that no incident keeps from serving any more.
  private mutating func release(
    _ replica: UInt32, _ now: Instant, _ calendar: inout EventCalendar<SystemEvent>
  ) {
    let slot = replicas[replica]
    let service = Int(slot.service)
    let hold = incidents.hold(
      replica, service: service, pool: model.services[service].pool, zone: zone(of: replica))
    if hold != nil { return }
    replicas[replica].isHeld = false
    replicas[replica].hasLostMachine = false
    if slot.state != .failed { return }
    if slot.hasLostMachine, let pool = model.services[service].pool {
      enter(.provisioning, replica, now)
      let wait = startUps.provisioningTime(pool: pool, for: replicas[replica])
      schedule(replica, at: now + wait, &calendar)
    } else {
      load(replica, now, &calendar)
    }
  }

  // MARK: Zones

  /// Index of the zone of a replica among all; -1 where its pool has none.
  func zone(of replica: UInt32) -> Int {
    guard let pool = model.services[Int(replicas[replica].service)].pool,
      !model.pools[pool].zones.isEmpty
    else { return -1 }
    return model.pools[pool].zones[Int(replicas[replica].zone)]
  }

  /// The zone of its pool for one more replica of a service: the one that is up and has the fewest.
  func nextZone(of service: Int) -> UInt16 {
    guard let pool = model.services[service].pool, model.pools[pool].zones.count > 1 else {
      return 0
    }
    var counts = model.pools[pool].zones.map { _ in 0 }
    for replica in services[service].slots where replicas[replica].state != .absent {
      counts[Int(replicas[replica].zone)] += 1
    }
    let places = counts.indices.filter { !incidents.isOut(zone: model.pools[pool].zones[$0]) }
    let best = (places.isEmpty ? Array(counts.indices) : places).min { counts[$0] < counts[$1] }
    return UInt16(best ?? 0)
  }
}

extension SystemIncident.Kind {
  /// What it does, for a timeline; `lost` replicas are down.
  fileprivate func detail(lost: Int) -> String {
    let replicas = lost == 1 ? "1 replica" : "\(lost) replicas"
    switch self {
    case .outage: return lost == 0 ? "outage" : "outage: \(replicas) down"
    case .slowDown(_, let factor):
      return "\(QuantityFormatter.shortest(factor, significant: 4))x as slow"
    case .errors(_, let share): return "\(QuantityFormatter.percent(share)) errors"
    case .deprecation: return "switched off: every answer is an error"
    case .capacityLoss: return "capacity lost: \(replicas) down"
    case .priceSpike(_, let factor):
      return "\(QuantityFormatter.shortest(factor, significant: 4))x the price"
    }
  }
}
