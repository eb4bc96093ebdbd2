import MLSystem
import Quantities
import Randomness
import Testing

/// The quality model against real fits, kept as data.
@Suite("Against logistic regressions")
struct LogisticFitTests {
  /// Each of 33 within 0.005, and so the mean.
  @Test func standingWorlds() {
    #expect(LogisticFits.standing.count == 33)
    var sum = 0.0
    for row in LogisticFits.standing {
      let best = BinormalQuality(auc: row[0], positives: row[2])
      let found = EffectiveDimension(scale: row[1]).auc(rows: row[3], best: best)
      #expect(abs(found - row[5]) < 0.005, "\(row)")
      sum += abs(found - row[5])
    }
    #expect(sum / 33 < 0.001)
  }

  /// 54 combinations of drift, window, rate and age: within 0.01 on average.
  ///
  /// The paths differ, so each is held to 4 standard errors besides 0.004 for the curvature of Φ
  /// over the paths.
  @Test func driftingWorlds() {
    #expect(LogisticFits.drifting.count == 54)
    var (sum, bias) = (0.0, 0.0)
    for row in LogisticFits.drifting {
      let form = WindowTraining(
        memory: row[0] == 0 ? .infinity : row[0], window: row[1], age: row[3],
        labelsPerDay: row[2], features: 20, best: BinormalQuality(auc: 0.85, positives: 0.3))
      let off = form.auc - row[5]
      #expect(abs(off) < 4 * row[6] + 0.004, "\(row)")
      sum += abs(off)
      bias += off
    }
    #expect(sum / 54 < 0.01)
    #expect(abs(bias / 54) < 0.004)
  }

  /// The simulation's own paths against the fits: 40 paths of three combinations, bounds of 4
  /// standard errors of both sides together.
  @Test("Vector mode", arguments: [1, 22, 39])
  func vectorMode(number: Int) {
    let row = LogisticFits.drifting[number]
    let drifts: [Drift] = row[0] == 0 ? [] : [.wandering(memory: .days(row[0]))]
    let task = Lifecycle.task(drifts, delay: row[3])
    var model = Lifecycle.model(window: row[1], rows: 1e9, speed: 1e12)
    model.training?.labelRate = row[2] / 86_400
    let system = Lifecycle.system([task], [model], days: 1)
    let values = (0..<40).map { replication in
      LearningPlane(
        model: system, streams: StreamFamily(seed: 8, replication: replication)
      ).version(of: 0, .stable).auc
    }
    let mean = values.reduce(0, +) / 40
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 39
    #expect(abs(mean - row[5]) < 4 * (variance / 40 + row[6] * row[6]).squareRoot() + 1e-4)
  }
}
