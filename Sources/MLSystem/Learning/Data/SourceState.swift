import Quantities
import Randomness

/// A source of data while the run goes on.
struct SourceState: Sendable {
  var plan: DataSource
  /// Reasons for which it is down now: random outages and incidents may overlap.
  private(set) var down = 0
  /// Since when it is down; the last time if it is up.
  private(set) var downSince = Instant.start
  /// When its outages were, the one that lasts included.
  private(set) var outages: [(from: Instant, to: Instant)] = []
  /// Reasons for which its online copy is not refreshed.
  private(set) var frozen = 0
  /// The instant of which the frozen copy is.
  private var frozenOf = Instant.start
  /// Up to when batches that have landed brought everything.
  private(set) var covers: Instant
  /// Outages and batches so far.
  var outageNumber: UInt64 = 0
  var batchNumber: UInt64 = 0
  private let draws: CounterStream
  private let length: Sampler
  private let lateness: Sampler

  init(plan: DataSource, streams: StreamFamily) {
    self.plan = plan
    draws = streams.counter("source \(plan.name)")
    length = Sampler(plan.outageLength)
    lateness = Sampler(plan.lateBy)
    switch plan.kind {
    case .stream: covers = .start
    case .batch(let every, let offset):
      // The last batch before the start came in time.
      covers = offset == .zero ? .start : .start + offset - every
    }
  }

  var isDown: Bool { down > 0 }

  /// Whether this was the first of the reasons.
  mutating func goDown(at now: Instant) -> Bool {
    down += 1
    guard down == 1 else { return false }
    downSince = now
    outages.append((now, .never))
    return true
  }

  /// Whether this was the last of the reasons.
  mutating func comeBack(at now: Instant) -> Bool {
    precondition(down > 0, "a source comes back that was not down")
    down -= 1
    guard down == 0 else { return false }
    outages[outages.count - 1].to = now
    return true
  }

  mutating func freeze(at now: Instant) {
    frozen += 1
    if frozen == 1 { frozenOf = newest(at: now) }
  }

  mutating func thaw() { frozen = max(0, frozen - 1) }

  /// Up to when the batch of a number reaches.
  func due(_ number: UInt32) -> Instant {
    guard case .batch(let every, let offset) = plan.kind else { return .start }
    return .start + (offset == .zero ? every : offset) + every * Int64(number)
  }

  /// Up to when the newest batch reaches that was due by `now`; nil where none was.
  func lastDue(by now: Instant) -> Instant? {
    guard case .batch(let every, _) = plan.kind, now >= due(0) else { return nil }
    return due(UInt32(clamping: (now - due(0)).nanoseconds / every.nanoseconds))
  }

  mutating func land(covers instant: Instant) { covers = max(covers, instant) }

  /// From the end of an outage to the next one; nil where there are none.
  mutating func nextOutage() -> (gap: Duration, length: Duration)? {
    guard let every = plan.outagesEvery else { return nil }
    var draws = self.draws.draws(of: 2 * outageNumber)
    outageNumber += 1
    // A hundred years are beyond any horizon and within the clock.
    let gap = min(every.seconds * Ziggurat.exponential(&draws), 3e9)
    return (.seconds(gap), Duration(drawn: length.sample(&draws)))
  }

  /// How late the next batch lands.
  mutating func nextLateness() -> Duration {
    var draws = self.draws.draws(of: 2 * batchNumber + 1)
    batchNumber += 1
    return draws.uniform() < plan.late ? Duration(drawn: lateness.sample(&draws)) : .zero
  }

  /// The instant of the newest data that it has handed on.
  private func newest(at now: Instant) -> Instant {
    switch plan.kind {
    case .stream: isDown ? downSince : now
    case .batch: covers
    }
  }

  /// Whether what an outage kept back is lost.
  var isLossy: Bool { plan.kind == .stream && !plan.backfills }

  /// Age in seconds of the newest labels beyond what its rhythm makes of it.
  func labelAge(at now: Instant) -> Double {
    switch plan.kind {
    case .stream: isDown ? (now - downSince).seconds : 0
    case .batch(let every, _): max((now - covers).seconds - every.seconds, 0)
    }
  }

  /// Age in seconds of what a model reads.
  func age(at now: Instant) -> Double {
    let of = frozen > 0 ? frozenOf : newest(at: now)
    return max((now - of).seconds, 0) + plan.refresh.seconds / 2
  }

  /// Correlation of what a model reads with what is true.
  func autocorrelation(at now: Instant) -> Double {
    guard let memory = plan.memory else { return 1 }
    return PortableMath.exp(-age(at: now) / memory.seconds)
  }

  /// Share of a stretch during which it was down.
  func downShare(from: Instant, to: Instant) -> Double {
    if to <= from { return 0 }
    var sum = 0.0
    for outage in outages.reversed() {
      if outage.to <= from { break }
      let overlap = min(outage.to, to) - max(outage.from, from)
      sum += max(overlap.seconds, 0)
    }
    return sum / (to - from).seconds
  }
}
