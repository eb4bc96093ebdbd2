/// A number as a report shows it: value, interval, range, unit, and how sure it is.
///
/// The makers hold the rule of the house: what was simulated comes with its interval, what is
/// computed without chance is marked exact, and what has no price is unknown, never 0.
package struct Reading: Hashable, Sendable {
  /// Where a reading comes from.
  package enum Certainty: Hashable, Sendable {
    /// Estimated from replications; the interval says how well.
    case simulated
    /// Computed without chance: every replication gives the same.
    case exact
    /// Seen among the runs: an extreme, a percentile of outcomes, a point of a picture. Has no
    /// interval.
    case observed
    /// Not known; never to be read as 0.
    case unknown
  }

  /// Two ends, in the unit of the reading.
  @frozen package struct Bounds: Hashable, Sendable {
    package var low: Double
    package var high: Double

    /// Makes bounds.
    package init(_ low: Double, _ high: Double) {
      self.low = low
      self.high = high
    }
  }

  /// The value in the base of its unit (seconds, ratio, dollars); `nil` when unknown.
  package var value: Double?
  /// The value to show where the rounded parts of a total must add up; `nil` for `value`.
  package var shown: Double?
  /// Precision: the interval of the estimate.
  ///
  /// `nil` for one replication.
  package var interval: Bounds?
  /// Outcomes: from the 10th to the 90th percentile between runs.
  ///
  /// Ranges do not add.
  package var range: Bounds?
  /// The unit.
  package var unit: Unit
  /// Where the reading comes from.
  package var certainty: Certainty
  /// Digits after the point; `nil` to choose them from the interval.
  package var decimals: Int?
  /// Whether the reading is a difference, whose sign is always shown.
  package var isDifference: Bool
  /// Said instead of a value, such as `no end`; `nil` for the usual text.
  package var words: String?

  init(
    value: Double?, interval: Bounds?, range: Bounds?, unit: Unit, certainty: Certainty
  ) {
    self.value = value
    self.interval = interval
    self.range = range
    self.unit = unit
    self.certainty = certainty
    self.isDifference = false
  }

  /// An estimate from replications.
  ///
  /// Without an interval it says that there was one run.
  package static func simulated(
    _ value: Double, _ interval: Bounds?, range: Bounds? = nil, _ unit: Unit
  ) -> Reading {
    Reading(value: value, interval: interval, range: range, unit: unit, certainty: .simulated)
  }

  /// A reading that no chance enters.
  package static func exact(_ value: Double, _ unit: Unit) -> Reading {
    Reading(value: value, interval: nil, range: nil, unit: unit, certainty: .exact)
  }

  /// A value seen among the runs: an extreme, a percentile of outcomes, a point of a picture.
  package static func observed(_ value: Double, _ unit: Unit) -> Reading {
    Reading(value: value, interval: nil, range: nil, unit: unit, certainty: .observed)
  }

  /// A reading that is not known.
  package static func unknown(_ unit: Unit) -> Reading {
    Reading(value: nil, interval: nil, range: nil, unit: unit, certainty: .unknown)
  }

  /// The same reading as a difference, with its sign always shown.
  package var asDifference: Reading {
    var copy = self
    copy.isDifference = true
    return copy
  }

  /// The same reading with its digits after the point fixed.
  package func withDecimals(_ decimals: Int) -> Reading {
    var copy = self
    copy.decimals = decimals
    return copy
  }

  /// The same reading, shown as the given value so that rounded parts add up.
  package func showing(_ shown: Double, decimals: Int) -> Reading {
    var copy = self
    copy.shown = shown
    copy.decimals = decimals
    return copy
  }

  /// The same reading with words instead of its value.
  package func saying(_ words: String) -> Reading {
    var copy = self
    copy.words = words
    return copy
  }
}

/// What a reading counts.
///
/// Values are held in the base of the unit and scaled only when shown.
package enum Unit: Hashable, Sendable {
  /// Seconds, shown in the fitting one of ns, us, ms, s, min, h and d.
  case seconds
  /// A share of one, shown in percent.
  case ratio
  /// A difference of two shares, shown in percentage points.
  case points
  /// Dollars, with what they are for after the number: `""`, `"/month"`.
  case dollars(String)
  /// A number of things or a rate, with its name after the number: `"requests/s"`, `""`.
  case number(String)
}
