import Quantities

/// An alarm of a monitor: what it measured, where, and whether something had truly changed.
package struct AlarmRecord: Sendable, Hashable {
  package var at: Instant
  /// When it was over; nil where it was on at the end.
  package var until: Instant?
  package var model: String
  package var monitor: String
  /// Number of the feature, from 1; nil for an alarm of the whole model.
  package var feature: Int?
  /// What was measured, such as `psi` or `auc`.
  package var statistic: String
  package var value: Double
  /// What it was held against.
  package var threshold: Double
  package var severity: MonitorPlan.Severity
  package var isTrue: Bool

  /// The most records that one run keeps.
  package static let limit = 2_000

  package init(
    at: Instant, until: Instant? = nil, model: String, monitor: String, feature: Int? = nil,
    statistic: String, value: Double, threshold: Double, severity: MonitorPlan.Severity,
    isTrue: Bool
  ) {
    self.at = at
    self.until = until
    self.model = model
    self.monitor = monitor
    self.feature = feature
    self.statistic = statistic
    self.value = value
    self.threshold = threshold
    self.severity = severity
    self.isTrue = isTrue
  }
}

/// The verdict of one check.
struct MonitorFinding {
  var fires: Bool
  /// Whether what is watched has truly changed: a feature's mean moved, or the true quality of the
  /// judged labels lies below the line.
  var isTrue = false
  var text = ""
  var statistic = ""
  var threshold = 0.0
  /// What was above (or below) the threshold: the whole, or features from 0.
  var signs: [Sign] = []

  struct Sign {
    var feature: Int?
    var value: Double
  }

  /// Judged, and nothing found.
  static let quiet = MonitorFinding(fires: false)
}
