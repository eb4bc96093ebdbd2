import Randomness

/// A mark on an axis.
package struct Tick: Hashable {
  /// Where it stands, in the unit of the axis.
  package var value: Double
  /// What is written there.
  package var label: String
}

/// Ticks at round numbers.
package enum Axis {
  /// Round values from at or below `low` to at or above `high`, about `count` of them, with labels
  /// that have just the digits that tell them apart.
  package static func ticks(from low: Double, to high: Double, count: Int = 5) -> [Tick] {
    let span = high > low ? high - low : max(high.magnitude, 1)
    let step = niceStep(span / Double(max(count, 1)))
    let first = (low / step).rounded(.down)
    let last = max((high / step - 1e-9).rounded(.up), first + 1)
    let decimals = max(0, -NumberText.leadingPlace(of: step * 1.000_001))
    return (0...Int(last - first)).map { index in
      let value = (first + Double(index)) * step
      return Tick(value: value, label: NumberText.fixed(value, decimals: decimals))
    }
  }

  /// Ticks of simulated time in seconds, at steps that people count in.
  package static func timeTicks(to length: Double, count: Int = 8) -> [Tick] {
    let steps: [(Double, Double, String)] = [
      (1e-3, 1e-3, "ms"), (1e-2, 1e-3, "ms"), (0.1, 1e-3, "ms"), (1, 1, "s"), (5, 1, "s"),
      (10, 1, "s"), (30, 1, "s"), (60, 60, "min"), (300, 60, "min"), (600, 60, "min"),
      (1_800, 60, "min"), (3_600, 3_600, "h"), (7_200, 3_600, "h"), (21_600, 3_600, "h"),
      (43_200, 3_600, "h"), (86_400, 86_400, "d"), (172_800, 86_400, "d"),
      (432_000, 86_400, "d"), (604_800, 86_400, "d"), (1_209_600, 86_400, "d"),
      (2_592_000, 86_400, "d"), (7_776_000, 86_400, "d"),
    ]
    let wanted = length / Double(count)
    var chosen = steps.first { $0.0 >= wanted } ?? (niceStep(wanted), 86_400, "d")
    if length <= 0 { chosen = (1, 1, "s") }
    let (step, unit, name) = chosen
    let last = Int((length / step + 1e-9).rounded(.down))
    return (0...max(last, 0)).map { index in
      let value = Double(index) * step
      let number = NumberText.exact((value / unit * 1e6).rounded() / 1e6)
      return Tick(value: value, label: index == 0 ? "0" : "\(number) \(name)")
    }
  }

  /// Ticks of a log axis: the decades, and 2 and 5 between them where there are few.
  package static func logTicks(from low: Double, to high: Double) -> [Tick] {
    let first = NumberText.leadingPlace(of: low)
    let last = NumberText.leadingPlace(of: high)
    let factors: [Double] = last - first < 3 ? [1, 2, 5] : [1]
    var ticks: [Tick] = []
    for place in first...(last + 1) {
      for factor in factors {
        let value = scaled(factor, byTenTo: place)
        guard value >= low * 0.999, value <= high * 1.001 else { continue }
        ticks.append(
          Tick(value: value, label: NumberText.fixed(value, decimals: max(0, -place))))
      }
    }
    if ticks.count >= 3 { return ticks }
    // Within a decade round numbers at equal distances read best.
    return self.ticks(from: low, to: high).filter { $0.value >= low && $0.value <= high }
  }

  /// The smallest of 1, 2 and 5 times a power of ten that is at least the given step.
  static func niceStep(_ step: Double) -> Double {
    guard step > 0, step.isFinite else { return 1 }
    let place = NumberText.leadingPlace(of: step)
    for factor in [1.0, 2, 5] where scaled(factor, byTenTo: place) >= step * (1 - 1e-9) {
      return scaled(factor, byTenTo: place)
    }
    return scaled(1, byTenTo: place + 1)
  }

  static func scaled(_ value: Double, byTenTo place: Int) -> Double {
    var power = 1.0
    for _ in 0..<place.magnitude { power *= 10 }
    return place < 0 ? value / power : value * power
  }
}

/// Maps values to positions along a side of a picture.
package struct Scale {
  var low: Double
  var high: Double
  var start: Double
  var end: Double
  /// Whether equal distances are equal ratios.
  package var isLogarithmic = false

  /// The position of a value; values beyond the ends stay at them.
  func position(_ value: Double) -> Double {
    let (a, b, x) =
      isLogarithmic
      ? (PortableMath.log10(low), PortableMath.log10(high), PortableMath.log10(max(value, low)))
      : (low, high, value)
    guard b > a else { return start }
    return start + min(max((x - a) / (b - a), 0), 1) * (end - start)
  }
}
