import Quantities
import Statistics
import Syntax

/// The monthly cost of two results, line by line: what a change of a design costs.
package struct BudgetDiff: Sendable {
  package enum Mark: String, Sendable {
    case added = "+"
    case removed = "-"
    case changed = "~"
    case same = "="
  }

  package struct Line: Sendable {
    package var mark: Mark
    package var path: [String]
    package var basis: CostBasis
    package var before: Money
    package var after: Money
    /// Of the difference; paired where the runs are pairs; nil below two runs.
    package var interval: ConfidenceInterval?

    package var change: Money { after - before }
  }

  package var before: Results
  package var after: Results
  package var lines: [Line]
  /// Whether runs of the same number saw the same random world.
  package var isPaired: Bool
  package var change: ConfidenceInterval?
  /// Judged on what comes after; nil without a limit.
  package var limit: BudgetLimit?
  package var verdict: Verdict.Outcome?

  /// From one results file to another; `limit` stands in for the budget of the second.
  package init(from before: Results, to after: Results, limit: BudgetLimit?) {
    self.before = before
    self.after = after
    let (a, b) = (before.identity, after.identity)
    let isPaired =
      a.seed == b.seed && a.replications == b.replications && a.start == b.start
      && a.horizon == b.horizon && a.fidelity == b.fidelity
    self.isPaired = isPaired
    var paths = before.cost.lines.map(\.path)
    for line in after.cost.lines where !paths.contains(line.path) { paths.append(line.path) }
    lines = paths.map { path in
      let old = before.cost.lines.first { $0.path == path }
      let new = after.cost.lines.first { $0.path == path }
      let mark: Mark
      switch (old, new) {
      case (nil, _): mark = .added
      case (_, nil): mark = .removed
      case (let old?, let new?):
        mark = old.figure.expected == new.figure.expected ? .same : .changed
      }
      return Line(
        mark: mark, path: path, basis: (new ?? old).map { CostBasis($0) } ?? .usage,
        before: old?.figure.expected ?? .zero, after: new?.figure.expected ?? .zero,
        interval: Self.interval(old?.figure, new?.figure, isPaired: isPaired))
    }
    change = Self.interval(before.cost.perMonth, after.cost.perMonth, isPaired: isPaired)
    let forecast = BudgetBuilder.forecast(after, limit: limit)
    self.limit = forecast.limit
    verdict = forecast.verdict
  }

  private static func interval(
    _ before: MoneyFigure?, _ after: MoneyFigure?, isPaired: Bool
  ) -> ConfidenceInterval? {
    let count = (after ?? before)?.values.count ?? 0
    let old = before?.values.map(\.dollars) ?? Array(repeating: 0, count: count)
    let new = after?.values.map(\.dollars) ?? Array(repeating: 0, count: count)
    guard old.count > 1, new.count > 1 else { return nil }
    if isPaired, old.count == new.count {
      return .ofMean(zip(old, new).map { $1 - $0 }, level: 0.95)
    }
    return .ofDifference(new, old, level: 0.95)
  }

  /// The change of a month as a share of what it was; nil where that was nothing.
  package var share: Double? {
    before.cost.perMonth.expected > .zero
      ? (after.cost.perMonth.expected - before.cost.perMonth.expected)
        / before.cost.perMonth.expected : nil
  }

  /// The difference as JSON.
  package var json: JSONValue {
    .object([
      JSONMember("schemaVersion", .integer(1)),
      JSONMember("currency", .string(after.cost.currency)),
      JSONMember("before", BudgetJSON.money(before.cost.perMonth.expected)),
      JSONMember("after", BudgetJSON.money(after.cost.perMonth.expected)),
      JSONMember(
        "change",
        BudgetJSON.money(after.cost.perMonth.expected - before.cost.perMonth.expected)),
      JSONMember("share", BudgetJSON.number(share)),
      JSONMember("interval", BudgetJSON.interval(change)),
      JSONMember("limitPerMonth", BudgetJSON.money(limit?.perMonth)),
      JSONMember("verdict", verdict.map { .string($0.rawValue) } ?? .null),
      JSONMember("unpricedBefore", .integer(before.cost.unknown.count)),
      JSONMember("unpricedAfter", .integer(after.cost.unknown.count)),
      JSONMember(
        "lines",
        .array(
          lines.map {
            .object([
              JSONMember("mark", .string($0.mark.rawValue)),
              JSONMember("path", .array($0.path.map { .string($0) })),
              JSONMember("before", BudgetJSON.money($0.before)),
              JSONMember("after", BudgetJSON.money($0.after)),
              JSONMember("change", BudgetJSON.money($0.change)),
              JSONMember("interval", BudgetJSON.interval($0.interval)),
            ])
          })),
    ])
  }
}
