import Quantities

/// How the number of replicas follows a metric: the Kubernetes HPA, exactly.
///
/// Rules and defaults: kubernetes/kubernetes pkg/controller/podautoscaler.
package struct AutoscalerPlan: Sendable, Hashable {
  package var metric: Metric
  /// The value per replica that is held: a busy share in whole percent, requests in flight, or waiting.
  package var target: Double
  /// Time between decisions.
  package var sync: Duration
  /// No change while current/target is within 1 ± tolerance.
  package var tolerance: Double
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
    package var down: [Policy]

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

    package init(up: [Policy], upStabilisation: Duration, down: [Policy]) {
      self.up = up
      self.upStabilisation = upStabilisation
      self.down = down
    }
  }

  package init(
    metric: Metric, target: Double, sync: Duration = .seconds(15), tolerance: Double = 0.1,
    downStabilisation: Duration = .seconds(300), behaviour: Behaviour? = nil
  ) {
    self.metric = metric
    self.target = target
    self.sync = sync
    self.tolerance = tolerance
    self.downStabilisation = downStabilisation
    self.behaviour = behaviour
  }
}
