/// What the autoscaler sees of a service at one decision.
package enum ReplicaSample: Sendable, Hashable {
  /// Busy replicas, as the resource metric of pods that all request the same.
  case utilisation(Utilisation)
  /// The sum of a metric over the service, whose target is a value per replica (`AverageValue`).
  case total(Double)
  /// A metric whose target is a value of the whole service (`Value`), and the ready replicas.
  case value(Double, ready: Int)

  /// Usage of the replicas in thousandths of a replica.
  package struct Utilisation: Sendable, Hashable {
    /// Thousandths of a replica used by the ready replicas together; each one rounded by itself.
    package var usage: Int64
    /// Replicas that are ready and measured.
    package var ready: Int
    /// Replicas that start up; they dampen a scale-up.
    package var unready: Int
    /// Replicas that should be measured and are not.
    package var missing: Int

    package init(usage: Int64, ready: Int, unready: Int = 0, missing: Int = 0) {
      self.usage = usage
      self.ready = ready
      self.unready = unready
      self.missing = missing
    }

    /// Whole percent of what `replicas` request, truncated as Kubernetes does.
    func percent(of replicas: Int, adding extra: Int64 = 0) -> Int64 {
      (usage + extra) * 100 / (Int64(replicas) * 1000)
    }
  }

  /// The replicas that the metric asks for, before stabilisation and limits; nil without data.
  ///
  /// Source: kubernetes/kubernetes pkg/controller/podautoscaler/replica_calculator.go.
  package func recommendation(current: Int, plan: AutoscalerPlan) -> Int? {
    switch self {
    case .utilisation(let sample):
      return sample.recommendation(current: current, plan: plan)
    case .total(let total):
      if current == 0 { return Self.replicas(total / plan.target) }
      let ratio = total / (plan.target * Double(current))
      return plan.tolerates(ratio) ? current : Self.replicas(total / plan.target)
    case .value(let value, let ready):
      let ratio = value / plan.target
      if current == 0 { return Self.replicas(ratio) }
      return plan.tolerates(ratio) ? current : Self.replicas(ratio * Double(ready))
    }
  }

  /// The least whole number of replicas, bounded so that a wild metric cannot overflow.
  static func replicas(_ wanted: Double) -> Int {
    wanted > 0 ? Int(Swift.min(wanted.rounded(.up), 1e9)) : 0
  }
}

extension ReplicaSample.Utilisation {
  fileprivate func recommendation(current: Int, plan: AutoscalerPlan) -> Int? {
    guard ready > 0 else { return nil }
    let ratio = Double(percent(of: ready)) / plan.target
    let dampsRise = unready > 0 && ratio > 1
    if !dampsRise && missing == 0 {
      return plan.tolerates(ratio) ? current : ReplicaSample.replicas(ratio * Double(ready))
    }
    // Missing replicas count as fully used on the way down and as idle on the way up, starting
    // ones as idle on the way up, so that neither can push the decision in its own direction.
    var counted = ready + (dampsRise ? unready : 0)
    var assumed: Int64 = 0
    if missing > 0 && ratio != 1 {
      counted += missing
      if ratio < 1 { assumed = Int64(missing) * 10 * Int64(Swift.max(100, plan.target)) }
    }
    let damped = Double(percent(of: counted, adding: assumed)) / plan.target
    let flips = (ratio < 1 && damped > 1) || (ratio > 1 && damped < 1)
    if flips || plan.tolerates(damped) { return current }
    let wanted = ReplicaSample.replicas(damped * Double(counted))
    let contradicts = (damped < 1 && wanted > current) || (damped > 1 && wanted < current)
    return contradicts ? current : wanted
  }
}

extension AutoscalerPlan {
  /// Whether a ratio of metric to target is near enough to 1 to leave the size alone.
  func tolerates(_ ratio: Double) -> Bool {
    1 - tolerance <= ratio && ratio <= 1 + (toleranceUp ?? tolerance)
  }
}
