import MLSystem
import Scenarios
import Statistics

/// The cheapest of many configurations that meets every threshold, and why it is not another.
package struct Plan: Sendable {
  /// The base that the knobs were turned on.
  package var identity: Identity
  /// Of the scenario, in its order.
  package var thresholds: [Threshold]
  package var knobs: [SettingAxis]
  /// In the order of `PlanSpace`.
  package var points: [Point]
  /// Index of the cheapest that meets; nil where none does for sure.
  package var winner: Int?
  /// The chance that the answer is right, at least.
  package var level: Double
  /// Replications that a configuration had to meet the thresholds in.
  package var replications: Int
  /// How closely all points were looked at.
  package var fidelity: FidelityChoice
  /// Requests that were simulated, and those of every feasible point in all replications.
  package var simulated: Double
  package var exhaustive: Double
  /// Whether the bill without traffic bounds the cost of every point from below.
  package var hasFloors: Bool
  /// Of the winner; nil where it was not asked for.
  package var breaking: BreakingLoad?

  /// One configuration and what became of it.
  package struct Point: Sendable {
    package var index: Int
    package var values: [String]
    /// In the words of `--set`.
    package var settings: [String]
    package var variant: String?
    package var fate: Fate
    /// Replications after which it was decided.
    package var replications: Int
    /// Dollars a month: the mean of the replications run.
    package var cost: Double?
    /// What was seen of each threshold, in their order.
    package var observed: [Double?]
    /// Of all replications, for those that went through them.
    package var results: Results?
    /// Cost less the winner's, paired; nil where nothing was paired.
    package var difference: Comparison.Difference?
  }

  package enum Fate: Sendable {
    /// It cannot be built: the code and the message of the mistake.
    case infeasible(code: String, reason: String)
    /// Its bill without any traffic is above the cost of a configuration that meets.
    case dearerWithoutTraffic(perMonth: Double)
    /// It costs more than a configuration that meets, by paired differences.
    case dearer
    /// It does not meet a threshold: which, and what was seen.
    case breaches(threshold: String, detail: String)
    /// Thresholds that all replications left open.
    case undecided([String])
    case meets
  }

  package init(
    identity: Identity, thresholds: [Threshold], knobs: [SettingAxis], points: [Point],
    winner: Int?, level: Double, replications: Int, fidelity: FidelityChoice, simulated: Double,
    exhaustive: Double, hasFloors: Bool, breaking: BreakingLoad? = nil
  ) {
    self.identity = identity
    self.thresholds = thresholds
    self.knobs = knobs
    self.points = points
    self.winner = winner
    self.level = level
    self.replications = replications
    self.fidelity = fidelity
    self.simulated = simulated
    self.exhaustive = exhaustive
    self.hasFloors = hasFloors
    self.breaking = breaking
  }

  /// The share of the requests of a search of all points that was simulated.
  package var share: Double { exhaustive > 0 ? simulated / exhaustive : 0 }

  /// The threshold that leaves the winner least room, money aside; nil where there is none.
  ///
  /// Room is the distance from the limit as a share of the limit, or of what is left to 1 for a
  /// promise such as 99.9 %.
  package var binding: Int? {
    guard let winner else { return nil }
    func room(_ index: Int) -> Double? {
      let threshold = thresholds[index]
      guard threshold.metric.subject != "cost", points[winner].observed.indices.contains(index),
        let value = points[winner].observed[index]
      else { return nil }
      let isPromise = threshold.limit > 0.5 && threshold.limit < 1 && value <= 1
      let scale = isPromise ? 1 - threshold.limit : abs(threshold.limit)
      return scale > 0 ? abs(value - threshold.limit) / scale : abs(value)
    }
    return thresholds.indices.filter { room($0) != nil }
      .min { (room($0) ?? 0) < (room($1) ?? 0) }
  }

  /// Whether a configuration meets for sure, none can, or it stays open.
  package var outcome: Verdict.Outcome {
    if winner != nil { return .met }
    let isOpen = points.contains { if case .undecided = $0.fate { true } else { false } }
    return isOpen ? .undecided : .breached
  }
}

/// How the chance of a wrong answer is spent.
///
/// The answer is wrong if the cheapest that truly meets, one configuration whatever the number of
/// the others, is dropped as breaching or as dearer, or if one of those that do not meet passes.
/// The first two need no correction for the number of points, the third does (Bonferroni).
package struct PlanLevels: Sendable {
  package var alpha: Double
  package var points: Int
  package var thresholds: Int
  /// Numbers of replications after which a point is looked at, rising.
  package var looks: [Int]

  /// Looks after 1, 2, 3, 4, 6, 9, 13, … replications, and after the last.
  package init(alpha: Double = 0.05, points: Int, thresholds: Int, replications: Int) {
    self.alpha = alpha
    self.points = max(points, 1)
    self.thresholds = max(thresholds, 1)
    var looks: [Int] = []
    var next = 1
    while next < replications {
      looks.append(next)
      next = max(next + 1, (next * 3 + 1) / 2 - (next < 4 ? 1 : 0))
    }
    self.looks = looks + [replications]
  }

  /// Of the two-sided intervals by which a point is dropped: a quarter of alpha, one-sided, over
  /// thresholds and looks.
  package var dropping: Double { 1 - alpha / 2 / Double(thresholds * looks.count) }

  /// Of the two-sided intervals by which a point passes: half of alpha, one-sided, over points.
  ///
  /// A point that does not meet passes only if a threshold that it breaches does, so the number of
  /// thresholds plays no part.
  package var passing: Double { 1 - alpha / Double(points) }

  /// Of the two-sided paired interval by which a point is dropped as dearer than the `rank`-th that
  /// passed, from 1: a quarter of alpha, one-sided, spent as 1/(rank (rank + 1)).
  package func dearer(rank: Int) -> Double {
    1 - alpha / 2 / Double(looks.count * rank * (rank + 1))
  }

  /// Replications without a failure that show a share of runs at the level of passing.
  ///
  /// The exact bound of Clopper and Pearson for n of n is `tail^(1/n)`.
  package func replicationsNeeded(forShare share: Double) -> Int {
    let tail = (1 - passing) / 2
    var needed = 0
    var power = 1.0
    while power > tail, needed < 1_000_000 {
      power *= share
      needed += 1
    }
    return needed
  }
}
