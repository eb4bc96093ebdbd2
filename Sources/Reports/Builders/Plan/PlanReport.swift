import Experiments
import MLSystem
import Quantities
import Scenarios

/// The plan: the cheapest configuration that meets every threshold, and why it is not another.
package enum PlanReport {
  /// Rows of a table that a terminal shows.
  static let terminalRows = 8

  /// The report of a plan; a pure function of it.
  package static func report(_ plan: Plan) -> Report {
    let winner = plan.winner.flatMap { plan.points[$0].results }
    var sections: [Section?] = [
      answer(plan), meeting(plan), PlanFrontier.section(plan), PlanFates.section(plan),
    ]
    if let breaking = plan.breaking { sections.append(LoadReport.curveSection(breaking)) }
    sections.append(next(plan))
    if let winner {
      sections.append(AssumptionSections.prices(winner.cost))
      sections.append(AssumptionSections.assumptions(winner))
    }
    sections.append(AssumptionSections.reproduction(plan.identity, command: command(plan)))
    return Report(
      title: plan.identity.title,
      banner: Banner(verdict: plan.outcome, sentence: sentence(plan), basis: basis(plan)),
      sections: sections.compactMap { $0 })
  }

  // MARK: Answer

  private static func sentence(_ plan: Plan) -> String {
    let count = QuantityFormatter.wholeNumber(Int64(plan.points.count))
    guard let winner = plan.winner, let results = plan.points[winner].results else {
      let open = plan.points.count { $0.isUndecided }
      return open > 0
        ? "None of \(count) meets every threshold for sure; \(open) stay open."
        : "None of \(count) meets every threshold."
    }
    let reading = Reading(results.cost.perMonth)
    let least = results.cost.unknown.isEmpty ? "" : "at least "
    let amount =
      reading.certainty == .exact
      ? "exactly \(reading.text.value)" : "\(reading.text.value) \(reading.text.interval)"
    return "\(label(plan, winner)) is the cheapest of \(count) that meets every threshold: "
      + "\(least)\(amount) a month."
  }

  private static func basis(_ plan: Plan) -> [String] {
    let identity = plan.identity
    let level = NumberText.fixed(plan.level * 100, decimals: 0)
    let share = QuantityFormatter.significant(plan.share * 100, digits: 2)
    return [
      "up to \(plan.replications) x \(QuantityFormatter.exact(identity.horizon)) a point, seed "
        + "\(identity.seed); the same arrivals, sizes and failures at every point",
      "Right with \(level) % confidence; [a, b]: 95% interval of the figure, or of a paired "
        + "difference",
      "Simulated \(share) % of the requests of a search of every point",
    ]
      + StudyBasis.fidelity(
        plan.fidelity, of: "points", flow: plan.winner.flatMap { plan.points[$0].results?.flow })
  }

  /// Whether the answer is the only one, what binds it, how much room it has.
  private static func answer(_ plan: Plan) -> Section? {
    var lines = winnerLines(plan)
    if let breaking = plan.breaking { lines.append(LoadReport.sentence(breaking)) }
    guard !lines.isEmpty else { return nil }
    return Section(id: "answer", heading: "", blocks: lines.map { .paragraph($0) })
  }

  private static func winnerLines(_ plan: Plan) -> [String] {
    var lines: [String] = []
    if let winner = plan.winner {
      let cheaper = plan.points.filter { point in
        point.isUndecided
          && (point.cost ?? 0) < (plan.points[winner].cost ?? 0)
      }
      if !cheaper.isEmpty {
        lines.append(
          "\(cheaper.count) cheaper \(cheaper.count == 1 ? "one stays" : "ones stay") open: "
            + "more replications decide.")
      }
      let cost = plan.points[winner].cost
      let equal = plan.points.filter { $0.isMeeting && $0.index != winner && $0.cost == cost }
      if let first = equal.first {
        let more = equal.count > 1 ? ", and \(equal.count - 1) more" : ""
        lines.append("It costs the same and meets all too: \(label(plan, first.index))\(more).")
      }
      if let binding = plan.binding {
        let threshold = plan.thresholds[binding]
        let seen = plan.points[winner].results?.verdicts[binding].observed.map { Reading($0).text }
        lines.append(
          "It has least room to `\(threshold.text)`"
            + (seen.map { ": \($0.value) \($0.interval)" } ?? "") + ".")
      }
    }
    return lines
  }

  // MARK: Those that meet

  private static func meeting(_ plan: Plan) -> Section? {
    let met = plan.points.filter { $0.isMeeting }.sorted { a, b in
      a.index == plan.winner || b.index != plan.winner && (a.cost ?? 0) < (b.cost ?? 0)
    }
    let open = plan.points.filter(\.isUndecided).sorted { ($0.cost ?? 0) < ($1.cost ?? 0) }
    guard !(met + open).isEmpty else { return nil }
    let rows = (met + open).map { row(plan, $0) }
    let columns = [
      Column("", .text), Column("", .label),
      Column("a month", .reading(.interval), unit: .dollars("")),
      Column("more", .reading(.interval), unit: .dollars("")), Column("", .note),
    ]
    func table(_ rows: [Row]) -> Block {
      .table(Table(id: "meeting", columns: columns, rows: rows))
    }
    let isLong = rows.count > terminalRows
    var blocks: [Block] = [table(rows)]
    if isLong {
      blocks = [
        .only(.terminal, table(Array(rows.prefix(terminalRows)))), .only(.page, table(rows)),
        .only(.terminal, .notes(["and \(rows.count - terminalRows) more on the page"])),
      ]
    }
    return Section(id: "meeting", heading: "Went through all replications", blocks: blocks)
  }

  private static func row(_ plan: Plan, _ point: Plan.Point) -> Row {
    let cost = point.results.map { Cell.reading(Reading($0.cost.perMonth)) } ?? ""
    let more = point.difference.map { Cell.reading(Reading($0, .dollars)) } ?? ""
    var note = point.index == plan.winner ? "cheapest" : ""
    if case .undecided(let open) = point.fate {
      note = "open: " + open.joined(separator: ", ")
    }
    return Row([
      .verdict(point.isMeeting ? .met : .undecided), .text(label(plan, point.index)), cost, more,
      .text(note),
    ])
  }

  // MARK: Names

  /// `replicas=3 max=16`: the knobs by the shortest ends of their paths that tell them apart.
  static func label(_ plan: Plan, _ index: Int) -> String {
    let names = AxisNames(plan.knobs.map(\.path)).short
    return zip(names, plan.points[index].values).map { "\($0)=\($1)" }.joined(separator: " ")
  }

  private static func command(_ plan: Plan) -> String {
    let knobs = plan.knobs.map { " --knob " + ShellText.quoted($0.text) }
    return "towtank plan \(ShellText.quoted(plan.identity.file))"
      + NextSection.options(plan.identity) + knobs.joined()
  }

  private static func next(_ plan: Plan) -> Section {
    let file = ShellText.quoted(plan.identity.file)
    var commands: [Command] = []
    if let winner = plan.winner {
      let point = plan.points[winner]
      let variant = point.variant ?? plan.identity.variant
      let sets = point.settings.map { " --set " + ShellText.quoted($0) }.joined()
      let start = NextSection.options(variant: variant, settings: plan.identity.settings)
      commands.append(Command("The winner by itself:", "towtank run \(file)\(start)\(sets)"))
    }
    if plan.points.contains(where: \.isUndecided) {
      commands.append(
        Command(
          "To decide what is open, with intervals half as wide:",
          "\(command(plan)) --replications \(plan.replications * 4)"))
    }
    commands.append(
      Command(
        "The page with the pictures, and every point:",
        "\(command(plan)) --out reports/\(NextSection.name(plan.identity))-plan"))
    return Section(
      id: "next", heading: "Next", layout: .hanging, blocks: [.commands(commands)])
  }
}

extension Plan.Point {
  var isUndecided: Bool { if case .undecided = fate { true } else { false } }
  var isMeeting: Bool { if case .meets = fate { true } else { false } }
}
