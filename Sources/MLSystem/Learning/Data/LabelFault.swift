import Quantities
import Randomness

/// A stretch of predictions whose labels are wrong beyond the usual.
struct LabelFault: Sendable {
  /// Index of the incident that brought it.
  var incident: Int
  var from: Instant
  var to = Instant.never
  var effect: Effect
  /// From when its labels have been made anew; never until then.
  var relabelled = Instant.never

  enum Effect: Sendable, Hashable {
    case flipped(Double)
    case poisoned(share: Double, direction: Int)
  }
}

/// The direction that an attacker wants a model to learn.
struct PoisonDirection: Sendable {
  /// Its cosine with the concept of the window that it is put into.
  var cosine: Double
  var draws: CounterDraws

  /// A unit vector with the cosine to the concept `of`, uniform among all of them.
  func vector(to concept: [Double]) -> [Double] {
    var draws = draws
    var square = 0.0
    for value in concept { square += value * value }
    if square <= 0 { return concept }
    var other = concept.map { _ in Ziggurat.normal(&draws) }
    var along = 0.0
    for (a, b) in zip(other, concept) { along += a * b }
    var rest = 0.0
    for i in other.indices {
      other[i] -= along / square * concept[i]
      rest += other[i] * other[i]
    }
    let sine = (max(0, 1 - cosine * cosine) / rest).squareRoot()
    let scale = cosine / square.squareRoot()
    return other.indices.map { scale * concept[$0] + sine * other[$0] }
  }
}

/// What a task's labels have been through.
struct TaskData: Sendable {
  /// Sources that bring its labels.
  var sources: [Int] = []
  var delivery = LabelDelivery()
  /// All faults so far, in order of their beginning.
  var faults: [LabelFault] = []
  var poison: [PoisonDirection] = []
  /// Labels that were made a second time for an audit.
  var audited = 0.0
  /// The data score: its integral over time, that time, and its lowest value.
  var scored = DataScoreTally()

  /// Share of the labels of predictions at `instant` that is flipped beyond the usual, as they
  /// stand at `now`.
  func flipped(at instant: Instant, seenAt now: Instant) -> Double {
    var upright = 1.0
    for fault in faults where fault.from <= instant && instant < fault.to {
      if case .flipped(let share) = fault.effect, fault.relabelled > now {
        upright *= 1 - 2 * share
      }
    }
    return (1 - upright) / 2
  }

  /// Shares of the labels of predictions at `instant` that are poisoned, by direction.
  func poisoned(at instant: Instant, seenAt now: Instant) -> (share: Double, direction: Int)? {
    for fault in faults where fault.from <= instant && instant < fault.to {
      if case .poisoned(let share, let direction) = fault.effect, fault.relabelled > now {
        return (share, direction)
      }
    }
    return nil
  }

  /// The incidents whose wrong labels make up enough of a window, as its labels stand at `cut`.
  func incidents(from start: Instant, to end: Instant, cut: Instant) -> [Int] {
    faults.filter { fault in
      let common = min(fault.to, end) - max(fault.from, start)
      return fault.relabelled > cut
        && common.seconds >= DatasetLineage.spoiltShare * (end - start).seconds
    }.map(\.incident)
  }

  /// Flips of both kinds together: two flips make a right label.
  static func joined(_ a: Double, _ b: Double) -> Double { a + b - 2 * a * b }
}
