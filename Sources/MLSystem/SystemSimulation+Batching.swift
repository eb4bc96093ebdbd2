import DiscreteEvents
import Quantities
import Randomness
import Statistics

// Model servers: waiting lines, dynamic batches, their start and end.
extension SystemSimulation {
  /// The request joins a waiting line of a model server, or is refused.
  mutating func enqueue(
    _ request: UInt32, _ service: Int, _ now: Instant,
    _ calendar: inout EventCalendar<SystemEvent>
  ) {
    let slot = requests[request]
    let group = service &* 2 &+ Int(slot.arm)
    if services[service].sharesQueue {
      let line = groups[group].line
      guard isBelowLimit(line, service) || nextIdle(group) != nil else {
        return fail(request, .refused, now, &calendar)
      }
      join(request, line, service, now)
      startShared(group, service, now, &calendar)
      return
    }
    let streams = services[service].balancing
    let replica = groups[group].choose(
      replicas, streams[Int(slot.stream)].draws(of: slot.number, from: slot.firstDraw))
    guard let replica else { return fail(request, .crashed, now, &calendar) }
    let line = replicas[replica].line
    guard isBelowLimit(line, service) || !replicas[replica].isBusy else {
      return fail(request, .refused, now, &calendar)
    }
    replicas[replica].outstanding &+= 1
    groups[group].noteOutstanding(at: replicas[replica].place, replicas[replica].outstanding)
    join(request, line, service, now)
    if !replicas[replica].isBusy { startOwn(replica, service, now, &calendar) }
  }

  /// Whether one more may wait; an idle replica takes a batch at once when its line is full.
  @inline(__always)
  private func isBelowLimit(_ line: UInt32, _ service: Int) -> Bool {
    lines[line].count < services[service].queueLimit
  }

  @inline(__always)
  private mutating func join(_ request: UInt32, _ line: UInt32, _ service: Int, _ now: Instant) {
    lines.append(request, to: line, pool: &requests)
    serviceRecords[service].waiting.change(by: 1, at: now)
  }

  /// Lets idle replicas of a group with one line start batches while the line gives any.
  mutating func startShared(
    _ group: Int, _ service: Int, _ now: Instant, _ calendar: inout EventCalendar<SystemEvent>
  ) {
    let line = groups[group].line
    while lines[line].count > 0, isDue(line, service, now, &calendar),
      let replica = nextIdle(group)
    {
      if !startBatch(replica, line, service, now, &calendar) { return }
      groups[group].idle.removeLast()
      replicas[replica].isListedIdle = false
    }
  }

  /// The idle replica of a group with one line that was idle last; nil if all are busy.
  private mutating func nextIdle(_ group: Int) -> UInt32? {
    while let replica = groups[group].idle.last {
      if replicas[replica].isServing && !replicas[replica].isBusy { return replica }
      groups[group].idle.removeLast()
      replicas[replica].isListedIdle = false
    }
    return nil
  }

  /// Lets an idle replica with its own line start a batch if one is due.
  mutating func startOwn(
    _ replica: UInt32, _ service: Int, _ now: Instant, _ calendar: inout EventCalendar<SystemEvent>
  ) {
    let line = replicas[replica].line
    if lines[line].count > 0, isDue(line, service, now, &calendar) {
      _ = startBatch(replica, line, service, now, &calendar)
    }
  }

  /// Whether the line, which is not empty, has a batch for an idle replica; if it has not yet, an
  /// event will look again when the oldest request has waited long enough.
  @inline(__always)
  private mutating func isDue(
    _ line: UInt32, _ service: Int, _ now: Instant, _ calendar: inout EventCalendar<SystemEvent>
  ) -> Bool {
    let delay = services[service].delay
    if delay == .zero { return true }
    let count = lines[line].count
    if count >= services[service].maximumRequests || count > services[service].queueLimit
      || lines[line].items >= services[service].maximumItems
    {
      return true
    }
    let due = lines.oldest(in: line, pool: requests) + delay
    if due <= now { return true }
    if !lines[line].hasDelayEvent {
      lines[line].hasDelayEvent = true
      calendar.schedule(.batchDelay(line: line), at: due)
    }
    return false
  }

  /// The oldest request of a line may have waited as long as it has to.
  mutating func delayPassed(
    _ line: UInt32, _ now: Instant, _ calendar: inout EventCalendar<SystemEvent>
  ) {
    lines[line].hasDelayEvent = false
    let owner = lines[line].replica
    let service = Int(lines[line].service)
    if owner == RequestSlot.none {
      startShared(service &* 2 &+ Int(lines[line].arm), service, now, &calendar)
    } else if replicas[owner].isAlive, !replicas[owner].isBusy {
      startOwn(owner, service, now, &calendar)
    }
  }

  /// Takes a batch from the line and starts it; false if everyone in the line was dropped.
  private mutating func startBatch(
    _ replica: UInt32, _ line: UInt32, _ service: Int, _ now: Instant,
    _ calendar: inout EventCalendar<SystemEvent>
  ) -> Bool {
    var head = RequestSlot.none
    var tail = RequestSlot.none
    var items: Int64 = 0
    var count: Int32 = 0
    while count < services[service].maximumRequests {
      let request = lines.first(of: line)
      if request == RequestSlot.none { break }
      let slot = requests[request]
      if count > 0, items &+ Int64(slot.items) > services[service].maximumItems { break }
      lines.remove(request, pool: &requests)
      if services[service].shedsByDeadline, isTooLate(slot, service, now) {
        drop(request, replica, service, now, &calendar)
        continue
      }
      if slot.isCounted {
        let wait = (now - slot.entered).nanoseconds
        serviceRecords[service].wait.add(wait)
        if !serviceRecords[service].windows.isEmpty {
          serviceRecords[service].noteTime(.wait, wait, slot)
        }
      }
      requests[request].place = .batch
      requests[request].holder = replica
      requests[request].previous = tail
      requests[request].next = RequestSlot.none
      if tail == RequestSlot.none { head = request } else { requests[tail].next = request }
      tail = request
      count &+= 1
      items &+= Int64(slot.items)
    }
    if count == 0 { return false }
    begin(replica, head, count, items, service, now, &calendar)
    return true
  }

  /// A replica works on the batch that begins with `head`.
  @inline(__always)
  private mutating func begin(
    _ replica: UInt32, _ head: UInt32, _ count: Int32, _ items: Int64, _ service: Int,
    _ now: Instant, _ calendar: inout EventCalendar<SystemEvent>
  ) {
    replicas[replica].batch = head
    replicas[replica].isBusy = true
    serviceRecords[service].working &+= Int64(count)
    serviceRecords[service].waiting.change(by: -Int64(count), at: now)
    serviceRecords[service].busy.change(by: 1, at: now)
    if now >= warmUpEnd {
      serviceRecords[service].batches &+= 1
      serviceRecords[service].batched &+= Int64(count)
    }
    let slot = requests[head]
    var time = Duration(
      nanoseconds: services[service].fixed &+ services[service].perItem &* items)
    if let sampler = services[service].time {
      var draws = services[service].draws[Int(slot.stream)].draws(
        of: slot.number, from: slot.firstDraw)
      time = Duration(drawn: sampler.sample(&draws))
    }
    let factor = groups[service &* 2 &+ Int(replicas[replica].arm)].timeFactor
    if factor != 1 { time = Duration(drawn: time.seconds * factor) }
    calendar.schedule(
      .batchEnd(replica: replica, generation: replicas[replica].generation), at: now + time)
  }

  /// Whether a request cannot be done by its deadline, even alone in a batch.
  private func isTooLate(_ slot: RequestSlot, _ service: Int, _ now: Instant) -> Bool {
    let least = services[service].fixed &+ services[service].perItem &* Int64(slot.items)
    let deadline = routes[Int(streamRoutes[Int(slot.stream)])].deadline(of: slot.arrival)
    return deadline != .never && now + Duration(nanoseconds: least) > deadline
  }

  private mutating func drop(
    _ request: UInt32, _ replica: UInt32, _ service: Int, _ now: Instant,
    _ calendar: inout EventCalendar<SystemEvent>
  ) {
    serviceRecords[service].waiting.change(by: -1, at: now)
    if !services[service].sharesQueue { releaseOutstanding(replica, 1) }
    fail(request, .tooLate, now, &calendar)
  }

  /// A batch is done: its requests go on, and the replica takes the next.
  mutating func endBatch(
    _ replica: UInt32, _ generation: UInt16, _ now: Instant,
    _ calendar: inout EventCalendar<SystemEvent>
  ) {
    if replicas[replica].generation != generation { return }
    let service = Int(replicas[replica].service)
    var request = replicas[replica].batch
    replicas[replica].batch = RequestSlot.none
    replicas[replica].isBusy = false
    serviceRecords[service].busy.change(by: -1, at: now)
    var count: Int32 = 0
    while request != RequestSlot.none {
      let next = requests[request].next
      completeStep(request, service, now, &calendar)
      request = next
      count &+= 1
    }
    if services[service].sharesQueue {
      let group = service &* 2 &+ Int(replicas[replica].arm)
      listIdle(replica, group)
      startShared(group, service, now, &calendar)
    } else {
      releaseOutstanding(replica, count)
      if !replicas[replica].isBusy { startOwn(replica, service, now, &calendar) }
    }
    serviceRecords[service].working &-= Int64(count)
    if replicas[replica].state == .draining { retireIfDone(replica, now) }
  }

  /// Notes that a replica under a shared line may take a batch.
  mutating func listIdle(_ replica: UInt32, _ group: Int) {
    if replicas[replica].isListedIdle || !replicas[replica].isServing { return }
    replicas[replica].isListedIdle = true
    groups[group].idle.append(replica)
  }

  /// The balancer sees `count` requests less at a replica.
  @inline(__always)
  mutating func releaseOutstanding(_ replica: UInt32, _ count: Int32) {
    replicas[replica].outstanding &-= count
    groups[replicas[replica].group].noteOutstanding(
      at: replicas[replica].place, replicas[replica].outstanding)
  }

  /// A waiting request gives up.
  mutating func leaveLine(
    _ request: UInt32, _ now: Instant, _ calendar: inout EventCalendar<SystemEvent>
  ) {
    let line = requests[request].holder
    let service = Int(lines[line].service)
    lines.remove(request, pool: &requests)
    serviceRecords[service].waiting.change(by: -1, at: now)
    let owner = lines[line].replica
    if owner != RequestSlot.none {
      releaseOutstanding(owner, 1)
      if replicas[owner].state == .draining { retireIfDone(owner, now) }
    }
  }

  /// A request in a batch gives up: the batch goes on without it.
  mutating func leaveBatch(_ request: UInt32) {
    let slot = requests[request]
    let replica = slot.holder
    if slot.previous == RequestSlot.none {
      replicas[replica].batch = slot.next
    } else {
      requests[slot.previous].next = slot.next
    }
    if slot.next != RequestSlot.none { requests[slot.next].previous = slot.previous }
    let service = Int(replicas[replica].service)
    serviceRecords[service].working -= 1
    if !services[service].sharesQueue { releaseOutstanding(replica, 1) }
  }
}
