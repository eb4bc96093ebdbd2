import MLSystem
import Scenarios
import Statistics
import Syntax

/// Pairs the replications of several arms.
package enum ComparisonBuilder {
  /// Compares arms that ran the same number of replications from the same seed.
  ///
  /// Replication i of every arm saw the same arrivals, sizes, drift and failures, so differences
  /// are taken replication by replication. The intervals hold jointly (Bonferroni) at `level`; so
  /// do the statements on the best and on dominance, each kind for itself.
  /// - Parameters:
  ///   - metrics: full names of the metrics on which arms are judged; empty for those of
  ///     `JudgedMetrics`.
  ///   - wish: what the simplest arm must keep.
  ///   - margins: what is too small to matter.
  package static func comparison(
    of arms: [Comparison.Arm], baseline: Int, level: Double = 0.95, metrics: [String] = [],
    wish: SimplestChoice.Wish = .init(), margins: EquivalenceMargins = .init()
  ) -> Comparison {
    precondition(arms.indices.contains(baseline), "the baseline is one of the arms")
    precondition(
      Set(arms.map(\.results.identity.replications)).count == 1,
      "arms are compared replication by replication")
    var names = rowNames(of: arms, baseline: baseline)
    let promised = JudgedMetrics.promised(arms)
    for name in metrics + promised where !names.contains(name) { names.append(name) }
    let pairs = max(1, names.count * (arms.count - 1))
    let rows = names.compactMap { name -> Comparison.Row? in
      let figures = arms.map { $0.results.figure(name) }
      guard let any = figures.compactMap({ $0 }).first else { return nil }
      let base = figures[baseline]
      let margin = margins[any.unit]
      return Comparison.Row(
        name: name, unit: any.unit, betterIsLower: Preference.betterIsLower(any.metric.metric),
        margin: margin, figures: figures,
        differences: figures.enumerated().map { index, figure in
          index == baseline
            ? nil : PairedDifference.of(base, figure, margin, level: level, pairs: pairs)
        })
    }
    let chosen = (metrics.isEmpty ? JudgedMetrics.usual(rows, promised) : metrics)
      .compactMap { name in rows.first { $0.name == name } }
    let judged = chosen.filter { $0.betterIsLower != nil }
    var comparison = Comparison(
      arms: arms, baseline: baseline, rows: rows, level: level, margins: margins,
      unpaired: unpaired(arms), chosen: chosen.map(\.name))
    let rivals = rivals(arms, baseline: baseline)
    comparison.best = judged.compactMap {
      BestSubset.of($0, arms, among: rivals, level: level, metrics: judged.count)
    }
    comparison.standings = ParetoSet.standings(judged, arms, among: rivals, level: level)
    comparison.bridges = arms.indices.filter { $0 != baseline }.map {
      LineBridge.between(arms[baseline], arms[$0], index: $0, level: level)
    }
    if let row = judged.first(where: { Preference.isQuality($0) })
      ?? judged.first(where: { Preference.isWait($0) })
    {
      comparison.simplest = SimplestChoice.of(
        row, cost: comparison.row("cost.perMonth"), arms, among: rivals, wish: wish, level: level)
    }
    return comparison
  }

  /// The arms that are designs for what the baseline is a design for: the same traffic, the same
  /// incidents.
  ///
  /// Whoever has less to do is no better for it, so the others are shown and beat nobody.
  private static func rivals(_ arms: [Comparison.Arm], baseline: Int) -> [Int] {
    let tasks = arms.map { arm in
      let scenario = ResolvedScenario(arm.results)
      return ["traffic", "incidents"].map { scenario.root[$0]?.text(.compact) }
    }
    return arms.indices.filter { tasks[$0] == tasks[baseline] }
  }

  /// Headline metrics that the baseline or at least two arms have: money first, then routes, models
  /// and objectives.
  private static func rowNames(of arms: [Comparison.Arm], baseline: Int) -> [String] {
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
    return names.filter { name in
      let measured = arms.indices.filter { arms[$0].results.figure(name)?.estimate != nil }
      return measured.contains(baseline) || measured.count > 1
    }
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
