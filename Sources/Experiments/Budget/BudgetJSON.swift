import Pricing
import Quantities
import Statistics
import Syntax

/// A budget forecast as JSON.
package enum BudgetJSON {
  /// The version of the file.
  package static let schemaVersion = 2

  package static func json(_ forecast: BudgetForecast) -> JSONValue {
    let results = forecast.results
    var members = [
      JSONMember("schemaVersion", .integer(schemaVersion)),
      JSONMember("currency", .string(results.cost.currency)),
      JSONMember("limitPerMonth", money(forecast.limit?.perMonth)),
      JSONMember("verdict", forecast.verdict.map { .string($0.rawValue) } ?? .null),
      JSONMember("probabilityOver", interval(forecast.probabilityOver)),
      JSONMember("probabilityAnyMonthOver", interval(forecast.probabilityAnyOver)),
      JSONMember("perMonth", figure(results.cost.perMonth)),
      JSONMember("total", figure(results.cost.total)),
      JSONMember("once", money(ReturnOnInvestment.oneOff(results))),
      JSONMember("unpriced", .integer(results.cost.unknown.count)),
      JSONMember("months", .array(forecast.months.map(month))),
      JSONMember("lines", .array(results.cost.lines.map(line))),
      JSONMember("units", .array(UnitEconomics(results).rows.map(unit))),
      JSONMember("bridge", forecast.bridge.map(bridge) ?? .null),
      JSONMember("beliefs", .array(BeliefDriver.all(results).map(belief))),
      JSONMember("commitments", .array(forecast.commitments.map(commitment))),
      JSONMember("spot", .array(SpotUse.all(results).map(spot))),
      JSONMember(
        "chargeback",
        .array(
          Chargeback.dimensions(results).compactMap { Chargeback.table(results, by: $0) }
            .map(chargeback))),
      JSONMember(
        "alerts",
        .array(
          forecast.limit.map { BudgetAlert.all(results, limit: $0.perMonth).map(alert) } ?? [])),
      JSONMember("worstMonth", WorstMonth.of(results).map(worst) ?? .null),
      JSONMember("returns", .array(ReturnOnInvestment.all(results).map(gain))),
      JSONMember("exit", exit(ExitCost.of(results))),
    ]
    if let drivers = forecast.drivers {
      members.append(JSONMember("drivers", .array(drivers.map(driver))))
    }
    if let levers = forecast.levers {
      members.append(JSONMember("levers", .array(levers.map(lever))))
    }
    return .object(members + [JSONMember("summary", SummaryJSON.json(results))])
  }

  private static func month(_ month: BudgetMonth) -> JSONValue {
    .object([
      JSONMember("month", .string(month.label)), JSONMember("covered", .number(month.covered)),
      JSONMember("expected", money(month.accrual.expected)),
      JSONMember("interval", interval(month.accrual.interval)),
      JSONMember("p10", money(month.p10)), JSONMember("p50", money(month.p50)),
      JSONMember("p90", money(month.p90)), JSONMember("cumulative", money(month.cumulative)),
      JSONMember("committed", money(month.committed)),
      JSONMember("variable", money(month.variable)), JSONMember("once", money(month.oneOff)),
      JSONMember("cash", money(month.cash.expected)),
      JSONMember("probabilityOver", interval(month.probabilityOver)),
    ])
  }

  private static func line(_ line: CostLine) -> JSONValue {
    .object([
      JSONMember("path", .array(line.path.map { .string($0) })),
      JSONMember("basis", .string(CostBasis(line) == .usage ? "usage" : "baseline")),
      JSONMember("quantity", .number(line.quantity)), JSONMember("unit", .string(line.unit)),
      JSONMember("expected", money(line.figure.expected)),
      JSONMember("interval", interval(line.figure.interval)),
    ])
  }

  private static func unit(_ row: UnitEconomics.Row) -> JSONValue {
    .object([
      JSONMember("unit", .string(row.unit)), JSONMember("average", figure(row.average)),
      JSONMember("marginal", row.marginal.map(figure) ?? .null),
    ])
  }

  private static func bridge(_ bridge: CostBridge) -> JSONValue {
    .object([
      JSONMember("from", .string(bridge.from)), JSONMember("to", .string(bridge.to)),
      JSONMember("before", money(bridge.before)), JSONMember("after", money(bridge.after)),
      JSONMember(
        "effects",
        .object(bridge.effects.map { JSONMember($0.driver.rawValue, money($0.amount)) })),
    ])
  }

  private static func belief(_ driver: BeliefDriver) -> JSONValue {
    .object([
      JSONMember("path", .string(driver.belief.path)),
      JSONMember("p10", .string(driver.belief.p10)), JSONMember("p90", .string(driver.belief.p90)),
      JSONMember("correlation", interval(driver.interval)),
      JSONMember("swing", money(driver.swing)),
    ])
  }

  private static func commitment(_ analysis: CommitmentAnalysis) -> JSONValue {
    .object([
      JSONMember("pool", .string(analysis.pool)), JSONMember("term", .string(analysis.term)),
      JSONMember("machines", .integer(analysis.machines)),
      JSONMember("committedPrice", money(analysis.committedPrice?.perUnit)),
      JSONMember("onDemandPrice", money(analysis.onDemandPrice?.perUnit)),
      JSONMember("coverage", .number(analysis.coverage)),
      JSONMember("utilisation", number(analysis.utilisation)),
      JSONMember("effectiveSavingsRate", number(analysis.savingsRate)),
      JSONMember("breakEvenUtilisation", number(analysis.breakEven)),
      JSONMember("unused", money(analysis.unused)),
      JSONMember("recommended", analysis.recommended.map { .integer($0) } ?? .null),
      JSONMember("saving", money(analysis.saving)),
      JSONMember(
        "regret",
        .array(
          analysis.regrets.map {
            .object([
              JSONMember("traffic", .number($0.factor)), JSONMember("present", money($0.present)),
              JSONMember("recommended", money($0.recommended)),
              JSONMember("best", .integer($0.best)),
            ])
          })),
    ])
  }

  private static func spot(_ use: SpotUse) -> JSONValue {
    .object([
      JSONMember("pool", .string(use.pool)), JSONMember("share", .number(use.share)),
      JSONMember("hoursPerMonth", .number(use.hours)),
      JSONMember("fallbackHoursPerMonth", .number(use.fallback)),
      JSONMember("price", money(use.price?.perUnit)),
      JSONMember("onDemandPrice", money(use.onDemandPrice?.perUnit)),
      JSONMember("saving", money(use.saving)),
      JSONMember("breakEvenLoss", number(use.breakEvenLoss)),
    ])
  }

  private static func chargeback(_ table: Chargeback) -> JSONValue {
    .object([
      JSONMember("by", .string(table.dimension)), JSONMember("method", .string(table.method.text)),
      JSONMember(
        "rows",
        .array(
          table.rows.map {
            .object([
              JSONMember("owner", .string($0.owner)), JSONMember("share", number($0.share)),
              JSONMember("direct", money($0.direct)), JSONMember("idle", money($0.idle)),
              JSONMember("shared", money($0.shared)), JSONMember("total", money($0.total)),
            ])
          })),
    ])
  }

  private static func alert(_ alert: BudgetAlert) -> JSONValue {
    .object([
      JSONMember("share", .number(alert.share)),
      JSONMember("month", alert.month.map { .string($0) } ?? .null),
      JSONMember("day", number(alert.day)),
      JSONMember("probability", interval(alert.probability)),
    ])
  }

  private static func worst(_ month: WorstMonth) -> JSONValue {
    .object([
      JSONMember("p99", money(month.amount)), JSONMember("month", .string(month.label)),
      JSONMember("replication", .integer(month.replication)),
      JSONMember(
        "causes",
        .object(month.causes.map { JSONMember($0.line, money($0.excess)) })),
    ])
  }

  private static func gain(_ gain: ReturnOnInvestment) -> JSONValue {
    .object([
      JSONMember("model", .string(gain.model)), JSONMember("baseline", .string(gain.baseline)),
      JSONMember("gainPerMonth", figure(gain.gain)), JSONMember("netPerMonth", figure(gain.net)),
      JSONMember("once", money(gain.oneOff)), JSONMember("paybackMonths", number(gain.payback)),
      JSONMember("ratio", number(gain.ratio)),
    ])
  }

  private static func exit(_ cost: ExitCost) -> JSONValue {
    let entries =
      cost.commitments.map { JSONMember("\($0.pool), \($0.option)", money($0.owed)) }
      + cost.declared.map { JSONMember($0.name, money($0.amount)) }
    return .object([
      JSONMember("total", money(cost.total)), JSONMember("parts", .object(entries)),
    ])
  }

  private static func driver(_ driver: SimulatedDriver) -> JSONValue {
    .object([
      JSONMember("path", .string(driver.input.path)),
      JSONMember("low", .string(driver.input.low)), JSONMember("high", .string(driver.input.high)),
      JSONMember("atLow", interval(driver.low)), JSONMember("atHigh", interval(driver.high)),
    ])
  }

  private static func lever(_ outcome: LeverOutcome) -> JSONValue {
    var members = [
      JSONMember("lever", .string(outcome.lever.name)),
      JSONMember("settings", .array(outcome.lever.settings.map { .string($0) })),
      JSONMember("ruleOfThumb", .string(outcome.lever.ruleOfThumb)),
    ]
    switch outcome.finding {
    case .simulated(let saving, let share, _, let verdict, let breaches):
      members += [
        JSONMember("saving", interval(saving)), JSONMember("share", .number(share)),
        JSONMember("verdict", .string(verdict.rawValue)),
        JSONMember("breaches", .array(breaches.map { .string($0) })),
      ]
    case .refused(let reason): members.append(JSONMember("refused", .string(reason)))
    }
    return .object(members)
  }

  private static func figure(_ figure: MoneyFigure) -> JSONValue {
    .object([
      JSONMember("expected", money(figure.expected)),
      JSONMember("interval", interval(figure.interval)),
      JSONMember("p10", number(figure.range?.p10)), JSONMember("p50", number(figure.range?.p50)),
      JSONMember("p90", number(figure.range?.p90)),
    ])
  }

  static func interval(_ interval: ConfidenceInterval?) -> JSONValue {
    guard let interval else { return .null }
    return .object([
      JSONMember("value", number(interval.estimate)), JSONMember("low", number(interval.low)),
      JSONMember("high", number(interval.high)),
    ])
  }

  static func money(_ money: Money?) -> JSONValue { money.map { .number($0.dollars) } ?? .null }

  static func number(_ value: Double?) -> JSONValue {
    guard let value, value.isFinite else { return .null }
    return .number(value)
  }
}
