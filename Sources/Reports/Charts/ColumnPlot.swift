/// Draws stacked columns over time, such as cost by month: the bars of a `BarChart` upright, with
/// the range of outcomes of each sum.
enum ColumnPlot {
  static func draw(_ chart: BarChart, into svg: inout SVGWriter) -> Double {
    let sums = chart.bars.map { $0.values.reduce(0, +) }
    let largest = zip(chart.bars, sums).map { max($1, $0.range?.high ?? 0) }.max() ?? 0
    let up = ValueAxis(chart.unit, showing: [0, largest] + (chart.limit.map { [$0] } ?? []))
    let top = svg.legend(chart.parts, swatch: .fill) + 28
    let bottom = top + 220
    let left = SVGWriter.room(for: up.ticks.map(\.label))
    let y = up.placed(from: bottom, to: top)
    let right = SVGWriter.width - 12
    svg.leftAxis(y.ticks, y.scale, from: left, to: right)
    svg.text(y.unit.name, 0, top - 10)
    let slot = (right - left) / Double(max(chart.bars.count, 1))
    let width = min(slot * 0.7, 60)
    let widest = chart.bars.map { SVGWriter.width(of: $0.label) }.max() ?? 0
    let every = max(1, Int(((widest + 8) / max(slot, 1)).rounded(.up)))
    for (index, bar) in chart.bars.enumerated() {
      let middle = left + (Double(index) + 0.5) * slot
      var sum = 0.0
      for (part, value) in bar.values.enumerated() where value > 0 {
        let from = y.position(sum)
        sum += value
        let to = y.position(sum)
        let name = chart.parts.count > 1 ? "\(bar.label), \(chart.parts[part])" : bar.label
        svg.rectangle(
          middle - width / 2, to, width: width, height: from - to, "e \(Palette.fill(part))",
          title: "\(name): \(y.said(value))")
      }
      if let range = bar.range {
        svg.upright(
          from: y.position(range.low), to: y.position(range.high), x: middle,
          cap: min(width / 3, 6))
      }
      guard index.isMultiple(of: every) else { continue }
      svg.text(bar.label, middle, bottom + 16, .middle)
    }
    if let limit = chart.limit {
      let place = y.position(limit)
      svg.line(left, place, right, place, "limit")
      // Beside the columns there is no room for it.
      svg.text("limit \(y.said(limit))", right, top - 10, .end, "t limit-text")
    }
    return bottom + 24
  }
}
