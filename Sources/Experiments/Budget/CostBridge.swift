import MLSystem
import Pricing
import Quantities

/// What of the change of a monthly cost comes from where, by `LogMeanDivisia` line by line.
///
/// A line of the cost tree is `answered · asked/answered · use/asked · option's share of the use ·
/// price`. The effects add to the difference of the expected values.
package struct CostBridge: Sendable {
  /// Where a change comes from, in the order of the factors.
  package enum Driver: String, Sendable, CaseIterable {
    case volume, failures, intensity, mix, coverage, price, scope

    /// What it says, for reports.
    package var text: String {
      switch self {
      case .volume: "volume: answers"
      case .failures: "failures: asked for each answer"
      case .intensity: "intensity: use for each request"
      case .mix: "mix: ways of buying"
      case .coverage: "coverage: commitments, used or idle"
      case .price: "price: of a unit"
      case .scope: "scope: lines that only one side has"
      }
    }
  }

  /// What comes from one driver.
  package struct Effect: Sendable, Hashable {
    package var driver: Driver
    package var amount: Money
    /// The line to which most of it belongs; nil for none.
    package var largest: String?
  }

  /// The names of both sides.
  package var from: String
  package var to: String
  package var before: Money
  package var after: Money
  /// One entry for each driver; they add to `after − before`.
  package var effects: [Effect]
  /// Whether the number of requests is known on both sides; else volume is part of the intensity.
  package var knowsVolume: Bool

  /// One side: monthly lines with what they were for.
  struct Side {
    var name: String
    var lines: [Line]
    /// Answered and asked in a month; nil where nothing was counted.
    var answered: Double?
    var asked: Double?
  }

  struct Line {
    var path: [String]
    var amount: Money
    var quantity: Double
  }

  /// From the month of some results to that of others.
  package init(from: Results, to: Results) {
    var sides = [Side(from), Side(to)]
    if from.identity.file == to.identity.file, from.identity.variant != to.identity.variant {
      sides[0].name = from.identity.variant
      sides[1].name = to.identity.variant
    }
    self.init(from: sides[0], to: sides[1])
  }

  /// From the first whole month of results to their last; nil where they have not two.
  package static func overMonths(_ results: Results) -> CostBridge? {
    let whole = results.cost.months.filter { $0.covered > 0.999 }
    guard let first = whole.first, let last = whole.last, first.label != last.label else {
      return nil
    }
    return CostBridge(from: Side(results, month: first), to: Side(results, month: last))
  }

  init(from: Side, to: Side) {
    self.from = from.name
    self.to = to.name
    before = from.lines.map(\.amount).total()
    after = to.lines.map(\.amount).total()
    knowsVolume = from.isCounted && to.isCounted
    var sums = Driver.allCases.map { _ in 0.0 }
    var largest: [(name: String, size: Double)] = Driver.allCases.map { _ in ("", 0) }
    var groups: [[String]] = []
    for line in from.lines + to.lines where !groups.contains(line.group) {
      groups.append(line.group)
    }
    for group in groups {
      let effects = Self.effects(
        from.lines.filter { $0.group == group }, from, to.lines.filter { $0.group == group }, to,
        countsVolume: knowsVolume)
      for (place, driver) in Driver.allCases.enumerated() {
        let effect = effects[driver] ?? 0
        sums[place] += effect
        if effect.magnitude > largest[place].size {
          largest[place] = (group.joined(separator: " "), effect.magnitude)
        }
      }
    }
    // Rounding to the nano-dollar leaves a rest, which the largest effect takes.
    var amounts = sums.map { Money(dollars: $0) ?? .zero }
    if let place = sums.indices.max(by: { sums[$0].magnitude < sums[$1].magnitude }) {
      amounts[place] += after - before - amounts.total()
    }
    effects = Driver.allCases.enumerated().map { place, driver in
      Effect(
        driver: driver, amount: amounts[place],
        largest: largest[place].size > 0 ? largest[place].name : nil)
    }
  }

  /// The effects on one group of lines: one thing, bought in several ways.
  private static func effects(
    _ before: [Line], _ from: Side, _ after: [Line], _ to: Side, countsVolume: Bool
  ) -> [Driver: Double] {
    let old = before.reduce(0) { $0 + $1.amount.dollars }
    let new = after.reduce(0) { $0 + $1.amount.dollars }
    guard !before.isEmpty, !after.isEmpty else { return [.scope: new - old] }
    let uses = (
      old: before.reduce(0) { $0 + $1.quantity }, new: after.reduce(0) { $0 + $1.quantity }
    )
    let none = (answered: 1.0, asked: 1.0)
    // What is owed by the month is for no number of requests.
    let isOwed = (before + after).allSatisfy { $0.option == "fixed" }
    let volumes = countsVolume && !isOwed ? [from.factors, to.factors] : [none, none]
    var options: [String] = []
    for line in before + after where !options.contains(line.option) { options.append(line.option) }
    let isCovered = options.contains { $0.hasPrefix("committed") }
    var effects: [Driver: Double] = [:]
    for option in options {
      func factors(
        _ lines: [Line], _ use: Double, _ volume: (answered: Double, asked: Double)
      ) -> [Double] {
        let own = lines.filter { $0.option == option }
        let quantity = own.reduce(0) { $0 + $1.quantity }
        let amount = own.reduce(0) { $0 + $1.amount.dollars }
        return [
          volume.answered, volume.asked, use / (volume.answered * volume.asked),
          use > 0 ? quantity / use : 0, quantity > 0 ? amount / quantity : 0,
        ]
      }
      let drivers: [Driver] = [
        .volume, .failures, .intensity, isCovered ? .coverage : .mix, .price,
      ]
      let parts = LogMeanDivisia.effects(
        before: factors(before, uses.old, volumes[0]), after: factors(after, uses.new, volumes[1]))
      for (driver, part) in zip(drivers, parts) { effects[driver, default: 0] += part }
    }
    return effects
  }
}

extension CostBridge.Line {
  /// What was bought; a price by the month is for nothing that is counted.
  var group: [String] { option == "fixed" ? path : Array(path.dropLast()) }
  /// How it was bought.
  var option: String { path.last ?? "" }
}

extension CostBridge.Side {
  /// The mean month of results.
  init(_ results: Results) {
    let identity = results.identity
    let months = results.cost.months.reduce(0) { $0 + $1.covered }
    let counted = identity.horizon.seconds / (identity.horizon - identity.warmUp).seconds
    let runs = Double(max(results.counts.count, 1)) * months / counted
    func mean(_ count: (RequestTotals) -> Double) -> Double? {
      let sum = results.counts.reduce(0) { $0 + count(RequestTotals($1)) }
      return sum > 0 && runs > 0 ? sum / runs : nil
    }
    self.init(
      name: identity.variant == "base" ? identity.file : identity.variant,
      lines: results.cost.lines.map {
        CostBridge.Line(path: $0.path, amount: $0.figure.expected, quantity: $0.quantity)
      }, answered: mean(\.answered), asked: mean(\.asked))
  }

  /// One whole month of results; its requests are those of the pictures of the routes.
  init(_ results: Results, month: CostMonth) {
    let runs = Int128(max(month.figure.values.count, 1))
    var lines: [CostBridge.Line] = []
    for charge in results.cost.charges
    where charge.month == month.label && charge.kind != "one-off" {
      guard let amount = charge.amount else { continue }
      let path = charge.path
      let quantity = charge.quantity / Double(runs)
      if let place = lines.firstIndex(where: { $0.path == path }) {
        lines[place].amount += amount
        lines[place].quantity += quantity
      } else {
        lines.append(CostBridge.Line(path: path, amount: amount, quantity: quantity))
      }
    }
    for place in lines.indices { lines[place].amount = lines[place].amount.times(1, over: runs) }
    let asked = Self.asked(results, in: month)
    self.init(name: month.label, lines: lines, answered: asked, asked: asked)
  }

  /// Requests of a month by the pictures; nil where predictions are counted, which have none.
  private static func asked(_ results: Results, in month: CostMonth) -> Double? {
    guard results.counts.allSatisfy({ $0.predicted == 0 }) else { return nil }
    let identity = results.identity
    let calendar = BillingCalendar(start: identity.start, horizon: identity.horizon)
    guard let part = calendar.months.first(where: { $0.first.monthText == month.label }) else {
      return nil
    }
    var sum = 0.0
    for series in results.series where series.name.metric == "requests" {
      guard series.name.selector == nil else { continue }
      for (bucket, rate) in series.mean.enumerated() {
        let from = max(Int64(bucket) * series.step.nanoseconds, part.from.nanoseconds)
        let to = min(Int64(bucket + 1) * series.step.nanoseconds, part.to.nanoseconds)
        if to > from { sum += rate * Double(to - from) / 1e9 }
      }
    }
    return sum > 0 ? sum : nil
  }

  var isCounted: Bool { (answered ?? 0) > 0 && (asked ?? 0) > 0 }

  /// Answers, and what was asked for each.
  var factors: (answered: Double, asked: Double) {
    guard let answered, let asked, answered > 0 else { return (1, 1) }
    return (answered, asked / answered)
  }
}

/// What was asked and answered, whether simulated or counted.
struct RequestTotals {
  var asked: Double
  var answered: Double

  init(_ counts: RequestCounts) {
    asked = Double(counts.arrived + counts.predicted)
    answered = Double(counts.served + counts.predicted)
  }
}

extension Charge {
  /// The path in the cost tree, as `CostLine` has it.
  var path: [String] {
    category.split(separator: "/").map(String.init)
      + [kind == "committed, unused" ? option + ", idle" : option]
  }
}
