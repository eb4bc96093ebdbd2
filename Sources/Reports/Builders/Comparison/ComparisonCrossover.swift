import Experiments

/// At which traffic arms become cheaper or dearer than the baseline.
enum ComparisonCrossover {
  static func section(_ comparison: Comparison) -> Section? {
    guard let crossover = comparison.crossover, !crossover.findings.isEmpty else { return nil }
    let sentences = crossover.findings.map { sentence($0, crossover, comparison) }
    let overloaded = comparison.arms.indices.compactMap { arm -> String? in
      let from = crossover.points.first { $0.outcomes[arm]?.isOverloaded == true }?.multiple
      return from.map { "\(comparison.arms[arm].name) from \(load($0, crossover))" }
    }
    let streams = crossover.streams.joined(separator: ", ")
    var lines = sentences
    if !overloaded.isEmpty {
      lines.append(
        "Overloaded, and so not counted: \(overloaded.joined(separator: "; ")).")
    }
    lines.append(
      "Multiples of \(streams) that were run: "
        + crossover.points.map { NumberText.exact($0.multiple) }.joined(separator: ", ")
        + "; [a, b]: the nearest on each side where the order is shown (together at "
        + "\(NumberText.exact((crossover.level * 1e4).rounded() / 1e2)) %).")
    return Section(
      id: "crossover", heading: "Crossover", layout: .hanging,
      blocks: lines.map { .paragraph($0) } + [
        .only(.page, .chart(chart(crossover, comparison, title: sentences[0])))
      ])
  }

  private static func sentence(
    _ finding: Crossover.Finding, _ crossover: Crossover, _ comparison: Comparison
  ) -> String {
    let name = comparison.arms[finding.arm].name
    let base = comparison.arms[comparison.baseline].name
    let span = span(finding.arm, crossover, comparison)
    switch finding.verdict {
    case .cheaperAbove(let crossing):
      return "\(name) is cheaper than \(base) above \(place(crossing, crossover))."
    case .cheaperBelow(let crossing):
      return "\(name) is cheaper than \(base) below \(place(crossing, crossover))."
    case .cheaper: return "\(name) is cheaper than \(base) at every traffic \(span)."
    case .dearer: return "\(name) is dearer than \(base) at every traffic \(span)."
    case .neverDearer:
      return "\(name) is cheaper than \(base) at some and dearer at no traffic \(span)."
    case .neverCheaper:
      return "\(name) is dearer than \(base) at some and cheaper at no traffic \(span)."
    case .equal: return "\(name) costs in practice the same as \(base) at every traffic \(span)."
    case .several:
      return "\(name) and \(base) change places more than once \(span): see the picture."
    case .open: return "No crossing of \(name) and \(base) is shown \(span) at this precision."
    case .overloaded:
      return "\(name) and \(base) hold together at fewer than two of the multiples."
    }
  }

  /// `310 requests/s [300, 318] (1.03x today's)`.
  private static func place(_ crossing: Crossover.Crossing, _ crossover: Crossover) -> String {
    let rate = crossover.rate
    func text(_ multiple: Double?, _ missing: String) -> String {
      guard let multiple else { return missing }
      return number(multiple * (rate ?? 1), isRate: rate != nil)
    }
    let ends =
      "[\(text(crossing.low, "not reached")), \(text(crossing.high, "not reached"))]"
    let multiple = number(crossing.multiple, isRate: false)
    return rate == nil
      ? "\(multiple)x \(ends) today's traffic"
      : "\(text(crossing.multiple, "")) requests/s \(ends), \(multiple)x today's"
  }

  private static func load(_ multiple: Double, _ crossover: Crossover) -> String {
    crossover.rate.map { "\(number(multiple * $0, isRate: true)) requests/s" }
      ?? "\(number(multiple, isRate: false))x today's traffic"
  }

  private static func number(_ value: Double, isRate: Bool) -> String {
    NumberText.fixed(value, decimals: isRate ? (value < 10 ? 2 : value < 100 ? 1 : 0) : 2)
  }

  /// The multiples at which both hold.
  private static func span(
    _ arm: Int, _ crossover: Crossover, _ comparison: Comparison
  ) -> String {
    let holding = crossover.points.filter { point in
      [arm, comparison.baseline].allSatisfy { point.outcomes[$0]?.isOverloaded == false }
    }
    guard let first = holding.first, let last = holding.last else { return "" }
    return "from \(load(first.multiple, crossover)) to \(load(last.multiple, crossover))"
  }

  private static func chart(
    _ crossover: Crossover, _ comparison: Comparison, title: String
  ) -> Chart {
    let factor = crossover.rate ?? 1
    let shown = [comparison.baseline] + crossover.findings.map(\.arm)
    let curves = shown.prefix(Palette.count).map { arm in
      LoadChart.Curve(
        comparison.arms[arm].name,
        crossover.points.compactMap { point in
          guard let outcome = point.outcomes[arm] else { return nil }
          return LoadChart.Point(
            point.multiple * factor, outcome.isOverloaded ? nil : outcome.cost.estimate,
            outcome.isOverloaded ? nil : outcome.cost.interval.map { .init($0) })
        })
    }
    let marks = crossover.findings.compactMap { finding -> LoadChart.Mark? in
      switch finding.verdict {
      case .cheaperAbove(let crossing), .cheaperBelow(let crossing):
        let name = comparison.arms[finding.arm].name
        guard let low = crossing.low, let high = crossing.high else {
          return LoadChart.Mark(name, at: crossing.multiple * factor)
        }
        return LoadChart.Mark(
          name, at: crossing.multiple * factor, .init(low * factor, high * factor))
      case .cheaper, .dearer, .neverDearer, .neverCheaper, .equal, .several, .open, .overloaded:
        return nil
      }
    }
    return Chart(
      id: "crossover-cost", title: title,
      subtitle: "Cost of a month by traffic, $, with 95% intervals; a curve ends where its queue "
        + "grows without end",
      content: .load(
        LoadChart(
          loadName: crossover.rate == nil ? "times today's traffic" : "requests/s, average",
          unit: .dollars(""), curves: Array(curves), marks: marks)))
  }
}
