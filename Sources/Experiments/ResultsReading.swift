import MLSystem
import Pricing
import Quantities
import Scenarios
import Statistics
import Syntax

/// Results from JSON; every part that is wrong is named by its path.
enum ResultsReading {
  typealias Problem = ResultsFile.Problem

  static func results(_ file: ResultsReader) throws(Problem) -> Results {
    var results = Results(
      identity: try identity(try file.part("identity")),
      figures: try file.list("figures", figure),
      distributions: try file.list("distributions", distribution),
      verdicts: try file.list("verdicts", verdict),
      counts: try file.list("counts", counts),
      cost: try cost(try file.part("cost")),
      series: try file.list("series", series),
      timeline: try file.list("timeline", entry),
      saturations: try file.list("saturations", saturation),
      earlyStops: try file.strings("earlyStops"),
      alarms: file.optional("alarms") == nil ? [] : try file.list("alarms", alarm),
      versions: file.optional("versions") == nil ? [] : try file.list("versions", VersionJSON.read),
      incidents: file.optional("incidents") == nil
        ? [] : try file.list("incidents", IncidentJSON.read))
    if let flow = file.optional("flow") { results.flow = try FlowStatementJSON.read(flow) }
    return results
  }

  private static func identity(_ part: ResultsReader) throws(Problem) -> Identity {
    let tool = try part.string("tool")
    guard let seed = UInt64(try part.string("seed")) else {
      throw part.problem("seed", "a whole number is wanted")
    }
    var budget: BudgetLimit?
    if let limit = part.optional("budget") {
      budget = BudgetLimit(
        perMonth: try limit.money("perMonth"), owner: limit.optional("owner")?.json.string)
    }
    var identity = Identity(
      title: try part.string("title"), file: try part.string("file"),
      variant: try part.string("variant"),
      variantTitle: part.optional("variantTitle")?.json.string,
      digest: try part.string("digest"), resolved: try part.string("resolved"),
      toolVersion: tool.split(separator: " ").last.map(String.init) ?? tool, seed: seed,
      replications: try part.integer("replications"), fidelity: try part.string("fidelity"),
      start: try part.civil("start"),
      horizon: Duration(nanoseconds: Int64(try part.integer("horizon_ns"))),
      warmUp: Duration(nanoseconds: Int64(try part.integer("warmUp_ns"))),
      defaults: try part.list("defaults", standard), warnings: try part.strings("warnings"),
      subjects: try part.list("subjects") { (item) throws(Problem) in
        Subject(
          kind: try item.choice("kind", as: Subject.Kind.self), name: try item.string("name"))
      }, budget: budget)
    if part.optional("fidelityReason") != nil {
      identity.fidelityReason = try part.string("fidelityReason")
    }
    if part.optional("settings") != nil { identity.settings = try part.strings("settings") }
    return identity
  }

  private static func metric(_ part: ResultsReader) throws(Problem) -> MetricName {
    var selector: MetricName.Selector?
    if let chosen = part.optional("selector") {
      selector = .init(
        dimension: try chosen.string("dimension"), value: try chosen.string("value"))
    }
    return MetricName(
      try part.string("subject"), try part.string("metric"), selector: selector)
  }

  private static func figure(_ part: ResultsReader) throws(Problem) -> Figure {
    guard let statistic = Statistic(text: try part.string("statistic")) else {
      throw part.problem("statistic", "it is not known")
    }
    let estimate = part.optional("value")?.json.double
    return Figure(
      name: try part.string("name"), metric: try metric(part), statistic: statistic,
      unit: try part.choice("unit", as: MetricUnit.self), estimate: estimate,
      interval: try interval(part.optional("interval"), around: estimate ?? 0),
      range: try range(part.optional("range")),
      values: try part.elements("replications").map(\.json.double))
  }

  private static func interval(
    _ part: ResultsReader?, around estimate: Double
  ) throws(Problem) -> ConfidenceInterval? {
    guard let part else { return nil }
    let level = try part.double("level")
    guard level > 0, level < 1 else { throw part.problem("level", "it lies between 0 and 1") }
    return ConfidenceInterval(
      estimate: estimate, low: part.optional("low")?.json.double ?? -.infinity,
      high: part.optional("high")?.json.double ?? .infinity, level: level)
  }

  private static func range(_ part: ResultsReader?) throws(Problem) -> OutcomeRange? {
    guard let part else { return nil }
    return OutcomeRange(
      p10: try part.double("p10"), p50: try part.double("p50"), p90: try part.double("p90"))
  }

  private static func verdict(_ part: ResultsReader) throws(Problem) -> Verdict {
    var runs: Verdict.RunShare?
    if let share = part.optional("runs") {
      runs = .init(
        held: try share.integer("held"), of: try share.integer("of"),
        low: try share.double("low"), high: try share.double("high"))
    }
    var observed: Figure?
    if let seen = part.optional("observed") { observed = try figure(seen) }
    return Verdict(
      threshold: try part.string("threshold"),
      outcome: try part.choice("verdict", as: Verdict.Outcome.self), observed: observed,
      runs: runs, detail: part.optional("detail")?.json.string)
  }

  private static func counts(_ part: ResultsReader) throws(Problem) -> RequestCounts {
    var counts = RequestCounts()
    counts.arrived = Int64(try part.integer("arrived"))
    counts.served = Int64(try part.integer("served"))
    counts.shed = Int64(try part.integer("shed"))
    counts.failed = Int64(try part.integer("failed"))
    counts.inFlight = Int64(try part.integer("inFlight"))
    counts.fallback = Int64(try part.integer("fallback"))
    if part.optional("predicted") != nil {
      counts.predicted = Int64(try part.integer("predicted"))
    }
    return counts
  }

  private static func money(_ part: ResultsReader) throws(Problem) -> MoneyFigure {
    let expected = try part.money("expected")
    return MoneyFigure(
      expected: expected,
      interval: try interval(part.optional("interval"), around: expected.dollars),
      range: try range(part.optional("range")),
      values: try part.list("replications") { (item) throws(Problem) in
        guard let money = item.json.string.flatMap({ Money.dollars($0) }) else {
          throw item.problem("", "an amount of dollars is wanted")
        }
        return money
      })
  }

  private static func cost(_ part: ResultsReader) throws(Problem) -> CostSummary {
    var perThousand: MoneyFigure?
    if let figure = part.optional("perThousand") { perThousand = try money(figure) }
    var perMillionTokens: MoneyFigure?
    if let figure = part.optional("perMillionTokens") { perMillionTokens = try money(figure) }
    var demands: [MachineDemand] = []
    if part.optional("demands") != nil {
      demands = try part.list("demands") { (item) throws(Problem) in
        MachineDemand(pool: try item.string("pool"), hours: try item.doubles("hours"))
      }
    }
    return CostSummary(
      currency: try part.string("currency"), basis: try part.string("basis"),
      lines: try part.list("lines") { (line) throws(Problem) in
        CostLine(
          path: try line.strings("path"), figure: try money(try line.part("money")),
          quantity: try line.double("quantity"), unit: try line.string("unit"))
      }, total: try money(try part.part("total")),
      perMonth: try money(try part.part("perMonth")), perThousand: perThousand,
      perMillionTokens: perMillionTokens,
      months: try part.list("months") { (month) throws(Problem) in
        CostMonth(
          label: try month.string("label"), covered: try month.double("covered"),
          figure: try money(try month.part("money")))
      },
      unknown: try part.list("unknown", unknown), prices: try part.list("prices", price),
      charges: try part.list("ledger", charge), demands: demands)
  }

  static func standard(_ item: ResultsReader) throws(Problem) -> AppliedDefault {
    AppliedDefault(path: try item.string("path"), value: try item.string("value"))
  }

  static func unknown(_ item: ResultsReader) throws(Problem) -> UnknownCost {
    UnknownCost(path: try item.strings("path"), reason: try item.string("reason"))
  }

  static func price(_ item: ResultsReader) throws(Problem) -> PriceUsed {
    PriceUsed(
      item: try item.string("item"), price: try item.string("price"),
      date: try item.string("date"), source: try item.string("source"))
  }

  private static func charge(_ part: ResultsReader) throws(Problem) -> Charge {
    var unitPrice: Money?
    if part.optional("unitPrice") != nil { unitPrice = try part.money("unitPrice") }
    var amount: Money?
    if part.optional("amount") != nil { amount = try part.money("amount") }
    return Charge(
      replication: try part.integer("replication"), month: try part.string("month"),
      resource: try part.string("resource"), category: try part.string("category"),
      kind: try part.string("kind"), option: try part.string("option"),
      quantity: try part.double("quantity"), unit: try part.string("unit"),
      unitPrice: unitPrice, amount: amount, priceRow: try part.string("priceRow"),
      priceDate: try part.string("priceDate"))
  }

  private static func saturation(_ part: ResultsReader) throws(Problem) -> JoinedSaturation {
    JoinedSaturation(
      service: try part.string("service"), replications: try part.integer("replications"),
      since: Instant(nanoseconds: Int64(try part.integer("since_ns"))),
      growth: try part.double("growth_per_s"),
      isBounded: part.optional("isBounded")?.json.bool ?? false)
  }

  private static func series(_ part: ResultsReader) throws(Problem) -> JoinedSeries {
    JoinedSeries(
      name: try metric(part), unit: try part.choice("unit", as: MetricUnit.self),
      step: Duration(nanoseconds: Int64(try part.integer("step_ns"))),
      mean: try part.doubles("mean"), low: try part.doubles("p10"), high: try part.doubles("p90"))
  }

  private static func entry(_ part: ResultsReader) throws(Problem) -> JoinedTimelineEntry {
    JoinedTimelineEntry(
      replication: try part.integer("replication"),
      entry: TimelineEntry(
        at: Instant(nanoseconds: Int64(try part.integer("at_ns"))),
        kind: try part.choice("kind", as: TimelineEntry.Kind.self),
        subject: try part.string("subject"), detail: try part.string("detail")))
  }

  private static func alarm(_ part: ResultsReader) throws(Problem) -> JoinedAlarm {
    var until: Instant?
    if part.optional("until_ns") != nil {
      until = Instant(nanoseconds: Int64(try part.integer("until_ns")))
    }
    var feature: Int?
    if part.optional("feature") != nil { feature = try part.integer("feature") }
    return JoinedAlarm(
      replication: try part.integer("replication"),
      alarm: AlarmRecord(
        at: Instant(nanoseconds: Int64(try part.integer("at_ns"))), until: until,
        model: try part.string("model"), monitor: try part.string("monitor"), feature: feature,
        statistic: try part.string("statistic"), value: try part.double("value"),
        threshold: try part.double("threshold"),
        severity: try part.choice("severity", as: MonitorPlan.Severity.self),
        isTrue: part.optional("isTrue")?.json.bool ?? false))
  }

  private static func distribution(_ part: ResultsReader) throws(Problem) -> PooledDistribution {
    do {
      return PooledDistribution(
        metric: try metric(part), unit: try part.choice("unit", as: MetricUnit.self),
        histogram: try LogHistogram(text: try part.string("histogram")))
    } catch let problem as Problem {
      throw problem
    } catch {
      throw part.problem("histogram", "it is not the text of a histogram")
    }
  }
}
