import MLSystem
import Pricing
import Quantities
import Randomness
import Statistics
import Testing

/// Crashes, scaling and what machines cost.
@Suite struct ReplicaTests {
  private func server(
    _ time: BatchTime, replicas: ReplicaPolicy, balancer: Balancer = .leastOutstanding,
    pool: Int? = nil, failures: FailureLaw? = nil, autoscaler: AutoscalerPlan? = nil
  ) -> Service {
    Service(
      name: "server", kind: .model(ModelServerPlan(time: time)), pool: pool, replicas: replicas,
      autoscaler: autoscaler, balancer: balancer, failures: failures)
  }

  private func pool(dollars: String, provisioning: Double = 0, quota: Int? = nil) throws
    -> HardwarePool
  {
    let price = try #require(UnitPrice.dollars(dollars))
    return HardwarePool(
      name: "cpu", instance: "test/one", region: "here", accelerators: 0, quota: quota,
      provisioning: .constant(provisioning),
      offers: [PurchaseOffer(.onDemand, quote: PriceQuote(price, row: "test"))])
  }

  @Test func aCrashFailsWhatTheReplicaHas() throws {
    // One replica serves from 0 to 10 s, is away for 5 s and loads for 2 s. A request of 4 s that
    // came at 8 s fails at 10 s, one at 12 s finds no replica, one at 18 s is served.
    let model = Fixture.system(
      [Fixture.stream(arrivals: Fixture.arrivals([8, 12, 18]))],
      [
        server(
          .affine(fixed: .seconds(4), perItem: .zero),
          replicas: ReplicaPolicy(initial: 1, minimum: 1, maximum: 1, ready: .constant(2)),
          failures: FailureLaw(timeToFailure: .constant(10), timeToRepair: .constant(5)))
      ], horizon: 25)
    let record = try model.simulate(seed: 1, replication: 0)
    #expect(record.counts.served == 1)
    #expect(record.counts.failed == 2)
    #expect(record.timeline.map(\.kind) == [.crash, .recovery])
    #expect(record.timeline.map(\.at.seconds) == [10, 17])
    // Ready 0-10 and 17-25 of 25 s; busy 8-10 and 18-22 of the 18 s.
    #expect(record.figure("server.availability") == 18.0 / 25)
    #expect(record.figure("server.busy") == 6.0 / 18)
  }

  @Test func aRetryAfterACrashMaySucceed() throws {
    let model = Fixture.system(
      [Fixture.stream(arrivals: Fixture.arrivals([8]))],
      [
        server(
          .affine(fixed: .seconds(4), perItem: .zero),
          replicas: ReplicaPolicy(initial: 1, minimum: 1, maximum: 1),
          failures: FailureLaw(timeToFailure: .constant(10), timeToRepair: .constant(5)))
      ],
      routes: [
        Route(
          name: "route", steps: [0],
          retries: RetryPolicy(maximum: 2, backoff: .seconds(3), budget: 1))
      ], horizon: 25)
    let record = try model.simulate(seed: 1, replication: 0)
    // Fails at 10, again at 13 (no replica), is served from 19 on after a wait of 6 s.
    #expect(record.counts.served == 1)
    #expect(record.figure("route.retries") == 2)
    #expect(record.histogram("route.latency")?.maximum == 15_000_000_000)
  }

  @Test func theAutoscalerAddsMachinesThatArePaid() throws {
    // The load keeps two replicas busy for 1.8 s a second: the HPA holds 60 % and goes to 3 or
    // more.
    var model = Fixture.system(
      [Fixture.stream(rate: 18)],
      [
        server(
          .affine(fixed: .seconds(0.1), perItem: .zero),
          replicas: ReplicaPolicy(initial: 2, minimum: 2, maximum: 10, ready: .constant(20)),
          pool: 0, autoscaler: AutoscalerPlan(metric: .busy, target: 60))
      ], horizon: 3600)
    model.pools = [try pool(dollars: "1", provisioning: 40)]
    let record = try model.simulate(seed: 2, replication: 0)
    let scaling = try #require(record.timeline.first { $0.kind == .scaling })
    #expect(scaling.at == Instant.start + .seconds(15))
    let replicas = try #require(record.figure("server.replicas"))
    #expect(replicas > 2.8 && replicas < 4.2)
    // A machine is paid from when it runs, that is 20 s before its replica is ready.
    let paid = record.ledger.total.known.dollars
    let expected = replicas + 20.0 / 3600
    #expect(abs(paid - expected) < 0.02, "paid \(paid), replicas \(replicas)")
    #expect(record.ledger.closes)
  }

  @Test func aQuotaEndsGrowth() throws {
    var model = Fixture.system(
      [Fixture.stream(rate: 50)],
      [
        server(
          .affine(fixed: .seconds(0.1), perItem: .zero),
          replicas: ReplicaPolicy(initial: 2, minimum: 2, maximum: 10), pool: 0,
          autoscaler: AutoscalerPlan(metric: .busy, target: 60))
      ], horizon: 600)
    model.pools = [try pool(dollars: "1", quota: 3)]
    let record = try model.simulate(seed: 2, replication: 0)
    #expect(record.figure("server.peak.replicas") == 3)
    #expect(record.timeline.contains { $0.kind == .incident })
  }

  @Test func constantMachinesCostTheirTime() throws {
    // Three replicas, two of which share a machine: two machines for 30 minutes at $2 an hour.
    var model = Fixture.system(
      [Fixture.stream(rate: 1)],
      [
        server(
          .affine(fixed: .seconds(0.1), perItem: .zero),
          replicas: ReplicaPolicy(initial: 3, minimum: 3, maximum: 3, perInstance: 2), pool: 0)
      ], horizon: 1800)
    model.pools = [try pool(dollars: "2")]
    let record = try model.simulate(seed: 2, replication: 0)
    #expect(record.ledger.total.known == Money.dollars(2))
  }
}
