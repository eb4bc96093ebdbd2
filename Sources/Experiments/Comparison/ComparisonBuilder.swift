import MLSystem
import Scenarios
import Statistics

/// Pairs the replications of several arms.
package enum ComparisonBuilder {
  /// Compares arms that ran the same number of replications from the same seed.
  ///
  /// Replication i of every arm saw the same arrivals, sizes, drift and failures, so differences
  /// are taken replication by replication. The intervals hold jointly (Bonferroni) at `level`; so
  /// do the statements on the best and on dominance, each kind for itself.
  /// - Parameters:   - metrics: full names of the metrics on which arms are judged; empty for the
  /// usual ones.   - wish: what the simplest arm must keep.
  package static func comparison(
    of arms: [Comparison.Arm], baseline: Int, level: Double = 0.95, metrics: [String] = [],
    wish: SimplestChoice.Wish = .init()
  ) -> Comparison {
    precondition(arms.indices.contains(baseline), "the baseline is one of the arms")
    precondition(
      Set(arms.map(\.results.identity.replications)).count == 1,
      "arms are compared replication by replication")
    var names = rowNames(of: arms)
    for name in metrics where !names.contains(name) { names.append(name) }
    let pairs = max(1, names.count * (arms.count - 1))
    let rows = names.compactMap { name -> Comparison.Row? in
      let figures = arms.map { $0.results.figure(name) }
      guard let any = figures.compactMap({ $0 }).first else { return nil }
      let base = figures[baseline]
      return Comparison.Row(
        name: name, unit: any.unit, betterIsLower: Preference.betterIsLower(any.metric.metric),
        figures: figures,
        differences: figures.enumerated().map { index, figure in
          index == baseline
            ? nil : PairedDifference.of(base, figure, level: level, pairs: pairs)
        })
    }
    let chosen = (metrics.isEmpty ? usual(rows) : metrics).compactMap { name in
      rows.first { $0.name == name }
    }
    let judged = chosen.filter { $0.betterIsLower != nil }
    var comparison = Comparison(
      arms: arms, baseline: baseline, rows: rows, level: level, unpaired: unpaired(arms),
      chosen: chosen.map(\.name))
    comparison.best = judged.compactMap {
      BestSubset.of($0, arms, level: level, metrics: judged.count)
    }
    comparison.standings = ParetoSet.standings(judged, arms, level: level)
    comparison.bridges = arms.indices.filter { $0 != baseline }.map {
      LineBridge.between(arms[baseline], arms[$0], index: $0, level: level)
    }
    if let row = judged.first(where: { Preference.isQuality($0) })
      ?? judged.first(where: { Preference.isWait($0) })
    {
      comparison.simplest = SimplestChoice.of(
        row, cost: rows.first { $0.name == "cost.perMonth" }, arms, wish: wish, level: level)
    }
    return comparison
  }

  /// Money, the first route's wait, its availability, the first model's quality.
  private static func usual(_ rows: [Comparison.Row]) -> [String] {
    var names: [String] = []
    func add(_ fits: (Comparison.Row) -> Bool) {
      if let row = rows.first(where: fits) { names.append(row.name) }
    }
    add { $0.name == "cost.perMonth" }
    // Whoever waits for a stream of tokens waits for the first one.
    let hasTokens = rows.contains { $0.name.hasSuffix(".ttft.p95") }
    add { $0.name.hasSuffix(hasTokens ? ".ttft.p95" : ".latency.p99") }
    add { $0.name.hasSuffix(".availability") }
    add { Preference.isQuality($0) }
    return names
  }

  /// Headline metrics that at least one arm has: money first, then routes, models and objectives.
  private static func rowNames(of arms: [Comparison.Arm]) -> [String] {
    var names = ["cost.perMonth", "cost.per1k", "cost.per1MTokens"]
    for arm in arms {
      for subject in arm.results.identity.subjects {
        let metrics =
          switch subject.kind {
          case .route:
            [
              "latency.p50", "latency.p99", "ttft.p95", "tpot.p95", "availability", "goodput",
            ]
          case .model: ["auc", "ndcg", "mae", "resolved"]
          case .objective: ["attainment"]
          case .incident: ["hurt"]
          case .modelServer, .llmServer: ["busy"]
          case .lookup, .stream, .pool: [String]()
          }
        for metric in metrics where !names.contains("\(subject.name).\(metric)") {
          names.append("\(subject.name).\(metric)")
        }
      }
    }
    return names.filter { name in arms.contains { $0.results.figure(name)?.estimate != nil } }
  }

  /// Names of streams, services and routes that some arms lack: their randomness has no partner.
  private static func unpaired(_ arms: [Comparison.Arm]) -> [String] {
    let sets = arms.map { $0.results.identity.subjects.filter { $0.kind != .pool }.map(\.name) }
    var lonely: [String] = []
    for name in sets.flatMap({ $0 })
    where !lonely.contains(name) && sets.contains(where: { !$0.contains(name) }) {
      lonely.append(name)
    }
    return lonely
  }
}

/// Which way a metric is better.
package enum Preference {
  /// True where less is better, false where more is, nil where it depends.
  package static func betterIsLower(_ metric: String) -> Bool? {
    switch metric {
    case "latency", "ttft", "tpot", "itl", "wait", "shed", "failed", "timeouts", "perMonth",
      "total", "per1k", "per1MTokens", "preemptions", "budget-spent", "detection-delay",
      "false-alarms", "exposed", "log-loss", "calibration-error", "mae", "rmse", "wrong",
      "regret", "lost.perMonth", "lost.per1k", "escaped", "false-rollbacks", "time-to-restore",
      "missed":
      true
    case "availability", "goodput", "attainment", "auc", "auc.worst-day", "pr-auc", "ndcg",
      "accuracy", "precision", "recall", "resolved", "ctr", "lift", "value.perMonth",
      "value.per1k":
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
