import Quantities

/// The parts of a reading as text, all on one scale.
package struct ReadingText: Hashable, Sendable {
  /// `188 ms`, `$1,402`, `unknown`.
  package var value: String
  /// `[171, 205]`, `exact`, `one run`; empty when there is nothing to say.
  package var interval: String
  /// `1,290-1,560`; empty when there is none.
  package var range: String

  /// Value and interval, and the range where there is one, in a line.
  package var line: String {
    let parts = [value, interval, range.isEmpty ? "" : "P10-P90 \(range)"]
    return parts.filter { !$0.isEmpty }.joined(separator: "  ")
  }
}

/// The factor and the name with which values of one unit are shown.
package struct UnitScale: Hashable, Sendable {
  /// Multiplies a value in the base of its unit.
  package var factor: Double
  /// Before the number.
  package var prefix: String
  /// After the number, with the space that belongs there.
  package var suffix: String

  /// The scale that fits a value of about the given magnitude.
  package init(_ unit: Unit, fitting magnitude: Double) {
    switch unit {
    case .seconds:
      let unit = TimeUnit(for: magnitude)
      // Below a second the factor is a whole number, which its reciprocal only nearly is.
      let factor = 1 / unit.seconds
      self.init(
        factor: unit < .seconds ? factor.rounded() : factor, prefix: "", suffix: " " + unit.symbol)
    case .ratio: self.init(factor: 100, prefix: "", suffix: " %")
    case .points: self.init(factor: 100, prefix: "", suffix: " pp")
    case .dollars(let per): self.init(factor: 1, prefix: "$", suffix: per)
    case .number(let name):
      self.init(
        factor: 1, prefix: "", suffix: name.isEmpty || name.hasPrefix("/") ? name : " " + name)
    }
  }

  private init(factor: Double, prefix: String, suffix: String) {
    self.factor = factor
    self.prefix = prefix
    self.suffix = suffix
  }

  /// The unit alone, as a heading or an axis shows it: `ms`, `%`, `$/month`.
  package var name: String {
    let bare = suffix.hasPrefix(" ") ? String(suffix.dropFirst()) : suffix
    return prefix + bare
  }
}

extension Reading {
  /// The reading on the scale that fits it, with its unit after the value.
  package var text: ReadingText { text(on: scale, showsUnit: true) }

  /// The scale that fits: of a difference the interval's, for the estimate may be next to nothing.
  var scale: UnitScale {
    let value = shown ?? value ?? 0
    guard isDifference, let interval else { return UnitScale(unit, fitting: value) }
    let ends = max(interval.low.magnitude, interval.high.magnitude)
    return UnitScale(unit, fitting: max(value.magnitude, ends))
  }

  /// The reading on a given scale; a heading may say the unit instead.
  package func text(on scale: UnitScale, showsUnit: Bool) -> ReadingText {
    guard certainty != .unknown, let value = shown ?? value else {
      return ReadingText(value: words ?? "unknown", interval: "", range: "")
    }
    let digits = decimals ?? self.digits(on: scale)
    func number(_ value: Double, signed: Bool, decimals: Int) -> String {
      let text = NumberText.fixed(value * scale.factor, decimals: decimals)
      return signed && value > 0 && text.contains(where: { ("1"..."9").contains($0) })
        ? "+" + text : text
    }
    return ReadingText(
      value: words
        ?? withUnit(
          number(value, signed: isDifference, decimals: digits), scale, showsUnit: showsUnit),
      interval: intervalText { number($0, signed: false, decimals: digits) },
      range: rangeText { number($0, signed: false, decimals: min(digits, rangeDigits(scale))) })
  }

  private func withUnit(_ number: String, _ scale: UnitScale, showsUnit: Bool) -> String {
    guard showsUnit else { return number }
    guard !scale.prefix.isEmpty, let sign = number.first, sign == "-" || sign == "+" else {
      return scale.prefix + number + scale.suffix
    }
    return String(sign) + scale.prefix + number.dropFirst() + scale.suffix
  }

  private func intervalText(_ number: (Double) -> String) -> String {
    switch certainty {
    case .exact: return "exact"
    case .observed, .unknown: return ""
    case .simulated:
      guard let interval else { return "one run" }
      return "[\(number(interval.low)), \(number(interval.high))]"
    }
  }

  private func rangeText(_ number: (Double) -> String) -> String {
    guard let range else { return "" }
    let (low, high) = (number(range.low), number(range.high))
    // Ends that look alike say nothing that the value does not.
    if low == high { return "" }
    return low + (range.low < 0 ? " to " : "-") + high
  }

  private func digits(on scale: UnitScale) -> Int {
    // A width beneath the last digits of the estimate is noise of its sum, not a width.
    let noise = (value ?? 0).magnitude * 1e-9
    if let interval, interval.high - interval.low > noise {
      let halfWidth = (interval.high - interval.low) / 2 * scale.factor
      let digits = NumberText.decimals(forHalfWidth: halfWidth)
      // No price has a single digit of cents.
      if case .dollars = unit, digits == 1 { return 2 }
      // Shares may be all nines; of anything else more than five digits say nothing.
      if case .ratio = unit { return digits }
      let place = NumberText.leadingPlace(of: (shown ?? value ?? 0) * scale.factor)
      return min(digits, max(0, 4 - place))
    }
    let number = (shown ?? value ?? 0) * scale.factor
    let digits = NumberText.decimals(forValue: number)
    // Prices have cents where they have any fraction that shows.
    guard case .dollars = unit, number != number.rounded() else { return digits }
    return number.magnitude >= 1_000 ? 0 : max(digits, 2)
  }

  private func rangeDigits(_ scale: UnitScale) -> Int {
    guard let range, range.high > range.low else { return 9 }
    let digits = NumberText.decimals(forHalfWidth: (range.high - range.low) / 2 * scale.factor)
    if case .dollars = unit, digits == 1 { return 2 }
    return digits
  }
}
