import Quantities

/// Watches the error budget of one objective by burn-rate alerts, minute by minute.
///
/// Before the run everything was good, at the rate of requests that the run has so far: a window
/// that reaches back before the start is not filled by its first failures.
package struct BurnRateWatch {
  /// One alert and whether it is on.
  struct State {
    let alert: BurnRateAlert
    /// Minutes of its windows.
    let long: Int
    let short: Int
    var isFiring = false
  }

  private let objective: Double
  /// How often somebody was called at once, and how often a ticket was written; alerts that go on
  /// while another of their kind is on are not counted again.
  private(set) var pages = 0
  private(set) var tickets = 0
  private(set) var states: [State]
  /// Requests that ended and those of them that were bad, as totals at the end of each minute.
  private var ended: [Int64]
  private var bad: [Int64]
  /// Minutes so far; the total at the end of minute m stands at m modulo the length.
  private var minutes = 0

  /// A watch with every alert off; `objective` is the share of requests that must be good.
  package init(objective: Double, alerts: [BurnRateAlert] = BurnRateAlert.workbook) {
    self.objective = objective
    states = alerts.map {
      State(
        alert: $0, long: max(1, Int(($0.long / 60).rounded())),
        short: max(1, Int(($0.short / 60).rounded())))
    }
    let length = (states.map(\.long).max() ?? 1) + 1
    ended = Array(repeating: 0, count: length)
    bad = ended
  }

  /// Whether an alert that calls somebody at once is on.
  package var isPaging: Bool { isOn(.page) }

  private func isOn(_ severity: BurnRateAlert.Severity) -> Bool {
    states.contains { $0.isFiring && $0.alert.severity == severity }
  }

  /// Takes the totals at the end of the next minute; returns the alerts that go on with it, unless
  /// another of their severity is on.
  ///
  /// - Complexity: O(alerts).
  package mutating func endMinute(ended total: Int64, bad totalBad: Int64) -> [BurnRateAlert] {
    minutes += 1
    let place = minutes % ended.count
    ended[place] = total
    bad[place] = totalBad
    // An objective of 100 % has no budget: no speed is defined.
    if objective >= 1 { return [] }
    let (wasPaging, wasTicketing) = (isOn(.page), isOn(.ticket))
    var fired: [BurnRateAlert] = []
    for index in states.indices {
      let state = states[index]
      let fires = state.alert.fires(
        longBurn: burn(over: state.long), shortBurn: burn(over: state.short))
      if fires, !state.isFiring { fired.append(state.alert) }
      states[index].isFiring = fires
    }
    if fired.isEmpty { return [] }
    if !wasPaging, isOn(.page) { pages += 1 }
    if !wasTicketing, isOn(.ticket) { tickets += 1 }
    return fired.filter { $0.severity == .page ? !wasPaging : !wasTicketing }
  }

  /// The speed at which the budget burnt over the last minutes.
  private func burn(over window: Int) -> Double {
    let from = max(0, minutes - window)
    let (now, then) = (minutes % ended.count, from % ended.count)
    let failed = Double(bad[now] - bad[then])
    let seen = Double(ended[now] - ended[then]) * Double(window) / Double(minutes - from)
    return seen > 0 ? BurnRateAlert.burn(errorRate: failed / seen, objective: objective) : 0
  }
}
