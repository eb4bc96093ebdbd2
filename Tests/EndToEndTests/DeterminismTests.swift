import CommandLineTool
import Testing

/// The same scenario, seed and version give the same bytes, whatever the number of workers.
@Suite struct DeterminismTests {
  private static let commands = ["run", "compare", "budget"]

  /// Every file that a command writes, and what it prints.
  private func everything(_ command: String, jobs: Int) async throws -> [String: String] {
    let place = try Workplace(["small.json5": Sample.small])
    let shown = await place.tool(command, "@small.json5", "--jobs", "\(jobs)", "--out", "@out")
    #expect(shown.errors == "")
    var texts = ["stdout": shown.output, "code": "\(shown.code as ExitCode?)"]
    for name in place.names where name.hasPrefix("out/") {
      texts[name] = place.text(name).replacing(place.folder + "/", with: "")
    }
    return texts
  }

  @Test(arguments: commands)
  func `one worker, two workers and a second run give the same bytes`(command: String) async throws
  {
    let one = try await everything(command, jobs: 1)
    let two = try await everything(command, jobs: 2)
    #expect(one.keys.sorted() == two.keys.sorted())
    for name in one.keys.sorted() { #expect(one[name] == two[name], "\(name)") }
    #expect(try await everything(command, jobs: 2) == two)
    let written = one.keys.sorted().filter { $0.hasPrefix("out/") }
    for name in ["report.html", "report.md", "report.txt"] {
      #expect(written.contains("out/" + name))
    }
    #expect(written.contains { $0.hasSuffix("results.json") })
    #expect(written.contains { $0.hasSuffix(".csv") })
  }

  @Test func `another seed gives other figures`() async throws {
    let place = try Workplace(["small.json5": Sample.small])
    let one = await place.tool("run", "@small.json5", "--seed", "1", "--json")
    let two = await place.tool("run", "@small.json5", "--seed", "2", "--json")
    #expect(one.output != two.output)
  }

  @Test(arguments: ["terminal", "markdown", "html", "csv", "json"])
  func `a report of the results is what the run printed`(form: String) async throws {
    let place = try Workplace(["small.json5": Sample.small])
    let run = await place.tool("run", "@small.json5", "--format", form, "--out", "@out")
    let report = await place.tool("report", "@out/results.json", "--format", form)
    #expect(run.code == report.code)
    #expect(run.output == report.output)
    #expect(!run.output.isEmpty)
  }

  @Test func `a report is written to a file as it is printed`() async throws {
    let place = try Workplace(["small.json5": Sample.small])
    _ = await place.tool("run", "@small.json5", "--out", "@out")
    let written = await place.tool("report", "@out/results.json", "--out", "@page.html")
    #expect(written.output == "")
    #expect(place.text("page.html") == place.text("out/report.html"))
    #expect(place.text("page.html").hasPrefix("<!doctype html>"))
  }
}
