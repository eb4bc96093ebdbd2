import Experiments
import MLSystem
import Quantities
import Statistics

/// What arrives, what it waits for, and how busy the machines are.
enum CapacitySection {
  /// A row of the table: a metric and what a reader calls it.
  struct Wanted {
    var metric: String
    var label: String
    var unit: Unit?

    init(_ metric: String, _ label: String, _ unit: Unit? = nil) {
      self.metric = metric
      self.label = label
      self.unit = unit
    }
  }

  static func section(_ results: Results) -> Section? {
    var rows: [Row] = []
    for subject in results.identity.subjects {
      rows += wanted(subject.kind).compactMap { row($0, subject.name, results) }
    }
    guard !rows.isEmpty else { return nil }
    let hasPeaks = results.series.contains { wasPeakAsked($0.name.metric) }
    var columns = [
      Column("", .label, mergesRepeats: true), Column("", .text),
      Column("mean", .reading(.interval)),
    ]
    if hasPeaks {
      columns.append(Column("highest", .reading(.value)))
    } else {
      rows = rows.map { Row(Array($0.cells.prefix(3)), $0.emphasis) }
    }
    let table = Table(id: "capacity", columns: columns, rows: rows)
    return Section(
      id: "capacity", heading: "Capacity",
      blocks: [.table(table), .notes(notes(results, hasPeaks: hasPeaks))] + charts(results))
  }

  private static func wanted(_ kind: Subject.Kind) -> [Wanted] {
    switch kind {
    case .route:
      [
        Wanted("requests", "requests/s", .number("")), Wanted("latency.p50", "latency p50"),
        Wanted("latency.p99", "latency p99"), Wanted("ttft.p95", "first token p95"),
        Wanted("tpot.p95", "per token p95"),
      ]
    case .modelServer:
      [
        Wanted("replicas", "replicas"), Wanted("busy", "busy"), Wanted("batch", "batch size"),
        Wanted("wait.p99", "wait p99"),
      ]
    case .llmServer:
      [
        Wanted("replicas", "replicas"), Wanted("busy", "busy"),
        Wanted("batch", "sequences"), Wanted("tokens", "tokens/s", .number("")),
        Wanted("kv", "KV cache"), Wanted("preemptions", "preemptions"),
        Wanted("wait.p99", "wait p99"),
      ]
    case .lookup: [Wanted("calls", "calls/s", .number("")), Wanted("latency.p99", "latency p99")]
    case .stream, .model, .pool, .objective, .incident: []
    }
  }

  private static func wasPeakAsked(_ metric: String) -> Bool {
    ["requests", "busy", "replicas", "queue", "calls", "tokens", "kv"].contains(metric)
  }

  private static func row(_ wanted: Wanted, _ name: String, _ results: Results) -> Row? {
    guard let figure = results.figure("\(name).\(wanted.metric)"), figure.estimate != nil else {
      return nil
    }
    let reading = Reading(figure, as: wanted.unit)
    let peak = results.series.first {
      $0.name.subject == name && $0.name.selector == nil && $0.name.metric == wanted.metric
    }?.mean.max()
    let highest = peak.map { Cell.reading(.observed($0, reading.unit)) } ?? ""
    return Row([.text(name), .text(wanted.label), .reading(reading), highest])
  }

  private static func notes(_ results: Results, hasPeaks: Bool) -> [String] {
    var notes = results.saturations.map { saturation in
      "\(saturation.service) is overloaded from \(saturation.since.text): "
        + "\(saturation.consequence) (\(saturation.replications) of "
        + "\(results.identity.replications) runs)."
    }
    let servers = results.identity.subjects.count {
      $0.kind == .modelServer || $0.kind == .llmServer
    }
    if notes.isEmpty, servers > 1, let busiest = busiest(results) {
      notes.append("Busiest: \(busiest.name).")
    }
    if hasPeaks, let step = results.series.first(where: { wasPeakAsked($0.name.metric) })?.step {
      let length = QuantityFormatter.exact(step)
      notes.append("Highest: the greatest mean over runs of a stretch of \(length).")
    }
    return notes
  }

  /// The server with the largest mean share of busy time; `nil` where no server was at work.
  static func busiest(_ results: Results) -> (name: String, share: Double)? {
    var found: (name: String, share: Double)?
    for server in results.identity.subjects
    where server.kind == .modelServer || server.kind == .llmServer {
      guard let busy = results.figure("\(server.name).busy")?.estimate else { continue }
      if busy > found?.share ?? 0 { found = (server.name, busy) }
    }
    return found
  }

  private static func charts(_ results: Results) -> [Block] {
    (latencyCurves(results).map { [$0] } ?? []).map { .chart($0) }
      + SeriesCharts.charts(
        results,
        metrics: [
          .init("requests", "requests a second"), .init("replicas", "ready replicas"),
          .init("busy", "busy share of replica time"), .init("queue", "waiting requests"),
          .init("kv", "KV blocks in use"),
        ]
      ).map { .chart($0) }
  }

  /// Latency of every route over the share of its requests.
  static func latencyCurves(_ results: Results) -> Chart? {
    let shares = PercentileChart.usualShares
    let found = results.distributions.filter {
      $0.metric.metric == "latency" && $0.metric.selector == nil && $0.histogram.count > 0
        && results.identity.subjects.contains(Subject(kind: .route, name: $0.metric.subject))
    }
    guard let first = found.first else { return nil }
    let curves = found.map { distribution in
      PercentileChart.Curve(
        distribution.metric.subject,
        shares.map { share in
          // A share beyond the last request has no value.
          1 / Double(distribution.histogram.count) <= 1 - share
            ? distribution.histogram.quantile(share).map { $0 * 1e-9 } : nil
        })
    }
    func text(_ share: Double) -> String {
      let seconds = (first.histogram.quantile(share) ?? 0) * 1e-9
      return QuantityFormatter.time(seconds)
    }
    return Chart(
      id: "latency",
      title: "\(first.metric.subject) answers half of its requests within \(text(0.5)) and 99 % "
        + "within \(text(0.99))",
      subtitle: "Latency by share of requests, log axis, all runs together",
      content: .percentiles(PercentileChart(shares: shares, unit: .seconds, curves: curves)))
  }
}

extension Instant {
  /// The instant after the start, as scenarios write it.
  var text: String { QuantityFormatter.offset(self) }
}
