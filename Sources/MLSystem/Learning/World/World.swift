import Quantities
import Randomness

/// The concept of one task as a path: a unit vector that wanders and jumps, remembered by segments.
///
/// The path wanders on the sphere by a random walk whose steps make a fixed angle, so that
/// E u(t)·u(s) = e^(-|t-s|/τ) holds exactly between any two ticks; it tends to Brownian motion as
/// the tick becomes short against τ. Within a segment the concept stands still. Before the start of
/// the run the same walk goes back in time, which leaves its law as it is, so that variants with
/// other windows share the whole path. All draws belong to the task's name and the number of the
/// tick.
package struct World: Sendable {
  /// Dimension in which the concept moves.
  ///
  /// A model with more features has noise in the others.
  package static let dimensions = 32

  /// Time between two steps of the walk.
  package let tick: Duration
  /// Start of each segment in nanoseconds after the start of the run, negative before it.
  package private(set) var starts: [Int64]
  /// Count of covariate shifts before each segment.
  package private(set) var epochs: [Int32]
  /// Concepts of all segments, `dimensions` numbers each.
  private var concepts: [Double]
  /// Segments given up at the front since the start of the run.
  package private(set) var dropped = 0

  /// Cosine of one step of the walk.
  private let cosine: Double
  private let walk: CounterStream
  private let jumps: CounterStream
  private var ticks: Int64 = 0
  private var jumped: UInt64 = 0

  /// The world of `task` with a history of `past` before the start of the run.
  package init(task: PredictionTask, past: Duration, streams: StreamFamily) {
    var rate = 0.0
    for drift in task.drifts {
      if case .wandering(let memory) = drift { rate += 1 / memory.seconds }
    }
    // An hour resolves a memory of days to a percent; a shorter memory takes shorter ticks.
    let finest = rate > 0 ? min(3600, 1 / (32 * rate)) : 3600
    let tick = Duration.seconds(max(finest, 60))
    self.tick = tick
    cosine = PortableMath.exp(-tick.seconds * rate)
    walk = streams.counter("world \(task.name)")
    jumps = streams.counter("world \(task.name) jumps")
    let count = Self.dimensions
    var concept = [Double](repeating: 0, count: count)
    concept[0] = 1
    let steps = Int((past.seconds / tick.seconds).rounded(.up))
    var history: [[Double]] = []
    history.reserveCapacity(steps)
    var back = concept
    for step in 0..<steps {
      var draws = walk.draws(of: UInt64(bitPattern: Int64(-1 - step)))
      Self.turn(&back, at: 0, cosine: cosine, &draws)
      history.append(back)
    }
    starts = (0...steps).map { Int64($0 - steps) * tick.nanoseconds }
    epochs = Array(repeating: 0, count: steps + 1)
    concepts = history.reversed().flatMap { $0 } + concept
  }

  /// Segments that are remembered; the last one is open.
  package var count: Int { starts.count }

  /// The last closed segment that began before `time` (nanoseconds); -1 where there is none.
  func lastSegment(before time: Int64) -> Int {
    var (low, high) = (0, count - 1)
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] < time { low = middle + 1 } else { high = middle }
    }
    return low - 1
  }

  /// When the walk takes its next step.
  package var nextTick: Instant { Instant(nanoseconds: (ticks + 1) * tick.nanoseconds) }

  /// Opens a segment at `now` with the concept of the last one.
  mutating func split(at now: Instant) {
    starts.append(now.nanoseconds)
    epochs.append(epochs[epochs.count - 1])
    // A slice of the array would share its storage and so copy all of it.
    let base = concepts.count - Self.dimensions
    for i in 0..<Self.dimensions { concepts.append(concepts[base + i]) }
  }

  /// Takes one step of the walk in the open segment.
  mutating func step() {
    ticks += 1
    if cosine >= 1 { return }
    var draws = walk.draws(of: UInt64(bitPattern: ticks))
    Self.turn(&concepts, at: concepts.count - Self.dimensions, cosine: cosine, &draws)
  }

  /// Turns the concept of the open segment away from what it was by the given cosine.
  mutating func jump(cosine: Double) {
    var draws = jumps.draws(of: jumped)
    jumped += 1
    Self.turn(&concepts, at: concepts.count - Self.dimensions, cosine: cosine, &draws)
  }

  /// Begins another epoch of the features' means in the open segment.
  mutating func shiftCovariates() { epochs[epochs.count - 1] += 1 }

  /// Forgets the older half of the segments if it ended by `oldest`; returns how many.
  mutating func forget(before oldest: Int64) -> Int {
    // Copying is paid once for many segments, so that forgetting costs O(1) each.
    let count = min(starts.count / 2, 4096)
    if count < 512 || starts[count] > oldest { return 0 }
    starts.removeFirst(count)
    epochs.removeFirst(count)
    concepts.removeFirst(count * Self.dimensions)
    dropped += count
    return count
  }

  /// Cosine of `direction` (of that length) with the concept of the open segment, times the length.
  func projection(of direction: [Double]) -> Double {
    projection(of: direction, on: count - 1)
  }

  func projection(of direction: [Double], on segment: Int) -> Double {
    precondition(direction.count == Self.dimensions)
    let base = segment * Self.dimensions
    var sum = 0.0
    for i in 0..<Self.dimensions { sum += direction[i] * concepts[base + i] }
    return sum
  }

  /// Adds `weight` times the concept of `segment` to `sum`.
  func accumulate(_ weight: Double, of segment: Int, into sum: inout [Double]) {
    let base = segment * Self.dimensions
    for i in 0..<Self.dimensions { sum[i] += weight * concepts[base + i] }
  }

  /// Turns the unit vector at `base` of `vectors` by an angle of fixed cosine in a direction that
  /// is uniform among those orthogonal to it.
  private static func turn(
    _ vectors: inout [Double], at base: Int, cosine: Double, _ draws: inout CounterDraws
  ) {
    if cosine >= 1 { return }
    withUnsafeTemporaryAllocation(of: Double.self, capacity: dimensions) { normal in
      var along = 0.0
      for i in 0..<dimensions {
        normal[i] = Ziggurat.normal(&draws)
        along += normal[i] * vectors[base + i]
      }
      var square = 0.0
      for i in 0..<dimensions {
        normal[i] -= along * vectors[base + i]
        square += normal[i] * normal[i]
      }
      let sine = (max(0, 1 - cosine * cosine) / square).squareRoot()
      // Dividing by the length keeps rounding from adding up over years of ticks.
      var length = 0.0
      for i in 0..<dimensions {
        vectors[base + i] = cosine * vectors[base + i] + sine * normal[i]
        length += vectors[base + i] * vectors[base + i]
      }
      let scale = 1 / length.squareRoot()
      for i in 0..<dimensions { vectors[base + i] *= scale }
    }
  }
}
