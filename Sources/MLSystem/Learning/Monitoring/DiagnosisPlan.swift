import Quantities
import Randomness

/// Asking why before anything is done about an alarm: tests, how often they are wrong, remedies.
package struct DiagnosisPlan: Sendable, Hashable {
  package var method: Method
  /// Seconds that a diagnosis takes.
  package var takes: Distribution
  /// Price of one; nil for unknown, zero for free.
  package var price: Money?
  /// Whether people do it, in their working hours; otherwise it runs by itself.
  package var needsPeople: Bool
  /// After one no other begins within this time.
  package var cooldown: Duration
  package var recalibrate: RemedyPlan
  package var repair: RemedyPlan
  /// Its price is that of one label made anew.
  package var relabel: RemedyPlan

  /// How the verdict comes about.
  package enum Method: Sendable, Hashable {
    /// By stated chances: for each truth those of the verdicts, in the order of `Verdict`.
    case matrix([[Double]])
    /// By the statistics themselves: an audit of so many labels, the scores, the features.
    case evidence(audit: Int)
  }

  /// What is wrong with a model.
  package enum Verdict: Int, Sendable, Hashable, CaseIterable {
    /// The alarm was false, or what it saw hurts nothing.
    case nothing
    /// The data moved and what labels depend on did not: the threshold is off.
    case dataDrift
    case brokenFeatures
    case labelFault
    case conceptDrift

    /// The word in scenarios and reports.
    package var word: String {
      switch self {
      case .nothing: "nothing"
      case .dataDrift: "data-drift"
      case .brokenFeatures: "broken-features"
      case .labelFault: "label-fault"
      case .conceptDrift: "concept-drift"
      }
    }
  }

  /// A stated share of right verdicts of 75 to 85 %: an assumption for teams with dashboards of
  /// their features and an audit of labels, not a measurement.
  package static let usual: [[Double]] = [
    [0.85, 0.08, 0.03, 0.02, 0.02],
    [0.05, 0.80, 0.08, 0.02, 0.05],
    [0.03, 0.10, 0.82, 0.02, 0.03],
    [0.05, 0.03, 0.03, 0.77, 0.12],
    [0.05, 0.08, 0.03, 0.09, 0.75],
  ]

  package init(
    method: Method = .matrix(DiagnosisPlan.usual), takes: Distribution = .constant(4 * 3600),
    price: Money? = .zero, needsPeople: Bool = true, cooldown: Duration = .days(1),
    recalibrate: RemedyPlan = RemedyPlan(takes: .constant(2 * 3600)),
    repair: RemedyPlan = RemedyPlan(takes: .constant(86_400)),
    relabel: RemedyPlan = RemedyPlan(takes: .constant(3 * 86_400))
  ) {
    self.method = method
    self.takes = takes
    self.price = price
    self.needsPeople = needsPeople
    self.cooldown = cooldown
    self.recalibrate = recalibrate
    self.repair = repair
    self.relabel = relabel
  }
}

/// How long a remedy takes and what it costs.
package struct RemedyPlan: Sendable, Hashable {
  /// Seconds.
  package var takes: Distribution
  package var price: Money?

  package init(takes: Distribution, price: Money? = .zero) {
    self.takes = takes
    self.price = price
  }
}

/// The diagnosis of a model while the run goes on.
struct DiagnosisState: Sendable {
  var phase = Phase.idle
  /// When the last one ended.
  var ended: Instant?
  /// The training that triggers asked for.
  var asked: TrainingKind?
  /// Diagnoses so far, which number their draws.
  var begun: UInt64 = 0
  var draws: CounterStream
  /// Diagnoses, remedies and labels made anew over the whole run, for the ledger.
  var diagnoses: Int64 = 0
  var recalibrations: Int64 = 0
  var repairs: Int64 = 0
  var relabelled: Int64 = 0

  enum Phase: Sendable, Hashable {
    case idle
    case testing
    case remedying(DiagnosisPlan.Verdict)
  }
}
