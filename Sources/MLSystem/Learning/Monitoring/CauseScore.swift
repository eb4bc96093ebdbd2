import Quantities

/// What goes wrong with a model and when: a declared drift or fault, and what became of it.
struct CauseScore: Sendable {
  var at: Instant
  var kind: CauseKind
  /// When the first monitor that can see it alarmed truly.
  var detected: Instant?
  /// The same by monitor.
  var found: [Instant?]
  /// Share of right decisions just before it.
  var accuracyBefore = 0.0
  /// Decisions that were wrong beyond that share until it was detected, and by monitor.
  var lost = 0.0
  var lostBefore: [Double]

  init(at: Instant, kind: CauseKind, monitors: Int) {
    self.at = at
    self.kind = kind
    found = Array(repeating: nil, count: monitors)
    lostBefore = Array(repeating: 0, count: monitors)
  }
}

/// Kinds of causes, as far as monitors tell them apart.
package enum CauseKind: Sendable, Hashable, CaseIterable {
  /// What labels depend on has turned.
  case concept
  /// Features moved, what labels depend on did not.
  case covariate
}

extension Drift {
  /// What it is to a monitor; nil for drift that always goes on.
  var cause: CauseKind? {
    switch self {
    case .wandering: nil
    case .sudden: .concept
    case .covariate: .covariate
    }
  }
}

extension MonitorKind {
  /// Whether a cause changes what the monitor watches.
  func sees(_ cause: CauseKind) -> Bool {
    switch self {
    case .features: cause == .covariate
    case .performance(let test): cause == .concept || test.metric == .accuracy
    // Decisions at a threshold go wrong by either.
    case .ratings, .stream: true
    case .labels: false
    }
  }
}
