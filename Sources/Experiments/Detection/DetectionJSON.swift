import Statistics
import Syntax

/// Findings of detectors as JSON.
package enum DetectionJSON {
  package static func json(_ findings: DetectionFindings) -> JSONValue {
    .object([
      JSONMember("schemaVersion", .integer(1)),
      JSONMember("file", .string(findings.file)),
      JSONMember("rows", .integer(findings.rows)),
      JSONMember("alarms", .integer(findings.alarms)),
      JSONMember("columns", .array(findings.series.map(column))),
      JSONMember("detectors", .array(findings.tracks.map { track($0, findings) })),
    ])
  }

  private static func column(_ series: SeriesSummary) -> JSONValue {
    .object([
      JSONMember("name", .string(series.name)),
      JSONMember("mean", .number(series.tally.mean)),
      JSONMember("standardDeviation", .number(series.tally.variance.squareRoot())),
      JSONMember("minimum", .number(series.tally.minimum)),
      JSONMember("maximum", .number(series.tally.maximum)),
    ])
  }

  private static func track(
    _ track: DetectorTrack, _ findings: DetectionFindings
  ) -> JSONValue {
    .object([
      JSONMember("column", .string(findings.series[track.series].name)),
      JSONMember("detector", .string(track.choice.kind.name)),
      JSONMember(
        "settings",
        .object(
          track.choice.settings.map { setting in
            JSONMember(
              setting.name,
              .object([
                JSONMember(
                  "value", Double(setting.value).map { .number($0) } ?? .string(setting.value)),
                JSONMember("isDefault", .bool(setting.isStandard)),
              ]))
          })),
      JSONMember("alarms", .integer(track.alarms)),
      JSONMember("warnings", .integer(track.warnings)),
      JSONMember("windows", track.windows.map { .integer($0) } ?? .null),
      JSONMember("falseAlarms", track.falseAlarms.map(falseAlarms) ?? .null),
      JSONMember("listed", .array(track.listed.map(alarm))),
    ])
  }

  private static func falseAlarms(_ rate: FalseAlarms) -> JSONValue {
    .object([
      JSONMember("basis", .string("shuffled copies")),
      JSONMember("expected", .number(rate.expected.estimate)),
      JSONMember("low", .number(rate.expected.low)),
      JSONMember("high", .number(rate.expected.high)),
      JSONMember("perTenThousandRows", .number(rate.perTenThousand)),
      JSONMember("copies", .integer(rate.copies)),
      JSONMember("rows", .integer(rate.rows)),
    ])
  }

  private static func alarm(_ alarm: DetectorAlarm) -> JSONValue {
    .object([
      JSONMember("row", .integer(alarm.row)), JSONMember("line", .integer(alarm.line)),
      JSONMember("value", .number(alarm.value)),
      JSONMember("statistic", alarm.evidence.map { .number($0.statistic) } ?? .null),
      JSONMember("limit", alarm.evidence.map { .number($0.line) } ?? .null),
      JSONMember("meanBefore", .number(alarm.before)),
      JSONMember("meanAfter", alarm.after.map { .number($0) } ?? .null),
    ])
  }
}
