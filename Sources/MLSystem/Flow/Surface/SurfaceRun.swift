import DiscreteEvents
import Quantities
import Randomness

/// Runs of the request engine with one service alone: what every surface is measured by.
package struct SurfaceRun {
  let spec: SurfaceSpec
  /// Follows the spec, so that equal services draw alike whatever they are called.
  let seed: UInt64
  /// A factor on the requests of a measurement.
  let effort: Double
  let isCancelled: @Sendable () -> Bool

  /// Runs of a service; `effort` is a factor on the requests of a measurement.
  package init(
    _ spec: SurfaceSpec, effort: Double = 1,
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) {
    self.spec = spec
    self.effort = effort
    self.isCancelled = isCancelled
    var digest = StreamFamily(seed: 0, replication: 0).stream(spec.seedText)
    seed = digest.next()
  }

  /// The simulation of `replicas` that are asked `rate` times a second for `horizon`, with what is
  /// counted beginning at `warmUp`; `part` names its random numbers.
  package func simulation(
    replicas: Int, rate: RateProfile, horizon: Duration, warmUp: Duration = .zero, part: Int,
    limited: Bool = true
  ) throws -> Simulation<SystemSimulation> {
    var simulation = Simulation(
      try SystemSimulation(
        system(replicas, rate, horizon, warmUp, limited: limited),
        streams: StreamFamily(seed: seed, replication: part), isCancelled: isCancelled))
    simulation.model.begin(&simulation.calendar)
    simulation.model.groups[0].timeFactor = spec.timeFactor
    if spec.timeFactor != 1 {
      for replica in 0..<UInt32(replicas) { simulation.model.setPace(of: replica, .start) }
    }
    return simulation
  }

  private func system(
    _ replicas: Int, _ rate: RateProfile, _ horizon: Duration, _ warmUp: Duration, limited: Bool
  ) -> SystemModel {
    let total = Double(spec.members.reduce(0) { $0 + $1.weight })
    let traffic = spec.members.enumerated().map { place, member in
      var own = rate
      own.base *= Double(member.weight) / total
      return TrafficStream(
        name: "member \(place)", route: place, arrivals: member.arrivals, rate: own,
        size: member.size,
        tenants: member.priorities.enumerated().map {
          Share(name: "class \($0.offset)", share: $0.element.share)
        },
        priorities: member.priorities.isEmpty ? [0] : member.priorities.map(\.priority))
    }
    let routes = spec.members.indices.map {
      Route(name: "route \($0)", steps: [0], timeout: limited ? spec.timeout : nil)
    }
    let queue = limited ? spec.queue : QueuePolicy(order: spec.queue.order)
    let service = Service(
      name: "service", kind: spec.kind,
      replicas: ReplicaPolicy(initial: replicas, minimum: replicas, maximum: replicas),
      balancer: spec.balancer, queue: queue)
    return SystemModel(
      start: CalendarInstant(year: 2026, month: 1, day: 5), horizon: horizon, warmUp: warmUp,
      traffic: traffic, routes: routes, services: [service], limits: .none)
  }

  /// What the requests of each member bring in a part, one after the other.
  func makers(part: Int = 0) -> [RequestMaker] {
    let streams = StreamFamily(seed: seed, replication: part)
    return spec.members.enumerated().map { place, member in
      RequestMaker(
        TrafficStream(
          name: "member \(place)", route: place, arrivals: member.arrivals,
          rate: RateProfile(base: 1), size: member.size),
        tenants: [], segments: [], classes: { _ in 0 }, streams: streams)
    }
  }
}

extension SurfaceSpec.Member {
  fileprivate var arrivals: ArrivalProcess {
    switch gaps {
    case .poisson: .poisson
    case .renewal(let cv, let family): .renewal(cv: cv, family: family)
    }
  }
}
