import Quantities
import Randomness
import Statistics

/// A monitor while the run goes on.
package struct MonitorState: Sendable {
  var plan: MonitorPlan
  /// Requests since the last verdict, or of the window, by regime of the features; of ratings
  /// the answers that were right, and those that were wrong; of scores by bin.
  var pending: [Double]
  /// With a window: the requests of each stretch between two checks in it, oldest first.
  var parts: [WindowPart] = []
  /// Up to when labels have been judged.
  var judged = Instant.start
  /// What was measured when the stable version was promoted.
  var baseline = 0.5
  /// Whether its alarm is on.
  package var isFiring = false
  /// Since when every verdict has been below the line; nil while it is not.
  var below: Instant?
  var checks: Int64 = 0
  var draws: CounterStream
  /// The central part of a measured statistic over bins.
  var rest: Sampler?
  var limits = SmallSampleLimits()
  /// The true values of the kinds of features where the requests are of one epoch only.
  var truths = TruthCache()
  /// Standard normals of each feature that overlapping windows share.
  var noise: [Double] = []
  /// Edges of the bins of scores.
  var edges: [Double] = []
  /// The detector of a stream.
  var stream: StreamState?
  /// Ratings asked for so far.
  var ratings: Int64 = 0
  var scores = MonitorScores()
  /// Alarms that are on, by the feature that set them off, with their place in the record.
  var raised: [RaisedAlarm] = []

  init(_ plan: MonitorPlan, of model: String, streams: StreamFamily) {
    self.plan = plan
    let parts =
      switch plan.kind {
      case .ratings: 2
      case .predictions(let test): test.bins
      case .features, .missing, .performance, .estimated, .labels, .stream: 1
      }
    pending = Array(repeating: 0, count: parts)
    if case .stream(let test) = plan.kind { stream = StreamState(test) }
    // Monitors of one kind look at the same rows, so that variants with other limits see the same.
    draws = streams.counter("monitor \(model) \(plan.kind.word)")
    switch plan.kind {
    case .features(let test), .predictions(let test):
      if test.bins > 2 { rest = Sampler(.gamma(shape: Double(test.bins - 2) / 2, scale: 2)) }
    case .missing, .performance, .estimated, .labels, .ratings, .stream: break
    }
  }
}

extension MonitorState {
  /// Scores are held against those of a new version from now on.
  mutating func restart(edges: [Double]) {
    self.edges = edges
    parts = []
    for bin in pending.indices { pending[bin] = 0 }
  }
}

/// Requests between two checks, by epoch of the features' means.
struct WindowPart: Sendable {
  var end: Instant
  var requests: [Double]
}

/// An alarm that is on: nil for one of the whole model, and its place in the record of alarms.
struct RaisedAlarm: Sendable {
  var feature: Int?
  var record: Int
}

/// True values of a statistic that were computed last, and for which version and epoch.
struct TruthCache: Sendable {
  var version = -1
  var epoch = -1
  var rows = 0.0
  var values: [FeatureTruth] = []
}

/// What is true of features that move alike: up to which one, and how far they are from what the
/// model learnt from.
struct FeatureTruth: Sendable {
  var end: Int
  /// The true value of the statistic.
  var value: Double
  /// Shares of the bins in the training rows and in those of a check; empty where the law needs
  /// none.
  var reference: [Double] = []
  var current: [Double] = []
  /// The law of a statistic that counts no bins.
  var law: SampleDistanceLaw?
}

/// What a monitor is scored by, after the warm-up.
struct MonitorScores: Sendable {
  var alarms = 0
  var falseAlarms = 0
  var checks = 0
  var unjudged = 0
  var firing = 0
  /// Seconds in which nothing that it watches had changed.
  var quiet = 0.0
}
