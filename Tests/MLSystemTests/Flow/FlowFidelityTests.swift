import MLSystem
import Pricing
import Quantities
import Randomness
import Testing

/// Runs as flow on surfaces that were measured with little effort.
@Suite struct FlowFidelityTests {
  private static let model: SystemModel = {
    var stream = Fixture.stream(rate: 120)
    stream.rate.surges = [
      Surge(at: .start + .seconds(100), ramp: .seconds(10), last: .seconds(60), factor: 1.5)
    ]
    var server = Fixture.service(
      time: .affine(fixed: .milliseconds(20), perItem: .milliseconds(5)), replicas: 2,
      balancer: .leastOutstanding, requests: 8, delay: .milliseconds(5))
    server.failures = FailureLaw(
      timeToFailure: .constant(150), timeToRepair: .constant(20))
    return Fixture.system(
      [stream], [server],
      routes: [
        Route(
          name: "route", steps: [0], timeout: .seconds(2),
          retries: RetryPolicy(maximum: 1, backoff: .milliseconds(50), budget: 1))
      ], horizon: 300)
  }()

  private func run(_ fidelity: Fidelity, _ store: SurfaceStore) throws -> RunRecord {
    try Self.model.simulate(seed: 1, replication: 0, fidelity: fidelity, surfaces: store)
  }

  @Test func everyMeasureOfARunByRequestIsThereAndNear() throws {
    let requests = try run(.requests, SurfaceStore())
    let flow = try run(.flow, SurfaceStore(effort: 0.02))
    #expect(flow.measures.map(\.name) == requests.measures.map(\.name))
    #expect(flow.series.map(\.name) == requests.series.map(\.name))
    // 40,000 requests in one run know the shares to a percent or so, beside the surface's own.
    for (name, tolerance) in [
      ("server.busy", 0.03), ("server.replicas", 1e-9), ("route.availability", 0.02),
      ("server.calls", 0.03),
    ] {
      let (a, b) = (flow.figure(name) ?? 0, requests.figure(name) ?? 1)
      #expect(abs(a / b - 1) < tolerance, "\(name): \(a) against \(b)")
    }
    // Both replicas crash at 150 s: nobody answers until they are back.
    #expect((flow.figure("route.failed") ?? 0) > 0.01)
    #expect(flow.ledger.rows.count == requests.ledger.rows.count)
  }

  @Test func surfacesGiveTheSameBytesWhoeverMeasuredThem() throws {
    let store = SurfaceStore(effort: 0.02)
    let first = try run(.flow, store)
    for store in [store, SurfaceStore(effort: 0.02)] {
      let again = try run(.flow, store)
      #expect(again.counts == first.counts)
      #expect(again.histogram("route.latency") == first.histogram("route.latency"))
    }
  }
}
