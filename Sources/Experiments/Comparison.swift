import MLSystem
import Scenarios
import Statistics

/// Two or more architectures under the same arrivals, drift and failures.
package struct Comparison: Sendable {
  package var arms: [Arm]
  /// Index of the arm that the others are compared with.
  package var baseline: Int
  package var rows: [Row]
  /// Level at which all intervals of the comparison hold together.
  package var level: Double
  /// Names that only some files have, so that what belongs to them is not paired.
  package var unpaired: [String]

  package struct Arm: Sendable {
    package var name: String
    package var results: Results

    package init(name: String, results: Results) {
      self.name = name
      self.results = results
    }
  }

  /// One metric over the arms.
  package struct Row: Sendable {
    package var name: String
    package var unit: MetricUnit
    /// Whether less or more of it is better; nil where neither is.
    package var betterIsLower: Bool?
    /// By arm; the baseline's is its own figure.
    package var figures: [Figure?]
    /// By arm, arm minus baseline; nil for the baseline and where either is missing.
    package var differences: [Difference?]

    package init(
      name: String, unit: MetricUnit, betterIsLower: Bool?, figures: [Figure?],
      differences: [Difference?]
    ) {
      self.name = name
      self.unit = unit
      self.betterIsLower = betterIsLower
      self.figures = figures
      self.differences = differences
    }
  }

  /// A paired difference.
  ///
  /// No winner is named when its interval holds 0.
  package struct Difference: Sendable {
    package var estimate: Double
    package var interval: ConfidenceInterval
    /// True when every replication gave the same difference.
    package var isExact: Bool

    package init(estimate: Double, interval: ConfidenceInterval, isExact: Bool) {
      self.estimate = estimate
      self.interval = interval
      self.isExact = isExact
    }

    /// Whether the interval leaves 0 out.
    package var isShown: Bool { interval.low > 0 || interval.high < 0 || isExact && estimate != 0 }
  }

  package init(arms: [Arm], baseline: Int, rows: [Row], level: Double, unpaired: [String]) {
    self.arms = arms
    self.baseline = baseline
    self.rows = rows
    self.level = level
    self.unpaired = unpaired
  }
}
