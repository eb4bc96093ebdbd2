import Randomness

/// Draws quantities over time with their bands.
enum TimeSeriesPlot {
  static func draw(_ chart: TimeSeriesChart, into svg: inout SVGWriter) -> Double {
    let all = chart.lines.flatMap { $0.values + $0.low + $0.high }.compactMap { $0 }
      .filter(\.isFinite)
    let largest = max(all.max() ?? 1, chart.limit ?? -.infinity)
    let smallest = min(all.min() ?? 0, chart.limit ?? .infinity)
    let scale = UnitScale(chart.unit, fitting: largest)
    // A line may leave zero out only where it would lie flat at the top.
    let floor = smallest >= 0 && smallest < 0.6 * largest ? 0 : smallest
    let ticks = Axis.ticks(from: floor * scale.factor, to: largest * scale.factor)
    let left = SVGWriter.room(for: ticks.map(\.label))
    let top = svg.legend(chart.lines.map(\.name), swatch: .line) + 12
    let bottom = top + 200
    let count = chart.lines.map(\.values.count).max() ?? 0
    let length = Double(max(count, 1)) * chart.step
    let x = Scale(low: 0, high: length, start: left, end: SVGWriter.width - 12)
    let y = Scale(
      low: ticks.first?.value ?? 0, high: ticks.last?.value ?? 1, start: bottom, end: top)
    svg.leftAxis(ticks, y, from: left, to: x.end)
    let steps =
      chart.along == .seconds
      ? Axis.timeTicks(to: length)
      : Axis.ticks(from: 0, to: length, count: 8).filter { $0.value <= length }
    for tick in steps {
      let place = x.position(tick.value)
      svg.line(place, bottom, place, bottom + 4, "a")
      svg.text(tick.label, place, bottom + 16, place > SVGWriter.width - 24 ? .end : .middle)
    }
    draw(chart.marks, x, top, bottom, into: &svg)
    for (index, line) in chart.lines.enumerated() {
      let kept = Downsampling.indices(of: line.values, atMost: ChartWriter.pointLimit)
      // A value stands for its whole bucket, so it is drawn in the middle of it.
      func point(_ values: [Double?], _ at: Int) -> (x: Double, y: Double)? {
        values[at].map {
          (x.position((Double(at) + 0.5) * chart.step), y.position($0 * scale.factor))
        }
      }
      if !line.low.isEmpty {
        let lower = kept.compactMap { point(line.low, $0) }
        let upper = kept.compactMap { point(line.high, $0) }
        svg.area(upper + lower.reversed(), Palette.band(index))
      }
      svg.path(kept.map { point(line.values, $0) }, "l \(Palette.line(index))")
    }
    if let limit = chart.limit {
      let place = y.position(limit * scale.factor)
      svg.line(left, place, x.end, place, "limit")
      svg.text("limit", x.end, place - 4, .end, "t limit-text")
    }
    return bottom + 24
  }

  /// Upright lines with a letter above; a letter that would lie on the one before is left out.
  private static func draw(
    _ marks: [TimeSeriesChart.Mark], _ x: Scale, _ top: Double, _ bottom: Double,
    into svg: inout SVGWriter
  ) {
    var free = -Double.infinity
    for mark in marks where mark.at >= 0 && mark.at <= x.high {
      let place = x.position(mark.at)
      svg.area(
        [(place - 1, top), (place + 1, top), (place + 1, bottom), (place - 1, bottom)], "event",
        title: mark.text)
      guard place > free else { continue }
      svg.text(mark.letter, place, top - 2, .middle, "t event-text")
      free = place + 9
    }
  }
}

/// Draws percentile curves: the share of requests on an axis that opens the tail, values on a log
/// axis.
enum PercentilePlot {
  static func draw(_ chart: PercentileChart, into svg: inout SVGWriter) -> Double {
    let values =
      (chart.curves.flatMap(\.values).compactMap { $0 } + chart.limits.map(\.value))
      .filter { $0 > 0 && $0.isFinite }
    let low = values.min() ?? 1
    let high = max(values.max() ?? 10, low * 2)
    let scale = UnitScale(chart.unit, fitting: (low * high).squareRoot())
    let ticks = Axis.logTicks(from: low * scale.factor, to: high * scale.factor)
    let left = SVGWriter.room(for: ticks.map(\.label))
    let top = svg.legend(chart.curves.map(\.name), swatch: .line) + 22
    let bottom = top + 220
    svg.text(scale.name, left - 6, top - 8, .end)
    let y = Scale(
      low: low * scale.factor, high: high * scale.factor, start: bottom, end: top,
      isLogarithmic: true)
    let x = Scale(
      low: 0, high: tail(chart.shares.last ?? 0.99), start: left, end: SVGWriter.width - 12)
    svg.leftAxis(ticks, y, from: left, to: x.end)
    svg.line(left, bottom, x.end, bottom, "a")
    for share in [0, 0.5, 0.9, 0.99, 0.999, 0.9999] where tail(share) <= x.high + 1e-9 {
      let place = x.position(tail(share))
      svg.line(place, top, place, bottom + 4, "g")
      let percent = NumberText.exact((share * 1e6).rounded() / 1e4)
      svg.text(percent + " %", place, bottom + 16, place > x.end - 16 ? .end : .middle)
    }
    for (index, curve) in chart.curves.enumerated() {
      let points = zip(chart.shares, curve.values).map { share, value in
        value.flatMap { $0 > 0 ? (x.position(tail(share)), y.position($0 * scale.factor)) : nil }
      }
      svg.path(points, "l \(Palette.line(index))")
    }
    for limit in chart.limits {
      let place = (x.position(tail(limit.share)), y.position(limit.value * scale.factor))
      svg.area(
        [(place.0 - 5, place.1), (place.0 + 5, place.1), (place.0, place.1 + 8)], "limit-mark",
        title: limit.name)
      svg.text(limit.name, place.0 - 9, place.1, .end, "t limit-text")
    }
    return bottom + 24
  }

  /// The place of a share on an axis that gives every nine the same room.
  private static func tail(_ share: Double) -> Double {
    -PortableMath.log10(max(1 - share, 1e-9))
  }
}
