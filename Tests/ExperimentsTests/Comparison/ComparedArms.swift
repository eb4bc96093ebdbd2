import Experiments
import MLSystem
import Quantities
import Scenarios
import Statistics

/// Arms of a comparison made of the values of their replications.
enum ComparedArms {
  static func figure(_ name: MetricName, _ statistic: Statistic, _ unit: MetricUnit, _ x: [Double])
    -> Figure
  {
    FigureJoining.figure(name, statistic, unit: unit, values: x.map { .scalar($0) })
  }

  static func arm(
    _ name: String, cost: [Double], latency: [Double], quality: [Double] = [], declared: Int? = nil,
    overloaded: Bool = false
  ) -> Comparison.Arm {
    var figures = [
      figure(MetricName("r", "latency"), .quantile(0.99), .seconds, latency),
      figure(MetricName("cost", "perMonth"), .value, .dollars, cost),
    ]
    if !quality.isEmpty {
      figures.append(figure(MetricName("m", "auc"), .value, .score, quality))
    }
    let zero = MoneyFigure(
      expected: .zero, interval: nil, range: nil, values: cost.map { _ in .zero })
    let saturation = JoinedSaturation(
      service: "s", replications: cost.count, since: .start, growth: 1)
    let results = Results(
      identity: Identity(
        title: "t", file: "f", variant: name, digest: "d", resolved: "", toolVersion: "0",
        seed: 1, replications: cost.count, start: .defaultStart, horizon: .hours(1),
        warmUp: .zero,
        subjects: [Subject(kind: .route, name: "r"), Subject(kind: .model, name: "m")]),
      figures: figures, distributions: [], verdicts: [], counts: [],
      cost: CostSummary(basis: "", lines: [], total: zero, perMonth: zero, months: []),
      series: [], timeline: [], saturations: overloaded ? [saturation] : [], earlyStops: [])
    return Comparison.Arm(name: name, results: results, declared: declared)
  }

  /// Chance that all arms share, and a little that is an arm's own.
  static let shared = [3.0, -2, 5, -4, 1, -3]
  static let own = [0.1, -0.1, 0.05, 0.1, -0.05, -0.1]

  static func values(_ mean: Double, _ spread: Double = 1, own share: Double = 1) -> [Double] {
    zip(shared, own).map { mean + ($0 + $1 * share) * spread }
  }
}
