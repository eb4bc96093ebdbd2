/// Draws estimates as dots with their intervals; a hollow dot is one without a sure difference.
enum IntervalPlot {
  static func draw(_ chart: IntervalChart, into svg: inout SVGWriter) -> Double {
    var ends: [Double] = []
    for dot in chart.dots {
      ends += [dot.interval?.low, dot.interval?.high, dot.estimate].compactMap { $0 }
    }
    let axis = ValueAxis(chart.unit, showing: ends + (chart.zeroLabel == nil ? [] : [0]))
    let (scale, ticks) = (axis.unit, axis.ticks)
    let labels = chart.dots.map { SVGWriter.cut($0.label, to: 30) }
    let texts = chart.dots.map { dot -> String in
      if chart.zeroLabel != nil, dot.isSame { return "same" }
      let text = chart.reading(dot).text(on: scale, showsUnit: true)
      return text.value + " " + text.interval
    }
    let left = SVGWriter.room(for: labels)
    let top = chart.zeroLabel == nil ? 6.0 : 24
    let bottom = top + Double(chart.dots.count) * BarPlot.rowHeight
    let x = Scale(
      low: ticks.first?.value ?? 0, high: ticks.last?.value ?? 1, start: left + 8,
      end: SVGWriter.width - 8 - SVGWriter.room(for: texts, atMost: 300))
    svg.bottomAxis(ticks, x, from: bottom, to: top)
    svg.text(scale.name, x.end + 16, bottom + 16)
    if let zero = chart.zeroLabel {
      svg.text("0 = \(SVGWriter.cut(zero, to: 30))", x.position(0), top - 8, .middle)
    }
    for (row, dot) in chart.dots.enumerated() {
      let y = top + (Double(row) + 0.5) * BarPlot.rowHeight
      svg.text(labels[row], left - 6, y + 4, .end)
      if let interval = dot.interval {
        svg.whisker(
          from: x.position(interval.low * scale.factor),
          to: x.position(interval.high * scale.factor), y: y, cap: 5)
      }
      svg.circle(
        x.position(dot.estimate * scale.factor), y, radius: 5,
        chart.zeroLabel == nil || dot.isShown ? "dot" : "dot hollow")
      svg.text(texts[row], x.end + 16, y + 4)
    }
    return bottom + 24
  }
}

/// Draws what happened when, a lane for each kind.
enum IncidentStrip {
  private static let laneHeight = 28.0

  static func draw(_ chart: IncidentChart, into svg: inout SVGWriter) -> Double {
    let labels = chart.lanes.map { SVGWriter.cut($0.name, to: 30) }
    let left = SVGWriter.room(for: labels)
    let top = 6.0
    let bottom = top + Double(chart.lanes.count) * laneHeight
    let x = Scale(low: 0, high: chart.length, start: left, end: SVGWriter.width - 14)
    svg.bottomAxis(Axis.timeTicks(to: chart.length), x, from: bottom, to: top)
    for (row, lane) in chart.lanes.enumerated() {
      let y = top + Double(row) * laneHeight
      let middle = y + laneHeight / 2
      svg.line(left, y + laneHeight, x.end, y + laneHeight, "g")
      svg.text(labels[row], left - 6, middle + 4, .end)
      for event in lane.events {
        let from = x.position(event.from)
        let to = x.position(event.to)
        if to - from >= 3 {
          svg.rectangle(
            from, middle - 7, width: to - from, height: 14, "e \(Palette.fill(row))",
            title: event.text)
        } else {
          svg.area(
            [(from - 4, middle), (from, middle - 6), (from + 4, middle), (from, middle + 6)],
            "e \(Palette.fill(row))", title: event.text)
        }
      }
    }
    return bottom + 24
  }
}
