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
    #expect(try experiment(rate: 5_000).fidelity() == .requests)
    #expect(try experiment(rate: 6_000).fidelity() == .flow)
    #expect(try experiment(rate: 6_000, wish: .requests).fidelity() == .requests)
    #expect(try experiment(rate: 5, wish: .flow).fidelity() == .flow)
    #expect(try experiment(rate: 6_000, order: .priority).fidelity() == .requests)
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
}
