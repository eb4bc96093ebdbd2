import DiscreteEvents
import Quantities
import Randomness
import Testing

/// Rings every second, and writes down when; what it does beyond that is set by the test.
private struct Clock: SimulationModel {
  enum Event: BitwiseCopyable { case ring }

  var rings: [Int64] = []
  var stopsAt: Int?
  /// Extra events that each ring schedules an hour ahead.
  var extra = 0

  mutating func handle(
    _ event: Event, at now: Instant, calendar: inout EventCalendar<Event>
  ) {
    rings.append(now.nanoseconds / 1_000_000_000)
    if rings.count == stopsAt { calendar.requestStop() }
    calendar.schedule(.ring, at: now + .seconds(1))
    for _ in 0..<extra { calendar.schedule(.ring, at: now + .seconds(3600)) }
  }
}

private func started(_ clock: Clock = Clock(), capacity: Int = 256) -> Simulation<Clock> {
  var simulation = Simulation(clock, capacity: capacity)
  simulation.calendar.schedule(.ring, at: .start)
  return simulation
}

private func seconds(_ value: Double) -> Instant { .start + .seconds(value) }

@Suite("The run loop")
struct SimulationTests {
  @Test("The horizon is exclusive, and two runs that meet at it equal one")
  func horizon() {
    var simulation = started()
    let first = simulation.run(until: seconds(3))
    #expect(first == RunOutcome(reason: .horizon, time: seconds(3), events: 3))
    #expect(simulation.model.rings == [0, 1, 2])
    let second = simulation.run(until: seconds(5))
    #expect(second == RunOutcome(reason: .horizon, time: seconds(5), events: 2))
    #expect(simulation.finish().rings == [0, 1, 2, 3, 4])
  }

  @Test("Without an event the run ends at once")
  func empty() {
    var simulation = Simulation(Clock())
    let outcome = simulation.run(until: seconds(10))
    #expect(outcome == RunOutcome(reason: .empty, time: .start, events: 0))
  }

  @Test("The limit of events ends the run, and it can go on")
  func eventLimit() {
    var simulation = started()
    let outcome = simulation.run(until: seconds(100), limits: RunLimits(events: 7))
    #expect(outcome == RunOutcome(reason: .eventLimit, time: seconds(6), events: 7))
    #expect(simulation.run(until: seconds(8)).events == 1)
    let none = simulation.run(until: seconds(100), limits: RunLimits(events: 0))
    #expect(none.reason == .eventLimit)
    #expect(none.events == 0)
  }

  @Test("A model that asks for the end gets it after the event in hand")
  func stop() {
    var simulation = started(Clock(stopsAt: 4))
    let outcome = simulation.run(until: seconds(100))
    #expect(outcome == RunOutcome(reason: .stoppedByModel, time: seconds(3), events: 4))
    #expect(simulation.run(until: seconds(6)).reason == .horizon)
    #expect(simulation.model.rings == [0, 1, 2, 3, 4, 5])
  }

  /// Each ring leaves ten more pending beside the next ring: after k rings 10 k + 1 are pending.
  @Test("The limit of pending events ends the run", arguments: [1, 4, 24, 64, 256])
  func pendingLimit(capacity: Int) {
    for limit in [1, 24, 25, 30, 31, 100] {
      var simulation = started(Clock(extra: 10), capacity: capacity)
      let outcome = simulation.run(until: seconds(1000), limits: RunLimits(pending: limit))
      #expect(outcome.reason == .pendingLimit)
      // The first k with 10 k + 1 > limit.
      let rings = (limit - 1) / 10 + 1
      #expect(outcome.events == Int64(rings), "limit \(limit), capacity \(capacity)")
      #expect(simulation.calendar.count == 10 * rings + 1)
      simulation.calendar.checkInvariants()
      let again = simulation.run(until: seconds(1000), limits: RunLimits(pending: limit))
      #expect(again.events == 1)
      #expect(again.reason == .pendingLimit)
      #expect(simulation.run(until: seconds(50)).reason == .horizon)
    }
  }
}

@Suite("Generations")
struct GenerationPoolTests {
  @Test("A released slot is used again, and its old ticket is stale")
  func reuse() {
    var pool = GenerationPool()
    let a = pool.take()
    let b = pool.take()
    #expect(a.slot == 0)
    #expect(b.slot == 1)
    #expect(pool.inUse == 2)
    pool.release(a.slot)
    #expect(!pool.isCurrent(a))
    #expect(pool.isCurrent(b))
    let c = pool.take()
    #expect(c.slot == a.slot)
    #expect(pool.isCurrent(c))
    #expect(!pool.isCurrent(a))
    #expect(pool.slots == 2)
  }

  @Test("A renewed slot stays in use with a new ticket")
  func renew() {
    var pool = GenerationPool()
    let first = pool.take()
    let second = pool.renew(first.slot)
    #expect(!pool.isCurrent(first))
    #expect(pool.isCurrent(second))
    #expect(pool.ticket(of: first.slot) == second)
    #expect(pool.inUse == 1)
  }

  @Test("A ticket keeps 24 bits of the generation in 7 bytes")
  func ticket() {
    let ticket = GenerationPool.Ticket(slot: 4_000_000_000, generation: 0x12_ABCDEF)
    #expect(ticket.slot == 4_000_000_000)
    #expect(ticket.generation == 0xABCDEF)
    #expect(MemoryLayout<GenerationPool.Ticket>.size == 7)
  }

  /// Time-outs that are cancelled by their generation never fire: half the work ends in time.
  @Test("Stale events are told from current ones")
  func cancellation() {
    struct Work: SimulationModel {
      enum Event: BitwiseCopyable {
        case done(GenerationPool.Ticket)
        case timeout(GenerationPool.Ticket)
      }
      var pool = GenerationPool()
      var finished = 0
      var timedOut = 0
      mutating func handle(
        _ event: Event, at now: Instant, calendar: inout EventCalendar<Event>
      ) {
        switch event {
        case .done(let ticket):
          if !pool.isCurrent(ticket) { return }
          finished += 1
          pool.release(ticket.slot)
        case .timeout(let ticket):
          if !pool.isCurrent(ticket) { return }
          timedOut += 1
          pool.release(ticket.slot)
        }
      }
    }
    var simulation = Simulation(Work())
    for i in 0..<100 {
      let ticket = simulation.model.pool.take()
      simulation.calendar.schedule(.done(ticket), at: seconds(Double(i) + 0.5))
      simulation.calendar.schedule(.timeout(ticket), at: seconds(50))
    }
    let outcome = simulation.run()
    #expect(outcome.events == 200)
    #expect(simulation.model.finished == 50)
    #expect(simulation.model.timedOut == 50)
    #expect(simulation.model.pool.inUse == 0)
  }
}
