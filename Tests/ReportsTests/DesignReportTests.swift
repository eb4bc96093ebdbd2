import Experiments
import MLSystem
import Reports
import Scenarios
import Statistics
import Testing

/// The system design document and its picture.
@Suite struct DesignReportTests {
  /// A scenario as results hold it, small enough to be read.
  private static let resolved = """
    {
      traffic: { shoppers: { to: "rank", rate: { mean: "20/s", shape: "consumer-day" } },
        others: { to: "clicks", rate: "5/s" } },
      routes: { rank: { steps: ["features", "ranker"], timeout: "150 ms" } },
      services: {
        features: { kind: "lookup", latency: "3 ms" },
        ranker: { kind: "model", serves: "clicks", on: "gpu", replicas: { min: 2, initial: 2, max: 9 } },
      },
      hardware: { gpu: { instance: "aws/g6.xlarge", region: "us-east-1", quota: null } },
      tasks: { click: { kind: "classification", positives: "3 %" } },
      models: {
        clicks: { task: "click", training: { rows: "1M" }, monitors: [], rollout: {} },
        "best\\"sellers": { task: "click", rule: true, training: null },
      },
      data: { stream: { kind: "stream", feeds: ["click", "features"] } },
    }
    """

  private static var results: Results {
    var results = SampleResults.results()
    results.identity.resolved = resolved
    return results
  }

  @Test func theArchitectureIsDrawnFromTheScenario() throws {
    let diagram = DesignReport.diagram(Self.results)
    #expect(
      diagram.nodes.map(\.name) == [
        "shoppers", "others", "features", "ranker", "stream", "click", "clicks", "best\"sellers",
      ])
    let arrows = diagram.edges.map {
      "\(diagram.nodes[$0.from].name)>\(diagram.nodes[$0.to].name):\($0.label)"
    }
    #expect(
      arrows == [
        "shoppers>features:rank", "features>ranker:", "click>clicks:learns",
        "clicks>ranker:serves", "others>clicks:counted", "click>best\"sellers:answers",
        "stream>click:labels", "stream>features:features",
      ])
    #expect(diagram.nodes[3].detail == "model, 2-9 x gpu")
  }

  @Test func mermaidTextKeepsItsQuotes() {
    let text = DesignReport.diagram(Self.results).mermaid
    #expect(text.hasPrefix("flowchart LR\n  n0([\"shoppers<br/>20/s\"])\n"))
    #expect(text.contains("n7[[\"best#34;sellers<br/>rule\"]]"))
    #expect(text.contains("  n0 -->|\"rank\"| n2\n"))
  }

  @Test func thePictureStandsAlone() {
    let svg = DesignReport.picture(Self.results)
    #expect(svg.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox="))
    #expect(svg.contains("<style>"))
    #expect(svg.hasSuffix("</svg>\n"))
    #expect(!svg.contains("NaN"))
  }

  @Test func everyPartIsThereAndSaysWhereItsFiguresComeFrom() {
    let report = DesignReport.report(Self.results)
    let wanted = [
      "use-case", "business-metric", "constraints", "architecture", "model-selection",
      "data-pipeline", "training", "inference", "monitoring", "rollout", "success", "cost", "open",
    ]
    #expect(report.sections.map(\.id).filter(wanted.contains) == wanted)
    for section in report.sections {
      for case .table(let table) in section.blocks where table.id.hasSuffix("-declared") {
        #expect(table.columns.last?.title == "declared")
        #expect(table.rows.allSatisfy { if case .text = $0.cells[1] { true } else { false } })
      }
      for case .table(let table) in section.blocks where table.id.hasSuffix("-simulated") {
        #expect(table.columns.last?.title == "simulated")
        #expect(table.rows.allSatisfy { if case .reading = $0.cells[1] { true } else { false } })
      }
    }
    let markdown = MarkdownRenderer().render(report)
    #expect(markdown.contains("```mermaid\nflowchart LR\n"))
    #expect(markdown.contains("| time-out of rank | 150 ms |"))
  }

  @Test func whatIsLeftOpenIsSaid() {
    let report = DesignReport.report(Self.results)
    guard let open = report.sections.first(where: { $0.id == "open" }),
      case .notes(let notes) = open.blocks.first
    else {
      Issue.record("nothing is left open")
      return
    }
    #expect(notes.contains("clicks has no monitors"))
    #expect(notes.contains("clicks has no rollback rules"))
    #expect(notes.contains("ranker never crashes by itself"))
  }

  @Test func killCriteriaNameTheFigureThatSpeaksForThem() {
    var results = Self.results
    #expect(KillCriteria.findings(results).isEmpty)
    results.figures.append(
      SampleResults.figure("clicks", "baseline-ratio", .value, .share, 0.95, 0.01))
    results.figures.append(
      SampleResults.figure("clicks", "over-random", .value, .share, 0.09, 0.05))
    let found = KillCriteria.findings(results)
    #expect(found.count == 2)
    #expect(found.first?.hasPrefix("Kill criterion: the baseline reaches 95") == true)
    #expect(found.last?.hasPrefix("Kill criterion (not sure): clicks is 9") == true)
  }
}
