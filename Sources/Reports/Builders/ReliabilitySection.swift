import Experiments
import MLSystem
import Quantities
import Statistics

/// How often the system fails its users, and what failed in it.
enum ReliabilitySection {
  static func section(_ results: Results) -> Section? {
    var rows: [Row] = []
    for subject in results.identity.subjects {
      for (metric, label) in wanted(subject.kind) {
        guard let figure = results.figure("\(subject.name).\(metric)"), figure.estimate != nil
        else { continue }
        // Nothing shed and nothing retried is not worth a line.
        if isQuietAtZero(metric), figure.estimate == 0, figure.values.allSatisfy({ $0 == 0 }) {
          continue
        }
        rows.append(Row([.text(subject.name), .text(label), .reading(Reading(figure))]))
      }
    }
    guard !rows.isEmpty else { return nil }
    let table = Table(
      id: "reliability",
      columns: [
        Column("", .label, mergesRepeats: true), Column("", .text),
        Column("mean", .reading(.interval)),
      ], rows: rows)
    return Section(
      id: "reliability", heading: "Reliability",
      blocks: [.table(table), .notes(notes(results))])
  }

  private static func wanted(_ kind: Subject.Kind) -> [(String, String)] {
    switch kind {
    case .route:
      [
        ("availability", "answered"), ("shed", "shed"), ("failed", "failed"),
        ("timeouts", "timed out"), ("retries", "retries"), ("fallback", "by the fallback"),
      ]
    case .objective:
      [
        ("attainment", "attained"), ("budget-spent", "error budget"), ("pages", "pages"),
        ("tickets", "tickets"),
      ]
    case .modelServer, .llmServer: [("availability", "replicas up")]
    case .lookup, .stream, .model, .pool, .incident: []
    }
  }

  private static func isQuietAtZero(_ metric: String) -> Bool {
    switch metric {
    case "shed", "failed", "timeouts", "retries", "fallback", "pages", "tickets": true
    default: false
    }
  }

  /// Timeline entries of a run at which results stop keeping them.
  private static let entryLimit = 500

  /// How many failures were seen in how much simulated time, with the exact bound of their rate.
  private static func notes(_ results: Results) -> [String] {
    let identity = results.identity
    let days = identity.horizon.days * Double(identity.replications)
    var notes: [String] = []
    if identity.defaults.contains(where: { $0.path == "failures" }) {
      notes.append("No random failures are declared, so none happened.")
    }
    let crashes = results.timeline.count { $0.entry.kind == .crash }
    // A run keeps a limited count of entries; beyond it crashes would be missed.
    let kept = (0..<identity.replications).map { run in
      results.timeline.count { $0.replication == run }
    }
    if crashes > 0, days > 0, kept.allSatisfy({ $0 < entryLimit }) {
      let rate = ConfidenceInterval.ofPoissonRate(
        events: Int64(crashes), exposure: days / 30.4375, level: 0.95)
      let text = Reading.simulated(rate.estimate, .init(rate), .number("")).text
      notes.append(
        "\(QuantityFormatter.wholeNumber(Int64(crashes))) crashes in "
          + "\(NumberText.fixed(days, decimals: days < 10 ? 1 : 0)) simulated days: "
          + "\(text.value) \(text.interval) a month.")
    }
    return notes
  }
}

/// What happened when, in the first run.
enum TimelineSection {
  static func section(_ results: Results) -> Section? {
    guard let first = results.timeline.first?.replication else { return nil }
    let entries = results.timeline.filter { $0.replication == first }.map(\.entry)
    let length = results.identity.horizon.seconds
    let lanes = TimelineEntry.Kind.allCases.compactMap { kind -> IncidentChart.Lane? in
      let events = entries.filter { $0.kind == kind }
      guard !events.isEmpty, kind != .recovery else { return nil }
      return IncidentChart.Lane(
        kind.rawValue, events.map { event($0, among: entries, length: length) })
    }
    guard !lanes.isEmpty else { return nil }
    let counted = lanes.map { lane in
      let ending = lane.events.count == 1 ? "" : lane.name.hasSuffix("sh") ? "es" : "s"
      return "\(lane.events.count) \(lane.name)\(ending)"
    }.joined(separator: ", ")
    return Section(
      id: "timeline", heading: "Timeline",
      blocks: [
        .only(
          .page,
          .chart(
            Chart(
              id: "timeline", title: "Run \(first + 1): \(counted)",
              subtitle: "What happened in the first run that has events, time after the start",
              content: .incidents(IncidentChart(length: length, lanes: lanes)))))
      ])
  }

  /// A crash lasts until the recovery of the same subject; everything else is an instant.
  private static func event(
    _ entry: TimelineEntry, among entries: [TimelineEntry], length: Double
  ) -> IncidentChart.Event {
    let from = (entry.at - .start).seconds
    var to = from
    if entry.kind == .crash {
      let end = entries.first {
        $0.kind == .recovery && $0.subject == entry.subject && $0.at >= entry.at
      }
      to = end.map { ($0.at - .start).seconds } ?? length
    }
    return IncidentChart.Event(
      from: from, to: to, "\(entry.at.text) \(entry.subject): \(entry.detail)")
  }
}
