import Experiments
import MLSystem
import Quantities
import Statistics

/// What was made to happen: when it was seen and over, whom it hurt, what it cost.
enum IncidentSection {
  static func section(_ results: Results) -> Section? {
    let names = results.identity.subjects.filter { $0.kind == .incident }.map(\.name)
    guard !names.isEmpty else { return nil }
    let hasMoney = names.contains { results.figure("\($0).lost")?.estimate != nil }
    var columns = [
      Column("incident", .label), Column("noticed after", .reading(.stacked)),
      Column("over after", .reading(.stacked)), Column("as before after", .reading(.stacked)),
      Column("requests hurt", .reading(.stacked)),
    ]
    if hasMoney { columns.append(Column("money lost", .reading(.stacked))) }
    let rows = names.map { name in
      func cell(_ metric: String, missing: String) -> Cell {
        guard let figure = results.figure("\(name).\(metric)"), figure.estimate != nil else {
          return .text(missing)
        }
        return .reading(Reading(figure))
      }
      // A price hurts no request, and what data bring has no first usual minute.
      let isOfRequests = results.incidents.contains {
        $0.record.name == name
          && ["outage", "slow-down", "errors", "deprecation", "capacity-loss"]
            .contains($0.record.cause)
      }
      var cells: [Cell] = [
        .text(name), cell("time-to-notice", missing: "by nobody"),
        cell("time-to-end", missing: "not over"),
        cell("time-to-recover", missing: isOfRequests ? "not yet" : ""),
        cell("hurt", missing: isOfRequests ? "none came" : ""),
      ]
      if hasMoney { cells.append(cell("lost", missing: "not known")) }
      return Row(cells)
    }
    return Section(
      id: "incidents", heading: "Incidents",
      blocks: [
        .table(Table(id: "incidents", columns: columns, rows: rows)),
        .notes(notes(results, names)),
      ])
  }

  private static func notes(_ results: Results, _ names: [String]) -> [String] {
    var notes = [
      "Hurt are requests that were not served or not as promised, above the share that was usual "
        + "before, until a minute was as usual again."
    ]
    let unseen = names.filter { name in
      results.incidents.contains { $0.record.name == name }
        && results.incidents.allSatisfy { $0.record.name != name || $0.record.noticed == nil }
    }
    let hasObjectives = results.identity.subjects.contains { $0.kind == .objective }
    if !unseen.isEmpty, !hasObjectives {
      notes.append("No `slos` are declared, so no alert on an error budget can notice anything.")
    }
    for name in names where !unseen.contains(name) {
      let records = results.incidents.map(\.record).filter { $0.name == name }
      let seen = records.compactMap(\.noticedBy)
      guard let alert = seen.first else { continue }
      let runs = Set(results.incidents.map(\.replication)).count
      if seen.count < records.count {
        notes.append(
          "\(name) was noticed in \(seen.count) of \(runs) runs, first by \(alert).")
      }
    }
    return notes
  }
}
