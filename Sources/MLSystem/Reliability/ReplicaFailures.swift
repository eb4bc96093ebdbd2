import Quantities
import Randomness

/// When the replicas of one service crash and how long they stay away.
///
/// The draws of a life belong to the slot and the number of the life, not to the order in which
/// replicas crash, so that two variants with the same service see the same failures of a slot.
package struct ReplicaFailures: Sendable {
  private let service: String
  private let streams: StreamFamily
  private let toFailure: Sampler
  private let toRepair: Sampler
  private var slots: [Slot] = []

  private struct Slot: Sendable {
    var draws: CounterStream
    var lives: UInt64 = 0
  }

  /// One life of a replica: how long it serves, and how long it is away after its crash.
  package struct Life: Sendable, Hashable {
    package var serves: Duration
    package var away: Duration
  }

  package init(law: FailureLaw, service: String, streams: StreamFamily) {
    self.service = service
    self.streams = streams
    toFailure = Sampler(law.timeToFailure)
    toRepair = Sampler(law.timeToRepair)
  }

  /// The next life of the replica in `slot`, from the moment that it serves.
  ///
  /// - Complexity: O(1); O(slot) where the slot is used for the first time.
  package mutating func nextLife(of slot: Int) -> Life {
    while slots.count <= slot {
      slots.append(Slot(draws: streams.counter("failures \(service)/\(slots.count)")))
    }
    var draws = slots[slot].draws.draws(of: slots[slot].lives)
    slots[slot].lives += 1
    return Life(
      serves: Self.span(toFailure.sample(&draws)), away: Self.span(toRepair.sample(&draws)))
  }

  /// A drawn number of seconds as a length of time, kept within what a run can reach.
  private static func span(_ seconds: Double) -> Duration {
    .seconds(min(max(seconds, 0), 4e9))
  }
}
