import Experiments
import MLSystem
import Quantities
import Reports
import Scenarios
import Statistics

/// Joined results of an invented system: two routes, three services, a model that drifts.
enum SampleResults {
  static let replications = 10

  /// Ten values around a centre, the same for equal arguments.
  static func values(_ centre: Double, _ spread: Double) -> [Double] {
    // Arms share most of their chance, and each has a little of its own.
    let own = [0.1, -0.2, 0.15, 0, -0.1, 0.2, -0.15, 0.05, -0.1, 0.05]
    let share = centre.truncatingRemainder(dividingBy: 0.37)
    return zip([-0.9, 0.4, 1.3, -1.1, 0.2, 0.8, -0.3, -1.4, 0.7, 0.3], own).map {
      centre + ($0 + $1 * share) * spread
    }
  }

  static func range(of values: [Double]) -> OutcomeRange {
    let sorted = values.sorted()
    return OutcomeRange(
      p10: quantile(0.1, ofSorted: sorted), p50: quantile(0.5, ofSorted: sorted),
      p90: quantile(0.9, ofSorted: sorted))
  }

  static func figure(
    _ subject: String, _ metric: String, _ statistic: Statistic = .value, _ unit: MetricUnit,
    _ centre: Double, _ spread: Double
  ) -> Figure {
    let values = values(centre, spread)
    let name = MetricName(subject, metric)
    let suffix = statistic.description
    return Figure(
      name: suffix.isEmpty ? name.description : "\(name).\(suffix)", metric: name,
      statistic: statistic, unit: unit, estimate: values.reduce(0, +) / 10,
      interval: .ofMean(values, level: 0.95), range: range(of: values), values: values)
  }

  static func money(_ centre: Double, _ spread: Double) -> MoneyFigure {
    let dollars = values(centre, spread)
    let amounts = dollars.compactMap { Money(dollars: $0) }
    let mean = Money(picodollars: amounts.total().picodollars / 10).rounded(to: .nanodollar)
    return MoneyFigure(
      expected: mean, interval: .ofMean(dollars, level: 0.95), range: range(of: dollars),
      values: amounts)
  }

  static func cost(serving: Double) -> CostSummary {
    let lines = [
      CostLine(
        path: ["serving", "ranker", "on demand"], figure: money(serving, 40), quantity: 3_477.4,
        unit: "instance-hours"),
      CostLine(
        path: ["serving", "ranker", "committed"], figure: money(501.123_456, 0), quantity: 2_232,
        unit: "instance-hours"),
      CostLine(
        path: ["serving", "features", "fixed"], figure: money(480, 0), quantity: 1, unit: "month"),
      CostLine(
        path: ["training", "clicks", "spot"], figure: money(212.333_333, 20), quantity: 310,
        unit: "instance-hours"),
    ]
    var perMonth = money(serving + 1_193.456_789, 60)
    perMonth.expected = lines.map(\.figure.expected).total()
    var total = money(3_901.008, 130)
    total.expected = money(2_600.004, 80).expected + money(1_301.004, 55).expected
    return CostSummary(
      basis: "scaled from 30 d to a month of 31 d", lines: lines, total: total,
      perMonth: perMonth, perThousand: money(0.000_29, 0.000_01),
      months: [
        CostMonth(label: "2027-01", covered: 1, figure: money(2_600.004, 80)),
        CostMonth(label: "2027-02", covered: 0.5, figure: money(1_301.004, 55)),
      ],
      unknown: [
        UnknownCost(
          path: ["labels", "clicks", "fixed"], reason: "no price: tasks.click.labels.price")
      ],
      prices: [
        PriceUsed(
          item: "m7i.2xlarge, on demand", price: "$0.4032 per hour", date: "2026-07-20",
          source: "AWS price list, us-east-1")
      ])
  }

  static let subjects = [
    Subject(kind: .route, name: "ctr"), Subject(kind: .modelServer, name: "ranker"),
    Subject(kind: .lookup, name: "features"), Subject(kind: .model, name: "clicks"),
    Subject(kind: .objective, name: "up"),
  ]

  static func identity(_ variant: String = "base", _ title: String? = nil) -> Identity {
    Identity(
      title: "Click ranking at 5,000 requests/s for $5k a month: does it meet its criteria?",
      file: "scenarios/ctr-ranking.json5", variant: variant, variantTitle: title,
      digest: "4f1c2a", resolved: "{}", toolVersion: "0.1.0", seed: 1,
      replications: replications,
      start: CalendarInstant(year: 2027, month: 1, day: 4), horizon: .days(30), warmUp: .zero,
      defaults: [
        AppliedDefault(path: "failures", value: "none"),
        AppliedDefault(path: "services.ranker.ready", value: "30 s"),
        AppliedDefault(path: "services.ranker.queue.limit", value: "none"),
        AppliedDefault(path: "routes.ctr.balancer", value: "round-robin"),
      ],
      warnings: [], subjects: subjects,
      budget: BudgetLimit(perMonth: .dollars(5_000), owner: "ads-platform"))
  }

  static func figures(latency: Double, cost: CostSummary) -> [Figure] {
    [
      figure("ctr", "requests", .value, .perSecond, 3_430, 25),
      figure("ctr", "latency", .quantile(0.5), .seconds, 0.006_9, 0.000_1),
      figure("ctr", "latency", .quantile(0.99), .seconds, latency, 0.024),
      figure("ctr", "availability", .value, .share, 0.999_1, 0.000_5),
      figure("ctr", "shed", .value, .share, 0.000_4, 0.000_1),
      figure("ctr", "timeouts", .value, .share, 0, 0),
      figure("ranker", "replicas", .value, .count, 6.8, 0.15),
      figure("ranker", "busy", .value, .share, 0.52, 0.013),
      figure("ranker", "wait", .quantile(0.99), .seconds, 0.031, 0.002),
      figure("ranker", "availability", .value, .share, 0.997, 0.001),
      figure("features", "calls", .value, .perSecond, 3_402, 24),
      figure("clicks", "auc", .value, .score, 0.853, 0.003),
      figure("clicks", "auc.worst-day", .value, .score, 0.831, 0.008),
      figure("clicks", "detection-delay", .value, .seconds, 34_200, 12_000),
      figure("clicks", "retrainings", .value, .count, 4, 0),
      figure("up", "attainment", .value, .share, 0.999_1, 0.000_5),
      Figure(
        name: "cost.perMonth", metric: MetricName("cost", "perMonth"), statistic: .value,
        unit: .dollars, estimate: cost.perMonth.expected.dollars,
        interval: cost.perMonth.interval, range: cost.perMonth.range,
        values: cost.perMonth.values.map(\.dollars)),
    ]
  }

  static func histogram(_ median: Double) -> LogHistogram {
    var histogram = LogHistogram()
    // A law with a heavy tail, by its quantile function at ten thousand equal steps.
    for step in 0..<10_000 {
      let share = (Double(step) + 0.5) / 10_000
      histogram.add(Int64(median * 1e9 * (0.4 + 0.6 * share / (1 - share * 0.98))))
    }
    return histogram
  }

  static var series: [JoinedSeries] {
    func day(_ low: Double, _ high: Double) -> [Double] {
      (0..<720).map { hour in
        let phase = Double((hour + 4) % 24)
        return low + (high - low) * (1 - ((phase - 20) / 20).magnitude)
      }
    }
    func series(
      _ subject: String, _ metric: String, _ unit: MetricUnit, _ mean: [Double]
    ) -> JoinedSeries {
      JoinedSeries(
        name: MetricName(subject, metric), unit: unit, step: .hours(1), mean: mean,
        low: mean.map { $0 * 0.93 }, high: mean.map { $0 * 1.09 })
    }
    return [
      series("ctr", "requests", .perSecond, day(900, 5_920)),
      series("ranker", "replicas", .count, day(4, 13.6)),
      series("ranker", "busy", .share, day(0.3, 0.88)),
      series(
        "clicks", "auc", .score, (0..<720).map { 0.87 - Double($0 % 168) * 0.000_2 }),
    ]
  }

  static var timeline: [JoinedTimelineEntry] {
    func entry(
      _ days: Double, _ kind: TimelineEntry.Kind, _ subject: String, _ detail: String
    ) -> JoinedTimelineEntry {
      JoinedTimelineEntry(
        replication: 0,
        entry: TimelineEntry(
          at: .start + .days(days), kind: kind, subject: subject, detail: detail))
    }
    return [
      entry(3.2, .crash, "ranker", "replica 2"), entry(3.7, .recovery, "ranker", "replica 2"),
      entry(7, .training, "clicks", "weekly"), entry(7.2, .rollout, "clicks", "to 10 %"),
      entry(14, .training, "clicks", "weekly"), entry(14.3, .rollback, "clicks", "errors"),
      entry(21.5, .crash, "ranker", "replica 5"),
    ]
  }

  static func results(
    variant: String = "base", latency: Double = 0.188, serving: Double = 1_402.111_111,
    saturated: Bool = false
  ) -> Results {
    let cost = cost(serving: serving)
    let figures = figures(latency: latency, cost: cost)
    func observed(_ name: String) -> Figure? { figures.first { $0.name == name } }
    var verdicts = [
      Verdict(
        threshold: "ctr.latency.p50 < 100 ms", outcome: .met,
        observed: observed("ctr.latency.p50")),
      Verdict(
        threshold: "ctr.latency.p99 < 150 ms in every 1h after 14d",
        outcome: latency < 0.15 ? .met : .breached, observed: observed("ctr.latency.p99"),
        detail: "worst window: from 22d 20:00"),
      Verdict(
        threshold: "ctr.availability >= 99.9 %", outcome: .undecided,
        observed: observed("ctr.availability"), detail: "the interval holds the limit"),
      Verdict(
        threshold: "cost.perMonth < $5k in 90 % of runs", outcome: .met,
        observed: observed("cost.perMonth"),
        runs: .init(held: 10, of: 10, low: 0.692, high: 1)),
    ]
    var saturations: [JoinedSaturation] = []
    if saturated {
      saturations = [
        JoinedSaturation(
          service: "ranker", replications: 10, since: .start + .hours(8.25), growth: 21_400)
      ]
      verdicts.append(
        Verdict(
          threshold: "ranker keeps up", outcome: .breached,
          detail: "overloaded from 08:15: the queue grows by 21,400 requests a second "
            + "(10 of 10 runs)"))
    }
    var counts = RequestCounts()
    counts.arrived = 8_890_000_000
    return Results(
      identity: identity(variant), figures: figures,
      distributions: [
        PooledDistribution(
          metric: MetricName("ctr", "latency"), unit: .seconds, histogram: histogram(0.006_9))
      ],
      verdicts: verdicts, counts: Array(repeating: counts, count: 10), cost: cost,
      series: series, timeline: timeline, saturations: saturations, earlyStops: [])
  }
}
