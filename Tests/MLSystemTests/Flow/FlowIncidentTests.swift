import MLSystem
import Quantities
import Randomness
import Testing

/// Whom an incident hurts, where services are advanced as a fluid.
@Suite struct FlowIncidentTests {
  /// Requests hurt by an incident of ten minutes in an hour of 6 requests a second, on six servers
  /// of 10 a second each.
  private func hurt(_ kind: SystemIncident.Kind) throws -> Double {
    let server = Fixture.service(
      time: .random(.exponential(mean: 0.1)), replicas: 6, balancer: .random)
    var model = Fixture.system([Fixture.stream(rate: 6)], [server], horizon: 3_600)
    model.objectives = [
      Objective(name: "fast", route: 0, good: .latencyBelow(.seconds(5)), target: 0.9)
    ]
    model.systemIncidents = [
      SystemIncident(
        name: "trouble", at: .start + .minutes(20), last: .minutes(10), repair: nil, kind: kind)
    ]
    let record = try model.simulateFlow(seed: 3, replication: 0) { _, timeFactor, _ in
      ExactCurve.make(rate: 10 / timeFactor)
    }
    return try #require(record.incidents.first).hurt
  }

  /// Three servers hold the load as well, and e^(-5 x 8) of the answers take 5 s.
  ///
  /// The latencies of a fluid are drawn for many requests at once; until then nobody is hurt.
  @Test func whoIsServedInTimeIsNotHurt() throws {
    #expect(try hurt(.capacityLoss(.service(0), share: 0.5)) < 5)
  }

  /// Ten minutes of 6 requests a second: 3,600 with a standard deviation of 60.
  @Test func whoIsNotServedIs() throws {
    #expect(abs(try hurt(.outage(.service(0))) - 3_600) < 4 * 60)
  }
}
