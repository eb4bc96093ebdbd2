import Quantities

/// One replica: its state of life, its waiting line, and the batch it works on.
struct ReplicaSlot: BitwiseCopyable {
  var service: UInt16
  /// 0 in the stable group, 1 in the candidate's.
  var arm: UInt8
  var state = ReplicaState.absent
  /// Moves on at every change of state, so that events of the former life are stale.
  var generation: UInt16 = 0
  /// Number among the replicas of its service: randomness and names follow it.
  var slot: UInt32
  /// Its waiting line, or the shared one of its group.
  var line: UInt32
  /// Index of its zone among those of its pool.
  var zone: UInt16 = 0
  /// Whether an incident keeps it from serving, and whether its machine is gone for that.
  var isHeld = false
  var hasLostMachine = false
  /// Requests that it has and has not answered.
  var outstanding: Int32 = 0
  /// Index in the list of its group's ready replicas; -1 when it takes no requests.
  var place: Int32 = -1
  /// First request of the batch in work; a batch whose requests all gave up runs on empty.
  var batch = RequestSlot.none
  var isBusy = false
  /// Whether it stands in its group's stack of idle replicas.
  var isListedIdle = false
  /// Whether it has crashed and starts again.
  var isRestart = false
  /// Counts the lives of the slot, which draws of start-up times belong to.
  var lives: UInt32 = 0
  /// How long it stays away after the crash that ends its present life.
  var away = Duration.zero
  /// When its memory is full.
  var leaksAt = Instant.never

  /// Of an LLM replica: when its pending event comes, which is not after something is due, which of
  /// its events is valid, who waits, who runs.
  var alarm = Instant.never
  var iterations: UInt16 = 0
  var waiting: Int32 = 0
  var running: Int32 = 0

  /// Number of its group among all.
  var group: Int {
    @inline(__always)
    get { Int(service) &* 2 &+ Int(arm) }
  }
  /// Names slot and life, for draws.
  var life: UInt64 { UInt64(slot) << 32 | UInt64(lives) }

  /// Whether it takes new work.
  var isServing: Bool { state == .ready }
  /// Whether it works on what it has.
  var isAlive: Bool { state == .ready || state == .draining }
}

/// The life of a replica.
enum ReplicaState: UInt8 {
  /// The slot is free.
  case absent
  /// Its instance is on the way.
  case provisioning
  /// Its instance runs; image, weights and warm-up are loading.
  case starting
  case ready
  /// It finishes what it has and takes nothing new.
  case draining
  /// It has crashed and waits for its restart.
  case failed
}
