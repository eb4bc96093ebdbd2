import MLSystem
import Quantities

/// Reads what undoes a rollout: `errors > 1 %`, `errors > 2x baseline`, `latency.p95 > 300 ms`,
/// `auc < 95 % of baseline`, `accuracy[segment=new] < 0.8`.
enum RollbackText {
  /// What is written where none of it can be read.
  static let examples =
    "write \"errors > 1 %\", \"errors > 2x baseline\", \"latency.p95 > 300 ms\" or "
    + "\"auc < 95 % of baseline\""

  static func rule(_ text: String) -> RolloutPlan.Rule? {
    for (sign, isAbove) in [(">", true), ("<", false)] {
      let parts = text.split(separator: sign, omittingEmptySubsequences: false).map { trimmed($0) }
      if parts.count != 2 { continue }
      return isAbove ? requestRule(parts[0], parts[1]) : qualityRule(parts[0], parts[1])
    }
    return nil
  }

  /// Errors and latencies.
  private static func requestRule(_ metric: String, _ limit: String) -> RolloutPlan.Rule? {
    if limit.hasSuffix(" baseline") {
      guard let factor = try? QuantityParser.factor(trimmed(limit.dropLast(9))) else { return nil }
      if metric == "errors" { return .errorsTimesBaseline(factor) }
      if metric == "latency" { return .latencyTimesBaseline(factor) }
      return quantile(metric).map { .quantileTimesBaseline(quantile: $0, factor) }
    }
    if metric == "errors" {
      guard let share = try? QuantityParser.percent(limit), share > 0, share <= 1 else {
        return nil
      }
      return .errorsAbove(share)
    }
    guard let quantile = metric == "latency" ? 0.99 : quantile(metric),
      let time = try? QuantityParser.duration(limit), time > .zero
    else { return nil }
    return .latencyAbove(quantile: quantile, time)
  }

  /// `latency.p95` as 0.95.
  private static func quantile(_ metric: String) -> Double? {
    guard metric.hasPrefix("latency.p"), let percent = Double(metric.dropFirst(9)), percent > 0,
      percent < 100
    else { return nil }
    return percent / 100
  }

  /// Measured quality, of all or of one segment.
  private static func qualityRule(_ metric: String, _ limit: String) -> RolloutPlan.Rule? {
    var (name, segment) = (metric[...], String?.none)
    if let open = metric.firstIndex(of: "["), metric.hasSuffix("]") {
      let inside = metric[metric.index(after: open)...].dropLast()
      guard inside.hasPrefix("segment=") else { return nil }
      name = metric[..<open]
      segment = trimmed(inside.dropFirst(8))
    }
    guard let figure = RolloutQuality(rawValue: String(name)), segment?.isEmpty != true else {
      return nil
    }
    if limit.hasSuffix(" of baseline") {
      guard let share = try? QuantityParser.percent(trimmed(limit.dropLast(12))), share > 0 else {
        return nil
      }
      return .qualityTimesBaseline(figure, segment: segment, share)
    }
    guard let value = Double(limit) ?? (try? QuantityParser.percent(limit)), value > 0, value < 1
    else { return nil }
    return .qualityBelow(figure, segment: segment, value)
  }
}
