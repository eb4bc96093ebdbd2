/// A picture of a report, held as its data: what it shows, not how it looks.
package struct Chart: Hashable, Sendable {
  /// A name that stays the same between versions, unique in its report.
  package var id: String
  /// The finding, as a sentence.
  package var title: String
  /// The measure and its unit.
  package var subtitle: String
  /// What it draws.
  package var content: Content

  /// Makes a chart.
  package init(id: String, title: String, subtitle: String, content: Content) {
    self.id = id
    self.title = title
    self.subtitle = subtitle
    self.content = content
  }

  /// The kinds of picture.
  package enum Content: Hashable, Sendable {
    case timeSeries(TimeSeriesChart)
    case percentiles(PercentileChart)
    case bars(BarChart)
    case waterfall(WaterfallChart)
    case intervals(IntervalChart)
    case incidents(IncidentChart)
    case tornado(TornadoChart)
    case scatter(ScatterChart)
    case boxes(BoxChart)
    case load(LoadChart)
    case heat(HeatChart)
    /// Stacked bars upright, for sums over time.
    case columns(BarChart)
    case diagram(DiagramChart)
  }
}

/// Quantities over simulated time.
package struct TimeSeriesChart: Hashable, Sendable {
  /// One line, with a band around it where there is one.
  package struct Line: Hashable, Sendable {
    package var name: String
    /// Values at equal distances; `nil` where nothing was seen.
    package var values: [Double?]
    /// The lower end of the band; empty for none.
    package var low: [Double?]
    /// The upper end of the band; empty for none.
    package var high: [Double?]

    /// Makes a line.
    package init(
      _ name: String, _ values: [Double?], low: [Double?] = [], high: [Double?] = []
    ) {
      precondition(
        (low.isEmpty || low.count == values.count) && low.count == high.count,
        "a band has as many points as its line")
      self.name = name
      self.values = values
      self.low = low
      self.high = high
    }
  }

  /// Seconds, or things of `along`, between two values.
  package var step: Double
  package var unit: Unit
  package var lines: [Line]
  /// A limit to draw across; `nil` for none.
  package var limit: Double?
  /// What the steps count: seconds, or things such as rows.
  package var along: Unit
  /// What happened at places along the steps, in order.
  package var marks: [Mark]

  /// An event along the steps: a letter that the subtitle explains, and what it was.
  package struct Mark: Hashable, Sendable {
    /// Seconds after the start, or what else the steps count.
    package var at: Double
    /// Empty for a line alone.
    package var letter: String
    package var text: String

    /// Makes a mark.
    package init(at: Double, letter: String = "", text: String) {
      self.at = at
      self.letter = letter
      self.text = text
    }
  }

  /// Makes a chart over time, or along a count of things.
  package init(
    step: Double, unit: Unit, lines: [Line], limit: Double? = nil, along: Unit = .seconds,
    marks: [Mark] = []
  ) {
    precondition(step > 0, "time moves forward")
    self.step = step
    self.unit = unit
    self.lines = lines
    self.limit = limit
    self.along = along
    self.marks = marks
  }
}

/// Percentile curves: the value (on a log axis) against the share of requests below it.
package struct PercentileChart: Hashable, Sendable {
  /// One curve: values at the percentiles of the chart; `nil` where there is none.
  package struct Curve: Hashable, Sendable {
    package var name: String
    package var values: [Double?]

    /// Makes a curve.
    package init(_ name: String, _ values: [Double?]) {
      self.name = name
      self.values = values
    }
  }

  /// Shares in rising order, 0 up to below 1.
  package var shares: [Double]
  package var unit: Unit
  package var curves: [Curve]
  /// Limits to mark, each with a name.
  package var limits: [Limit]

  /// A limit on a percentile.
  package struct Limit: Hashable, Sendable {
    package var name: String
    package var share: Double
    package var value: Double

    /// Makes a limit.
    package init(_ name: String, share: Double, value: Double) {
      self.name = name
      self.share = share
      self.value = value
    }
  }

  /// The shares that show a tail well.
  package static let usualShares = [
    0, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.98, 0.99, 0.995, 0.998, 0.999, 0.9995, 0.9999,
  ]

  /// Makes percentile curves.
  package init(shares: [Double], unit: Unit, curves: [Curve], limits: [Limit] = []) {
    precondition(curves.allSatisfy { $0.values.count == shares.count }, "one value per share")
    self.shares = shares
    self.unit = unit
    self.curves = curves
    self.limits = limits
  }
}

/// Stacked bars, all from zero: a bar per row, a segment per part.
package struct BarChart: Hashable, Sendable {
  package struct Bar: Hashable, Sendable {
    package var label: String
    /// One value per part, none negative.
    package var values: [Double]
    /// The range of outcomes of the sum; `nil` for none.
    package var range: Reading.Bounds?

    /// Makes a bar.
    package init(_ label: String, _ values: [Double], range: Reading.Bounds? = nil) {
      self.label = label
      self.values = values
      self.range = range
    }
  }

  package var unit: Unit
  /// The names of the parts.
  package var parts: [String]
  package var bars: [Bar]
  /// A limit to draw across; `nil` for none.
  package var limit: Double?

  /// Makes stacked bars.
  package init(unit: Unit, parts: [String], bars: [Bar], limit: Double? = nil) {
    precondition(bars.allSatisfy { $0.values.count == parts.count }, "one value per part")
    self.unit = unit
    self.parts = parts
    self.bars = bars
    self.limit = limit
  }
}

/// From one total to another by steps.
package struct WaterfallChart: Hashable, Sendable {
  package struct Step: Hashable, Sendable {
    package var label: String
    package var change: Double

    /// Makes a step.
    package init(_ label: String, _ change: Double) {
      self.label = label
      self.change = change
    }
  }

  package var unit: Unit
  package var startLabel: String
  package var start: Double
  package var steps: [Step]
  package var endLabel: String

  /// Makes a waterfall; it ends at the start plus all changes.
  package init(
    unit: Unit, startLabel: String, start: Double, steps: [Step], endLabel: String
  ) {
    self.unit = unit
    self.startLabel = startLabel
    self.start = start
    self.steps = steps
    self.endLabel = endLabel
  }

  /// The total at the end.
  package var end: Double { steps.reduce(start) { $0 + $1.change } }
}

/// Estimates as dots with their intervals: differences against zero, or figures side by side.
package struct IntervalChart: Hashable, Sendable {
  package struct Dot: Hashable, Sendable {
    package var label: String
    package var estimate: Double
    /// `nil` where one run gives none.
    package var interval: Reading.Bounds?
    /// Whether there is a difference for sure.
    package var isShown: Bool

    /// Makes a dot; if not said, a difference is for sure where the interval leaves zero out.
    package init(
      _ label: String, _ estimate: Double, _ interval: Reading.Bounds?, isShown: Bool? = nil
    ) {
      self.label = label
      self.estimate = estimate
      self.interval = interval
      self.isShown = isShown ?? interval.map { $0.low > 0 || $0.high < 0 } ?? false
    }

    /// Whether there is no difference at all.
    package var isSame: Bool { estimate == 0 && interval == Reading.Bounds(0, 0) }
  }

  package var unit: Unit
  package var dots: [Dot]
  /// What zero stands for, such as `base`; nil where the dots are figures and no differences.
  package var zeroLabel: String?

  /// Makes an interval plot.
  package init(unit: Unit, dots: [Dot], zeroLabel: String?) {
    self.unit = unit
    self.dots = dots
    self.zeroLabel = zeroLabel
  }

  /// A dot as a reading.
  func reading(_ dot: Dot) -> Reading {
    let reading = Reading.simulated(dot.estimate, dot.interval, unit)
    guard zeroLabel == nil else { return reading.asDifference }
    let isExact = dot.interval.map { $0.low == $0.high } ?? false
    return isExact ? .exact(dot.estimate, unit) : reading
  }
}

/// What happened when, in lanes.
package struct IncidentChart: Hashable, Sendable {
  package struct Event: Hashable, Sendable {
    /// Seconds from the start.
    package var from: Double
    /// The end of a span; equal to `from` for an instant.
    package var to: Double
    package var text: String

    /// Makes an event.
    package init(from: Double, to: Double, _ text: String) {
      self.from = from
      self.to = to
      self.text = text
    }
  }

  package struct Lane: Hashable, Sendable {
    package var name: String
    package var events: [Event]

    /// Makes a lane.
    package init(_ name: String, _ events: [Event]) {
      self.name = name
      self.events = events
    }
  }

  /// Seconds from the start to the end of the strip.
  package var length: Double
  package var lanes: [Lane]

  /// Makes an incident strip.
  package init(length: Double, lanes: [Lane]) {
    self.length = length
    self.lanes = lanes
  }
}
