import Quantities

/// What goes wrong with a model and when: a declared drift or fault, and what became of it.
struct CauseScore: Sendable {
  var at: Instant
  var kind: CauseKind
  /// When the first monitor that can see it alarmed truly.
  var detected: Instant?
  /// The same by monitor.
  var found: [Instant?]
  /// Share of right decisions just before it, and dollars that an answer was worth.
  var accuracyBefore = 0.0
  var valueBefore = 0.0
  /// Number of the incident that it is; nil for a drift.
  var incident: Int?
  /// Decisions that were wrong beyond what was usual before while an incident lasted or a version
  /// served that had learnt from it, and dollars.
  var hurt = 0.0
  var cost = 0.0
  /// When both were over; nil while they are not.
  var recovered: Instant?
  /// Decisions that were wrong beyond that share until it was detected, and by monitor.
  var lost = 0.0
  var lostBefore: [Double]
  /// The same in dollars.
  var value = 0.0
  var valueLost: [Double]

  init(at: Instant, kind: CauseKind, monitors: Int) {
    self.at = at
    self.kind = kind
    found = Array(repeating: nil, count: monitors)
    lostBefore = Array(repeating: 0, count: monitors)
    valueLost = lostBefore
  }
}

/// Kinds of causes, as far as monitors tell them apart.
package enum CauseKind: Sendable, Hashable, CaseIterable {
  /// What labels depend on has turned.
  case concept
  /// Features moved, what labels depend on did not.
  case covariate
  /// Features take defaults, constants or another unit.
  case brokenFeatures
  /// Features are older than they should be.
  case staleFeatures
  /// Features mean another thing in training than when they are served.
  case skew
  /// Labels are wrong.
  case labelFault
}

extension Drift {
  /// What it is to a monitor; nil for drift that always goes on.
  var cause: CauseKind? {
    isCovariate ? .covariate : turnsConcept ? .concept : nil
  }
}

extension MonitorKind {
  /// Whether a cause changes what the monitor means to watch.
  func sees(_ cause: CauseKind) -> Bool {
    switch self {
    case .features, .predictions: cause == .covariate || cause == .brokenFeatures
    case .missing: cause == .brokenFeatures
    case .performance(let test): cause != .covariate || test.metric == .accuracy
    case .estimated(let test):
      // It means to watch quality, and its blindness to a turned concept counts as missed.
      cause != .labelFault && (cause != .covariate || test.metric == .accuracy)
    case .labels: cause == .labelFault
    // Decisions at a threshold go wrong by anything.
    case .stream: true
    case .ratings: cause != .labelFault
    }
  }
}

extension LearningPlane {
  /// Adds the incidents that hit a model to its causes, in order of time.
  mutating func declareCauses(of model: Int) {
    guard let task = models[model].plan.task else { return }
    let monitors = models[model].monitors.count
    for (number, incident) in data.incidents.enumerated() {
      let kind: CauseKind?
      switch incident.kind {
      case .brokenFeature(let features, _), .upstreamOutage(let features),
        .schemaChange(let features):
        kind = features.model == model ? .brokenFeatures : nil
      case .skew(let features, _), .leakage(let features, _):
        kind = features.model == model ? .skew : nil
      case .staleFeatures(let source), .sourceOutage(let source):
        kind = data.sources[source].plan.featuresOf.contains(model) ? .staleFeatures : nil
      case .labelFault(let hit, _), .poisonedLabels(let hit, _, _):
        kind = hit == task ? .labelFault : nil
      }
      guard let kind else { continue }
      var cause = CauseScore(at: incident.at, kind: kind, monitors: monitors)
      cause.incident = number
      models[model].causes.append(cause)
    }
    // A stable order: causes of one instant stay as they were declared.
    models[model].causes = models[model].causes.enumerated()
      .sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
  }
}

extension TaskState {
  /// Prevalence over all segments now.
  var prevalence: Double {
    (0..<segmentCount).reduce(0) { $0 + share(ofSegment: $1) * positives(ofSegment: $1) }
  }
}
