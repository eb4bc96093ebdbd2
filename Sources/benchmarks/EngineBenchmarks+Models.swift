import DiscreteEvents
import Quantities
import Randomness
import Statistics

/// An exponential time with mean `mean` nanoseconds.
@inline(__always)
private func exponential(_ mean: Double, _ source: inout RandomStream) -> Quantities.Duration {
  Duration(nanoseconds: Int64(Ziggurat.exponential(&source) * mean))
}

/// Rate and finding of a simulation of `work` items that `body` runs to its end.
private func timed(_ work: Int, _ body: () -> Double) -> (rate: Double, found: Double) {
  let start = cpuSeconds()
  let found = body()
  return (Double(work) / (cpuSeconds() - start), found)
}

/// B1: one server at 80 % utilisation; finds the mean wait in the queue in mean service times.
struct SingleServer: SimulationModel, ~Copyable {
  enum Event: BitwiseCopyable { case arrival, departure }

  let customers: Int
  var source = RandomStream(seed: 1)
  var waiting = Ring()
  var arrived = 0
  var served = 0
  var isBusy = false
  var wait: Int64 = 0

  init(customers: Int) { self.customers = customers }

  @inline(__always)
  mutating func handle(
    _ event: Event, at now: Instant, calendar: inout EventCalendar<Event>
  ) {
    switch event {
    case .arrival:
      arrived += 1
      if isBusy {
        waiting.append(now)
      } else {
        isBusy = true
        calendar.schedule(.departure, at: now + exponential(1e9, &source))
      }
      if arrived < customers {
        calendar.schedule(.arrival, at: now + exponential(1.25e9, &source))
      }
    case .departure:
      served += 1
      if waiting.count > 0 {
        wait += (now - waiting.removeFirst()).nanoseconds
        calendar.schedule(.departure, at: now + exponential(1e9, &source))
      } else {
        isBusy = false
      }
    }
  }

  static func measure(customers: Int) -> (rate: Double, found: Double) {
    timed(customers) {
      var simulation = Simulation(SingleServer(customers: customers))
      simulation.calendar.schedule(.arrival, at: .start)
      _ = simulation.run()
      return Double(simulation.model.wait) / Double(simulation.model.served) * 1e-9
    }
  }
}

/// B2: sixteen servers at 90 %, every latency into a histogram; finds the mean latency.
struct ManyServers: SimulationModel, ~Copyable {
  enum Event: BitwiseCopyable {
    case arrival
    case departure(server: UInt32)
  }

  let customers: Int
  var source = RandomStream(seed: 1)
  var waiting = Ring()
  var latencies = LogHistogram()
  var arrived = 0
  var idle = 16
  var free = InlineArray<16, UInt32> { UInt32($0) }
  var since = InlineArray<16, Instant>(repeating: .start)

  init(customers: Int) { self.customers = customers }

  @inline(__always)
  mutating func handle(
    _ event: Event, at now: Instant, calendar: inout EventCalendar<Event>
  ) {
    switch event {
    case .arrival:
      arrived += 1
      if idle > 0 {
        idle -= 1
        let server = free[idle]
        since[Int(server)] = now
        calendar.schedule(.departure(server: server), at: now + exponential(1e9, &source))
      } else {
        waiting.append(now)
      }
      if arrived < customers {
        calendar.schedule(.arrival, at: now + exponential(1e9 / 14.4, &source))
      }
    case .departure(let server):
      latencies.add((now - since[Int(server)]).nanoseconds)
      if waiting.count > 0 {
        since[Int(server)] = waiting.removeFirst()
        calendar.schedule(.departure(server: server), at: now + exponential(1e9, &source))
      } else {
        free[idle] = server
        idle += 1
      }
    }
  }

  static func measure(customers: Int) -> (rate: Double, found: Double) {
    timed(customers) {
      var simulation = Simulation(ManyServers(customers: customers))
      simulation.calendar.schedule(.arrival, at: .start)
      _ = simulation.run()
      return (simulation.model.latencies.mean ?? 0) * 1e-9
    }
  }
}

/// B3: each event schedules one an exponential time later, so the number pending stays.
struct Hold: SimulationModel {
  enum Event: BitwiseCopyable { case ring(UInt32) }

  var source = RandomStream(seed: 7)

  @inline(__always)
  mutating func handle(
    _ event: Event, at now: Instant, calendar: inout EventCalendar<Event>
  ) {
    calendar.schedule(event, at: now + exponential(1e9, &source))
  }

  /// The warm-up into the steady state is not timed.
  static func measure(pending: Int, holds: Int) -> (rate: Double, found: Double) {
    var simulation = Simulation(Hold())
    for i in 0..<pending {
      let time = Instant.start + exponential(1e9, &simulation.model.source)
      simulation.calendar.schedule(.ring(UInt32(i)), at: time)
    }
    _ = simulation.run(limits: RunLimits(events: Int64(min(holds / 4, 3 * pending))))
    let start = cpuSeconds()
    let outcome = simulation.run(limits: RunLimits(events: Int64(holds)))
    return (Double(outcome.events) / (cpuSeconds() - start), outcome.time.seconds)
  }
}

/// A queue of instants in one buffer.
struct Ring: ~Copyable {
  private var buffer = UnsafeMutablePointer<Instant>.allocate(capacity: 1024)
  private var mask = 1023
  private var first = 0
  private(set) var count = 0

  deinit { buffer.deallocate() }

  var front: Instant { buffer[first & mask] }

  mutating func append(_ time: Instant) {
    if count > mask { grow() }
    buffer[(first &+ count) & mask] = time
    count &+= 1
  }

  mutating func removeFirst() -> Instant {
    let time = buffer[first & mask]
    first &+= 1
    count &-= 1
    return time
  }

  private mutating func grow() {
    let larger = UnsafeMutablePointer<Instant>.allocate(capacity: (mask + 1) * 2)
    for i in 0..<count { larger[i] = buffer[(first &+ i) & mask] }
    buffer.deallocate()
    buffer = larger
    mask = mask * 2 + 1
    first = 0
  }
}
