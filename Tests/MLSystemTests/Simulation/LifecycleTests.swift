import MLSystem
import Pricing
import Quantities
import Randomness
import Testing

/// Trainings, canaries, promotions and rollbacks of a model that is really served.
@Suite struct LifecycleTests {
  /// Four replicas serve 50 requests a second.
  ///
  /// A training at 500 s and every 500 s after takes
  /// 50 s on one machine; its version gets 25 % of the requests for 100 s, then all.
  private func system(bad: BadVersions? = nil, balancer: Balancer = .leastOutstanding) throws
    -> SystemModel
  {
    let price = try #require(UnitPrice.dollars("1"))
    let pool = HardwarePool(
      name: "cpu", instance: "test/one", region: "here", accelerators: 0,
      provisioning: .constant(10),
      offers: [PurchaseOffer(.onDemand, quote: PriceQuote(price, row: "test"))])
    let task = PredictionTask(
      name: "click", positives: 0.1, bestAUC: 0.85,
      labels: LabelPlan(delay: .constant(1)), drifts: [])
    let model = ModelPlan(
      name: "clicks", task: 0, features: 4,
      training: TrainingPlan(
        rows: 5000, window: .seconds(400), pool: 0, speed: 100, labelRate: 50),
      retraining: RetrainingPlan(every: .seconds(500), onAlarm: false, cooldown: .zero),
      rollout: RolloutPlan(
        steps: [
          RolloutPlan.Step(share: 0.25, hold: .seconds(100)),
          RolloutPlan.Step(share: 1, hold: .zero),
        ], rollbackIf: [.errorsAbove(0.2)], every: .seconds(20), minimumRequests: 50),
      badVersions: bad)
    let server = Service(
      name: "ranker",
      kind: .model(
        ModelServerPlan(time: .affine(fixed: .seconds(0.01), perItem: .zero))),
      pool: 0, replicas: ReplicaPolicy(initial: 4, minimum: 4, maximum: 4, ready: .constant(20)),
      balancer: balancer, model: 0)
    var system = Fixture.system([Fixture.stream(rate: 50)], [server], horizon: 900)
    system.pools = [pool]
    system.tasks = [task]
    system.models = [model]
    return system
  }

  private func cost(_ record: RunRecord, _ category: String) -> Double {
    record.ledger.total(of: category).known.dollars * 3600
  }

  @Test func runsAndApprovalsArePaid() throws {
    var system = try system()
    system.models[0].pipeline = PipelinePlan(
      price: Money.dollars("3"),
      gates: GatePlan(
        approval: .init(takes: .constant(20), hours: .always, price: Money.dollars("40"))))
    let record = try system.simulate(seed: 1, replication: 0)
    let machines = record.ledger.total(of: "training/clicks").known.dollars
    // One run and one approval, besides 50 s of a machine at $1 an hour.
    #expect(abs(machines - (43 + 50.0 / 3600)) < 1e-6)
    #expect(record.figure("clicks.training-cost").map { abs($0 - machines) < 1e-9 } == true)
    #expect(record.versions.map(\.status) == [.retired, .production])
  }

  /// The pool has five machines, four of which serve: the training takes the fifth, and the
  /// candidate of another run has to wait.
  ///
  /// With four it never comes.
  @Test func aTrainingWaitsForAMachineThatServingHas() throws {
    var system = try system()
    system.pools[0].quota = 4
    let waiting = try system.simulate(seed: 1, replication: 0)
    #expect(waiting.figure("clicks.retrainings") == 0)
    #expect(waiting.timeline.contains { $0.detail.contains("waits for a free machine") })
    system.pools[0].quota = 5
    let trained = try system.simulate(seed: 1, replication: 0)
    #expect(trained.figure("clicks.retrainings") == 1)
  }

  @Test(arguments: [Balancer.leastOutstanding, .sharedQueue])
  func aCanaryIsServedPaidAndPromoted(_ balancer: Balancer) throws {
    let record = try system(balancer: balancer).simulate(seed: 1, replication: 0)
    #expect(record.figure("clicks.promotions") == 1)
    let counts = record.counts
    #expect(counts.arrived == counts.served + counts.shed + counts.failed + counts.inFlight)
    #expect(counts.failed == 0 && counts.shed == 0)
    // One candidate replica from 510 s on, all four together with the four stable ones at the end.
    #expect(record.figure("ranker.peak.replicas") == 8)
    let promotion = try #require(record.timeline.first { $0.kind == .promotion })
    #expect(promotion.at.seconds > 650 && promotion.at.seconds < 780)
    // The training: 50 machine-seconds or less where fewer labels had come.
    #expect(abs(cost(record, "training/clicks") - 50) < 1)
    // The candidate: one machine for about 120 s, and three more while they load and wait.
    let candidate = cost(record, "serving/ranker/candidate")
    #expect(candidate > 120 && candidate < 350)
    // Four machines for the run, the candidate apart; the old ones leave as soon as they are idle.
    #expect(abs(cost(record, "serving/ranker") - candidate - 4 * 900) < 5)
    #expect(record.ledger.closes)
  }

  @Test func aBadVersionIsRolledBack() throws {
    let record = try system(bad: BadVersions(chance: 1, errors: 0.5))
      .simulate(seed: 1, replication: 0)
    #expect(record.figure("clicks.rollbacks") == 1)
    #expect(record.figure("clicks.promotions") == 0)
    // A quarter of 50 a second are exposed for a few checks of 20 s, and half of them fail.
    let exposed = try #require(record.figure("clicks.exposed"))
    #expect(exposed > 50 && exposed < 1500)
    #expect(Double(record.counts.failed) > 0.3 * exposed)
    #expect(Double(record.counts.failed) < 1.5 * exposed)
    // Its machine is given back.
    let candidate = cost(record, "serving/ranker/candidate")
    #expect(candidate > 20 && candidate < 150)
  }

  @Test func aSlowVersionTakesLonger() throws {
    let usual = try system().simulate(seed: 1, replication: 0)
    let slow = try system(bad: BadVersions(chance: 1, latency: 3)).simulate(seed: 1, replication: 0)
    let before = try #require(usual.figure("ranker.latency"))
    let after = try #require(slow.figure("ranker.latency"))
    #expect(after > 1.2 * before)
    // The same requests come, whatever serves them.
    #expect(usual.counts.arrived == slow.counts.arrived)
  }
}
