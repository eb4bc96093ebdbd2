/// Alerts on the speed at which an error budget burns, over a long and a short window.
///
/// Google SRE workbook, "Alerting on SLOs", for a budget of 30 days.
package struct BurnRateAlert: Sendable, Hashable {
  package enum Severity: Sendable, Hashable {
    case page, ticket
  }

  package var severity: Severity
  /// Multiple of the speed that spends the budget exactly in its period.
  package var threshold: Double
  /// Seconds of the window that decides, and of the one that says that it goes on.
  package var long: Double
  package var short: Double

  package init(severity: Severity, threshold: Double, long: Double, short: Double) {
    self.severity = severity
    self.threshold = threshold
    self.long = long
    self.short = short
  }

  /// The four alerts of the workbook, the most urgent first.
  package static let workbook = [
    BurnRateAlert(severity: .page, threshold: 14.4, long: 3600, short: 300),
    BurnRateAlert(severity: .page, threshold: 6, long: 21_600, short: 1800),
    BurnRateAlert(severity: .ticket, threshold: 3, long: 86_400, short: 7200),
    BurnRateAlert(severity: .ticket, threshold: 1, long: 259_200, short: 21_600),
  ]

  /// Speed at which errors burn the budget of an objective: error rate / (1 - objective).
  package static func burn(errorRate: Double, objective: Double) -> Double {
    errorRate / (1 - objective)
  }

  /// Whether it fires: both windows burn faster than the threshold.
  package func fires(longBurn: Double, shortBurn: Double) -> Bool {
    longBurn > threshold && shortBurn > threshold
  }

  /// Share of the budget of `period` seconds that is gone when it fires under a constant burn.
  package func budgetSpent(period: Double = 30 * 86_400) -> Double { threshold * long / period }

  /// Seconds until it fires after errors begin at a constant burn; nil where it never does.
  package func secondsToFire(burn: Double) -> Double? {
    burn > threshold ? long * threshold / burn : nil
  }
}
