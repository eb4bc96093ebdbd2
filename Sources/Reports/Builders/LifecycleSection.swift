import Experiments
import MLSystem
import Quantities

/// How each model fares: quality, drift, retraining, rollout.
///
/// A section per model.
enum LifecycleSection {
  private static let wanted: [(metric: String, label: String)] = [
    ("auc", "AUC mean"), ("auc.worst-day", "AUC of the worst day"), ("regret", "AUC lost to age"),
    ("accuracy", "accuracy"), ("calibration-error", "calibration error"),
    ("ctr", "clicks per ranking"), ("lift", "lift against the baseline"),
    ("resolved", "resolved"), ("wrong", "wrong"), ("rmse", "root mean square error"),
    ("fairness", "fairness ratio"), ("value.perMonth", "value a month"),
    ("lost.perMonth", "lost against an oracle, a month"),
    ("never.auc", "AUC of the first version, kept"),
    ("worth-of-retraining.perMonth", "worth of retraining, a month"),
    ("detection-delay", "drift seen after"), ("missed", "drifts not seen"),
    ("false-alarms", "false alarms a month"), ("diagnoses", "diagnosed, times"),
    ("misdiagnosed", "of them wrongly"), ("retrainings", "retrained, times"),
    ("refused", "refused by the gate, times"), ("refused-data", "data refused, times"),
    ("failed-trainings", "trainings failed"), ("promotions", "promoted, times"),
    ("rollbacks", "rolled back, times"), ("false-rollbacks", "of them wrongly"),
    ("escaped", "bad versions promoted"), ("exposed", "requests to bad versions"),
    ("change-failures", "changes that failed"), ("time-to-full", "rollout takes"),
    ("lead-time", "from trigger to full"), ("time-to-restore", "restored after"),
    ("rollout-cost", "running double costs"), ("training-cost", "training costs"),
    ("age", "age of the data"),
  ]

  static func sections(_ results: Results) -> [Section] {
    let models = results.identity.subjects.filter { $0.kind == .model }
    if models.isEmpty { return [] }
    let scenario = ModelFacts.scenario(of: results)
    return models.compactMap { subject in
      let rows = wanted.compactMap { metric, label -> Row? in
        guard let figure = results.figure("\(subject.name).\(metric)"), figure.estimate != nil
        else { return nil }
        return Row([.text(label), .reading(Reading(figure))])
      }
      guard !rows.isEmpty else { return nil }
      let table = Table(
        id: "lifecycle-\(subject.name)",
        columns: [Column("", .label), Column("mean", .reading(.intervalAndRange))], rows: rows)
      let rest = [monitors(results, subject.name)].compactMap { $0 }
      let facts = ModelFacts(results, model: subject.name, scenario: scenario)
      return Section(
        id: "lifecycle-\(subject.name)", heading: "Lifecycle, \(subject.name)",
        blocks: [.table(table)] + rest + charts(results, facts))
    }
  }

  /// Each monitor of a model beside the others.
  private static func monitors(_ results: Results, _ model: String) -> Block? {
    let own = results.figures.filter {
      $0.metric.subject == model && $0.metric.selector?.dimension == "monitor"
    }
    var names: [String] = []
    for figure in own {
      if let name = figure.metric.selector?.value, !names.contains(name) { names.append(name) }
    }
    if names.count < 2 { return nil }
    let columns = [
      ("detection-delay", "seen after"), ("missed", "missed"), ("false-alarms", "false a month"),
    ]
    let rows = names.map { name in
      Row(
        [.text(name)]
          + columns.map { metric, _ in
            let found = own.first {
              $0.metric.metric == metric && $0.metric.selector?.value == name
            }
            guard let found, found.estimate != nil else { return .text("") }
            return .reading(Reading(found))
          })
    }
    return .table(
      Table(
        id: "monitors-\(model)", caption: "Monitors of \(model)",
        columns: [Column("monitor", .label)]
          + columns.map { Column($0.1, .reading(.stacked)) },
        rows: rows))
  }

  private static func charts(_ results: Results, _ facts: ModelFacts) -> [Block] {
    var own = results
    own.series = results.series.filter { $0.name.subject == facts.model }
    let marks = marks(results, facts)
    return SeriesCharts.charts(
      own,
      metrics: [
        .init("auc", "AUC of what answered", fears: .low),
        .init("candidate-share", "share of the candidate"),
      ]
    ).map { chart -> Block in
      var chart = chart
      if case .timeSeries(var content) = chart.content, chart.id == "series-auc", !marks.isEmpty {
        content.marks = marks
        chart.content = .timeSeries(content)
        chart.subtitle +=
          "; marks of run \(run(results) + 1): D drift, A alarm, P promoted, R rolled back"
      }
      chart.id += "-" + facts.model
      return .chart(chart)
    }
  }

  /// The most marks of a picture: more of them hide the line.
  private static let markLimit = 80

  private static func run(_ results: Results) -> Int { results.timeline.first?.replication ?? 0 }

  /// What happened to a model in the first run that has events.
  private static func marks(_ results: Results, _ facts: ModelFacts) -> [TimeSeriesChart.Mark] {
    let letters: [TimelineEntry.Kind: String] = [
      .drift: "D", .alarm: "A", .promotion: "P", .rollback: "R",
    ]
    let task = facts.task?.name
    let entries = results.timeline.filter { joined in
      joined.replication == run(results)
        && (joined.entry.subject == facts.model || joined.entry.subject == task)
    }
    return entries.compactMap { joined in
      letters[joined.entry.kind].map { letter in
        TimeSeriesChart.Mark(
          at: (joined.entry.at - .start).seconds, letter: letter,
          text: "\(joined.entry.at.text) \(joined.entry.detail)")
      }
    }
    .prefix(markLimit).map { $0 }
  }
}
