/// A metric against offered load: what it does as traffic grows, and where that ends.
package struct LoadChart: Hashable, Sendable {
  /// What was found at one load.
  package struct Point: Hashable, Sendable {
    package var load: Double
    /// `nil` where the metric has no end or was not seen.
    package var value: Double?
    package var interval: Reading.Bounds?

    /// Makes a point.
    package init(_ load: Double, _ value: Double?, _ interval: Reading.Bounds? = nil) {
      self.load = load
      self.value = value
      self.interval = interval
    }
  }

  /// One system or choice, by rising load.
  package struct Curve: Hashable, Sendable {
    package var name: String
    package var points: [Point]

    /// Makes a curve.
    package init(_ name: String, _ points: [Point]) {
      self.name = name
      self.points = points
    }
  }

  /// A load worth a name: today's, the knee, where an objective breaks, where choices cross.
  package struct Mark: Hashable, Sendable {
    package var name: String
    package var load: Double
    package var interval: Reading.Bounds?

    /// Makes a mark.
    package init(_ name: String, at load: Double, _ interval: Reading.Bounds? = nil) {
      self.name = name
      self.load = load
      self.interval = interval
    }
  }

  /// What the load is, such as `requests/s offered`.
  package var loadName: String
  package var loadUnit: Unit
  package var unit: Unit
  package var curves: [Curve]
  /// The objective on the metric; `nil` for none.
  package var objective: Double?
  package var marks: [Mark]

  /// Makes a load curve.
  package init(
    loadName: String, loadUnit: Unit = .number(""), unit: Unit, curves: [Curve],
    objective: Double? = nil, marks: [Mark] = []
  ) {
    self.loadName = loadName
    self.loadUnit = loadUnit
    self.unit = unit
    self.curves = curves
    self.objective = objective
    self.marks = marks
  }

  /// The numbers as a table.
  func table(id: String) -> Table {
    let rows = curves.flatMap { curve in
      curve.points.map { point -> Row in
        let reading =
          point.value.map { value in
            point.interval.map { Reading.simulated(value, $0, unit) } ?? Chart.drawn(value, unit)
          } ?? Reading.unknown(unit).saying("no end")
        return Row([
          .text(curve.name), .reading(Chart.drawn(point.load, loadUnit)), .reading(reading),
        ])
      }
    }
    let marked = marks.map { mark in
      let reading =
        mark.interval.map { Reading.simulated(mark.load, $0, loadUnit) }
        ?? Chart.drawn(mark.load, loadUnit)
      return Row([.text(mark.name), .reading(reading), ""])
    }
    return Table(
      id: id,
      columns: [
        Column("", .label, mergesRepeats: true),
        Column(loadName, .reading(.interval), unit: loadUnit),
        Column("found", .reading(.interval), unit: unit),
      ], rows: rows + marked)
  }
}

/// Draws load curves with their bands, the objective across and the marked loads upright.
enum LoadPlot {
  static func draw(_ chart: LoadChart, into svg: inout SVGWriter) -> Double {
    let points = chart.curves.flatMap(\.points)
    let values = points.flatMap { [$0.value, $0.interval?.low, $0.interval?.high] }
      .compactMap { $0 }.filter(\.isFinite)
    let loads =
      points.map(\.load)
      + chart.marks.flatMap { [$0.load, $0.interval?.low, $0.interval?.high].compactMap { $0 } }
    let up = ValueAxis(
      chart.unit, showing: values + (chart.objective.map { [$0] } ?? []), mayBeLogarithmic: true)
    let across = ValueAxis(chart.loadUnit, showing: loads, count: 7)
    let top = svg.legend(chart.curves.map(\.name), swatch: .line) + 44
    let bottom = top + 220
    let left = SVGWriter.room(for: up.ticks.map(\.label))
    let y = up.placed(from: bottom, to: top)
    let x = across.placed(from: left, to: SVGWriter.width - 24)
    svg.leftAxis(y.ticks, y.scale, from: left, to: x.scale.end)
    svg.text(y.unit.name, 0, top - 10)
    for tick in x.ticks {
      let place = x.scale.position(tick.value)
      svg.line(place, bottom, place, bottom + 4, "a")
      svg.text(tick.label, place, bottom + 16, .middle)
    }
    svg.text(x.title(chart.loadName), SVGWriter.width - 24, bottom + 34, .end)
    marks(chart, x, top, bottom, into: &svg)
    for (index, curve) in chart.curves.enumerated() {
      draw(curve, index, x, y, into: &svg)
    }
    if let objective = chart.objective {
      let place = y.position(objective)
      svg.line(left, place, x.scale.end, place, "limit")
      svg.text("objective \(y.said(objective))", left + 6, place - 4, .start, "t limit-text")
    }
    return bottom + 40
  }

  private static func draw(
    _ curve: LoadChart.Curve, _ index: Int, _ x: ValueAxis, _ y: ValueAxis,
    into svg: inout SVGWriter
  ) {
    let banded = curve.points.filter { $0.value?.isFinite == true && $0.interval != nil }
    if banded.count > 1 {
      let upper = banded.compactMap { point in
        point.interval.map { (x: x.position(point.load), y: y.position($0.high)) }
      }
      let lower = banded.compactMap { point in
        point.interval.map { (x: x.position(point.load), y: y.position($0.low)) }
      }
      svg.area(upper + lower.reversed(), Palette.band(index))
    }
    let places = curve.points.map { point -> (x: Double, y: Double)? in
      guard let value = point.value, value.isFinite else { return nil }
      return (x.position(point.load), y.position(value))
    }
    svg.path(places, "l \(Palette.line(index))")
    for place in places.compactMap({ $0 }) {
      svg.circle(place.x, place.y, radius: 3, Palette.solid(index))
    }
    // From the last load with an end on, the curve leaves the picture.
    guard let last = places.last(where: { $0 != nil }) ?? nil,
      places.last.map({ $0 == nil }) == true
    else { return }
    svg.text("no end \u{2191}", last.x + 6, last.y - 6, .start, "t limit-text")
  }

  /// Marked loads, their names in two rows above so that near ones stay apart.
  private static func marks(
    _ chart: LoadChart, _ x: ValueAxis, _ top: Double, _ bottom: Double,
    into svg: inout SVGWriter
  ) {
    for (index, mark) in chart.marks.sorted(by: { $0.load < $1.load }).enumerated() {
      let place = x.position(mark.load)
      if let interval = mark.interval {
        let from = x.position(interval.low)
        svg.rectangle(
          from, top, width: max(x.position(interval.high) - from, 1), height: bottom - top, "event",
          title: mark.name)
      }
      svg.line(place, top - 2, place, bottom, "a dash")
      let words = "\(mark.name) \(x.said(mark.load))"
      let half = SVGWriter.width(of: words) / 2
      let anchor: SVGWriter.Anchor =
        place + half > SVGWriter.width ? .end : place - half < 60 ? .start : .middle
      svg.text(words, place, top - (index.isMultiple(of: 2) ? 6 : 22), anchor, "t ink")
    }
  }
}
