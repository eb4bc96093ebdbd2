import Pricing
import Quantities
import Statistics

/// One calendar month of a budget.
///
/// Expected values add over months and parts; quantiles do not.
package struct BudgetMonth: Sendable {
  /// `2027-01`.
  package var label: String
  /// Share of the month that the run covers.
  package var covered: Double
  /// What the month's use costs (accrual), over the replications.
  package var accrual: MoneyFigure
  /// What is paid in the month (cash): upfront payments at once, amortised use of them not again.
  package var cash: MoneyFigure
  /// Of the expected accrual: what is owed whatever is used: commitments and fixed prices.
  package var committed: Money
  /// Of the expected accrual: what arises once.
  package var oneOff: Money
  package var p10: Money
  package var p50: Money
  package var p90: Money
  /// Expected accrual of this and all earlier months.
  package var cumulative: Money
  /// Chance that the month goes over the limit by its rate; nil without a limit.
  package var probabilityOver: ConfidenceInterval?

  /// Of the expected accrual: what follows use.
  package var variable: Money { accrual.expected - committed - oneOff }
}

/// Works the months of a budget out of the ledger rows of all replications.
enum BudgetMonths {
  static func months(_ results: Results, limit: Money?) -> [BudgetMonth] {
    let prepayments = Prepayments(results)
    let rates = rates(results)
    let count = results.cost.months.first?.figure.values.count ?? 0
    var cumulative = Money.zero
    return results.cost.months.enumerated().map { place, month in
      cumulative += month.figure.expected
      let sorted = month.figure.values.map(\.dollars).sorted()
      func percentile(_ q: Double) -> Money {
        sorted.isEmpty ? .zero : Money(dollars: quantile(q, ofSorted: sorted)) ?? .zero
      }
      let rows = results.cost.charges.filter { $0.month == month.label }
      func mean(_ isWanted: (Charge) -> Bool) -> Money {
        let sum = rows.filter(isWanted).compactMap(\.amount).total()
        return count == 0 ? .zero : sum.times(1, over: Int128(count))
      }
      var cash = month.figure
      if prepayments.isNeeded {
        cash = CostJoining.figure(
          month.figure.values.indices.map { replication in
            month.figure.values[replication]
              + prepayments.cashBeyondAccrual(month: place, replication: replication)
          })
      }
      return BudgetMonth(
        label: month.label, covered: month.covered, accrual: month.figure, cash: cash,
        committed: mean { $0.isCommitted }, oneOff: mean { $0.kind == "one-off" },
        p10: percentile(0.1), p50: percentile(0.5), p90: percentile(0.9), cumulative: cumulative,
        probabilityOver: limit.map { over($0, rates[place]) })
    }
  }

  private static func over(_ limit: Money, _ rates: [Money]) -> ConfidenceInterval {
    .ofProportion(
      successes: Int64(rates.count { $0 > limit }), trials: Int64(max(rates.count, 1)),
      level: 0.95)
  }

  /// The chance that any month goes over the limit.
  static func anyOver(_ limit: Money, _ results: Results) -> ConfidenceInterval? {
    let rates = rates(results)
    guard let count = rates.first?.count, count > 0 else { return nil }
    let over = (0..<count).count { run in rates.contains { $0[run] > limit } }
    return .ofProportion(successes: Int64(over), trials: Int64(count), level: 0.95)
  }

  /// What each month would cost whole, by month and run: what recurs is extended to the month, what
  /// arises once is not.
  static func rates(_ results: Results) -> [[Money]] {
    let months = results.cost.months
    var once = months.map { $0.figure.values.map { _ in Money.zero } }
    for charge in results.cost.charges where charge.kind == "one-off" {
      guard let month = months.firstIndex(where: { $0.label == charge.month }),
        once[month].indices.contains(charge.replication), let amount = charge.amount
      else { continue }
      once[month][charge.replication] += amount
    }
    return months.indices.map { month in
      let scale = 1 / max(months[month].covered, 1e-12)
      return months[month].figure.values.indices.map { run in
        let recurring = months[month].figure.values[run] - once[month][run]
        return once[month][run] + (scale < 1.000_001 ? recurring : recurring.scaled(by: scale))
      }
    }
  }
}

extension Charge {
  /// Whether it is owed whatever is used: a commitment or a fixed price.
  package var isCommitted: Bool { kind == "fixed" || kind.hasPrefix("committed") }

  /// Whether it is machine time of a pool; what an incident makes dearer is charged for hours that
  /// stand on another row already.
  package var isMachineTime: Bool {
    unit == "instance-hour" && !category.hasPrefix("incidents/")
  }
}

/// What is paid upfront for commitments, and what of it the ledger charges month by month.
struct Prepayments {
  /// One commitment with its price in a replication.
  private struct Term {
    var committed: ResolvedScenario.Committed
    var option: String
    var hours: Int64
  }

  private let terms: [Term]
  private let results: Results

  init(_ results: Results) {
    self.results = results
    terms = ResolvedScenario(results).committed.filter { $0.upfront > 0 }.compactMap { committed in
      guard let term = CommitmentTerm(committed.term) else { return nil }
      return Term(
        committed: committed, option: PurchaseOption.committed(term).text, hours: term.hours)
    }
  }

  /// Whether anything is paid upfront.
  var isNeeded: Bool { !terms.isEmpty }

  /// What the cash of a month is above its accrual.
  func cashBeyondAccrual(month: Int, replication: Int) -> Money {
    let label = results.cost.months[month].label
    var sum = Money.zero
    for term in terms {
      let rows = results.cost.charges.filter {
        $0.replication == replication && $0.resource == term.committed.pool
          && $0.option == term.option
      }
      guard let price = rows.first?.unitPrice else { continue }
      let share = term.committed.upfront
      let amortised = rows.filter { $0.month == label }.compactMap(\.amount).total()
      sum -= amortised.scaled(by: share)
      for _ in 0..<beginnings(of: term.hours, month: month) {
        sum += price.times(term.hours).times(Int64(term.committed.machines)).scaled(by: share)
      }
    }
    return sum
  }

  /// How many terms begin in a month: the first with the run, the next as one ends.
  private func beginnings(of hours: Int64, month: Int) -> Int {
    let identity = results.identity
    let calendar = BillingCalendar(start: identity.start, horizon: identity.horizon)
    guard month < calendar.months.count else { return 0 }
    let part = calendar.months[month]
    let length = hours * 3_600_000_000_000
    // Terms that have begun before the end of the month, less those before its start.
    func begun(before instant: Instant) -> Int64 {
      let passed = instant.nanoseconds
      return passed <= 0 ? 0 : (passed - 1) / length + 1
    }
    return Int(begun(before: part.to) - begun(before: part.from))
  }

  /// Money that is paid but not used, or owed but not paid, when the run ends: what remains of the
  /// terms that are running.
  static func unexpired(_ results: Results) -> [(pool: String, option: String, owed: Money)] {
    let identity = results.identity
    let passed = Double(identity.horizon.nanoseconds) / 3.6e12
    return ResolvedScenario(results).committed.compactMap { committed in
      guard let term = CommitmentTerm(committed.term) else { return nil }
      let option = PurchaseOption.committed(term).text
      let prices = results.cost.charges
        .filter { $0.resource == committed.pool && $0.option == option }.compactMap(\.unitPrice)
      guard let low = prices.first else { return nil }
      let length = Double(term.hours)
      let rest = length - passed.truncatingRemainder(dividingBy: length)
      let left = passed > 0 && rest == length ? 0 : rest
      let owed = low.scaled(by: left * Double(committed.machines))
      return (committed.pool, option, owed)
    }
  }
}
