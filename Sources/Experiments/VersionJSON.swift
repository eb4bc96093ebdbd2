import MLSystem
import Quantities
import Syntax

/// The registry of versions as JSON and back.
enum VersionJSON {
  typealias Problem = ResultsFile.Problem

  static func json(_ joined: JoinedVersion) -> JSONValue {
    let record = joined.record
    return .object([
      JSONMember("replication", .integer(joined.replication)),
      JSONMember("model", .string(record.model)), JSONMember("number", .integer(record.number)),
      JSONMember("status", .string(record.status.rawValue)),
      JSONMember("kind", .string(record.kind.rawValue)),
      JSONMember("parent", record.parent.map { .integer($0) } ?? .null),
      JSONMember("asked_ns", .integer(Int(record.asked.nanoseconds))),
      JSONMember("trained_ns", .integer(Int(record.trainedAt.nanoseconds))),
      JSONMember("rows", .number(record.rows)),
      JSONMember("window_ns", .integer(Int(record.window.nanoseconds))),
      JSONMember("lineage", .string(record.lineage)),
      JSONMember("offlineAUC", ResultsWriting.number(record.offlineAUC)),
      JSONMember("promotedAUC", ResultsWriting.number(record.promotedAUC)),
      JSONMember("machineHours", .number(record.machineHours)),
      JSONMember("cost", ResultsWriting.number(record.cost)),
      JSONMember(
        "gates",
        .array(
          record.gates.map {
            .object([
              JSONMember("gate", .string($0.gate)), JSONMember("isPassed", .bool($0.isPassed)),
              JSONMember("measured", ResultsWriting.number($0.measured)),
              JSONMember("limit", ResultsWriting.number($0.limit)),
            ])
          })),
      JSONMember(
        "history",
        .array(
          record.history.map {
            .object([
              JSONMember("status", .string($0.status.rawValue)),
              JSONMember("at_ns", .integer(Int($0.at.nanoseconds))),
            ])
          })),
    ])
  }

  static func read(_ part: ResultsReader) throws(Problem) -> JoinedVersion {
    var record = VersionRecord(
      model: try part.string("model"), number: try part.integer("number"),
      trainedAt: Instant(nanoseconds: Int64(try part.integer("trained_ns"))),
      kind: try part.choice("kind", as: TrainingKind.self),
      parent: part.optional("parent")?.json.integer, rows: try part.double("rows"),
      window: Duration(nanoseconds: Int64(try part.integer("window_ns"))))
    record.asked = Instant(nanoseconds: Int64(try part.integer("asked_ns")))
    record.lineage = try part.string("lineage")
    record.offlineAUC = part.optional("offlineAUC")?.json.double
    record.promotedAUC = part.optional("promotedAUC")?.json.double
    record.machineHours = try part.double("machineHours")
    record.cost = part.optional("cost")?.json.double
    record.gates = try part.list("gates", gate)
    record.history = try part.list("history", change)
    return JoinedVersion(replication: try part.integer("replication"), record: record)
  }

  private static func gate(_ part: ResultsReader) throws(Problem) -> GateDecision {
    guard case .bool(let isPassed) = try part.part("isPassed").json else {
      throw part.problem("isPassed", "true or false is wanted")
    }
    return GateDecision(
      gate: try part.string("gate"), isPassed: isPassed,
      measured: part.optional("measured")?.json.double,
      limit: part.optional("limit")?.json.double)
  }

  private static func change(_ part: ResultsReader) throws(Problem) -> VersionRecord.Change {
    VersionRecord.Change(
      status: try part.choice("status", as: VersionStatus.self),
      at: Instant(nanoseconds: Int64(try part.integer("at_ns"))))
  }
}
