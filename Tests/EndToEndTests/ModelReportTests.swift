import CommandLineTool
import Testing

/// `towtank report` with the reports beside that of the run.
@Suite struct ModelReportCommandTests {
  private static let learning = """
    {
      horizon: "20d", replications: 2,
      traffic: { shoppers: { to: "clicks", rate: "50/s" } },
      hardware: { trainers: { instance: "aws/g6.xlarge", region: "us-east-1" } },
      tasks: {
        click: {
          positives: "3 %", bestQuality: { auc: 0.88 }, labels: { delay: "1h" },
          drift: [{ kind: "covariate", at: "8d", features: 3, shift: "1 sd" }],
        },
      },
      models: {
        clicks: {
          task: "click", features: 40, monitors: ["psi-0.2-top10"], retraining: "weekly",
          training: { rows: "1M", window: "7d", on: "trainers", speed: "60k rows/s" },
        },
        bestsellers: { task: "click", rule: true, quality: { auc: 0.71 } },
      },
    }
    """

  private func place() async throws -> Workplace {
    let place = try Workplace(["learning.json5": Self.learning])
    let run = await place.tool("run", "@learning.json5", "--out", "@out")
    #expect(run.code == .success, "\(run.errors)")
    return place
  }

  @Test func `the dashboard says what held at an instant`() async throws {
    let place = try await place()
    let early = await place.tool("report", "@out/results.json", "--dashboard", "--at", "6d")
    #expect(early.errors == "")
    #expect(early.output.contains("GREEN"))
    let late = await place.tool("report", "@out/results.json", "--dashboard", "--at", "10d")
    #expect(late.output.contains("YELLOW") || late.output.contains("RED"))
    #expect(late.output.contains("psi-0.2-top10"))
    #expect(late.output.contains("DRIFT ALERTS"))
  }

  @Test func `a version is evaluated and a model has a card`() async throws {
    let place = try await place()
    let newest = await place.tool("report", "@out/results.json", "--evaluation", "clicks")
    #expect(newest.output.contains("SHIP"))
    let first = await place.tool(
      "report", "@out/results.json", "--evaluation", "clicks", "--version", "0")
    #expect(first.output.contains("version 0"))
    let card = await place.tool("report", "@out/results.json", "--card", "clicks")
    #expect(card.output.contains("Model card of clicks"))
    #expect(card.output.contains("bestsellers"))
  }

  @Test(arguments: [
    (["--dashboard", "--card", "clicks"], "`--dashboard` and `--card` exclude each other"),
    (["--at", "3d"], "`--at` belongs to `--dashboard`"),
    (["--dashboard", "--at", "21d"], "lies beyond the horizon of 20 d"),
    (["--dashboard", "--at", "soon"], "help: write --at 12d"),
    (["--dashboard", "--run", "3"], "--run takes a whole number from 1 to 2"),
    (["--evaluation", "clics"], "models: clicks, bestsellers"),
    (["--evaluation", "clicks", "--version", "77"], "versions of run 1: 0, 1, 2"),
    (["--evaluation", "bestsellers"], "it is never trained"),
    (["--card", "nobody"], "the results have no model `nobody`"),
  ])
  func `what is not there is a mistake of usage`(
    _ options: [String], _ message: String
  ) async throws {
    let place = try await place()
    let report = await place.tool(["report", "@out/results.json"] + options)
    #expect(report.code == .usage)
    #expect(report.output == "")
    #expect(report.errors.contains(message), "\(report.errors)")
  }
}
