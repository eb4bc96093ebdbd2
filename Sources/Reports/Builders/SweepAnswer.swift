import Experiments

/// What a sweep says in a sentence.
enum SweepAnswer {
  /// The points that meet most, the cheapest first among equals; in their order where there is no
  /// cost.
  static func best(_ sweep: SweepResults, _ count: Int) -> [SweepResult] {
    let cost = sweep.plan.metrics.firstIndex { $0.name == "cost.perMonth" }
    func rank(_ result: SweepResult) -> (Int, Double, Int) {
      let outcome: Int =
        switch result.outcome {
        case .met: 0
        case .undecided: 1
        case .breached: 2
        case nil: 3
        }
      let price = cost.flatMap { result.cells[$0]?.estimate } ?? .infinity
      return (outcome, price, result.point.number)
    }
    return Array(sweep.results.sorted { rank($0) < rank($1) }.prefix(count))
  }

  /// Whether an axis is what the world does and not what is chosen: its traffic.
  static func isWorld(_ axis: SettingAxis) -> Bool { axis.path.hasPrefix("traffic.") }

  /// For each state of the world in a grid, the cheapest choice that meets every threshold there;
  /// empty where the axes are all of one kind, or there are too many states.
  static func choices(_ sweep: SweepResults) -> [(world: [String], best: SweepResult?)] {
    let axes = sweep.plan.axes
    let places = axes.indices.filter { isWorld(axes[$0]) }
    guard sweep.plan.design == .grid, !places.isEmpty, places.count < axes.count,
      sweep.plan.metrics.contains(where: { $0.name == "cost.perMonth" }),
      sweep.results.contains(where: { !$0.verdicts.isEmpty })
    else { return [] }
    var worlds: [[String]] = []
    for result in sweep.results {
      let world = places.map { result.point.values[$0] }
      if !worlds.contains(world) { worlds.append(world) }
      if worlds.count > 24 { return [] }
    }
    return worlds.map { world in
      let there = sweep.results.filter { result in places.map { result.point.values[$0] } == world }
      let best = best(SweepResults(plan: sweep.plan, results: there), 1).first
      return (world, best?.outcome == .met ? best : nil)
    }
  }

  static func sentence(_ sweep: SweepResults, _ names: AxisNames) -> String {
    let count = sweep.results.count
    guard sweep.results.contains(where: { !$0.verdicts.isEmpty }) else {
      return "\(count) points were simulated; no threshold judges them."
    }
    let met = sweep.results.count { $0.outcome == .met }
    let open = sweep.results.count { $0.outcome == .undecided }
    guard met > 0 else {
      return open > 0
        ? "None of \(count) points surely meets every threshold; \(open) are undecided."
        : "None of \(count) points meets every threshold."
    }
    var sentence = "\(met) of \(count) points meet\(met == 1 ? "s" : "") every threshold"
    // Where traffic varies too, the cheapest of all would only be the one with the least of it.
    if choices(sweep).isEmpty,
      let cost = sweep.plan.metrics.firstIndex(where: { $0.name == "cost.perMonth" }),
      let best = best(sweep, 1).first, let cell = best.cells[cost]
    {
      let settings = zip(names.short, best.point.values).map { "\($0) \($1)" }
      let price = Reading(cell, .dollars(""))
      let interval = price.certainty == .exact ? "" : " " + price.text.interval
      sentence +=
        met == 1
        ? ": \(settings.joined(separator: ", ")), at \(price.text.value)\(interval) a month"
        : "; the cheapest of them: \(settings.joined(separator: ", ")), at "
          + "\(price.text.value)\(interval) a month"
    }
    if open > 0 { sentence += "; \(open) more \(open == 1 ? "is" : "are") undecided" }
    return sentence + "."
  }
}
