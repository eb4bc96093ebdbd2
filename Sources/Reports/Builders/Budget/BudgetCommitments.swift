import Experiments
import Quantities

/// Commitments and spot: how well they fit the simulated demand.
enum BudgetCommitments {
  static func section(_ forecast: BudgetForecast) -> Section? {
    let all = forecast.commitments.filter { $0.recommended != nil || $0.machines > 0 }
    guard !all.isEmpty else { return nil }
    let rows = all.map { item in
      Row([
        .text("\(item.pool), \(item.term)"), .text("\(item.machines)"), share(item.coverage),
        share(item.utilisation), share(item.breakEven), share(item.savingsRate),
        amount(item.unused), .text(item.recommended.map { "\($0)" } ?? "unknown"),
        item.saving.map { amount($0) } ?? "unknown",
      ])
    }
    let columns = [
      Column("", .label), Column("now", .text), Column("covers", .text), Column("used", .text),
      Column("pays from", .text), Column("saves", .text), Column("idle", .reading(.value)),
      Column("best", .text), Column("would save", .reading(.value)),
    ]
    var notes = [
      "Covers: of the used hours. Used: of the committed hours; it pays from the share in the next "
        + "column. Saves: against the same hours on demand. Idle and would save: a month.",
      "Best: a machine is committed while more are asked for in a larger share of the simulated "
        + "time than committed price / on-demand price.",
    ]
    if all.contains(where: \.isCataloguePrice) {
      notes.append("A price that no ledger row has is that of the shipped catalogue.")
    }
    var blocks: [Block] = [
      .table(Table(id: "commitments", columns: columns, rows: rows)), .notes(notes),
    ]
    if let regrets = regrets(all) {
      blocks.append(regrets)
    } else if forecast.drivers == nil {
      blocks.append(.notes(["Regret at other traffic: --drivers simulates it."]))
    }
    return Section(id: "commitments", heading: "Commitments", blocks: blocks)
  }

  private static func regrets(_ all: [CommitmentAnalysis]) -> Block? {
    let rows = all.flatMap { item in
      item.regrets.map { regret in
        Row([
          .text("\(item.pool), \(item.term)"),
          .text(regret.factor < 1 ? "-30 %" : "+50 %"),
          amount(regret.present), amount(regret.recommended), .text("\(regret.best)"),
        ])
      }
    }
    guard !rows.isEmpty else { return nil }
    return .table(
      Table(
        id: "regret",
        caption:
          "Regret: what a month costs more than the best level, if other traffic comes (simulated)",
        columns: [
          Column("", .label), Column("traffic", .text), Column("now", .reading(.value)),
          Column("best level", .reading(.value)), Column("then best", .text),
        ], rows: rows))
  }

  static func spot(_ results: Results) -> Section? {
    let uses = SpotUse.all(results)
    guard !uses.isEmpty else { return nil }
    let rows = uses.map { use in
      Row([
        .text(use.pool), share(use.share), .text(QuantityFormatter.count(use.hours)),
        .text(QuantityFormatter.count(use.fallback)), price(use.price?.perUnit),
        price(use.onDemandPrice?.perUnit), use.saving.map { amount($0) } ?? "unknown",
        share(use.breakEvenLoss),
      ])
    }
    return Section(
      id: "spot", heading: "Spot",
      blocks: [
        .table(
          Table(
            id: "spot",
            columns: [
              Column("", .label), Column("of the hours", .text), Column("hours", .text),
              Column("fell back", .text), Column("price", .text), Column("on demand", .text),
              Column("saves", .reading(.value)), Column("until lost", .text),
            ], rows: rows)),
        .notes([
          "A month. Until lost: spot is the cheaper while a smaller share of its paid time is lost "
            + "to interruptions."
        ]),
      ])
  }

  private static func share(_ value: Double?) -> Cell {
    guard let value else { return "-" }
    return .text(NumberText.fixed(value * 100, decimals: 0) + " %")
  }

  private static func amount(_ money: Money) -> Cell {
    .reading(SharedMoney.observed(money.dollars, unit: SharedMoney.unit(for: money)))
  }

  private static func price(_ money: Money?) -> Cell {
    .text(money.map { UnitPriceText.of($0) } ?? "unknown")
  }
}
