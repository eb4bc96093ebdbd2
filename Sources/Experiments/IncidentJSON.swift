import MLSystem
import Quantities
import Syntax

/// Incidents of runs as JSON, written and read.
enum IncidentJSON {
  static func json(_ joined: JoinedIncident) -> JSONValue {
    let record = joined.record
    func instant(_ value: Instant?) -> JSONValue {
      value.map { .integer(Int($0.nanoseconds)) } ?? .null
    }
    return .object([
      JSONMember("replication", .integer(joined.replication)),
      JSONMember("name", .string(record.name)), JSONMember("cause", .string(record.cause)),
      JSONMember("subject", .string(record.subject)), JSONMember("start_ns", instant(record.start)),
      JSONMember("noticed_ns", instant(record.noticed)),
      JSONMember("noticedBy", record.noticedBy.map { .string($0) } ?? .null),
      JSONMember("answered_ns", instant(record.answered)),
      JSONMember("ended_ns", instant(record.ended)),
      JSONMember("recovered_ns", instant(record.recovered)),
      JSONMember("hurt", .number(record.hurt)), JSONMember("fallback", .number(record.fallback)),
      JSONMember("lost", record.lost.map { .number($0) } ?? .null),
    ])
  }

  static func read(_ part: ResultsReader) throws(ResultsFile.Problem) -> JoinedIncident {
    func instant(_ key: String) throws(ResultsFile.Problem) -> Instant? {
      if part.optional(key) == nil { return nil }
      return Instant(nanoseconds: Int64(try part.integer(key)))
    }
    var record = IncidentRecord(
      name: try part.string("name"), cause: try part.string("cause"),
      subject: try part.string("subject"),
      start: Instant(nanoseconds: Int64(try part.integer("start_ns"))))
    record.noticed = try instant("noticed_ns")
    if part.optional("noticedBy") != nil { record.noticedBy = try part.string("noticedBy") }
    record.answered = try instant("answered_ns")
    record.ended = try instant("ended_ns")
    record.recovered = try instant("recovered_ns")
    record.hurt = try part.double("hurt")
    record.fallback = try part.double("fallback")
    if part.optional("lost") != nil { record.lost = try part.double("lost") }
    return JoinedIncident(replication: try part.integer("replication"), record: record)
  }
}
