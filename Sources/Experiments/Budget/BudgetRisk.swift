import MLSystem
import Quantities
import Statistics

/// When a month's money reaches a share of its limit.
package struct BudgetAlert: Sendable {
  /// Share of the limit: 0.5, 0.8, 1.
  package var share: Double
  /// The first month whose expected cost reaches it; nil where none does.
  package var month: String?
  /// Days into that month, where its money is spent evenly.
  package var day: Double?
  /// Chance that a run has a month that reaches it.
  package var probability: ConfidenceInterval

  /// The shares at which people are told.
  static let shares = [0.5, 0.8, 1.0]

  /// The alerts of a limit; none where nothing was run.
  package static func all(_ results: Results, limit: Money) -> [BudgetAlert] {
    let months = results.cost.months
    let rates = BudgetMonths.rates(results)
    guard let runs = rates.first?.count, runs > 0 else { return [] }
    let means = rates.map { $0.total().times(1, over: Int128(runs)) }
    return shares.map { share in
      let level = limit.scaled(by: share)
      let first = means.firstIndex { $0 >= level }
      let hits = (0..<runs).count { run in rates.contains { $0[run] >= level } }
      return BudgetAlert(
        share: share, month: first.map { months[$0].label },
        day: first.flatMap { day(level, of: means[$0], months[$0].label) },
        probability: .ofProportion(
          successes: Int64(hits), trials: Int64(runs), level: 0.95))
    }
  }

  private static func day(_ level: Money, of rate: Money, _ label: String) -> Double? {
    guard rate > .zero, let length = CalendarInstant(label + "-01")?.daysInMonth else {
      return nil
    }
    return level / rate * Double(length)
  }
}

/// The worst credible month: P99 over runs and months, and what made the month that comes nearest.
package struct WorstMonth: Sendable {
  /// The cost of a whole month.
  package var amount: Money
  package var label: String
  /// The run it was seen in, from 0.
  package var replication: Int
  /// Lines with what they cost more than they are expected to in that month, largest first.
  package var causes: [(line: String, excess: Money)]
  /// What happened in it, by kind: `3 rollbacks`.
  package var events: [(kind: String, count: Int)]

  /// The worst month of results; nil where every month of every run costs the same.
  package static func of(_ results: Results) -> WorstMonth? {
    // A sliver of a month says nothing of a month, unless the run has no more.
    let months = results.cost.months
    let most = months.map(\.covered).max() ?? 0
    let amounts = BudgetMonths.rates(results)
    var rates: [(rate: Double, month: Int, replication: Int)] = []
    for place in months.indices where months[place].covered >= most / 2 {
      for (replication, value) in amounts[place].enumerated() {
        rates.append((value.dollars, place, replication))
      }
    }
    rates.sort { ($0.rate, $0.month, $0.replication) < ($1.rate, $1.month, $1.replication) }
    guard let first = rates.first, let last = rates.last, first.rate < last.rate else {
      return nil
    }
    let p99 = quantile(0.99, ofSorted: rates.map(\.rate))
    let nearest = rates.first { $0.rate >= p99 } ?? last
    let month = months[nearest.month]
    return WorstMonth(
      amount: Money(dollars: p99) ?? .zero, label: month.label, replication: nearest.replication,
      causes: causes(results, month, nearest.replication),
      events: events(results, month, nearest.replication))
  }

  private static func causes(
    _ results: Results, _ month: CostMonth, _ replication: Int
  ) -> [(line: String, excess: Money)] {
    let runs = Int128(max(month.figure.values.count, 1))
    var lines: [(path: [String], here: Money, sum: Money)] = []
    for charge in results.cost.charges where charge.month == month.label {
      guard let amount = charge.amount else { continue }
      let path = charge.path
      let own = charge.replication == replication ? amount : .zero
      if let place = lines.firstIndex(where: { $0.path == path }) {
        lines[place].here += own
        lines[place].sum += amount
      } else {
        lines.append((path, own, amount))
      }
    }
    var causes: [(line: String, excess: Money)] = []
    for line in lines {
      let excess = line.here - line.sum.times(1, over: runs)
      if excess > .cent { causes.append((line.path.joined(separator: " "), excess)) }
    }
    return causes.sorted { a, b in
      a.excess == b.excess ? a.line < b.line : a.excess > b.excess
    }
  }

  private static func events(
    _ results: Results, _ month: CostMonth, _ replication: Int
  ) -> [(kind: String, count: Int)] {
    let start = results.identity.start
    let label = month.label
    var found: [(kind: String, count: Int)] = []
    for joined in results.timeline where joined.replication == replication {
      let civil = start.adding(joined.entry.at - .start)
      guard civil.monthText == label else { continue }
      let kind = joined.entry.kind.rawValue
      if let place = found.firstIndex(where: { $0.kind == kind }) {
        found[place].count += 1
      } else {
        found.append((kind, 1))
      }
    }
    return found
  }
}

/// What it would cost to leave when the run ends.
package struct ExitCost: Sendable {
  /// What remains to be used of running commitments, paid or owed.
  package var commitments: [(pool: String, option: String, owed: Money)]
  /// What the scenario says that leaving costs, such as egress.
  package var declared: [(name: String, amount: Money)]

  package var total: Money {
    commitments.map(\.owed).total() + declared.map(\.amount).total()
  }

  /// The cost of exit of results.
  package static func of(_ results: Results) -> ExitCost {
    ExitCost(
      commitments: Prepayments.unexpired(results), declared: ResolvedScenario(results).onExit)
  }
}
