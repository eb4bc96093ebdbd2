import Quantities
import Scenarios
import Syntax
import Testing

@Suite struct IncludeTests {
  private static let fleet = """
    {
      hardware: { gpu: { instance: "aws/g6.xlarge", region: "us-east-1" } },
      replications: 3,
      warmUp: "1 min",
    }
    """

  private func text(_ include: String) -> String {
    """
    {
      include: \(include),
      horizon: "1h", replications: 5, warmUp: null,
      traffic: { users: { rate: "10/s" } },
      services: { embed: { kind: "model", on: "gpu", time: "10 ms" } },
    }
    """
  }

  @Test func `included files lie beneath`() throws {
    let set = try load(
      text("'common/fleet.json5'"), files: files(["common/fleet.json5": Self.fleet]))
    #expect(set.base.replications == 5)
    #expect(set.base.names(of: .pool) == ["gpu"])
    #expect(set.base.warmUp == .zero)
  }

  @Test
  func `later files lie over earlier ones, and paths are seen from the file that writes them`()
    throws
  {
    let set = try load(
      text("['a/one.json5', 'two.json5']"),
      files: files([
        "a/one.json5": "{ include: './deep/fleet.json5', title: 'one', start: '2025-01-01' }",
        "a/deep/fleet.json5": Self.fleet, "two.json5": "{ title: 'two' }",
      ]))
    #expect(set.base.title == "two")
    #expect(set.base.start.year == 2025)
    #expect(set.base.names(of: .pool) == ["gpu"])
  }

  @Test func `a mistake in an included file is located there`() throws {
    let error = try #require(
      mistakes(
        text("'fleet.json5'"),
        files: files(["fleet.json5": Self.fleet.replacing("region", with: "regoin")])))
    let places = error.diagnostics.sorted.compactMap(\.primary).map {
      error.sources.place($0.range)
    }
    #expect(places.contains("fleet.json5:2:49"))
  }

  @Test func `a path cannot leave the folder`() {
    for path in ["../x.json5", "/etc/passwd", "a/../../x.json5"] {
      expect(
        text("«1»'\(path)'"), files: files([:]),
        Finding(1, .pathEscape, "`\(path)` leaves the folder of the scenario"))
    }
  }

  @Test func `files cannot include each other`() throws {
    let error = try #require(
      mistakes(
        text("'a.json5'"),
        files: files(["a.json5": "{ include: 'b.json5' }", "b.json5": "{ include: 'a.json5' }"])))
    #expect(
      error.diagnostics.list.map(\.message) == [
        "this includes itself: a.json5 -> b.json5 -> a.json5"
      ])
    #expect(
      error.diagnostics.list.first?.primary.map { error.sources.place($0.range) } == "b.json5:1:12")
    let itself = try #require(mistakes(text("'my.json5'")))
    #expect(itself.diagnostics.list.map(\.code) == [.includeCycle])
  }

  @Test func `a missing file is named`() {
    expect(
      text("«1»'gone.json5'"), files: files([:]),
      Finding(1, .unreadableFile, "cannot read `gone.json5`: No such file or directory"))
  }

  @Test func `users' tables replace rows, and their mistakes are located`() throws {
    let table = "instance,region,on_demand_usd_h\naws/g6.xlarge,mars,2.5\n"
    let scenario = minimal("catalog: 'prices.csv',").replacing("us-east-1", with: "mars")
    #expect(mistakes(scenario, files: files(["prices.csv": table])) == nil)
    let broken = table.replacing("2.5", with: "NaN")
    let error = try #require(mistakes(scenario, files: files(["prices.csv": broken])))
    let first = try #require(error.diagnostics.list.first)
    #expect(first.code == .priceCell)
    #expect(first.primary.map { error.sources.place($0.range) } == "prices.csv:2:20")
    let cut = try #require(
      mistakes(scenario, files: files(["prices.csv": table + "aws/g6.xlarge,us"])))
    #expect(cut.diagnostics.list.first?.code == .priceRow)
  }
}
