/// How far each input moves a result: bars sorted by swing, the settings at their ends.
package struct TornadoChart: Hashable, Sendable {
  /// One end of an input and what came of it.
  package struct End: Hashable, Sendable {
    /// The setting, such as `2 %/month`.
    package var setting: String
    package var result: Double
    /// Precision of the result; `nil` for none.
    package var interval: Reading.Bounds?

    /// Makes an end.
    package init(_ setting: String, _ result: Double, _ interval: Reading.Bounds? = nil) {
      self.setting = setting
      self.result = result
      self.interval = interval
    }
  }

  /// An input that was moved, all others at their middle.
  package struct Input: Hashable, Sendable {
    package var label: String
    package var low: End
    package var high: End

    /// Makes an input.
    package init(_ label: String, low: End, high: End) {
      self.label = label
      self.low = low
      self.high = high
    }

    /// How far the input moves the result.
    package var swing: Double { (high.result - low.result).magnitude }
  }

  package var unit: Unit
  /// The result with every input at its middle.
  package var middle: Double
  /// By swing, the largest first.
  package var inputs: [Input]
  /// A limit to draw across; `nil` for none.
  package var limit: Double?

  /// Makes a tornado; inputs of equal swing keep their order.
  package init(unit: Unit, middle: Double, inputs: [Input], limit: Double? = nil) {
    self.unit = unit
    self.middle = middle
    self.inputs = inputs.enumerated().sorted {
      ($1.element.swing, $0.offset) < ($0.element.swing, $1.offset)
    }.map(\.element)
    self.limit = limit
  }

  /// The numbers as a table.
  func table(id: String) -> Table {
    func cells(_ end: End) -> [Cell] {
      let reading =
        end.interval.map { Reading.simulated(end.result, $0, unit) }
        ?? Chart.drawn(end.result, unit)
      return [.text(end.setting), .reading(reading)]
    }
    return Table(
      id: id,
      columns: [
        Column("input", .label), Column("low end", .text),
        Column("result", .reading(.interval), unit: unit), Column("high end", .text),
        Column("result", .reading(.interval), unit: unit),
        Column("swing", .reading(.value), unit: unit),
      ],
      rows: inputs.map { input in
        Row(
          [.text(input.label)] + cells(input.low) + cells(input.high)
            + [.reading(Chart.drawn(input.swing, unit))])
      })
  }
}

/// Draws a tornado.
enum TornadoPlot {
  static func draw(_ chart: TornadoChart, into svg: inout SVGWriter) -> Double {
    let values = chart.inputs.flatMap { input in
      [input.low, input.high].flatMap { end in
        [end.result] + (end.interval.map { [$0.low, $0.high] } ?? [])
      }
    }
    var axis = ValueAxis(
      chart.unit, showing: values + [chart.middle] + (chart.limit.map { [$0] } ?? []))
    let labels = chart.inputs.map { SVGWriter.cut($0.label, to: 30) }
    let sides = chart.inputs.map(ends)
    let left = SVGWriter.room(for: labels)
    let legend = ["input at its low end", "input at its high end"]
    let top = svg.legend(legend, swatch: .fill) + 20
    let bottom = top + Double(chart.inputs.count) * BarPlot.rowHeight
    axis = axis.placed(
      from: left + SVGWriter.room(for: sides.map(\.lower.setting), atMost: 110),
      to: SVGWriter.width - SVGWriter.room(for: sides.map(\.upper.setting), atMost: 110))
    svg.bottomAxis(axis.ticks, axis.scale, from: bottom, to: top)
    let middle = axis.position(chart.middle)
    for (row, input) in chart.inputs.enumerated() {
      let y = top + Double(row) * BarPlot.rowHeight + 4
      svg.text(labels[row], left - 6, y + 13, .end)
      for (index, end) in [input.low, input.high].enumerated() where end.result.isFinite {
        let place = axis.position(end.result)
        svg.rectangle(
          min(place, middle), y, width: (place - middle).magnitude, height: BarPlot.barHeight,
          "e \(Palette.fill(index))",
          title: "\(input.label) \(end.setting): \(axis.said(end.result))")
        guard let interval = end.interval else { continue }
        svg.whisker(
          from: axis.position(interval.low), to: axis.position(interval.high),
          y: y + BarPlot.barHeight / 2, cap: 4)
      }
      let (lower, upper) = sides[row]
      let outer =
        [lower, upper].flatMap { [$0.result, $0.interval?.low, $0.interval?.high] }
        .compactMap { $0 }.filter(\.isFinite).map(axis.position) + [middle]
      svg.text(
        SVGWriter.cut(lower.setting, to: 15), (outer.min() ?? middle) - 6, y + 13, .end)
      svg.text(SVGWriter.cut(upper.setting, to: 15), (outer.max() ?? middle) + 6, y + 13)
    }
    svg.line(middle, top - 4, middle, bottom, "w")
    let words = "all at their middle: \(axis.said(chart.middle))"
    let half = SVGWriter.width(of: words) / 2
    svg.text(words, min(max(middle, half), SVGWriter.width - half), top - 8, .middle)
    if let limit = chart.limit {
      let place = axis.position(limit)
      svg.line(place, top, place, bottom, "limit")
      svg.text("limit", place, bottom + 30, .middle, "t limit-text")
    }
    svg.text(axis.unit.name, SVGWriter.width - 2, bottom + 30, .end)
    return bottom + 36
  }

  /// The end with the smaller result and the one with the larger.
  private static func ends(
    _ input: TornadoChart.Input
  ) -> (lower: TornadoChart.End, upper: TornadoChart.End) {
    input.low.result <= input.high.result ? (input.low, input.high) : (input.high, input.low)
  }
}
