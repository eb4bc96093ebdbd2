import MLSystem
import Scenarios
import Statistics
import Syntax

/// A sensitivity study as JSON.
package enum SensitivityJSON {
  package static func json(_ study: SensitivityStudy) -> JSONValue {
    var members = [
      JSONMember("schemaVersion", .integer(1)), JSONMember("kind", .string("sensitivity")),
      JSONMember("scenario", .string(study.file)), JSONMember("variant", .string(study.variant)),
      JSONMember("digest", .string(study.digest)),
      JSONMember("version", .string(study.toolVersion)),
      JSONMember("seed", .string("\(study.seed)")),
      JSONMember("replications", .integer(study.replications)),
      JSONMember("fidelity", FidelityJSON.json(study.fidelity)),
      JSONMember(
        "inputs",
        .array(
          study.inputs.map { input in
            .object([
              JSONMember("path", .string(input.path)),
              JSONMember("isBelief", .bool(input.isBelief)),
              JSONMember("low", .string(input.value(at: input.ends.low))),
              JSONMember("middle", .string(input.middleText)),
              JSONMember("high", .string(input.value(at: input.ends.high))),
            ])
          })),
      JSONMember(
        "metrics", .array(study.metrics.indices.map { metric($0, study) })),
      JSONMember("thresholds", .array(study.turns.map { turn($0, study) })),
      JSONMember("defaults", ResultsWriting.defaults(study.defaults)),
    ]
    members += AssumptionsJSON.members(study.assumptions)
    if let morris = study.morris {
      members.append(JSONMember("trajectories", .integer(morris.trajectories)))
    }
    if let sobol = study.sobol { members.append(JSONMember("rows", .integer(sobol.rows))) }
    return .object(members)
  }

  private static func metric(_ metric: Int, _ study: SensitivityStudy) -> JSONValue {
    .object([
      JSONMember("metric", .string(study.metrics[metric].name)),
      JSONMember("unit", .string(study.metrics[metric].unit.rawValue)),
      JSONMember("middle", ResultsWriting.number(study.middle.cells[metric]?.estimate)),
      JSONMember(
        "inputs",
        .array(
          study.swings.map { swing in
            var members = [
              JSONMember("path", .string(study.inputs[swing.input].path)),
              JSONMember("atLow", ResultsWriting.number(swing.low.cells[metric]?.estimate)),
              JSONMember("atHigh", ResultsWriting.number(swing.high.cells[metric]?.estimate)),
              JSONMember("swing", interval(swing.difference(of: metric))),
            ]
            if let effects = study.morris?.effects[metric] {
              let effect = effects[swing.input]
              members += [
                JSONMember("meanEffect", interval(effect.mean)),
                JSONMember("meanAbsoluteEffect", interval(effect.importance)),
                JSONMember("effectDeviation", .number(effect.deviation)),
              ]
            }
            if let indices = study.sobol?.indices[metric] {
              members += [
                JSONMember("firstOrder", interval(indices[swing.input].first)),
                JSONMember("total", interval(indices[swing.input].total)),
              ]
            }
            return .object(members)
          })),
    ])
  }

  private static func interval(_ interval: ConfidenceInterval?) -> JSONValue {
    guard let interval else { return .null }
    return .object([
      JSONMember("value", ResultsWriting.number(interval.estimate)),
      JSONMember("low", ResultsWriting.number(interval.low)),
      JSONMember("high", ResultsWriting.number(interval.high)),
    ])
  }

  private static func turn(_ turn: SensitivityStudy.Turn, _ study: SensitivityStudy) -> JSONValue {
    let input = study.inputs[turn.input]
    var members = [
      JSONMember("threshold", .string(study.thresholds[turn.threshold])),
      JSONMember("path", .string(input.path)),
    ]
    switch turn.finding {
    case .holdsThroughout: members.append(JSONMember("finding", .string("holds throughout")))
    case .failsThroughout: members.append(JSONMember("finding", .string("fails throughout")))
    case .unknown: members.append(JSONMember("finding", .string("nothing was observed")))
    case .turns(let share, let isBelow):
      members += [
        JSONMember("finding", .string(isBelow ? "holds below" : "holds above")),
        JSONMember("value", .string(input.value(at: share.estimate))),
        JSONMember("low", .string(input.value(at: share.low))),
        JSONMember("high", .string(input.value(at: share.high))),
      ]
    }
    return .object(members)
  }
}
