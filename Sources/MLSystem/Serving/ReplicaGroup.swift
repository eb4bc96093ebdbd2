import Quantities
import Randomness

/// The replicas of one version of a service, and who gets the next request.
struct ReplicaGroup {
  let balancer: Balancer
  /// The shared waiting line, `RequestSlot.none` where each replica has its own.
  var line = RequestSlot.none
  /// Indices of the replicas that take requests, in order of slot.
  var ready: [UInt32] = []
  /// Replicas that may be idle, under a shared line; who is not any more is skipped.
  var idle: [UInt32] = []
  /// Replicas that are to be: ready, on the way or failed, but not draining.
  var wanted = 0
  /// Share of the requests that a candidate is prepared for.
  var share = 0.0
  /// Machines that it occupies, since when their number has not grown, and when the next one comes.
  var machines = 0
  var machinesSince = Instant.start
  var machineDue = Instant.start
  /// Factor on the time of a batch, and share of requests in error, of the version served.
  var timeFactor = 1.0
  var errorShare = 0.0
  /// How long a replica serves until the memory of its version is full.
  var crashesAfter: Duration?
  private var outstanding = LeastOutstanding(slots: 1)
  private var turn = 0

  /// An empty group of `service`.
  init(of service: Service) {
    // An LLM replica keeps its own line; one line for all is as good as the shortest line.
    let isOneLine = service.isLLM && service.balancer == .sharedQueue
    balancer = isOneLine ? .leastOutstanding : service.balancer
  }

  /// The replica for a request, whose are the `draws`; nil when none takes any.
  mutating func choose(
    _ replicas: borrowing Slab<ReplicaSlot>, _ draws: @autoclosure () -> CounterDraws
  ) -> UInt32? {
    if ready.count < 2 { return ready.first }
    switch balancer {
    case .roundRobin:
      turn = turn + 1 < ready.count ? turn + 1 : 0
      return ready[turn]
    case .random:
      var draws = draws()
      return ready[Self.index(draws.next(), below: ready.count)]
    case .leastOutstanding, .sharedQueue:
      return outstanding.least.map { ready[$0] }
    case .powerOfTwo:
      var draws = draws()
      let first = Self.index(draws.next(), below: ready.count)
      var second = Self.index(draws.next(), below: ready.count - 1)
      if second >= first { second += 1 }
      let (a, b) = (ready[first], ready[second])
      return replicas[b].outstanding < replicas[a].outstanding ? b : a
    }
  }

  /// Tells the balancer the count of a replica's requests.
  @inline(__always)
  mutating func noteOutstanding(at place: Int32, _ count: Int32) {
    // A single replica is chosen without asking, and another one makes the tournament anew.
    if balancer == .leastOutstanding, place >= 0, ready.count > 1 {
      outstanding.set(Int(place), to: count)
    }
  }

  /// Makes `replicas` the ones that take requests, after one came or went.
  mutating func setReady(_ replicas: [UInt32], _ slots: inout Slab<ReplicaSlot>) {
    for replica in ready { slots[replica].place = -1 }
    ready = replicas
    turn = ready.count - 1
    outstanding = LeastOutstanding(slots: max(1, ready.count))
    for (place, replica) in ready.enumerated() {
      slots[replica].place = Int32(place)
      outstanding.set(place, to: slots[replica].outstanding)
    }
  }

  /// A word as an index below `count`, by the high half of the product.
  private static func index(_ word: UInt64, below count: Int) -> Int {
    Int(truncatingIfNeeded: word.multipliedFullWidth(by: UInt64(count)).high)
  }
}
