import Quantities
import Randomness

/// A rollout under way.
struct RolloutState: Sendable {
  /// Index into the plan's stages; beyond them it is promoted.
  var step = 0
  /// Whether replicas for `step` are being brought up; until then the step before goes on.
  var isPreparing = true
  /// Share of the requests that the candidate has now.
  var share = 0.0
  /// Whether the candidate's requests are copies, whose answers nobody gets.
  var isMirroring = false
  var since = Instant.start
  var ends = Instant.never
  /// Totals at the start of the step, or at the last check.
  var base = CounterSnapshot()
  /// Events of an earlier step carry an older number.
  var generation: UInt32 = 0
  var phase = Phase.before
  /// When it began.
  let began: Instant

  /// Until when a person is awaited.
  var resumes = Instant.start

  /// The analysis of Argo, the weight of Flagger, or what Kayenta has seen of the step under way.
  var analysis: AnalysisRun?
  var flagger: FlaggerCanary?
  var history = MetricHistory()
  var test: OutcomeTestState?
  var evidence: [EvidenceSpan] = []
  var measured: [MeasuredArms]
  /// Requests of the stable version that an equal baseline has taken.
  var equal = CounterSnapshot.Totals()
  var equalSeen = CounterSnapshot.Totals()
  /// Number of its draws so far.
  var looks: UInt64 = 0

  /// The stable version's sample before the promotion.
  var frozen: VersionSample?
  /// When the former version's replicas go.
  var releases = Instant.never

  enum Phase: Sendable {
    /// The candidate is on its way.
    case before
    /// The candidate answers everything, and the former version may come back.
    case watching
    /// The former version is being brought back.
    case restoring
    /// A share stays on the former version.
    case holdingOut
  }

  init(began: Instant, rules: Int) {
    self.began = began
    measured = Array(repeating: MeasuredArms(), count: rules)
  }
}

/// What one stretch of a rollout will show when its labels arrive, new version first.
struct EvidenceSpan: Sendable {
  var from: Double
  var to: Double
  var answered: (new: Double, old: Double)
  var versions: (new: QualitySnapshot, old: QualitySnapshot)
}

/// The true quality of a version in a stretch.
struct QualitySnapshot: Sendable {
  var auc: Double
  var accuracy: Double
  /// By segment of the task, where it has any.
  var segments: [(auc: Double, accuracy: Double)]
}

/// What a rule has measured of both versions so far.
struct MeasuredArms: Sendable {
  var new = MeasuredMean()
  var old = MeasuredMean()
}

/// A mean of measurements, weighted by their labels.
struct MeasuredMean: Sendable {
  /// Labels that were judged, and the sum of what they showed.
  var labels = 0.0
  var sum = 0.0
  /// Labels up to which instant were judged, in seconds.
  var until = 0.0

  var value: Double? { labels > 0 ? sum / labels : nil }
}

/// Values of each metric of both versions, one for each interval of a step.
struct MetricHistory: Sendable {
  var errors = Arms()
  var latency = Arms()

  struct Arms: Sendable {
    var candidate: [Double] = []
    var stable: [Double] = []
  }
}
