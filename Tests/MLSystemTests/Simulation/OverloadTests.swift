import DiscreteEvents
import MLSystem
import Quantities
import Randomness
import Testing

/// What cannot be served ends with a verdict, within bounded memory.
@Suite struct OverloadTests {
  private func model(
    rate: Double, horizon: Double, queue: QueuePolicy = QueuePolicy(), timeout: Double? = nil,
    steps: [RateStep] = [], limit: Int = .max
  ) -> SystemModel {
    var users = Fixture.stream(rate: rate)
    users.rate.steps = steps
    return Fixture.system(
      [users],
      [
        Fixture.service(
          time: .affine(fixed: .seconds(0.1), perItem: .zero), replicas: 2, queue: queue)
      ],
      routes: [Route(name: "route", steps: [0], timeout: timeout.map { .seconds($0) })],
      horizon: horizon, limits: RunLimits(pending: limit))
  }

  @Test func aQueueThatGrowsIsNamedWithRateAndStart() throws {
    // 30 a second come, 20 are served: the queue grows by 10 a second from the start on.
    let record = try model(rate: 30, horizon: 200).simulate(seed: 1, replication: 0)
    let found = try #require(record.saturations.first)
    #expect(found.service == "server")
    #expect(abs(found.growth - 10) < 1)
    #expect(found.since.seconds < 20)
    #expect(!found.isBounded)
    #expect(record.outcome.reason == .horizon)
  }

  @Test func aBusyButStableQueueIsNotAccused() throws {
    for run in 0..<5 {
      let record = try model(rate: 18, horizon: 500).simulate(seed: 1, replication: run)
      #expect(record.saturations.isEmpty)
    }
  }

  @Test func growthThatBeginsLateIsDatedSo() throws {
    let record = try model(
      rate: 10, horizon: 400, steps: [RateStep(at: Instant.start + .seconds(250), factor: 3)]
    ).simulate(seed: 1, replication: 0)
    let found = try #require(record.saturations.first)
    #expect(abs(found.since.seconds - 250) < 15)
    #expect(abs(found.growth - 10) < 1.5)
  }

  @Test func aFloodEndsTheRunWithAVerdict() throws {
    // A week is asked for; after 5 s a flood of 10,000 a second fills the limit in two seconds.
    let record = try model(
      rate: 10, horizon: 604_800,
      steps: [RateStep(at: Instant.start + .seconds(300), factor: 1000)], limit: 20_000
    ).simulate(seed: 1, replication: 0)
    #expect(record.outcome.reason == .stoppedByModel)
    #expect(record.outcome.time.seconds < 303)
    let found = try #require(record.saturations.first)
    #expect(abs(found.since.seconds - 300) < 0.5)
    #expect(abs(found.growth - 9980) < 500)
    let counts = record.counts
    #expect(counts.arrived == counts.served + counts.shed + counts.failed + counts.inFlight)
    #expect(counts.inFlight > 20_000)
  }

  @Test func aQueueKeptShortByItsLimitIsStillOverloaded() throws {
    let record = try model(rate: 30, horizon: 200, queue: QueuePolicy(limit: 5))
      .simulate(seed: 1, replication: 0)
    let found = try #require(record.saturations.first)
    #expect(found.isBounded)
    #expect(abs(found.growth - 10) < 1)
  }

  @Test func aQueueKeptShortByTimeOutsIsStillOverloaded() throws {
    // Whoever cannot be done in time is dropped, so no work is wasted and 20 a second are served.
    let record = try model(
      rate: 30, horizon: 200, queue: QueuePolicy(shedsByDeadline: true), timeout: 0.5
    ).simulate(seed: 1, replication: 0)
    let found = try #require(record.saturations.first)
    #expect(found.isBounded)
    #expect(abs(found.growth - 10) < 1.5)
    #expect(record.counts.shed > 0)
  }

  @Test func workForThoseWhoGaveUpCountsAsDone() throws {
    // First come, first served with a time-out: most give up in the middle of their work, and few
    // are answered, yet 20 a second are begun: the excess is 10.
    let record = try model(rate: 30, horizon: 200, timeout: 0.5).simulate(seed: 1, replication: 0)
    #expect(record.counts.served < record.counts.failed)
    let found = try #require(record.saturations.first)
    #expect(found.isBounded)
    #expect(abs(found.growth - 10) < 1.5)
  }

  @Test func theDeadlinesOfTheServedAreForgotten() throws {
    // A time-out of an hour on requests of a tenth of a second.
    let record = try model(rate: 10, horizon: 1000, timeout: 3600).simulate(seed: 1, replication: 0)
    #expect(record.counts.failed == 0)
    var queue = DeadlineQueue()
    var pool = RequestPool()
    for second in 0..<20_000 {
      let request = pool.take()
      _ = queue.append(request, due: Instant.start + .seconds(Double(second)), pool: pool)
      pool.release(request)
    }
    #expect(queue.count < 5000)
  }
}
