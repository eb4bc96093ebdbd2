import CommandLineTool
import Testing

/// Several files in one comparison.
@Suite struct ArmTests {
  @Test func `files of one name are told apart, in the report and on disk`() async throws {
    let faster = Sample.small.replacing("\"5 ms\", perItem", with: "\"4 ms\", perItem")
    let place = try Workplace(["a/x.json5": Sample.small, "b/x.json5": faster])
    let run = await place.tool("compare", "@a/x.json5", "@b/x.json5", "--out", "@out")
    #expect(run.code == .success, "\(run.errors)")
    #expect(place.names.contains("out/x.results.json"))
    #expect(place.names.contains("out/x-2.results.json"))
    #expect(!place.names.contains { $0.contains(".part") })
  }

  @Test(arguments: [
    ("horizon: \"20 s\"", "horizon: \"10 s\"", "horizon"),
    ("2026-08-03", "2026-08-04", "start"),
    ("replications: 4", "replications: 5", "replications"),
    ("replications: 4", "replications: 4, warmUp: \"1 s\"", "warmUp"),
    ("replications: 4", "replications: 4, seed: 2", "seed"),
  ])
  func `runs that are no pairs are not compared`(
    old: String, new: String, name: String
  ) async throws {
    let place = try Workplace([
      "one.json5": Sample.small, "two.json5": Sample.small.replacing(old, with: new),
    ])
    let run = await place.tool("compare", "@one.json5", "@two.json5")
    #expect(run.code == .usage)
    #expect(run.output == "")
    #expect(
      run.errors.hasPrefix("error: `one` and `two` differ in `\(name)`: their runs are no pairs\n"))
  }

  @Test func `an option decides for all`() async throws {
    let place = try Workplace([
      "one.json5": Sample.small,
      "two.json5": Sample.small.replacing("replications: 4", with: "replications: 9, seed: 2"),
    ])
    let run = await place.tool(
      "compare", "@one.json5", "@two.json5", "--seed", "3", "--replications", "2", "--json")
    #expect(run.code == .success, "\(run.errors)")
  }

  @Test func `a variant of one file stands beside another file`() async throws {
    let place = try Workplace(["one.json5": Sample.small, "two.json5": Sample.small])
    let run = await place.tool(
      "compare", "@one.json5", "@two.json5#slow", "--out", "@out", "--format", "markdown")
    #expect(run.code == .success, "\(run.errors)")
    #expect(place.names.contains("out/one.results.json"))
    #expect(place.names.contains("out/two-slow.results.json"))
    #expect(run.output.contains("two-slow raises answer.latency.p99"))
    let none = await place.tool("compare", "@one.json5", "@two.json5#slw")
    #expect(none.code == .invalidInput && none.errors.contains("did you mean `slow`?"))
    let alone = await place.tool("compare", "@one.json5#slow")
    #expect(alone.code == .usage && alone.errors.contains("is one arm"))
  }

  /// A file may be called like an arm.
  @Test func `a file with the mark in its name is that file`() async throws {
    let place = try Workplace(["one.json5": Sample.small, "one.json5#slow": Sample.small])
    let run = await place.tool("compare", "@one.json5", "@one.json5#slow", "--json")
    #expect(run.code == .success, "\(run.errors)")
    #expect(run.output.contains("\"name\": \"one-2\""))
  }

  @Test func `the page says how to get it again`() async throws {
    let place = try Workplace(["one.json5": Sample.small])
    let run = await place.tool(
      "compare", "@one.json5", "--variant", "slow", "--metrics", "answer.latency.p99",
      "--simplest", "90%", "--crossover", "users", "--ignore-below", "2%,0.01pp,0.001",
      "--set", "services.model.time.perItem=3 ms", "--replications", "2", "--format", "markdown")
    #expect(run.code == .success, "\(run.errors)")
    #expect(
      run.output.contains(
        "one.json5 --variant slow --metrics answer.latency.p99 --crossover users --simplest 90% "
          + "--ignore-below 2%,0.01pp,0.001 --set 'services.model.time.perItem=3 ms' --seed 1 "
          + "--replications 2\n"))
    #expect(
      run.output.contains(
        "at most 2 % of money, rates and counts, 2 % of times, 0.01 pp of shares, 0.001 of scores"))
  }

  @Test func `the mistakes of every file are shown`() async throws {
    let place = try Workplace([
      "one.json5": Sample.small.replacing("horizon", with: "horizn"),
      "two.json5": Sample.small.replacing("title", with: "titel"),
    ])
    let run = await place.tool("compare", "@one.json5", "@two.json5")
    #expect(run.code == .invalidInput)
    #expect(run.errors.contains("--> one.json5:4:3") && run.errors.contains("--> two.json5:2:3"))
  }
}
