import Quantities

/// How the number of replicas follows a metric: the Kubernetes HPA, exactly.
///
/// Rules and defaults: kubernetes/kubernetes pkg/controller/podautoscaler.
package struct AutoscalerPlan: Sendable, Hashable {
  package var metric: Metric
  /// The value per replica that is held: a busy share in whole percent, requests in flight, or
  /// waiting.
  package var target: Double
  /// Time between decisions.
  package var sync: Duration
  /// No change while current/target is within 1 ± tolerance.
  package var tolerance: Double
  /// Tolerance of a scale-up where it differs from that of a scale-down; nil for the same.
  package var toleranceUp: Double?
  /// Scale-down takes the largest recommendation of this stretch.
  package var downStabilisation: Duration
  package var behaviour: Behaviour?

  package enum Metric: String, Sendable, Hashable, CaseIterable {
    /// Busy share of ready replicas over the last sync period, integer percent as the HPA sees it.
    case busy
    /// Requests in flight per replica.
    case concurrency
    /// Requests waiting per replica.
    case waiting
    /// Requests per second per replica.
    case rate
  }

  /// The `behavior` stanza: rate limits of either direction.
  package struct Behaviour: Sendable, Hashable {
    package var up: [Policy]
    package var upStabilisation: Duration
    package var upSelection: Selection
    package var down: [Policy]
    package var downSelection: Selection

    /// What Kubernetes fills in for an empty stanza: 100 % or 4 pods in 15 s up, 100 % down.
    package static let kubernetesDefault = Behaviour(
      up: [
        Policy(amount: .percent(100), period: .seconds(15)),
        Policy(amount: .pods(4), period: .seconds(15)),
      ], upStabilisation: .zero, down: [Policy(amount: .percent(100), period: .seconds(15))])

    package struct Policy: Sendable, Hashable {
      package enum Amount: Sendable, Hashable {
        case pods(Int)
        case percent(Int)
      }
      package var amount: Amount
      package var period: Duration

      package init(amount: Amount, period: Duration) {
        self.amount = amount
        self.period = period
      }
    }

    /// Which of several policies holds.
    package enum Selection: String, Sendable, Hashable, CaseIterable {
      /// The one that allows the largest change.
      case max
      /// The one that allows the smallest change.
      case min
      /// No change in this direction at all.
      case disabled
    }

    package init(
      up: [Policy], upStabilisation: Duration, upSelection: Selection = .max, down: [Policy],
      downSelection: Selection = .max
    ) {
      self.up = up
      self.upStabilisation = upStabilisation
      self.upSelection = upSelection
      self.down = down
      self.downSelection = downSelection
    }
  }

  package init(
    metric: Metric, target: Double, sync: Duration = .seconds(15), tolerance: Double = 0.1,
    toleranceUp: Double? = nil, downStabilisation: Duration = .seconds(300),
    behaviour: Behaviour? = nil
  ) {
    self.metric = metric
    self.target = target
    self.sync = sync
    self.tolerance = tolerance
    self.toleranceUp = toleranceUp
    self.downStabilisation = downStabilisation
    self.behaviour = behaviour
  }
}
