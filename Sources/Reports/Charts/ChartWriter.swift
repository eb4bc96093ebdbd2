/// Draws charts.
enum ChartWriter {
  /// Points of a line that a picture shows at most.
  static let pointLimit = 240

  /// The chart as an SVG element for use inside a page that has the style sheet.
  static func svg(_ chart: Chart) -> String {
    var svg = SVGWriter()
    let height: Double
    switch chart.content {
    case .timeSeries(let content): height = TimeSeriesPlot.draw(content, into: &svg)
    case .percentiles(let content): height = PercentilePlot.draw(content, into: &svg)
    case .bars(let content): height = BarPlot.draw(content, into: &svg)
    case .waterfall(let content): height = WaterfallPlot.draw(content, into: &svg)
    case .intervals(let content): height = IntervalPlot.draw(content, into: &svg)
    case .incidents(let content): height = IncidentStrip.draw(content, into: &svg)
    }
    return svg.picture(
      height: height, id: HTMLText.identifier(chart.id), title: chart.title,
      description: chart.subtitle + ". The numbers are in the table below.")
  }
}

extension SVGWriter {
  /// Horizontal grid lines with labels on the left.
  mutating func leftAxis(_ ticks: [Tick], _ scale: Scale, from left: Double, to right: Double) {
    for tick in ticks {
      let y = scale.position(tick.value)
      line(left, y, right, y, tick.value == 0 ? "a" : "g")
      text(tick.label, left - 6, y + 4, .end)
    }
  }

  /// Labels beneath, with vertical grid lines up to `top`.
  mutating func bottomAxis(_ ticks: [Tick], _ scale: Scale, from bottom: Double, to top: Double) {
    for tick in ticks {
      let x = scale.position(tick.value)
      line(x, top, x, bottom, tick.value == 0 ? "a" : "g")
      let anchor: Anchor = x > Self.width - 20 ? .end : .middle
      text(tick.label, x, bottom + 16, anchor)
    }
  }

  /// The room that labels on the left need.
  static func room(for labels: [String], atMost limit: Double = 200) -> Double {
    min(labels.reduce(0) { max($0, width(of: $1)) }, limit) + 10
  }
}
