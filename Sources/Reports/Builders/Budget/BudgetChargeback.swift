import Experiments
import Pricing
import Quantities

/// Who bears the month: what each used, and a part of what nobody did.
enum BudgetChargeback {
  static func sections(_ results: Results) -> [Section?] {
    Chargeback.dimensions(results).map { dimension in
      Chargeback.table(results, by: dimension).flatMap { section($0) }
    }
  }

  private static func section(_ table: Chargeback) -> Section? {
    let total = table.rows.map(\.total).total()
    let unit = SharedMoney.unit(for: total)
    // All cells are parts of one total, so that rows and columns add as they are shown.
    let parts = table.rows.flatMap { [$0.direct, $0.idle, $0.shared] }
    let cents = SharedMoney.cents(parts)
    let shown = MoneyRounding.largestRemainder(cents.parts, total: cents.total, to: unit)
    func cell(_ places: [Int]) -> Cell {
      let exact = places.map { cents.parts[$0] }.total()
      let reading = Reading.observed(exact.dollars, .dollars("")).withDecimals(2)
      guard unit == .dollar else { return .reading(reading) }
      return .reading(reading.showing(places.map { shown[$0] }.total().dollars, decimals: 0))
    }
    let count = table.rows.count
    var rows = table.rows.indices.map { row in
      Row([
        .text(table.rows[row].owner),
        .text(table.rows[row].share.map { NumberText.fixed($0 * 100, decimals: 1) + " %" } ?? ""),
        cell([3 * row]), cell([3 * row + 1]), cell([3 * row + 2]),
        cell([3 * row, 3 * row + 1, 3 * row + 2]),
      ])
    }
    func column(_ offset: Int) -> [Int] { (0..<count).map { 3 * $0 + offset } }
    rows.append(
      Row(
        [
          "all", "", cell(column(0)), cell(column(1)), cell(column(2)),
          cell(Array(parts.indices)),
        ], .total))
    let isModel = table.dimension == "model"
    let columns = [
      Column(table.dimension, .label), Column("requests", .text),
      Column("direct", .reading(.value)), Column("idle", .reading(.value)),
      Column("shared", .reading(.value)), Column("a month", .reading(.value)),
    ]
    let direct =
      isModel
      ? "Direct: its training, labels, checks, and the busy time of the machines that serve it."
      : "Direct: busy machine time and calls, by share of requests."
    return Section(
      id: "chargeback-\(table.dimension)", heading: "Chargeback by \(table.dimension)",
      blocks: [
        .table(Table(id: "chargeback-\(table.dimension)", columns: columns, rows: rows)),
        .notes([
          direct + " Idle machines and what is shared: \(table.method.text).",
          "The sum is the expected month of the ledger.",
        ]),
      ])
  }
}
