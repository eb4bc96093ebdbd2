import MLSystem
import Quantities
import Randomness
import Testing

/// Means of simulated queues against theory.
///
/// A single run of n requests has a known spread for M/M/1; each check allows five standard errors
/// of the replications' means around theory, a false alarm below one in a hundred thousand checks.
@Suite struct QueueingTests {
  /// Mean response of independent replications with their standard error.
  private func response(_ model: SystemModel, runs: Int) throws -> (mean: Double, error: Double) {
    var values: [Double] = []
    for run in 0..<runs {
      let record = try model.simulate(seed: 11, replication: run)
      values.append(try #require(record.figure("route.latency")))
    }
    let mean = values.reduce(0, +) / Double(runs)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (mean, (squares / Double(runs - 1) / Double(runs)).squareRoot())
  }

  @Test func singleServerMeetsTheory() throws {
    // M/M/1: T = 1 / (μ - λ) = 1 / (1 - 0.5) = 2 s.
    let model = Fixture.system(
      [Fixture.stream(rate: 0.5)],
      [Fixture.service(time: .random(.exponential(mean: 1)))], horizon: 10_000, warmUp: 200)
    let result = try response(model, runs: 10)
    #expect(abs(result.mean - 2) < 5 * result.error, "\(result)")
    #expect(result.error < 0.1)
  }

  @Test func severalServersMeetErlangC() throws {
    // M/M/4, ρ = 0.75: C = 0.5094, Wq = C / (4 - 3) = 0.5094, T = 1.5094 (Erlang C).
    let model = Fixture.system(
      [Fixture.stream(rate: 3)],
      [Fixture.service(time: .random(.exponential(mean: 1)), replicas: 4)],
      horizon: 3_000, warmUp: 100)
    let result = try response(model, runs: 10)
    #expect(abs(result.mean - 1.50943) < 5 * result.error, "\(result)")
    #expect(result.error < 0.05)
  }

  @Test func littlesLawHoldsForTheQueue() throws {
    let model = Fixture.system(
      [Fixture.stream(rate: 3)],
      [Fixture.service(time: .random(.exponential(mean: 1)), replicas: 4)], horizon: 5_000)
    let record = try model.simulate(seed: 5, replication: 0)
    let queue = try #require(record.figure("server.queue"))
    let rate = try #require(record.figure("server.calls"))
    let wait = try #require(record.figure("server.wait"))
    // Exact but for the requests that wait at the end.
    #expect(abs(queue - rate * wait) < 0.01 * queue)
    let busy = try #require(record.figure("server.busy"))
    #expect(abs(busy - 0.75) < 0.02)
  }
}
