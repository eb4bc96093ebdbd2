import Experiments
import MLSystem
import Quantities
import Syntax
import TestSupport
import Testing

@Suite struct ResultsFileTests {
  private func problem(_ text: String) throws -> String {
    do throws(ResultsFile.Problem) {
      _ = try ResultsFile.results(from: (try? JSON.value(text)) ?? .null)
      return ""
    } catch {
      return "\(error.path): \(error.reason)"
    }
  }

  @Test func anotherVersionIsRefused() throws {
    #expect(
      try problem(#"{ "schemaVersion": 99 }"#)
        == "schemaVersion: this file has version 99, this towtank reads 1")
  }

  @Test func versionsComeBackAsTheyWere() throws {
    var record = VersionRecord(
      model: "clicks", number: 3, trainedAt: Instant(nanoseconds: 5_000_000_000),
      kind: .incremental, parent: 2, rows: 1234.5, window: .days(28))
    record.asked = Instant(nanoseconds: 4_000_000_000)
    record.lineage = "clickstream"
    record.offlineAUC = 0.8125
    record.machineHours = 0.1
    record.cost = 0.07
    record.gates = [
      GateDecision(gate: "beats production", isPassed: true, measured: 0.003, limit: 0),
      GateDecision(gate: "approval", isPassed: false),
    ]
    record.history = [.init(status: .refused, at: Instant(nanoseconds: 6_000_000_000))]
    var results = ComparisonTests.results([1])
    results.versions = [
      JoinedVersion(replication: 0, record: record),
      JoinedVersion(
        replication: 1,
        record: VersionRecord(
          model: "clicks", number: 0, trainedAt: .start, kind: .full, parent: nil, rows: 10,
          window: .zero)),
    ]
    results.identity.fidelityReason = "a run has 7.8B requests"
    let text = ResultsFile.text(results)
    let read = try ResultsFile.results(from: try JSON.value(text))
    #expect(read.versions == results.versions)
    #expect(read.identity.fidelityReason == "a run has 7.8B requests")
    #expect(ResultsFile.text(read) == text)
    // A file from before there were versions is read as one without any.
    guard case .object(let members) = try JSON.value(text) else {
      Issue.record("no object")
      return
    }
    let older = JSONValue.object(members.filter { $0.key != "versions" })
    #expect(try ResultsFile.results(from: older).versions.isEmpty)
  }

  @Test func whatIsMissingIsNamed() throws {
    #expect(try problem("{}") == "schemaVersion: it is missing")
    #expect(try problem(#"{ "schemaVersion": 1 }"#) == "identity: it is missing")
    #expect(
      try problem(#"{ "schemaVersion": 1, "identity": { "tool": 4 } }"#)
        == "identity.tool: a text is wanted")
  }
}
