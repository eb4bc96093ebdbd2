import Reports
import Testing

@Suite struct AxisTests {
  @Test func ticksAreRoundAndCoverTheData() {
    #expect(
      Axis.ticks(from: 0, to: 2_214).map(\.label) == [
        "0", "500", "1,000", "1,500", "2,000", "2,500",
      ])
    #expect(Axis.ticks(from: -0.3, to: 0.9).map(\.label) == ["-0.5", "0.0", "0.5", "1.0"])
    #expect(Axis.ticks(from: 5, to: 5).count >= 2)
    #expect(Axis.ticks(from: 0, to: 1_000).last?.value == 1_000)
  }

  @Test(arguments: [
    (60.0, ["0", "10 s", "20 s", "30 s", "40 s", "50 s", "60 s"]),
    (30.0 * 86_400, ["0", "5 d", "10 d", "15 d", "20 d", "25 d", "30 d"]),
    (3_600.0, ["0", "10 min", "20 min", "30 min", "40 min", "50 min", "60 min"]),
    (86_400.0, ["0", "6 h", "12 h", "18 h", "24 h"]),
  ])
  func timeTicksAreWhatPeopleCountIn(length: Double, labels: [String]) {
    #expect(Axis.timeTicks(to: length).map(\.label) == labels)
  }

  @Test func aLogAxisWithinADecadeHasTicks() {
    #expect(Axis.logTicks(from: 4.9, to: 14.9).map(\.label) == ["6", "8", "10", "12", "14"])
  }

  @Test func decadesOfALogAxis() {
    #expect(
      Axis.logTicks(from: 2, to: 610).map(\.label) == [
        "2", "5", "10", "20", "50", "100", "200", "500",
      ])
    #expect(
      Axis.logTicks(from: 0.1, to: 10_000).map(\.label) == [
        "0.1", "1", "10", "100", "1,000", "10,000",
      ])
  }
}

@Suite struct DownsamplingTests {
  @Test func peaksAndEndsAreKept() {
    var values = [Double?](repeating: 1, count: 10_000)
    values[4_321] = 99
    values[7_000] = -50
    let kept = Downsampling.indices(of: values, atMost: 100)
    #expect(kept.count == 100)
    #expect(kept.first == 0 && kept.last == 9_999)
    #expect(kept.contains(4_321) && kept.contains(7_000))
    #expect(zip(kept, kept.dropFirst()).allSatisfy { $0 < $1 })
  }

  @Test(arguments: [0, 1, 2, 3, 99, 100, 101, 102, 250])
  func shortAndOddLengths(count: Int) {
    let values = (0..<count).map { Double?(Double($0 % 7)) }
    let kept = Downsampling.indices(of: values, atMost: 100)
    #expect(kept.count == min(count, 100))
    #expect(zip(kept, kept.dropFirst()).allSatisfy { $0 < $1 })
    #expect(kept.allSatisfy { $0 < count })
  }
}

@Suite struct ChartWriterTests {
  @Test func barsStartAtZero() {
    let chart = Chart(
      id: "b", title: "t", subtitle: "s",
      content: .bars(
        BarChart(
          unit: .number(""), parts: ["a"], bars: [.init("x", [900]), .init("y", [1_000])])))
    let svg = ChartWriter.svg(chart)
    // Room for the label "x" is 17.1, and 1,000 ends where the value's own room begins.
    #expect(svg.components(of: "<rect class=\"e f0\" x=\"17.1\"") == 2)
    #expect(svg.contains(">0</text>"))
  }

  @Test func emptyChartsAreDrawnWithoutData() {
    let contents: [Chart.Content] = [
      .timeSeries(TimeSeriesChart(step: 1, unit: .seconds, lines: [])),
      .timeSeries(TimeSeriesChart(step: 1, unit: .seconds, lines: [.init("a", [nil, nil])])),
      .percentiles(PercentileChart(shares: [], unit: .seconds, curves: [])),
      .percentiles(
        PercentileChart(shares: [0, 0.5], unit: .seconds, curves: [.init("a", [0, 0])])),
      .bars(BarChart(unit: .dollars(""), parts: [], bars: [])),
      .bars(BarChart(unit: .dollars(""), parts: ["a"], bars: [.init("x", [0])])),
      .waterfall(
        WaterfallChart(
          unit: .dollars(""), startLabel: "a", start: 0, steps: [], endLabel: "b")),
      .intervals(IntervalChart(unit: .seconds, dots: [], zeroLabel: "base")),
      .incidents(IncidentChart(length: 0, lanes: [])),
    ]
    for content in contents {
      let chart = Chart(id: "c", title: "t", subtitle: "s", content: content)
      let svg = ChartWriter.svg(chart)
      #expect(svg.hasSuffix("</svg>\n"))
      #expect(!svg.contains("nan") && !svg.contains("inf\""))
      _ = chart.table
    }
  }

  @Test func aGapBreaksTheLine() {
    let chart = Chart(
      id: "g", title: "t", subtitle: "s",
      content: .timeSeries(
        TimeSeriesChart(step: 1, unit: .number(""), lines: [.init("a", [1, 2, nil, 3, 4])])))
    let path = ChartWriter.svg(chart).split(separator: "\n").first { $0.hasPrefix("<path") }
    #expect(path.map { String($0).components(of: "M") } == 2)
  }

  @Test func aWaterfallEndsAtTheSumOfItsSteps() {
    let chart = WaterfallChart(
      unit: .dollars(""), startLabel: "a", start: 100,
      steps: [.init("x", 20), .init("y", -50)], endLabel: "b")
    #expect(chart.end == 70)
  }
}

@Suite struct StyleSheetTests {
  /// A class that a picture and a page both define would take the other's colour: the words of
  /// verdicts once stood in the faint tone of event marks.
  @Test func aClassIsDefinedOnce() {
    let sheet = HTMLStyle.sheet
    let end = sheet.firstRange(of: "@media (max-width")?.lowerBound ?? sheet.endIndex
    let screen = sheet[..<end]
    var defined: [Substring: Int] = [:]
    for rule in screen.split(separator: "}") {
      guard let head = rule.split(separator: "{").first?.split(separator: "\n").last
      else { continue }
      let selector = head.drop { $0 == " " }
      if selector.first == ".", !selector.dropFirst().contains(where: { " .,:>".contains($0) }) {
        defined[selector, default: 0] += 1
      }
    }
    #expect(defined.count > 10)
    #expect(defined.filter { $0.value > 1 }.isEmpty)
  }
}
