import Quantities
import Randomness

/// A monitor while the run goes on.
struct MonitorState: Sendable {
  var plan: MonitorPlan
  /// Requests since the last verdict, by epoch of the features' means.
  var pending: [Double]
  /// Up to when labels have been judged.
  var judged = Instant.start
  /// What was measured when the stable version was promoted.
  var baseline = 0.5
  var isFiring = false
  var checks: Int64 = 0
  var draws: CounterStream
  /// The central part of a measured stability index.
  var rest: Sampler?
  /// The true indices of the kinds of features where the requests are of one epoch only.
  var indices = StabilityCache()
}

/// True stability indices that were computed last, and for which version and epoch.
struct StabilityCache: Sendable {
  var version = -1
  var epoch = -1
  var values: [Double] = []
}

/// Declared drift and what became of it.
struct DriftScore: Sendable {
  var at: Instant
  /// Whether the features moved; otherwise the concept did.
  var isCovariate: Bool
  var detected: Instant?
}

extension MonitorPlan {
  /// The law of the central part of a measured stability index: chi-square with bins - 2 degrees.
  var rest: Sampler? {
    switch self {
    case .psi(_, _, let bins, _, _) where bins > 2:
      Sampler(.gamma(shape: Double(bins - 2) / 2, scale: 2))
    case .psi, .performance: nil
    }
  }
}
