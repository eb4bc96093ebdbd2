import Experiments
import MLSystem
import Quantities

/// What the results say about one instant of simulated time.
package struct InstantFacts {
  let results: Results
  let at: Instant
  /// The replication whose alarms, versions and events are shown, from 0.
  let replication: Int

  package init(results: Results, at: Instant, replication: Int) {
    self.results = results
    self.at = at
    self.replication = replication
  }

  /// A series at the instant: its mean over the replications, and P10 to P90 where it is known.
  package struct Level {
    /// Mean over the replications, in `unit`.
    package var value: Double
    var range: Reading.Bounds?
    var unit: MetricUnit

    /// As a point of a picture, with what lies between the runs.
    var reading: Reading {
      var reading = Reading.observed(value, Unit(unit))
      reading.range = range
      return reading
    }
  }

  /// The value of a recorded series at the instant; nil where nothing was recorded.
  package func level(_ subject: String, _ metric: String) -> Level? {
    let wanted = MetricName(subject, metric)
    guard let series = results.series.first(where: { $0.name == wanted }), series.step > .zero,
      !series.mean.isEmpty
    else { return nil }
    // No latency at all is that of no request.
    let isLatency = metric.hasPrefix("latency.")
    let bucket = min(
      Int((at - .start).nanoseconds / series.step.nanoseconds), series.mean.count - 1)
    if isLatency, series.mean[bucket] == 0 { return nil }
    let hasRange = series.low.count == series.mean.count && series.high.count == series.mean.count
    return Level(
      value: series.mean[bucket],
      range: hasRange ? Reading.Bounds(series.low[bucket], series.high[bucket]) : nil,
      unit: series.unit)
  }

  /// Names of what was simulated, by kind.
  func names(_ kinds: [Subject.Kind]) -> [String] {
    results.identity.subjects.filter { kinds.contains($0.kind) }.map(\.name)
  }

  /// The version of a model that was in production at the instant of one run.
  package func production(_ model: String, in replication: Int) -> VersionRecord? {
    var best: (since: Instant, version: VersionRecord)?
    for joined in results.versions
    where joined.replication == replication && joined.record.model == model {
      for change in joined.record.history where change.status == .production && change.at <= at {
        if best.map({ $0.since <= change.at }) ?? true { best = (change.at, joined.record) }
      }
    }
    return best?.version
  }

  /// The quality that the versions in production had when they were promoted, mean over the runs.
  func baseline(_ model: String) -> Double? {
    let each = (0..<results.identity.replications).compactMap {
      production(model, in: $0)?.promotedAUC
    }
    return each.isEmpty ? nil : each.reduce(0, +) / Double(each.count)
  }

  /// Alarms that were on at the instant of the run that is shown, the gravest first.
  var alarms: [AlarmRecord] {
    results.alarms.filter { joined in
      joined.replication == replication && joined.alarm.at <= at
        && joined.alarm.until.map { $0 > at } ?? true
    }
    .map(\.alarm)
    .sorted { a, b in
      (a.severity == .critical ? 0 : 1, a.model, a.at, a.feature ?? 0)
        < (b.severity == .critical ? 0 : 1, b.model, b.at, b.feature ?? 0)
    }
  }

  /// Events of the run that is shown, of some kinds, in order of time.
  func events(_ kinds: [TimelineEntry.Kind], of subject: String? = nil) -> [TimelineEntry] {
    results.timeline
      .filter { $0.replication == replication && kinds.contains($0.entry.kind) }
      .map(\.entry)
      .filter { entry in subject.map { $0 == entry.subject } ?? true }
  }
}
