/// Choices by two metrics, with the frontier that nothing beats.
package struct ScatterChart: Hashable, Sendable {
  /// How a choice stands among the others.
  package enum Standing: Hashable, Sendable {
    /// No other beats it.
    case best
    /// Whether another beats it is open at this precision.
    case possiblyBeaten
    /// Another beats it for sure.
    case beaten

    /// The word for it.
    package var word: String {
      switch self {
      case .best: "not dominated"
      case .possiblyBeaten: "possibly dominated"
      case .beaten: "dominated"
      }
    }
  }

  /// A quantity of the picture.
  package struct Metric: Hashable, Sendable {
    package var name: String
    package var unit: Unit
    package var betterIsLower: Bool

    /// Makes a metric.
    package init(_ name: String, _ unit: Unit, betterIsLower: Bool) {
      self.name = name
      self.unit = unit
      self.betterIsLower = betterIsLower
    }
  }

  /// One choice; a value without an end (an overloaded system's latency) is told, not drawn.
  package struct Point: Hashable, Sendable {
    package var label: String
    package var x: Double
    package var y: Double
    package var xInterval: Reading.Bounds?
    package var yInterval: Reading.Bounds?
    package var standing: Standing

    /// Makes a point.
    package init(
      _ label: String, x: Double, y: Double, xInterval: Reading.Bounds? = nil,
      yInterval: Reading.Bounds? = nil, standing: Standing = .best
    ) {
      self.label = label
      self.x = x
      self.y = y
      self.xInterval = xInterval
      self.yInterval = yInterval
      self.standing = standing
    }

    var isDrawn: Bool { x.isFinite && y.isFinite }
  }

  package var x: Metric
  package var y: Metric
  package var points: [Point]

  /// Makes a scatter picture.
  package init(x: Metric, y: Metric, points: [Point]) {
    self.x = x
    self.y = y
    self.points = points
  }

  /// Indices of the points on the frontier of the two metrics, by rising x: those that no other
  /// point is at least as good as in both and better than in one.
  package var frontier: [Int] {
    func cost(_ value: Double, _ metric: Metric) -> Double { metric.betterIsLower ? value : -value }
    let drawn = points.indices.filter { points[$0].isDrawn }
    let kept = drawn.filter { index in
      let (a, b) = (cost(points[index].x, x), cost(points[index].y, y))
      return !drawn.contains { other in
        let (c, d) = (cost(points[other].x, x), cost(points[other].y, y))
        return c <= a && d <= b && (c < a || d < b)
      }
    }
    return kept.sorted { (points[$0].x, $0) < (points[$1].x, $1) }
  }

  /// The numbers as a table.
  func table(id: String) -> Table {
    func cell(_ value: Double, _ interval: Reading.Bounds?, _ unit: Unit) -> Cell {
      .reading(interval.map { .simulated(value, $0, unit) } ?? Chart.drawn(value, unit))
    }
    return Table(
      id: id,
      columns: [
        Column("", .label), Column(x.name, .reading(.interval), unit: x.unit),
        Column(y.name, .reading(.interval), unit: y.unit), Column("standing", .text),
      ],
      rows: points.map { point in
        Row([
          .text(point.label), cell(point.x, point.xInterval, x.unit),
          cell(point.y, point.yInterval, y.unit), .text(point.standing.word),
        ])
      })
  }
}

/// Draws choices by two metrics: the frontier joined, what is dominated faded, intervals as
/// crosses.
enum ScatterPlot {
  static func draw(_ chart: ScatterChart, into svg: inout SVGWriter) -> Double {
    let drawn = chart.points.filter(\.isDrawn)
    let across = ValueAxis(
      chart.x.unit,
      showing: drawn.flatMap { [$0.x, $0.xInterval?.low, $0.xInterval?.high].compactMap { $0 } },
      mayBeLogarithmic: true)
    let up = ValueAxis(
      chart.y.unit,
      showing: drawn.flatMap { [$0.y, $0.yInterval?.low, $0.yInterval?.high].compactMap { $0 } },
      mayBeLogarithmic: true)
    let top = key(into: &svg) + 26
    let bottom = top + 260
    let left = SVGWriter.room(for: up.ticks.map(\.label))
    let x = across.placed(from: left + 12, to: SVGWriter.width - 70)
    let y = up.placed(from: bottom - 8, to: top + 8)
    svg.leftAxis(y.ticks, y.scale, from: left, to: SVGWriter.width - 12)
    svg.bottomAxis(x.ticks, x.scale, from: bottom, to: top)
    svg.text(y.title(chart.y.name), 0, top - 10)
    svg.text(x.title(chart.x.name), SVGWriter.width - 12, bottom + 34, .end)
    frontier(chart, x, y, into: &svg)
    var taken: [Area] = drawn.map { Area(around: x.position($0.x), y.position($0.y)) }
    for point in drawn {
      let place = (x: x.position(point.x), y: y.position(point.y))
      let fade = point.standing == .beaten ? " fade" : ""
      if let interval = point.xInterval {
        svg.whisker(
          from: x.position(interval.low), to: x.position(interval.high), y: place.y, cap: 4,
          "w\(fade)")
      }
      if let interval = point.yInterval {
        svg.upright(
          from: y.position(interval.low), to: y.position(interval.high), x: place.x, cap: 4,
          "w\(fade)")
      }
      svg.marker(point.standing, place.x, place.y)
      // Faded words would not be readable.
      let ink = point.standing == .beaten ? "t" : "t ink"
      label(SVGWriter.cut(point.label, to: 24), place, ink, &taken, into: &svg)
    }
    let missing = chart.points.filter { !$0.isDrawn }.map(\.label)
    guard !missing.isEmpty else { return bottom + 40 }
    let names = SVGWriter.cut(missing.joined(separator: ", "), to: 70)
    svg.text("Without an end, not drawn: \(names)", 0, bottom + 54)
    return bottom + 62
  }

  /// The three marks with their words.
  private static func key(into svg: inout SVGWriter) -> Double {
    var x = 8.0
    for standing in [ScatterChart.Standing.best, .possiblyBeaten, .beaten] {
      svg.marker(standing, x, 10)
      svg.text(standing.word, x + 12, 14)
      x += 36 + SVGWriter.width(of: standing.word)
    }
    return 16
  }

  /// The frontier as a staircase: what lies on its far side is at least as bad as a corner.
  private static func frontier(
    _ chart: ScatterChart, _ x: ValueAxis, _ y: ValueAxis, into svg: inout SVGWriter
  ) {
    let corners = chart.frontier.map { index in
      (x: x.position(chart.points[index].x), y: y.position(chart.points[index].y))
    }
    var points: [(x: Double, y: Double)?] = []
    for (index, corner) in corners.enumerated() {
      if index > 0 {
        let before = corners[index - 1]
        // Lower is better along x: the point before reaches up to here; else the one after does.
        points.append(chart.x.betterIsLower ? (corner.x, before.y) : (before.x, corner.y))
      }
      points.append(corner)
    }
    if points.count > 1 { svg.path(points, "frontier") }
  }

  /// A place that something takes.
  private struct Area {
    var low: (x: Double, y: Double)
    var high: (x: Double, y: Double)

    init(around x: Double, _ y: Double) {
      low = (x - 7, y - 7)
      high = (x + 7, y + 7)
    }

    init(x: Double, y: Double, width: Double) {
      low = (x, y - 10)
      high = (x + width, y + 3)
    }

    func meets(_ other: Area) -> Bool {
      low.x < other.high.x && other.low.x < high.x && low.y < other.high.y && other.low.y < high.y
    }
  }

  /// Sets a label beside its point where nothing else stands; where no place is free, it is left
  /// out, for the table has it.
  private static func label(
    _ text: String, _ place: (x: Double, y: Double), _ ink: String, _ taken: inout [Area],
    into svg: inout SVGWriter
  ) {
    let width = SVGWriter.width(of: text)
    let places = [
      (place.x + 9, place.y - 7), (place.x + 9, place.y + 15), (place.x - 9 - width, place.y - 7),
      (place.x - 9 - width, place.y + 15), (place.x - width / 2, place.y - 14),
      (place.x - width / 2, place.y + 24), (place.x + 9, place.y - 20), (place.x + 9, place.y + 28),
    ]
    for (x, y) in places {
      let area = Area(x: x, y: y, width: width)
      guard x > 0, x + width < SVGWriter.width, !taken.contains(where: area.meets) else { continue }
      taken.append(area)
      svg.text(text, x, y, .start, ink)
      return
    }
  }
}
