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
  /// What is too small to matter.
  package var margins: EquivalenceMargins
  /// Names that only some files have, so that what belongs to them is not paired.
  package var unpaired: [String]
  /// The metrics on which arms are judged against one another.
  package var chosen: [String]
  /// For each of the chosen metrics the arms that may be the best.
  package var best: [BestSubset]
  /// By arm, how it stands on all of the chosen metrics together.
  package var standings: [Standing]
  /// Where the money goes from the baseline to each other arm, in the order of the arms.
  package var bridges: [LineBridge]
  /// The simplest arm that keeps most of what the best one gains; nil where nothing is gained.
  package var simplest: SimplestChoice?
  /// Where arms change places as traffic grows; nil where it was not looked for.
  package var crossover: Crossover?
  /// The words of the command line that say what is compared and by what it is judged; settings
  /// stand in the identity of the arms.
  package var words: [String] = []

  package struct Arm: Sendable {
    package var name: String
    package var results: Results
    /// Values that somebody wrote to describe the system; nil where that is not known.
    package var declared: Int?

    package init(name: String, results: Results, declared: Int? = nil) {
      self.name = name
      self.results = results
      self.declared = declared
    }

    /// Whether a queue grew without end in most of its runs: then a longer run has longer waits.
    package var isOverloaded: Bool {
      results.saturations.contains {
        !$0.isBounded && $0.replications * 2 >= results.identity.replications
      }
    }
  }

  /// One metric over the arms.
  package struct Row: Sendable {
    package var name: String
    package var unit: MetricUnit
    /// Whether less or more of it is better; nil where neither is.
    package var betterIsLower: Bool?
    /// The largest difference that is none in practice.
    package var margin: EquivalenceMargin
    /// By arm; the baseline's is its own figure.
    package var figures: [Figure?]
    /// By arm, arm minus baseline; nil for the baseline and where either is missing.
    package var differences: [Difference?]

    package init(
      name: String, unit: MetricUnit, betterIsLower: Bool?, margin: EquivalenceMargin,
      figures: [Figure?], differences: [Difference?]
    ) {
      self.name = name
      self.unit = unit
      self.betterIsLower = betterIsLower
      self.margin = margin
      self.figures = figures
      self.differences = differences
    }
  }

  /// A paired difference.
  ///
  /// No winner is named unless the whole interval lies beyond the margin of what matters.
  package struct Difference: Sendable {
    package var estimate: Double
    package var interval: ConfidenceInterval
    /// True when every replication gave the same difference.
    package var isExact: Bool
    /// The largest difference that is none in practice.
    package var margin: Double
    /// How many times wider the interval would be had the arms seen random numbers of their own;
    /// nil where there is no width to compare.
    package var narrowing: Double?

    package init(
      estimate: Double, interval: ConfidenceInterval, isExact: Bool, margin: Double = 0,
      narrowing: Double? = nil
    ) {
      self.estimate = estimate
      self.interval = interval
      self.isExact = isExact
      self.margin = margin
      self.narrowing = narrowing
    }

    /// Whether the whole interval lies beyond the margin, on one side of it.
    package var isShown: Bool {
      interval.low > margin || interval.high < -margin || isExact && estimate.magnitude > margin
    }

    /// Whether the whole interval lies within the margin.
    package var isEqualInPractice: Bool {
      isSame || interval.low >= -margin && interval.high <= margin
    }

    /// Whether no replication showed any difference.
    package var isSame: Bool {
      estimate.magnitude <= 1e-15 && interval.high - interval.low <= 1e-15
    }
  }

  package init(
    arms: [Arm], baseline: Int, rows: [Row], level: Double, margins: EquivalenceMargins,
    unpaired: [String], chosen: [String] = [], best: [BestSubset] = [], standings: [Standing] = [],
    bridges: [LineBridge] = [], simplest: SimplestChoice? = nil, crossover: Crossover? = nil
  ) {
    self.arms = arms
    self.baseline = baseline
    self.rows = rows
    self.level = level
    self.margins = margins
    self.unpaired = unpaired
    self.chosen = chosen
    self.best = best
    self.standings = standings
    self.bridges = bridges
    self.simplest = simplest
    self.crossover = crossover
  }

  /// The row of a metric; nil where there is none.
  package func row(_ name: String) -> Row? { rows.first { $0.name == name } }

  /// How many times the random numbers that the arms share narrowed the intervals of the chosen
  /// metrics: the median over metrics and arms; nil where no interval has a width.
  package var narrowing: Double? {
    let ratios = chosen.compactMap(row).flatMap(\.differences)
      .compactMap { $0?.narrowing }.sorted()
    return ratios.isEmpty ? nil : quantile(0.5, ofSorted: ratios)
  }
}
