import MLSystem

/// A metric that a threshold may name: what has it, in which unit, with which statistics.
///
/// The formulas stand on the definitions page; this table says which names exist.
package struct MetricRow: Sendable {
  /// What has the metric.
  package enum Subject: String, Sendable, CaseIterable {
    case route, llmRoute, service, server, llmServer, model, learnedModel, monitor, objective, cost
    case task, reviewedModel, comparedModel, incident
  }

  /// The metric, such as `latency` or `auc.worst-day`.
  package var name: String
  /// What has it.
  package var subject: Subject
  /// The unit of its values.
  package var unit: MetricUnit
  /// Whether it is a distribution over requests, so that a statistic must be named.
  package var isDistribution: Bool
  /// Whether it is kept for tenants and segments as well.
  package var takesSelector: Bool
  /// Whether a threshold may ask for it in every window.
  package var takesWindow: Bool
}

/// All metrics.
package enum MetricTable {
  /// The rows in the order of the definitions page.
  package static let rows: [MetricRow] =
    distributions(.route, ["latency"], selector: true, window: true)
    + shares(.route, ["availability", "shed", "failed", "timeouts"], selector: true, window: true)
    + shares(.route, ["retries", "fallback"], selector: true)
    + single(.route, ["requests", "goodput"], .perSecond, selector: true)
    + distributions(.llmRoute, ["ttft", "tpot"], selector: true, window: true)
    + distributions(.llmRoute, ["itl"])
    + distributions(.service, ["latency", "wait"]) + single(.service, ["calls"], .perSecond)
    + shares(.server, ["busy", "availability"])
    + single(.server, ["queue", "batch", "replicas", "peak.replicas"], .count)
    + shares(.llmServer, ["kv"]) + single(.llmServer, ["preemptions"], .count)
    + single(.llmServer, ["tokens"], .tokensPerSecond)
    + qualities + single(.learnedModel, ["auc.worst-day", "regret"], .score)
    + single(.learnedModel, ["lost.perMonth", "lost.per1k"], .dollars)
    + single(.learnedModel, ["never.auc"], .score)
    + single(.learnedModel, ["worth-of-retraining.perMonth"], .dollars)
    + single(
      .learnedModel, ["retrainings", "promotions", "rollbacks", "exposed", "diagnoses"], .count)
    + single(.learnedModel, ["refused", "failed-trainings"], .count)
    + single(.learnedModel, ["age", "lead-time"], .seconds)
    + single(.learnedModel, ["training-cost"], .dollars)
    + shares(.learnedModel, ["misdiagnosed"])
    + shares(.reviewedModel, ["review.done", "review.overflow", "review.accuracy"])
    + single(.reviewedModel, ["review.queue"], .count)
    + single(.reviewedModel, ["review.wait"], .seconds)
    + shares(.comparedModel, ["lift", "baseline-ratio", "over-random"])
    + single(.monitor, ["alarms", "false-alarms", "lost.before-detection"], .count)
    + single(.monitor, ["lost-value.before-detection"], .dollars)
    + single(.monitor, ["detection-delay", "run-length"], .seconds)
    + shares(.monitor, ["missed", "firing", "unjudged"])
    + single(
      .learnedModel, ["refused-data", "refused-sound-data", "passed-faulty-data"], .count)
    + single(.task, ["data-score", "data-score.worst"], .score)
    + rolloutRows
    + shares(.objective, ["attainment", "budget-spent"])
    + single(.objective, ["pages", "tickets"], .count)
    + single(.incident, ["hurt"], .count) + single(.incident, ["lost"], .dollars)
    + single(.incident, ["time-to-notice", "time-to-end", "time-to-recover"], .seconds)
    + single(.cost, ["total", "perMonth", "per1k", "per1MTokens"], .dollars)

  /// How good answers are; a task has those of its kind.
  private static let qualities: [MetricRow] =
    single(
      .model,
      ["auc", "log-loss", "calibration-error", "pr-auc", "ndcg", "mae", "rmse"], .score,
      selector: true)
    + shares(
      .model,
      [
        "accuracy", "precision", "recall", "false-positives", "ctr", "resolved", "wrong",
        "refusals", "invalid",
      ], selector: true)
    + single(.model, ["fairness"], .score)
    + single(.model, ["value.perMonth", "value.per1k"], .dollars)

  /// How versions are brought out.
  private static var rolloutRows: [MetricRow] {
    single(
      .learnedModel,
      [
        "rollouts", "false-rollbacks", "escaped", "deployments", "ships", "false-ships",
        "iterates", "kills",
      ], .count)
      + single(.learnedModel, ["time-to-full", "time-to-restore"], .seconds)
      + shares(.learnedModel, ["change-failures", "holdout-lift"])
      + single(.learnedModel, ["rollout-cost"], .dollars)
  }

  private static func distributions(
    _ subject: MetricRow.Subject, _ names: [String], selector: Bool = false, window: Bool = false
  ) -> [MetricRow] {
    names.map {
      MetricRow(
        name: $0, subject: subject, unit: .seconds, isDistribution: true, takesSelector: selector,
        takesWindow: window)
    }
  }

  private static func shares(
    _ subject: MetricRow.Subject, _ names: [String], selector: Bool = false, window: Bool = false
  ) -> [MetricRow] {
    names.map {
      MetricRow(
        name: $0, subject: subject, unit: .share, isDistribution: false, takesSelector: selector,
        takesWindow: window)
    }
  }

  private static func single(
    _ subject: MetricRow.Subject, _ names: [String], _ unit: MetricUnit, selector: Bool = false
  ) -> [MetricRow] {
    names.map {
      MetricRow(
        name: $0, subject: subject, unit: unit, isDistribution: false, takesSelector: selector,
        takesWindow: false)
    }
  }

  /// The metrics of some kinds of subject, in order.
  static func rows(of subjects: [MetricRow.Subject]) -> [MetricRow] {
    rows.filter { subjects.contains($0.subject) }
  }
}
