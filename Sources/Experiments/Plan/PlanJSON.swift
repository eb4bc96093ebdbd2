import Scenarios
import Statistics
import Syntax

/// A plan as JSON: the answer, every point with its fate, what was spent.
package enum PlanJSON {
  package static func json(_ plan: Plan) -> JSONValue {
    .object([
      JSONMember("schemaVersion", .integer(Results.schemaVersion)),
      JSONMember("scenario", .string(plan.identity.file)),
      JSONMember("variant", .string(plan.identity.variant)),
      JSONMember("version", .string(plan.identity.toolVersion)),
      JSONMember("seed", .integer(Int(truncatingIfNeeded: plan.identity.seed))),
      JSONMember("replications", .integer(plan.replications)),
      JSONMember("fidelity", FidelityJSON.json(plan.fidelity)),
      JSONMember("confidence", .number(plan.level)),
      JSONMember("outcome", .string(plan.outcome.rawValue)),
      JSONMember("winner", plan.winner.map { .integer($0) } ?? .null),
      JSONMember("simulatedShare", .number(plan.share)),
      JSONMember(
        "knobs",
        .array(
          plan.knobs.map { knob in
            .object([
              JSONMember("path", .string(knob.path)),
              JSONMember("values", .array((knob.values ?? []).map { .string($0) })),
            ])
          })),
      JSONMember("points", .array(plan.points.map(point))),
      JSONMember("breakingLoad", plan.breaking.map(LoadJSON.json) ?? .null),
    ])
  }

  private static func point(_ point: Plan.Point) -> JSONValue {
    let (fate, reason) = words(point.fate)
    return .object([
      JSONMember("values", .array(point.values.map { .string($0) })),
      JSONMember("fate", .string(fate)), JSONMember("reason", .string(reason)),
      JSONMember("replications", .integer(point.replications)),
      JSONMember("perMonth", ResultsWriting.number(point.cost)),
      JSONMember("moreThanWinner", ResultsWriting.number(point.difference?.estimate)),
      JSONMember("low", ResultsWriting.number(point.difference?.interval.low)),
      JSONMember("high", ResultsWriting.number(point.difference?.interval.high)),
    ])
  }

  private static func words(_ fate: Plan.Fate) -> (String, String) {
    switch fate {
    case .infeasible(let code, let reason): ("infeasible", "\(code): \(reason)")
    case .dearerWithoutTraffic: ("dearer", "its bill without traffic")
    case .dearer: ("dearer", "paired differences")
    case .breaches(let threshold, _): ("breaches", threshold)
    case .undecided(let open): ("undecided", open.joined(separator: ", "))
    case .meets: ("meets", "")
    }
  }
}

/// A search for the breaking load as JSON.
package enum LoadJSON {
  package static func json(_ load: BreakingLoad) -> JSONValue {
    .object([
      JSONMember("schemaVersion", .integer(Results.schemaVersion)),
      JSONMember("scenario", .string(load.identity.file)),
      JSONMember("variant", .string(load.identity.variant)),
      JSONMember("fidelity", FidelityJSON.json(load.fidelity)),
      JSONMember("outcome", .string(load.outcome.rawValue)),
      JSONMember("multiple", ResultsWriting.number(load.multiple?.estimate)),
      JSONMember("low", ResultsWriting.number(load.multiple?.low)),
      JSONMember("high", ResultsWriting.number(load.multiple?.high)),
      JSONMember("requestsPerSecond", ResultsWriting.number(load.rate)),
      JSONMember(
        "first",
        .array(
          load.causes.map { cause in
            .object([
              JSONMember("what", .string(cause.name)), JSONMember("runs", .integer(cause.runs)),
            ])
          })),
      JSONMember(
        "runs",
        .array(
          load.runs.map { run in
            .object([
              JSONMember("holds", ResultsWriting.number(run.holds)),
              JSONMember("breaks", ResultsWriting.number(run.breaks)),
            ])
          })),
      JSONMember("curve", .array(load.curve.map { point($0, load) })),
    ])
  }

  private static func point(_ point: BreakingLoad.Point, _ load: BreakingLoad) -> JSONValue {
    .object([
      JSONMember("multiple", .number(point.multiple)), JSONMember("runs", .integer(point.runs)),
      JSONMember("held", .integer(point.held)), JSONMember("perMonth", interval(point.cost)),
      JSONMember(
        "observed",
        .object(
          zip(load.thresholds, point.observed).map { JSONMember($0.0.text, interval($0.1)) })),
    ])
  }

  private static func interval(_ interval: ConfidenceInterval?) -> JSONValue {
    guard let interval else { return .null }
    let isBounded = interval.low.isFinite && interval.high.isFinite
    return .object([
      JSONMember("value", .number(interval.estimate)),
      JSONMember("low", isBounded ? .number(interval.low) : .null),
      JSONMember("high", isBounded ? .number(interval.high) : .null),
    ])
  }
}
