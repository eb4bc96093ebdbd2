import Quantities
import Randomness

/// A task while the run goes on.
package struct TaskState: Sendable {
  var plan: PredictionTask
  /// The concept and all that moves with it.
  package var world: World
  /// When its labels come.
  package var arrivals: LabelArrivals
  /// The best score in the world, and as its labels show it.
  var best: BinormalQuality
  var seen: BinormalQuality
  /// Fisher information of a label about a direction orthogonal to the concept.
  var information: Double
  /// Models that learn this task.
  var models: [Int] = []
  /// Mean shift of each feature from the first over all segments, by epoch.
  var shifts: [[Double]] = [[]]
  /// The same in each segment.
  var segmentShifts: [[[Double]]] = [[[]]]
  /// Features whose means move alike: the number of the first after them, and their means by epoch.
  var kinds: [(end: Int, means: [Double])] = []
  /// What the features are like where models read them now.
  var conditions = FeatureConditions.sound
  var data = TaskData()
  /// Nanoseconds of history that trainings and monitors may reach back to.
  var reach: Int64

  /// Mean shifts over all segments that hold now.
  var shiftsNow: [Double] { shifts[Int(world.epochs[world.count - 1])] }

  /// Mean shift of a feature in rows of which each epoch has a share.
  func meanShift(of feature: Int, in shares: [Double]) -> Double {
    var sum = 0.0
    for (epoch, share) in shares.enumerated() where share > 0 && feature < shifts[epoch].count {
      sum += share * shifts[epoch][feature]
    }
    return sum
  }
}

extension TaskState {
  /// A task whose world has the past that the first versions of its learners need.
  init(plan: PredictionTask, learners: [Int], of models: [ModelPlan], streams: StreamFamily) {
    self.plan = plan
    self.models = learners
    arrivals = LabelArrivals(delay: plan.labels.delay)
    best = BinormalQuality(
      distance: plan.kind.distance(ofAUC: plan.bestAUC), positives: plan.positives)
    seen = plan.kind.seen(best, throughFlips: plan.labels.flipped)
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
    segmentShifts = Array(repeating: [[]], count: world.paths)
    for drift in plan.drifts.sortedByTime {
      if case .covariate(_, let features, let shift) = drift.common {
        shiftMeans(features.numbers, by: shift, in: drift.segment)
      }
    }
    kinds = alike
  }

  /// Begins another epoch in which some features' means have moved, in one segment or in all.
  private mutating func shiftMeans(_ features: [Int], by shift: Double, in segment: Int?) {
    func moved(_ means: [Double], by shift: Double) -> [Double] {
      var means = means
      for feature in features {
        while means.count <= feature { means.append(0) }
        means[feature] += shift
      }
      return means
    }
    let share = segment.map { world.scenery.shares[$0] } ?? 1
    shifts.append(moved(shifts[shifts.count - 1], by: share * shift))
    for own in segmentShifts.indices {
      let last = segmentShifts[own][segmentShifts[own].count - 1]
      let isHere = segment == nil || segment == own
      segmentShifts[own].append(isHere ? moved(last, by: shift) : last)
    }
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
