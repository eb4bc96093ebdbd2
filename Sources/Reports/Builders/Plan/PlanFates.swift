import Experiments
import Quantities

/// What became of the points that are not the answer: by reason, and one by one on a page.
enum PlanFates {
  private struct Group {
    var reason: String
    var points: [Plan.Point]
  }

  static func section(_ plan: Plan) -> Section? {
    let dropped = plan.points.filter { !$0.isMeeting && !$0.isUndecided }
    guard !dropped.isEmpty else { return nil }
    var groups: [Group] = []
    for point in dropped {
      let reason = reason(point.fate)
      if let place = groups.firstIndex(where: { $0.reason == reason }) {
        groups[place].points.append(point)
      } else {
        groups.append(Group(reason: reason, points: [point]))
      }
    }
    groups.sort { $0.points.count > $1.points.count }
    let rows = groups.prefix(12).map { group in
      let ran = group.points.map(\.replications)
      let (low, high) = (ran.min() ?? 0, ran.max() ?? 0)
      return Row([
        .reading(.exact(Double(group.points.count), .number(""))), .text(group.reason),
        .text(low == high ? "\(low)" : "\(low)-\(high)"),
      ])
    }
    let summary = Table(
      id: "dropped",
      columns: [
        Column("points", .reading(.value)), Column("dropped, for", .note),
        Column("after runs", .text),
      ], rows: Array(rows))
    let each = Table(
      id: "points",
      columns: [
        Column("point", .label), Column("runs", .text),
        Column("a month", .reading(.value), unit: .dollars("")), Column("why", .note),
      ],
      rows: dropped.map { point in
        Row([
          .text(PlanReport.label(plan, point.index)), .text("\(point.replications)"),
          point.cost.map { .reading(.observed($0, .dollars(""))) } ?? "",
          .text(detail(point.fate)),
        ])
      })
    return Section(
      id: "dropped", heading: "Dropped", blocks: [.table(summary), .only(.page, .table(each))])
  }

  private static func reason(_ fate: Plan.Fate) -> String {
    switch fate {
    case .infeasible(let code, let reason): "cannot be built: \(reason) [\(code)]"
    case .dearerWithoutTraffic: "cannot cost less than one that meets, even without traffic"
    case .dearer: "dearer than one that meets, by paired differences"
    case .breaches(let threshold, _): "breaches `\(threshold)`"
    case .undecided, .meets: ""
    }
  }

  private static func detail(_ fate: Plan.Fate) -> String {
    switch fate {
    case .breaches(let threshold, let detail) where !detail.isEmpty:
      "breaches `\(threshold)`: \(detail)"
    default: reason(fate)
    }
  }
}
