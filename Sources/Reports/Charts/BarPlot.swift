/// Draws stacked bars from zero, one beneath the other.
enum BarPlot {
  static let rowHeight = 26.0
  static let barHeight = 18.0

  static func draw(_ chart: BarChart, into svg: inout SVGWriter) -> Double {
    let sums = chart.bars.map { $0.values.reduce(0, +) }
    let largest = max(
      zip(chart.bars, sums).map { max($1, $0.range?.high ?? 0) }.max() ?? 0, chart.limit ?? 0)
    let scale = UnitScale(chart.unit, fitting: largest)
    let ticks = Axis.ticks(from: 0, to: max(largest * scale.factor, 1e-9))
    let labels = chart.bars.map { SVGWriter.cut($0.label, to: 30) }
    let left = SVGWriter.room(for: labels)
    func said(_ value: Double) -> String {
      BarText.reading(value, chart.unit, largest: largest).text(on: scale, showsUnit: true).value
    }
    let texts = sums.map(said)
    let right = SVGWriter.room(for: texts)
    let top = svg.legend(chart.parts, swatch: .fill) + (chart.limit == nil ? 8 : 22)
    let bottom = top + Double(chart.bars.count) * rowHeight
    let x = Scale(
      low: 0, high: ticks.last?.value ?? 1, start: left, end: SVGWriter.width - right)
    svg.bottomAxis(ticks, x, from: bottom, to: top)
    for (row, bar) in chart.bars.enumerated() {
      let y = top + Double(row) * rowHeight + (rowHeight - barHeight) / 2
      svg.text(labels[row], left - 6, y + 13, .end)
      var sum = 0.0
      for (part, value) in bar.values.enumerated() where value > 0 {
        let from = x.position(sum * scale.factor)
        sum += value
        let to = x.position(sum * scale.factor)
        let name = chart.parts.isEmpty ? bar.label : chart.parts[part]
        svg.rectangle(
          from, y, width: to - from, height: barHeight, "e \(Palette.fill(part))",
          title: "\(name): \(said(value))")
      }
      var end = x.position(sums[row] * scale.factor)
      if let range = bar.range {
        let low = x.position(range.low * scale.factor)
        let high = x.position(range.high * scale.factor)
        let middle = y + barHeight / 2
        svg.line(low, middle, high, middle, "w")
        svg.line(low, middle - 5, low, middle + 5, "w")
        svg.line(high, middle - 5, high, middle + 5, "w")
        end = max(end, high)
      }
      svg.text(texts[row], end + 6, y + 13)
    }
    if let limit = chart.limit {
      let place = x.position(limit * scale.factor)
      svg.line(place, top - 4, place, bottom, "limit")
      svg.text("limit", place, top - 6, .middle, "t limit-text")
    }
    return bottom + 24
  }
}

/// Draws the way from one total to another.
enum WaterfallPlot {
  static func draw(_ chart: WaterfallChart, into svg: inout SVGWriter) -> Double {
    var sums = [chart.start]
    for step in chart.steps { sums.append((sums.last ?? 0) + step.change) }
    let high = max(sums.max() ?? 0, 0)
    let low = min(sums.min() ?? 0, 0)
    let scale = UnitScale(chart.unit, fitting: max(high, -low))
    let ticks = Axis.ticks(from: low * scale.factor, to: max(high * scale.factor, 1e-9))
    let labels = ([chart.startLabel] + chart.steps.map(\.label) + [chart.endLabel]).map {
      SVGWriter.cut($0, to: 30)
    }
    func said(_ value: Double, isChange: Bool) -> String {
      var reading = BarText.reading(value, chart.unit, largest: max(high, -low))
      reading.isDifference = isChange
      return reading.text(on: scale, showsUnit: true).value
    }
    let texts =
      [said(chart.start, isChange: false)] + chart.steps.map { said($0.change, isChange: true) }
      + [said(chart.end, isChange: false)]
    let left = SVGWriter.room(for: labels)
    let top = 10.0
    let bottom = top + Double(labels.count) * BarPlot.rowHeight
    let x = Scale(
      low: ticks.first?.value ?? 0, high: ticks.last?.value ?? 1, start: left,
      end: SVGWriter.width - SVGWriter.room(for: texts))
    svg.bottomAxis(ticks, x, from: bottom, to: top)
    for row in labels.indices {
      let isTotal = row == 0 || row == labels.count - 1
      let from = isTotal ? 0 : sums[row - 1]
      let to = row == 0 ? chart.start : row == labels.count - 1 ? chart.end : sums[row]
      let y = top + Double(row) * BarPlot.rowHeight + 4
      let edges = [from, to].map { x.position($0 * scale.factor) }
      let start = min(edges[0], edges[1])
      let fill = isTotal ? Palette.fill(0) : to >= from ? "up" : "down"
      svg.text(labels[row], left - 6, y + 13, .end)
      svg.rectangle(
        start, y, width: max((edges[0] - edges[1]).magnitude, 1), height: BarPlot.barHeight,
        "e \(fill)")
      svg.text(texts[row], max(edges[0], edges[1]) + 6, y + 13)
      if row < labels.count - 1 {
        svg.line(edges[1], y + BarPlot.barHeight, edges[1], y + BarPlot.rowHeight, "a")
      }
    }
    return bottom + 24
  }
}

/// The numbers beside bars.
enum BarText {
  /// A value with the digits that all bars of a picture share, set by its largest.
  static func reading(_ value: Double, _ unit: Unit, largest: Double) -> Reading {
    let reading = Reading.observed(value, unit)
    guard case .dollars = unit, largest.magnitude >= 1 else { return reading }
    return reading.withDecimals(largest.magnitude >= 1_000 ? 0 : 2)
  }
}
