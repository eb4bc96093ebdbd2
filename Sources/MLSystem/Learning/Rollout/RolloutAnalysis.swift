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

/// Requests of one version.
package struct VersionSample: Sendable {
  /// Requests that it finished, in error or not.
  package var requests: Int64
  package var errors: Int64
  /// 99th percentile of the latency in nanoseconds; nil without an answer.
  package var p99: Double?

  package init(requests: Int64, errors: Int64, p99: Double? = nil) {
    self.requests = requests
    self.errors = errors
    self.p99 = p99
  }

  /// Share of requests in error, 0 without a request.
  package var errorRate: Double { requests > 0 ? Double(errors) / Double(requests) : 0 }
}

extension RolloutPlan {
  /// Whether the candidate has been asked often enough for its rules to mean anything.
  package func canJudge(_ sample: RolloutSample) -> Bool {
    rollbackIf.isEmpty || sample.candidate.requests >= Int64(max(1, minimumRequests))
  }

  /// The first rule that the candidate breaks; nil where none is broken or none can be judged yet.
  ///
  /// A comparison with the stable version waits until that one has been asked often enough as well.
  package func broken(_ sample: RolloutSample) -> Rule? {
    if !canJudge(sample) { return nil }
    let candidate = sample.candidate
    let hasBaseline = sample.stable.requests >= Int64(max(1, minimumRequests))
    return rollbackIf.first { rule in
      switch rule {
      case .errorsAbove(let share): return candidate.errorRate > share
      case .errorsTimesBaseline(let factor):
        return hasBaseline && candidate.errorRate > factor * sample.stable.errorRate
      case .latencyTimesBaseline(let factor):
        guard hasBaseline, let new = candidate.p99, let old = sample.stable.p99 else {
          return false
        }
        return new > factor * old
      }
    }
  }
}
