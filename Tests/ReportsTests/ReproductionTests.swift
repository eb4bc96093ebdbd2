import Experiments
import Reports
import Scenarios
import Syntax
import TestSupport
import Testing

/// The command that a report gives for the same bytes.
@Suite struct ReproductionTests {
  private static let source = ScenarioSource(
    name: "s.json5",
    bytes: Array(
      """
      {
        horizon: "20 s", replications: 2,
        traffic: { users: { to: "app", rate: "10/s" } },
        routes: { app: { steps: ["svc"] } },
        services: { svc: { kind: "model", time: "10 ms", replicas: 2 } },
        variants: { more: { "services.svc.replicas": 5 } },
      }
      """.utf8), overrides: ["traffic.users.rate=5/s", "replications=3"])

  /// Without its settings the command gave another system's bytes.
  @Test func settingsOfTheCommandLineStandInIt() async throws {
    let scenario = try Self.source.scenario(
      variant: "more", settings: ["services.svc.replicas=4"])
    let results = try await Experiment(of: scenario, toolVersion: "test").run(
      jobs: 1, isCancelled: { false }, finished: { _ in })
    let expected =
      "towtank run s.json5 --variant more --set traffic.users.rate=5/s --seed 1 --replications 3"
    let read = try ResultsFile.results(from: try JSON.value(ResultsFile.text(results)))
    for results in [results, read] {
      let page = MarkdownRenderer().render(RunReport.report(results))
      #expect(page.contains(expected))
      #expect(page.contains("towtank budget s.json5 --variant more --set traffic.users.rate=5/s"))
    }
  }
}
