import Experiments
import Quantities
import Statistics

/// Whether a stream changes, and how much of what was found is chance.
package enum DetectionReport {
  /// The report of findings; `failsOnAlarm` makes an alarm a breach.
  package static func report(_ findings: DetectionFindings, failsOnAlarm: Bool = false) -> Report {
    let hasAlarm = findings.alarms > 0
    var sections = [detectors(findings)]
    if hasAlarm { sections.append(alarms(findings)) }
    sections.append(settings(findings))
    return Report(
      title: "Does \(name(findings)) of \(file(findings)) change?",
      banner: Banner(
        verdict: failsOnAlarm ? (hasAlarm ? .breached : .met) : nil,
        sentence: sentence(findings), basis: basis(findings)),
      sections: sections)
  }

  private static func name(_ findings: DetectionFindings) -> String {
    let names = findings.series.map(\.name)
    return names.count == 1 ? "`\(names[0])`" : "one of \(names.count) columns"
  }

  private static func file(_ findings: DetectionFindings) -> String {
    findings.file == "-" ? "the standard input" : findings.file
  }

  private static func count(_ number: Int, _ thing: String) -> String {
    "\(QuantityFormatter.wholeNumber(Int64(number))) \(thing)\(number == 1 ? "" : "s")"
  }

  private static func row(_ number: Int) -> String {
    QuantityFormatter.wholeNumber(Int64(number))
  }

  private static func sentence(_ findings: DetectionFindings) -> String {
    let rows = "in \(count(findings.rows, "row"))"
    let first = findings.tracks.compactMap { track in
      track.listed.first.map { ($0.row, track) }
    }.min { $0.0 < $1.0 }
    guard let (row, track) = first else { return "No alarm \(rows)." }
    let by = findings.tracks.count > 1 ? ", by \(label(track, findings))" : ""
    return "\(count(findings.alarms, "alarm")) \(rows); the first at row \(self.row(row))\(by)."
  }

  /// What tells a track from the others of the report.
  private static func label(_ track: DetectorTrack, _ findings: DetectionFindings) -> String {
    let column = findings.series.count > 1 ? " on `\(findings.series[track.series].name)`" : ""
    return track.choice.text + column
  }

  private static func basis(_ findings: DetectionFindings) -> [String] {
    var lines = [
      "Rows are counted from 1 without the header. After an alarm a detector starts anew.",
      "By chance: alarms in as many rows of the same values in shuffled order, [95 % interval].",
    ]
    if let plan = findings.plan, let windows = findings.tracks.lazy.compactMap(\.windows).first {
      let (first, last) = (plan.reference.lowerBound, plan.reference.upperBound)
      lines.append(
        "\(count(windows, "window")) of \(count(plan.window, "row")) against rows \(row(first)) to "
          + "\(row(last)); a window alarms at its last row.")
    }
    return lines
  }

  // MARK: Detectors

  private static func detectors(_ findings: DetectionFindings) -> Section {
    let hasColumns = findings.series.count > 1
    var columns = [Column("detectors", .label)]
    if hasColumns { columns.append(Column("column", .text, mergesRepeats: true)) }
    columns += [
      Column("alarms", .reading(.value)), Column("by chance", .reading(.interval)),
      Column("first", .reading(.value)), Column("last", .reading(.value)),
      Column("warnings", .reading(.value)),
    ]
    let rows = findings.tracks.map { track in
      var cells: [Cell] = [.text(track.choice.text)]
      if hasColumns { cells.append(.text(findings.series[track.series].name)) }
      cells += [
        whole(track.alarms), chance(track.falseAlarms), whole(track.listed.first?.row),
        whole(track.lastRow), whole(track.warnings),
      ]
      return Row(cells)
    }
    let table = Table(id: "detectors", columns: columns, rows: rows)
    return Section(
      id: "detectors", heading: "Detectors",
      blocks: [.table(table), .notes(notes(findings))] + charts(findings).map { .chart($0) })
  }

  private static func whole(_ number: Int?) -> Cell {
    guard let number else { return .text("") }
    return .reading(.observed(Double(number), .number("")).withDecimals(0))
  }

  private static func chance(_ rate: FalseAlarms?) -> Cell {
    guard let rate else { return .text("") }
    let interval = Reading.Bounds(rate.expected.low, rate.expected.high)
    return .reading(.simulated(rate.expected.estimate, interval, .number("")))
  }

  private static func notes(_ findings: DetectionFindings) -> [String] {
    var notes: [String] = []
    for track in findings.tracks {
      guard let rate = track.falseAlarms, track.alarms > 0 else { continue }
      let name = label(track, findings)
      if Double(track.alarms) <= rate.expected.high {
        notes.append("\(name): chance alone explains as many alarms as there are.")
      }
    }
    for track in findings.tracks {
      guard let windows = track.windows, case .window(let test) = track.choice.kind,
        test.isByChance
      else { continue }
      let alpha = track.choice.values[0]
      notes.append(
        "\(label(track, findings)): its alpha of \(NumberText.exact(alpha)) a window promises "
          + "\(QuantityFormatter.significant(alpha * Double(windows), digits: 2)) by chance.")
    }
    notes.append(
      "Shuffling takes rows for independent: a stream with a rhythm or with persistence alarms "
        + "more often without any lasting change.")
    return notes
  }

  // MARK: Alarms

  private static let shown = 20

  private static func alarms(_ findings: DetectionFindings) -> Section {
    var blocks: [Block] = []
    for (number, track) in findings.tracks.enumerated() where track.alarms > 0 {
      let table = table(of: track, number, findings)
      var short = table
      short.rows = Array(table.rows.prefix(shown))
      blocks.append(.only(.terminal, .table(short)))
      blocks.append(.only(.page, .table(table)))
      if track.alarms > shown {
        let where_ =
          track.alarms > track.listed.count
          ? "the first \(row(track.listed.count)) are in --format csv and --json"
          : "all are in --format csv and --json"
        blocks.append(
          .only(
            .terminal,
            .notes(["\(row(track.alarms - shown)) more alarms of this detector; \(where_)."])))
      }
    }
    return Section(id: "alarms", heading: "Alarms", blocks: blocks)
  }

  private static func table(
    of track: DetectorTrack, _ number: Int, _ findings: DetectionFindings
  ) -> Table {
    let id = findings.tracks.count > 1 ? "alarms-\(number + 1)" : "alarms"
    let caption = "\(label(track, findings)): \(track.choice.kind.statistic) against its line"
    let rows = track.listed.map { alarm in
      let (found, sign, limit) = cells(of: alarm.evidence)
      return Row([
        .text("\(alarm.row)"), whole(alarm.line), figure(alarm.value), found, sign, limit,
        figure(alarm.before), figure(alarm.after),
      ])
    }
    return Table(
      id: id, caption: caption,
      columns: [
        Column("row", .label), Column("line", .reading(.value)),
        Column("value", .reading(.value)), Column("figure", .reading(.value)), Column("", .text),
        Column("limit", .reading(.value)), Column("mean before", .reading(.value)),
        Column("mean after", .reading(.value)),
      ], rows: rows)
  }

  /// A figure against its line, with as many digits as tell them apart.
  private static func cells(of evidence: DetectorEvidence?) -> (Cell, Cell, Cell) {
    guard let evidence else { return ("", "", "") }
    let gap = (evidence.statistic - evidence.line).magnitude
    let usual = NumberText.decimals(forValue: evidence.line)
    let needed = gap > 0 && gap.isFinite ? min(-NumberText.leadingPlace(of: gap), 9) : 0
    func cell(_ value: Double) -> Cell {
      // A p-value of many zeros is told by its power of ten.
      if value != 0, value.magnitude < 1e-4 {
        let words = QuantityFormatter.scientific(value, digits: 2)
        return .reading(Reading.observed(value, .number("")).saying(words))
      }
      let digits = max(usual, needed, min(NumberText.decimals(forValue: value), 6))
      return .reading(.observed(value, .number("")).withDecimals(digits))
    }
    return (
      cell(evidence.statistic), .text(evidence.side == .above ? ">" : "<"), cell(evidence.line)
    )
  }

  private static func figure(_ value: Double?) -> Cell {
    guard let value else { return .text("") }
    return .reading(.observed(value, .number("")))
  }

  private static func charts(_ findings: DetectionFindings) -> [Chart] {
    findings.series.enumerated().map { number, series in
      let picture = series.picture
      let tracks = findings.tracks.filter { $0.series == number }
      let alarms = tracks.flatMap(\.listed).map { Double($0.row) }
      return Chart(
        id: "series-\(number + 1)",
        title: alarms.isEmpty
          ? "\(series.name) raises no alarm" : "\(series.name) and where it alarms",
        subtitle: "Mean of \(count(picture.width, "row")); lines mark alarms",
        content: .timeSeries(
          TimeSeriesChart(
            step: Double(picture.width), unit: .number(""),
            lines: [.init(series.name, picture.means)], along: .number("rows"),
            marks: alarms.prefix(200).map { .init(at: $0, text: "alarm") })))
    }
  }

  // MARK: Settings

  private static func settings(_ findings: DetectionFindings) -> Section {
    var seen: [DetectorChoice] = []
    for track in findings.tracks where !seen.contains(track.choice) { seen.append(track.choice) }
    let rows = seen.flatMap { choice in
      choice.settings.map { setting in
        Row([
          .text(choice.text), .text("\(setting.name)=\(setting.value)"),
          .text(setting.isStandard ? "default" : "given"), .text(setting.meaning),
        ])
      }
    }
    let table = Table(
      id: "settings",
      columns: [
        Column("settings", .label, mergesRepeats: true), Column("", .text), Column("", .text),
        Column("", .note),
      ], rows: rows)
    return Section(id: "settings", heading: "Settings", blocks: [.table(table)])
  }
}
