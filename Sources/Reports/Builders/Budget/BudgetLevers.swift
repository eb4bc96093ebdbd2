import Experiments
import Quantities

/// What would save money, each simulated beside what is commonly said of it.
enum BudgetLevers {
  static func section(_ forecast: BudgetForecast) -> Section? {
    guard let levers = forecast.levers else { return nil }
    guard !levers.isEmpty else {
      return Section(
        id: "levers", heading: "Levers",
        blocks: [.paragraph("No lever that is known applies to this design.")])
    }
    let unit = SharedMoney.unit(for: forecast.results.cost.perMonth.expected)
    let rows = levers.map { outcome -> Row in
      switch outcome.finding {
      case .simulated(let saving, let share, _, let verdict, let breaches):
        let effect =
          breaches.isEmpty ? "" : "breaks " + breaches.joined(separator: "; ")
        return Row([
          .text(outcome.lever.name), SignedMoney.cell(saving, unit: unit),
          .text(NumberText.fixed(share * 100, decimals: 0) + " %"),
          .text(outcome.lever.ruleOfThumb), .verdict(verdict), .text(effect),
        ])
      case .refused(let reason):
        return Row([
          .text(outcome.lever.name), "", "", .text(outcome.lever.ruleOfThumb), "",
          .text("not possible: \(reason)"),
        ])
      }
    }
    let columns = [
      Column("lever", .label), Column("saves a month", .reading(.stacked)),
      Column("of it", .text), Column("commonly said", .note), Column("promises", .text),
      Column("", .note),
    ]
    let settings = levers.prefix(8).map { outcome in
      Command(
        outcome.lever.name + ":",
        outcome.lever.settings.map { "--set " + ShellText.quoted($0) }.joined(separator: " "))
    }
    return Section(
      id: "levers", heading: "Levers",
      blocks: [
        .table(Table(id: "levers", columns: columns, rows: rows)),
        .notes([
          "Each is a variant of its own under the same random world, with paired 95 % intervals; "
            + "savings of several do not add up. Promises: the thresholds under the lever."
        ]), .only(.page, .commands(Array(settings))),
      ])
  }
}
