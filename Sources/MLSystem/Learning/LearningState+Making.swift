import Quantities
import Randomness

extension TaskState {
  /// A task whose world has the past that the first versions of its learners need.
  init(plan: PredictionTask, learners: [Int], of models: [ModelPlan], streams: StreamFamily) {
    self.plan = plan
    self.models = learners
    arrivals = LabelArrivals(delay: plan.labels.delay)
    best = BinormalQuality(auc: plan.bestAUC, positives: plan.positives)
    seen = best.seen(throughFlips: plan.labels.flipped)
    information = seen.information
    var past = 0.0
    for learner in learners {
      guard let training = models[learner].training else { continue }
      past = max(past, training.window.seconds + training.rows / training.speed)
    }
    past += arrivals.least
    world = World(task: plan, past: .seconds(past), streams: streams)
    // Late labels are awaited for a year at most: by then a monitor has long moved on.
    let tail = min(arrivals.last, 365 * 86_400)
    reach = Duration.seconds(max(past, tail)).nanoseconds + 2 * world.tick.nanoseconds
    for drift in plan.drifts.sortedByTime {
      if case .covariate(_, let features, let shift) = drift {
        var means = shifts[shifts.count - 1]
        while means.count < features { means.append(0) }
        for feature in 0..<features { means[feature] += shift }
        shifts.append(means)
      }
    }
    kinds = alike
  }

  /// Gathers neighbouring features whose means move alike; the last kind never moves.
  private var alike: [(end: Int, means: [Double])] {
    var kinds: [(end: Int, means: [Double])] = []
    for feature in 0..<(shifts.map(\.count).max() ?? 0) {
      let means = shifts.map { feature < $0.count ? $0[feature] : 0 }
      if let last = kinds.last, last.means == means {
        kinds[kinds.count - 1].end = feature + 1
      } else {
        kinds.append((feature + 1, means))
      }
    }
    return kinds + [(Int.max, Array(repeating: 0, count: shifts.count))]
  }
}

extension [Drift] {
  /// In order of time; drift that always goes on comes first, ties keep their order.
  var sortedByTime: [Drift] {
    enumerated().sorted { a, b in (a.element.at, a.offset) < (b.element.at, b.offset) }
      .map(\.element)
  }
}

extension Drift {
  /// When it happens; the start for what always goes on.
  package var at: Instant {
    switch self {
    case .wandering: .start
    case .sudden(let at, _), .covariate(let at, _, _): at
    }
  }
}

extension ModelState {
  init(plan: ModelPlan, task: PredictionTask?, streams: StreamFamily) {
    self.plan = plan
    dimension = EffectiveDimension(scale: Double(plan.features))
    if let task, !plan.learningCurve.isEmpty {
      let best = BinormalQuality(auc: task.bestAUC, positives: task.positives)
        .seen(throughFlips: task.labels.flipped)
      dimension = EffectiveDimension.fitted(to: plan.learningCurve, best: best) ?? dimension
    }
    stable = ModelVersion(number: 0)
    let drifts = task?.drifts.sortedByTime ?? []
    let epochs = 1 + drifts.count { if case .covariate = $0 { true } else { false } }
    self.drifts = drifts.compactMap { drift in
      switch drift {
      case .wandering: nil
      case .sudden(let at, _): DriftScore(at: at, isCovariate: false)
      case .covariate(let at, _, _): DriftScore(at: at, isCovariate: true)
      }
    }
    monitors = plan.monitors.enumerated().map { number, monitor in
      MonitorState(
        plan: monitor, pending: Array(repeating: 0, count: epochs),
        draws: streams.counter("monitor \(plan.name) \(number)"), rest: monitor.rest)
    }
    seen = CounterSnapshot()
    draws = streams.counter("training \(plan.name)")
  }
}

extension MonitorPlan {
  /// The law of the central part of a measured stability index: chi-square with bins - 2 degrees.
  fileprivate var rest: Sampler? {
    switch self {
    case .psi(_, _, let bins, _, _) where bins > 2:
      Sampler(.gamma(shape: Double(bins - 2) / 2, scale: 2))
    case .psi, .performance: nil
    }
  }
}
