import Reports

/// The pictures of decisions, of an invented system.
enum SampleCharts {
  static let report = Report(
    title: "Pictures of decisions", banner: Banner(verdict: nil, sentence: "Invented numbers."),
    sections: [
      Section(
        id: "pictures", heading: "Pictures",
        blocks: [tornado, scatter, boxes, load, crossing, heat, wideHeat, columns].map {
          .chart($0)
        })
    ])

  static let tornado = Chart(
    id: "tornado", title: "Growth of traffic decides the bill, not the price of spot",
    subtitle: "Cost of a month, $, with one input at its 10th or 90th percentile",
    content: .tornado(
      TornadoChart(
        unit: .dollars(""), middle: 2_656,
        inputs: [
          .init(
            "price of spot", low: .init("$0.11/h", 2_601, .init(2_590, 2_612)),
            high: .init("$0.19/h", 2_744, .init(2_730, 2_758))),
          .init(
            "growth", low: .init("2 %/month", 2_214, .init(2_190, 2_240)),
            high: .init("14 %/month", 3_420, .init(3_380, 3_460))),
          .init("drift speed", low: .init("0.1 %/week", 2_600), high: .init("2 %/week", 2_880)),
          .init("cache hit rate", low: .init("40 %", 2_910), high: .init("80 %", 2_480)),
        ], limit: 3_000)))

  static let scatter = Chart(
    id: "scatter", title: "base, gpu-ranker and weekly-only are worth discussing",
    subtitle: "Cost of a month against the 99th percentile of latency; crosses: 95% intervals",
    content: .scatter(
      ScatterChart(
        x: .init("cost.perMonth", .dollars(""), betterIsLower: true),
        y: .init("ctr.latency.p99", .seconds, betterIsLower: true),
        points: [
          .init(
            "base", x: 2_656, y: 0.188, xInterval: .init(2_619, 2_693),
            yInterval: .init(0.171, 0.205)),
          .init(
            "gpu-ranker", x: 2_968, y: 0.139, xInterval: .init(2_930, 3_006),
            yInterval: .init(0.128, 0.150)),
          .init("weekly-only", x: 2_560, y: 0.189, yInterval: .init(0.174, 0.206)),
          .init(
            "blind", x: 2_827, y: 0.190, xInterval: .init(2_790, 2_860), standing: .possiblyBeaten),
          .init("big", x: 3_400, y: 0.171, standing: .beaten),
          .init("ten-times", x: 14_900, y: .infinity, standing: .beaten),
        ])))

  static let boxes = Chart(
    id: "boxes", title: "One month of gpu-ranker is as uncertain as one of base",
    subtitle: "Cost of a month in each run, $",
    content: .boxes(
      BoxChart(
        unit: .dollars(""),
        boxes: [
          .init(
            "base", mean: 2_656, interval: .init(2_619, 2_693),
            percentiles: [2_510, 2_580, 2_640, 2_720, 2_880]),
          .init(
            "gpu-ranker", mean: 2_968, interval: .init(2_930, 3_006),
            percentiles: [2_810, 2_890, 2_950, 3_030, 3_190]),
        ], limit: 3_000)))

  static let load = Chart(
    id: "load", title: "It holds up to 2.7 times today's traffic",
    subtitle: "99th percentile of latency by offered load, with 95% intervals",
    content: .load(
      LoadChart(
        loadName: "requests/s offered", unit: .seconds,
        curves: [
          .init(
            "search",
            [
              .init(100, 0.041, .init(0.040, 0.042)), .init(200, 0.043, .init(0.042, 0.044)),
              .init(300, 0.048, .init(0.046, 0.050)), .init(400, 0.061, .init(0.057, 0.065)),
              .init(500, 0.118, .init(0.101, 0.135)), .init(540, 0.71, .init(0.5, 0.92)),
              .init(560, nil),
            ])
        ], objective: 0.25,
        marks: [
          .init("today", at: 200), .init("knee", at: 420),
          .init("breaks", at: 520, .init(510, 530)),
        ])))

  static let crossing = Chart(
    id: "crossing", title: "gpu is cheaper above 310 requests/s",
    subtitle: "Cost of a month, $, by traffic",
    content: .load(
      LoadChart(
        loadName: "requests/s", unit: .dollars(""),
        curves: [
          .init("cpu", [.init(100, 700), .init(200, 1_400), .init(400, 2_800)]),
          .init("gpu", [.init(100, 1_800), .init(200, 1_900), .init(400, 2_400)]),
        ], marks: [.init("crossing", at: 310, .init(290, 330))])))

  static let heat = Chart(
    id: "heat", title: "Six replicas and batches of 8 suffice",
    subtitle: "99th percentile of latency by replicas and batch size, ms",
    content: .heat(
      HeatChart(
        unit: .seconds, columnName: "batching.size", rowName: "replicas",
        columns: ["1", "4", "8", "16"], rows: ["4", "6", "8"],
        cells: [
          [
            .init(0.9, note: "FAIL"), .init(0.4, note: "FAIL"), .init(0.31, note: "FAIL"),
            .init(nil),
          ],
          [
            .init(0.3, note: "FAIL"), .init(0.21, note: "FAIL"),
            .init(0.14, .init(0.135, 0.145)), .init(0.16, note: "FAIL"),
          ],
          [.init(0.12), .init(0.09), .init(0.088), .init(0.11)],
        ])))

  static let wideHeat = Chart(
    id: "wide-heat", title: "Cost follows the number of replicas, not the batch size",
    subtitle: "Cost of a month by replicas and batch size, $",
    content: .heat(
      HeatChart(
        unit: .dollars(""), columnName: "services.ranker.batching.size",
        rowName: "services.ranker.replicas", columns: (1...24).map { "\($0 * 8)" },
        rows: ["4", "8"], cells: [row(of: 1_000), row(of: 2_000)])))

  private static func row(of base: Double) -> [HeatChart.Cell] {
    (1...24).map { column in
      HeatChart.Cell(base + Double(column) * 10, note: column < 3 ? "FAIL" : "")
    }
  }

  static let columns = Chart(
    id: "columns", title: "From May on the year is over its budget",
    subtitle: "Expected cost by month, $; bars: P10 to P90 of the sum",
    content: .columns(
      BarChart(
        unit: .dollars(""), parts: ["serving", "training", "labels"],
        bars: (1...12).map(bar), limit: 2_500)))

  private static func bar(_ month: Int) -> BarChart.Bar {
    let months = Double(month)
    let values: [Double] = [1_400 + months * 120, 212, 300 - months * 5]
    let range = Reading.Bounds(1_800 + months * 100, 2_050 + months * 140)
    return BarChart.Bar("2027-\(month < 10 ? "0" : "")\(month)", values, range: range)
  }
}
