import MLSystem
import Quantities
import Statistics

/// Joins what replications recorded over time.
enum RecordJoining {
  /// The most timeline entries of one replication that results keep.
  static let timelineLimit = 500

  static func series(of records: [RunRecord]) -> [JoinedSeries] {
    guard let first = records.first else { return [] }
    return first.series.indices.map { index in
      let each = records.map { $0.series[index].series }
      let buckets = each.map(\.buckets).min() ?? 0
      // A run that recorded nothing counts for nothing; where none did, the level is 0.
      let columns = (0..<buckets).map { bucket in
        let values = each.compactMap { $0.mean(of: bucket) }
        return values.isEmpty ? [0] : values.sorted()
      }
      let hasBand = records.count >= FigureJoining.leastForRange
      return JoinedSeries(
        name: first.series[index].name, unit: first.series[index].unit,
        step: Duration(nanoseconds: each[0].width),
        mean: columns.map { $0.reduce(0, +) / Double($0.count) },
        low: hasBand ? columns.map { quantile(0.1, ofSorted: $0) } : [],
        high: hasBand ? columns.map { quantile(0.9, ofSorted: $0) } : [])
    }
  }

  static func timeline(of records: [RunRecord]) -> [JoinedTimelineEntry] {
    records.flatMap { record in
      record.timeline.prefix(timelineLimit).map {
        JoinedTimelineEntry(replication: record.replication, entry: $0)
      }
    }
  }

  /// The most alarms of one replication that results keep.
  static let alarmLimit = 500

  static func alarms(of records: [RunRecord]) -> [JoinedAlarm] {
    records.flatMap { record in
      record.alarms.prefix(alarmLimit).map {
        JoinedAlarm(replication: record.replication, alarm: $0)
      }
    }
  }

  static func incidents(of records: [RunRecord]) -> [JoinedIncident] {
    records.flatMap { record in
      record.incidents.prefix(alarmLimit).map {
        JoinedIncident(replication: record.replication, record: $0)
      }
    }
  }

  /// The most versions of one replication that results keep.
  static let versionLimit = 500

  static func versions(of records: [RunRecord]) -> [JoinedVersion] {
    records.flatMap { record in
      record.versions.suffix(versionLimit).map {
        JoinedVersion(replication: record.replication, record: $0)
      }
    }
  }

  /// In the order of the services' first appearance.
  static func saturations(of records: [RunRecord]) -> [JoinedSaturation] {
    var services: [String] = []
    for saturation in records.flatMap(\.saturations) where !services.contains(saturation.service) {
      services.append(saturation.service)
    }
    return services.map { service in
      let each = records.flatMap { $0.saturations.filter { $0.service == service }.prefix(1) }
      return JoinedSaturation(
        service: service, replications: each.count,
        since: each.map(\.since).min() ?? .start,
        growth: each.map(\.growth).reduce(0, +) / Double(each.count),
        isBounded: each.allSatisfy(\.isBounded))
    }
  }
}
