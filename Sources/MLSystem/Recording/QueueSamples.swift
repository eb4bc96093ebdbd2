import Quantities

/// Evenly spaced readings of queues whose spacing doubles when there are too many, so that a run
/// that ends early is known as finely as one that lasts.
struct QueueSamples {
  /// The most readings of a queue that are kept.
  static let limit = 512

  /// When the readings began, and the time between two.
  let start: Instant
  private(set) var step = Duration(nanoseconds: 1_000_000)
  /// Waiting requests by service, in order of time.
  private(set) var waiting: [[Double]]
  /// Waiting requests and all that were lost before, by service: the queue as it were if nobody had
  /// been turned away.
  private(set) var unserved: [[Double]]
  /// Readings kept, also where there is no service to read.
  private var readings = 0

  /// No readings of so many services yet.
  init(services: Int, from start: Instant) {
    self.start = start
    waiting = Array(repeating: [], count: services)
    unserved = waiting
  }

  /// Adds a reading of every service; afterwards `step` says when the next is due.
  mutating func add(_ records: borrowing Table<ServiceRecord>) {
    for service in records.indices {
      let level = records[service].waiting.level
      waiting[service].append(Double(level))
      unserved[service].append(Double(level + records[service].lost))
    }
    readings += 1
    if readings >= Self.limit { thinOut() }
  }

  /// Keeps every other reading, the latest among them.
  private mutating func thinOut() {
    step = step * 2
    readings /= 2
    func thinned(_ all: [Double]) -> [Double] {
      stride(from: 1, to: all.count, by: 2).map { all[$0] }
    }
    waiting = waiting.map(thinned)
    unserved = unserved.map(thinned)
  }
}
