import MLSystem
import Quantities
import Scenarios
import Statistics

/// Joins the measures of replications into figures.
package enum FigureJoining {
  /// The statistics that every distribution is reported with.
  package static let standard: [Statistic] = [
    .mean, .quantile(0.5), .quantile(0.9), .quantile(0.95), .quantile(0.99), .quantile(0.999),
    .maximum,
  ]
  /// Replications below which no range of outcomes is shown.
  package static let leastForRange = 10

  /// The figures of the measures at the same index of each record.
  ///
  /// - Parameter asked: further statistics by canonical metric name, which thresholds ask for.
  package static func figures(
    of records: [RunRecord], asked: [String: [Statistic]], level: Double = 0.95
  ) -> [Figure] {
    guard let first = records.first else { return [] }
    var figures: [Figure] = []
    for index in first.measures.indices {
      let measures = records.map { $0.measures[index] }
      let name = measures[0].name
      precondition(measures.allSatisfy { $0.name == name }, "replications measure alike")
      var statistics: [Statistic] =
        measures.contains { $0.isDistribution } ? standard : [.value]
      for extra in asked[name.description] ?? [] where !statistics.contains(extra) {
        statistics.append(extra)
      }
      let values = measures.map(\.value)
      let pooled = Measure.Value.pooled(values)
      for statistic in statistics {
        figures.append(
          figure(
            name, statistic, unit: measures[0].unit, values: values, pooled: pooled, level: level))
      }
    }
    return figures
  }

  /// One statistic over replications: pooled estimate, interval from the values of the
  /// replications.
  ///
  /// - Parameter pooled: all values together, where they are at hand; histograms are long to merge.
  package static func figure(
    _ metric: MetricName, _ statistic: Statistic, unit: MetricUnit, values: [Measure.Value],
    pooled: Measure.Value? = nil, level: Double = 0.95
  ) -> Figure {
    let each = values.map { $0.statistic(statistic, unit: unit) }
    let pooled = pooled ?? .pooled(values)
    let estimate = pooled.statistic(statistic, unit: unit)
    let seen = each.compactMap { $0 }
    return Figure(
      name: name(metric, statistic), metric: metric, statistic: statistic, unit: unit,
      estimate: estimate,
      interval: estimate.flatMap {
        interval(
          around: $0, seen, pooled: pooled, unit: unit, resolution: resolution(statistic),
          level: level)
      },
      range: range(of: seen), values: each)
  }

  /// `ctr.latency.p99`, or `ctr.availability` where the figure has one statistic.
  package static func name(_ metric: MetricName, _ statistic: Statistic) -> String {
    let suffix = statistic.description
    return suffix.isEmpty ? metric.description : "\(metric).\(suffix)"
  }

  /// The interval at `level`: Student t of the replications' values around the pooled estimate.
  ///
  /// A share that no replication ever saw move, such as no failure in all of them, gets the exact
  /// binomial bound of its pooled counts, for a spread of zero would claim certainty.
  package static func interval(
    around estimate: Double, _ values: [Double], pooled: Measure.Value, unit: MetricUnit,
    resolution: Double = 0, level: Double = 0.95
  ) -> ConfidenceInterval? {
    if case .ratio(let part, let whole) = pooled, unit == .share, whole >= 1,
      values.allSatisfy({ $0 == values[0] }), part == 0 || part == whole,
      whole == whole.rounded()
    {
      return ConfidenceInterval.ofProportion(
        successes: Int64(part), trials: Int64(whole), level: level)
    }
    guard values.count > 1 else { return nil }
    let half = max(
      ConfidenceInterval.ofMean(values, level: level).halfWidth, abs(estimate) * resolution)
    let low = estimate - half
    let high = estimate + half
    let isShare = unit == .share
    let isPositive = values.allSatisfy { $0 >= 0 }
    return ConfidenceInterval(
      estimate: estimate, low: isPositive ? max(low, 0) : low,
      high: isShare && estimate <= 1 ? min(high, 1) : high,
      level: level)
  }

  /// The relative error with which a histogram knows a quantile; no interval is narrower.
  private static func resolution(_ statistic: Statistic) -> Double {
    if case .quantile = statistic { return LogHistogram.relativeError }
    return 0
  }

  /// P10, P50 and P90 over replications, once there are enough for a tail.
  package static func range(of values: [Double]) -> OutcomeRange? {
    guard values.count >= leastForRange else { return nil }
    let sorted = values.sorted()
    return OutcomeRange(
      p10: quantile(0.1, ofSorted: sorted), p50: quantile(0.5, ofSorted: sorted),
      p90: quantile(0.9, ofSorted: sorted))
  }

  /// The distributions of the requests of all replications.
  package static func distributions(of records: [RunRecord]) -> [PooledDistribution] {
    guard let first = records.first else { return [] }
    return first.measures.indices.compactMap { index in
      guard
        case .distribution(let pooled) = Measure.Value.pooled(
          records.map { $0.measures[index].value })
      else { return nil }
      let measure = first.measures[index]
      return PooledDistribution(metric: measure.name, unit: measure.unit, histogram: pooled)
    }
  }
}

extension Measure {
  fileprivate var isDistribution: Bool {
    if case .distribution = value { return true }
    return false
  }
}

extension Measure.Value {
  /// A statistic in the unit of the measure; nil where nothing was observed or the statistic has no
  /// meaning.
  func statistic(_ statistic: Statistic, unit: MetricUnit) -> Double? {
    switch self {
    case .distribution(let histogram):
      guard histogram.count > 0 else { return nil }
      // Times are held in nanoseconds, everything else in its own unit.
      let scale = unit == .seconds ? 1e-9 : 1
      switch statistic {
      case .mean, .value: return histogram.mean.map { $0 * scale }
      case .quantile(let share): return histogram.quantile(share).map { $0 * scale }
      case .maximum: return histogram.maximum.map { Double($0) * scale }
      }
    case .ratio(let part, let whole): return whole > 0 ? part / whole : nil
    case .scalar(let value): return value
    case .missing: return nil
    }
  }

  /// The value of all replications together: histograms merge, ratios add, scalars average.
  package static func pooled(_ values: [Measure.Value]) -> Measure.Value {
    var histogram: LogHistogram?
    var part = 0.0
    var whole = 0.0
    var hasRatio = false
    var scalars: [Double] = []
    for value in values {
      switch value {
      case .distribution(let more):
        if histogram == nil { histogram = more } else { histogram?.merge(more) }
      case .ratio(let a, let b):
        part += a
        whole += b
        hasRatio = true
      case .scalar(let scalar): scalars.append(scalar)
      case .missing: break
      }
    }
    if let histogram { return .distribution(histogram) }
    if hasRatio { return .ratio(part, over: whole) }
    if scalars.isEmpty { return .missing }
    return .scalar(scalars.reduce(0, +) / Double(scalars.count))
  }
}
