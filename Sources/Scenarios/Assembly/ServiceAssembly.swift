import MLSystem
import Pricing
import Quantities
import Randomness

/// Services from their settings.
enum ServiceAssembly {
  /// The time of a batch.
  static func batchTime(of time: Setting) -> BatchTime {
    if time.kind == "batch-time" {
      return .affine(
        fixed: time["fixed"].duration ?? .zero, perItem: time["perItem"].duration ?? .zero)
    }
    return .random(time.distribution ?? .constant(0))
  }

  /// How a model server puts requests together.
  static func modelServer(of service: Setting) -> ModelServerPlan {
    let batching = service["batching"]
    let time = batchTime(of: service["time"])
    guard batching.kind == "batching" else { return ModelServerPlan(time: time) }
    let most = batching["max"].whole
    let mostItems = batching["maxItems"].whole
    return ModelServerPlan(
      time: time, maximumRequests: most ?? .max, maximumItems: mostItems ?? .max,
      delay: batching["delay"].duration ?? .zero)
  }

  /// Calls per second that all replicas can do at most in full batches; nil where that is not
  /// known.
  static func capacity(of service: Setting, itemsPerCall: Double) -> Double? {
    if service.kind == "service:lookup" { return service["limit"].number }
    guard service.kind == "service:model", let replicas = service["replicas"]["max"].whole else {
      return nil
    }
    let plan = modelServer(of: service)
    let byItems =
      plan.maximumItems == .max ? .infinity : Double(plan.maximumItems) / max(itemsPerCall, 1e-9)
    let calls = max(1, min(Double(plan.maximumRequests), byItems))
    let seconds: Double
    switch plan.time {
    case .affine(let fixed, let perItem):
      // An unbounded batch approaches one item after the other without the fixed part.
      guard calls < 1e15 else {
        let each = perItem.seconds * itemsPerCall
        return each > 0 ? Double(replicas) / each : nil
      }
      seconds = fixed.seconds + perItem.seconds * itemsPerCall * calls
    case .random(let law): seconds = law.mean
    }
    guard seconds > 0, seconds.isFinite else { return nil }
    return Double(replicas) * calls / seconds
  }

  /// The number of replicas; `perMachine` of them fit one machine.
  static func replicas(of service: Setting, perMachine: Double) -> ReplicaPolicy {
    let replicas = service["replicas"]
    let initial = replicas["initial"].whole ?? 1
    // Without an autoscaler nothing moves the number.
    let isFixed = service["autoscaling"].isAbsent
    return ReplicaPolicy(
      initial: initial, minimum: isFixed ? initial : replicas["min"].whole ?? initial,
      maximum: isFixed ? initial : replicas["max"].whole ?? initial, perInstance: perMachine,
      ready: service["ready"].distribution ?? .constant(0))
  }

  /// The autoscaler, if there is one.
  static func autoscaler(of service: Setting) -> AutoscalerPlan? {
    let plan = service["autoscaling"]
    guard plan.kind == "autoscaling",
      let metric = plan["metric"].text.flatMap(AutoscalerPlan.Metric.init(rawValue:))
    else { return nil }
    let target = plan["target"].number ?? 1
    return AutoscalerPlan(
      metric: metric, target: metric == .busy ? (target * 100).rounded() : target,
      sync: plan["every"].duration ?? .seconds(15), tolerance: plan["tolerance"].number ?? 0.1,
      downStabilisation: plan["keep"].duration ?? .seconds(300))
  }

  /// What may wait and what is refused.
  static func queue(of service: Setting) -> QueuePolicy {
    let queue = service["queue"]
    return QueuePolicy(
      limit: queue["limit"].whole, shedsByDeadline: queue["shed"].text == "deadline",
      order: queue["order"].text.flatMap(QueueOrder.init(rawValue:)) ?? .arrival)
  }

  /// Random crashes; a single time to failure is the mean of an exponential.
  static func failures(of service: Setting) -> FailureLaw? {
    let law = service["failures"]
    guard law.kind == "failures", let repair = law["last"].distribution else { return nil }
    if let mean = law["every"].number {
      return FailureLaw(timeToFailure: .exponential(mean: mean), timeToRepair: repair)
    }
    guard let failure = law["every"].distribution else { return nil }
    return FailureLaw(timeToFailure: failure, timeToRepair: repair)
  }

  /// Prices beside those of machines.
  static func prices(of service: Setting) -> [ServicePrice] {
    let price = service["price"]
    var found: [ServicePrice] = []
    for (key, basis) in [("fixed", ServicePrice.Basis.perMonth), ("perCall", .perCall)] {
      guard let amount = price[key].money else { continue }
      found.append(
        ServicePrice(
          basis: basis, quote: PriceQuote(UnitPrice(amount), row: price[key].path),
          growth: price["growth"].number ?? 0))
    }
    return found
  }
}
