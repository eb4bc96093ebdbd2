import Statistics

/// What detectors found in a stream.
package struct DetectionFindings: Sendable {
  /// The file, as the user named it.
  package var file: String
  /// The number of rows.
  package var rows: Int
  /// The reference and the windows, where there are any.
  package var plan: WindowPlan?
  /// One for each column.
  package var series: [SeriesSummary]
  /// One for each column and detector, columns first.
  package var tracks: [DetectorTrack]

  /// All alarms of all tracks.
  package var alarms: Int { tracks.reduce(0) { $0 + $1.alarms } }
}

/// One column in figures.
package struct SeriesSummary: Sendable {
  /// The name of the column.
  package var name: String
  /// Count, mean, variance and extremes.
  package var tally: Tally
  /// Means over equal stretches of rows.
  package var picture: SeriesPicture
}

/// One detector on one column.
package struct DetectorTrack: Sendable {
  /// The place of the column.
  package var series: Int
  /// The detector.
  package var choice: DetectorChoice
  /// The number of alarms.
  package var alarms: Int
  /// The number of runs of warnings.
  package var warnings: Int
  /// The number of windows that were compared with the reference; nil where items are judged.
  package var windows: Int?
  /// The first alarms, at most `listLimit` of them.
  package var listed: [DetectorAlarm]
  /// The row of the last alarm.
  package var lastRow: Int?
  /// How often it alarms where there is nothing to find.
  package var falseAlarms: FalseAlarms?

  /// How many alarms are listed.
  package static let listLimit = 1_000
}

/// One alarm: of an item, or of the window that ends with it.
package struct DetectorAlarm: Hashable, Sendable {
  /// The row, from 1.
  package var row: Int
  /// The line of the file, from 1.
  package var line: Int
  /// The value of the row.
  package var value: Double
  /// The figure that crossed its line.
  package var evidence: DetectorEvidence?
  /// The mean of the rows since the alarm before, this one included; of the reference for a window.
  package var before: Double
  /// The mean of the rows after it until the next alarm or the end, nil without any; of a window
  /// itself.
  package var after: Double?
}

/// Means of a series over equal stretches, in bounded memory whatever its length.
///
/// The stretches double when there are too many of them.
package struct SeriesPicture: Hashable, Sendable {
  /// The number of rows that a stretch holds; the last may hold fewer.
  package private(set) var width = 1
  private var sums: [Double] = []
  private var counts: [Int] = []

  private static let most = 240

  /// A picture of nothing.
  package init() {}

  /// The mean of each stretch.
  package var means: [Double] { zip(sums, counts).map { $0 / Double($1) } }

  /// Takes the next value.
  package mutating func add(_ value: Double) {
    if let last = counts.last, last < width {
      sums[sums.count - 1] += value
      counts[counts.count - 1] += 1
      return
    }
    if sums.count == Self.most {
      for pair in 0..<Self.most / 2 {
        sums[pair] = sums[2 * pair] + sums[2 * pair + 1]
        counts[pair] = counts[2 * pair] + counts[2 * pair + 1]
      }
      sums.removeSubrange((Self.most / 2)...)
      counts.removeSubrange((Self.most / 2)...)
      width *= 2
    }
    sums.append(value)
    counts.append(1)
  }
}
