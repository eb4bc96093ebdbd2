import Quantities
import Statistics

/// What the rules of a rollout are judged on: both versions since the step began.
package struct RolloutSample: Sendable {
  package var candidate: VersionSample
  package var stable: VersionSample

  package init(candidate: VersionSample, stable: VersionSample) {
    self.candidate = candidate
    self.stable = stable
  }
}

/// Requests of one version, and what its labels show.
package struct VersionSample: Sendable {
  /// Requests that it finished, in error or not.
  package var requests: Int64
  package var errors: Int64
  /// 99th percentile of the latency in nanoseconds; nil without an answer.
  package var p99: Double?
  /// All latencies in nanoseconds; nil where no rule asks for them.
  package var latencies: LogHistogram?
  /// Measured quality by rule of the plan; nil where there are too few labels for it.
  package var qualities: [Double?] = []

  package init(
    requests: Int64, errors: Int64, p99: Double? = nil, latencies: LogHistogram? = nil
  ) {
    self.requests = requests
    self.errors = errors
    self.p99 = p99
    self.latencies = latencies
  }

  /// Share of requests in error, 0 without a request.
  package var errorRate: Double { requests > 0 ? Double(errors) / Double(requests) : 0 }

  /// A quantile of the latency in nanoseconds; nil without an answer.
  package func latency(_ quantile: Double) -> Double? {
    latencies.flatMap { $0.quantile(quantile) } ?? (quantile == 0.99 ? p99 : nil)
  }
}

/// What one rule says about a candidate.
package enum RuleVerdict: Sendable, Hashable {
  case holds
  case isBroken
  /// There is too little to judge it on.
  case hasNoData
}

extension RolloutPlan {
  /// Whether the candidate has been asked often enough for its rules to mean anything.
  package func canJudge(_ sample: RolloutSample) -> Bool {
    rollbackIf.isEmpty || hasEnough(sample.candidate)
  }

  /// The first rule that the candidate breaks; nil where none is broken or none can be judged yet.
  package func broken(_ sample: RolloutSample) -> Rule? {
    rollbackIf.indices.first { verdict(ofRule: $0, sample) == .isBroken }.map { rollbackIf[$0] }
  }

  /// What a rule says; a comparison with a stable version that has not been asked often enough
  /// holds, for nothing speaks against the candidate.
  package func verdict(ofRule index: Int, _ sample: RolloutSample) -> RuleVerdict {
    let rule = rollbackIf[index]
    if rule.quality == nil && !hasEnough(sample.candidate) { return .hasNoData }
    let hasBaseline = hasEnough(sample.stable)
    func verdict(_ isBroken: Bool) -> RuleVerdict { isBroken ? .isBroken : .holds }
    func latency(_ quantile: Double, above line: (Double) -> Double?) -> RuleVerdict {
      guard let new = sample.candidate.latency(quantile), let line = line(quantile) else {
        return .holds
      }
      return verdict(new > line)
    }
    func times(_ factor: Double) -> (Double) -> Double? {
      { quantile in hasBaseline ? sample.stable.latency(quantile).map { factor * $0 } : nil }
    }
    switch rule {
    case .errorsAbove(let share): return verdict(sample.candidate.errorRate > share)
    case .errorsTimesBaseline(let factor):
      return verdict(
        hasBaseline && sample.candidate.errorRate > factor * sample.stable.errorRate)
    case .latencyTimesBaseline(let factor): return latency(0.99, above: times(factor))
    case .quantileTimesBaseline(let quantile, let factor):
      return latency(quantile, above: times(factor))
    case .latencyAbove(let quantile, let limit):
      return latency(quantile) { _ in Double(limit.nanoseconds) }
    case .qualityBelow(_, _, let limit):
      guard let new = quality(index, sample.candidate) else { return .hasNoData }
      return verdict(new < limit)
    case .qualityTimesBaseline(_, _, let factor):
      guard let new = quality(index, sample.candidate), let old = quality(index, sample.stable)
      else { return .hasNoData }
      return verdict(new < factor * old)
    }
  }

  private func quality(_ index: Int, _ sample: VersionSample) -> Double? {
    index < sample.qualities.count ? sample.qualities[index] : nil
  }

  private func hasEnough(_ sample: VersionSample) -> Bool {
    sample.requests >= Int64(max(1, minimumRequests))
  }
}
