import MLSystem
import Quantities
import Randomness
import Statistics
import Testing

@Suite("What scores alone tell")
struct ScoreWatchTests {
  typealias L = Lifecycle

  static let distance = BinormalQuality.distance(ofAUC: 0.85)

  /// By quadrature in NumPy with 20,001 steps, AUC 0.85 and prevalence 0.3: after a rotation to
  /// cosine 0.8 the AUC is 0.7965 and the estimate 0.8369, at 0.5 they are 0.6978 and 0.8213.
  @Test(arguments: [(1.0, 0.85), (0.8, 0.83692), (0.5, 0.82133)])
  func theEstimateHardlyFeelsARotation(_ cosine: Double, _ expected: Double) {
    let mixture = ScoreMixture(ScoreLaw(separation: Self.distance * cosine, positives: 0.3))
    let belief = ScoreBelief(distance: Self.distance, positives: 0.3)
    let estimate = ScoreWatch.estimate(mixture, belief, threshold: 0.3)
    #expect(abs(estimate.auc - expected) < 2e-4)
    #expect(estimate.aucVariance > 0 && estimate.aucVariance < 1)
  }

  /// The variance that one score adds, against estimates from simulated scores.
  ///
  /// The deviation of 200 estimates is known to 5 %; four times that fails once in 16,000.
  @Test func theVarianceIsThatOfSamples() {
    let mixture = ScoreMixture(ScoreLaw(separation: Self.distance, positives: 0.3))
    let belief = ScoreBelief(distance: Self.distance, positives: 0.3)
    let law = ScoreWatch.estimate(mixture, belief, threshold: 0)
    var source = StreamFamily(seed: 5, replication: 0).counter("scores").draws(of: 0)
    let rows = 400
    var estimates: [Double] = []
    for _ in 0..<200 {
      let scores = (0..<rows).map { _ in
        (source.uniform() < 0.3 ? 0.5 : -0.5) * Self.distance + Ziggurat.normal(&source)
      }.sorted()
      let served = scores.map { 1 / (1 + PortableMath.exp(-belief.logit($0))) }
      let yes = served.reduce(0, +)
      var (below, sum) = (0.0, 0.0)
      for p in served {
        sum += p * (below + (1 - p) / 2)
        below += 1 - p
      }
      estimates.append(sum / (yes * (Double(rows) - yes)))
    }
    let mean = estimates.reduce(0, +) / 200
    let variance = estimates.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 199
    #expect(abs(mean - law.auc) < 4 * (variance / 200).squareRoot() + 1e-3)
    #expect(abs((variance / (law.aucVariance / Double(rows))).squareRoot() - 1) < 0.2)
  }

  @Test func edgesShareTheScoresEvenly() {
    let mixture = ScoreMixture(ScoreLaw(separation: 1.2, centre: 0.3, positives: 0.1))
    let shares = ScoreWatch.shares(of: mixture, edges: ScoreWatch.edges(of: mixture, bins: 10))
    #expect(shares.allSatisfy { abs($0 - 0.1) < 1e-9 })
  }

  /// A common shift moves the scores and leaves their order: prediction drift sees it, estimated
  /// AUC does not; a rotation is missed by the estimate and seen on labels.
  @Test func whatEachMonitorSees() {
    func run(_ drift: Drift) -> LifecycleRun {
      let predictions = MonitorPlan(
        name: "kl",
        kind: .predictions(
          FeatureTest(statistic: .kullbackLeibler, top: 1, limit: .above(0.1))),
        every: L.days(1), rows: 10_000)
      let estimated = MonitorPlan(
        name: "cbpe", kind: .estimated(PerformanceTest(limit: .drop(0.05))), every: L.days(1),
        rows: 10_000)
      let run = LifecycleRun(
        L.system(
          [L.task([drift])],
          [
            L.model(monitors: [
              predictions, estimated,
              .performance(drop: 0.05, every: L.days(1), rows: 10_000),
            ])
          ], days: 20))
      run.run()
      return run
    }
    func alarmed(_ run: LifecycleRun) -> Set<String> { Set(run.plane.alarms.map(\.monitor)) }
    let shift = run(.covariate(at: L.day(10), features: 20, shift: 0.8))
    #expect(alarmed(shift) == ["kl"])
    let turn = run(.sudden(at: L.day(10), cosine: 0.7))
    #expect(alarmed(turn) == ["performance"])
  }
}
