import MLSystem
import Pricing
import Quantities
import Scenarios
import Statistics
import Syntax

/// Results as JSON, key by key in a fixed order.
enum ResultsWriting {
  static func json(_ results: Results) -> JSONValue {
    let alarms =
      results.alarms.isEmpty
      ? [] : [JSONMember("alarms", .array(results.alarms.map(alarm)))]
    let versions =
      results.versions.isEmpty
      ? [] : [JSONMember("versions", .array(results.versions.map(VersionJSON.json)))]
    let incidents =
      results.incidents.isEmpty
      ? [] : [JSONMember("incidents", .array(results.incidents.map(IncidentJSON.json)))]
    let flow = results.flow.map { [JSONMember("flow", FlowStatementJSON.json($0))] } ?? []
    return .object(
      [
        JSONMember("schemaVersion", .integer(Results.schemaVersion)),
        JSONMember("identity", identity(results.identity)),
        JSONMember("verdicts", .array(results.verdicts.map(verdict))),
        JSONMember("figures", .array(results.figures.map(figure))),
        JSONMember("cost", cost(results.cost)),
        JSONMember("counts", .array(results.counts.map(counts))),
        JSONMember("saturations", .array(results.saturations.map(saturation))),
        JSONMember("earlyStops", strings(results.earlyStops)),
        JSONMember("series", .array(results.series.map(series))),
        JSONMember("timeline", .array(results.timeline.map(entry))),
        JSONMember("distributions", .array(results.distributions.map(distribution))),
      ] + alarms + versions + incidents + flow)
  }

  private static func identity(_ identity: Identity) -> JSONValue {
    let settings =
      identity.settings.isEmpty
      ? [] : [JSONMember("settings", .array(identity.settings.map { .string($0) }))]
    let reason =
      identity.fidelityReason.isEmpty
      ? [] : [JSONMember("fidelityReason", .string(identity.fidelityReason))]
    return .object(
      [
        JSONMember("tool", .string("towtank \(identity.toolVersion)")),
        JSONMember("title", .string(identity.title)),
        JSONMember("file", .string(identity.file)),
        JSONMember("variant", .string(identity.variant)),
        JSONMember("variantTitle", optional(identity.variantTitle)),
        JSONMember("digest", .string(identity.digest)),
        JSONMember("seed", .string(String(identity.seed))),
        JSONMember("replications", .integer(identity.replications)),
        JSONMember("fidelity", .string(identity.fidelity)),
        JSONMember("start", .string(identity.start.description)),
        JSONMember("horizon_ns", .integer(Int(identity.horizon.nanoseconds))),
        JSONMember("warmUp_ns", .integer(Int(identity.warmUp.nanoseconds))),
        JSONMember(
          "budget",
          identity.budget.map {
            .object([
              JSONMember("perMonth", money($0.perMonth)), JSONMember("owner", optional($0.owner)),
            ])
          } ?? .null),
        JSONMember(
          "subjects",
          .array(
            identity.subjects.map {
              .object([
                JSONMember("kind", .string($0.kind.rawValue)), JSONMember("name", .string($0.name)),
              ])
            })),
        JSONMember("warnings", strings(identity.warnings)),
        JSONMember("defaults", defaults(identity.defaults)),
        JSONMember("resolved", .string(identity.resolved)),
      ] + settings + reason)
  }

  static func defaults(_ defaults: [AppliedDefault]) -> JSONValue {
    .array(
      defaults.map {
        .object([JSONMember("path", .string($0.path)), JSONMember("value", .string($0.value))])
      })
  }

  static func metric(_ metric: MetricName) -> [JSONMember] {
    var members = [JSONMember("subject", .string(metric.subject))]
    if let selector = metric.selector {
      members.append(
        JSONMember(
          "selector",
          .object([
            JSONMember("dimension", .string(selector.dimension)),
            JSONMember("value", .string(selector.value)),
          ])))
    }
    return members + [JSONMember("metric", .string(metric.metric))]
  }

  static func figure(_ figure: Figure) -> JSONValue {
    .object(
      [JSONMember("name", .string(figure.name))] + metric(figure.metric) + [
        JSONMember("statistic", .string(figure.statistic.description)),
        JSONMember("unit", .string(figure.unit.rawValue)),
        JSONMember("value", number(figure.estimate)),
        JSONMember("interval", interval(figure.interval)),
        JSONMember("range", range(figure.range)),
        JSONMember("replications", .array(figure.values.map(number))),
      ])
  }

  private static func verdict(_ verdict: Verdict) -> JSONValue {
    .object([
      JSONMember("threshold", .string(verdict.threshold)),
      JSONMember("verdict", .string(verdict.outcome.rawValue)),
      JSONMember("observed", verdict.observed.map(figure) ?? .null),
      JSONMember(
        "runs",
        verdict.runs.map {
          .object([
            JSONMember("held", .integer($0.held)), JSONMember("of", .integer($0.of)),
            JSONMember("low", .number($0.low)), JSONMember("high", .number($0.high)),
          ])
        } ?? .null),
      JSONMember("detail", optional(verdict.detail)),
    ])
  }

  private static func counts(_ counts: RequestCounts) -> JSONValue {
    var members = [
      JSONMember("arrived", .integer(Int(counts.arrived))),
      JSONMember("served", .integer(Int(counts.served))),
      JSONMember("shed", .integer(Int(counts.shed))),
      JSONMember("failed", .integer(Int(counts.failed))),
      JSONMember("inFlight", .integer(Int(counts.inFlight))),
      JSONMember("fallback", .integer(Int(counts.fallback))),
    ]
    if counts.predicted > 0 {
      members.append(JSONMember("predicted", .integer(Int(counts.predicted))))
    }
    return .object(members)
  }

  private static func cost(_ cost: CostSummary) -> JSONValue {
    .object([
      JSONMember("currency", .string(cost.currency)),
      JSONMember("basis", .string(cost.basis)),
      JSONMember("total", moneyFigure(cost.total)),
      JSONMember("perMonth", moneyFigure(cost.perMonth)),
      JSONMember("perThousand", cost.perThousand.map(moneyFigure) ?? .null),
      JSONMember("perMillionTokens", cost.perMillionTokens.map(moneyFigure) ?? .null),
      JSONMember(
        "lines",
        .array(
          cost.lines.map {
            .object([
              JSONMember("path", strings($0.path)),
              JSONMember("quantity", .number($0.quantity)), JSONMember("unit", .string($0.unit)),
              JSONMember("money", moneyFigure($0.figure)),
            ])
          })),
      JSONMember(
        "months",
        .array(
          cost.months.map {
            .object([
              JSONMember("label", .string($0.label)), JSONMember("covered", .number($0.covered)),
              JSONMember("money", moneyFigure($0.figure)),
            ])
          })),
      JSONMember("unknown", .array(cost.unknown.map(unknown))),
      JSONMember("prices", .array(cost.prices.map(price))),
      JSONMember("ledger", .array(cost.charges.map(charge))),
      JSONMember(
        "demands",
        .array(
          cost.demands.map {
            .object([
              JSONMember("pool", .string($0.pool)),
              JSONMember("hours", .array($0.hours.map { .number($0) })),
            ])
          })),
    ])
  }

  static func unknown(_ item: UnknownCost) -> JSONValue {
    .object([
      JSONMember("path", strings(item.path)), JSONMember("reason", .string(item.reason)),
    ])
  }

  static func price(_ price: PriceUsed) -> JSONValue {
    .object([
      JSONMember("item", .string(price.item)), JSONMember("price", .string(price.price)),
      JSONMember("date", .string(price.date)), JSONMember("source", .string(price.source)),
    ])
  }

  private static func charge(_ charge: Charge) -> JSONValue {
    .object([
      JSONMember("replication", .integer(charge.replication)),
      JSONMember("month", .string(charge.month)),
      JSONMember("resource", .string(charge.resource)),
      JSONMember("category", .string(charge.category)),
      JSONMember("kind", .string(charge.kind)), JSONMember("option", .string(charge.option)),
      JSONMember("quantity", .number(charge.quantity)), JSONMember("unit", .string(charge.unit)),
      JSONMember("unitPrice", charge.unitPrice.map(money) ?? .null),
      JSONMember("amount", charge.amount.map(money) ?? .null),
      JSONMember("priceRow", .string(charge.priceRow)),
      JSONMember("priceDate", .string(charge.priceDate)),
    ])
  }

  private static func moneyFigure(_ figure: MoneyFigure) -> JSONValue {
    .object([
      JSONMember("expected", money(figure.expected)),
      JSONMember("interval", interval(figure.interval)),
      JSONMember("range", range(figure.range)),
      JSONMember("replications", .array(figure.values.map(money))),
    ])
  }

  private static func saturation(_ saturation: JoinedSaturation) -> JSONValue {
    .object([
      JSONMember("service", .string(saturation.service)),
      JSONMember("replications", .integer(saturation.replications)),
      JSONMember("since_ns", .integer(Int(saturation.since.nanoseconds))),
      JSONMember("growth_per_s", .number(saturation.growth)),
      JSONMember("isBounded", .bool(saturation.isBounded)),
    ])
  }

  private static func series(_ series: JoinedSeries) -> JSONValue {
    .object(
      metric(series.name) + [
        JSONMember("unit", .string(series.unit.rawValue)),
        JSONMember("step_ns", .integer(Int(series.step.nanoseconds))),
        JSONMember("mean", .array(series.mean.map { .number($0) })),
        JSONMember("p10", .array(series.low.map { .number($0) })),
        JSONMember("p90", .array(series.high.map { .number($0) })),
      ])
  }

  private static func alarm(_ joined: JoinedAlarm) -> JSONValue {
    let alarm = joined.alarm
    return .object([
      JSONMember("replication", .integer(joined.replication)),
      JSONMember("at_ns", .integer(Int(alarm.at.nanoseconds))),
      JSONMember("until_ns", alarm.until.map { .integer(Int($0.nanoseconds)) } ?? .null),
      JSONMember("model", .string(alarm.model)), JSONMember("monitor", .string(alarm.monitor)),
      JSONMember("feature", alarm.feature.map { .integer($0) } ?? .null),
      JSONMember("statistic", .string(alarm.statistic)),
      JSONMember("value", .number(alarm.value)),
      JSONMember("threshold", .number(alarm.threshold)),
      JSONMember("severity", .string(alarm.severity.rawValue)),
      JSONMember("isTrue", .bool(alarm.isTrue)),
    ])
  }

  private static func entry(_ joined: JoinedTimelineEntry) -> JSONValue {
    .object([
      JSONMember("replication", .integer(joined.replication)),
      JSONMember("at_ns", .integer(Int(joined.entry.at.nanoseconds))),
      JSONMember("kind", .string(joined.entry.kind.rawValue)),
      JSONMember("subject", .string(joined.entry.subject)),
      JSONMember("detail", .string(joined.entry.detail)),
    ])
  }

  private static func distribution(_ distribution: PooledDistribution) -> JSONValue {
    .object(
      metric(distribution.metric) + [
        JSONMember("unit", .string(distribution.unit.rawValue)),
        JSONMember("histogram", .string(distribution.histogram.text)),
      ])
  }

  static func interval(_ interval: ConfidenceInterval?) -> JSONValue {
    guard let interval else { return .null }
    return .object([
      JSONMember("low", number(interval.low)), JSONMember("high", number(interval.high)),
      JSONMember("level", .number(interval.level)),
    ])
  }

  private static func range(_ range: OutcomeRange?) -> JSONValue {
    guard let range else { return .null }
    return .object([
      JSONMember("p10", .number(range.p10)), JSONMember("p50", .number(range.p50)),
      JSONMember("p90", .number(range.p90)),
    ])
  }

  /// Dollars as an exact decimal in a text, because JSON numbers are read as doubles.
  static func money(_ money: Money) -> JSONValue {
    .string(String(QuantityFormatter.exact(money).filter { $0 != "$" }))
  }

  private static func strings(_ texts: [String]) -> JSONValue {
    .array(texts.map { .string($0) })
  }

  private static func optional(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }

  /// Null for what was not observed and for an end that is not bounded.
  static func number(_ value: Double?) -> JSONValue {
    guard let value, value.isFinite else { return .null }
    return .number(value)
  }
}
