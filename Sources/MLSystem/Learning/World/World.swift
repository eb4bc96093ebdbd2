import Quantities
import Randomness

/// The concepts of one task as paths: unit vectors that wander and turn, remembered by stretches.
///
/// A path wanders on the sphere by a random walk whose steps make a fixed angle, so that
/// E u(t)·u(s) = e^(-|t-s|/τ) holds exactly between any two ticks; it tends to Brownian motion as
/// the tick becomes short against τ. Within a stretch the concepts stand still. Before the start of
/// the run the same walk goes back in time, which leaves its law as it is, so that variants with
/// other windows share the whole path. All draws belong to the task's name and the number of the
/// tick.
///
/// Every segment of a task has a path of its own. Its steps share a part of their direction with
/// those of the common walk, so that the cosine with it stays near the declared one.
package struct World: Sendable {
  /// Dimension in which the concept moves.
  ///
  /// A model with more features has noise in the others.
  package static let dimensions = 32

  /// Time between two steps of the walk.
  package let tick: Duration
  /// Concepts side by side: one per segment of the task.
  package let paths: Int
  /// Start of each stretch in nanoseconds after the start of the run, negative before it.
  package private(set) var starts: [Int64]
  /// Count of covariate shifts before each stretch.
  package private(set) var epochs: [Int32]
  /// Concepts of all stretches, `paths` vectors of `dimensions` numbers each.
  private var concepts: [Double]
  /// Stretches given up at the front since the start of the run.
  package private(set) var dropped = 0
  /// Prevalence and separability of the segments in the open stretch.
  private(set) var scenery: Scenery
  /// What one label says of the concept, by stretch; empty where that is the concept itself.
  private var signals: [Double] = []
  /// Separability and prevalence of every segment, by stretch; empty where they never move and
  /// there is one segment.
  private var scenes: [BinormalQuality] = []
  /// How the concepts move.
  private var motion: ConceptMotion
  private var ticks: Int64 = 0

  /// The world of `task` with a history of `past` before the start of the run.
  package init(task: PredictionTask, past: Duration, streams: StreamFamily) {
    let motion = ConceptMotion(task: task, streams: streams)
    var scenery = Scenery(task: task)
    let tick = motion.tick
    var back = motion
    let steps = Int((past.seconds / tick.seconds).rounded(.up))
    var history: [[Double]] = []
    history.reserveCapacity(steps)
    for step in 0..<steps {
      back.walk(number: Int64(-1 - step))
      history.append(back.concepts(at: -tick.seconds * Double(step + 1)))
    }
    starts = (0...steps).map { Int64($0 - steps) * tick.nanoseconds }
    epochs = Array(repeating: 0, count: steps + 1)
    concepts = history.reversed().flatMap { $0 } + motion.concepts(at: 0)
    self.tick = tick
    self.motion = motion
    paths = motion.paths
    scenery.move(to: 0)
    self.scenery = scenery
    if scenery.isPlain { return }
    signals = Array(repeating: 0, count: (steps + 1) * Self.dimensions)
    for stretch in 0...steps {
      scenery.move(to: Double(starts[stretch]) * 1e-9)
      writeSignal(of: stretch, scenery.weights)
      scenes += scenery.scenes.map(\.best)
    }
  }

  /// Writes what one label of a stretch says: the concepts of its segments by what each brings.
  private mutating func writeSignal(of stretch: Int, _ weights: [Double]) {
    let place = stretch * Self.dimensions
    for i in 0..<Self.dimensions { signals[place + i] = 0 }
    for (segment, weight) in weights.enumerated() {
      let base = (stretch * paths + segment) * Self.dimensions
      for i in 0..<Self.dimensions { signals[place + i] += weight * concepts[base + i] }
    }
  }

  /// Stretches that are remembered; the last one is open.
  package var count: Int { starts.count }

  /// The last closed stretch that began before `time` (nanoseconds); -1 where there is none.
  package func lastSegment(before time: Int64) -> Int {
    var (low, high) = (0, count - 1)
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] < time { low = middle + 1 } else { high = middle }
    }
    return low - 1
  }

  /// When the walk takes its next step.
  package var nextTick: Instant { Instant(nanoseconds: (ticks + 1) * tick.nanoseconds) }

  /// Opens a stretch at `now` with the concepts of the last one.
  package mutating func split(at now: Instant) {
    starts.append(now.nanoseconds)
    epochs.append(epochs[epochs.count - 1])
    concepts.repeatLast(paths * Self.dimensions)
    if scenery.isPlain { return }
    signals.repeatLast(Self.dimensions)
    let first = scenes.count - paths
    for path in 0..<paths { scenes.append(scenes[first + path]) }
  }

  /// Takes one step of the walk, and of what turns besides, in the open stretch.
  package mutating func step() {
    ticks += 1
    motion.walk(number: ticks)
    motion.turnRamps(to: Double(ticks) * tick.seconds)
    show(at: Double(ticks) * tick.seconds)
  }

  /// Turns the concepts of the open stretch away from what they were by the given cosine.
  package mutating func jump(cosine: Double, path: Int? = nil) {
    motion.jump(cosine: cosine, path: path)
    show(at: Double(starts[count - 1]) * 1e-9)
  }

  /// Begins to turn the concepts by the given cosine over a stretch of time from `now`, evenly or
  /// in so many equal steps.
  package mutating func beginTurn(
    cosine: Double, from now: Double, over: Double, steps: Int = 0, path: Int? = nil
  ) {
    motion.beginTurn(cosine: cosine, from: now, over: over, steps: steps, path: path)
  }

  /// Shows prevalence and separability as they are at `now` in the open stretch.
  mutating func moveScenery(to now: Instant) { show(at: now.seconds) }

  private mutating func show(at time: Double) {
    motion.write(at: time, into: &concepts, from: concepts.count - paths * Self.dimensions)
    if scenery.isPlain { return }
    scenery.move(to: time)
    writeSignal(of: count - 1, scenery.weights)
    for path in 0..<paths {
      scenes[(count - 1) * paths + path] = scenery.scenes[path].best
    }
  }

  /// Begins another epoch of the features' means in the open stretch.
  mutating func shiftCovariates() { epochs[epochs.count - 1] += 1 }

  /// How many stretches `forget` should give up: the older half if it ended by `oldest`.
  ///
  /// Copying is paid once for many stretches, so that forgetting costs O(1) each.
  package func forgettable(before oldest: Int64) -> Int {
    let count = min(starts.count / 2, 4096)
    return count < 512 || starts[count] > oldest ? 0 : count
  }

  /// Forgets the first stretches.
  package mutating func forget(_ count: Int) {
    starts.removeFirst(count)
    epochs.removeFirst(count)
    concepts.removeFirst(count * paths * Self.dimensions)
    if !scenery.isPlain {
      signals.removeFirst(count * Self.dimensions)
      scenes.removeFirst(count * paths)
    }
    dropped += count
  }

  /// Cosine of `direction` (of that length) with a concept of the open stretch, times the length.
  func projection(of direction: [Double], path: Int = 0) -> Double {
    projection(of: direction, on: count - 1, path: path)
  }

  /// Cosine of `direction` with a concept of a past stretch, times the length of `direction`.
  package func projection(of direction: [Double], on stretch: Int, path: Int = 0) -> Double {
    precondition(direction.count == Self.dimensions)
    let base = (stretch * paths + path) * Self.dimensions
    return concepts.withUnsafeBufferPointer { concepts in
      var sum = 0.0
      for i in 0..<Self.dimensions { sum += direction[i] * concepts[base + i] }
      return sum
    }
  }

  /// The best score of a segment in a stretch; nil where nothing but one concept ever moves.
  func scene(of path: Int, on stretch: Int) -> BinormalQuality? {
    scenes.isEmpty ? nil : scenes[stretch * paths + path]
  }

  /// What one label of each stretch says of the concept, `dimensions` numbers each: the concept
  /// itself where there is one segment of constant separability.
  var told: [Double] {
    @inline(__always)
    get { scenery.isPlain ? concepts : signals }
  }

  /// Adds `weight` times what one label of `stretch` says of the concept to `sum`.
  package func accumulate(_ weight: Double, of stretch: Int, into sum: inout [Double]) {
    Self.add(weight, of: stretch, told: told, into: &sum, from: 0)
  }

  /// Adds `weight` times what one label of `stretch` says to `sum` from a place on.
  static func add(
    _ weight: Double, of stretch: Int, told source: [Double], into sum: inout [Double],
    from place: Int
  ) {
    let base = stretch * Self.dimensions
    precondition(place + Self.dimensions <= sum.count && base + Self.dimensions <= source.count)
    source.withUnsafeBufferPointer { source in
      sum.withUnsafeMutableBufferPointer { sum in
        let source = UnsafeBufferPointer(rebasing: source[base..<base + Self.dimensions])
        let sum = UnsafeMutableBufferPointer(rebasing: sum[place..<place + Self.dimensions])
        for i in 0..<Self.dimensions { sum[i] += weight * source[i] }
      }
    }
  }
}
