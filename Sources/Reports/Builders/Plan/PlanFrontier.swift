import Experiments
import MLSystem
import Scenarios

/// What more money buys of the metric that binds.
enum PlanFrontier {
  /// A point that was run, on both axes.
  private struct Place {
    var point: Plan.Point
    var cost: Double
    var value: Double
  }

  static func section(_ plan: Plan) -> Section? {
    guard let binding = plan.binding, let winner = plan.winner,
      let unit = plan.points[winner].results?.verdicts[binding].observed?.unit
    else { return nil }
    let threshold = plan.thresholds[binding]
    let wantsLow = threshold.comparison == .below || threshold.comparison == .atMost
    let places = plan.points.compactMap { point -> Place? in
      guard point.replications > 0, point.observed.indices.contains(binding),
        let value = point.observed[binding], let cost = point.cost
      else { return nil }
      return Place(point: point, cost: cost, value: value)
    }
    let front = frontier(places, wantsLow: wantsLow)
    guard front.count > 1 else { return nil }
    let rows = front.map { place in
      Row([
        .verdict(verdict(place.point)), .text(PlanReport.label(plan, place.point.index)),
        .reading(.observed(place.cost, .dollars(""))),
        .reading(.observed(place.value, Unit(unit))),
        .text("\(place.point.replications)"),
      ])
    }
    let table = Table(
      id: "frontier",
      columns: [
        Column("", .text), Column("", .label),
        Column("a month", .reading(.value), unit: .dollars("")),
        Column(name(threshold), .reading(.value)), Column("runs", .text),
      ], rows: rows)
    return Section(
      id: "frontier", heading: "Frontier: cost against \(name(threshold))",
      blocks: [
        .table(table),
        .notes(["Among the points that were run; those dearer than the winner were not."]),
        .chart(
          chart(plan, places, front, name(threshold), Unit(unit), wantsLow: wantsLow)),
      ])
  }

  private static func chart(
    _ plan: Plan, _ places: [Place], _ front: [Place], _ metric: String, _ unit: Unit,
    wantsLow: Bool
  ) -> Chart {
    let best = front.map(\.point.index)
    let label = plan.winner.map { PlanReport.label(plan, $0) } ?? ""
    return Chart(
      id: "frontier-chart", title: "The cheapest that meets every threshold: \(label)",
      subtitle: "\(metric) against dollars a month of the points that were run",
      content: .scatter(
        ScatterChart(
          x: .init("cost a month", .dollars(""), betterIsLower: true),
          y: .init(metric, unit, betterIsLower: wantsLow),
          points: places.map { place in
            ScatterChart.Point(
              PlanReport.label(plan, place.point.index), x: place.cost, y: place.value,
              standing: best.contains(place.point.index) ? .best : .beaten)
          })))
  }

  static func name(_ threshold: Threshold) -> String {
    let statistic = threshold.statistic.description
    let metric = threshold.metric.description
    return statistic.isEmpty ? metric : "\(metric).\(statistic)"
  }

  /// The places that none beats in both, from the cheapest up; of equal ones the first.
  private static func frontier(_ places: [Place], wantsLow: Bool) -> [Place] {
    let sorted = places.sorted { a, b in
      if a.cost != b.cost { return a.cost < b.cost }
      if a.value != b.value { return wantsLow ? a.value < b.value : a.value > b.value }
      return a.point.index < b.point.index
    }
    var front: [Place] = []
    for place in sorted {
      guard let last = front.last else {
        front.append(place)
        continue
      }
      if wantsLow ? place.value < last.value : place.value > last.value { front.append(place) }
    }
    return front
  }

  private static func verdict(_ point: Plan.Point) -> Outcome {
    switch point.fate {
    case .meets: .met
    case .breaches: .breached
    case .undecided, .infeasible, .dearer, .dearerWithoutTraffic: .undecided
    }
  }
}
