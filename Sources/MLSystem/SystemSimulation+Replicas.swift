import DiscreteEvents
import Pricing
import Quantities
import Randomness

// The life of replicas: start, crash, restart, draining, end.
extension SystemSimulation {
  /// Starts one more replica of a group; false if its pool has no room.
  mutating func start(
    group: Int, _ now: Instant, _ calendar: inout EventCalendar<SystemEvent>
  ) -> Bool {
    let service = group / 2
    let plan = model.services[service]
    let present = count(group) { $0 != .absent }
    let machines =
      plan.machines(for: present + 1) - plan.machines(for: present)
    if let pool = plan.pool, machines > 0, let limit = model.pools[pool].machineLimit,
      machinesTaken(of: pool) + machines > limit
    {
      return false
    }
    let replica = makeReplica(of: service, arm: UInt8(group % 2))
    if machines > 0, let pool = plan.pool {
      let due = now + startUps.provisioningTime(pool: pool, for: replicas[replica])
      groups[group].machineDue = max(groups[group].machineDue, due)
    }
    // A replica on a machine that is on its way waits for it like those that ordered it.
    if groups[group].machineDue > now {
      enter(.provisioning, replica, now)
      schedule(replica, at: groups[group].machineDue, &calendar)
    } else {
      load(replica, now, &calendar)
    }
    return true
  }

  /// Image, weights and warm-up are loaded on a machine that runs.
  mutating func load(
    _ replica: UInt32, _ now: Instant, _ calendar: inout EventCalendar<SystemEvent>
  ) {
    enter(.starting, replica, now)
    schedule(replica, at: now + startUps.loadingTime(of: replicas[replica]), &calendar)
  }

  /// What a replica waited for has come.
  mutating func advance(
    replica: UInt32, _ generation: UInt16, _ now: Instant,
    _ calendar: inout EventCalendar<SystemEvent>
  ) {
    if replicas[replica].generation != generation { return }
    if holdIfNeeded(replica, now, &calendar) { return }
    switch replicas[replica].state {
    case .provisioning, .failed: load(replica, now, &calendar)
    case .starting: becomeReady(replica, now, &calendar)
    case .draining: if fluid.isOn { retireIfDone(replica, now) }
    case .absent, .ready: break
    }
  }

  private mutating func becomeReady(
    _ replica: UInt32, _ now: Instant, _ calendar: inout EventCalendar<SystemEvent>
  ) {
    if replicas[replica].isRestart {
      let slot = replicas[replica]
      timeline.note(
        .recovery, model.services[Int(slot.service)].name, at: now, "replica \(slot.slot)")
    }
    let group = replicas[replica].group
    enter(.ready, replica, now)
    if fluid.isOn { fluid.setNumber(of: replica, 0) }
    setPace(of: replica, now)
    scheduleCrash(replica, now, &calendar)
    refreshReady(group)
    if services[group / 2].sharesQueue { startShared(group, group / 2, now, &calendar) }
    noteCandidateReady(group, now, &calendar)
  }

  /// Draws the life of a replica that begins to serve.
  mutating func scheduleCrash(
    _ replica: UInt32, _ now: Instant, _ calendar: inout EventCalendar<SystemEvent>
  ) {
    let slot = replicas[replica]
    var due = Instant.never
    if let life = startUps.nextLife(of: slot) {
      replicas[replica].away = life.away
      due = now + life.serves
    }
    if let leaking = groups[slot.group].crashesAfter, now + leaking < due {
      replicas[replica].away = .zero
      due = now + leaking
      replicas[replica].leaksAt = due
    }
    if due < horizon {
      calendar.schedule(
        .crash(replica: replica, generation: slot.generation), at: due,
        priority: EventPriority.control)
    }
  }

  /// A replica crashes: what it has fails, and it restarts after its repair.
  mutating func crash(
    _ replica: UInt32, _ generation: UInt16, _ now: Instant,
    _ calendar: inout EventCalendar<SystemEvent>
  ) {
    let slot = replicas[replica]
    if slot.generation != generation { return }
    // A version that leaks no more has taken its place.
    if slot.leaksAt == now, groups[slot.group].crashesAfter == nil { return }
    let service = Int(slot.service)
    timeline.note(.crash, model.services[service].name, at: now, "replica \(slot.slot)")
    let isDraining = slot.state == .draining
    if fluid.isFlowing, !isDraining { loseFluid(of: replica, service) }
    enter(isDraining ? .absent : .failed, replica, now)
    replicas[replica].isRestart = true
    if !isDraining {
      schedule(replica, at: now + slot.away, &calendar)
      refreshReady(slot.group)
    }
    loseWork(of: replica, service, now, &calendar)
    bookMachines(slot.group, now)
  }

  /// Fails the requests that a replica has: its batch, then those in its own line.
  mutating func loseWork(
    of replica: UInt32, _ service: Int, _ now: Instant,
    _ calendar: inout EventCalendar<SystemEvent>
  ) {
    if services[service].kind == .llm { return loseTokens(of: replica, service, now, &calendar) }
    var request = replicas[replica].batch
    replicas[replica].batch = RequestSlot.none
    if replicas[replica].isBusy {
      replicas[replica].isBusy = false
      serviceRecords[service].busy.change(by: -1, at: now)
    }
    replicas[replica].outstanding = 0
    while request != RequestSlot.none {
      let next = requests[request].next
      serviceRecords[service].working -= 1
      fail(request, .crashed, now, &calendar)
      request = next
    }
    if services[service].sharesQueue { return }
    let line = replicas[replica].line
    while case let waiting = lines.first(of: line), waiting != RequestSlot.none {
      lines.remove(waiting, pool: &requests)
      serviceRecords[service].waiting.change(by: -1, at: now)
      fail(waiting, .crashed, now, &calendar)
    }
  }

  /// A replica takes nothing new from now on, and goes when it is done.
  mutating func drain(
    _ replica: UInt32, _ now: Instant, _ calendar: inout EventCalendar<SystemEvent>
  ) {
    let isReady = replicas[replica].state == .ready
    let generation = replicas[replica].generation
    let number = fluid.isFlowing ? fluid.groups[replicas[replica].group].number(of: replica) : 0
    enter(isReady ? .draining : .absent, replica, now)
    if isReady {
      // Its batch goes on: the event that ends it stays valid.
      replicas[replica].generation = generation
      refreshReady(replicas[replica].group)
      if fluid.isFlowing {
        drainFluid(replica, number, now, &calendar)
      } else {
        retireIfDone(replica, now)
      }
    } else {
      bookMachines(replicas[replica].group, now)
    }
  }

  /// Gives the slot of a drained replica back.
  mutating func retireIfDone(_ replica: UInt32, _ now: Instant) {
    let slot = replicas[replica]
    guard slot.state == .draining, !slot.isBusy, slot.outstanding == 0 else { return }
    enter(.absent, replica, now)
    bookMachines(slot.group, now)
  }

  /// Moves a replica to a state; events of the former one are stale from now on.
  mutating func enter(_ state: ReplicaState, _ replica: UInt32, _ now: Instant) {
    let old = replicas[replica].state
    let service = Int(replicas[replica].service)
    if old == .ready { serviceRecords[service].ready.change(by: -1, at: now) }
    if state == .ready { serviceRecords[service].ready.change(by: 1, at: now) }
    replicas[replica].state = state
    replicas[replica].generation &+= 1
    if state == .ready { replicas[replica].isRestart = false }
    if state == .absent || state == .failed { replicas[replica].lives &+= 1 }
    if state == .absent {
      replicas[replica].isHeld = false
      replicas[replica].hasLostMachine = false
    }
    if state == .starting { bookMachines(replicas[replica].group, now) }
  }

  mutating func schedule(
    _ replica: UInt32, at due: Instant, _ calendar: inout EventCalendar<SystemEvent>
  ) {
    calendar.schedule(
      .replica(replica, generation: replicas[replica].generation), at: due,
      priority: EventPriority.control)
  }
}

// MARK: Machines

extension SystemSimulation {
  /// Replicas of a group in the states asked for.
  func count(_ group: Int, _ isWanted: (ReplicaState) -> Bool) -> Int {
    var count = 0
    for replica in services[group / 2].slots where replicas[replica].group == group {
      if isWanted(replicas[replica].state) { count += 1 }
    }
    return count
  }

  /// Books the machines that a group occupies from `now` on.
  mutating func bookMachines(_ group: Int, _ now: Instant) {
    let plan = model.services[group / 2]
    guard let pool = plan.pool else { return }
    let lost = services[group / 2].slots.count {
      replicas[$0].group == group && replicas[$0].hasLostMachine
    }
    let machines = plan.machines(
      for: count(group) { $0 != .absent && $0 != .provisioning } - lost)
    if machines < groups[group].machines {
      accounts.roundUp(pool: pool, group: group, from: groups[group].machinesSince, at: now)
    }
    if machines > groups[group].machines { groups[group].machinesSince = now }
    groups[group].machines = machines
    accounts.setServing(machines, pool: pool, group: group, at: now)
  }

  /// The most machines of a pool that may run now; nil for no limit.
  func machineLimit(of pool: Int) -> Int? {
    let most = incidents.mostMachines[pool]
    if most == .max { return model.pools[pool].machineLimit }
    return min(most, model.pools[pool].machineLimit ?? .max)
  }

  /// Machines of a pool that run or are on their way.
  func machinesTaken(of pool: Int) -> Int {
    var sum = trainers[pool]
    for service in model.services.indices where model.services[service].pool == pool {
      for arm in 0..<2 {
        sum += model.services[service].machines(for: count(2 * service + arm) { $0 != .absent })
      }
    }
    return sum
  }
}

extension Service {
  /// Machines that so many replicas occupy.
  func machines(for replicas: Int) -> Int {
    // The tolerance keeps 3 replicas at a third of a machine each from needing a second one.
    Int((Double(replicas) / self.replicas.perInstance - 1e-9).rounded(.up))
  }
}

extension HardwarePool {
  /// The most machines that may run at once: the quota, or what its offers give.
  var machineLimit: Int? {
    var offered: Int? = 0
    for offer in offers {
      if let limit = offer.limit { offered = offered.map { $0 + limit } } else { offered = nil }
    }
    if offers.isEmpty { offered = nil }
    guard let quota else { return offered }
    return offered.map { min($0, quota) } ?? quota
  }
}
