import Experiments
import MLSystem
import Statistics

/// The answer of a comparison in sentences; no winner where no difference that matters is shown.
enum ComparisonAnswer {
  static func headline(_ comparison: Comparison) -> String {
    let arms = comparison.arms
    let counts = arms.map { VerdictCount($0.results) }
    guard arms.contains(where: { !$0.results.verdicts.isEmpty }) else {
      return "No thresholds are declared: these are the differences."
    }
    let passing = arms.indices.filter { counts[$0].breached == 0 && counts[$0].undecided == 0 }
    if passing.count == arms.count { return "All \(arms.count) meet every threshold." }
    if !passing.isEmpty {
      let names = passing.map { arms[$0].name }
      let others = arms.indices.filter { !passing.contains($0) }.map { arms[$0].name }
      let rest = others.count <= 3 ? list(others) : "\(others.count) of \(arms.count)"
      return "\(list(names)) \(names.count == 1 ? "meets" : "meet") every threshold; "
        + "\(rest) \(others.count == 1 ? "does" : "do") not."
    }
    // Nearest: fewest breached, then fewest undecided, the earlier one among equals.
    let nearest =
      arms.indices.min {
        (counts[$0].breached, counts[$0].undecided) < (counts[$1].breached, counts[$1].undecided)
      } ?? 0
    let breached = counts[nearest].breached == 0 ? "none" : "\(counts[nearest].breached)"
    return "None of \(arms.count) meets every threshold for sure. Nearest: \(arms[nearest].name) "
      + "(\(breached) breached, \(counts[nearest].undecided) undecided)."
  }

  /// A sentence for each arm that is not the baseline.
  static func sentences(_ comparison: Comparison) -> [String] {
    comparison.arms.indices.filter { $0 != comparison.baseline }.map { sentence($0, comparison) }
  }

  private static func sentence(_ arm: Int, _ comparison: Comparison) -> String {
    var shown: [String] = []
    var open: [String] = []
    var equal: [String] = []
    var same: [String] = []
    for row in comparison.chosen.compactMap(comparison.row) {
      guard let difference = row.differences[arm] else { continue }
      if difference.isShown {
        shown.append(clause(row, difference, comparison))
      } else if difference.isSame {
        same.append(subject(row.name))
      } else if difference.isEqualInPractice {
        equal.append(subject(row.name))
      } else {
        open.append(subject(row.name))
      }
    }
    var parts: [String] = []
    if !shown.isEmpty {
      parts.append(list(shown) + ", against \(comparison.arms[comparison.baseline].name)")
    }
    if !open.isEmpty {
      parts.append("no difference in \(list(open, joint: "or")) shown at this precision")
    }
    if !equal.isEmpty { parts.append("equal in practice in \(list(equal))") }
    if !same.isEmpty { parts.append("the same \(list(same)) in every run") }
    if parts.isEmpty {
      parts = ["one run shows no difference for sure; run 2 replications or more"]
    }
    return comparison.arms[arm].name + (shown.isEmpty ? ": " : " ")
      + parts.joined(separator: "; ") + "."
  }

  /// `costs $312 [241, 383] more a month (+12 %)`.
  private static func clause(
    _ row: Comparison.Row, _ difference: Comparison.Difference, _ comparison: Comparison
  ) -> String {
    var size = Reading(difference, row.unit)
    let isMore = difference.estimate > 0
    if !isMore { size = size.mirrored }
    let scale = size.scale
    size.isDifference = false
    let text = size.text(on: scale, showsUnit: true)
    let amount =
      size.certainty == .exact ? "exactly " + text.value : text.value + " " + text.interval
    if row.name == "cost.perMonth" {
      return
        "costs \(amount) \(isMore ? "more" : "less") a month\(percent(row, difference, comparison))"
    }
    return "\(isMore ? "raises" : "lowers") \(subject(row.name)) by \(amount)"
  }

  private static func percent(
    _ row: Comparison.Row, _ difference: Comparison.Difference, _ comparison: Comparison
  ) -> String {
    guard let base = row.figures[comparison.baseline]?.estimate, base > 0 else { return "" }
    let change = difference.estimate / base * 100
    let decimals = change.magnitude < 10 ? 1 : 0
    let text = NumberText.fixed(change, decimals: decimals)
    return " (\(change > 0 ? "+" : "")\(text) %)"
  }

  private static func subject(_ metric: String) -> String {
    metric == "cost.perMonth" ? "cost" : metric
  }

  static func list(_ names: [String], joint: String = "and") -> String {
    guard let last = names.last, names.count > 1 else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + " \(joint) " + last
  }
}

extension Reading {
  /// The reading with its sign turned, for sentences that say `less`.
  var mirrored: Reading {
    var copy = self
    copy.value = value.map { -$0 }
    copy.interval = interval.map { Bounds(-$0.high, -$0.low) }
    copy.range = range.map { Bounds(-$0.high, -$0.low) }
    return copy
  }
}
