import Quantities
import Randomness

/// What a training gives: a version, and what it took.
package struct Lesson {
  /// The version that was learnt.
  package var version: ModelVersion
  /// Rows that it looked at.
  var rows: Double
  /// Passes over rows, in rows of a full training.
  var work: Double
  /// The mean concept of those rows.
  var concept: [Double]
  /// What was held out of them.
  var holdout: Holdout?
}

/// What a version has taken in, so that another training can go on from it: sums over the labels
/// with their weights.
struct LearntMemory: Sendable {
  /// Σ weight and Σ weight².
  var weight: Double
  var squares: Double
  /// Σ weight · concept.
  var concept: [Double]
  /// The sum of the rows' noise, N(0, Σ weight² / κ) in each dimension.
  var noise: [Double]
  /// Σ weight by epoch of the features' means.
  var epochs: [Double]
  /// Labels that had arrived at this instant are in it, in nanoseconds.
  var upTo: Int64

  /// Rows of one weight that know as much: (Σw)² / Σw².
  var effectiveRows: Double { squares > 0 ? weight * weight / squares : 0 }

  /// Lets what was learnt count for less.
  mutating func fade(by factor: Double) {
    weight *= factor
    squares *= factor * factor
    for i in concept.indices {
      concept[i] *= factor
      noise[i] *= factor
    }
    for i in epochs.indices { epochs[i] *= factor }
  }
}

extension TrainingSplit {
  /// What is held out of a window, or of what came since the last training.
  fileprivate func holdout(of window: Duration) -> Holdout {
    isByTime
      ? Holdout(length: (window * test).nanoseconds, share: 1)
      : Holdout(length: window.nanoseconds, share: test)
  }
}

extension LearningPlane {
  /// What a training learns from the labels that had arrived at `cut`; nil where there are none.
  ///
  /// Number 0 is the version that serves at the start.
  package func learn(_ model: Int, _ kind: TrainingKind, number: Int, cut: Int64) -> Lesson? {
    guard let training = models[model].plan.training else { return nil }
    guard let task = models[model].plan.task, models[model].plan.fixedAUC == nil else {
      var version = ModelVersion(number: number)
      version.cut = cut
      version.rows = training.rows
      return Lesson(version: version, rows: training.rows, work: training.rows, concept: [])
    }
    let parent = models[model].stable
    var lesson: Lesson
    if kind == .incremental, number > 0, let memory = parent.memory {
      guard
        let found = increment(
          model, task, training, number: number, parent: parent, memory, cut: cut)
      else { return nil }
      lesson = found
    } else {
      guard let found = learnWindow(model, task, training, number: number, cut: cut) else {
        return nil
      }
      lesson = found
      if kind == .warmStart && number > 0 { warm(&lesson, from: parent, training) }
    }
    if training.ensemble > 1 { joinEnsemble(&lesson.version, model, training.ensemble) }
    setThreshold(&lesson, task)
    if let student = training.distillation {
      lesson.version.distil(student, best: tasks[task].best)
      lesson.work *= 1 + student.takes
    }
    return lesson
  }

  /// A direction learnt from a window of labels.
  ///
  /// w = Δ·(mean concept of the window) + N(0, I / ((n-p)κ)), with Δ and κ as the labels show them.
  /// The noise in the dimensions that the world lacks only adds to the length of w.
  private func learnWindow(
    _ model: Int, _ task: Int, _ training: TrainingPlan, number: Int, cut: Int64
  ) -> Lesson? {
    let state = tasks[task]
    let whole = models[model].trainings.window
    let split = number > 0 ? training.split : nil
    // By time the newest labels are kept for the test, so that the rest is older.
    let skip = split.map { $0.isByTime ? whole * (1 - $0.train) : .zero } ?? .zero
    guard
      let sample = window(
        of: model, state, cut: cut - skip.nanoseconds, length: whole - skip, knownAt: cut)
    else { return nil }
    var version = ModelVersion(number: number)
    version.cut = cut
    let end = cut - skip.nanoseconds - Duration.seconds(state.arrivals.least).nanoseconds
    let lineage = lineage(
      of: model, task, number: number, from: end - (whole - skip).nanoseconds, to: end, cut: cut)
    let (seen, information) = state.view(of: lineage)
    version.rows = min(training.rows, sample.labels / (1 - lineage.duplicates))
    if let split, !split.isByTime { version.rows *= split.train }
    version.epochShares = sample.epochs
    let telling = version.rows * lineage.telling
    let dimension = models[model].dimension.value(rows: telling)
    let noise = 1 / (max(telling - dimension, 1) * information)
    let wholeNoise = (version.rows / information).squareRoot()
    var draws = models[model].draws.draws(of: UInt64(number), from: 1)
    var memory = LearntMemory(
      weight: version.rows, squares: version.rows, concept: sample.concept,
      noise: Array(repeating: 0, count: World.dimensions), epochs: sample.epochs,
      upTo: cut)
    let aim = adjusted(direction: sample.concept, model, task, seen: seen, lineage)
    version.direction = aim.direction
    for i in 0..<World.dimensions {
      memory.concept[i] *= version.rows
      if Double(i) < dimension.rounded() {
        let normal = Ziggurat.normal(&draws)
        version.direction[i] += noise.squareRoot() * normal
        memory.noise[i] = wholeNoise * normal
      }
    }
    for i in memory.epochs.indices { memory.epochs[i] *= version.rows }
    version.rest = aim.rest + Self.restNoise(noise, dimension, &draws)
    version.setLength()
    version.memory = memory
    version.lineage = lineage
    return Lesson(
      version: version, rows: version.rows, work: version.rows, concept: sample.concept,
      holdout: split.map { $0.holdout(of: whole) })
  }

  /// The squared length of the noise in the dimensions that the world lacks.
  private static func restNoise(
    _ noise: Double, _ dimension: Double, _ draws: inout CounterDraws
  ) -> Double {
    let rest = dimension - Double(World.dimensions)
    return rest > 0 ? noise * Sampler(.gamma(shape: rest / 2, scale: 2)).sample(&draws) : 0
  }

  /// Takes in the labels that the parent has not seen, while older ones fade.
  ///
  /// With a steady λ labels a day and a memory h the effective rows tend to 2hλ.
  private func increment(
    _ model: Int, _ task: Int, _ training: TrainingPlan, number: Int, parent: ModelVersion,
    _ before: LearntMemory, cut: Int64
  ) -> Lesson? {
    let state = tasks[task]
    let forgetting = training.memorySeconds
    let stretch = Duration(nanoseconds: cut - before.upTo)
    let skip = training.split.map { stretch * ($0.isByTime ? $0.test : 0) } ?? .zero
    let upTo = cut - skip.nanoseconds
    var memory = before
    memory.fade(by: PortableMath.exp(-Double(upTo - before.upTo) * 1e-9 / forgetting))
    let (labels, squares) = takeIn(
      model, state, after: before.upTo, upTo: upTo, forgetting: forgetting, &memory)
    memory.upTo = upTo
    if labels <= 0 { return nil }
    let rows = memory.effectiveRows
    let dimension = models[model].dimension.value(rows: rows)
    var draws = models[model].draws.draws(of: UInt64(number), from: 1)
    let fresh = (squares / state.information).squareRoot()
    // The same correction for the fitted dimension as in a full training.
    let scale = (rows / max(rows - dimension, 1)).squareRoot() / memory.weight
    var version = ModelVersion(number: number)
    version.cut = cut
    version.rows = rows
    version.epochShares = memory.epochs.map { $0 / memory.weight }
    let concept = memory.concept.map { $0 / memory.weight }
    version.lineage = lineage(
      of: model, task, number: number, from: parent.cut, to: cut, cut: cut)
    let aim = adjusted(direction: concept, model, task, seen: state.seen, version.lineage)
    version.direction = aim.direction
    for i in 0..<World.dimensions {
      if Double(i) < dimension.rounded() { memory.noise[i] += fresh * Ziggurat.normal(&draws) }
      version.direction[i] += scale * memory.noise[i]
    }
    let noise = 1 / (max(rows - dimension, 1) * state.information)
    version.rest = aim.rest + Self.restNoise(noise, dimension, &draws)
    version.setLength()
    version.memory = memory
    return Lesson(
      version: version, rows: labels, work: labels, concept: concept,
      holdout: training.split.map { $0.holdout(of: stretch) })
  }

  /// Adds the labels that arrived in a stretch, each as much as has not faded by its end.
  private func takeIn(
    _ model: Int, _ task: TaskState, after: Int64, upTo cut: Int64, forgetting: Double,
    _ memory: inout LearntMemory
  ) -> (labels: Double, squares: Double) {
    let world = task.world
    let least = task.arrivals.least
    let end = cut - Duration.seconds(least).nanoseconds
    let (seenBy, time) = (Double(after) * 1e-9, Double(cut) * 1e-9)
    var (labels, squares) = (0.0, 0.0)
    var segment = world.lastSegment(before: end)
    while segment >= 0 {
      let from = Double(world.starts[segment]) * 1e-9
      let to = Double(world.starts[segment + 1]) * 1e-9
      if seenBy - to > task.arrivals.last { break }
      let share =
        task.arrived(from: from, to: to, by: time)
        - task.arrived(from: from, to: to, by: seenBy)
      let new = models[model].labels[segment] * share
      if new > 0 {
        let age = max(0, time - least - (from + min(to, time - least)) / 2)
        let weight = PortableMath.exp(-age / forgetting)
        labels += new
        squares += new * weight * weight
        memory.weight += new * weight
        memory.squares += new * weight * weight
        memory.epochs[Int(world.epochs[segment])] += new * weight
        let upright = task.uprightness(at: world.starts[segment], seenAt: cut)
        world.accumulate(new * weight * upright, of: segment, into: &memory.concept)
      }
      segment -= 1
    }
    return (labels, squares)
  }

  /// Moves a full training's result a part of the way only, from where the parent stands.
  ///
  /// Descent converges linearly; a full training is taken to leave a thousandth of the way, so a
  /// share e of its steps leaves 0.001^e.
  private func warm(
    _ lesson: inout Lesson, from parent: ModelVersion, _ training: TrainingPlan
  ) {
    lesson.work *= training.warmEffort
    let base = parent.own
    if base.direction.isEmpty { return }
    let left = PortableMath.exp(training.warmEffort * PortableMath.log(0.001))
    for i in lesson.version.direction.indices {
      lesson.version.direction[i] =
        (1 - left) * lesson.version.direction[i] + left * base.direction[i]
    }
    lesson.version.rest = (1 - left) * (1 - left) * lesson.version.rest + left * left * base.rest
    lesson.version.setLength()
  }

  /// Becomes the mean of the newest directions, its own among them; all of them are asked.
  private func joinEnsemble(_ version: inout ModelVersion, _ model: Int, _ count: Int) {
    let own = EnsembleMember(
      direction: version.direction, rest: version.rest, length: version.length)
    let members = models[model].trainings.members.suffix(count - 1) + [own]
    let size = Double(members.count)
    version.single = own
    version.slowdown *= size
    version.rest = 0
    for i in version.direction.indices { version.direction[i] = 0 }
    for member in members {
      for i in version.direction.indices {
        version.direction[i] += member.direction[i] / (member.length * size)
      }
      version.rest += member.rest / (member.length * member.length * size * size)
    }
    version.setLength()
  }

  /// The threshold is set on rows of the same window that were not learnt from.
  private func setThreshold(_ lesson: inout Lesson, _ task: Int) {
    var apart = 0.0
    for (weight, mean) in zip(lesson.version.direction, lesson.concept) { apart += weight * mean }
    let cosine = apart / lesson.version.length
    lesson.version.lineage.cosine = cosine
    lesson.version.ownDistance = tasks[task].best.distance * cosine
    tasks[task].calibrate(&lesson.version, distance: cosine)
    tasks[task].centre(&lesson.version)
  }

  /// The labels of a window that ends with the newest one of `cut`, as they had arrived at `now`.
  private func window(
    of model: Int, _ task: TaskState, cut: Int64, length: Duration, knownAt now: Int64
  ) -> (labels: Double, concept: [Double], epochs: [Double])? {
    if task.hasPlainLabels {
      return plainWindow(of: model, task, cut: cut, length: length, knownAt: now)
    }
    let world = task.world
    let end = cut - Duration.seconds(task.arrivals.least).nanoseconds
    let start = end - length.nanoseconds
    let time = Double(now) * 1e-9
    var concept = [Double](repeating: 0, count: World.dimensions)
    var epochs = [Double](repeating: 0, count: task.shifts.count)
    var (labels, said) = (0.0, 0.0)
    // The newest segments come last; the open one holds nothing that is counted yet.
    var segment = world.lastSegment(before: end)
    while segment >= 0 && world.starts[segment + 1] > start {
      let from = max(world.starts[segment], start)
      let to = min(world.starts[segment + 1], end)
      let made = models[model].labels[segment]
      if to > from && made > 0 {
        let whole = Double(world.starts[segment + 1] - world.starts[segment])
        let arrived = task.arrived(
          from: Double(from) * 1e-9, to: Double(to) * 1e-9, by: time)
        let weight = made * Double(to - from) / whole * arrived
        labels += weight
        epochs[Int(world.epochs[segment])] += weight
        let upright = weight * task.uprightness(at: world.starts[segment], seenAt: now)
        said += upright
        world.accumulate(upright, of: segment, into: &concept)
      }
      segment -= 1
    }
    if labels <= 0 || said <= 0 { return nil }
    for i in concept.indices { concept[i] /= said }
    return (labels, concept, epochs.map { $0 / labels })
  }
}
