import MLSystem
import Quantities
import Randomness
import Testing

/// What must hold in expectation, whatever the path.
///
/// Bounds of 4 standard errors of paired differences: a right model leaves them once in 16,000.
@Suite("Invariants of worlds")
struct WorldInvariantTests {
  private static func moments(_ values: [Double]) -> (mean: Double, error: Double) {
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
    return (mean, (variance / count).squareRoot())
  }

  /// 300 labels in a window of seven days for 20 features: enough noise to hope for luck.
  private static func model(_ retraining: RetrainingPlan = .never) -> ModelPlan {
    var model = Lifecycle.model(window: 7, rows: 1e6, speed: 1e9, retraining: retraining)
    model.training?.labelRate = 300 / (7 * 86_400)
    return model
  }

  @Test func aStandingWorldNeverRewardsRetraining() throws {
    let task = Lifecycle.task()
    let differences = try (0..<40).map { replication in
      let auc = try [.never, Lifecycle.weekly].map { plan in
        let run = LifecycleRun(
          Lifecycle.system([task], [Self.model(plan)], days: 15), replication: replication)
        run.run()
        return try #require(run.value("auc"))
      }
      return auc[1] - auc[0]
    }
    let found = Self.moments(differences)
    #expect(abs(found.mean) < 4 * found.error)
    #expect(found.error > 0.001)
  }

  @Test func labelsAtOnceNeverHurt() {
    func auc(_ delay: Double, _ replication: Int) -> Double {
      var model = Lifecycle.model(window: 7, rows: 1e9, speed: 1e12)
      model.training?.labelRate = 300 / 86_400
      let task = Lifecycle.task([.wandering(memory: .days(20))], delay: delay)
      return LearningPlane(
        model: Lifecycle.system([task], [model], days: 1),
        streams: StreamFamily(seed: 4, replication: replication)
      ).version(of: 0, .stable).auc
    }
    let found = Self.moments((0..<60).map { auc(0, $0) - auc(6, $0) })
    // The closed forms at ages 0 and 6 are 0.8186 and 0.7499; the curvature of Φ over the paths
    // takes up to 0.01 from the older one.
    #expect(abs(found.mean - 0.0687) < 4 * found.error + 0.01)
  }

  /// A concept orthogonal to the old one: a feature's marginal law is a mixture of two normals at
  /// ±Δu_j/2, whose mean and variance hardly move where the weight is spread over 20 features.
  @Test func stabilityIndicesAreBlindToRotation() throws {
    let features = 20.0
    let distance = BinormalQuality.distance(ofAUC: 0.85)
    // A feature of three times the even weight that loses all of it, at prevalence 0.3.
    let weight = 3 / features.squareRoot()
    let mean = (0.3 - 0.5) * distance * weight
    let deviation = (1 + 0.21 * distance * distance * weight * weight).squareRoot()
    let index = FeatureStability.index(
      shift: -mean / deviation, scale: 1 / deviation, bins: 10)
    #expect(index < 0.1)
    let monitor = MonitorPlan.psi(threshold: 0.1, top: 20, bins: 10, every: .days(1), rows: 20_000)
    let task = Lifecycle.task([.sudden(at: Lifecycle.day(2), cosine: 0)])
    let run = LifecycleRun(
      Lifecycle.system([task], [Lifecycle.model(monitors: [monitor])], days: 12))
    run.run()
    #expect(run.value("alarms") == 0)
    #expect(run.version().auc < 0.56)
  }

  @Test func allLabelsOfAPooledModelHelpBothSegments() throws {
    let segments = [
      TaskSegment(name: "a", share: 0.5, positives: 0.3, bestAUC: 0.85, correlation: 1),
      TaskSegment(name: "b", share: 0.5, positives: 0.3, bestAUC: 0.85, correlation: 1),
    ]
    var split = Lifecycle.task()
    split.segments = segments
    let whole = LifecycleRun(Lifecycle.system([Lifecycle.task()], [Self.model()], days: 1))
    let pooled = LifecycleRun(Lifecycle.system([split], [Self.model()], days: 1))
    whole.run()
    pooled.run()
    // Alike in all but name: the same direction to rounding, the same quality.
    #expect(agrees(pooled.version().auc, whole.version().auc, 1e-9))
  }
}
