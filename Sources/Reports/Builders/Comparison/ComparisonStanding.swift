import Experiments
import MLSystem
import Quantities
import Statistics

/// Which arms may be the best, which are beaten, and whether a simpler one would do.
enum ComparisonStanding {
  static func sections(_ comparison: Comparison) -> [Section] {
    let rivals = comparison.standings.count { $0 != .notJudged }
    let judged = rivals > 1 ? [standing(comparison), best(comparison, rivals: rivals)] : []
    return (judged + [simplest(comparison)]).compactMap { $0 }
  }

  // MARK: The best of each metric

  private static func best(_ comparison: Comparison, rivals: Int) -> Section? {
    guard !comparison.best.isEmpty, rivals > 2 else { return nil }
    let lines = comparison.best.map { subset in
      let names = subset.possible.map { comparison.arms[$0].name }
      let text = names.count == rivals ? "any" : ComparisonAnswer.list(names, joint: "or")
      return "\(subset.metric): \(text)"
    }
    let level = NumberText.exact((comparison.level * 1e4).rounded() / 1e2)
    return Section(
      id: "possibly-best", heading: "Possibly best", layout: .hanging,
      blocks: lines.map { .paragraph($0) } + [
        .paragraph(
          "Left out: arms that another one beats by their paired difference. With \(level) % "
            + "confidence each of these sets holds the best (Nelson et al. 2001).")
      ])
  }

  // MARK: All metrics together

  private static func standing(_ comparison: Comparison) -> Section {
    let arms = comparison.arms
    var open: [String] = []
    var doubtful: [String] = []
    var beaten: [String] = []
    for (arm, standing) in zip(arms, comparison.standings) {
      switch standing {
      case .notDominated: open.append(arm.name)
      case .possiblyDominated(let other): doubtful.append("\(arm.name) by \(arms[other].name)")
      case .dominated(let other): beaten.append("\(arm.name) by \(arms[other].name)")
      case .notJudged: break
      }
    }
    let metrics = "(by \(comparison.chosen.joined(separator: ", ")))"
    var lines = ["\(open.isEmpty ? "None for sure" : open.joined(separator: ", ")) \(metrics)"]
    if !doubtful.isEmpty {
      lines.append(
        "Beaten in at least one of these for sure and better in none that is shown: "
          + doubtful.joined(separator: ", "))
    }
    if !beaten.isEmpty {
      lines.append(
        "Beaten in at least one of these for sure and better in none: "
          + beaten.joined(separator: ", "))
    }
    return Section(
      id: "not-dominated", heading: "Not dominated", layout: .hanging,
      blocks: lines.map { .paragraph($0) }
        + [scatter(comparison), outcomes(comparison), bills(comparison)].compactMap { $0 }
        .map { .only(.page, .chart($0)) })
  }

  /// The first two chosen metrics that have a better end, cost first where it is one of them.
  private static func scatter(_ comparison: Comparison) -> Chart? {
    let rows = comparison.chosen.compactMap(comparison.row).filter { $0.betterIsLower != nil }
    guard rows.count > 1, let lower = rows[0].betterIsLower, let other = rows[1].betterIsLower
    else { return nil }
    let isWait = rows.map { Preference.isWait($0) }
    let points = comparison.arms.indices.compactMap { arm -> ScatterChart.Point? in
      guard let standing = ScatterChart.Standing(comparison.standings[arm]),
        let x = rows[0].figures[arm], let y = rows[1].figures[arm], let across = x.estimate,
        let up = y.estimate
      else { return nil }
      let isEndless = comparison.arms[arm].isOverloaded
      return ScatterChart.Point(
        comparison.arms[arm].name, x: isWait[0] && isEndless ? .infinity : across,
        y: isWait[1] && isEndless ? .infinity : up, xInterval: x.interval.map { .init($0) },
        yInterval: y.interval.map { .init($0) },
        standing: standing)
    }
    let best = zip(comparison.arms, comparison.standings).filter { $0.1.isOpen }.map(\.0.name)
    return Chart(
      id: "pareto",
      title: best.count == 1
        ? "Nothing speaks against \(best[0])"
        : "\(ComparisonAnswer.list(best)) are worth discussing",
      subtitle: "\(rows[0].name) against \(rows[1].name); crosses: 95% intervals of each arm; "
        + "dominated or not by all of \(comparison.chosen.joined(separator: ", "))",
      content: .scatter(
        ScatterChart(
          x: .init(rows[0].name, Unit(rows[0].unit), betterIsLower: lower),
          y: .init(rows[1].name, Unit(rows[1].unit), betterIsLower: other), points: points)))
  }

  /// The bill of each run, arm by arm; nil where no run differs from another.
  private static func outcomes(_ comparison: Comparison) -> Chart? {
    guard let row = comparison.row("cost.perMonth") else { return nil }
    let boxes = comparison.arms.indices.compactMap { arm -> BoxChart.Box? in
      guard let figure = row.figures[arm] else { return nil }
      return BoxChart.Box(
        comparison.arms[arm].name, outcomes: figure.values.compactMap { $0 },
        interval: figure.interval.map { .init($0) })
    }
    func spread(_ box: BoxChart.Box) -> Double { box.percentiles[4] - box.percentiles[0] }
    guard let widest = boxes.max(by: { spread($0) < spread($1) }), spread(widest) > 0 else {
      return nil
    }
    let ends = [widest.percentiles[0], widest.percentiles[4]].map {
      "$" + NumberText.fixed($0, decimals: $0 < 100 ? 2 : 0)
    }
    return Chart(
      id: "outcomes",
      title: "The bill of \(widest.label) is the least certain: \(ends[0]) to \(ends[1]) (P10-P90)",
      subtitle: "Cost of a month in each run, $",
      content: .boxes(
        BoxChart(
          unit: .dollars(""), boxes: boxes,
          limit: comparison.arms[comparison.baseline].results.identity.budget?.perMonth.dollars)))
  }

  /// What each arm's bill is made of.
  private static func bills(_ comparison: Comparison) -> Chart? {
    var parts: [String] = []
    for arm in comparison.arms {
      for line in arm.results.cost.lines {
        if let trunk = line.path.first, !parts.contains(trunk) { parts.append(trunk) }
      }
    }
    let bars = comparison.arms.map { arm in
      BarChart.Bar(
        arm.name,
        parts.map { part in
          arm.results.cost.lines.filter { $0.path.first == part }
            .reduce(0) { $0 + max(0, $1.figure.expected.dollars) }
        }, range: arm.results.cost.perMonth.range.map { .init($0) })
    }
    let sums = parts.indices.map { part in bars.reduce(0) { $0 + $1.values[part] } }
    let total = sums.reduce(0, +)
    guard total > 0, let largest = sums.indices.max(by: { sums[$0] < sums[$1] }) else { return nil }
    let share = NumberText.fixed(sums[largest] / total * 100, decimals: 0)
    return Chart(
      id: "bills", title: "\(share) % of these bills is \(parts[largest])",
      subtitle: "Expected cost of a month by part, $; bars: P10-P90 of the sum",
      content: .bars(BarChart(unit: .dollars(""), parts: parts, bars: bars)))
  }

  // MARK: The simplest

  private static func simplest(_ comparison: Comparison) -> Section? {
    guard let choice = comparison.simplest, !choice.candidates.isEmpty else { return nil }
    let arms = comparison.arms
    func declared(_ arm: Int) -> String {
      "\(arms[arm].name) (\(arms[arm].declared ?? 0) values)"
    }
    func share(_ interval: ConfidenceInterval) -> String {
      let text = Reading.simulated(interval.estimate, .init(interval), .ratio).text
      return "\(text.value) \(text.interval)"
    }
    func clause(_ candidate: SimplestChoice.Candidate) -> String {
      let cost = candidate.cost.map { " at \(share($0)) of its cost" } ?? ""
      return "\(share(candidate.gain)) of what \(declared(choice.best)) gains in \(choice.metric) "
        + "over \(declared(choice.reference))\(cost)"
    }
    let gain = NumberText.exact((choice.wish.gain * 1e4).rounded() / 1e2)
    let limit =
      choice.wish.cost.map {
        " at \(NumberText.exact(($0 * 1e4).rounded() / 1e2)) % of the cost or less"
      } ?? ""
    var lines: [String] = []
    if let chosen = choice.chosen {
      lines.append("\(declared(chosen.arm)) keeps \(clause(chosen)).")
    } else {
      lines.append("None for sure that keeps \(gain) %\(limit).")
      lines += choice.candidates.prefix(3).map { "\(declared($0.arm)) keeps \(clause($0))." }
    }
    lines.append(
      "Simpler: fewer values written to describe the system. Asked: \(gain) % of the gain\(limit).")
    return Section(
      id: "simpler", heading: "Simpler", layout: .hanging, blocks: lines.map { .paragraph($0) })
  }
}

extension ScatterChart.Standing {
  /// What a picture shows of a standing; nil for an arm that is no rival.
  init?(_ standing: Standing) {
    switch standing {
    case .notDominated: self = .best
    case .possiblyDominated: self = .possiblyBeaten
    case .dominated: self = .beaten
    case .notJudged: return nil
    }
  }
}
