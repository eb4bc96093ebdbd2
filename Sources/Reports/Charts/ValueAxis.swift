import Randomness

/// The axis of one quantity, fitted to the values that it must show: unit, ticks and scale.
package struct ValueAxis {
  /// Largest over smallest value from which a log axis shows more.
  static let logarithmicFrom = 30.0

  var unit: UnitScale
  var ticks: [Tick]
  /// Where a value lies along the side of the picture.
  package var scale: Scale

  /// Fits an axis; it lies at no place yet.
  ///
  /// Zero is shown where the values reach down towards it, for a distance from zero is then read
  /// off rightly; a log axis needs values above zero that differ much.
  package init(
    _ unit: Unit, showing values: [Double], count: Int = 5, mayBeLogarithmic: Bool = false
  ) {
    let values = values.filter(\.isFinite)
    let low = values.min() ?? 0
    let high = values.max() ?? 1
    let isLogarithmic = mayBeLogarithmic && low > 0 && high > low * Self.logarithmicFrom
    let size = isLogarithmic ? (low * high).squareRoot() : max(high.magnitude, low.magnitude)
    self.unit = UnitScale(unit, fitting: size)
    let factor = self.unit.factor
    if isLogarithmic {
      ticks = Axis.logTicks(from: low * factor, to: high * factor)
      scale = Scale(
        low: low * factor, high: high * factor, start: 0, end: 0, isLogarithmic: true)
    } else {
      let floor = low >= 0 && low < 0.6 * high ? 0 : low
      ticks = Axis.ticks(from: floor * factor, to: high * factor, count: count)
      scale = Scale(low: ticks.first?.value ?? 0, high: ticks.last?.value ?? 1, start: 0, end: 0)
    }
  }

  /// The same axis along a side of a picture.
  package func placed(from start: Double, to end: Double) -> ValueAxis {
    var copy = self
    copy.scale.start = start
    copy.scale.end = end
    return copy
  }

  /// The place of a value in the base of the unit; values beyond the ends stay at them.
  package func position(_ value: Double) -> Double { scale.position(value * unit.factor) }

  /// `p99, ms`: what the axis shows and its unit.
  func title(_ name: String) -> String {
    [name, unit.name].filter { !$0.isEmpty }.joined(separator: ", ")
  }

  /// A value as text in the unit of the axis.
  func said(_ value: Double) -> String {
    Reading.observed(value, .number("")).text(value, on: unit)
  }
}

extension Reading {
  /// A drawn value on a scale that others share, with its unit.
  fileprivate func text(_ value: Double, on scale: UnitScale) -> String {
    let digits = NumberText.decimals(forValue: value * scale.factor)
    let number = NumberText.fixed(value * scale.factor, decimals: min(digits, 2))
    return scale.prefix + number + scale.suffix
  }
}
