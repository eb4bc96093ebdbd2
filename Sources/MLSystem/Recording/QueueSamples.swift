import Quantities

/// Evenly spaced readings of queues whose spacing doubles when there are too many, so that a run that
/// ends early is known as finely as one that lasts.
struct QueueSamples {
  /// The most readings of a queue that are kept.
  static let limit = 512

  /// Time between readings.
  private(set) var step: Duration
  /// By queue, in order of time.
  private(set) var lengths: [[Double]]

  /// No readings of `queues` queues of a run of length `horizon`.
  init(queues: Int, horizon: Duration) {
    step = Duration(nanoseconds: max(1, horizon.nanoseconds / (64 * Int64(Self.limit))))
    lengths = Array(repeating: [], count: queues)
  }

  /// Adds a reading of every queue; afterwards `step` says when the next is due.
  mutating func add(_ reading: (Int) -> Double) {
    for queue in lengths.indices { lengths[queue].append(reading(queue)) }
    if let first = lengths.first, first.count >= Self.limit { thinOut() }
  }

  /// Keeps every other reading, the latest among them.
  private mutating func thinOut() {
    step = step * 2
    for queue in lengths.indices {
      let all = lengths[queue]
      lengths[queue] = stride(from: 1, to: all.count, by: 2).map { all[$0] }
    }
  }
}
