import MLSystem
import Quantities
import Testing

@Suite("Kubernetes HPA")
struct HorizontalAutoscalerTests {
  typealias Behaviour = AutoscalerPlan.Behaviour
  typealias Policy = Behaviour.Policy

  static func plan(
    _ metric: AutoscalerPlan.Metric = .concurrency, target: Double = 100, down: Double = 300,
    behaviour: Behaviour? = nil
  ) -> AutoscalerPlan {
    AutoscalerPlan(
      metric: metric, target: target, downStabilisation: .seconds(down), behaviour: behaviour)
  }

  /// Name, first size, bounds and plan of every case in `autoscalerSequences`.
  static let cases: [(name: String, minimum: Int, maximum: Int, plan: AutoscalerPlan)] = {
    let standard = Behaviour.kubernetesDefault
    let minute = Duration.seconds(60)
    var slowUp = standard
    slowUp.upStabilisation = minute
    var noDown = standard
    noDown.downSelection = .disabled
    var either = standard
    either.down = [
      Policy(amount: .pods(4), period: minute), Policy(amount: .percent(10), period: minute),
    ]
    var both = standard
    both.down = [
      Policy(amount: .percent(10), period: minute), Policy(amount: .pods(5), period: minute),
    ]
    both.downSelection = .min
    return [
      ("default-flags-spike-then-idle", 1, 50, plan()),
      ("default-behavior-object", 1, 50, plan(behaviour: standard)),
      ("legacy-limit-from-1", 1, 50, plan()),
      ("docs-80-to-10-four-pods-or-10pct-per-min", 1, 100, plan(down: 0, behaviour: either)),
      ("min-of-10pct-and-5-pods", 1, 100, plan(down: 0, behaviour: both)),
      ("scale-down-disabled", 1, 20, plan(behaviour: noDown)),
      ("scale-up-window-60s", 2, 40, plan(behaviour: slowUp)),
      ("utilization-diurnal", 3, 30, plan(.busy, target: 60)),
      ("down-window-60s", 1, 50, plan(down: 60, behaviour: standard)),
    ]
  }()

  /// The rows of the golden table by the name of their case.
  static func rows(of name: String) -> [[Int]] {
    var rows: [[Int]] = []
    var inside = false
    for line in autoscalerSequences.split(separator: "\n") {
      let words = line.split(separator: " ")
      if words.first == "#" {
        inside = words.last.map(String.init) == name
      } else if inside {
        rows.append(words.compactMap { Int($0) })
      }
    }
    return rows
  }

  @Test("Every tick of the golden closed loops", arguments: cases.indices)
  func goldenSequence(index: Int) throws {
    let (name, minimum, maximum, plan) = Self.cases[index]
    let rows = Self.rows(of: name)
    #expect(rows.count >= 5)
    var autoscaler = HorizontalAutoscaler(plan: plan, minimum: minimum, maximum: maximum)
    var current = try #require(rows.first)[1]
    for row in rows {
      #expect(row[1] == current)
      // Pods of one whole request each share the load evenly and are ready at once.
      let sample: ReplicaSample =
        plan.metric == .busy
        ? .utilisation(.init(usage: Int64(row[2]), ready: current)) : .total(Double(row[2]))
      let decision = autoscaler.decide(
        at: .start + .seconds(Double(row[0])), current: current, sample: sample)
      #expect([decision.recommendation, decision.stabilised, decision.desired] == Array(row[3...]))
      current = decision.desired
    }
  }

  /// Metric, target, ready replicas, size, expected: the documentation's and the edges of the band.
  @Test(
    "A value against its target",
    arguments: [
      (200, 3, 6), (50, 4, 2), (109, 10, 10), (110, 10, 10), (111, 10, 12), (90, 10, 10),
      (89, 10, 9), (250, 0, 3),
    ])
  func value(metric: Double, current: Int, expected: Int) {
    let sample = ReplicaSample.value(metric, ready: current)
    #expect(sample.recommendation(current: current, plan: Self.plan()) == expected)
  }

  @Test func valueOfTheDocumentedBlogCase() {
    let sample = ReplicaSample.value(90, ready: 50)
    #expect(sample.recommendation(current: 50, plan: Self.plan(target: 75)) == 60)
  }

  @Test("A total against a value per replica", arguments: [(730.0, 8), (430, 4)])
  func total(total: Double, expected: Int) {
    let sample = ReplicaSample.total(total)
    #expect(sample.recommendation(current: 4, plan: Self.plan()) == expected)
  }

  @Test func toleranceOfItsOwnForEachDirection() {
    var plan = Self.plan()
    plan.tolerance = 0.05
    plan.toleranceUp = 0
    #expect(ReplicaSample.value(101, ready: 100).recommendation(current: 100, plan: plan) == 101)
  }

  /// The golden utilisation cases: truncation, starting pods, missing pods on the way down and up.
  @Test(
    "Utilisation of pods",
    arguments: [
      (ReplicaSample.Utilisation(usage: 4 * 549, ready: 4), 4),
      (ReplicaSample.Utilisation(usage: 1800, ready: 2, unready: 2), 4),
      (ReplicaSample.Utilisation(usage: 600, ready: 3, missing: 1), 4),
      (ReplicaSample.Utilisation(usage: 2100, ready: 3, missing: 1), 4),
    ])
  func utilisation(sample: ReplicaSample.Utilisation, expected: Int) {
    let plan = Self.plan(.busy, target: 50)
    #expect(ReplicaSample.utilisation(sample).recommendation(current: 4, plan: plan) == expected)
  }

  @Test func holdsWithoutData() {
    var autoscaler = HorizontalAutoscaler(plan: Self.plan(), minimum: 1, maximum: 10)
    #expect(autoscaler.decide(at: .start, current: 4, sample: nil).desired == 4)
    let nobodyReady = ReplicaSample.utilisation(.init(usage: 0, ready: 0, unready: 4))
    #expect(autoscaler.decide(at: .start, current: 4, sample: nobodyReady).desired == 4)
  }

  @Test func boundsAreReachedAtOnceAndZeroMeansSwitchedOff() {
    var autoscaler = HorizontalAutoscaler(plan: Self.plan(), minimum: 3, maximum: 10)
    #expect(autoscaler.decide(at: .start, current: 25, sample: .total(2500)).desired == 10)
    #expect(autoscaler.decide(at: .start, current: 1, sample: .total(2500)).desired == 3)
    #expect(autoscaler.decide(at: .start, current: 0, sample: .total(2500)).desired == 0)
  }
}
