import Quantities
import Randomness

/// A segment of a task as it is at one time, but for its concept.
package struct SegmentScene: Sendable, Hashable {
  /// The best score in the segment.
  package var best: BinormalQuality
  /// The same as its labels show it.
  package var seen: BinormalQuality
  /// Fisher information of one of its labels.
  package var information: Double
}

/// Prevalence and separability of every segment over time.
package struct Scenery: Sendable {
  /// Share of the requests of each segment.
  let shares: [Double]
  /// The segments now.
  package private(set) var scenes: [SegmentScene]
  /// Whether nothing but concepts ever moves, and all of them are one.
  package let isPlain: Bool

  private let kind: TaskKind
  private let flipped: Double
  /// Separability as labels show it where nothing has moved: the unit of what is learnt.
  private let unit: Double
  private let starts: [BinormalQuality]
  private let drifts: [Drift]

  /// The segments of a task before anything has moved.
  package init(task: PredictionTask) {
    kind = task.kind
    flipped = task.labels.flipped
    drifts = task.drifts.filter(\.movesScene)
    let kind = task.kind
    let overall = BinormalQuality(
      distance: kind.distance(ofAUC: task.bestAUC), positives: task.positives)
    unit = kind.seen(overall, throughFlips: task.labels.flipped).distance
    if task.segments.isEmpty {
      shares = [1]
      starts = [overall]
    } else {
      shares = task.segments.map(\.share)
      starts = task.segments.map {
        BinormalQuality(distance: kind.distance(ofAUC: $0.bestAUC), positives: $0.positives)
      }
    }
    isPlain = task.segments.isEmpty && drifts.isEmpty
    scenes = starts.map { Self.scene($0, kind, flipped: task.labels.flipped) }
    if !isPlain { move(to: 0) }
  }

  private static func scene(
    _ best: BinormalQuality, _ kind: TaskKind, flipped: Double
  ) -> SegmentScene {
    let seen = kind.seen(best, throughFlips: flipped)
    return SegmentScene(best: best, seen: seen, information: kind.information(of: seen))
  }

  /// Prevalence over all segments.
  var positives: Double {
    var sum = 0.0
    for (share, scene) in zip(shares, scenes) { sum += share * scene.best.positives }
    return sum
  }

  /// What one label brings of each segment's concept, in units of the separability at the start.
  ///
  /// A pooled learner weights every segment by its information: to the second order its likelihood
  /// is Σ n κ |w - Δu|², so that w = Σ n κ Δ u / Σ n κ. A label flipped or of another prevalence
  /// counts with the information that is left in it.
  package var weights: [Double] {
    var all = 0.0
    for (share, scene) in zip(shares, scenes) { all += share * scene.information }
    return zip(shares, scenes).map { share, scene in
      share * scene.information * scene.seen.distance / (all * unit)
    }
  }

  /// Moves every segment to a time in seconds after the start.
  package mutating func move(to time: Double) {
    if drifts.isEmpty { return }
    for segment in scenes.indices {
      let now = best(of: segment, at: time)
      let old = scenes[segment].best
      if now == old { continue }
      // The information is an integral; it is renewed when it may have moved by half a percent.
      let far =
        abs(now.distance - old.distance) > 0.005
        || abs(now.positives - old.positives) > 0.005 * min(old.positives, 1 - old.positives)
      if far { scenes[segment] = Self.scene(now, kind, flipped: flipped) }
    }
  }

  private func best(of segment: Int, at time: Double) -> BinormalQuality {
    var now = starts[segment]
    for drift in drifts where drift.segment == nil || drift.segment == segment {
      switch drift.common {
      case .labelShift(let at, let over, let positives):
        let share = Self.progress(time, at, over)
        now.positives += share * (positives - now.positives)
      case .separability(let at, let over, let auc):
        let share = Self.progress(time, at, over)
        now.distance += share * (kind.distance(ofAUC: auc) - now.distance)
      case .seasonal, .wandering, .sudden, .gradual, .incremental, .recurring, .covariate, .within:
        break
      }
    }
    for drift in drifts where drift.segment == nil || drift.segment == segment {
      if case .seasonal(let period, let peak, let positives, let separability) = drift.common {
        let turns = (time - peak.seconds) / period.seconds
        let wave = PortableMath.cos(2 * Double.pi * (turns - turns.rounded(.down)))
        now.positives *= 1 + positives * wave
        now.distance *= 1 + separability * wave
      }
    }
    now.positives = min(max(now.positives, 1e-6), 1 - 1e-6)
    return now
  }

  private static func progress(_ time: Double, _ at: Instant, _ over: Duration) -> Double {
    if time < at.seconds { return 0 }
    if over <= .zero { return 1 }
    return min((time - at.seconds) / over.seconds, 1)
  }
}
