import Experiments
import Quantities

/// What one more of something costs, beside what one costs on average.
enum BudgetUnits {
  static func section(_ results: Results) -> Section? {
    let rows = UnitEconomics(results).rows
    guard !rows.isEmpty else { return nil }
    let columns = [
      Column("", .label), Column("average", .reading(.interval)),
      Column("marginal", .reading(.value)), Column("", .note),
    ]
    let lines = rows.map { row in
      Row([
        .text("per \(row.unit)"), .reading(Reading(row.average)),
        row.marginal.map { .reading(Reading($0)) } ?? "", .text(row.note),
      ])
    }
    var blocks: [Block] = [.table(Table(id: "unit-costs", columns: columns, rows: lines))]
    if rows.contains(where: { $0.marginal != nil }) {
      blocks.append(
        .notes([
          "Marginal: the lines that follow use (*), by what was answered: what more answers cost "
            + "until a commitment, a fixed price or a fixed fleet has to grow."
        ]))
    }
    return Section(id: "unit-costs", heading: "Unit costs", blocks: blocks)
  }
}
