import Experiments
import Reports

/// A report with every kind of block, of an invented system.
enum SampleReport {
  static let report = Report(
    title: "Click ranking at 5,000 requests/s for $5k a month: does it meet its criteria?",
    banner: Banner(
      verdict: .breached,
      sentence: "NO: 2 of 4 thresholds met, 1 breached, 1 undecided.", remark: "[exit 2]",
      basis: [
        "40 x 30 d, seed 1, 3.6e11 requests; every request simulated",
        "[a, b]: 95% interval of the figure. P10-P90: range of outcomes between runs",
      ]),
    sections: [thresholds, capacity, cost, reliability, prices, next])

  static let thresholds = Section(
    id: "thresholds", heading: "Thresholds",
    blocks: [
      .verdicts([
        VerdictRow(
          .met, "ctr.latency.p50 < 100 ms",
          reading: .simulated(0.0069, .init(0.0068, 0.0070), .seconds)),
        VerdictRow(
          .breached, "ctr.latency.p99 < 150 ms", qualifier: "in every 1h after 14d",
          reading: .simulated(0.188, .init(0.171, 0.205), .seconds), remark: "38 ms over",
          detail: "worst hour: 22d 20:00-21:00"),
        VerdictRow(
          .undecided, "ctr.availability >= 99.9 %",
          reading: .simulated(0.9991, .init(0.9987, 0.9994), .ratio)),
        VerdictRow(
          .met, "clicks.auc >= 0.85",
          reading: .simulated(0.853, .init(0.851, 0.855), .number(""))),
      ])
    ])

  static let capacity = Section(
    id: "capacity", heading: "Capacity",
    blocks: [
      .table(
        Table(
          id: "capacity",
          columns: [
            Column("", .label, mergesRepeats: true), Column("", .text),
            Column("mean", .reading(.interval)), Column("worst hour", .reading(.value)),
            Column("headroom", .note),
          ],
          rows: [
            Row([
              "ctr", "requests/s",
              .reading(.simulated(3_430, .init(3_412, 3_448), .number(""))),
              .reading(.observed(5_920, .number(""))), "",
            ]),
            Row([
              "ranker", "replicas", .reading(.simulated(6.8, .init(6.7, 6.9), .number(""))),
              .reading(.observed(14, .number(""))), "1.7x to max",
            ]),
            Row([
              "ranker", "busy", .reading(.simulated(0.52, .init(0.51, 0.53), .ratio)),
              .reading(.observed(0.88, .ratio)), "breaks first",
            ]),
          ])),
      .notes([
        "Breaks first: ranker, when a zone is lost at the evening peak (9d 20:00)."
      ]),
      .chart(
        Chart(
          id: "latency", title: "One request in a hundred takes 27 times the median",
          subtitle: "Latency of ctr by share of requests, ms",
          content: .percentiles(
            PercentileChart(
              shares: [0, 0.5, 0.9, 0.99, 0.999], unit: .seconds,
              curves: [
                .init("base", [0.002, 0.0069, 0.031, 0.188, 0.61]),
                .init("gpu-ranker", [0.003, 0.0081, 0.025, 0.139, 0.34]),
              ],
              limits: [.init("limit 150 ms", share: 0.99, value: 0.15)])))),
      .chart(
        Chart(
          id: "replicas", title: "The autoscaler follows the evening peak twenty minutes late",
          subtitle: "Replicas of ranker, mean and P10-P90 of 40 runs",
          content: .timeSeries(
            TimeSeriesChart(
              step: 3_600, unit: .number(""),
              lines: [
                .init(
                  "replicas", (0..<720).map { Double(6 + $0 % 24 / 4) },
                  low: (0..<720).map { Double(5 + $0 % 24 / 4) },
                  high: (0..<720).map { Double(8 + $0 % 24 / 4) }),
                .init("busy replicas", (0..<720).map { Double(3 + $0 % 24 / 5) }),
              ])))),
    ])

  static let cost = Section(
    id: "cost", heading: "Cost, month of 31 d",
    blocks: [
      .table(
        Table(
          id: "cost",
          columns: [
            Column("", .label), Column("expected", .reading(.intervalAndRange)),
            Column("of budget", .text),
          ],
          rows: [
            Row([
              "ranker, on demand",
              .reading(
                .simulated(
                  1_402.17, .init(1_371, 1_433), range: .init(1_290, 1_560), .dollars(""))),
              "28 %",
            ]),
            Row(["ranker, committed", .reading(.exact(501, .dollars(""))), "10 %"]),
            Row(["labels", .reading(.unknown(.dollars(""))), "no price: tasks.click.labels"]),
            Row(
              [
                "total of what is priced",
                .reading(
                  .simulated(
                    1_903.17, .init(1_872, 1_934), range: .init(1_791, 2_061), .dollars(""))),
                "38 %",
              ], .total),
          ])),
      .chart(
        Chart(
          id: "cost-bars", title: "Ranker machines on demand are 74 % of the bill",
          subtitle: "Dollars a month by line",
          content: .bars(
            BarChart(
              unit: .dollars(""), parts: ["on demand", "committed"],
              bars: [
                .init("2027-01", [1_402.17, 501], range: .init(1_791, 2_061)),
                .init("2027-02", [1_266.48, 501], range: .init(1_610, 1_902)),
              ], limit: 2_500)))),
      .chart(
        Chart(
          id: "cost-change", title: "gpu-ranker costs $312 more: its machines",
          subtitle: "Dollars a month, base to gpu-ranker",
          content: .waterfall(
            WaterfallChart(
              unit: .dollars(""), startLabel: "base", start: 1_903.17,
              steps: [.init("ranker machines", 311), .init("training", -24.5)],
              endLabel: "gpu-ranker")))),
      .chart(
        Chart(
          id: "differences", title: "Only weekly-only saves money for sure",
          subtitle: "Dollars a month against base, 95 % joint intervals",
          content: .intervals(
            IntervalChart(
              unit: .dollars(""),
              dots: [
                .init("gpu-ranker", 312, .init(241, 383)),
                .init("weekly-only", -96, .init(-104, -88)),
                .init("blind", 12, .init(-30, 54)),
              ], zeroLabel: "base")))),
    ])

  static let reliability = Section(
    id: "reliability", heading: "Reliability",
    blocks: [
      .highlights([
        Highlight(
          "availability", .simulated(0.9991, .init(0.9987, 0.9994), .ratio),
          remark: "37 of 43 min spent")
      ]),
      .chart(
        Chart(
          id: "timeline", title: "The zone outage of day 9 is undone in 31 minutes",
          subtitle: "What happened in run 1",
          content: .incidents(
            IncidentChart(
              length: 30 * 86_400,
              lanes: [
                .init("crash", [.init(from: 800_000, to: 900_000, "zone a lost")]),
                .init(
                  "training",
                  [7, 14, 21, 28].map {
                    .init(from: $0 * 86_400, to: $0 * 86_400, "weekly retraining")
                  }),
              ])))),
    ])

  static let prices = Section(
    id: "prices", heading: "Prices",
    blocks: [
      .only(
        .page,
        .table(
          Table(
            id: "prices",
            columns: [
              Column("item", .label), Column("price", .text), Column("date", .text),
              Column("source", .note),
            ],
            rows: [Row(["m7i.2xlarge", "$0.4032/h", "2026-07-20", "AWS price list, us-east-1"])]
          )))
    ])

  static let next = Section(
    id: "next", heading: "Next", layout: .hanging,
    blocks: [
      .commands([
        Command(
          "The breach is scaling lag after the zone outage. Try",
          "towtank run ctr-ranking.json5 --set services.ranker.replicas.min=7")
      ]),
      .paragraph("To decide availability: --replications 160"),
      .paragraph("Defaults that could change the verdict: failures, services.ranker.ready"),
    ])
}
