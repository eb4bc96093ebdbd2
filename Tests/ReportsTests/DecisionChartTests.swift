import Reports
import TestSupport
import Testing

@Suite struct DecisionChartTests {
  @Test func page() {
    let text = HTMLRenderer().render(SampleCharts.report)
    #expect(Golden.difference(of: text, from: "Reports/charts.html") == nil)
  }

  @Test func tables() {
    let text = CSVRenderer().files(SampleCharts.report).map { "\($0.name)\n\($0.text)" }
    #expect(Golden.difference(of: text.joined(separator: "\n"), from: "Reports/charts.txt") == nil)
  }

  @Test func emptyChartsAreDrawnWithoutData() {
    let end = TornadoChart.End("", 0)
    let metric = ScatterChart.Metric("", .seconds, betterIsLower: true)
    let contents: [Chart.Content] = [
      .tornado(TornadoChart(unit: .seconds, middle: 0, inputs: [])),
      .tornado(TornadoChart(unit: .seconds, middle: 0, inputs: [.init("a", low: end, high: end)])),
      .tornado(
        TornadoChart(
          unit: .seconds, middle: 1, inputs: [.init("a", low: end, high: .init("", .infinity))])),
      .scatter(ScatterChart(x: metric, y: metric, points: [])),
      .scatter(ScatterChart(x: metric, y: metric, points: [.init("a", x: .infinity, y: 0)])),
      .boxes(BoxChart(unit: .seconds, boxes: [])),
      .load(LoadChart(loadName: "", unit: .seconds, curves: [])),
      .load(LoadChart(loadName: "", unit: .seconds, curves: [.init("a", [.init(1, nil)])])),
      .heat(
        HeatChart(unit: .seconds, columnName: "", rowName: "", columns: [], rows: [], cells: [])),
      .heat(
        HeatChart(
          unit: .seconds, columnName: "", rowName: "", columns: ["a"], rows: ["b"],
          cells: [[.init(.infinity)]])),
      .columns(BarChart(unit: .dollars(""), parts: [], bars: [])),
      .columns(BarChart(unit: .dollars(""), parts: ["a"], bars: [.init("x", [0])])),
    ]
    for content in contents {
      let chart = Chart(id: "c", title: "t", subtitle: "s", content: content)
      let svg = ChartWriter.svg(chart)
      #expect(svg.hasSuffix("</svg>\n"))
      #expect(!svg.contains("nan") && !svg.contains("inf"))
      _ = chart.table
    }
  }

  @Test func inputsStandBySwing() {
    guard case .tornado(let chart) = SampleCharts.tornado.content else { return }
    // Swings 1,206, 430, 280 and 143.
    #expect(
      chart.inputs.map(\.label) == ["growth", "cache hit rate", "drift speed", "price of spot"])
  }

  /// base (2,656, 188) and weekly-only (2,560, 189) trade one for the other; big costs more than
  /// gpu-ranker and is slower; blind is dearer and slower than base.
  @Test func theFrontierIsWhatNothingBeats() {
    guard case .scatter(var chart) = SampleCharts.scatter.content else { return }
    #expect(chart.frontier.map { chart.points[$0].label } == ["weekly-only", "base", "gpu-ranker"])
    chart.y.betterIsLower = false
    #expect(chart.frontier.map { chart.points[$0].label } == ["weekly-only", "blind"])
  }

  /// Type-7 percentiles of 0, 1, ..., 100 are the shares themselves.
  @Test func aBoxOfOutcomesHasTheirPercentiles() {
    let box = BoxChart.Box("a", outcomes: (0...100).reversed().map(Double.init), interval: nil)
    #expect(box?.percentiles == [10, 25, 50, 75, 90])
    #expect(box?.mean == 50)
    #expect(BoxChart.Box("a", outcomes: [], interval: nil) == nil)
  }

  @Test func stepsOfColourSpanTheValues() {
    #expect((0...8).map { HeatPlot.step(of: Double($0), 0, 8) } == [0, 1, 2, 3, 4, 5, 6, 7, 7])
    #expect(HeatPlot.step(of: 5, 5, 5) == 4)
  }

  /// The middle of a log axis from 1 to 100 is 10.
  @Test func aWideRangeGetsALogAxis() {
    let axis = ValueAxis(.seconds, showing: [1, 100], mayBeLogarithmic: true)
      .placed(from: 0, to: 200)
    #expect(axis.scale.isLogarithmic && (axis.position(10) - 100).magnitude < 1e-9)
    #expect(!ValueAxis(.seconds, showing: [0, 100], mayBeLogarithmic: true).scale.isLogarithmic)
    #expect(!ValueAxis(.seconds, showing: [5, 100], mayBeLogarithmic: true).scale.isLogarithmic)
  }
}
