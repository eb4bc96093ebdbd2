import Quantities
import Randomness

/// How a new version takes over: stages before it answers everything, what watches over them, and
/// what is kept for the way back.
package struct RolloutPlan: Sendable, Hashable {
  package var strategy: Strategy
  /// How long requests are mirrored to the new version before it answers any; zero for not at all.
  package var mirror: Duration
  /// Shares of the traffic and how long each is held; none switches at once.
  package var steps: [Step]
  /// A test of the outcome between both versions, after the steps.
  package var test: OutcomeTest?
  /// Who judges: how often a rule may be broken, and what lack of data means.
  package var controller: RolloutController
  /// Rules that undo the rollout, checked every `every` on the candidate's requests so far in its
  /// step, or since the last check where the controller asks for that.
  package var rollbackIf: [Rule]
  package var every: Duration
  /// Candidate requests below which no rule is judged.
  package var minimumRequests: Int
  package var noData: NoDataPolicy
  package var baseline: Baseline
  package var evidence: QualityEvidence
  /// How long the rules go on after the promotion.
  package var watch: Duration
  /// How long the former version's replicas stay after the promotion.
  package var scaleDownDelay: Duration
  package var holdout: Holdout?
  /// Whether replicas restart to take a version at once; otherwise they swap it in place.
  package var restarts: Bool
  /// People behind the requests, who each keep their version; nil decides by request.
  package var users: Int?

  package struct Step: Sendable, Hashable {
    package var share: Double
    package var hold: Duration

    package init(share: Double, hold: Duration) {
      self.share = share
      self.hold = hold
    }
  }

  package enum Strategy: Sendable, Hashable {
    /// By shares of the traffic.
    case shares
    /// Replica by replica: so many more than wanted, so many fewer ready, as shares of all.
    case rolling(surge: Double, unavailable: Double)
    /// A second fleet, and then all of the traffic.
    case secondFleet
  }

  /// What happens when a rule has nothing to judge.
  package enum NoDataPolicy: String, Sendable, Hashable, CaseIterable {
    /// The step is not over.
    case wait
    case pass
    case fail
  }

  /// What the candidate is compared with.
  package enum Baseline: String, Sendable, Hashable, CaseIterable {
    /// Every request of the stable version.
    case all
    /// As many of them as the candidate has.
    case equal
  }

  /// Where quality is seen from.
  package enum QualityEvidence: Sendable, Hashable {
    case labels
    /// At once, from something that shows this share of a difference.
    case proxy(agreement: Double)
  }

  /// A share that stays on the former version after a promotion, to measure what was gained.
  package struct Holdout: Sendable, Hashable {
    package var share: Double
    package var lasts: Duration

    package init(share: Double, lasts: Duration) {
      self.share = share
      self.lasts = lasts
    }
  }

  package static let recreate = RolloutPlan(
    steps: [], rollbackIf: [], every: .seconds(60), minimumRequests: 0)

  /// A plan by shares, judged by its own rules, that keeps nothing for the way back.
  package init(steps: [Step], rollbackIf: [Rule], every: Duration, minimumRequests: Int) {
    strategy = .shares
    mirror = .zero
    self.steps = steps
    controller = .own
    self.rollbackIf = rollbackIf
    self.every = every
    self.minimumRequests = minimumRequests
    noData = .wait
    baseline = .all
    evidence = .labels
    watch = .zero
    scaleDownDelay = .zero
    restarts = false
  }
}

/// Who judges the analysis of a rollout.
package enum RolloutController: Sendable, Hashable {
  /// The first broken rule undoes it.
  case own
  /// Argo Rollouts: one metric for each rule, an analysis for each step; what is inconclusive waits
  /// `pause` for a person, who lets it go on.
  case argo(AnalysisMetricRules, pause: Duration)
  /// Flagger: a weight that grows at every tick whose checks pass.
  case flagger(FlaggerCanary.Rules)
  /// Kayenta: a score of the metrics of both versions; below `marginal` any step undoes it,
  /// below `pass` the last one.
  case kayenta(pass: Double, marginal: Double)

  /// Whether its rules see what happened since the last check, and not since the step began.
  var seesIntervals: Bool {
    switch self {
    case .own: false
    case .argo, .flagger, .kayenta: true
    }
  }
}

/// A part of a rollout before the promotion.
enum RolloutStage: Sendable, Hashable {
  case mirror(Duration)
  case share(Double, hold: Duration)
  case weights
  case replicas
  case test
}

extension RolloutPlan {
  /// What comes before the promotion, in order.
  var stages: [RolloutStage] {
    var stages: [RolloutStage] = []
    if mirror > .zero { stages.append(.mirror(mirror)) }
    switch (strategy, controller) {
    case (.rolling, _): stages.append(.replicas)
    case (.shares, .flagger): stages.append(.weights)
    case (.shares, _): stages += steps.map { .share($0.share, hold: $0.hold) }
    case (.secondFleet, _): break
    }
    if test != nil { stages.append(.test) }
    return stages
  }

  /// Whether a new version is in place without any replicas of its own.
  var isAtOnce: Bool { stages.isEmpty && strategy == .shares }

  /// Whether the former version's replicas stay for a while.
  var keepsFormer: Bool {
    switch strategy {
    case .rolling: false
    case .shares, .secondFleet: scaleDownDelay > .zero || holdout != nil
    }
  }
}
