import MLSystem
import Quantities
import Randomness
import Testing

/// What diaries of a fluid say: two replicas of 100 a second, c_D² = 1, that settle in τ seconds.
@Suite struct FlowTrustTests {
  static func entry(
    _ time: Double, load: Double, number: Double, tau: Double, rate: Double
  ) -> FlowDiary.Entry {
    FlowDiary.Entry(
      time: time, span: 1, rate: rate, replicas: 2, load: load, number: number, relaxing: 1 / tau,
      pooled: 1, capacity: 100, capacityError: 0.001, serving: 1, dispersion: 1,
      errors: (0.01, 0.03))
  }

  static let service = Service(
    name: "server", kind: .model(ModelServerPlan(time: .random(.exponential(mean: 0.01)))),
    replicas: ReplicaPolicy(initial: 2, minimum: 2, maximum: 2))

  static func trust(_ diary: FlowDiary) -> FlowTrust {
    FlowTrust(service, [diary, FlowDiary()], zoomed: 0)
  }

  @Test func steadyLoadIsTrusted() {
    var diary = FlowDiary()
    for second in 0..<1000 {
      diary.note(Self.entry(Double(second), load: 0.8, number: 4, tau: 1, rate: 160))
    }
    let trust = Self.trust(diary)
    #expect(trust.requests == 160_000)
    #expect(trust.doubtful == 0 && trust.clear == 0)
    #expect(abs(trust.error50 - 0.01) < 1e-12)
    #expect(abs(trust.error99 - 0.03) < 1e-12)
    #expect(abs(trust.relaxation - 1) < 1e-12)
    let statement = FlowStatement([[trust]])
    #expect(statement.reasons.isEmpty)
    #expect(statement.cost == 0)
    // Two standard errors of the nodes and what histograms and interpolation leave.
    #expect(abs(statement.p99 - 0.09) < 1e-12)
  }

  /// κ = 0.002 · 50 / 0.3 = 0.33 for the ten seconds of the ramp and five τ after.
  @Test func rampsFasterThanTheQueueAreNot() {
    var diary = FlowDiary()
    for second in 0..<2000 {
      let risen = min(max(Double(second) - 500, 0), 10)
      diary.note(
        Self.entry(Double(second), load: 0.68 + 0.002 * risen, number: 3, tau: 50, rate: 140))
    }
    // 250 s before it as well.
    #expect(abs(Self.trust(diary).fast - 510.0 / 2000) < 0.005)
    var slow = FlowDiary()
    for second in 0..<2000 {
      let risen = min(max(Double(second) - 500, 0), 10)
      slow.note(
        Self.entry(Double(second), load: 0.68 + 0.002 * risen, number: 3, tau: 5, rate: 140))
    }
    #expect(Self.trust(slow).fast == 0)
  }

  /// A backlog of 100 s: 50 % too much drifts to 5,000 with a noise of √(2 · 100 · 100) = 141; 3 %
  /// too much to 300, z = 2.
  @Test(arguments: [(1.5, true), (1.03, false)])
  func backlogsAreClearOrNot(_ overload: Double, _ isClear: Bool) {
    var diary = FlowDiary()
    var number = 2.0
    for second in 0..<1000 {
      let isOver = second >= 400 && second < 500
      number = max(2, number + (isOver ? 100 * (overload - 1) : -50))
      let isBehind = isOver || number > 2
      diary.note(
        Self.entry(
          Double(second), load: isBehind ? 0.999 : 0.5, number: number, tau: 0.1,
          rate: isOver ? 200 * overload : 100))
    }
    let trust = Self.trust(diary)
    #expect((trust.clear > 0.1) == isClear)
    #expect((trust.narrow > 0.1) == !isClear)
    if isClear {
      // The drift is averaged over the whole backlog, its draining included.
      #expect(trust.waitError < 0.4)
      #expect(FlowStatement([[trust]]).p99 > FlowStatement([[Self.trust(FlowDiary())]]).p99)
    }
  }

  @Test func slowLoopsAreSentToRequests() {
    var diary = FlowDiary()
    for second in 0..<100 {
      diary.note(Self.entry(Double(second), load: 0.6, number: 4, tau: 8, rate: 120))
    }
    var scaled = Self.service
    scaled.autoscaler = AutoscalerPlan(metric: .busy, target: 60)
    let trust = FlowTrust(scaled, [diary, FlowDiary()], zoomed: 0)
    #expect(trust.hasSlowLoop)
    let statement = FlowStatement([[trust]])
    #expect(statement.reasons.count == 1)
    #expect(statement.cost == 0.05)
    #expect(!Self.trust(diary).hasSlowLoop)
  }

  /// 1 % late: m ln(1/m) = 0.046 times the relative error.
  @Test func attainmentFollowsTheTail() {
    let statement = FlowStatement([[Self.trust(FlowDiary())]])
    let error = statement.error(ofAttainment: 0.99) - statement.attainment
    #expect(abs(error - 0.0460517 * statement.p99) < 1e-6)
  }
}
