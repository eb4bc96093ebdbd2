import CommandLineTool
import Randomness
import Testing

/// A results file is data from strangers as well.
@Suite struct HostileResultsTests {
  private static let strange = [
    "null", "-1", "0", "1e308", "-1e308", "9223372036854775807", "-9223372036854775808", "\"x\"",
    "\"\"", "[]", "{}", "true", "0.1", "[null]", "\"$-9e99\"",
  ]

  private func results() async throws -> String {
    let place = try Workplace(["small.json5": Sample.small])
    let run = await place.tool("run", "@small.json5", "--format", "json")
    #expect(run.code == .success)
    return run.output
  }

  @Test func `changed results are shown or refused with a place, never more`() async throws {
    let lines = try await results().split(separator: "\n").map(String.init)
    let place = try Workplace()
    var refused = 0
    for seed in UInt64(1)...60 {
      var random = RandomStream(seed: seed)
      var changed = lines
      let index = Int(random.next() % UInt64(lines.count))
      let value = Self.strange[Int(random.next() % UInt64(Self.strange.count))]
      if let colon = changed[index].firstRange(of: ": ") {
        let comma = changed[index].hasSuffix(",") ? "," : ""
        guard !changed[index].hasSuffix("{"), !changed[index].hasSuffix("[") else { continue }
        changed[index] = changed[index][..<colon.upperBound] + value + comma
      } else {
        changed.remove(at: index)
      }
      try place.write(Array(changed.joined(separator: "\n").utf8), "results.json")
      for form in ["terminal", "csv"] {
        let report = await place.tool("report", "@results.json", "--format", form)
        #expect([.success, .breached, .undecided, .invalidInput].contains(report.code))
        if report.code == .invalidInput {
          refused += 1
          #expect(report.output == "" && report.errors.contains("results.json"), "seed \(seed)")
        }
      }
    }
    #expect(refused > 25)
  }

  @Test(arguments: [
    ("{}", "error[E0601]"), ("[1]", "error[E0601]"), ("7", "error[E0601]"),
    ("{ \"schemaVersion\": 999 }", "error[E0602]"), ("{ \"schemaVersion\": 1 }", "error[E0603]"),
    ("{", "error[E0013]"), ("\u{0}", "error[E0002]"), ("", "error[E0005]"),
  ])
  func `what is no results file is refused`(text: String, code: String) async throws {
    let place = try Workplace(["results.json": text])
    let report = await place.tool("report", "@results.json", "--out", "@page.html")
    #expect(report.code == .invalidInput)
    #expect(report.errors.hasPrefix(code), "\(report.errors)")
    #expect(report.output == "")
    #expect(place.names == ["results.json"])
  }
}
