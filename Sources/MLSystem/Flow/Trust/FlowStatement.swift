import Randomness

/// What a flow run says about its own error: half-widths that should hold the figures of a run by
/// request nineteen times in twenty, and why not where it cannot.
///
/// They add up what is known: the spread of the measured nodes, the steps of histograms and of the
/// interpolation, the errors of backlogs from that of the capacity, and for requests in ramps and
/// narrow backlogs the errors that flow runs showed there against runs by request.
package struct FlowStatement: Sendable, Hashable {
  /// Relative half-widths of the median and of the 99th percentile of latency.
  package var p50: Double
  package var p99: Double
  /// Relative half-widths of utilisation and cost.
  package var utilisation: Double
  package var cost: Double
  /// Half-width of an objective's attainment, as a share, beyond what follows from `p99`.
  package var attainment: Double
  /// Share of the requests for which the fluid is not to be trusted.
  package var doubtful: Double
  /// Share of the requests that were simulated one by one, in episodes.
  package var zoomed: Double
  /// Why it is outside what was tested; empty where it is inside.
  package var reasons: [String]

  package init(
    p50: Double, p99: Double, utilisation: Double, cost: Double, attainment: Double,
    doubtful: Double, zoomed: Double = 0, reasons: [String]
  ) {
    self.p50 = p50
    self.p99 = p99
    self.utilisation = utilisation
    self.cost = cost
    self.attainment = attainment
    self.doubtful = doubtful
    self.zoomed = zoomed
    self.reasons = reasons
  }

  /// The statement about a run from what it says of its services, in all replications.
  package init(_ runs: [[FlowTrust]]) {
    let all = runs.joined()
    func most(_ value: (FlowTrust) -> Double) -> Double { all.map(value).max() ?? 0 }
    p50 = 0.015 + most { 2 * $0.error50 + 0.1 * $0.fast + 0.3 * $0.narrow + 0.1 * $0.clear }
    p99 =
      0.03
      + most { trust in
        let tail = 0.1 * trust.fast + 0.1 * Self.reach(trust.fast)
        let backlogs = Self.reach(trust.narrow) * 0.15 + Self.reach(trust.clear) * trust.waitError
        return 2 * trust.error99 + tail + backlogs
      }
    utilisation =
      0.004
      + most { trust in
        0.04 * trust.fast + 0.02 * trust.narrow + 0.01 * trust.clear + Self.control(trust)
      }
    cost = most(Self.control)
    attainment =
      0.0005 + most { 0.1 * $0.narrow + 0.02 * $0.fast + 0.3 * $0.clear * $0.waitError }
    doubtful = most(\.doubtful)
    zoomed = most { $0.requests > 0 ? $0.zoomed / $0.requests : 0 }
    reasons = Self.reasons(Array(all))
  }

  /// How much of the slowest hundredth lies in a share of the requests that is slower than all.
  private static func reach(_ share: Double) -> Double { min(1, share / 0.02) }

  /// Relative error of replica-hours under an autoscaler.
  private static func control(_ trust: FlowTrust) -> Double {
    if trust.scaling == nil { return 0 }
    return trust.hasSlowLoop ? 0.05 : 0.006
  }

  /// The half-width of an objective that so many requests meet: in an exponential tail a relative
  /// error e of the times changes a share m that is late by m ln(1/m) e.
  package func error(ofAttainment share: Double) -> Double {
    let missed = min(max(1 - share, 1e-6), 1)
    return attainment + missed * PortableMath.log(1 / missed) * p99
  }

  private static func reasons(_ trusts: [FlowTrust]) -> [String] {
    var reasons: [String] = []
    var said: Set<String> = []
    for trust in trusts where !said.contains(trust.service) {
      if trust.hasSlowLoop {
        reasons.append(
          "the autoscaler of `\(trust.service)` looks more often than its replicas settle, "
            + "and they are fewer than 16")
        said.insert(trust.service)
      } else if trust.doubtful > 0.4 {
        let percent = Int((trust.doubtful * 100).rounded())
        reasons.append(
          "\(percent) % of the requests of `\(trust.service)` are in ramps that its queues cannot "
            + "follow or in overloads of a few percent")
        said.insert(trust.service)
      }
    }
    return reasons
  }
}
