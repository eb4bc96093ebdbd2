import MLSystem
import Quantities
import Scenarios
import Statistics
import Syntax

/// The files of a sweep: what it varies, each finished point, the points as JSON Lines and as CSV.
package enum SweepFiles {
  /// The version of all files of a sweep.
  package static let schemaVersion = 2

  /// `sweep.json`: equal plans give equal bytes, and no shard is named in it.
  package static func text(_ plan: SweepPlan) -> String { json(plan).text(.pretty) + "\n" }

  /// A finished point under its key, one line.
  package static func text(_ result: SweepResult, plan: SweepPlan) -> String {
    JSONValue.object(
      [
        JSONMember("schemaVersion", .integer(schemaVersion)),
        JSONMember("key", .string(plan.key(of: result.point))),
      ] + members(result, plan)
    ).text(.compact) + "\n"
  }

  /// The plan and all points.
  package static func json(_ sweep: SweepResults) -> JSONValue {
    guard case .object(let plan) = json(sweep.plan) else { return .null }
    return .object(
      plan + [JSONMember("results", .array(sweep.results.map { json($0, sweep.plan) }))])
  }

  /// All points as JSON Lines.
  package static func lines(_ sweep: SweepResults) -> String {
    sweep.results.map { json($0, sweep.plan).text(.compact) + "\n" }.joined()
  }

  private static func json(_ result: SweepResult, _ plan: SweepPlan) -> JSONValue {
    .object([JSONMember("point", .integer(result.point.number + 1))] + members(result, plan))
  }

  /// All points as CSV: the axes, the outcome, each metric with the ends of its interval.
  package static func table(_ sweep: SweepResults) -> String {
    let plan = sweep.plan
    var text = DelimitedTextWriter.record(
      ["point"] + plan.axes.map(\.path) + ["thresholds"]
        + plan.metrics.flatMap { [$0.name, $0.name + ".low", $0.name + ".high"] })
    func number(_ value: Double?) -> String { value.map { ShortestNumber.text($0) } ?? "" }
    for result in sweep.results {
      text += DelimitedTextWriter.record(
        ["\(result.point.number + 1)"] + result.point.values
          + [result.outcome?.rawValue ?? "invalid"]
          + result.cells.flatMap { [number($0?.estimate), number($0?.low), number($0?.high)] })
    }
    return text
  }

  private static func members(_ result: SweepResult, _ plan: SweepPlan) -> [JSONMember] {
    let settings = zip(plan.axes, result.point.values).map { JSONMember($0.path, .string($1)) }
    var members = [JSONMember("settings", .object(settings))]
    if let problem = result.problem {
      members.append(JSONMember("problem", .string(problem)))
      return members
    }
    members.append(
      JSONMember("outcome", result.outcome.map { .string($0.rawValue) } ?? .null))
    members.append(
      JSONMember(
        "verdicts",
        .array(
          result.verdicts.map {
            .object([
              JSONMember("threshold", .string($0.threshold)),
              JSONMember("verdict", .string($0.outcome.rawValue)),
            ])
          })))
    members.append(
      JSONMember(
        "metrics",
        .object(
          zip(plan.metrics, result.cells).map { metric, cell in
            JSONMember(metric.name, cell.map { json($0, metric.unit) } ?? .null)
          })))
    return members + AssumptionsJSON.members(result.assumptions)
  }

  private static func json(_ cell: SweepCell, _ unit: MetricUnit) -> JSONValue {
    .object([
      JSONMember("value", .number(cell.estimate)),
      JSONMember("low", ResultsWriting.number(cell.low)),
      JSONMember("high", ResultsWriting.number(cell.high)),
      JSONMember("unit", .string(unit.rawValue)),
      JSONMember("replications", .array(cell.values.map { ResultsWriting.number($0) })),
    ])
  }

  /// The plan as JSON.
  package static func json(_ plan: SweepPlan) -> JSONValue {
    var members = [
      JSONMember("schemaVersion", .integer(schemaVersion)),
      JSONMember("kind", .string("sweep")),
      JSONMember("scenario", .string(plan.file)),
      JSONMember("variant", .string(plan.variant)),
      JSONMember("title", .string(plan.title)),
      JSONMember("digest", .string(plan.digest)),
      JSONMember("version", .string(plan.toolVersion)),
      // A number of 64 bits is more than a reader of JSON may keep.
      JSONMember("seed", .string("\(plan.seed)")),
      JSONMember("replications", .integer(plan.replications)),
      JSONMember("horizonNanoseconds", .integer(Int(plan.horizon.nanoseconds))),
      JSONMember("fidelity", FidelityJSON.json(plan.fidelity)),
      JSONMember("design", .string(plan.design.name)),
      JSONMember("points", .integer(plan.pointCount)),
      JSONMember("axes", .array(plan.axes.map(json))),
      JSONMember(
        "metrics",
        .array(
          plan.metrics.map {
            .object([
              JSONMember("name", .string($0.name)), JSONMember("unit", .string($0.unit.rawValue)),
            ])
          })),
    ]
    members.append(JSONMember("defaults", ResultsWriting.defaults(plan.defaults)))
    if !plan.settings.isEmpty {
      members.append(JSONMember("settings", .array(plan.settings.map { .string($0) })))
    }
    if let precision = plan.precision {
      members.append(JSONMember("precision", .number(precision)))
    }
    return .object(members)
  }

  private static func json(_ axis: SettingAxis) -> JSONValue {
    switch axis.levels {
    case .values(let values):
      .object([
        JSONMember("path", .string(axis.path)),
        JSONMember("values", .array(values.map { .string($0) })),
      ])
    case .continuous(let range):
      .object([
        JSONMember("path", .string(axis.path)),
        JSONMember("low", .string(range.low.text(range.low.value))),
        JSONMember("high", .string(range.high.text(range.high.value))),
        JSONMember("logarithmic", .bool(range.isLogarithmic)),
      ])
    }
  }
}
