import Experiments
import Quantities
import Statistics

/// What a change of a design costs a month: sign and percent first, then line by line.
package enum BudgetDiffReport {
  /// The report of a difference; a pure function of it.
  package static func report(_ diff: BudgetDiff) -> Report {
    let sections: [Section?] = [
      lines(diff), unpriced(diff), BudgetDrivers.bridge(bridged(diff)),
      AssumptionSections.prices(diff.after.cost),
    ]
    return Report(
      title: "\(name(diff.before)) -> \(name(diff.after))",
      banner: Banner(
        verdict: diff.verdict, sentence: sentence(diff), basis: basis(diff)),
      sections: sections.compactMap { $0 })
  }

  private static func name(_ results: Results) -> String {
    let identity = results.identity
    return identity.file + (identity.variant == "base" ? "" : ", \(identity.variant)")
  }

  private static func sentence(_ diff: BudgetDiff) -> String {
    let cents = SharedMoney.cents(diff.lines.map(\.change))
    let before = SharedMoney.cents(diff.lines.map(\.before)).total
    let after = before + cents.total
    let unit = SharedMoney.unit(for: max(before.magnitude, after.magnitude))
    func text(_ money: Money) -> String {
      QuantityFormatter.money(money.rounded(to: unit), decimals: unit == .dollar ? 0 : 2)
    }
    guard cents.total != .zero else {
      return "Monthly cost stays the same: \(text(after))"
    }
    let sign = cents.total > .zero ? "+" : "-"
    let amount = "\(sign)\(text(cents.total.magnitude))"
    let share = diff.share.map { share in
      "\(sign)\(NumberText.fixed(share.magnitude * 100, decimals: 1)) %"
    }
    var sentence =
      "\(share.map { "\($0) (\(amount))" } ?? amount) a month: \(text(before)) -> \(text(after))"
    if let change = diff.change, change.low <= 0, change.high >= 0, change.low < change.high {
      sentence += "; chance alone may do that"
    }
    if let limit = diff.limit, let verdict = diff.verdict {
      let words =
        switch verdict {
        case .met: "within"
        case .breached: "over"
        case .undecided: "not decided against"
        }
      sentence += "; \(words) the limit of \(text(limit.perMonth))"
    }
    return sentence
  }

  private static func basis(_ diff: BudgetDiff) -> [String] {
    let same = diff.lines.count { $0.mark == .same }
    func count(_ mark: BudgetDiff.Mark, _ word: String) -> String {
      "\(diff.lines.count { $0.mark == mark }) \(word)"
    }
    let counts = [
      count(.added, "added"), count(.changed, "changed"), count(.removed, "removed"),
      "\(same) the same",
    ].joined(separator: ", ")
    return [
      "\(counts). \(diff.after.cost.currency), \(diff.after.cost.basis)",
      diff.isPaired
        ? "Same seed and stretch: intervals are of paired differences"
        : "Other seed, stretch or number of runs: the runs are no pairs, intervals are wider",
    ]
  }

  private static func lines(_ diff: BudgetDiff) -> Section? {
    let shown = diff.lines.indices.filter { diff.lines[$0].mark != .same }
    guard !shown.isEmpty else { return nil }
    let unit = SharedMoney.unit(
      for: max(diff.before.cost.perMonth.expected, diff.after.cost.perMonth.expected))
    let before = BudgetMonthSections.moneyCells(diff.lines.map(\.before), unit: unit)
    let after = BudgetMonthSections.moneyCells(diff.lines.map(\.after), unit: unit)
    func change(_ place: Int, _ interval: ConfidenceInterval?) -> Cell {
      guard case .reading(let old) = before[place], case .reading(let new) = after[place] else {
        return ""
      }
      let amount = (new.value ?? 0) - (old.value ?? 0)
      let isExact = interval.map { $0.low == $0.high } ?? false
      var reading =
        isExact
        ? Reading.exact(amount, .dollars(""))
        : Reading.simulated(amount, interval.map { .init($0) }, .dollars(""))
      reading = reading.asDifference.withDecimals(2)
      guard unit == .dollar else { return .reading(reading) }
      return .reading(
        reading.showing((new.shown ?? 0) - (old.shown ?? 0), decimals: 0))
    }
    var rows = shown.map { place -> Row in
      let line = diff.lines[place]
      let star = line.basis == .usage ? " *" : ""
      return Row([
        .text("\(line.mark.rawValue) \(PathText.label(line.path))\(star)"),
        line.mark == .added ? "" : before[place], line.mark == .removed ? "" : after[place],
        change(place, line.interval), .text(percent(line.before, line.after)),
      ])
    }
    let all = diff.lines.count
    if shown.count < all {
      let rest = diff.lines.indices.filter { diff.lines[$0].mark == .same }
      rows.append(
        Row(
          [
            .text("= \(rest.count) the same"), "", "", "", "",
          ], .faint))
    }
    rows.append(
      Row(
        [
          "all", before[all], after[all], change(all, diff.change),
          .text(percent(diff.before.cost.perMonth.expected, diff.after.cost.perMonth.expected)),
        ], .total))
    return Section(
      id: "diff", heading: "What changes, a month",
      blocks: [
        .table(
          Table(
            id: "diff",
            columns: [
              Column("", .label), Column("before", .reading(.value)),
              Column("after", .reading(.value)), Column("change", .reading(.interval)),
              Column("", .text),
            ], rows: rows)),
        .notes(["+ added, - removed, ~ changed; * follows use. What arises once is in no month."]),
      ])
  }

  private static func percent(_ before: Money, _ after: Money) -> String {
    guard before > .zero, after > .zero else { return "" }
    let share = (after - before) / before * 100
    let text = NumberText.fixed(share, decimals: share.magnitude < 10 ? 1 : 0)
    return (share > 0 ? "+" : "") + text + " %"
  }

  private static func unpriced(_ diff: BudgetDiff) -> Section? {
    let (before, after) = (diff.before.cost.unknown.count, diff.after.cost.unknown.count)
    guard before + after > 0 else { return nil }
    return Section(
      id: "unpriced", heading: "Without a price",
      blocks: [
        .paragraph("\(before) before, \(after) after: in no sum above, unknown and not zero.")
      ])
  }

  private static func bridged(_ diff: BudgetDiff) -> BudgetForecast {
    BudgetBuilder.forecast(diff.after, limit: diff.limit, baseline: diff.before)
  }
}
