import DiscreteEvents
import Quantities
import Randomness

// What the learning plane asks of the serving side: trainings, candidates, promotions, rollbacks.
extension SystemSimulation {
  /// Something is due in the learning plane.
  mutating func learn(_ now: Instant, _ calendar: inout EventCalendar<SystemEvent>) {
    // An event that was entered before an earlier one came up has nothing left to do.
    if now < learningDue { return }
    learningDue = .never
    takeCounts(now)
    var actions: [LifecycleAction] = []
    tellFreeMachines()
    learning.advance(at: now, counters: &counters, actions: &actions)
    perform(actions, now, &calendar)
    scheduleLearning(&calendar)
  }

  /// Tells how many machines trainings could take, where pools have a limit.
  private mutating func tellFreeMachines() {
    for pool in limitedTrainers {
      let limit = incidents.isOut(pool: pool) ? 0 : machineLimit(of: pool)
      learning.machinesFree[pool] = limit.map { $0 - machinesTaken(of: pool) } ?? .max
    }
  }

  /// Stops the trainings of pools that are out.
  mutating func stopTrainings(
    _ now: Instant, _ calendar: inout EventCalendar<SystemEvent>
  ) {
    for pool in trainers.indices where trainers[pool] > 0 && incidents.isOut(pool: pool) {
      takeCounts(now)
      tellFreeMachines()
      var actions: [LifecycleAction] = []
      learning.stopTrainings(onPool: pool, at: now, counters, &actions)
      perform(actions, now, &calendar)
      scheduleLearning(&calendar)
    }
  }

  /// Keeps one event for what the learning plane has next.
  mutating func scheduleLearning(_ calendar: inout EventCalendar<SystemEvent>) {
    let due = learning.due
    if due >= learningDue { return }
    learningDue = due
    calendar.schedule(.learning, at: due, priority: EventPriority.control)
  }

  mutating func perform(
    _ actions: [LifecycleAction], _ now: Instant, _ calendar: inout EventCalendar<SystemEvent>
  ) {
    for action in actions {
      switch action {
      case .startTraining(let model, let pool, let instances):
        trainers[pool] += instances
        accounts.addTrainers(instances, pool: pool, model: model, at: now)
      case .endTraining(let model, let pool, let instances):
        trainers[pool] -= instances
        accounts.addTrainers(-instances, pool: pool, model: model, at: now)
      case .prepareCandidate(let model, let share):
        prepareCandidate(of: model, share: share, now, &calendar)
      case .setCandidateShare(let model, let share): candidates.set(share, of: model)
      case .mirror(let model, let isMirrored):
        refreshVersions(of: model, now)
        candidates.mirror(isMirrored, of: model)
      case .roll(let model, let surge, let unavailable):
        beginRolling(model, surge: surge, unavailable: unavailable, now, &calendar)
      case .rollBackRolling(let model): rollBackRolling(model, now, &calendar)
      case .promote(let model): promote(model, keepsFormer: false, now, &calendar)
      case .promoteKeeping(let model): promote(model, keepsFormer: true, now, &calendar)
      case .rollBack(let model), .release(let model): rollBack(model, now, &calendar)
      case .replace(let model):
        refreshVersions(of: model, now)
        scheduleLeaks(of: model, now, &calendar)
      case .restart(let model): restart(model, now, &calendar)
      }
    }
  }

  /// The services that serve a model.
  func servers(of model: Int) -> [Int] {
    services.indices.filter { services[$0].model == model }
  }

  /// Candidate replicas for the share that a service's candidate is to take.
  func candidateSize(of service: Int) -> Int {
    let share = groups[2 * service + 1].share
    return Int((share * Double(groups[2 * service].wanted) - 1e-9).rounded(.up))
  }

  private mutating func prepareCandidate(
    of model: Int, share: Double, _ now: Instant, _ calendar: inout EventCalendar<SystemEvent>
  ) {
    refreshVersions(of: model, now)
    candidates.isPreparing[model] = true
    for service in servers(of: model) {
      groups[2 * service + 1].share = share
      if services[service].kind != .lookup {
        resize(2 * service + 1, to: candidateSize(of: service), now, &calendar)
      }
    }
    tellIfReady(model, now, &calendar)
  }

  /// A replica of a group has become ready.
  mutating func noteCandidateReady(
    _ group: Int, _ now: Instant, _ calendar: inout EventCalendar<SystemEvent>
  ) {
    let model = services[group / 2].model
    if model >= 0, candidates.rolling[model] != nil { return roll(model, now, &calendar) }
    if group % 2 == 1, model >= 0 { tellIfReady(model, now, &calendar) }
  }

  /// Tells the learning plane once that all candidate replicas that could be had are ready.
  private mutating func tellIfReady(
    _ model: Int, _ now: Instant, _ calendar: inout EventCalendar<SystemEvent>
  ) {
    guard candidates.isPreparing[model] else { return }
    for service in servers(of: model) where services[service].kind != .lookup {
      let group = groups[2 * service + 1]
      // With a pool that gives no machine at all the candidate never comes.
      if group.ready.count < max(group.wanted, 1) { return }
    }
    candidates.isPreparing[model] = false
    var actions: [LifecycleAction] = []
    learning.candidateIsReady(model: model, at: now, counters: &counters, actions: &actions)
    perform(actions, now, &calendar)
    scheduleLearning(&calendar)
  }

  /// The candidate's replicas become the stable ones; the former stable ones finish and go, or stay
  /// without requests.
  private mutating func promote(
    _ model: Int, keepsFormer: Bool, _ now: Instant, _ calendar: inout EventCalendar<SystemEvent>
  ) {
    candidates.set(0, of: model)
    candidates.isPreparing[model] = false
    for service in servers(of: model) {
      groups[2 * service + 1].share = 0
      if services[service].kind == .lookup { continue }
      let size = groups[2 * service].wanted
      let old = members(of: 2 * service)
      let new = members(of: 2 * service + 1)
      moveLine(of: service, now)
      unlist(service)
      for replica in new { replicas[replica].arm = 0 }
      for replica in new where services[service].sharesQueue {
        replicas[replica].line = groups[2 * service].line
      }
      groups[2 * service].wanted = new.count
      groups[2 * service + 1].wanted = keepsFormer ? old.count : 0
      groups[2 * service].machineDue = groups[2 * service + 1].machineDue
      if keepsFormer {
        groups[2 * service + 1].share = 1
        keep(old, of: service)
      } else {
        for replica in old { drain(replica, now, &calendar) }
      }
      refreshReady(2 * service)
      refreshReady(2 * service + 1)
      if !keepsFormer { serviceRecords[service].wanted.change(by: Int64(-size), at: now) }
      refreshVersions(of: model, now)
      bookMachines(2 * service, now)
      bookMachines(2 * service + 1, now)
      resizeQuietly(2 * service, to: size, now, &calendar)
      if services[service].sharesQueue { startShared(2 * service, service, now, &calendar) }
    }
  }

  /// Takes the replicas of both groups off their lists: who changes sides is listed anew.
  private mutating func unlist(_ service: Int) {
    for group in [2 * service, 2 * service + 1] {
      groups[group].setReady([], &replicas)
      for replica in groups[group].idle { replicas[replica].isListedIdle = false }
      groups[group].idle.removeAll(keepingCapacity: true)
    }
  }

  /// Former stable replicas wait as the candidate's for the day that they are needed again.
  private mutating func keep(_ old: [UInt32], of service: Int) {
    for replica in old {
      replicas[replica].arm = 1
      if services[service].sharesQueue {
        replicas[replica].line = groups[2 * service + 1].line
      }
    }
  }

  /// The candidate's replicas finish and go; what waits for them goes to the stable ones.
  private mutating func rollBack(
    _ model: Int, _ now: Instant, _ calendar: inout EventCalendar<SystemEvent>
  ) {
    candidates.set(0, of: model)
    candidates.isPreparing[model] = false
    for service in servers(of: model) {
      groups[2 * service + 1].share = 0
      if services[service].kind == .lookup { continue }
      moveLine(of: service, now)
      resize(2 * service + 1, to: 0, now, &calendar)
      if services[service].sharesQueue { startShared(2 * service, service, now, &calendar) }
    }
    refreshVersions(of: model, now)
  }

  /// Adds what a promotion left to be added, without a line in the timeline of scalings.
  private mutating func resizeQuietly(
    _ group: Int, to size: Int, _ now: Instant, _ calendar: inout EventCalendar<SystemEvent>
  ) {
    while groups[group].wanted < size, start(group: group, now, &calendar) {
      groups[group].wanted += 1
      serviceRecords[group / 2].wanted.change(by: 1, at: now)
    }
  }

  /// Replicas of a group that are or will be ready.
  func members(of group: Int) -> [UInt32] {
    services[group / 2].slots.filter { replica in
      guard replicas[replica].group == group else { return false }
      switch replicas[replica].state {
      case .absent, .draining: return false
      case .provisioning, .starting, .ready, .failed: return true
      }
    }
  }

  /// Lets those who wait in the candidate's shared line wait in the stable one.
  private mutating func moveLine(of service: Int, _ now: Instant) {
    guard services[service].sharesQueue else { return }
    let line = groups[2 * service + 1].line
    while case let request = lines.first(of: line), request != RequestSlot.none {
      lines.remove(request, pool: &requests)
      requests[request].arm = 0
      lines.append(request, to: groups[2 * service].line, pool: &requests)
    }
  }

  /// Gives both groups of a model's services the errors and the slowness of their versions.
  mutating func refreshVersions(of model: Int, _ now: Instant) {
    for service in servers(of: model) { refreshGroups(of: service, now) }
  }

  /// Gives both groups of a service the errors and the slowness of their versions and of the
  /// incidents that are on.
  mutating func refreshGroups(of service: Int, _ now: Instant) {
    let trouble = incidents.trouble[service]
    let model = services[service].model
    for arm in VersionArm.allCases {
      let group = 2 * service + arm.rawValue
      groups[group].errorShare = trouble.errorShare
      groups[group].timeFactor = trouble.slowdown
      if model >= 0 {
        let version = learning.version(of: model, arm)
        groups[group].errorShare = version.errors + (1 - version.errors) * trouble.errorShare
        groups[group].timeFactor = version.slowdown * trouble.slowdown
        groups[group].crashesAfter = version.crashesAfter
      }
      for replica in groups[group].ready { setPace(of: replica, now) }
      tellPace(group)
    }
  }

  /// The arm whose version answers a request at a service.
  @inline(__always)
  func arm(of slot: RequestSlot, _ service: Int) -> UInt8 {
    let model = services[service].model
    if model < 0 || !candidates.takesCandidate(slot, of: model) { return 0 }
    // A candidate whose replicas have all crashed leaves its requests to the stable version.
    return services[service].kind == .lookup || !groups[2 * service + 1].ready.isEmpty ? 1 : 0
  }
}
