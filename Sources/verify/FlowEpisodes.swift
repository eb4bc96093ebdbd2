import MLSystem
import Quantities
import Randomness

/// Systems with a stretch in which a fluid is not to be trusted, with episodes and without.
///
/// Backlogs of a few percent of overload, and ramps that a queue cannot follow: with episodes they
/// should be as near to the run by request as everything else.
enum FlowEpisodes: String, CaseIterable, Sendable {
  case batches = "3 % overload, batches"
  case chat = "3 % overload, LLM chat"
  case ramps = "ramps of 2 min, single servers"

  /// Seconds below which an answer is good.
  private var limit: Double {
    switch self {
    case .batches: 0.5
    case .chat: 12
    case .ramps: 0.3
    }
  }

  private var system: SystemModel {
    let hours = 14_400.0
    switch self {
    case .batches:
      return FlowKind.system([FlowKind.batcher(4)], Self.overload(of: 320), horizon: hours)
    case .chat:
      return FlowKind.chat(4, Self.overload(of: 41.2), horizon: hours)
    case .ramps:
      var rate = RateProfile(base: 80)
      rate.steps = (0..<240).map { step in
        let wave = PortableMath.cos(2 * .pi * Double(step) / 24)
        return RateStep(
          at: .start + .seconds(6000 + Double(step) * 5), factor: 0.6 - 0.35 * wave)
      }
      rate.steps.insert(RateStep(at: .start, factor: 0.4), at: 0)
      rate.steps.append(RateStep(at: .start + .seconds(7200), factor: 0.4))
      let servers = Service(
        name: "server", kind: .model(ModelServerPlan(time: .random(.exponential(mean: 0.05)))),
        pool: 0, replicas: ReplicaPolicy(initial: 4, minimum: 4, maximum: 4),
        balancer: .roundRobin)
      return FlowKind.system([servers], rate, horizon: hours)
    }
  }

  /// 60 % of a capacity, and 103 % of it for ten minutes.
  private static func overload(of capacity: Double) -> RateProfile {
    var rate = RateProfile(base: 0.6 * capacity)
    rate.surges = [
      Surge(
        at: .start + .seconds(6000), ramp: .seconds(60), last: .seconds(600), factor: 1.03 / 0.6)
    ]
    return rate
  }

  static func checks(_ surfaces: SurfaceStore) -> [Check] {
    allCases.flatMap { kind in
      guard
        let episodes = try? FlowComparison(
          kind.system, limit: kind.limit, seed: 5, surfaces),
        let fluid = try? FlowComparison(
          kind.system, limit: kind.limit, seed: 5, surfaces, hasEpisodes: false)
      else { return [FlowChecks.failure("\(kind.rawValue): both runs")] }
      return kind.rows(episodes, fluid)
    }
  }

  private func rows(_ episodes: FlowComparison, _ fluid: FlowComparison) -> [Check] {
    func row(
      _ what: String, _ unit: String, _ bar: Double,
      _ value: (FlowComparison) -> FlowComparison.Difference
    ) -> Check {
      let (own, other) = (value(episodes), value(fluid))
      return Check(
        name: "\(rawValue), \(what)", expected: "0",
        observed: "\(FlowChecks.percent(own.mean)) +- \(FlowChecks.percent(2 * own.error)) "
          + "\(unit); fluid alone \(FlowChecks.percent(other.mean))",
        bound: "\(FlowChecks.percent(bar)) \(unit)",
        outcome: own.isWithin(bar) ? .passed : .failed)
    }
    let share = episodes.statement.zoomed
    return [
      row("utilisation", "%", 0.01, \.utilisation), row("p50", "%", 0.05, \.p50),
      row("p99", "%", 0.10, \.p99), row("attainment", "points", 0.005, \.attainment),
      Check(
        name: "\(rawValue), requests in episodes", expected: "0 to 40 %",
        observed: "\(FlowChecks.percent(share)) %", bound: "some, not most",
        outcome: share > 0 && share <= 0.4 ? .passed : .failed),
    ]
  }
}
