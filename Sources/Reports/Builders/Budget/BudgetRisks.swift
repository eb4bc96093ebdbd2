import Experiments
import Quantities
import Statistics

/// Alerts, the worst credible month, returns, kill criteria, the cost of leaving.
enum BudgetRisks {
  static func section(_ forecast: BudgetForecast) -> Section? {
    let results = forecast.results
    var blocks: [Block] = []
    if let limit = forecast.limit {
      let rows = BudgetAlert.all(results, limit: limit.perMonth).map { alert in
        let when = alert.month.map { month in
          month + (alert.day.map { ", day \(NumberText.fixed($0, decimals: 0))" } ?? "")
        }
        return Row([
          .text(NumberText.fixed(alert.share * 100, decimals: 0) + " % of the limit"),
          .text(when ?? "not expected"),
          .reading(.simulated(alert.probability.estimate, .init(alert.probability), .ratio)),
        ])
      }
      blocks.append(
        .table(
          Table(
            id: "alerts",
            columns: [
              Column("", .label), Column("first expected", .text),
              Column("chance in any month", .reading(.interval)),
            ], rows: rows)))
    }
    if let worst = WorstMonth.of(results) {
      blocks.append(.paragraph(sentence(worst)))
    }
    guard !blocks.isEmpty else { return nil }
    return Section(id: "risks", heading: "Alerts and the worst month", blocks: blocks)
  }

  private static func sentence(_ worst: WorstMonth) -> String {
    let unit = SharedMoney.unit(for: worst.amount)
    let amount = QuantityFormatter.money(
      worst.amount.rounded(to: unit), decimals: unit == .dollar ? 0 : 2)
    var text = "Worst credible month (P99 of runs and months): \(amount)"
    text += "; the nearest is \(worst.label) of run \(worst.replication + 1)"
    let causes = worst.causes.prefix(3).map {
      "\($0.line) +\(QuantityFormatter.money($0.excess.rounded(to: unit), decimals: unit == .dollar ? 0 : 2))"
    }
    if !causes.isEmpty { text += ", above what is expected by " + causes.joined(separator: ", ") }
    let events = worst.events.prefix(4).map { "\($0.count) \($0.kind)" }
    if !events.isEmpty { text += "; in it: " + events.joined(separator: ", ") }
    return text + "."
  }

  /// What a model is worth above the baseline.
  static func returns(_ results: Results) -> Section? {
    let all = ReturnOnInvestment.all(results)
    guard !all.isEmpty else {
      guard results.identity.subjects.contains(where: { $0.kind == .model }) else { return nil }
      return Section(
        id: "returns", heading: "Return on the money",
        blocks: [
          .notes([
            "Not known: it takes a model that answers with a worth (tasks.NAME.value) and a "
              + "baseline to hold it against (budget.baseline)."
          ])
        ])
    }
    let rows = all.map { item in
      Row([
        .text("\(item.model) above \(item.baseline)"), .reading(Reading(item.gain)),
        .reading(Reading(item.net).asDifference),
        .text(item.ratio.map { NumberText.fixed($0 * 100, decimals: 0) + " %" } ?? "unknown"),
        .text(payback(item)),
      ])
    }
    return Section(
      id: "returns", heading: "Return on the money",
      blocks: [
        .table(
          Table(
            id: "returns",
            columns: [
              Column("", .label), Column("worth a month", .reading(.stacked)),
              Column("less the cost", .reading(.stacked)), Column("return", .text),
              Column("paid back", .text),
            ], rows: rows)),
        .notes([
          "Worth: of the answers by the task's value, above that of the baseline on the same "
            + "requests. Return: on all that is spent in the run, what arises once included."
        ]),
      ])
  }

  /// The criteria by which a model would be stopped.
  static func criteria(_ results: Results) -> Section? {
    let earnings = ReturnOnInvestment.all(results).map { item -> VerdictRow in
      var outcome = Outcome.undecided
      if let interval = item.net.interval {
        outcome = interval.low > 0 ? .met : interval.high < 0 ? .breached : .undecided
      } else if item.net.isExact {
        outcome = item.net.expected > .zero ? .met : .breached
      }
      return VerdictRow(
        outcome, "\(item.model) earns more than it costs", qualifier: "else stop it",
        reading: Reading(item.net))
    }
    let rows = KillCriteria.verdicts(results) + earnings
    guard !rows.isEmpty else { return nil }
    return Section(id: "kill-criteria", heading: "Kill criteria", blocks: [.verdicts(rows)])
  }

  private static func payback(_ item: ReturnOnInvestment) -> String {
    if let months = item.payback { return NumberText.fixed(months, decimals: 1) + " months" }
    return item.oneOff == .zero ? "nothing once" : "never"
  }

  /// What leaving would cost when the run ends.
  static func exit(_ results: Results) -> Section? {
    let cost = ExitCost.of(results)
    // Nobody can tell how many bytes there are to take along, so what is not declared is not zero.
    let egress =
      cost.declared.isEmpty
      ? "Nothing is declared for what leaving takes (egress of data, moving): costs.NAME.onExit."
      : "What leaving takes (egress of data, moving) is as costs.NAME.onExit declares it."
    guard cost.total > .zero else {
      return Section(
        id: "exit", heading: "Cost of leaving at the end of the run",
        blocks: [.notes(["No commitment runs on. \(egress)"])])
    }
    let parts =
      cost.commitments.map { ("\($0.pool), \($0.option)", $0.owed, "unexpired") }
      + cost.declared.map { ($0.name, $0.amount, "as declared") }
    let unit = SharedMoney.unit(for: cost.total)
    let cells = BudgetMonthSections.moneyCells(parts.map(\.1), unit: unit)
    var rows = parts.indices.map { Row([.text(parts[$0].0), cells[$0], .text(parts[$0].2)]) }
    rows.append(Row(["all", cells[parts.count], ""], .total))
    return Section(
      id: "exit", heading: "Cost of leaving at the end of the run",
      blocks: [
        .table(
          Table(
            id: "exit",
            columns: [Column("", .label), Column("cost", .reading(.value)), Column("", .note)],
            rows: rows)), .notes([egress]),
      ])
  }
}
