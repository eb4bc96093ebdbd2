import Experiments
import MLSystem
import Quantities
import Statistics

extension Unit {
  /// The unit in which reports show a metric.
  init(_ unit: MetricUnit) {
    switch unit {
    case .seconds: self = .seconds
    case .perSecond: self = .number("/s")
    case .share: self = .ratio
    case .count, .score: self = .number("")
    case .tokensPerSecond: self = .number("tokens/s")
    case .dollars: self = .dollars("")
    case .hours: self = .number("h")
    }
  }
}

extension Reading.Bounds {
  init(_ interval: ConfidenceInterval) {
    self.init(interval.low, interval.high)
  }

  init(_ range: OutcomeRange) {
    self.init(range.p10, range.p90)
  }
}

extension Reading {
  /// What was found for a figure of the results, in its unit or another name for it.
  init(_ figure: Figure, as unit: Unit? = nil) {
    let unit = unit ?? Unit(figure.unit)
    guard let estimate = figure.estimate else {
      self = Reading.unknown(unit).saying("none seen")
      return
    }
    if figure.isExact, figure.interval.map({ $0.low == $0.high }) ?? true {
      self = .exact(estimate, unit)
      return
    }
    self = .simulated(
      estimate, figure.interval.map { Bounds($0) }, range: figure.range.map { Bounds($0) }, unit)
  }

  /// Money of the results, rounded to `shown` where parts must add up.
  init(_ money: MoneyFigure, shown: Money? = nil, as unit: Unit = .dollars("")) {
    let expected = money.expected.dollars
    var reading = Reading.exact(expected, unit)
    if !money.isExact {
      reading = .simulated(
        expected, money.interval.map { Bounds($0) }, range: money.range.map { Bounds($0) }, unit)
    }
    if let shown {
      reading.value = shown.dollars
      reading.decimals = 2
    }
    self = reading
  }

  /// A difference between arms, by its paired interval.
  init(_ difference: Comparison.Difference, _ unit: MetricUnit) {
    // A difference of shares is in points, for percent of percent would be read as either.
    let unit: Unit = unit == .share ? .points : Unit(unit)
    let width = difference.interval.high - difference.interval.low
    let size = difference.estimate.magnitude
    if difference.isSame {
      self = Reading.observed(0, unit).saying("same")
      return
    }
    let reading: Reading =
      difference.isExact || width <= size * 1e-9
      ? .exact(difference.estimate, unit)
      : .simulated(difference.estimate, Bounds(difference.interval), unit)
    self = reading.asDifference
    if difference.isEqualInPractice { self = equal(within: difference.margin) }
  }

  /// The reading of a difference that is none in practice: its value to the digits of one that
  /// would matter, its interval to those that it has.
  private func equal(within margin: Double) -> Reading {
    let digits = NumberText.decimals(forHalfWidth: margin * scale.factor)
    let text = withDecimals(digits).text.value
    let isZero = !text.contains { ("1"..."9").contains($0) }
    return saying(isZero ? "equal" : "equal (\(text))")
  }
}

/// Money that is shown beside its sum.
package enum SharedMoney {
  /// The parts in whole cents that add to their sum in whole cents.
  static func cents(_ parts: [Money]) -> (parts: [Money], total: Money) {
    let shares = MoneyRounding.largestRemainder(parts, total: parts.total())
    return (shares, shares.total())
  }

  /// The unit in which amounts of about a size are shown: dollars where they are many, and cents
  /// otherwise.
  static func unit(for largest: Money) -> Money {
    largest.magnitude >= .dollars(1_000) ? .dollar : .cent
  }

  /// Amounts in whole units that add to `total`, itself in whole units and near their sum: each
  /// is rounded down, and what is missing goes to the largest remainders, the earlier first.
  package static func shares(of parts: [Money], addingTo total: Money, unit: Money) -> [Money] {
    guard !parts.isEmpty else { return [] }
    var shares = parts.map { part in
      let down = part.rounded(to: unit)
      return down > part ? down - unit : down
    }
    let order = parts.indices.sorted {
      let (a, b) = (parts[$0] - shares[$0], parts[$1] - shares[$1])
      return a == b ? $0 < $1 : a > b
    }
    var missing = (total - shares.total()).picodollars / unit.picodollars
    var place = 0
    while missing > 0 {
      shares[order[place % order.count]] += unit
      place += 1
      missing -= 1
    }
    while missing < 0 {
      shares[order[order.count - 1 - place % order.count]] -= unit
      place += 1
      missing += 1
    }
    return shares
  }

  /// An amount seen among the runs, in the unit in which its neighbours are shown.
  static func observed(_ amount: Double, unit: Money) -> Reading {
    let cents = Money(dollars: amount)?.roundedToCents.dollars ?? amount
    let reading = Reading.observed(cents, .dollars("")).withDecimals(2)
    return unit == .dollar ? reading.showing(amount, decimals: 0) : reading
  }

  /// A reading for each part and one for the sum, shown in dollars where they are many and in
  /// cents otherwise; what is shown adds up in either.
  static func readings(
    _ parts: [MoneyFigure], total: MoneyFigure
  ) -> (parts: [Reading], total: Reading) {
    let cents = cents(parts.map(\.expected))
    let unit = unit(for: cents.total)
    let shown = MoneyRounding.largestRemainder(cents.parts, total: cents.total, to: unit)
    func reading(_ figure: MoneyFigure, _ cents: Money, _ shown: Money) -> Reading {
      let reading = Reading(figure, shown: cents)
      return unit == .cent ? reading : reading.showing(shown.dollars, decimals: 0)
    }
    return (
      parts.indices.map { reading(parts[$0], cents.parts[$0], shown[$0]) },
      reading(total, cents.total, shown.total())
    )
  }
}

extension CostLine {
  /// `ranker, on demand` for serving; training, labels and the like keep their trunk's name.
  var label: String {
    let trunk = path.first == "serving" && path.count > 2 ? path.dropFirst() : path[...]
    return PathText.label(Array(trunk))
  }
}

/// Names of the leaves of the cost tree.
enum PathText {
  /// `["training", "fraud", "spot"]` as `training fraud, spot`.
  static func label(_ path: [String]) -> String {
    guard path.count > 1, let last = path.last else { return path.first ?? "" }
    return path.dropLast().joined(separator: " ") + ", " + last
  }
}
