import Foundation
import MLSystem
import Scenarios
import Syntax
import Testing

/// Every scenario that is shipped is valid, its variants included, and reads back as it resolves.
@Suite struct ShippedScenarioTests {
  private static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "scenarios")

  static let names: [String] = {
    let all = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String }
    return (all ?? []).filter { $0.hasSuffix(".json5") }.sorted()
  }()

  /// Stands in for files that are not part of the repository.
  private static let anyFile = ScenarioFiles(
    read: { _ throws(ScenarioFiles.Problem) in throw .init("No such file or directory") },
    readData: { _ throws(ScenarioFiles.Problem) in [] },
    trace: { _ throws(ScenarioFiles.Problem) in { TextBytes("") } })

  @Test func `there are scenarios`() {
    #expect(Self.names.count >= 8)
  }

  @Test(arguments: names)
  func `is valid and reads back`(name: String) throws {
    let bytes = try Data(contentsOf: Self.folder.appending(path: name))
    do throws(DiagnosticsError) {
      let set = try Scenario.load(named: name, bytes: Array(bytes), files: Self.anyFile)
      let text = set.base.resolvedText(markDefaults: true)
      let again = try Scenario.load(named: name, bytes: Array(text.utf8), files: Self.anyFile)
      #expect(again.base.digest == set.base.digest)
      #expect(set.variants.allSatisfy { $0.digest != set.base.digest })
      // Measured tables are not part of the repository, so what stands on them cannot be assembled.
      guard !String(decoding: bytes, as: UTF8.self).contains("tables:") else { return }
      for scenario in [set.base] + set.variants {
        let model = try scenario.assemble(replication: 0)
        #expect(model.services.count == scenario.names(of: .service).count)
      }
    } catch {
      Issue.record("\(DiagnosticRenderer(error.sources).text(error.diagnostics))")
    }
  }
}
