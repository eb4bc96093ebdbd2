import MLSystem
import Scenarios

extension Scenario {
  /// What a sweep keeps where nobody says: money, what the thresholds ask for, and the headline of
  /// each route and model.
  package var usualMetrics: [SweepMetric] {
    var names = ["cost.perMonth"]
    names += thresholds.map { FigureJoining.name($0.metric, $0.statistic) }
    for route in self.names(of: .route) {
      names += ["ttft.p95", "latency.p99", "availability"].map { "\(route).\($0)" }
    }
    names += self.names(of: .model).map { "\($0).auc" }
    var found: [SweepMetric] = []
    for name in names {
      // What a kind of route or model does not have is left out.
      guard let choice = try? metrics(named: [name]).first else { continue }
      let metric = SweepMetric(name: choice.name, unit: choice.unit)
      if !found.contains(metric) { found.append(metric) }
    }
    return found
  }
}

extension Experiment {
  /// The experiment with the figures of some metrics, whatever percentile they are.
  package func asking(for metrics: [SweepMetric], of scenario: Scenario) -> Experiment {
    var copy = self
    for metric in metrics {
      // A point may lack what another has; its cell stays empty.
      guard let choice = try? scenario.metrics(named: [metric.name]).first else { continue }
      copy.ask([choice])
    }
    return copy
  }
}
