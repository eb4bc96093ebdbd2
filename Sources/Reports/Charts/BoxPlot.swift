import Statistics

/// How the runs of each choice came out: percentiles of outcomes, and the mean with its interval.
package struct BoxChart: Hashable, Sendable {
  /// One row.
  package struct Box: Hashable, Sendable {
    package var label: String
    /// The mean of the runs.
    package var mean: Double
    /// Precision of the mean; `nil` for one run.
    package var interval: Reading.Bounds?
    /// Outcomes at the 10th, 25th, 50th, 75th and 90th percentile.
    package var percentiles: [Double]

    /// Makes a box from its figures, five percentiles in rising order.
    package init(
      _ label: String, mean: Double, interval: Reading.Bounds?, percentiles: [Double]
    ) {
      precondition(percentiles.count == BoxChart.shares.count, "a box has five percentiles")
      self.label = label
      self.mean = mean
      self.interval = interval
      self.percentiles = percentiles
    }

    /// Makes a box from the outcome of each run; `nil` where there is none.
    package init?(_ label: String, outcomes: [Double], interval: Reading.Bounds?) {
      guard !outcomes.isEmpty else { return nil }
      let sorted = outcomes.sorted()
      self.init(
        label, mean: outcomes.reduce(0, +) / Double(outcomes.count), interval: interval,
        percentiles: BoxChart.shares.map { quantile($0, ofSorted: sorted) })
    }
  }

  static let shares = [0.1, 0.25, 0.5, 0.75, 0.9]

  package var unit: Unit
  package var boxes: [Box]
  /// A limit to draw across; `nil` for none.
  package var limit: Double?

  /// Makes a box plot.
  package init(unit: Unit, boxes: [Box], limit: Double? = nil) {
    self.unit = unit
    self.boxes = boxes
    self.limit = limit
  }

  /// The numbers as a table.
  func table(id: String) -> Table {
    Table(
      id: id,
      columns: [Column("", .label), Column("mean", .reading(.interval), unit: unit)]
        + ["P10", "P25", "P50", "P75", "P90"].map { Column($0, .reading(.value), unit: unit) },
      rows: boxes.map { box in
        Row(
          [.text(box.label), .reading(.simulated(box.mean, box.interval, unit))]
            + box.percentiles.map { .reading(Chart.drawn($0, unit)) })
      })
  }
}

/// Draws boxes in the manner of measures of risk and error: the box and its whiskers are
/// outcomes, the dot and its bar the mean and how well it is known.
enum BoxPlot {
  private static let rowHeight = 34.0

  static func draw(_ chart: BoxChart, into svg: inout SVGWriter) -> Double {
    let values = chart.boxes.flatMap { box in
      box.percentiles + [box.mean] + (box.interval.map { [$0.low, $0.high] } ?? [])
    }
    let fitted = ValueAxis(chart.unit, showing: values + (chart.limit.map { [$0] } ?? []))
    let labels = chart.boxes.map { SVGWriter.cut($0.label, to: 30) }
    let left = SVGWriter.room(for: labels)
    let top = key(into: &svg) + (chart.limit == nil ? 6 : 20)
    let bottom = top + Double(chart.boxes.count) * rowHeight
    let x = fitted.placed(from: left + 6, to: SVGWriter.width - 24)
    svg.bottomAxis(x.ticks, x.scale, from: bottom, to: top)
    for (row, box) in chart.boxes.enumerated() {
      let y = top + (Double(row) + 0.5) * rowHeight
      svg.text(labels[row], left - 6, y + 4, .end)
      draw(box.percentiles.map(x.position), y: y, into: &svg)
      if let interval = box.interval {
        svg.whisker(
          from: x.position(interval.low), to: x.position(interval.high), y: y, cap: 4, "w thick")
      }
      svg.circle(x.position(box.mean), y, radius: 4, "dot")
    }
    if let limit = chart.limit {
      let place = x.position(limit)
      svg.line(place, top - 4, place, bottom, "limit")
      svg.text("limit", place, top - 6, .middle, "t limit-text")
    }
    svg.text(x.unit.name, SVGWriter.width - 2, bottom + 30, .end)
    return bottom + 36
  }

  private static func draw(_ places: [Double], y: Double, into svg: inout SVGWriter) {
    svg.whisker(from: places[0], to: places[1], y: y, cap: 0)
    svg.line(places[0], y - 6, places[0], y + 6, "w")
    svg.line(places[3], y, places[4], y, "w")
    svg.line(places[4], y - 6, places[4], y + 6, "w")
    svg.rectangle(
      places[1], y - 11, width: max(places[3] - places[1], 1), height: 22, "box")
    svg.line(places[2], y - 11, places[2], y + 11, "w")
  }

  private static func key(into svg: inout SVGWriter) -> Double {
    draw([2, 16, 28, 40, 54], y: 12, into: &svg)
    let words = "runs: P10, P25, P50, P75, P90"
    svg.text(words, 64, 16)
    let x = 64 + SVGWriter.width(of: words) + 30
    svg.whisker(from: x, to: x + 28, y: 12, cap: 4, "w thick")
    svg.circle(x + 14, 12, radius: 4, "dot")
    svg.text("mean and its interval", x + 38, 16)
    return 26
  }
}
