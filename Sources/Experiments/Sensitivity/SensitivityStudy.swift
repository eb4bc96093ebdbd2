import MLSystem
import Scenarios
import Statistics

/// Which inputs a scenario's figures hang on, and how.
package struct SensitivityStudy: Hashable, Sendable {
  /// The scenario's file as the user named it.
  package var file: String
  package var variant: String
  package var title: String
  package var toolVersion: String
  /// `path=value` texts of the command line.
  package var settings: [String] = []
  package var digest: String
  package var seed: UInt64
  package var replications: Int
  package var horizon: String
  package var inputs: [SensitivityInput]
  package var metrics: [SweepMetric]
  /// The thresholds as written.
  package var thresholds: [String]
  /// With every input at its middle.
  package var middle: StudyPoint
  /// By input: its low end, its high end.
  package var swings: [Swing]
  package var turns: [Turn]
  package var morris: Morris?
  package var sobol: Sobol?
  /// How closely all points were looked at.
  package var fidelity = FidelityChoice.asked(.requests)
  /// Defaults of the scenario beside the inputs.
  package var defaults: [AppliedDefault] = []
  /// What the figures of all points stand on.
  package var assumptions = Assumptions()

  /// One input at its ends, the others at their middle.
  package struct Swing: Hashable, Sendable {
    package var input: Int
    package var low: StudyPoint
    package var high: StudyPoint

    package init(input: Int, low: StudyPoint, high: StudyPoint) {
      self.input = input
      self.low = low
      self.high = high
    }

    /// From the low end to the high end, paired by replication; nil where either saw nothing.
    package func difference(of metric: Int) -> ConfidenceInterval? {
      StudyPoint.difference(low.cells[metric], high.cells[metric])
    }
  }

  /// Elementary effects by metric and input; nil where a point saw nothing.
  package struct Morris: Hashable, Sendable {
    package var trajectories: Int
    package var effects: [[MorrisDesign.Effect]?]

    package init(trajectories: Int, effects: [[MorrisDesign.Effect]?]) {
      self.trajectories = trajectories
      self.effects = effects
    }
  }

  /// Indices by metric and input; nil where nothing varies, or a point saw nothing.
  package struct Sobol: Hashable, Sendable {
    package var rows: Int
    package var indices: [[SobolIndices.Index]?]
    /// The standard deviation that the inputs bring about, by metric.
    package var deviations: [Double?]

    package init(rows: Int, indices: [[SobolIndices.Index]?], deviations: [Double?]) {
      self.rows = rows
      self.indices = indices
      self.deviations = deviations
    }
  }

  /// What must be true of an input for a threshold to hold.
  package struct Turn: Hashable, Sendable {
    package var threshold: Int
    package var input: Int
    package var finding: Finding

    package enum Finding: Hashable, Sendable {
      /// It holds at both ends of the reach.
      case holdsThroughout
      /// It fails at both ends of the reach.
      case failsThroughout
      /// It turns at a share of the law; `isBelow` where it holds for what lies below.
      case turns(at: ConfidenceInterval, isBelow: Bool)
      /// Nothing was observed at an end.
      case unknown
    }

    package init(threshold: Int, input: Int, finding: Finding) {
      self.threshold = threshold
      self.input = input
      self.finding = finding
    }
  }

  package init(
    file: String, variant: String, title: String, toolVersion: String, digest: String,
    seed: UInt64, replications: Int, horizon: String, inputs: [SensitivityInput],
    metrics: [SweepMetric], thresholds: [String], middle: StudyPoint, swings: [Swing],
    turns: [Turn], morris: Morris? = nil, sobol: Sobol? = nil
  ) {
    self.file = file
    self.variant = variant
    self.title = title
    self.toolVersion = toolVersion
    self.digest = digest
    self.seed = seed
    self.replications = replications
    self.horizon = horizon
    self.inputs = inputs
    self.metrics = metrics
    self.thresholds = thresholds
    self.middle = middle
    self.swings = swings
    self.turns = turns
    self.morris = morris
    self.sobol = sobol
  }
}

/// What a study keeps of one point.
package struct StudyPoint: Hashable, Sendable {
  /// By metric; nil where nothing was observed.
  package var cells: [SweepCell?]
  /// By threshold: what was held against the limit.
  package var readings: [Reading?]
  /// What the figures stand on.
  package var assumptions = Assumptions()

  /// What a threshold saw at a point, and whether that is good.
  package struct Reading: Hashable, Sendable {
    package var value: Double
    /// Half of the 95 % interval; 0 where the value is exact or there is none.
    package var halfWidth: Double
    package var holds: Bool

    package init(value: Double, halfWidth: Double, holds: Bool) {
      self.value = value
      self.halfWidth = halfWidth
      self.holds = holds
    }
  }

  package init(cells: [SweepCell?], readings: [Reading?]) {
    self.cells = cells
    self.readings = readings
  }

  /// The figures of a run that a study asks for.
  package init(of results: Results, metrics: [SweepMetric], thresholds: [Threshold]) {
    cells = metrics.map { SweepCell(results.figure($0.name)) }
    assumptions = Assumptions(of: results)
    // Verdicts come in the order of the thresholds, and saturated services after them.
    readings = zip(thresholds, results.verdicts).map { threshold, verdict in
      if let share = threshold.shareOfRuns {
        guard let runs = verdict.runs else { return nil }
        let held = Double(runs.held) / Double(max(runs.of, 1))
        return Reading(
          value: held, halfWidth: (runs.high - runs.low) / 2, holds: held >= share)
      }
      guard let value = verdict.observed?.estimate, value.isFinite else { return nil }
      let half = verdict.observed?.interval?.halfWidth ?? 0
      return Reading(
        value: value, halfWidth: half.isFinite ? half : 0, holds: threshold.holds(for: value))
    }
  }

  /// The difference of a figure between two points that share their random numbers.
  package static func difference(_ from: SweepCell?, _ to: SweepCell?) -> ConfidenceInterval? {
    guard let from, let to else { return nil }
    let estimate = to.estimate - from.estimate
    let pairs = zip(from.values, to.values).compactMap { a, b in
      a.flatMap { a in b.map { (a, $0) } }
    }
    guard pairs.count > 1 else {
      return ConfidenceInterval(estimate: estimate, low: estimate, high: estimate, level: 0.95)
    }
    let paired = PairedComparison(baseline: pairs.map(\.0), alternative: pairs.map(\.1))
    let half = paired.difference.halfWidth
    return ConfidenceInterval(
      estimate: estimate, low: estimate - half, high: estimate + half, level: 0.95)
  }
}
