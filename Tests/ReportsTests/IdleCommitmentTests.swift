import Experiments
import Reports
import Scenarios
import Testing

/// What a comparison says of committed machines that an arm does not need.
@Suite struct IdleCommitmentTests {
  private static let source = ScenarioSource(
    name: "s.json5",
    bytes: Array(
      """
      {
        horizon: "20 s", replications: 2,
        traffic: { users: { to: "app", rate: "10/s" } },
        routes: { app: { steps: ["svc"] } },
        services: { svc: { kind: "model", on: "cpu", time: "10 ms", replicas: 2 } },
        hardware: {
          cpu: {
            instance: "aws/m7i.large", region: "us-east-1", price: "$0.10/h",
            buy: [{ committed: 2, term: "1 year", price: "$0.05/h" }, "on-demand"],
          },
          gpu: { instance: "aws/g6.xlarge", region: "us-east-1", price: "$0.80/h" },
        },
        variants: {
          one: { "services.svc.replicas": 1 },
          gpu: { "services.svc.on": "gpu" },
        },
      }
      """.utf8))

  private static func text(_ names: [String]) async throws -> String {
    var arms: [Comparison.Arm] = []
    for name in names {
      let experiment = Experiment(of: try source.scenario(variant: name), toolVersion: "test")
      let results = try await experiment.run(jobs: 1, isCancelled: { false }, finished: { _ in })
      arms.append(Comparison.Arm(name: name, results: results))
    }
    let comparison = ComparisonBuilder.comparison(of: arms, baseline: 0)
    return TerminalRenderer(width: 132).render(ComparisonReport.report(comparison))
  }

  /// A month of 31 days has 744 hours: one idle machine costs 744 x $0.05 = $37.20, two $74.40.
  ///
  /// A committed hour pays from 50 % of use on, and one machine is needed all the time or never.
  @Test func whatIsLeftIdleIsSaid() async throws {
    let text = try await Self.text(["base", "one", "gpu"])
    #expect(
      text.contains(
        "! The 2 machines of cpu committed for 1 year are 50 % used, and the rest is paid as idle: 1 "
          + "would be best."))
    #expect(text.contains("svc, committed, 1 year, idle") && text.contains("+$37.20"))
    #expect(
      text.contains(
        "! The 2 machines of cpu committed for 1 year are 0 % used, and the rest is paid as idle: "
          + "better dropped."))
    #expect(text.contains("unused cpu, committed, 1 year, idle") && text.contains("+$74  "))
  }

  /// Who uses more of them than the baseline wastes nothing by it.
  @Test func whatTheBaselineWastesAsWellIsNotTheArms() async throws {
    #expect(try await !Self.text(["one", "base"]).contains("committed for"))
  }
}
