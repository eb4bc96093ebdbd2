import Quantities
import Statistics

/// Feeds a stream to detectors, row by row, in bounded memory.
package struct DetectionRun {
  private var reader: SeriesReader
  private let choices: [DetectorChoice]
  private var states: [State] = []
  private var tallies: [Tally]
  private var pictures: [SeriesPicture]
  private var samples: [Reservoir]

  /// A detector on its way through the stream.
  private struct State {
    var detector: StreamDetector
    var track: DetectorTrack
    var since = Tally()
    var wasWarning = false
  }

  /// A run of every detector over every value of a row.
  package init(_ reader: SeriesReader, _ choices: [DetectorChoice]) {
    self.reader = reader
    self.choices = choices
    let count = reader.names.count
    tallies = Array(repeating: Tally(), count: count)
    pictures = Array(repeating: SeriesPicture(), count: count)
    samples = Array(repeating: Reservoir(), count: count)
    for series in 0..<count {
      for choice in choices {
        let track = DetectorTrack(
          series: series, choice: choice, alarms: 0, warnings: 0, listed: [])
        states.append(State(detector: choice.detector, track: track))
      }
    }
  }

  /// Reads the stream to its end.
  ///
  /// - Throws: `DelimitedTextError` at the place of what cannot be read or judged, and what the
  ///   source of the bytes throws.
  package mutating func findings(
    file: String, measuresFalseAlarms: Bool = true, isCancelled: () -> Bool = { false }
  ) throws -> DetectionFindings {
    let errorsOnly = choices.first { $0.kind.isForErrors }?.kind
    var values: [Double] = []
    while try reader.next(into: &values) {
      if isCancelled() { throw CancellationError() }
      for (series, value) in values.enumerated() {
        if let errorsOnly { try check(series, value, errorsOnly) }
        tallies[series].add(value)
        pictures[series].add(value)
        samples[series].add(value)
        for place in series * choices.count..<(series + 1) * choices.count {
          take(value, place)
        }
      }
    }
    return finished(file, measuresFalseAlarms)
  }

  private func check(_ series: Int, _ value: Double, _ kind: StreamDetector.Kind) throws {
    // The bounds of Hoeffding and McDiarmid hold for anything between 0 and 1.
    let takesShares = kind == .hddmA || kind == .hddmW
    guard takesShares ? !(0...1).contains(value) : value != 0 && value != 1 else { return }
    throw reader.refused(
      series, value,
      expected: (takesShares ? "between 0 and 1" : "0 (right) or 1 (wrong)")
        + " for \(kind.rawValue)")
  }

  private mutating func take(_ value: Double, _ place: Int) {
    let state = states[place].detector.update(value)
    states[place].since.add(value)
    let isWarning = state == .warning
    if isWarning, !states[place].wasWarning { states[place].track.warnings += 1 }
    states[place].wasWarning = isWarning
    guard state == .alarm else { return }
    close(place)
    states[place].track.alarms += 1
    states[place].track.lastRow = reader.row
    if states[place].track.listed.count < DetectorTrack.listLimit {
      states[place].track.listed.append(
        DetectorAlarm(
          row: reader.row, line: reader.line, value: value,
          evidence: states[place].detector.evidence, before: states[place].since.mean))
    }
    states[place].since = Tally()
  }

  /// Notes the mean since the latest alarm, where that one is listed.
  private mutating func close(_ place: Int, isEnd: Bool = false) {
    let track = states[place].track
    guard let last = track.listed.last, last.row == track.lastRow, states[place].since.count > 0
    else { return }
    states[place].track.listed[track.listed.count - 1].after = states[place].since.mean
  }

  private mutating func finished(
    _ file: String, _ measuresFalseAlarms: Bool
  ) -> DetectionFindings {
    for place in states.indices {
      close(place)
      guard measuresFalseAlarms else { continue }
      let track = states[place].track
      states[place].track.falseAlarms = FalseAlarms(
        track.choice, sample: samples[track.series].values, length: reader.row)
    }
    let series = reader.names.indices.map {
      SeriesSummary(name: reader.names[$0], tally: tallies[$0], picture: pictures[$0])
    }
    return DetectionFindings(
      file: file, rows: reader.row, series: series, tracks: states.map(\.track))
  }
}
