import MLSystem
import Quantities
import Syntax

/// What must hold for the run to pass: `METRIC OP VALUE [in every WINDOW] [after INSTANT] [in N %
/// of runs]`.
package struct Threshold: Sendable {
  /// As written in the scenario.
  package var text: String
  package var metric: MetricName
  package var statistic: Statistic
  package var comparison: Comparison
  /// In the unit of the metric: seconds, per second, a share, dollars, a score, a count.
  package var limit: Double
  /// The threshold must hold in each window of this length; nil for the whole run.
  package var window: Duration?
  /// Windows (or requests) before this instant do not count.
  package var after: Instant?
  /// The share of runs in which it must hold; nil asks it of the expected value.
  package var shareOfRuns: Double?
  /// Where it stands in the scenario, for messages.
  package var range: SourceRange?

  package enum Comparison: String, Sendable, CaseIterable {
    case below = "<"
    case atMost = "<="
    case above = ">"
    case atLeast = ">="
  }

  package init(
    text: String, metric: MetricName, statistic: Statistic, comparison: Comparison, limit: Double,
    window: Duration? = nil, after: Instant? = nil, shareOfRuns: Double? = nil,
    range: SourceRange? = nil
  ) {
    self.text = text
    self.metric = metric
    self.statistic = statistic
    self.comparison = comparison
    self.limit = limit
    self.window = window
    self.after = after
    self.shareOfRuns = shareOfRuns
    self.range = range
  }

  /// Whether `value` is on the good side of the limit.
  package func holds(for value: Double) -> Bool {
    switch comparison {
    case .below: value < limit
    case .atMost: value <= limit
    case .above: value > limit
    case .atLeast: value >= limit
    }
  }
}

/// The statistic of a measure that a figure shows.
package enum Statistic: Sendable, Hashable, CustomStringConvertible {
  /// The figure itself, where a measure is a share or a single number.
  case value
  case mean
  /// The quantile at a share in (0, 1): 0.999 is `p99.9`.
  case quantile(Double)
  case maximum

  package var description: String {
    switch self {
    case .value: ""
    case .mean: "mean"
    case .quantile(let share): "p" + Statistic.percentText(share)
    case .maximum: "max"
    }
  }

  /// The statistic that `description` writes; nil for any other text.
  package init?(text: String) {
    switch text {
    case "": self = .value
    case "mean": self = .mean
    case "max": self = .maximum
    default:
      guard text.hasPrefix("p"), let percent = Double(text.dropFirst()), percent > 0, percent < 100,
        text.dropFirst().allSatisfy({ $0.isNumber || $0 == "." })
      else { return nil }
      self = .quantile(percent / 100)
    }
  }

  /// `99.9` for 0.999, without trailing zeros.
  static func percentText(_ share: Double) -> String {
    let percent = (share * 1e8).rounded() / 1e6
    return percent == percent.rounded() ? "\(Int(percent))" : "\(percent)"
  }
}
