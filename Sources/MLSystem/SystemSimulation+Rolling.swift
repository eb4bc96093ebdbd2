import DiscreteEvents
import Quantities
import Randomness

// Versions that change hands in other ways than by a share of the requests: replica by replica,
// all at once after a restart, as copies of requests, and by a memory that fills.
extension SystemSimulation {
  /// Replaces the replicas of a model one after the other.
  mutating func beginRolling(
    _ model: Int, surge: Double, unavailable: Double, _ now: Instant,
    _ calendar: inout EventCalendar<SystemEvent>
  ) {
    refreshVersions(of: model, now)
    candidates.rolling[model] = RollingUpdate(
      surge: surge, unavailable: unavailable,
      targets: replicated(model).map { groups[2 * $0].wanted })
    roll(model, now, &calendar)
  }

  /// Gives the replicas that have changed hands back to the version before.
  mutating func rollBackRolling(
    _ model: Int, _ now: Instant, _ calendar: inout EventCalendar<SystemEvent>
  ) {
    candidates.rolling[model]?.isReverse = true
    roll(model, now, &calendar)
  }

  /// Whether the replicas of a service are changing hands.
  func isRolling(_ service: Int) -> Bool {
    services[service].model >= 0 && candidates.rolling[services[service].model] != nil
  }

  /// Goes on with a rolling update after a replica came or went, and tells the learning plane.
  mutating func roll(
    _ model: Int, _ now: Instant, _ calendar: inout EventCalendar<SystemEvent>
  ) {
    guard let update = candidates.rolling[model] else { return }
    var isDone = true
    var share = 1.0
    for (service, target) in zip(replicated(model), update.targets) {
      replace(service, target: target, update, now, &calendar)
      let (stable, candidate) = (groups[2 * service], groups[2 * service + 1])
      let (new, old) = update.isReverse ? (stable, candidate) : (candidate, stable)
      isDone = isDone && new.ready.count >= target && old.wanted == 0
      let ready = Double(stable.ready.count + candidate.ready.count)
      share = min(share, ready > 0 ? Double(candidate.ready.count) / ready : 0)
    }
    if isDone {
      share = update.isReverse ? 0 : 1
      candidates.rolling[model] = nil
    }
    candidates.set(share, of: model)
    var actions: [LifecycleAction] = []
    learning.rolled(
      model: model, share: share, isDone: isDone, at: now, counters: &counters, actions: &actions)
    perform(actions, now, &calendar)
    if isDone && update.isReverse { refreshVersions(of: model, now) }
    scheduleLearning(&calendar)
  }

  /// Starts new replicas up to the surge, and lets old ones go while enough are ready.
  private mutating func replace(
    _ service: Int, target: Int, _ update: RollingUpdate, _ now: Instant,
    _ calendar: inout EventCalendar<SystemEvent>
  ) {
    let old = update.isReverse ? 2 * service + 1 : 2 * service
    let new = update.isReverse ? 2 * service : 2 * service + 1
    let surge = Int((update.surge * Double(target)).rounded(.up))
    var missing = Int((update.unavailable * Double(target)).rounded(.down))
    // With neither nothing could ever change hands.
    let extra = surge == 0 && missing == 0 ? 1 : surge
    var goesOn = true
    while goesOn {
      goesOn = false
      while groups[new].wanted < target, groups[new].wanted + groups[old].wanted < target + extra {
        guard start(group: new, now, &calendar) else {
          // Without a machine for one more, one has to go first.
          missing = max(missing, 1)
          break
        }
        groups[new].wanted += 1
        serviceRecords[service].wanted.change(by: 1, at: now)
        goesOn = true
      }
      while groups[old].wanted > 0,
        groups[old].ready.count + groups[new].ready.count > target - missing
          || groups[new].ready.count >= target,
        let replica = leastNeeded(in: old)
      {
        groups[old].wanted -= 1
        serviceRecords[service].wanted.change(by: -1, at: now)
        drain(replica, now, &calendar)
        goesOn = true
      }
    }
  }

  /// The services with replicas that serve a model.
  private func replicated(_ model: Int) -> [Int] {
    servers(of: model).filter { services[$0].kind != .lookup }
  }

  // MARK: All at once

  /// Every replica of a model starts anew with the version that serves now; their work fails.
  mutating func restart(
    _ model: Int, _ now: Instant, _ calendar: inout EventCalendar<SystemEvent>
  ) {
    refreshVersions(of: model, now)
    for service in replicated(model) {
      for replica in groups[2 * service].ready {
        load(replica, now, &calendar)
        if fluid.isFlowing { loseFluid(of: replica, service) }
        loseWork(of: replica, service, now, &calendar)
      }
      refreshReady(2 * service)
    }
  }

  // MARK: Copies

  /// Gives the candidate of a mirrored model a copy of a request that has just come to its service.
  mutating func sendCopy(
    of slot: RequestSlot, _ service: Int, _ now: Instant,
    _ calendar: inout EventCalendar<SystemEvent>
  ) {
    let model = services[service].model
    if model < 0 || !candidates.isMirrored[model] || slot.isCopy { return }
    if services[service].kind != .lookup, groups[2 * service + 1].ready.isEmpty { return }
    let copy = requests.take()
    var own = slot
    own.generation = requests[copy].generation
    own.attempt = .max
    own.arm = 1
    own.isCounted = false
    own.next = RequestSlot.none
    own.previous = RequestSlot.none
    own.place = .arriving
    requests[copy] = own
    send(copy, service, now, &calendar)
  }

  /// A copy has been answered, or has failed; its answer is judged as that of a request would be.
  mutating func endCopy(_ request: UInt32, isAnswer: Bool, _ now: Instant) {
    let slot = requests[request]
    let service = service(of: slot)
    let isLate = now > routes[Int(streamRoutes[Int(slot.stream)])].deadline(of: slot.arrival)
    if isAnswer && !isLate {
      counters.recordAnswer(
        model: services[service].model, .candidate, latency: (now - slot.entered).nanoseconds)
    } else {
      counters.recordError(model: services[service].model, .candidate)
    }
    requests.release(request)
  }

  // MARK: Memory

  /// Replicas that take over a version in place crash when its memory is full.
  mutating func scheduleLeaks(
    of model: Int, _ now: Instant, _ calendar: inout EventCalendar<SystemEvent>
  ) {
    for service in replicated(model) {
      guard let after = groups[2 * service].crashesAfter else { continue }
      for replica in groups[2 * service].ready {
        replicas[replica].away = .zero
        replicas[replica].leaksAt = now + after
        calendar.schedule(
          .crash(replica: replica, generation: replicas[replica].generation), at: now + after,
          priority: EventPriority.control)
      }
    }
  }
}
