import Quantities
import Randomness

/// How the concepts of a task move from tick to tick: they wander, jump, turn over a stretch of
/// time and come back with the seasons.
struct ConceptMotion: Sendable {
  /// One concept: how it wanders, and how much of its steps it shares with the common walk.
  struct Path: Sendable {
    /// Cosine of one step.
    var cosine: Double
    /// Share of a step's direction that is the common walk's, as a cosine.
    var shared: Double
    var own: CounterStream
  }

  /// A turn that goes on for a while: each concept it moves goes towards a direction of its own.
  struct Turn: Sendable {
    var start: Double
    var end: Double
    /// The whole angle, and how much of it is turned already.
    var angle: Double
    var turned = 0.0
    /// Equal steps in which it is turned; 0 for an even turn.
    var steps: Int
    /// Which path turns; nil for all.
    var path: Int?
    var targets: [Double]
  }

  /// A part of the concept that goes round in a plane.
  struct Cycle: Sendable {
    var path: Int?
    var amplitude: Double
    var period: Double
    var first: [Double]
    var second: [Double]
  }

  let tick: Duration
  private var all: [Path]
  /// Where the walks are now, before the cycles.
  private var vectors: [Double]
  private var turns: [Turn] = []
  private var cycles: [Cycle] = []
  private let walkStream: CounterStream
  private let jumpStream: CounterStream
  private var jumped: UInt64 = 0

  var paths: Int { all.count }

  init(task: PredictionTask, streams: StreamFamily) {
    walkStream = streams.counter("world \(task.name)")
    jumpStream = streams.counter("world \(task.name) jumps")
    let segments = max(1, task.segments.count)
    var rates = [Double](repeating: 0, count: segments)
    for drift in task.drifts {
      if case .wandering(let memory) = drift.common {
        for segment in 0..<segments where drift.segment == nil || drift.segment == segment {
          rates[segment] += 1 / memory.seconds
        }
      }
    }
    // An hour resolves a memory of days to a percent; a shorter memory takes shorter ticks.
    let fastest = rates.max() ?? 0
    let finest = fastest > 0 ? min(3600, 1 / (32 * fastest)) : 3600
    let tick = Duration.seconds(max(finest, 60))
    self.tick = tick
    all = rates.enumerated().map { number, rate in
      let name = task.segments.isEmpty ? "" : task.segments[number].name
      return Path(
        cosine: PortableMath.exp(-tick.seconds * rate),
        shared: task.segments.isEmpty ? 1 : task.segments[number].correlation,
        own: streams.counter("world \(task.name) segment \(name)"))
    }
    vectors = Array(repeating: 0, count: segments * World.dimensions)
    for path in 0..<segments {
      vectors[path * World.dimensions] = 1
      // A segment begins at its cosine from the common concept, in a direction of its own.
      var draws = all[path].own.draws(of: UInt64(bitPattern: .max))
      let normal = Self.normals(&draws)
      Self.turn(
        &vectors, at: path * World.dimensions, cosine: all[path].shared, towards: normal)
    }
    let cycleStream = streams.counter("world \(task.name) cycles")
    for (number, drift) in task.drifts.enumerated() {
      if case .recurring(let amplitude, let period) = drift.common {
        var draws = cycleStream.draws(of: UInt64(number))
        cycles.append(
          Cycle(
            path: drift.segment, amplitude: amplitude, period: period.seconds,
            first: Self.unit(Self.normals(&draws)), second: Self.unit(Self.normals(&draws))))
      }
    }
  }

  // MARK: Steps

  /// Takes step number `number` of every walk.
  mutating func walk(number: Int64) {
    if all.allSatisfy({ $0.cosine >= 1 }) { return }
    var draws = walkStream.draws(of: UInt64(bitPattern: number))
    let common = Self.normals(&draws)
    for path in all.indices where all[path].cosine < 1 {
      let shared = all[path].shared
      var normal = common
      if shared < 1 {
        var draws = all[path].own.draws(of: UInt64(bitPattern: number))
        let own = (1 - shared * shared).squareRoot()
        for i in normal.indices {
          normal[i] = shared * normal[i] + own * Ziggurat.normal(&draws)
        }
      }
      Self.turn(
        &vectors, at: path * World.dimensions, cosine: all[path].cosine, towards: normal)
    }
  }

  /// Turns one path, or all, at once.
  mutating func jump(cosine: Double, path: Int?) {
    var draws = jumpStream.draws(of: jumped)
    jumped += 1
    if cosine >= 1 { return }
    let normal = Self.normals(&draws)
    for own in all.indices where path == nil || path == own {
      Self.turn(&vectors, at: own * World.dimensions, cosine: cosine, towards: normal)
    }
  }

  /// Begins a turn of one path, or all.
  mutating func beginTurn(
    cosine: Double, from: Double, over: Double, steps: Int, path: Int?
  ) {
    var draws = jumpStream.draws(of: jumped)
    jumped += 1
    let normal = Self.normals(&draws)
    turns.append(
      Turn(
        start: from, end: from + max(over, 1), angle: Angle.arcCosine(cosine), steps: steps,
        path: path, targets: all.flatMap { _ in normal }))
  }

  /// Goes on with the turns that are under way.
  mutating func turnRamps(to time: Double) {
    for number in turns.indices {
      let turn = turns[number]
      var progress = min(max((time - turn.start) / (turn.end - turn.start), 0), 1)
      if turn.steps > 0 {
        progress = (progress * Double(turn.steps)).rounded(.down) / Double(turn.steps)
      }
      let angle = turn.angle * progress - turn.turned
      if angle <= 0 { continue }
      turns[number].turned += angle
      for path in all.indices where turn.path == nil || turn.path == path {
        rotate(path, by: angle, towards: number)
      }
    }
    turns.removeAll { $0.turned >= $0.angle }
  }

  /// Turns a path in the plane of its concept and a target, and the target with it, so that the
  /// next part of the turn goes on in the same plane.
  private mutating func rotate(_ path: Int, by angle: Double, towards number: Int) {
    let base = path * World.dimensions
    let target = Array(turns[number].targets[base..<base + World.dimensions])
    let (cosine, sine) = (PortableMath.cos(angle), PortableMath.sin(angle))
    var along = 0.0
    for i in 0..<World.dimensions { along += target[i] * vectors[base + i] }
    let across = Self.unit(target.enumerated().map { $1 - along * vectors[base + $0] })
    for i in 0..<World.dimensions {
      let old = vectors[base + i]
      vectors[base + i] = cosine * old + sine * across[i]
      turns[number].targets[base + i] = cosine * across[i] - sine * old
    }
  }

  // MARK: What the world is

  /// The concepts at a time in seconds, cycles included.
  func concepts(at time: Double) -> [Double] {
    var shown = vectors
    write(at: time, into: &shown, from: 0)
    return shown
  }

  /// Writes the concepts at a time into `target` from a place on.
  func write(at time: Double, into target: inout [Double], from place: Int) {
    for i in vectors.indices { target[place + i] = vectors[i] }
    for cycle in cycles {
      // Whole turns are taken off first, so that centuries keep their phase.
      let turns = time / cycle.period
      let phase = 2 * Double.pi * (turns - turns.rounded(.down))
      let (cosine, sine) = (PortableMath.cos(phase), PortableMath.sin(phase))
      let round = zip(cycle.first, cycle.second).map { cosine * $0 + sine * $1 }
      let kept = (1 - cycle.amplitude * cycle.amplitude).squareRoot()
      for path in all.indices where cycle.path == nil || cycle.path == path {
        Self.turn(
          &target, at: place + path * World.dimensions, cosine: kept, towards: round)
      }
    }
  }

  // MARK: Vectors

  private static func normals(_ draws: inout CounterDraws) -> [Double] {
    (0..<World.dimensions).map { _ in Ziggurat.normal(&draws) }
  }

  private static func unit(_ vector: [Double]) -> [Double] {
    let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return length > 0 ? vector.map { $0 / length } : vector
  }

  /// Turns the unit vector at `base` of `vectors` by an angle of fixed cosine towards what of
  /// `normal` is orthogonal to it.
  private static func turn(
    _ vectors: inout [Double], at base: Int, cosine: Double, towards normal: [Double]
  ) {
    if cosine >= 1 { return }
    precondition(normal.count == World.dimensions && base + World.dimensions <= vectors.count)
    normal.withUnsafeBufferPointer { normal in
      vectors.withUnsafeMutableBufferPointer { vectors in
        var along = 0.0
        for i in 0..<World.dimensions { along += normal[i] * vectors[base + i] }
        var square = 0.0
        for i in 0..<World.dimensions {
          let across = normal[i] - along * vectors[base + i]
          square += across * across
        }
        let sine = (max(0, 1 - cosine * cosine) / square).squareRoot()
        // Dividing by the length keeps rounding from adding up over years of ticks.
        var length = 0.0
        for i in 0..<World.dimensions {
          let across = normal[i] - along * vectors[base + i]
          vectors[base + i] = cosine * vectors[base + i] + sine * across
          length += vectors[base + i] * vectors[base + i]
        }
        let scale = 1 / length.squareRoot()
        for i in 0..<World.dimensions { vectors[base + i] *= scale }
      }
    }
  }
}
