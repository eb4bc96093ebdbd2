import MLSystem
import Scenarios
import Statistics

/// Pairs the replications of several arms.
package enum ComparisonBuilder {
  /// Compares arms that ran the same number of replications from the same seed.
  ///
  /// Replication i of every arm saw the same arrivals, sizes, drift and failures, so differences
  /// are taken replication by replication. The intervals hold jointly (Bonferroni) at `level`.
  package static func comparison(
    of arms: [Comparison.Arm], baseline: Int, level: Double = 0.95
  ) -> Comparison {
    precondition(arms.indices.contains(baseline), "the baseline is one of the arms")
    precondition(
      Set(arms.map(\.results.identity.replications)).count == 1,
      "arms are compared replication by replication")
    let names = rowNames(of: arms)
    let pairs = max(1, names.count * (arms.count - 1))
    let rows = names.compactMap { name -> Comparison.Row? in
      let figures = arms.map { $0.results.figure(name) }
      guard let any = figures.compactMap({ $0 }).first else { return nil }
      let base = figures[baseline]
      return Comparison.Row(
        name: name, unit: any.unit, betterIsLower: Preference.betterIsLower(any.metric.metric),
        figures: figures,
        differences: figures.enumerated().map { index, figure in
          index == baseline ? nil : difference(from: base, to: figure, level: level, pairs: pairs)
        })
    }
    return Comparison(
      arms: arms, baseline: baseline, rows: rows, level: level, unpaired: unpaired(arms))
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
          case .model: ["auc"]
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

  private static func difference(
    from base: Figure?, to figure: Figure?, level: Double, pairs: Int
  ) -> Comparison.Difference? {
    guard let base, let figure, let a = base.estimate, let b = figure.estimate,
      base.values.count == figure.values.count
    else { return nil }
    let both = zip(base.values, figure.values).compactMap { x, y in
      x.flatMap { x in y.map { (x, $0) } }
    }
    guard both.count > 1 else { return nil }
    let paired = PairedComparison(
      baseline: both.map(\.0), alternative: both.map(\.1), level: level, comparisons: pairs)
    // Arms that agree in every replication are the same; else no more is known than buckets tell.
    let isSame = a == b && paired.difference.halfWidth == 0
    let half =
      isSame ? 0 : max(paired.difference.halfWidth, resolution(of: figure.statistic, a, b))
    // The estimate is the difference of the pooled figures, so that it agrees with the two columns.
    return Comparison.Difference(
      estimate: b - a,
      interval: ConfidenceInterval(
        estimate: b - a, low: b - a - half, high: b - a + half, level: paired.difference.level),
      isExact: base.isExact && figure.isExact)
  }

  /// What the buckets of two histograms leave open of the difference of their quantiles.
  private static func resolution(of statistic: Statistic, _ a: Double, _ b: Double) -> Double {
    if case .quantile = statistic { return LogHistogram.relativeError * (abs(a) + abs(b)) }
    return 0
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
      "false-alarms", "exposed":
      true
    case "availability", "goodput", "auc", "attainment", "auc.worst-day": false
    default: nil
    }
  }
}
