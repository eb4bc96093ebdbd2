import Quantities
import Statistics

/// What windows are compared with.
package struct WindowPlan: Hashable, Sendable {
  /// The rows of the reference, from 1.
  package var reference: ClosedRange<Int>
  /// The rows of a window; windows follow one another after the reference.
  package var window: Int

  /// Makes a plan.
  package init(reference: ClosedRange<Int>, window: Int) {
    precondition(reference.lowerBound >= 1 && window >= 1, "rows are counted from 1")
    self.reference = reference
    self.window = window
  }
}

/// Feeds a stream to detectors, row by row, in bounded memory.
package struct DetectionRun {
  private var reader: SeriesReader
  private let choices: [DetectorChoice]
  private let plan: WindowPlan?
  private var states: [State] = []
  private var tallies: [Tally]
  private var pictures: [SeriesPicture]
  private var samples: [Reservoir]

  /// A stream that ends before the first window does.
  package struct TooShort: Error, Hashable {
    /// How many rows there are.
    package var rows: Int
    /// How many there must be.
    package var needed: Int

    /// A stream of `rows` where `needed` are.
    package init(rows: Int, needed: Int) {
      self.rows = rows
      self.needed = needed
    }
  }

  /// A detector on its way through the stream.
  private struct State {
    var track: DetectorTrack
    /// One of the two, each changed in place.
    var detector: StreamDetector?
    var judge: WindowJudge?
    var since = Tally()
    var wasWarning = false
  }

  /// A run of every detector over every value of a row.
  ///
  /// - Precondition: there is a plan where a choice compares windows.
  package init(_ reader: SeriesReader, _ choices: [DetectorChoice], plan: WindowPlan? = nil) {
    self.reader = reader
    self.choices = choices
    self.plan = plan
    let count = reader.names.count
    tallies = Array(repeating: Tally(), count: count)
    pictures = Array(repeating: SeriesPicture(), count: count)
    samples = Array(repeating: Reservoir(), count: count)
    for series in 0..<count {
      for choice in choices {
        var track = DetectorTrack(
          series: series, choice: choice, alarms: 0, warnings: 0, listed: [])
        switch choice.kind {
        case .stream(let kind):
          states.append(State(track: track, detector: StreamDetector(kind, choice.values)))
        case .window(let test):
          guard let plan else { preconditionFailure("windows need a plan") }
          track.windows = 0
          states.append(State(track: track, judge: WindowJudge(test, choice.values, plan)))
        }
      }
    }
  }

  /// Reads the stream to its end.
  ///
  /// - Throws: `DelimitedTextError` at the place of what cannot be read or judged, `TooShort`, and
  ///   what the source of the bytes throws.
  package mutating func findings(
    file: String, measuresFalseAlarms: Bool = true, isCancelled: () -> Bool = { false }
  ) throws -> DetectionFindings {
    let errorsOnly = choices.lazy.compactMap { choice -> StreamDetector.Kind? in
      guard case .stream(let kind) = choice.kind, kind.isForErrors else { return nil }
      return kind
    }.first
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
    if let plan, states.contains(where: { $0.track.windows == 0 }) {
      throw TooShort(rows: reader.row, needed: plan.reference.upperBound + plan.window)
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
    if let state = states[place].detector?.update(value) {
      // Only an alarm asks for what the detector judged by.
      note(state, value, state == .alarm ? states[place].detector?.evidence : nil, place)
    } else if let evidence = states[place].judge?.update(value, row: reader.row) {
      states[place].track.windows? += 1
      if evidence.isAlarm { note(evidence, value, place) }
    }
  }

  private mutating func note(
    _ state: DetectorState, _ value: Double, _ evidence: DetectorEvidence?, _ place: Int
  ) {
    states[place].since.add(value)
    let isWarning = state == .warning
    if isWarning, !states[place].wasWarning { states[place].track.warnings += 1 }
    states[place].wasWarning = isWarning
    guard state == .alarm else { return }
    close(place)
    list(
      DetectorAlarm(
        row: reader.row, line: reader.line, value: value, evidence: evidence,
        before: states[place].since.mean), place)
    states[place].since = Tally()
  }

  private mutating func note(
    _ evidence: DetectorEvidence, _ value: Double, _ place: Int
  ) {
    guard let judge = states[place].judge else { return }
    list(
      DetectorAlarm(
        row: reader.row, line: reader.line, value: value, evidence: evidence,
        before: judge.referenceMean, after: judge.windowMean), place)
  }

  private mutating func list(_ alarm: DetectorAlarm, _ place: Int) {
    states[place].track.alarms += 1
    states[place].track.lastRow = alarm.row
    if states[place].track.listed.count < DetectorTrack.listLimit {
      states[place].track.listed.append(alarm)
    }
  }

  /// Notes the mean since the latest alarm, where that one is listed.
  private mutating func close(_ place: Int) {
    guard states[place].track.windows == nil, let last = states[place].track.listed.last,
      last.row == states[place].track.lastRow, states[place].since.count > 0
    else { return }
    let number = states[place].track.listed.count - 1
    states[place].track.listed[number].after = states[place].since.mean
  }

  private mutating func finished(
    _ file: String, _ measuresFalseAlarms: Bool
  ) -> DetectionFindings {
    for place in states.indices {
      close(place)
      guard measuresFalseAlarms else { continue }
      let track = states[place].track
      let sample = samples[track.series].values
      if let windows = track.windows, let plan {
        states[place].track.falseAlarms = FalseAlarms(
          track.choice, sample: sample, reference: plan.reference.count, window: plan.window,
          windows: windows)
      } else {
        states[place].track.falseAlarms = FalseAlarms(
          track.choice, sample: sample, length: reader.row)
      }
    }
    let series = reader.names.indices.map {
      SeriesSummary(name: reader.names[$0], tally: tallies[$0], picture: pictures[$0])
    }
    return DetectionFindings(
      file: file, rows: reader.row, plan: plan, series: series, tracks: states.map(\.track))
  }
}

/// Gathers a reference and windows, and compares each window that is full.
private struct WindowJudge {
  private let test: WindowTest
  private let settings: [Double]
  private let plan: WindowPlan
  private var rows: [Double] = []
  private var reference: WindowReference?
  private(set) var referenceMean = 0.0
  private(set) var windowMean = 0.0

  init(_ test: WindowTest, _ settings: [Double], _ plan: WindowPlan) {
    self.test = test
    self.settings = settings
    self.plan = plan
  }

  /// Takes the value of a row; what it makes of the window that the row completes.
  mutating func update(_ value: Double, row: Int) -> DetectorEvidence? {
    guard row >= plan.reference.lowerBound else { return nil }
    rows.append(value)
    guard let reference else {
      if row == plan.reference.upperBound {
        referenceMean = Tally(rows).mean
        reference = WindowReference(rows, for: test, settings)
        rows.removeAll()
        rows.reserveCapacity(plan.window)
      }
      return nil
    }
    guard rows.count == plan.window else { return nil }
    windowMean = Tally(rows).mean
    defer { rows.removeAll(keepingCapacity: true) }
    return reference.evidence(of: rows)
  }
}
