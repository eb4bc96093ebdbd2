import Quantities

extension RolloutPlan {
  /// What undoes a rollout.
  package enum Rule: Sendable, Hashable {
    /// Error rate of the candidate above a share.
    case errorsAbove(Double)
    /// Error rate of the candidate above a multiple of the stable version's.
    case errorsTimesBaseline(Double)
    /// p99 latency of the candidate above a multiple of the stable version's.
    case latencyTimesBaseline(Double)
    /// A quantile of the candidate's latency above a limit.
    case latencyAbove(quantile: Double, Duration)
    /// A quantile of the candidate's latency above a multiple of the stable version's.
    case quantileTimesBaseline(quantile: Double, Double)
    /// Measured quality of the candidate, in a segment or over all, below a limit.
    case qualityBelow(RolloutQuality, segment: String?, Double)
    /// Measured quality of the candidate below a multiple of the stable version's.
    case qualityTimesBaseline(RolloutQuality, segment: String?, Double)
  }
}

/// Quality that a rule of a rollout can look at.
package enum RolloutQuality: String, Sendable, Hashable, CaseIterable {
  /// Area under the ROC curve.
  case auc
  /// Share of right decisions.
  case accuracy
}

extension RolloutPlan.Rule {
  /// What it needs of the measured quality; nil where it looks at requests alone.
  var quality: (figure: RolloutQuality, segment: String?)? {
    switch self {
    case .errorsAbove, .errorsTimesBaseline, .latencyTimesBaseline, .latencyAbove,
      .quantileTimesBaseline:
      nil
    case .qualityBelow(let figure, let segment, _),
      .qualityTimesBaseline(let figure, let segment, _):
      (figure, segment)
    }
  }

  /// Whether it needs latencies.
  var needsLatency: Bool {
    switch self {
    case .latencyTimesBaseline, .latencyAbove, .quantileTimesBaseline: true
    case .errorsAbove, .errorsTimesBaseline, .qualityBelow, .qualityTimesBaseline: false
    }
  }

  /// What was found, for the timeline.
  func reason(_ sample: RolloutSample) -> String {
    let percent = { QuantityFormatter.percent($0, decimals: 2) }
    let times = { QuantityFormatter.fixed($0, decimals: 1) }
    let new = percent(sample.candidate.errorRate)
    let count = QuantityFormatter.wholeNumber(sample.candidate.requests)
    switch self {
    case .errorsAbove(let share):
      return "errors \(new) of \(count) requests, above \(percent(share))"
    case .errorsTimesBaseline(let factor):
      return "errors \(new) of \(count) requests, above \(times(factor)) x "
        + percent(sample.stable.errorRate)
    case .latencyTimesBaseline(let factor):
      return "p99 latency above \(times(factor)) x that of the stable version"
    case .latencyAbove(let quantile, let limit):
      return "\(Self.name(quantile)) latency above \(QuantityFormatter.time(limit.seconds))"
    case .quantileTimesBaseline(let quantile, let factor):
      return "\(Self.name(quantile)) latency above \(times(factor)) x that of the stable version"
    case .qualityBelow(let figure, let segment, let limit):
      return "\(Self.name(figure, segment)) below \(QuantityFormatter.fixed(limit, decimals: 3))"
    case .qualityTimesBaseline(let figure, let segment, let factor):
      return "\(Self.name(figure, segment)) below \(percent(factor)) of the stable version's"
    }
  }

  private static func name(_ quantile: Double) -> String {
    "p" + QuantityFormatter.compact(quantile * 100)
  }

  private static func name(_ figure: RolloutQuality, _ segment: String?) -> String {
    figure.rawValue + (segment.map { " in segment \($0)" } ?? "")
  }
}

extension RolloutPlan {
  /// Whether its looks need latencies.
  var needsLatency: Bool {
    if case .kayenta = controller { return true }
    return rollbackIf.contains { $0.needsLatency }
  }
}
