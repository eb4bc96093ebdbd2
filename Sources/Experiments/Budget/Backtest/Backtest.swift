import Quantities
import Statistics

/// A past period simulated and held against its bill and its metrics.
package struct Backtest: Sendable {
  /// One line of the bill in one month.
  package struct Line: Sendable {
    package var month: String
    package var line: String
    package var observed: Money
    package var expected: Money
    /// Of the runs; nil below `FigureJoining.leastForRange` of them.
    package var score: ForecastScore?

    /// observed − expected.
    package var error: Money { observed - expected }
  }

  /// One metric over the run.
  package struct Metric: Sendable {
    package var name: String
    package var figure: Figure
    package var observed: Double
    package var score: ForecastScore?
  }

  package var results: Results
  /// The options that were given besides those that the results hold, word by word.
  package var options: [String] = []
  package var lines: [Line]
  package var metrics: [Metric]
  /// Lines of the bill that nothing simulated answers to.
  package var notSimulated: [ObservedTable.Charge]
  /// Lines of the cost tree that no line of the bill answers to, with what they cost in all.
  package var notBilled: [(line: String, expected: Money)]
  /// Whether a month is billed that the run covers in part: it is extended to the whole month.
  package var extendsMonths: Bool
  /// Inputs by how much of the error they explain, where they were looked for.
  package var explanations: [Explanation]?

  /// What one input would have to be for the bill to come out, and how much of the error that takes
  /// away.
  package struct Explanation: Sendable {
    package var path: String
    package var value: String
    /// Share of the sum of squared errors of the lines that goes away, simulated with the value.
    package var explained: Double
  }

  /// Joins results with what was observed.
  package init(_ results: Results, observed: ObservedTable) {
    self.results = results
    let matcher = BillMatcher(results)
    lines = []
    notSimulated = []
    extendsMonths = false
    var billed: Set<Int> = []
    for charge in observed.charges {
      let places = matcher.lines(of: charge.line)
      guard !places.isEmpty else {
        notSimulated.append(charge)
        continue
      }
      billed.formUnion(places)
      let values = matcher.values(of: places, month: charge.month)
      if matcher.covered(charge.month) < 0.999 { extendsMonths = true }
      let mean = values.total().times(1, over: Int128(max(values.count, 1)))
      lines.append(
        Line(
          month: charge.month, line: charge.line, observed: charge.amount, expected: mean,
          score: values.count >= FigureJoining.leastForRange
            ? ForecastScore(runs: values.map(\.dollars), actual: charge.amount.dollars) : nil))
    }
    notBilled =
      observed.charges.isEmpty
      ? []
      : matcher.paths.indices.filter { !billed.contains($0) }.map {
        (matcher.paths[$0].joined(separator: " "), matcher.total(of: $0))
      }
    metrics = observed.readings.compactMap { reading in
      guard let figure = results.figure(reading.metric) else { return nil }
      let values = figure.values.compactMap { $0 }
      return Metric(
        name: reading.metric, figure: figure, observed: reading.value,
        score: values.count >= FigureJoining.leastForRange
          ? ForecastScore(runs: values, actual: reading.value) : nil)
    }
  }

  /// What was billed of all lines that are simulated, and what was expected of them.
  package var totals: (observed: Money, expected: Money) {
    (lines.map(\.observed).total(), lines.map(\.expected).total())
  }

  /// The share of lines and metrics that came within P10-P90, of which 80 % are expected to.
  package var coverage: ConfidenceInterval? {
    let scores = lines.compactMap(\.score) + metrics.compactMap(\.score)
    guard !scores.isEmpty else { return nil }
    return .ofProportion(
      successes: Int64(scores.count { $0.isInside }), trials: Int64(scores.count), level: 0.95)
  }

  /// The mean over lines of |observed − P50| / observed, for those that were billed something.
  package var meanAbsolutePercentageError: Double? {
    let errors = lines.filter { $0.observed != .zero }.compactMap {
      $0.score?.absolutePercentageError
    }
    return errors.isEmpty ? nil : errors.reduce(0, +) / Double(errors.count)
  }
}

/// Finds the ledger rows that a line of a bill stands for.
struct BillMatcher {
  /// Distinct paths of the cost tree in the ledger.
  let paths: [[String]]
  private let resources: [String]
  private let results: Results
  /// Amounts by path, month and run.
  private let amounts: [[[Money]]]
  private let months: [String]
  private let runs: Int

  init(_ results: Results) {
    self.results = results
    let months = results.cost.months.map(\.label)
    let runs = max(results.counts.count, results.cost.total.values.count)
    let none = Array(repeating: Array(repeating: Money.zero, count: runs), count: months.count)
    var paths: [[String]] = []
    var resources: [String] = []
    var amounts: [[[Money]]] = []
    var places: [[String]: Int] = [:]
    var monthPlaces: [String: Int] = [:]
    for (place, month) in months.enumerated() { monthPlaces[month] = place }
    for charge in results.cost.charges {
      let path = charge.path
      let place = places[path] ?? paths.count
      if place == paths.count {
        places[path] = place
        paths.append(path)
        resources.append(charge.resource)
        amounts.append(none)
      }
      guard let month = monthPlaces[charge.month], (0..<runs).contains(charge.replication),
        let amount = charge.amount
      else { continue }
      amounts[place][month][charge.replication] += amount
    }
    self.months = months
    self.runs = runs
    self.paths = paths
    self.resources = resources
    self.amounts = amounts
  }

  /// The paths that a name stands for: a path or its beginning, with slashes or blanks, or else a
  /// resource.
  func lines(of name: String) -> [Int] {
    let wanted = Self.words(name)
    guard !wanted.isEmpty else { return [] }
    let byPath = paths.indices.filter {
      Array(Self.words(paths[$0]).prefix(wanted.count)) == wanted
    }
    if !byPath.isEmpty { return byPath }
    if wanted == ["total"] { return Array(paths.indices) }
    return paths.indices.filter { resources[$0].lowercased() == name.lowercased() }
  }

  private static func words(_ text: String) -> [String] {
    text.lowercased().split { $0 == "/" || $0 == " " || $0 == "," }.map(String.init)
  }

  private static func words(_ path: [String]) -> [String] { path.flatMap { words($0) } }

  /// What the paths cost in a month, run by run; a month that is covered in part is extended.
  func values(of places: [Int], month: String) -> [Money] {
    guard let place = months.firstIndex(of: month) else { return [] }
    let scale = 1 / max(covered(month), 1e-9)
    return (0..<runs).map { run in
      let sum = places.map { amounts[$0][place][run] }.total()
      return scale < 1.001 ? sum : sum.scaled(by: scale)
    }
  }

  /// The mean over runs of what a path costs in all.
  func total(of place: Int) -> Money {
    amounts[place].flatMap { $0 }.total().times(1, over: Int128(max(runs, 1)))
  }

  func covered(_ month: String) -> Double {
    results.cost.months.first { $0.label == month }?.covered ?? 0
  }
}
