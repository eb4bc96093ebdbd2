/// The rules by which Argo Rollouts judges one metric of an AnalysisRun.
///
/// As in `analysis/analysis.go` and `utils/defaults/defaults.go` of argoproj/argo-rollouts 9f8d111.
package struct AnalysisMetricRules: Sendable, Hashable {
  /// Failures beyond which the metric fails; -1 lets any number pass.
  package var failureLimit: Int
  /// Inconclusive measurements beyond which the metric is inconclusive.
  package var inconclusiveLimit: Int
  /// Errors in a row beyond which the metric is in error.
  package var consecutiveErrorLimit: Int
  /// Successes in a row that are enough; 0 asks for none.
  package var consecutiveSuccessLimit: Int
  /// Measurements, errors not counted, after which it is decided; nil goes on until it is ended.
  package var count: Int?

  /// The defaults are Argo's.
  package init(
    failureLimit: Int = 0, inconclusiveLimit: Int = 0, consecutiveErrorLimit: Int = 4,
    consecutiveSuccessLimit: Int = 0, count: Int? = nil
  ) {
    self.failureLimit = failureLimit
    self.inconclusiveLimit = inconclusiveLimit
    self.consecutiveErrorLimit = consecutiveErrorLimit
    self.consecutiveSuccessLimit = consecutiveSuccessLimit
    self.count = count
  }
}

/// How a metric or a whole analysis stands, the better first: a run is as good as its worst metric.
package enum AnalysisPhase: Int, Sendable, Hashable, Comparable, CaseIterable {
  case successful, running, pending, inconclusive, error, failed

  package static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }

  /// Whether nothing that is measured later changes it.
  package var isDecided: Bool {
    switch self {
    case .running, .pending: false
    case .successful, .inconclusive, .error, .failed: true
    }
  }
}

/// What one measurement of a metric said.
package enum AnalysisMeasurement: Sendable, Hashable {
  case success, failure, inconclusive
  /// Nothing could be measured, for lack of traffic or because the query failed.
  case error
}

/// One metric of an AnalysisRun under way.
package struct AnalysisMetric: Sendable, Hashable {
  package let rules: AnalysisMetricRules
  package private(set) var phase = AnalysisPhase.running
  private var measured = 0
  private var failures = 0
  private var inconclusive = 0
  private var errorsInRow = 0
  private var successesInRow = 0

  package init(rules: AnalysisMetricRules) { self.rules = rules }

  /// Takes one measurement; a decided metric stays as it is.
  package mutating func record(_ measurement: AnalysisMeasurement) {
    if phase.isDecided { return }
    if measurement != .error { measured += 1 }
    errorsInRow = measurement == .error ? errorsInRow + 1 : 0
    successesInRow = measurement == .success ? successesInRow + 1 : 0
    if measurement == .failure { failures += 1 }
    if measurement == .inconclusive { inconclusive += 1 }
    phase = assessed
  }

  /// Ends it before it has decided: what has not failed by then is successful.
  package mutating func terminate() {
    if !phase.isDecided { phase = .successful }
  }

  /// Argo checks failures, then inconclusive ones, then errors, each overriding the one before.
  private var assessed: AnalysisPhase {
    if errorsInRow > rules.consecutiveErrorLimit { return .error }
    if inconclusive > rules.inconclusiveLimit { return .inconclusive }
    if rules.failureLimit >= 0 && failures > rules.failureLimit { return .failed }
    let asksForSuccesses = rules.consecutiveSuccessLimit > 0
    if asksForSuccesses && successesInRow >= rules.consecutiveSuccessLimit { return .successful }
    guard let count = rules.count, measured >= count else { return .running }
    if !asksForSuccesses { return .successful }
    return rules.failureLimit >= 0 ? .inconclusive : .failed
  }
}

/// The metrics of one analysis of a canary.
package struct AnalysisRun: Sendable, Hashable {
  package private(set) var metrics: [AnalysisMetric]

  /// A run of `metrics` that all follow `rules`.
  package init(metrics: Int, rules: AnalysisMetricRules) {
    self.metrics = Array(repeating: AnalysisMetric(rules: rules), count: metrics)
  }

  /// The worst of the metrics; successful where there is none.
  ///
  /// A metric that has failed in any way ends the run, whatever the others still measure.
  package var phase: AnalysisPhase {
    var worst = AnalysisPhase.successful
    for metric in metrics { worst = max(worst, metric.phase) }
    return worst
  }

  /// Takes one measurement of every metric, in their order.
  package mutating func record(_ measurements: [AnalysisMeasurement]) {
    for (index, measurement) in measurements.enumerated() { metrics[index].record(measurement) }
  }

  /// Ends every metric that has not decided.
  package mutating func terminate() {
    for index in metrics.indices { metrics[index].terminate() }
  }
}
