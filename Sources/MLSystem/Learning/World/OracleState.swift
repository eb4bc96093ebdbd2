import Quantities

/// The best that a learner with the same labels could do now, if labels came at once and training
/// and rollout took neither time nor money.
struct OracleState: Sendable {
  /// When it was last worked out, nanoseconds.
  var at = Int64.min
  var mixture: ScoreMixture?
  var best = OracleFigures()
}

/// The area and the money of the best that could be served.
struct OracleFigures: Sendable {
  var auc = 0.0
  var value = 0.0
}

extension QualityFigures {
  /// Notes beside the figures of a version what an oracle would reach.
  mutating func note(_ best: OracleFigures) {
    self[.bestAUC] = best.auc
    self[.bestValue] = best.value
  }
}

extension LearningPlane {
  /// Works out what an oracle would serve in the open stretch, at most every six hours.
  ///
  /// Its direction is Δ·(mean concept of its window) with the expected noise of so many labels, so
  /// that along the actual path cos = m·u/√(|m|² + (p-1)/((n-p)κΔ²)). Of windows from all that is
  /// remembered down to a thousandth of it, halved each time, it takes the best.
  mutating func lookAtOracle(of model: Int, _ task: Int) {
    guard let training = models[model].plan.training else { return }
    let now = tasks[task].world.starts[tasks[task].world.count - 1]
    let wait: Int64 = 6 * 3_600_000_000_000
    if models[model].oracle.at != .min && now - models[model].oracle.at < wait { return }
    models[model].oracle.at = now
    let state = tasks[task]
    let cosines = bestCosines(model, state, most: training.rows, now: now)
    let parts = cosines.enumerated().map { segment, cosine in
      let best = state.world.scenery.scenes[segment].best
      return ScoreMixture.Part(
        share: state.world.scenery.shares[segment],
        law: ScoreLaw(separation: best.distance * cosine, positives: best.positives))
    }
    let mixture = ScoreMixture(parts)
    if let old = models[model].oracle.mixture, old.isNear(mixture) { return }
    models[model].oracle.mixture = mixture
    let figures = mixture.figuresOfOracle(state)
    models[model].oracle.best = OracleFigures(auc: figures[.auc], value: figures[.value])
  }

  /// Cosines with the concept of each segment of the best window's direction.
  private func bestCosines(
    _ model: Int, _ state: TaskState, most: Double, now: Int64
  ) -> [Double] {
    let world = state.world
    let signals = models[model].signals
    let reach = now - world.starts[0]
    let end = signals.place(of: now, starts: world.starts)
    var start = SignalSums.Place(stretch: 0, share: 0)
    var best = (score: -1.0, cosines: [Double](repeating: 0, count: world.paths))
    var cosines = best.cosines
    var sums = [Double](repeating: 0, count: SignalSums.width)
    var direction = [Double](repeating: 0, count: World.dimensions)
    let unit = state.information * state.seen.distance * state.seen.distance
    for halving in 0...10 {
      start = signals.place(
        of: now - (reach >> Int64(halving)), starts: world.starts, from: start.stretch)
      for i in sums.indices { sums[i] = 0 }
      signals.add(from: start, to: end, into: &sums)
      let rows = min(most, sums[0])
      let dimension = models[model].dimension.value(rows: rows)
      if rows <= dimension { break }
      var square = (dimension - 1) / ((rows - dimension) * unit)
      direction.withUnsafeMutableBufferPointer { direction in
        sums.withUnsafeBufferPointer { sums in
          let (labels, said) = (sums[0], UnsafeBufferPointer(rebasing: sums[1...]))
          for i in 0..<World.dimensions { direction[i] = said[i] / labels }
        }
        for i in 0..<World.dimensions { square += direction[i] * direction[i] }
      }
      let length = square.squareRoot()
      var score = 0.0
      for segment in cosines.indices {
        cosines[segment] = world.projection(of: direction, path: segment) / length
        let distance = world.scenery.scenes[segment].best.distance
        score += world.scenery.shares[segment] * distance * cosines[segment]
      }
      if score > best.score { best = (score, cosines) }
    }
    return best.cosines
  }
}

extension ScoreMixture {
  /// The figures of a learner that is calibrated and decides as is best under these laws.
  fileprivate func figuresOfOracle(_ task: TaskState) -> QualityFigures {
    var mean = 0.0
    for part in parts { mean += part.share * part.law.separation }
    let terms = QualityTerms(
      kind: task.plan.kind, value: task.plan.value,
      belief: ScoreBelief(distance: mean, positives: positives),
      threshold: bestThreshold(breakEvenLogOdds: task.breakEvenLogOdds))
    var figures = QualityFigures()
    switch terms.kind {
    case .ranking(let candidates, let depth):
      addRanking(candidates: candidates, depth: depth, to: &figures)
    case .generation: figures = integrated(terms)
    case .classification, .regression: break
    }
    addClosed(terms, to: &figures)
    return figures
  }
}
