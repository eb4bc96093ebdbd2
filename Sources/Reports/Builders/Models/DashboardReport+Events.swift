import Experiments
import MLSystem
import Quantities

// What was going on: alarms by feature, trainings before and after, the events of the last days.
extension DashboardReport {
  /// The most alarms that are listed.
  private static let alarmLimit = 20
  /// How far back events are listed.
  private static let memory = Duration.days(7)

  static func alarmSection(_ facts: InstantFacts) -> Section? {
    let alarms = facts.alarms
    guard facts.results.identity.subjects.contains(where: { $0.kind == .model }) else { return nil }
    if alarms.isEmpty {
      return Section(
        id: "alarms", heading: "Drift alerts", blocks: [.paragraph("No alarm is on.")])
    }
    let rows = alarms.prefix(alarmLimit).map { alarm in
      Row([
        .text(alarm.model), .text(alarm.monitor), .text(alarm.feature.map(String.init) ?? "all"),
        .reading(.observed(alarm.value, .number(""))),
        .reading(.observed(alarm.threshold, .number(""))), .text(alarm.severity.rawValue),
        .text(alarm.at.text), .text(alarm.isTrue ? "yes" : "no"),
      ])
    }
    var blocks: [Block] = [
      .table(
        Table(
          id: "alarms",
          columns: [
            Column("model", .label, mergesRepeats: true), Column("monitor", .text),
            Column("feature", .text),
            Column("value", .reading(.value)), Column("limit", .reading(.value)),
            Column("severity", .text), Column("since", .text), Column("true", .text),
          ], rows: Array(rows)))
    ]
    if alarms.count > alarmLimit {
      blocks.append(.notes(["\(alarms.count - alarmLimit) more alarms are on."]))
    }
    return Section(id: "alarms", heading: "Drift alerts", blocks: blocks)
  }

  static func trainingSection(_ facts: InstantFacts) -> Section? {
    let rows = facts.names([.model]).compactMap { model -> Row? in
      let trainings = facts.events([.training], of: model)
      let last = trainings.last { $0.at <= facts.at }
      let next = trainings.first { $0.at > facts.at }
      guard last != nil || next != nil else { return nil }
      return Row([
        .text(model), .text(last.map { "\($0.at.text): \($0.detail)" } ?? "none yet"),
        .text(next.map { "\($0.at.text): \($0.detail)" } ?? "none before the end"),
      ])
    }
    if rows.isEmpty { return nil }
    return Section(
      id: "trainings", heading: "Retraining",
      blocks: [
        .table(
          Table(
            id: "trainings",
            columns: [Column("", .label), Column("last", .note), Column("next", .note)],
            rows: rows))
      ])
  }

  static func recent(_ facts: InstantFacts) -> Section? {
    let kinds: [TimelineEntry.Kind] = TimelineEntry.Kind.allCases.filter { $0 != .scaling }
    let entries = facts.events(kinds).filter { $0.at <= facts.at && facts.at - $0.at <= memory }
    if entries.isEmpty { return nil }
    let rows = entries.suffix(12).reversed().map { entry in
      Row([
        .text(entry.at.text), .text(entry.kind.rawValue), .text(entry.subject),
        .text(entry.detail),
      ])
    }
    return Section(
      id: "events", heading: "Last seven days",
      blocks: [
        .table(
          Table(
            id: "events",
            columns: [
              Column("at", .label), Column("", .text), Column("of", .text), Column("", .note),
            ], rows: Array(rows)))
      ])
  }
}
