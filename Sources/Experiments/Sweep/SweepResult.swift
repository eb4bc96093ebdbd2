import MLSystem
import Scenarios
import Statistics
import Syntax

/// What one point of a sweep came to.
package struct SweepResult: Hashable, Sendable {
  package var point: SweepPoint
  /// By metric of the plan; nil where nothing was observed.
  package var cells: [SweepCell?]
  /// What the thresholds decide together; nil for a point that is no valid scenario.
  package var outcome: Verdict.Outcome?
  /// Each threshold and how it came out, saturated services included.
  package var verdicts: [SweepVerdict]
  /// What the figures stand on.
  package var assumptions: Assumptions
  /// Why the point is no valid scenario; nil for one that was run.
  package var problem: String?

  package init(
    point: SweepPoint, cells: [SweepCell?], outcome: Verdict.Outcome?,
    verdicts: [SweepVerdict] = [], assumptions: Assumptions = Assumptions(),
    problem: String? = nil
  ) {
    self.point = point
    self.cells = cells
    self.outcome = outcome
    self.verdicts = verdicts
    self.assumptions = assumptions
    self.problem = problem
  }

  /// The figures of a run that the plan asks for.
  package init(point: SweepPoint, of results: Results, plan: SweepPlan) {
    self.init(
      point: point,
      cells: plan.metrics.map { SweepCell(results.figure($0.name)) },
      outcome: results.outcome,
      verdicts: results.verdicts.map { SweepVerdict(threshold: $0.threshold, outcome: $0.outcome) },
      assumptions: Assumptions(of: results))
  }
}

/// A figure of a point.
package struct SweepCell: Hashable, Sendable {
  package var estimate: Double
  /// The 95 % interval; nil where one replication cannot give it.
  package var low: Double?
  package var high: Double?
  /// The value of each replication, nil where it observed nothing: points share their random
  /// numbers, so that values at the same place are pairs.
  package var values: [Double?]

  package init(estimate: Double, low: Double?, high: Double?, values: [Double?]) {
    self.estimate = estimate
    self.low = low
    self.high = high
    self.values = values
  }
}

extension SweepCell {
  /// What is kept of a figure; nil where nothing was observed.
  package init?(_ figure: Figure?) {
    guard let figure, let estimate = Self.kept(figure.estimate) else { return nil }
    self.init(
      estimate: estimate, low: Self.kept(figure.interval?.low),
      high: Self.kept(figure.interval?.high), values: figure.values.map { Self.kept($0) })
  }

  /// A number as a file gives it back: what has no end is none, and zero has no sign.
  private static func kept(_ value: Double?) -> Double? {
    value.flatMap { $0.isFinite ? $0 + 0 : nil }
  }
}

/// A threshold at one point.
package struct SweepVerdict: Hashable, Sendable {
  package var threshold: String
  package var outcome: Verdict.Outcome

  package init(threshold: String, outcome: Verdict.Outcome) {
    self.threshold = threshold
    self.outcome = outcome
  }
}

/// A sweep with what its points came to, in their order.
package struct SweepResults: Sendable {
  package var plan: SweepPlan
  package var results: [SweepResult]

  package init(plan: SweepPlan, results: [SweepResult]) {
    self.plan = plan
    self.results = results
  }

  /// What the figures of all points stand on.
  package var assumptions: Assumptions {
    results.reduce(into: Assumptions()) { $0.join($1.assumptions) }
  }

  /// The best outcome among the points: a sweep succeeds where one of them meets every threshold.
  package var outcome: Verdict.Outcome? {
    let outcomes = results.compactMap(\.outcome)
    if outcomes.contains(.met) { return .met }
    if outcomes.contains(.undecided) { return .undecided }
    return outcomes.first
  }
}
