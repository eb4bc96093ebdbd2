import MLSystem

/// Which way a metric is better.
package enum Preference {
  /// True where less is better, false where more is, nil where it depends.
  package static func betterIsLower(_ metric: String) -> Bool? {
    switch metric {
    case "latency", "ttft", "tpot", "itl", "wait", "shed", "failed", "timeouts", "perMonth",
      "total", "per1k", "per1MTokens", "preemptions", "budget-spent", "detection-delay",
      "false-alarms", "exposed", "log-loss", "calibration-error", "mae", "rmse", "wrong",
      "regret", "lost.perMonth", "lost.per1k", "escaped", "false-rollbacks", "time-to-restore",
      "missed", "fallback", "false-positives", "training-cost", "rollout-cost", "misdiagnosed",
      "review.wait", "review.overflow", "lost.before-detection", "lost-value.before-detection",
      "hurt", "lost", "time-to-notice", "time-to-end", "time-to-recover", "change-failures",
      "false-ships", "refused-sound-data", "passed-faulty-data":
      true
    case "availability", "goodput", "attainment", "auc", "auc.worst-day", "pr-auc", "ndcg",
      "accuracy", "precision", "recall", "resolved", "ctr", "lift", "value.perMonth",
      "value.per1k", "fairness", "review.accuracy", "data-score", "data-score.worst",
      "baseline-ratio", "over-random", "holdout-lift":
      false
    default: nil
    }
  }

  /// Whether a row tells how good answers are.
  static func isQuality(_ row: Comparison.Row) -> Bool {
    guard let metric = row.figures.compactMap({ $0 }).first?.metric.metric else { return false }
    return [
      "auc", "auc.worst-day", "pr-auc", "ndcg", "accuracy", "recall", "precision", "mae", "rmse",
      "log-loss", "resolved", "ctr", "lift", "value.perMonth",
    ].contains(metric)
  }

  /// Whether a row is the wait of a request, which has no end in an overloaded system.
  package static func isWait(_ row: Comparison.Row) -> Bool {
    guard let metric = row.figures.compactMap({ $0 }).first?.metric.metric else { return false }
    return ["latency", "ttft", "tpot", "itl", "wait"].contains(metric)
  }
}
