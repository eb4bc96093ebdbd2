import MLSystem
import Quantities
import Randomness
import Scenarios

/// Which points of the axes are simulated.
package enum SweepDesign: Hashable, Sendable {
  /// Every combination of values; the last axis varies fastest.
  case grid
  /// Points drawn independently.
  case random(points: Int)
  /// The first points of a Sobol' sequence, digitally shifted by the seed.
  case sobol(points: Int)

  package var name: String {
    switch self {
    case .grid: "grid"
    case .random: "random"
    case .sobol: "sobol"
    }
  }
}

/// A sweep before it is run: what is varied and what is measured.
///
/// It is all that shards of a sweep share, and says which points there are.
package struct SweepPlan: Hashable, Sendable {
  /// Points of one sweep at most.
  package static let pointLimit = 100_000

  /// The scenario's file as the user named it.
  package var file: String
  /// `base` or the name of a variant.
  package var variant: String
  /// `path=value` texts of the command line, the same for every point.
  package var settings: [String] = []
  package var title: String
  /// A hash of the scenario that is varied and of the tables and traces it reads.
  package var digest: String
  package var toolVersion: String
  package var seed: UInt64
  package var replications: Int
  package var horizon: Duration
  package var axes: [SettingAxis]
  package var design: SweepDesign
  package var metrics: [SweepMetric]
  /// The half-width that every metric shall have at every point, as a share of its estimate.
  ///
  /// Nil for the same number of replications everywhere.
  package var precision: Double?
  /// How closely all points are looked at, a function of the points alone: shards agree on it
  /// without talking to each other.
  package var fidelity = FidelityChoice.asked(.requests)
  /// Defaults of the scenario beside what is varied.
  package var defaults: [AppliedDefault] = []

  package init(
    file: String, variant: String, title: String, digest: String, toolVersion: String,
    seed: UInt64, replications: Int, horizon: Duration, axes: [SettingAxis], design: SweepDesign,
    metrics: [SweepMetric], precision: Double? = nil
  ) {
    self.file = file
    self.variant = variant
    self.title = title
    self.digest = digest
    self.toolVersion = toolVersion
    self.seed = seed
    self.replications = replications
    self.horizon = horizon
    self.axes = axes
    self.design = design
    self.metrics = metrics
    self.precision = precision
  }
}

/// A column of a sweep.
package struct SweepMetric: Hashable, Sendable {
  /// The full name: `ctr.latency.p99`.
  package var name: String
  package var unit: MetricUnit

  package init(name: String, unit: MetricUnit) {
    self.name = name
    self.unit = unit
  }
}

/// A point of a sweep: its number and the value of each axis.
package struct SweepPoint: Hashable, Sendable {
  /// From 0, in the order of the design.
  package var number: Int
  package var values: [String]

  package init(number: Int, values: [String]) {
    self.number = number
    self.values = values
  }
}

extension SweepPlan {
  /// How many points the design has; more than `pointLimit` where that is too many.
  package var pointCount: Int {
    switch design {
    case .random(let points), .sobol(let points): return points
    case .grid: return axes.combinationCount(upTo: Self.pointLimit) ?? 0
    }
  }

  /// All points, each with the values of its axes.
  ///
  /// - Precondition: a grid has no continuous axis, and a Sobol' design at most
  ///   `SobolSequence.largestDimension` axes.
  package var points: [SweepPoint] {
    switch design {
    case .grid: return (0..<pointCount).map { SweepPoint(number: $0, values: axes.combination($0)) }
    case .sobol(let points):
      let sequence = SobolSequence(dimensions: axes.count, seed: seed)
      return (0..<points).map { number in
        let shares = sequence.point(UInt32(number))
        return SweepPoint(number: number, values: zip(axes, shares).map { $0.value(at: $1) })
      }
    case .random(let points):
      let family = StreamFamily(seed: seed, replication: 0)
      let streams = axes.map { family.counter("sweep " + $0.path) }
      return (0..<points).map { number in
        let values = zip(axes, streams).map { axis, stream in
          var draws = stream.draws(of: UInt64(number))
          return axis.value(at: draws.uniform())
        }
        return SweepPoint(number: number, values: values)
      }
    }
  }

  /// The settings of a point, in the words of `--set`.
  package func settings(of point: SweepPoint) -> [String] {
    zip(axes, point.values).map { $0.setting($1) }
  }

  /// The name under which a finished point is kept: a hash of everything its figures depend on.
  ///
  /// It does not depend on the design, so that a larger sweep finds the points of a smaller one.
  package func key(of point: SweepPoint) -> String {
    let count = "\(replications)" + (precision.map { " to \($0)" } ?? "")
    let looked = fidelity.fidelity?.rawValue ?? ""
    let parts =
      [digest, toolVersion, "\(seed)", count, looked] + metrics.map(\.name) + [""]
      + settings(of: point)
    return Digest.hex(parts.joined(separator: "\n").utf8)
  }
}

/// A part of the points of a sweep: every `count`-th, from the `index`-th on.
package struct SweepShard: Hashable, Sendable {
  /// From 1.
  package var index: Int
  package var count: Int

  /// - Precondition: the index lies in 1...count.
  package init(index: Int, count: Int) {
    precondition(count >= 1 && (1...count).contains(index), "a shard is one of its count")
    self.index = index
    self.count = count
  }

  /// Whether a point belongs to the shard.
  package func contains(_ point: SweepPoint) -> Bool { point.number % count == index - 1 }

  /// `shard-03-of-16`, which sorts by number.
  package var name: String {
    let width = "\(count)".utf8.count
    let number = "\(index)"
    return "shard-" + String(repeating: "0", count: width - number.utf8.count) + number
      + "-of-\(count)"
  }
}
