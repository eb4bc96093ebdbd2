import DiscreteEvents
import Experiments
import MLSystem
import Quantities
import Randomness
import Testing

@Suite struct FidelityTests {
  private func experiment(
    rate: Double, wish: FidelityWish = .auto, order: QueueOrder = .arrival
  ) -> Experiment {
    let identity = Identity(
      title: "t", file: "t.json5", variant: "base", digest: "", resolved: "", toolVersion: "",
      seed: 1, replications: 1, start: .defaultStart, horizon: .hours(1), warmUp: .zero)
    return Experiment(identity: identity, thresholds: [], priceSources: [:], wish: wish) { _ in
      let server = ModelServerPlan(time: .affine(fixed: .milliseconds(1), perItem: .zero))
      var stream = TrafficStream(
        name: "users", route: 0, arrivals: .poisson, rate: RateProfile(base: rate),
        size: RequestSize())
      stream.priorities = [0, 1]
      return SystemModel(
        start: .defaultStart, horizon: .hours(1), traffic: [stream],
        routes: [Route(name: "route", steps: [0])],
        services: [
          Service(
            name: "server", kind: .model(server),
            replicas: ReplicaPolicy(initial: 1, minimum: 1, maximum: 1),
            queue: QueuePolicy(order: order))
        ], limits: RunLimits())
    }
  }

  @Test func autoLooksAtRequestsWhileTheyAreFew() throws {
    // An hour at 5,000 a second is 18 million requests, at 6,000 it is 21.6 million.
    #expect(try experiment(rate: 5_000).fidelity().chosen == .requests)
    #expect(try experiment(rate: 6_000).fidelity().chosen == .flow)
    #expect(try experiment(rate: 6_000, wish: .requests).fidelity().chosen == .requests)
    #expect(try experiment(rate: 5, wish: .flow).fidelity().chosen == .flow)
    #expect(try experiment(rate: 6_000, order: .priority).fidelity().chosen == .requests)
    // A reader is told why, where it is not plain.
    #expect(try experiment(rate: 5_000).fidelity().reason.isEmpty)
    #expect(try experiment(rate: 6_000).fidelity().reason.hasSuffix("more than 20M"))
    #expect(try experiment(rate: 5, wish: .flow).fidelity().reason == "as the scenario asks")
    #expect(
      try experiment(rate: 6_000, order: .priority).fidelity().reason.hasPrefix("flow refuses"))
  }

  @Test func armsLookEquallyClosely() throws {
    let mixed = try Experiment.alike([experiment(rate: 5_000), experiment(rate: 50_000)])
    #expect(mixed.map(\.wish) == [.flow, .flow])
    let few = try Experiment.alike([experiment(rate: 5), experiment(rate: 50)])
    #expect(few.map(\.wish) == [.requests, .requests])
    let one = try Experiment.alike([
      experiment(rate: 50_000), experiment(rate: 50, order: .priority),
    ])
    #expect(one.map(\.wish) == [.requests, .requests])
  }

  @Test func aStudyDecidesOnceAndSaysWhy() throws {
    func choice(_ points: [Experiment]) throws -> FidelityChoice {
      var decision = FidelityDecision()
      for (number, point) in points.enumerated() {
        try decision.consider(point, named: "point \(number)")
      }
      return decision.choice
    }
    let few = try choice([experiment(rate: 5), experiment(rate: 50)])
    #expect(few == FidelityChoice(.requests, reason: "a run has 180k of them at most"))
    let many = try choice([experiment(rate: 5), experiment(rate: 6_000), experiment(rate: 5_000)])
    #expect(many.fidelity == .flow)
    #expect(many.reason == "a run has 22M requests at point 1, more than 20M")
    let refused = try choice([experiment(rate: 6_000), experiment(rate: 5, order: .priority)])
    #expect(refused.fidelity == .requests)
    #expect(
      refused.reason
        == "flow refuses point 1: server, for its line prefers some requests to others")
    // A small system that would be refused as flow is none the worse for it.
    #expect(try choice([experiment(rate: 5, order: .priority)]).reason.hasPrefix("a run has"))
    let asked = try choice([experiment(rate: 6_000), experiment(rate: 1, wish: .requests)])
    #expect(asked == .asked(.requests))
    #expect(try choice([experiment(rate: 1, wish: .flow)]) == .asked(.flow))
    #expect(try choice([experiment(rate: 1, wish: .flow), experiment(rate: 1)]) == .asked(.flow))
    let each = try choice([
      experiment(rate: 1, wish: .flow), experiment(rate: 1, wish: .requests),
    ])
    #expect(each.fidelity == nil)
    let surfaces = SurfaceStore()
    let flow = experiment(rate: 1, wish: .flow).looked(at: each, sharing: surfaces)
    #expect(flow.wish == .flow)
    #expect(flow.surfaces === surfaces)
  }

  /// A multiple of the traffic of an arm is looked at as the arm was, whatever its own size asks.
  @Test func crossoversLookLikeTheirArms() throws {
    let arm = try Experiment.alike([experiment(rate: 5), experiment(rate: 6_000)])[0]
    let small = experiment(rate: 1).looked(like: arm)
    #expect(try small.fidelity().chosen == .flow)
    #expect(small.surfaces === arm.surfaces)
    let large = experiment(rate: 50_000).looked(
      like: try Experiment.alike([experiment(rate: 5)])[0])
    #expect(try large.fidelity().chosen == .requests)
  }
}
