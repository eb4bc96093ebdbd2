import MLSystem

/// The largest difference of a metric that is still none in practice.
package enum EquivalenceMargin: Sendable, Hashable {
  /// A share of the larger of the two values.
  case relative(Double)
  /// In the unit of the metric.
  case absolute(Double)

  /// The margin between two values, in their unit.
  package func size(_ a: Double, _ b: Double) -> Double {
    switch self {
    case .relative(let share): share * max(a.magnitude, b.magnitude)
    case .absolute(let size): size
    }
  }
}

/// The margins of a comparison by what is measured.
///
/// Enough replications show any two designs to differ, be it by a billionth. What is nearer than a
/// margin is equal in practice, and a difference counts where its whole interval is beyond it: an
/// equivalence test by interval inclusion (D. J. Schuirmann, Journal of Pharmacokinetics and
/// Biopharmaceutics 15 (1987), 657-680).
package struct EquivalenceMargins: Sendable, Hashable {
  /// Of money, rates and counts: half a per mille of the larger value.
  package var amounts = EquivalenceMargin.relative(0.000_5)
  /// Of times: a hundredth, for two quantiles known to 0.4 % each are no nearer than 0.8 %.
  package var times = EquivalenceMargin.relative(0.01)
  /// Of shares: a thousandth of a percentage point, a hundredth of what 99.9 % may lose.
  package var shares = EquivalenceMargin.absolute(0.000_01)
  /// Of scores such as the AUC: one in the fourth digit.
  package var scores = EquivalenceMargin.absolute(0.000_1)

  package init() {}

  /// The margin of metrics in a unit.
  package subscript(unit: MetricUnit) -> EquivalenceMargin {
    switch unit {
    case .seconds, .hours: times
    case .perSecond, .count, .tokensPerSecond, .dollars: amounts
    case .share: shares
    case .score: scores
    }
  }
}
