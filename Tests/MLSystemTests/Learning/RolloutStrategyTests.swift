import MLSystem
import Quantities
import Randomness
import Testing

/// Every way in which a version takes over, in the whole system.
@Suite("Strategies of rollouts")
struct RolloutStrategyTests {
  typealias S = LifecycleSimulationTests
  typealias L = Lifecycle

  static func plan(
    _ rules: [RolloutPlan.Rule] = [], every: Double = 60, minimum: Int = 100,
    _ change: (inout RolloutPlan) -> Void
  ) -> RolloutPlan {
    var plan = RolloutPlan(
      steps: [], rollbackIf: rules, every: .seconds(every), minimumRequests: minimum)
    change(&plan)
    return plan
  }

  static func run(
    _ plan: RolloutPlan, bad: BadVersions? = nil, days: Double = 1.5, rate: Double = 0.25
  ) throws -> RunRecord {
    var system = S.system(S.model(plan, bad: bad), days: days)
    system.traffic[0].rate.base = rate
    return try system.simulate(seed: 1, replication: 0)
  }

  /// Seconds of the entries after the first training ended.
  static func times(_ record: RunRecord) -> [(TimelineEntry.Kind, Double)] {
    record.timeline.filter { $0.kind != .training }
      .map { ($0.kind, $0.at.seconds - 86_900) }
  }

  static func value(_ metric: String, _ record: RunRecord, of subject: String = "m") -> Double {
    S.figure(metric, of: subject, record) ?? .nan
  }

  /// Four replicas, one more at most and one fewer at least: each new one takes 300 s.
  @Test func rollingReplacesReplicaByReplica() throws {
    let record = try Self.run(
      Self.plan { $0.strategy = .rolling(surge: 0.25, unavailable: 0.25) })
    // Two at first (one more, one in place of another), then two for each that is let go.
    let promotion = try #require(Self.times(record).last)
    #expect(promotion.0 == .promotion)
    #expect(abs(promotion.1 - 600) < 1e-6)
    #expect(Self.value("promotions", record) == 1)
    // Three ready where five are wanted or on their way, for 600 s.
    let availability = Self.value("availability", record, of: "scorer")
    #expect(availability < 1 && availability > 1 - 600 * 0.52 / 129_600)
    #expect(abs(Self.value("replicas", record, of: "scorer") - 4) < 0.01)
    #expect(record.counts.failed == 0)
  }

  @Test func aBadRollingUpdateIsRolledBack() throws {
    let record = try Self.run(
      Self.plan([.errorsAbove(0.05)], minimum: 5) {
        $0.strategy = .rolling(surge: 0.25, unavailable: 0)
      }, bad: BadVersions(chance: 1, errors: 0.9))
    #expect(Self.value("rollbacks", record) == 1)
    #expect(Self.value("promotions", record) == 0)
    #expect(abs(Self.value("replicas", record, of: "scorer") - 4) < 0.02)
    // Whoever came after the last replica had gone back is served.
    #expect(record.counts.failed < 120)
  }

  /// A second fleet of four for 300 s until it is ready, then the first one for an hour.
  @Test func blueGreenSwitchesOnceAndKeepsTheWayBack() throws {
    let record = try Self.run(
      Self.plan {
        $0.strategy = .secondFleet
        $0.scaleDownDelay = .seconds(3600)
      })
    let times = Self.times(record)
    #expect(times.map(\.0) == [.promotion])
    #expect(abs(times[0].1 - 300) < 1e-6)
    let replicas = Self.value("replicas", record, of: "scorer")
    #expect(abs(replicas - (4 + 4 * 3600.0 / 129_600)) < 1e-3)
    #expect(Self.value("time-to-full", record) == 300)
  }

  @Test func blueGreenGoesBackAtOnce() throws {
    let bad = BadVersions(chance: 1, errors: 0.3)
    var plan = Self.plan([.errorsAbove(0.05)], minimum: 50) {
      $0.strategy = .secondFleet
      $0.scaleDownDelay = .seconds(3600)
      $0.watch = .seconds(7200)
    }
    let fast = try Self.run(plan, bad: bad)
    let fastTimes = Self.times(fast)
    #expect(fastTimes.map(\.0) == [.promotion, .rollback])
    #expect(Self.value("escaped", fast) == 0)
    #expect(Self.value("rollbacks", fast) == 1)
    #expect(Self.value("promotions", fast) == 1)
    #expect(Self.value("change-failures", fast) == 1)
    let restored = Self.value("time-to-restore", fast)
    #expect(abs(restored - (fastTimes[1].1 - fastTimes[0].1)) < 1e-6)
    // Without the former replicas the way back takes the 300 s of a start.
    plan.scaleDownDelay = .zero
    let slow = try Self.run(plan, bad: bad)
    #expect(abs(Self.value("time-to-restore", slow) - restored - 300) < 1e-6)
    #expect(Self.value("exposed", slow) > Self.value("exposed", fast))
  }

  /// Copies of every request go to four more replicas; nobody is served by them.
  @Test func shadowsExposeNobody() throws {
    let bad = BadVersions(chance: 1, errors: 0.3)
    let plan = Self.plan([.errorsAbove(0.05)]) { $0.mirror = .seconds(7200) }
    let record = try Self.run(plan, bad: bad)
    #expect(Self.times(record).map(\.0) == [.rollout, .rollback])
    #expect(Self.value("exposed", record) == 0)
    #expect(Self.value("rollbacks", record) == 1)
    #expect(record.counts.failed == 0)
    #expect(record.counts.arrived == record.counts.served + record.counts.inFlight)
    // The rule needs 100 copies: 400 s at 0.25 requests/s.
    let verdict = try #require(Self.times(record).last)
    #expect(verdict.1 - 300 > 240 && verdict.1 - 300 < 660)
    let good = try Self.run(plan)
    #expect(Self.times(good).map(\.0) == [.rollout, .promotion])
    #expect(abs(Self.value("time-to-full", good) - 7500) < 1e-6)
    // Four more replicas for two hours.
    #expect(
      abs(Self.value("replicas", good, of: "scorer") - (4 + 4 * 7200.0 / 129_600)) < 1e-3)
    #expect(Self.value("requests", good, of: "score") > 0)
  }

  /// Two batches of 20 ms a request where the stable version takes 20 ms: copies are measured too.
  @Test func shadowsAreTimed() throws {
    let bad = BadVersions(chance: 1, latency: 5)
    let plan = Self.plan([.latencyTimesBaseline(2)]) { $0.mirror = .seconds(7200) }
    let record = try Self.run(plan, bad: bad)
    #expect(Self.value("rollbacks", record) == 1)
    #expect(Self.value("exposed", record) == 0)
  }

  /// A replica of a version that fills its memory in ten minutes serves 600 s and starts 300 s.
  @Test func aVersionThatLeaksCrashesInALoop() throws {
    let bad = BadVersions(chance: 1, crashesAfter: .seconds(600))
    let record = try Self.run(Self.plan { _ in }, bad: bad)
    let crashes = record.timeline.filter { $0.kind == .crash }
    // From 86,900 s to 129,600 s every 900 s on each of four replicas.
    #expect(crashes.count >= 4 * 46 && crashes.count <= 4 * 48)
    let availability = Self.value("availability", record, of: "scorer")
    #expect(abs(availability - (1 - 42_700.0 / 129_600 / 3)) < 0.01)
  }

  @Test func aRestartInterruptsTheService() throws {
    let record = try Self.run(Self.plan { $0.restarts = true }, rate: 1)
    let availability = Self.value("availability", record, of: "scorer")
    #expect(abs(availability - (1 - 300.0 / 129_600)) < 1e-6)
    #expect(record.counts.failed > 200 && record.counts.failed < 400)
  }

  /// A share of the former version's people stays with it for three hours.
  @Test func aHoldoutMeasuresWhatWasGained() throws {
    let plan = Self.plan {
      $0.strategy = .secondFleet
      $0.holdout = .init(share: 0.2, lasts: .seconds(10_800))
    }
    let record = try Self.run(plan)
    #expect(Self.times(record).map(\.0) == [.promotion, .rollout])
    #expect(Self.value("holdout-lift", record).isFinite)
    let replicas = Self.value("replicas", record, of: "scorer")
    #expect(abs(replicas - (4 + 4 * 10_800.0 / 129_600)) < 0.01)
  }

  /// Users keep their version: the same share of them as of requests meets the candidate.
  @Test func peopleKeepTheirVersion() {
    var model = S.model(S.canary(0.25))
    model.rollout.users = 50
    var shares = CandidateShares(S.system(model), streams: StreamFamily(seed: 4, replication: 0))
    func taken(_ share: Double) -> Set<UInt64> {
      shares.set(share, of: 0)
      var slot = RequestSlot()
      return Set(
        (0..<2000).filter {
          slot.number = $0
          return shares.takesCandidate(slot, of: 0)
        })
    }
    let (few, many) = (taken(0.2), taken(0.6))
    #expect(few.isSubset(of: many))
    // Fifty people: the share of requests is a multiple of what one of them asks, about 2 %.
    #expect(few.count > 100 && few.count < 800)
    #expect(many.count > 800 && many.count < 1600)
  }
}
