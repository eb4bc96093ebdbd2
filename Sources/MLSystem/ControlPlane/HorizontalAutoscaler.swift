import Quantities

/// The Kubernetes HPA of one service as a plain value: what it remembers, and its decision.
///
/// One call of `decide` is one reconcile. Source: kubernetes/kubernetes
/// pkg/controller/podautoscaler/horizontal.go (stabilisation, limits, `behavior`).
package struct HorizontalAutoscaler: Sendable {
  /// The outcome of one reconcile.
  package struct Decision: Sendable, Hashable {
    /// What the metric asks for.
    package var recommendation: Int
    /// The recommendation after the stabilisation windows.
    package var stabilised: Int
    /// The size to set.
    package var desired: Int
  }

  /// A number of replicas at an instant: a recommendation, or a change of size.
  private struct Entry: Sendable {
    var at: Instant
    var replicas: Int
  }

  package let plan: AutoscalerPlan
  private let minimum: Int
  private let maximum: Int
  private var recommendations: [Entry] = []
  private var additions: [Entry] = []
  private var removals: [Entry] = []

  package init(plan: AutoscalerPlan, minimum: Int, maximum: Int) {
    precondition(minimum >= 0 && minimum <= maximum)
    precondition(plan.target > 0)
    self.plan = plan
    self.minimum = minimum
    self.maximum = maximum
  }

  /// Decides the size at `now`; `sample` is nil where the metric could not be read, which holds.
  ///
  /// The caller sets the size to `desired` at once, as the scale subresource does; replicas become
  /// ready in their own time. Calls come in order of time.
  package mutating func decide(at now: Instant, current: Int, sample: ReplicaSample?) -> Decision {
    // The size found at first stands as a recommendation, so nothing shrinks in the first window.
    if recommendations.isEmpty { recommendations.append(Entry(at: now, replicas: current)) }
    var decision = Decision(recommendation: current, stabilised: current, desired: current)
    if current == 0 && minimum > 0 {
      return decision
    } else if current > maximum {
      decision.desired = maximum
    } else if current < minimum {
      decision.desired = minimum
    } else if let wanted = sample?.recommendation(current: current, plan: plan) {
      decision.recommendation = wanted
      if let behaviour = plan.behaviour {
        decision.stabilised = stabilised(wanted, current: current, behaviour, at: now)
        decision.desired = limited(decision.stabilised, current: current, behaviour, at: now)
      } else {
        decision.stabilised = stabilised(wanted, at: now)
        let limit = Swift.min(maximum, Swift.max(2 * current, 4))
        decision.desired = Swift.min(Swift.max(decision.stabilised, minimum), limit)
      }
    }
    if let behaviour = plan.behaviour {
      remember(from: current, to: decision.desired, behaviour, at: now)
    }
    return decision
  }
}

// MARK: Stabilisation

extension HorizontalAutoscaler {
  /// Without `behavior`: the largest recommendation of the window, its far edge included.
  private mutating func stabilised(_ wanted: Int, at now: Instant) -> Int {
    recommendations.removeAll { now - $0.at > plan.downStabilisation }
    let largest = recommendations.reduce(wanted) { Swift.max($0, $1.replicas) }
    recommendations.append(Entry(at: now, replicas: wanted))
    return largest
  }

  /// With `behavior`: not above the smallest of the up window, not below the largest of the down
  /// window; the far edges are excluded.
  private mutating func stabilised(
    _ wanted: Int, current: Int, _ behaviour: AutoscalerPlan.Behaviour, at now: Instant
  ) -> Int {
    let longest = Swift.max(plan.downStabilisation, behaviour.upStabilisation)
    recommendations.removeAll { now - $0.at > longest }
    var (up, down) = (wanted, wanted)
    for entry in recommendations {
      if now - entry.at < behaviour.upStabilisation { up = Swift.min(up, entry.replicas) }
      if now - entry.at < plan.downStabilisation { down = Swift.max(down, entry.replicas) }
    }
    recommendations.append(Entry(at: now, replicas: wanted))
    return Swift.min(Swift.max(current, up), down)
  }
}

// MARK: Rate limits of `behavior`

extension HorizontalAutoscaler {
  private func limited(
    _ wanted: Int, current: Int, _ behaviour: AutoscalerPlan.Behaviour, at now: Instant
  ) -> Int {
    if wanted > current {
      let limit = limit(
        behaviour.up, behaviour.upSelection, current: current, at: now
      ) { start, amount in
        switch amount {
        case .pods(let pods): start + pods
        case .percent(let share):
          // Rounded up, because a small service could otherwise never grow.
          Int((Double(start) * (1 + Double(share) / 100)).rounded(.up))
        }
      }
      return Swift.min(wanted, maximum, Swift.max(limit, current))
    }
    if wanted < current {
      let limit = limit(
        behaviour.down, behaviour.downSelection.mirrored, current: current, at: now
      ) { start, amount in
        switch amount {
        case .pods(let pods): start - pods
        case .percent(let share): Int(Double(start) * (1 - Double(share) / 100))
        }
      }
      return Swift.max(wanted, minimum, Swift.min(limit, current))
    }
    return wanted
  }

  /// The size that the policies allow, each counted from the size at the start of its own period.
  private func limit(
    _ policies: [AutoscalerPlan.Behaviour.Policy],
    _ selection: AutoscalerPlan.Behaviour.Selection, current: Int, at now: Instant,
    proposal: (_ start: Int, AutoscalerPlan.Behaviour.Policy.Amount) -> Int
  ) -> Int {
    if selection == .disabled { return current }
    var result: Int?
    for policy in policies {
      let start =
        current - change(additions, within: policy.period, of: now)
        + change(removals, within: policy.period, of: now)
      let proposed = proposal(start, policy.amount)
      guard let best = result else {
        result = proposed
        continue
      }
      result = selection == .max ? Swift.max(best, proposed) : Swift.min(best, proposed)
    }
    return result ?? current
  }

  private func change(_ entries: [Entry], within period: Duration, of now: Instant) -> Int {
    entries.reduce(0) { now - $1.at < period ? $0 + $1.replicas : $0 }
  }

  private mutating func remember(
    from current: Int, to desired: Int, _ behaviour: AutoscalerPlan.Behaviour, at now: Instant
  ) {
    if desired == current { return }
    let longest = (behaviour.up + behaviour.down).reduce(Duration.zero) {
      Swift.max($0, $1.period)
    }
    additions.removeAll { now - $0.at >= longest }
    removals.removeAll { now - $0.at >= longest }
    if desired > current {
      additions.append(Entry(at: now, replicas: desired - current))
    } else {
      removals.append(Entry(at: now, replicas: current - desired))
    }
  }
}

extension AutoscalerPlan.Behaviour.Selection {
  /// The largest change downwards is the smallest size.
  fileprivate var mirrored: Self {
    switch self {
    case .max: .min
    case .min: .max
    case .disabled: .disabled
    }
  }
}
