import Experiments
import Quantities
import Statistics

/// The budget: what the months will cost, against which limit, from which lines and prices.
package enum BudgetReport {
  /// The report of a forecast; a pure function of it.
  package static func report(_ forecast: BudgetForecast) -> Report {
    let results = forecast.results
    let cost = results.cost
    guard !cost.lines.isEmpty || !cost.unknown.isEmpty else {
      return Report(
        title: title(results.identity),
        banner: Banner(
          verdict: nil, sentence: "Nothing in this scenario is bought: no cost is declared."),
        sections: [reproduction(forecast)])
    }
    let sections: [Section?] = [
      limit(forecast), BudgetMonthSections.months(forecast), BudgetMonthSections.parts(forecast),
      CostTree.section(cost), BudgetUnits.section(results), unknown(cost),
      BudgetDrivers.bridge(forecast), BudgetDrivers.beliefs(forecast),
      BudgetDrivers.simulated(forecast), BudgetCommitments.section(forecast),
      BudgetCommitments.spot(results), BudgetLevers.section(forecast),
    ]
    let rest: [Section?] = [
      BudgetRisks.section(forecast), BudgetRisks.returns(results),
      BudgetRisks.criteria(results), BudgetRisks.exit(results),
      next(forecast), AssumptionSections.prices(cost), AssumptionSections.assumptions(results),
      reproduction(forecast),
    ]
    let all = sections + BudgetChargeback.sections(results) + rest
    return Report(
      title: title(results.identity),
      banner: Banner(
        verdict: forecast.verdict, sentence: sentence(forecast), basis: basis(forecast)),
      sections: all.compactMap { $0 })
  }

  private static func title(_ identity: Identity) -> String {
    "Budget of \(identity.file)" + (identity.variant == "base" ? "" : ", \(identity.variant)")
  }

  /// The expected month in whole cents, as all lines add up to it.
  private static func month(_ cost: CostSummary) -> Reading {
    SharedMoney.readings(cost.lines.map(\.figure), total: cost.perMonth).total
  }

  private static func sentence(_ forecast: BudgetForecast) -> String {
    let cost = forecast.results.cost
    let text = month(cost).text
    let least = cost.unknown.isEmpty ? "" : "at least "
    let expected = "A month is expected to cost \(least)\(text.value) \(text.interval)"
    guard let limit = forecast.limit else { return expected + "; no limit is declared." }
    let against = "\(expected) against a limit of \(dollars(limit.perMonth))"
    switch forecast.verdict {
    case .met?: return "WITHIN: \(against)."
    case .breached?: return "OVER: \(against)."
    case .undecided?:
      let reason =
        cost.unknown.isEmpty ? "the interval holds the limit" : "not everything has a price"
      return "NOT DECIDED: \(against): \(reason)."
    case nil: return against + "."
    }
  }

  /// Whole dollars where there are no cents.
  private static func dollars(_ money: Money) -> String {
    let cents = money.roundedToCents
    let isWhole = cents.rounded(to: .dollar) == cents
    return QuantityFormatter.money(cents, decimals: isWhole ? 0 : 2)
  }

  private static func basis(_ forecast: BudgetForecast) -> [String] {
    let results = forecast.results
    let cost = results.cost
    var lines = Array(RunReport.basis(results).prefix(1))
    lines.append(
      "\(cost.currency), \(cost.basis). P10-P90: what may come, from chance in traffic, drift "
        + "and failures and from the scenario's beliefs")
    let priced = cost.unknown.isEmpty ? "everything has a price" : "\(cost.unknown.count) unpriced"
    lines.append("\(results.identity.defaults.count) defaults assumed; \(priced)")
    return lines
  }

  private static func limit(_ forecast: BudgetForecast) -> Section? {
    let cost = forecast.results.cost
    var rows = [Highlight("expected month", month(cost))]
    let unit = SharedMoney.unit(for: cost.perMonth.expected)
    if let range = cost.perMonth.range, !cost.perMonth.isExact {
      for (label, value) in [("P10", range.p10), ("P50", range.p50), ("P90", range.p90)] {
        rows.append(Highlight("\(label) of a month", SharedMoney.observed(value, unit: unit)))
      }
    }
    if let limit = forecast.limit {
      let owner = limit.owner.map { "owner \($0)" } ?? ""
      var reading = SharedMoney.observed(limit.perMonth.dollars, unit: unit)
      reading.certainty = .exact
      rows.append(Highlight("limit", reading, remark: owner))
      let room = limit.perMonth - cost.perMonth.expected
      let word = room < .zero ? "over the limit by" : "room under the limit"
      rows.append(
        Highlight(
          word, SharedMoney.observed(room.magnitude.dollars, unit: unit),
          remark: "by the expected value"))
    }
    let isLong = forecast.months.count > 1
    for (label, chance) in [
      ("runs over the limit", forecast.probabilityOver),
      ("runs with a month over", isLong ? forecast.probabilityAnyOver : nil),
    ] {
      guard let chance else { continue }
      rows.append(Highlight(label, .simulated(chance.estimate, .init(chance), .ratio)))
    }
    let once = ReturnOnInvestment.oneOff(forecast.results)
    if once > .zero {
      rows.append(
        Highlight(
          "paid once", SharedMoney.observed(once.dollars, unit: unit), remark: "in no mean month"))
    }
    return Section(id: "headline", heading: "Headline", blocks: [.highlights(rows)])
  }

  private static func unknown(_ cost: CostSummary) -> Section? {
    guard !cost.unknown.isEmpty else { return nil }
    let rows = cost.unknown.map {
      Row([
        .text(PathText.label($0.path)), .reading(.unknown(.dollars(""))), .text($0.reason),
      ])
    }
    let columns = [Column("", .label), Column("cost", .reading(.value)), Column("", .note)]
    return Section(
      id: "unpriced", heading: "Without a price",
      blocks: [
        .table(Table(id: "unpriced", columns: columns, rows: rows)),
        .notes(["None of this is in any sum above: it is unknown, not zero."]),
      ])
  }

  private static func next(_ forecast: BudgetForecast) -> Section {
    let identity = forecast.results.identity
    let command = self.command(identity)
    var commands: [Command] = []
    if identity.replications < 10 {
      commands.append(Command("For P10 to P90:", "\(command) --replications 10"))
    } else if forecast.verdict == .undecided, forecast.results.cost.unknown.isEmpty {
      commands.append(
        Command(
          "To decide, with intervals half as wide:",
          "\(command) --replications \(identity.replications * 4)"))
    }
    if forecast.levers == nil {
      commands.append(
        Command("What would save money, each simulated:", "\(command) --levers"))
    }
    if forecast.drivers == nil {
      commands.append(
        Command("What moves it, each input down and up:", "\(command) --drivers"))
    }
    commands.append(
      Command(
        "The page and the tables as CSV:", "\(command) --out reports/\(NextSection.name(identity))")
    )
    let standing = AssumptionSections.summary(forecast.results)
    return Section(
      id: "next", heading: "Next", layout: .hanging,
      blocks: [.commands(commands)] + standing.map { .only(.terminal, .paragraph($0)) })
  }

  private static func command(_ identity: Identity) -> String {
    "towtank budget \(ShellText.quoted(identity.file))" + NextSection.options(identity)
  }

  private static func reproduction(_ forecast: BudgetForecast) -> Section {
    let identity = forecast.results.identity
    let options = forecast.options.map { " " + ShellText.quoted($0) }.joined()
    return AssumptionSections.reproduction(identity, command: command(identity) + options)
  }
}
