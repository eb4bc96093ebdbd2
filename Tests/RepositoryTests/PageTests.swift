import Foundation
import Testing

@Suite struct PageTests {
  /// The README shows what the tool wrote; `.ci/reports --check` holds that to what it writes now.
  @Test func theReadmeShowsTheReportAsItIs() throws {
    let readme = try Repository.text(Repository.root.appendingPathComponent("README.md"))
    let report = try Repository.text(
      Repository.root.appendingPathComponent("reports/quickstart/report.txt"))
    #expect(readme.contains(report.trimmingCharacters(in: .newlines)))
  }

  /// A shown scenario is the shipped one, so that a reader can trust it.
  @Test func theReadmeShowsTheShippedScenario() throws {
    let readme = try Repository.text(Repository.root.appendingPathComponent("README.md"))
    let scenario = try Repository.text(
      Repository.root.appendingPathComponent("scenarios/quickstart.json5"))
    let start = try #require(scenario.range(of: "  traffic: {"))
    let end = try #require(scenario.range(of: "\n  variants:"))
    #expect(
      readme.contains(
        scenario[start.lowerBound..<end.lowerBound].trimmingCharacters(
          in: .newlines)))
  }

  /// Links between pages lead to files.
  @Test(arguments: [
    "README.md", "Sources/README.md", "scenarios/README.md", "reports/README.md",
  ])
  func linksLeadSomewhere(_ page: String) throws {
    let url = Repository.root.appendingPathComponent(page)
    let parts = try Repository.text(url).components(separatedBy: "](").dropFirst()
    for part in parts {
      let target = String(part.prefix { $0 != ")" })
      guard !target.hasPrefix("http") else { continue }
      let path = url.deletingLastPathComponent().appendingPathComponent(target).path
      #expect(FileManager.default.fileExists(atPath: path), "\(page) links to \(target)")
    }
  }
}
