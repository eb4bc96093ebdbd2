import Quantities
import Randomness

/// A task while the run goes on.
struct TaskState: Sendable {
  var plan: PredictionTask
  var world: World
  var arrivals: LabelArrivals
  /// The best score in the world, and as its labels show it.
  var best: BinormalQuality
  var seen: BinormalQuality
  /// Fisher information of a label about a direction orthogonal to the concept.
  var information: Double
  /// Models that learn this task.
  var models: [Int] = []
  /// Mean shift of each feature from the first, by epoch.
  var shifts: [[Double]] = [[]]
  /// Features whose means move alike: the number of the first after them, and their means by epoch.
  var kinds: [(end: Int, means: [Double])] = []
  /// What the features are like where models read them now.
  var conditions = FeatureConditions.sound
  var data = TaskData()
  /// Nanoseconds of history that trainings and monitors may reach back to.
  var reach: Int64

  /// Mean shifts that hold now.
  var shiftsNow: [Double] { shifts[Int(world.epochs[world.count - 1])] }
}

extension TaskState {
  /// A task whose world has the past that the first versions of its learners need.
  init(plan: PredictionTask, learners: [Int], of models: [ModelPlan], streams: StreamFamily) {
    self.plan = plan
    self.models = learners
    arrivals = LabelArrivals(delay: plan.labels.delay)
    best = BinormalQuality(
      distance: plan.kind.distance(ofAUC: plan.bestAUC), positives: plan.positives)
    seen = best.seen(throughFlips: plan.labels.flipped)
    information = plan.kind.information(of: seen)
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
