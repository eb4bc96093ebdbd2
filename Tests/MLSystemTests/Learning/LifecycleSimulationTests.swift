import DiscreteEvents
import MLSystem
import Pricing
import Quantities
import Randomness
import Testing

/// The learning plane in the whole system: requests are really split between versions.
@Suite("Life cycle in the system")
struct LifecycleSimulationTests {
  typealias L = Lifecycle

  /// A model that is trained once a day on 50,000 rows, which takes 500 s.
  static func model(_ rollout: RolloutPlan = .recreate, bad: BadVersions? = nil) -> ModelPlan {
    L.model(
      window: 1, rows: 50_000,
      retraining: RetrainingPlan(every: L.days(1), onAlarm: false, cooldown: .zero),
      rollout: rollout, badVersions: bad)
  }

  /// A model server of four replicas at a request every 4 seconds that answers within 20 ms.
  static func system(
    _ model: ModelPlan, days: Double = 1.5, fallback: ModelPlan? = nil
  ) -> SystemModel {
    var system = L.system([L.task()], [model] + (fallback.map { [$0] } ?? []), days: days)
    system.services = [
      Service(
        name: "scorer",
        kind: .model(ModelServerPlan(time: .affine(fixed: .seconds(0.02), perItem: .zero))),
        replicas: ReplicaPolicy(initial: 4, minimum: 4, maximum: 4, ready: .constant(300)),
        model: 0)
    ]
    system.routes = [
      Route(name: "score", steps: [0], timeout: .seconds(1), fallback: fallback.map { _ in 1 })
    ]
    system.traffic = [
      TrafficStream(
        name: "users", route: 0, arrivals: .poisson, rate: RateProfile(base: 0.25),
        size: RequestSize())
    ]
    system.pools = [
      HardwarePool(
        name: "trainers", instance: "i", region: "r", accelerators: 1,
        provisioning: .constant(0), offers: [])
    ]
    return system
  }

  static func canary(_ share: Double) -> RolloutPlan {
    RolloutPlan(
      steps: [.init(share: share, hold: .seconds(14_400)), .init(share: 1, hold: .zero)],
      rollbackIf: [.errorsAbove(0.01)], every: .seconds(60), minimumRequests: 100)
  }

  static func figure(_ metric: String, of subject: String, _ record: RunRecord) -> Double? {
    for measure in record.measures
    where measure.name.subject == subject && measure.name.metric == metric {
      switch measure.value {
      case .ratio(let sum, let over): return sum / over
      case .scalar(let value): return value
      case .missing, .distribution: return nil
      }
    }
    return nil
  }

  /// Whether the plan names its last step, 100 %, or leaves it to the promotion.
  @Test(arguments: [true, false])
  func aGoodVersionGetsItsShareAndThenEverything(namesTheLastStep: Bool) throws {
    var rollout = Self.canary(0.25)
    if !namesTheLastStep { rollout.steps.removeLast() }
    let record = try Self.system(Self.model(rollout)).simulate(seed: 1, replication: 0)
    #expect(record.timeline.map(\.kind) == [.training, .rollout, .promotion])
    // A day, 500 s of training, then 300 s until the candidate's replica serves; four hours of
    // canary, then 300 s until the other three do.
    let times = record.timeline.map(\.at.seconds)
    let expected = [0, 800, 800 + 14_400 + 300].map { 86_400 + Double($0) }
    for (time, planned) in zip(times, expected) { #expect(abs(time - planned) < 1e-6) }
    // A candidate beside the stable replicas never makes more of them ready than are wanted.
    let availability = try #require(Self.figure("availability", of: "scorer", record))
    #expect(availability <= 1 && availability > 0.99)
    // One more replica for 14,700 s of 129,600 s; the others change places at once.
    let replicas = try #require(Self.figure("replicas", of: "scorer", record))
    #expect(abs(replicas - (4 + 14_700.0 / 129_600)) < 0.01)
  }

  /// A bad version answers a quarter of the requests until the first verdict: 100 requests, which
  /// take 1,600 s or so; the check comes within the minute, at 0.06 requests/s.
  @Test func aBadVersionMeetsAQuarterOfTheRequests() throws {
    let bad = BadVersions(chance: 1, errors: 0.2)
    let model = Self.model(Self.canary(0.25), bad: bad)
    let record = try Self.system(model).simulate(seed: 1, replication: 0)
    #expect(record.timeline.map(\.kind) == [.training, .rollout, .rollback])
    let exposed = try #require(Self.figure("exposed", of: "m", record))
    #expect(exposed >= 100 && exposed < 120)
    #expect(Self.figure("rollbacks", of: "m", record) == 1)
    // A fifth of those failed, four deviations of 4 aside, and nothing else did.
    let failed = record.counts.failed
    #expect(failed > 5 && failed < 38)
    #expect(record.counts.arrived == record.counts.served + failed + record.counts.inFlight)
  }

  @Test func fallbackAnswersHaveTheQualityOfTheFallback() throws {
    let rule = ModelPlan(name: "rule", fixedAUC: 0.7)
    let model = Self.model(bad: BadVersions(chance: 1, errors: 0.5))
    let record = try Self.system(model, fallback: rule).simulate(seed: 2, replication: 0)
    #expect(Self.figure("auc", of: "rule", record) == 0.7)
    let fallback = Double(record.counts.fallback)
    let total = Double(record.counts.served) + fallback
    // Half of the requests of the last half day.
    #expect(abs(fallback - 5337) < 300)
    let expected = (0.85 * (total - fallback) + 0.7 * fallback) / total
    #expect(Self.figure("auc", of: "m", record).map { abs($0 - expected) < 0.002 } == true)
  }

  @Test func manyPromotionsLeaveTheReplicasAsTheyWere() throws {
    var model = Self.model(Self.canary(0.25))
    model.retraining.every = L.days(0.25)
    model.rollout.steps = [.init(share: 0.25, hold: .seconds(3600))]
    model.rollout.rollbackIf = []
    let record = try Self.system(model).simulate(seed: 1, replication: 0)
    #expect(Self.figure("promotions", of: "m", record) == 5)
    let availability = try #require(Self.figure("availability", of: "scorer", record))
    #expect(availability <= 1 && availability > 0.97)
    let replicas = try #require(Self.figure("replicas", of: "scorer", record))
    #expect(replicas > 4 && replicas < 4.5)
  }

  @Test func peopleWhoReviewArePaid() throws {
    var model = Self.model()
    model.review = ReviewPlan(by: 1, share: 0.1, pick: .random, limit: 1000, overflow: .model)
    var analysts = ModelPlan(name: "analysts", task: 0, fixedAUC: 0.95)
    analysts.people = PeoplePlan(
      staff: 1, perHour: 1000, hours: .always, accuracy: 0.95, wage: Money.dollars("30"),
      perReview: Money.dollars("0.5"))
    var system = Self.system(model)
    system.models.append(analysts)
    let record = try system.simulate(seed: 1, replication: 0)
    // 36 hours, and every review that was made: a tenth of 900 predictions an hour.
    let paid = record.ledger.total(of: "people/m").known.dollars
    let reviews = (paid - 36 * 30) / 0.5
    #expect(abs(reviews - 3240) < 4 * 3240.0.squareRoot())
    #expect(reviews == reviews.rounded())
  }

  @Test func variantsShareTheWorld() throws {
    var drifting = Self.system(L.model(), days: 0.5)
    drifting.tasks[0].drifts = [.wandering(memory: L.days(20))]
    var slower = drifting
    slower.traffic[0].rate.base = 0.1
    slower.services[0].name = "other"
    let one = try drifting.simulate(seed: 5, replication: 3)
    let two = try slower.simulate(seed: 5, replication: 3)
    let worst = Self.figure("auc.worst-day", of: "m", one)
    #expect(worst != nil)
    // The same path and the same training noise: only the weights of the hours differ.
    #expect(abs((worst ?? 0) - (Self.figure("auc.worst-day", of: "m", two) ?? 1)) < 1e-4)
  }
}
