import MLSystem
import Quantities
import Randomness
import Statistics
import Testing

/// Metrics by window and pictures over time.
@Suite struct WindowTests {
  private func record(_ metrics: [String]) throws -> RunRecord {
    // Two requests in the first ten seconds, none in the next, one in the third; 1 s each. The
    // second waits for the first and is given up after 1.5 s.
    var model = Fixture.system(
      [Fixture.stream(arrivals: Fixture.arrivals([1, 1.2, 25]))],
      [Fixture.service(time: .affine(fixed: .seconds(1), perItem: .zero))],
      routes: [Route(name: "route", steps: [0], timeout: .seconds(1.5))], horizon: 30)
    model.windows = metrics.map { WindowRequest(metric: $0, window: .seconds(10)) }
    return try model.simulate(seed: 1, replication: 0)
  }

  private func figures(_ windowed: WindowedMeasure) -> [Double?] {
    windowed.values.map { value in
      switch value {
      case .distribution(let histogram): histogram.mean.map { $0 * 1e-9 }
      case .ratio(let part, let whole): part / whole
      case .scalar(let value): value
      case .missing: nil
      }
    }
  }

  @Test func requestsBelongToTheWindowOfTheirArrival() throws {
    let record = try record([
      "route.latency", "route.availability", "route.requests", "server.busy", "server.queue",
      "server.wait", "nobody.latency",
    ])
    #expect(record.windows.count == 7)
    #expect(figures(record.windows[0]) == [1, nil, 1])
    #expect(figures(record.windows[1]) == [0.5, nil, 1])
    #expect(figures(record.windows[2]) == [0.2, 0, 0.1])
    // Busy 1-2 and, for the second request that gives up at 2.7 s, 2-3.
    #expect(figures(record.windows[3]) == [0.2, 0, 0.1])
    // The second waits from 1.2 to 2.
    let queue = try #require(figures(record.windows[4])[0])
    #expect(abs(queue - 0.08) < 1e-12)
    let wait = try #require(figures(record.windows[5])[0])
    #expect(abs(wait - 0.4) < 1e-9)
    #expect(record.windows[6].values.isEmpty)
  }

  @Test func picturesHoldTheWholeRun() throws {
    let record = try record([])
    let requests = try #require(
      record.series.first { $0.name.description == "route.requests" }?.series)
    // A level's sums are value-nanoseconds: over the run they are the requests.
    #expect(abs(requests.sums.reduce(0, +) * 1e-9 - 3) < 1e-9)
    let busy = try #require(record.series.first { $0.name.description == "server.busy" }?.series)
    #expect(abs(busy.sums.reduce(0, +) * 1e-9 - 3) < 1e-9)
    #expect(requests.buckets <= 200)
  }

  @Test func tenantsAreKeptApart() throws {
    var users = Fixture.stream(rate: 100)
    users.tenants = [Share(name: "paid", share: 0.25), Share(name: "free", share: 0.75)]
    users.priorities = [0, 1]
    let model = Fixture.system(
      [users],
      [
        Fixture.service(
          time: .affine(fixed: .seconds(0.009), perItem: .zero),
          queue: QueuePolicy(order: .priority))
      ], horizon: 200, warmUp: 10)
    let record = try model.simulate(seed: 4, replication: 0)
    let paid = try #require(record.figure("route[tenant=paid].requests"))
    let free = try #require(record.figure("route[tenant=free].requests"))
    let all = try #require(record.figure("route.requests"))
    #expect(abs(paid + free - all) < 1e-9)
    // 4,750 of 19,000 with a standard deviation of 60: five of them.
    #expect(abs(paid - 25) < 1.6)
    // The mean wait of the first class is R/(1-ρ1), of the second R/((1-ρ1)(1-ρ)), ρ1 = 0.225, ρ =
    // 0.9.
    let first = try #require(record.figure("route[tenant=paid].latency"))
    let second = try #require(record.figure("route[tenant=free].latency"))
    #expect((second - 0.009) / (first - 0.009) > 4)
  }
}
