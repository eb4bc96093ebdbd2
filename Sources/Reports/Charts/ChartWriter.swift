/// Draws charts.
package enum ChartWriter {
  /// Points of a line that a picture shows at most.
  static let pointLimit = 240

  /// The chart as an SVG element for use inside a page that has the style sheet.
  package static func svg(_ chart: Chart) -> String {
    var svg = SVGWriter()
    let height: Double
    switch chart.content {
    case .timeSeries(let content): height = TimeSeriesPlot.draw(content, into: &svg)
    case .percentiles(let content): height = PercentilePlot.draw(content, into: &svg)
    case .bars(let content): height = BarPlot.draw(content, into: &svg)
    case .waterfall(let content): height = WaterfallPlot.draw(content, into: &svg)
    case .intervals(let content): height = IntervalPlot.draw(content, into: &svg)
    case .incidents(let content): height = IncidentStrip.draw(content, into: &svg)
    case .tornado(let content): height = TornadoPlot.draw(content, into: &svg)
    case .scatter(let content): height = ScatterPlot.draw(content, into: &svg)
    case .boxes(let content): height = BoxPlot.draw(content, into: &svg)
    case .load(let content): height = LoadPlot.draw(content, into: &svg)
    case .heat(let content): height = HeatPlot.draw(content, into: &svg)
    case .columns(let content): height = ColumnPlot.draw(content, into: &svg)
    case .diagram(let content): height = DiagramPlot.draw(content, into: &svg)
    }
    return svg.picture(
      height: height, id: HTMLText.identifier(chart.id), title: chart.title,
      description: chart.subtitle + ". The numbers are in the table below.")
  }
}

extension ChartWriter {
  /// The chart as an SVG file with a style sheet of its own.
  static func standalone(_ chart: Chart) -> String {
    let picture = svg(chart)
    let start = "<svg "
    guard picture.hasPrefix(start), let end = picture.firstIndex(of: "\n") else { return picture }
    let head = picture[..<end].dropFirst(start.count)
    let space = "xmlns=\"http://www.w3.org/2000/svg\""
    return "\(start)\(space) \(head)\n<style>\(HTMLStyle.pictures)</style>\(picture[end...])"
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

  /// A level bar with a cap at each end, for an interval.
  mutating func whisker(
    from: Double, to: Double, y: Double, cap: Double, _ classes: String = "w"
  ) {
    line(from, y, to, y, classes)
    guard cap > 0 else { return }
    line(from, y - cap, from, y + cap, classes)
    line(to, y - cap, to, y + cap, classes)
  }

  /// An upright bar with a cap at each end, for an interval.
  mutating func upright(
    from: Double, to: Double, x: Double, cap: Double, _ classes: String = "w"
  ) {
    line(x, from, x, to, classes)
    line(x - cap, from, x + cap, from, classes)
    line(x - cap, to, x + cap, to, classes)
  }

  /// The mark of a choice: full, hollow or a faded square, told apart without colour.
  mutating func marker(_ standing: ScatterChart.Standing, _ x: Double, _ y: Double) {
    switch standing {
    case .best: circle(x, y, radius: 5, "dot")
    case .possiblyBeaten: circle(x, y, radius: 5, "dot hollow")
    case .beaten: rectangle(x - 4, y - 4, width: 8, height: 8, "beaten fade")
    }
  }

  /// The room that labels on the left need.
  static func room(for labels: [String], atMost limit: Double = 200) -> Double {
    min(labels.reduce(0) { max($0, width(of: $1)) }, limit) + 10
  }
}
